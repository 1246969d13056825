"""Two windows, or a window and another program, on one library: each sees what the other does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

import reader
from reader.annotations.marks import Color, Mark
from reader.annotations.merging import RULE
from reader.copies.copy import Copy
from reader.library.library import Library
from reader.locations import user_folders
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text

TEXT = "# On rivers\n\nA river begins where water gathers.\n\nIt ends at the sea.\n"
ANNOTATIONS = "  - {id: river, kind: definition, title: River, terms: [river], body: Water.}\n"


@pytest.fixture
def rivers(make_copy: CopyMaker) -> Copy:
    return make_copy(TEXT, ANNOTATIONS, name="rivers")


@pytest.fixture
def other(home: Path) -> Iterator[Library]:
    """The library as another program has it open."""
    with closing(Library(user_folders(home).data)) as library:
        yield library


@pytest.fixture
def window(make_window: Callable[..., Window], rivers: Copy) -> Window:
    return make_window(rivers.path)


def look(window: Window) -> None:
    window._elsewhere.look()


def mark(window: Window, words: str, color: Color = Color.GREEN) -> str:
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    window.reading.page.select(start, start + len(words))
    window.marking.color(color)
    return next(each.mark.id for each in window.marks.all() if each.mark.selector.exact == words)


def edit_of(window: Window, mark_id: str) -> Any:
    window.marking.activate(mark_id, typing=True)
    card = window.reading.margin.card(mark_id)
    if card is None:
        card = window.reading.popover.card
    assert isinstance(card, NoteCard)
    (field,) = card.findChildren(NoteEdit)
    return field


def stored(library: Library, copy: Copy) -> Mark:
    [kept] = library.marks(copy.manifest.id)
    return kept


def test_what_one_window_marks_the_other_shows(
    make_window: Callable[..., Window], rivers: Copy, qtbot: Any
) -> None:
    one, two = make_window(rivers.path), make_window(rivers.path)
    mark_id = mark(one, "water gathers")
    qtbot.waitUntil(lambda: two.marks.get(mark_id) is not None)  # nobody asked it to look
    one.marks.delete(mark_id)
    qtbot.waitUntil(lambda: two.marks.get(mark_id) is None)
    assert not two.marks.can_undo  # it was not done here


WRITER = """
import sys
from contextlib import closing
from pathlib import Path
from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.library import Library

with closing(Library(Path(sys.argv[1]))) as library:
    words = Selector("the sea", "ends at ", ".")
    library.save_mark(sys.argv[2], Mark("urn:uuid:9", MarkKind.NOTE, words, note="#salt"))
    library.name_color(Color.YELLOW, "important")
