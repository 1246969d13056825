"""A corrected text comes: what the reader is told, what can be decided, and what stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from reader.annotations.anchors import State
from reader.annotations.marks import Color, MarkKind
from reader.copies.packing import pack
from reader.ui.margin.note_card import NoteCard
from reader.ui.revision.dialog import RevisionDialog
from reader.ui.revision.diff import Change, compared, passage_in
from tests.ui.conftest import open_text, until_opened

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
Pack = Callable[[int, str], Path]

HEAD = "Talks began in the spring, and nobody believed in them."
OLD = f"""# The night

{HEAD} Ukraine struck first, and in early June Operation Spiderweb sent drones against the \
airfields, damaging close to a third of its strategic bombers. Nobody had foreseen it.

An old claim stands here that will be gone by the next time. It was never true at all.

The last words stay as they are for ever. Nobody minds about it at all.
"""
NEW = f"""# The night

A sentence comes first. {HEAD} Ukraine struck first. Drones came to the airfields, hitting a \
fifth of the strategic fleet. Nobody had foreseen it.

The last words stay as they are for ever. Nobody minds about it at all.
"""
DOUBTED = "damaging close to a third of its strategic bombers"
FOUND = "hitting a fifth of the strategic fleet"
GONE = "An old claim stands here"
STAYING = "nobody believed in them"


@pytest.fixture
def handed_out(tmp_path: Path) -> Pack:
    """Makes the file that is handed out: a revision with its words."""

    def make(number: int, words: str) -> Path:
        folder = tmp_path / f"revision-{number}"
        folder.mkdir()
        folder.joinpath("document.yaml").write_text(
            "format: 1\nid: urn:uuid:11111111-1111-4111-8111-111111111111\n"
            f"revision: {number}\ntitle: The night\nauthors: [Somebody]\n"
            "date: 2025-06-01\nlanguage: en\nlicence: CC0\ntext: article.md\n"
        )
        folder.joinpath("article.md").write_text(words)
        file = tmp_path / "mail" / f"night-{number}.annotated"
        file.parent.mkdir(exist_ok=True)
        pack(folder, file)
        shutil.rmtree(folder)
        return file

    return make


def opened(window: Window, path: Path, qtbot: Any, revision: int | None = None) -> None:
    """Open a file, and wait until it is shown."""
    before = window.copy
    open_text(window, path)
    qtbot.waitUntil(lambda: window.copy is not before and not window.progress.isVisible())
    if revision is not None:
        assert window.copy is not None
        assert window.copy.manifest.revision == revision


def mark(window: Window, words: str, note: str = "", color: Color = Color.YELLOW) -> str:
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    made = window.marks.add(MarkKind.HIGHLIGHT, start, start + len(words), color)
    if note:
        window.marks.change(made.id, note=note)
    return made.id


def standing(window: Window, mark_id: str) -> str:
    """The words on which a mark stands on the page; empty where it has no place."""
    placed = window.marks.get(mark_id)
    assert placed is not None
    assert window.copy is not None
    return "" if placed.orphaned else window.copy.text.string[placed.start : placed.end]


def dialog_of(window: Window) -> RevisionDialog:
    (dialog,) = (each for each in window.findChildren(RevisionDialog) if each.isVisible())
    return dialog


def counts(dialog: RevisionDialog) -> list[str]:
    return [chip.accessibleName() for chip in dialog.chips.values()]


def press(row: Any, words: str) -> None:
    (button,) = (each for each in row.buttons if each.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(widget: Any) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


# A file that is handed out ------------------------------------------------------------------------


def test_a_file_is_taken_in_and_may_vanish(
    make_window: MakeWindow, handed_out: Pack, home: Path, qtbot: Any
) -> None:
    window = make_window()
    file = handed_out(1, OLD)
    opened(window, file, qtbot, 1)
    shutil.rmtree(file.parent)
    assert window.shelf.library is not None
    (entry,) = window.shelf.library.texts()
    assert entry.title == "The night"
    assert entry.path.is_relative_to(window.shelf.library.store)
    window._show_library("texts")
    open_text(window, entry.path)
    assert window.reading.page.document().toPlainText().startswith("The night")
    again = make_window()
    assert again.last_text() == entry.path


def test_the_same_file_is_taken_in_once(
    make_window: MakeWindow, handed_out: Pack, tmp_path: Path, qtbot: Any
) -> None:
    window = make_window()
    file = handed_out(1, OLD)
    other = shutil.copy(file, tmp_path / "again.annotated")
    opened(window, file, qtbot)
    assert window.shelf.library is not None
    before = sorted(window.shelf.library.store.rglob("*"))
    opened(window, Path(other), qtbot)
    assert sorted(window.shelf.library.store.rglob("*")) == before
    assert len(window.shelf.library.texts()) == 1


def test_a_file_is_dropped_from_where_nothing_can_be_written(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    window = make_window()
    file = handed_out(1, OLD)
    file.chmod(0o400)
    file.parent.chmod(0o500)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    try:
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        window.dropEvent(
            QDropEvent(QPointF(9, 9), action, data, button, Qt.KeyboardModifier.NoModifier)
        )
        qtbot.waitUntil(lambda: window.copy is not None)
    finally:
        file.parent.chmod(0o700)
    assert window.windowTitle().startswith("The night")


def test_without_a_library_a_file_is_opened_all_the_same(
    make_window: MakeWindow, handed_out: Pack, home: Path, qtbot: Any
) -> None:
    window = make_window(keeps=False)
    opened(window, handed_out(1, OLD), qtbot, 1)
    assert window.reading.page.document().toPlainText().startswith("The night")
    assert not list(home.rglob("article.md"))


def test_a_file_that_is_no_copy_is_refused_and_leaves_nothing(
    make_window: MakeWindow, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "letter.annotated"
    file.write_bytes(b"This is no copy. " * 100)
    window = make_window()
    open_text(window, file)
    qtbot.waitUntil(lambda: bool(window.failure))
    assert "letter.annotated" in window.notice.words
    assert window.shelf.library is not None
    assert not [*window.shelf.library.store.rglob("*")]
    assert window.shelf.library.texts() == []


# What the reader is told --------------------------------------------------------------------------


def test_where_all_is_in_place_a_sentence_will_do(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    window = make_window()
    opened(window, handed_out(2, OLD), qtbot)
    for words in (STAYING, "The last words stay"):
        mark(window, words)
    opened(window, handed_out(3, NEW), qtbot, 3)
    assert window.notice.words == "Revision 3 has arrived: 2 marks in place."
    assert window.notice.offered == "See the report"
    window.notice.take_offer()
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "Revision 3 of “The night” has arrived"
    assert counts(dialog)[0] == "2 in place"
    assert len(dialog.shown) == 2


def test_a_text_without_marks_is_not_talked_about(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    window = make_window()
    opened(window, handed_out(2, OLD), qtbot)
    opened(window, handed_out(3, NEW), qtbot, 3)
    assert not window.notice.isVisible()


@pytest.fixture
def arrived(make_window: MakeWindow, handed_out: Pack, qtbot: Any) -> tuple[Window, dict[str, str]]:
    """A window to which revision 3 has come, and the ids of the marks by their old words."""
    window = make_window()
    opened(window, handed_out(2, OLD), qtbot)
    ids = {
        DOUBTED: mark(window, DOUBTED, "Which share exactly?"),
        GONE: mark(window, GONE, color=Color.BLUE),
        STAYING: mark(window, STAYING),
    }
    opened(window, handed_out(3, NEW), qtbot, 3)
    return window, ids


def test_of_many_rows_those_near_the_view_are_made(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    sentences = [f"Sentence number {number} stands here for good." for number in range(70)]
    window = make_window()
    opened(window, handed_out(2, "# The night\n\n" + "\n\n".join(sentences)), qtbot)
    for words in sentences:
        mark(window, words)
    opened(window, handed_out(3, "# A night\n\n" + "\n\n".join(sentences)), qtbot, 3)
    window.notice.take_offer()
    dialog = dialog_of(window)
    bar = dialog.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and not dialog._adding.isActive())
    assert len(dialog.shown) < 30

    def to_the_end() -> bool:
        bar.setValue(bar.maximum())
        return bool([each for each in dialog.findChildren(QPushButton) if "more" in each.text()])

    qtbot.waitUntil(to_the_end)
    assert len(dialog.shown) == 50
    assert [row.old.accessibleName() for row in dialog.shown] == [
        f"Before: {words}" for words in sentences[:50]
    ]
    next(each for each in dialog.findChildren(QPushButton) if "more" in each.text()).click()

    def all_there() -> bool:
        bar.setValue(bar.maximum())
        return len(dialog.shown) == 70

    qtbot.waitUntil(all_there)


def test_an_answer_looks_at_its_own_mark_alone(
    arrived: tuple[Window, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, ids = arrived
    window.notice.take_offer()
    dialog = dialog_of(window)
    looked_at: list[str] = []
    state_of = dialog._state_of

    def look(fate: Any) -> Any:
        looked_at.append(fate.mark.id)
        return state_of(fate)

    monkeypatch.setattr(dialog, "_state_of", look)
    press(dialog.shown[0], "Yes, here")
    assert looked_at == [ids[DOUBTED]]
    assert counts(dialog)[2] == "0 please check"
    window.marks.undo()
    assert counts(dialog)[2] == "1 please check"


def test_what_is_in_doubt_is_shown_side_by_side(arrived: tuple[Window, dict[str, str]]) -> None:
    window, _ = arrived
    assert window.notice.words == "Revision 3 has arrived: please check 2 marks."
    assert window.notice.offered == "Look through them"
    window.notice.take_offer()
    dialog = dialog_of(window)
    assert counts(dialog) == [
        "1 in place",
        "0 moved with their words",
        "1 please check",
        "1 words are gone",
    ]
    assert dialog.state is State.DOUBTFUL
    (row,) = dialog.shown
    assert row.old.accessibleName() == f"Before: {DOUBTED}"
    assert row.now.accessibleName() == f"Now: {FOUND}"
    assert "in early June Operation Spiderweb" in row.old.text()
    assert "Drones came to the airfields" in row.now.text()
    assert "Which share exactly?" in said(row)
    heads = said(dialog)
    assert "Revision 2" in heads
    assert "Nothing was lost. Revision 2 stays readable." in heads
    QTest.mouseClick(dialog.chips[State.ORPHANED], Qt.MouseButton.LeftButton)
    (row,) = dialog.shown
    assert row.old.accessibleName() == f"Before: {GONE}"
    assert "Its words are not in this revision." in row.now.text()
    assert [button.text() for button in row.buttons] == ["Choose its words…"]


# What the reader decides --------------------------------------------------------------------------


def test_yes_here_writes_the_new_words_and_can_be_taken_back(
    arrived: tuple[Window, dict[str, str]], qtbot: Any
) -> None:
    window, ids = arrived
    window.notice.take_offer()
    dialog = dialog_of(window)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert counts(dialog)[::2] == ["2 in place", "0 please check"]
    placed = window.marks.get(ids[DOUBTED])
    assert placed is not None
    assert (placed.mark.selector.exact, placed.mark.note) == (FOUND, "Which share exactly?")
    assert placed.anchor.state is State.EXACT
    (on_disk,) = (
        each.selector.exact
        for each in window.shelf.library.marks(window.copy.manifest.id)  # type: ignore[union-attr]
        if each.id == ids[DOUBTED]
    )
    assert on_disk == FOUND
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counts(dialog)[::2] == ["1 in place", "1 please check"]
    placed = window.marks.get(ids[DOUBTED])
    assert placed is not None
    assert placed.mark.selector.exact == DOUBTED
    assert placed.anchor.state is State.DOUBTFUL


def test_kept_apart_it_stays_in_my_notes(
    arrived: tuple[Window, dict[str, str]], qtbot: Any
) -> None:
    window, ids = arrived
    window.notice.take_offer()
    dialog = dialog_of(window)
    press(dialog.shown[0], "Keep apart")
    assert counts(dialog)[2:] == ["0 please check", "2 words are gone"]
    assert standing(window, ids[DOUBTED]) == ""
    dialog.done_button.click()
    assert not window.notice.isVisible()
    path = window.copy.path  # type: ignore[union-attr]
    opened(window, path, qtbot)
    assert standing(window, ids[DOUBTED]) == ""
    window.marking.undo()
    assert standing(window, ids[DOUBTED]) == FOUND


def test_later_leaves_it_in_doubt(arrived: tuple[Window, dict[str, str]]) -> None:
    window, ids = arrived
    window.notice.take_offer()
    dialog_of(window).later_button.click()
    assert window.notice.offered == "Look through them"
    placed = window.marks.get(ids[DOUBTED])
    assert placed is not None
    assert placed.anchor.state is State.DOUBTFUL


def select(window: Window, words: str) -> None:
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    window.reading.page.select(start, start + len(words))


def test_other_words_are_chosen_in_the_page(
    arrived: tuple[Window, dict[str, str]], qtbot: Any
) -> None:
    window, ids = arrived
    window.notice.take_offer()
    dialog = dialog_of(window)
    press(dialog.shown[0], "Choose other words…")
    choosing = window.revising.choosing
    assert not dialog.isVisible()
    assert choosing.isVisible()
    assert DOUBTED in choosing.words
    window.activateWindow()
    qtbot.waitUntil(window.reading.page.hasFocus)
    QTest.keyClick(window.reading.page, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not choosing.isVisible()
    assert standing(window, ids[DOUBTED]) == FOUND
    press(dialog.shown[0], "Choose other words…")
    window.activateWindow()
    qtbot.waitUntil(window.reading.page.hasFocus)
    assert not choosing.place_button.isEnabled()
    select(window, "Nobody had foreseen it")
    assert not window.marking.bar.isVisible()
    QTest.keyClick(window.reading.page, Qt.Key.Key_Return)
    assert standing(window, ids[DOUBTED]) == "Nobody had foreseen it"
    assert counts(dialog)[::2] == ["2 in place", "0 please check"]
    assert dialog.isVisible()


def test_my_notes_places_what_was_lost(arrived: tuple[Window, dict[str, str]], qtbot: Any) -> None:
    window, ids = arrived
    window._show_panel("notes")
    rows = window.panel._notes.list
    entries = {row.entry.mark.id: place for place, row in enumerate(rows.notes.rows) if row.entry}
    gone = rows.notes.index(entries[ids[GONE]], 0)
    menu = rows.menu_of(gone)
    assert menu is not None
    assert [each.text() for each in menu.actions() if each.text()] == [
        "Choose its words…",
        "Delete",
    ]
    rows.setCurrentIndex(gone)
    QTest.keyClick(rows, Qt.Key.Key_F2)
    assert window.revising.choosing.isVisible()
    select(window, "A sentence comes first")
    window.revising.choosing.place_button.click()
    assert standing(window, ids[GONE]) == "A sentence comes first"
    doubted = rows.notes.index(
        next(
            place
            for place, row in enumerate(rows.notes.rows)
            if row.entry and row.entry.mark.id == ids[DOUBTED]
        ),
        0,
    )
    menu = rows.menu_of(doubted)
    assert menu is not None
    (yes,) = (each for each in menu.actions() if each.text() == "Yes, here")
    yes.trigger()
    placed = window.marks.get(ids[DOUBTED])
    assert placed is not None
    assert placed.mark.selector.exact == FOUND


# Older revisions ----------------------------------------------------------------------------------


def test_the_older_revision_stays_readable_with_its_marks(
    arrived: tuple[Window, dict[str, str]], qtbot: Any
) -> None:
    window, ids = arrived
    window.revising.confirm(ids[DOUBTED])
    window._show_about()
    labels = [label for label in window.findChildren(QLabel) if "Other revisions" in label.text()]
    assert "Revision 2" in labels[-1].text()
    before = window.copy
    labels[-1].linkActivated.emit("0")
    qtbot.waitUntil(lambda: window.copy is not before)
    assert {words: standing(window, ids[words]) for words in ids} == {words: words for words in ids}
    assert window.notice.words == (
        "This is revision 2, an older one; what you did in revision 3 stays as it is."
    )
    assert window.notice.offered == "Open revision 3"
    before = window.copy
    window.notice.take_offer()
    qtbot.waitUntil(lambda: window.copy is not before)
    assert standing(window, ids[DOUBTED]) == FOUND
    assert standing(window, ids[STAYING]) == STAYING


def test_an_older_file_that_comes_later_undoes_nothing(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    window = make_window()
    opened(window, handed_out(3, NEW), qtbot)
    ids = {words: mark(window, words) for words in (FOUND, STAYING)}
    newest = window.copy
    opened(window, handed_out(2, OLD), qtbot, 2)
    assert window.notice.words.startswith("This is revision 2, an older one;")
    assert standing(window, ids[STAYING]) == STAYING
    assert newest is not None
    assert window.last_text() == newest.path
    opened(window, newest.path, qtbot, 3)
    assert {words: standing(window, ids[words]) for words in ids} == {words: words for words in ids}


def test_two_windows_with_two_revisions(
    make_window: MakeWindow, handed_out: Pack, qtbot: Any
) -> None:
    one, other = make_window(), make_window()
    opened(one, handed_out(2, OLD), qtbot)
    name = mark(one, DOUBTED)
    opened(other, handed_out(3, NEW), qtbot)
    other.revising.confirm(name)
    assert standing(other, name) == FOUND
    one.marks.refresh()
    assert standing(one, name) == DOUBTED
    made = mark(one, GONE)
    other.marks.refresh()
    assert standing(other, made) == ""
    assert standing(other, name) == FOUND


# Folders and bare texts ---------------------------------------------------------------------------


def test_a_folder_that_is_corrected_in_its_place(
    make_window: MakeWindow, make_copy: Any, qtbot: Any
) -> None:
    copy = make_copy(OLD)
    window = make_window(copy.path)
    name = mark(window, DOUBTED)
    window.revising._soon.stop()
    window.revising._keep()
    qtbot.waitUntil(lambda: not window.revising._keeping.busy)
    copy.path.joinpath("article.md").write_text(NEW)
    window._reload()
    until_opened(window)
    assert window.notice.words == "This text has changed: please check 1 mark."
    window.notice.take_offer()
    dialog = dialog_of(window)
    assert dialog.windowTitle() == "“A test” has changed"
    assert "The text as it was stays readable." in said(dialog)
    dialog.reject()
    (earlier,) = window.shelf.other_revisions(window.copy)  # type: ignore[arg-type]
    assert earlier.kept is not None
    open_text(window, earlier.kept)
    assert standing(window, name) == DOUBTED
    assert window.notice.offered == "Open it as it is now"
    assert window.last_text() == copy.path


def test_a_bare_text_that_was_edited_offers_to_take_the_marks_over(
    make_window: MakeWindow, tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "night.md"
    file.write_text(OLD)
    window = make_window(file)
    ids = {words: mark(window, words) for words in (DOUBTED, STAYING)}
    file.write_text(NEW)
    window._reload()
    until_opened(window)
    assert window.marks.all() == []
    assert window.notice.words == (
        "This file has changed since you marked it. Take your 2 marks over?"
    )
    window.notice.take_offer()
    until_opened(window)
    assert standing(window, ids[STAYING]) == STAYING
    assert window.notice.words == "This text has changed: please check 1 mark."
    (database,) = home.rglob("library.sqlite")
    with closing(sqlite3.connect(database)) as connection:
        living = connection.execute("SELECT text_id FROM marks WHERE deleted IS NULL").fetchall()
    assert window.copy is not None
    assert living == [(window.copy.manifest.id,)] * 2


# Words side by side -------------------------------------------------------------------------------


def test_words_are_compared_one_by_one() -> None:
    old, new = compared("damaging close to a third of it", "damaging or destroying all of it")
    same = (Change.SAME, "damaging "), (Change.SAME, " of it")
    assert old == [same[0], (Change.GONE, "close to a third"), same[1]]
    assert new == [same[0], (Change.NEW, "or destroying all"), same[1]]


def test_a_passage_comes_with_its_sentence() -> None:
    start = OLD.index(DOUBTED)
    passage = passage_in(OLD, start, start + len(DOUBTED))
    assert passage.before.startswith("Ukraine struck first")
    assert (passage.words, passage.after) == (DOUBTED, ".")


def test_every_control_of_the_report_has_a_name(arrived: tuple[Window, dict[str, str]]) -> None:
    window, _ = arrived
    window.notice.take_offer()
    dialog = dialog_of(window)
    for button in dialog.findChildren(QPushButton):
        assert button.text()
    for row in dialog.shown:
        assert row.accessibleName().startswith("please check: “")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_mark_in_doubt_has_a_frame_and_says_so_until_it_is_confirmed(
    arrived: tuple[Window, dict[str, str]], qtbot: Any
) -> None:
    window, ids = arrived
    page = window.reading.page
    layout = page.page_layout()
    assert layout is not None

    def framed() -> list[str]:
        return [
            look.mark.id
            for *_, look in layout.decorations.touching(0, 10_000)
            if look.doubt is not None and look.mark is not None
        ]

    assert framed() == [ids[DOUBTED]]
    window.marking.travel(ids[DOUBTED])
    card = next(each for each in window.findChildren(NoteCard) if each.isVisible())
    assert "place uncertain" in card.accessibleName()
    buttons = {each.text(): each for each in card.findChildren(QPushButton) if each.isVisible()}
    assert set(buttons) == {"Yes, here", "Choose its words…"}
    before = page.viewport().grab().toImage()
    QTest.keyClick(buttons["Yes, here"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: framed() == [])
    assert page.viewport().grab().toImage() != before
    placed = window.marks.get(ids[DOUBTED])
    assert placed is not None
    assert placed.mark.selector.exact == FOUND
    assert "place uncertain" not in card.accessibleName()


def test_what_is_pressed_in_the_report_is_large_enough(
    arrived: tuple[Window, dict[str, str]], small: Callable[[QWidget], list[str]]
) -> None:
    window, _ = arrived
    assert small(window) == []
    window.notice.take_offer()
    assert small(dialog_of(window)) == []
