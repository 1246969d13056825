"""Counts of what lists and dialogs do, be there ever so much: they guard the speed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import Mark, MarkKind
from reader.annotations.placing import PlacedMark
from reader.annotations.selectors import Selector
from reader.exchange.templates import NotesTemplate
from reader.locations import bundled
from reader.ui.export.folder_dialog import ExportFolderDialog
from reader.ui.export.formats import Formats
from reader.ui.export.many import TextNotes
from reader.ui.fonts import Faces
from reader.ui.library import notebook as notebook_module
from reader.ui.library.marked import MarkedText
from reader.ui.library.notebook import NotebookPage
from reader.ui.library.view import LibraryView
from reader.ui.panel import entries as entries_module
from reader.ui.panel.notes import NotesPage
from reader.ui.panel.wrapping import Wrapping
from reader.ui.theme import Theme
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker

MOST_ROWS = 60
"""Rows of a list whose words are broken into lines before somebody scrolls to them."""


def mark(number: int, note: str = "") -> Mark:
    words = f"Word {number} and some others, of which there are more than one line has room for"
    return Mark(
        f"m{number}",
        MarkKind.HIGHLIGHT,
        Selector(words, start=number * 100, end=number * 100 + len(words)),
        note=note,
        created="2026-01-01T00:00:00Z",
    )


def placed(count: int) -> list[PlacedMark]:
    return [
        PlacedMark(mark(number), Anchor(State.EXACT, number * 100, number * 100 + 20))
        for number in range(count)
    ]


@pytest.fixture
def notes(qtbot: Any, look: None, theme: Theme) -> NotesPage:
    page = NotesPage(theme)
    qtbot.addWidget(page)
    page.resize(240, 600)
    page.show()
    return page


def test_a_change_to_one_mark_makes_one_row_anew(notes: NotesPage, qtbot: Any) -> None:
    marks = placed(3_000)
    notes.set_marks(marks, {})
    model = notes.list.notes
    entries = [row.entry for row in model.rows]  # held: another object has no id of theirs
    before = {id(entry) for entry in entries}
    with qtbot.assertNotEmitted(model.modelReset):
        notes.set_marks(fewer := [*marks[:1_000], *marks[1_001:]], {})
    assert len(model.rows) == 2_999
    assert all(id(row.entry) in before for row in model.rows)
    other = PlacedMark(mark(2_001, "Another note"), fewer[2_000].anchor)
    with qtbot.assertNotEmitted(model.modelReset):
        notes.set_marks([*fewer[:2_000], other, *fewer[2_001:]], {})
    assert [each.note for row in model.rows if (each := row.entry) and id(each) not in before] == [
        "Another note"
    ]


def test_heights_of_rows_are_known_before_their_words_are_broken(
    notes: NotesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[str] = []
    break_ = Wrapping._break

    def counted(self: Wrapping, title: str, width: int, most: int) -> Any:
        broken.append(title)
        return break_(self, title, width, most)

    monkeypatch.setattr(Wrapping, "_break", counted)
    notes.set_marks(placed(400), {})
    notes.grab()
    rows = [notes.list.visualRect(notes.list.notes.index(row, 0)).height() for row in range(400)]
    assert len(set(rows)) == 1, "all take two lines"
    assert 0 < len(broken) < MOST_ROWS


def test_an_index_is_sorted_with_few_comparisons_by_the_rules_of_a_language(
    make_copy: CopyMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, names = 500, ["Été", "éte", "ETE"]
    titles = [f"{names[n % 3]} {'-' * (n % 2)}{n * 7919 % count}" for n in range(count)]
    copy = make_copy(
        "Words.",
        "".join(
            f"  - {{id: a{n}, kind: place, title: {t}, about: text, body: B.}}\n"
            for n, t in enumerate(titles)
        ),
    )
    compared = 0
    collator = entries_module.collator()

    class Counted:
        def compare(self, one: str, other: str) -> int:
            nonlocal compared
            compared += 1
            return collator.compare(one, other)

    monkeypatch.setattr(entries_module, "collator", Counted)
    entries = entries_module.entries_of(copy)
    assert len(entries) == count
    found = [entry.title for entry in entries]
    assert all(collator.compare(one, other) <= 0 for one, other in pairwise(found))
    assert 0 < compared < 2 * count


def test_a_notebook_is_filtered_a_little_at_a_time(
    qtbot: Any, look: None, faces: Faces, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = NotebookPage(theme, faces.text)
    qtbot.addWidget(page)
    page.show()
    page.show_marks([(f"urn:{n % 400}", mark(n)) for n in range(8_000)], [])
    qtbot.waitUntil(lambda: not page._going_on.isActive())
    monkeypatch.setattr(notebook_module, "_SLICE", 0.0)
    looked: list[str] = []
    hits = MarkedText.hits

    def counted(self: MarkedText, wanted: Any) -> Any:
        looked.append(self.id)
        return hits(self, wanted)

    monkeypatch.setattr(MarkedText, "hits", counted)
    QTest.keyClick(page.field, Qt.Key.Key_W)
    assert len(looked) < 10, "however many texts there are"
    qtbot.waitUntil(lambda: not page._going_on.isActive())
    assert len(looked) == len(set(looked)) == 400
    assert "8000" in page.count.text()


def test_the_library_makes_a_page_when_it_is_shown(make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.actions_["library"].trigger()
    view = window.findChild(LibraryView)
    assert view is not None
    assert view.findChild(NotebookPage) is None
    view.show_page("notebook")
    assert view.findChild(NotebookPage) is view.notebook


def test_of_many_files_few_are_listed_until_one_scrolls(
    qtbot: Any, look: None, theme: Theme, faces: Faces, tmp_path: Path
) -> None:
    def lost() -> Any:
        raise AssertionError

    parent = QWidget()
    qtbot.addWidget(parent)
    formats = Formats(bundled("resources") / "templates", tmp_path)
    texts = [TextNotes(f"urn:{n}", f"Text {n}", lost) for n in range(3_000)]
    dialog = ExportFolderDialog(texts, formats, tmp_path / "notes", theme, faces, parent)
    model = dialog.list.model()
    dialog._preview_later.stop()
    dialog._show_preview = lambda: None  # type: ignore[method-assign]
    dialog.open()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert 0 < model.rowCount() <= 1_000
    assert "3000 file" in dialog.said.text(), "all of them go out"
    first = model.index(0, 0)
    model.setData(first, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert "2999 file" in dialog.said.text()
    for _ in range(20):
        dialog.list.scrollToBottom()
    assert model.rowCount() == 3_000
    dialog.reject()


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from jinja2 import Environment

    compiled: list[str] = []
    compile_ = Environment.compile

    def counted(self: Environment, source: Any, *given: Any, **named: Any) -> Any:
        compiled.append(source)
        return compile_(self, source, *given, **named)

    monkeypatch.setattr(Environment, "compile", counted)
    source = (bundled("resources") / "templates" / "markdown.md.j2").read_text("utf-8")
    path = tmp_path / "mine.md.j2"
    for words in (source, source, source + "\n{# another #}\n"):
        path.write_text(words, "utf-8")
        NotesTemplate(path)
    assert compiled == [source, source + "\n{# another #}\n"]