"""


def test_what_another_program_writes_appears(
    window: Window, rivers: Copy, home: Path, qtbot: Any
) -> None:
    window.actions_["library"].trigger()
    arguments = (str(user_folders(home).data), rivers.manifest.id)
    environment = os.environ | {"PYTHONPATH": str(Path(reader.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", WRITER, *arguments], env=environment, check=True)
    qtbot.waitUntil(lambda: window.marks.get("urn:uuid:9") is not None)
    assert window._desk is not None
    assert window._desk._view is not None
    entry = window._desk._view.texts.list.first_row().data(257)
    assert entry.notes == 1
    window.actions_["library"].trigger()
    card = window.reading.margin.card("urn:uuid:9")
    assert isinstance(card, NoteCard)
    assert "important" in card.accessibleName()


def test_two_windows_write_one_note_and_no_word_is_lost(
    make_window: Callable[..., Window], rivers: Copy, other: Library
) -> None:
    one = make_window(rivers.path)
    mark_id = mark(one, "water gathers")
    two = make_window(rivers.path)
    edit = edit_of(two, mark_id)
    QTest.keyClicks(edit, "From two.")
    # The first window has not looked since.
    one.marks.change(mark_id, merge="note", note="From one.")
    assert stored(other, rivers).note == f"From one.\n\n{RULE}\n\nFrom two."
    look(two)
    assert edit.toPlainText() == stored(other, rivers).note
    QTest.keyClicks(edit, " More.")  # the caret is where it was
    kept = stored(other, rivers).note
    assert kept == f"From one.\n\n{RULE}\n\nFrom two. More."
    look(one)
    placed = one.marks.get(mark_id)
    assert placed is not None
    assert placed.mark.note == kept


def test_what_is_written_elsewhere_joins_what_is_being_typed(
    window: Window, rivers: Copy, other: Library
) -> None:
    mark_id = mark(window, "water gathers")
    edit = edit_of(window, mark_id)
    QTest.keyClicks(edit, "Typed")
    before = stored(other, rivers)
    other.change_mark(rivers.manifest.id, before, replace(before, note="Typed\n\nElsewhere"))
    look(window)
    assert edit.toPlainText() == "Typed\n\nElsewhere"
    QTest.keyClicks(edit, " here")
    assert edit.toPlainText() == "Typed here\n\nElsewhere"
    assert stored(other, rivers).note == "Typed here\n\nElsewhere"


def test_a_note_in_a_narrow_window_follows_too(
    make_window: Callable[..., Window], rivers: Copy, other: Library
) -> None:
    window = make_window(rivers.path, size=(600, 600))
    mark_id = mark(window, "water gathers")
    edit = edit_of(window, mark_id)
    assert window.reading.popover.isVisible()
    QTest.keyClicks(edit, "Typed")
    before = stored(other, rivers)
    other.change_mark(rivers.manifest.id, before, replace(before, note="Typed, elsewhere"))
    look(window)
    QTest.keyClicks(edit, "!")
    assert stored(other, rivers).note == "Typed!, elsewhere"


def test_a_note_that_is_deleted_elsewhere_while_it_is_typed_comes_back(
    window: Window, rivers: Copy, other: Library
) -> None:
    mark_id = mark(window, "water gathers")
    edit = edit_of(window, mark_id)
    QTest.keyClicks(edit, "Typed")
    other.change_mark(rivers.manifest.id, stored(other, rivers), None)
    look(window)
    QTest.keyClicks(edit, " on")
    assert stored(other, rivers).note == "Typed on"
    other.change_mark(rivers.manifest.id, stored(other, rivers), None)
    look(window)
    window.marking.close()  # nobody types any more
    assert window.marks.get(mark_id) is None


def test_undoing_here_leaves_alone_what_was_done_elsewhere(
    window: Window, rivers: Copy, other: Library
) -> None:
    mark_id = mark(window, "water gathers", Color.GREEN)
    window.marks.change(mark_id, note="A note")
    before = stored(other, rivers)
    other.change_mark(rivers.manifest.id, before, replace(before, color=Color.PINK))
    look(window)
    window.marking.undo()
    assert (stored(other, rivers).note, stored(other, rivers).color) == ("", Color.PINK)
    window.marking.redo()
    assert (stored(other, rivers).note, stored(other, rivers).color) == ("A note", Color.PINK)


def test_undoing_does_not_bring_back_what_was_deleted_elsewhere(
    window: Window, rivers: Copy, other: Library
) -> None:
    first = mark(window, "water gathers")
    second = mark(window, "the sea")
    gone = next(each for each in other.marks(rivers.manifest.id) if each.id == second)
    other.change_mark(rivers.manifest.id, gone, None)
    look(window)
    window.marking.undo()
    assert other.marks(rivers.manifest.id) == []
    assert [each.id for each in other.deleted_marks(rivers.manifest.id)] == [first, second]


def test_a_text_opened_in_one_window_is_in_the_other_ones_menu(
    make_window: Callable[..., Window], rivers: Copy, make_copy: CopyMaker
) -> None:
    one, two = make_window(rivers.path), make_window(rivers.path)
    mountains = make_copy("# On mountains\n\nSnow melts.\n", name="mountains")
    open_text(one, mountains.path)
    look(two)
    tips = [action.toolTip() for action in two.actions_.recent_menu.actions()]
    assert str(mountains.path) in tips
