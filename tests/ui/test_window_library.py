"""The library in the window: going there, opening, searching, finding one's marks again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.text import plain
from reader.ui.library.text_row import GAP, columns_of
from reader.ui.library.texts_model import Shelf, TextRole
from reader.ui.library.view import LibraryView
from reader.ui.library.words import mark_words
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text, until_opened

FIRST = "# On rivers\n\nA river begins where water gathers.\n\nIt ends at the sea.\n"
SECOND = "# On mountains\n\nSnow melts on a mountain, and a river begins.\n"


@pytest.fixture
def copies(make_copy: CopyMaker) -> tuple[Copy, Copy]:
    return make_copy(FIRST, name="rivers"), make_copy(SECOND, name="mountains")


@pytest.fixture
def window(make_window: Callable[..., Window], copies: tuple[Copy, Copy]) -> Window:
    window = make_window(copies[0].path)
    open_text(window, copies[1].path)
    return window


def view(window: Window) -> LibraryView:
    assert window._desk is not None
    assert window._desk._view is not None
    return window._desk._view


def test_a_key_shows_the_library_and_hides_it(window: Window) -> None:
    window.actions_["library"].trigger()
    assert view(window).isVisible()
    assert window.windowTitle() == "Library — Annotated Reader"
    window.actions_["library"].trigger()
    assert not view(window).isVisible()
    assert window.reading.page.isVisible()
    assert "Annotated Reader" in window.windowTitle()
    assert "Library" not in window.windowTitle()


def test_a_text_is_opened_from_the_library(window: Window, copies: tuple[Copy, Copy]) -> None:
    window.actions_["library"].trigger()
    view(window).open_wanted.emit(copies[0].manifest.id)
    until_opened(window)
    assert window.copy is not None
    assert window.copy.path == copies[0].path
    assert window.reading.page.isVisible()


def test_searching_everything_travels_to_the_words(
    window: Window, copies: tuple[Copy, Copy], qtbot: Any, settle: Callable[..., None]
) -> None:
    assert window._indexing is not None
    window._indexing.wait()
    window.actions_["search-all"].trigger()
    page = view(window).search
    assert page.isVisible()
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, "sea")
    qtbot.waitUntil(lambda: not page._finding.busy and page.list.first_row().isValid())
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    until_opened(window)
    assert window.copy is not None
    assert window.copy.path == copies[0].path
    assert window.reading.travel.can_go_back


def test_a_mark_of_another_text_opens_there(
    window: Window, copies: tuple[Copy, Copy], settle: Callable[..., None]
) -> None:
    open_text(window, copies[0].path)
    start = copies[0].text.string.index("water gathers")
    window.reading.page.select(start, start + 13)
    window.marking.color(Color.GREEN)
    mark = window.marks.all()[0].mark.id
    open_text(window, copies[1].path)
    window.actions_["notebook"].trigger()
    view(window).mark_chosen.emit(copies[0].manifest.id, mark)
    until_opened(window)
    assert window.copy is not None
    assert window.copy.path == copies[0].path
    assert window.marking.active == mark


def test_removing_a_text_keeps_its_marks(window: Window, copies: tuple[Copy, Copy]) -> None:
    open_text(window, copies[0].path)
    start = copies[0].text.string.index("water gathers")
    window.reading.page.select(start, start + 13)
    window.marking.color(Color.GREEN)
    window.actions_["library"].trigger()
    view(window).remove_wanted.emit(copies[0].manifest.id)
    assert window._library is not None
    assert [each.removed for each in window._library.texts() if each.id == copies[0].manifest.id]
    assert len(window._library.marks(copies[0].manifest.id)) == 1


def test_in_the_library_find_narrows_the_library(window: Window) -> None:
    window.actions_["library"].trigger()
    window.actions_["find"].trigger()
    focused = window.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert view(window).isAncestorOf(focused)


def test_a_text_whose_file_is_gone_says_so(
    window: Window, copies: tuple[Copy, Copy], tmp_path: Path
) -> None:
    window.actions_["library"].trigger()
    copies[0].path.rename(tmp_path / "moved")
    view(window).open_wanted.emit(copies[0].manifest.id)
    until_opened(window)
    assert "rivers" in window.notice.words
    assert window.copy is not None
    assert window.copy.path == copies[1].path


def test_a_long_text_is_parsed_once(
    make_window: Callable[..., Window],
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = tmp_path / "book.txt"
    book.write_text("\n\n".join(f"Paragraph {n} of a long book." for n in range(5000)))
    first = make_window(book)
    qtbot.waitUntil(lambda: first.copy is not None, timeout=30_000)
    assert first.copy is not None

    def never(*_: object) -> None:
        raise AssertionError("it was parsed a second time")

    monkeypatch.setattr(plain, "parse_plain", never)
    second = make_window(book)
    qtbot.waitUntil(lambda: second.copy is not None, timeout=30_000)
    assert second.copy is not None
    assert second.copy.text == first.copy.text


def test_the_header_offers_nothing_of_the_hidden_text(window: Window) -> None:
    belonging = [window.actions_[name] for name in ("panel", "margin", "back")]
    window.reading.travel_to(5)
    assert all(action.isEnabled() for action in belonging)
    progress = window.status._place
    assert progress.isVisible()
    window.actions_["library"].trigger()
    assert not any(action.isEnabled() for action in belonging)
    assert not progress.isVisible()
    field = window.header.find_field
    assert field.placeholderText() == "Search the library"
    QTest.keyClicks(field, "mountains")
    page = view(window).texts
    assert page.filter.text() == "mountains"
    assert len(shown_texts(window)) < 2
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(shown_texts(window)) == 2
    window.actions_["library"].trigger()
    assert field.placeholderText() == "Search the text"
    assert progress.isVisible()
    assert all(action.isEnabled() for action in belonging)


def shown_texts(window: Window) -> list[Any]:
    model = view(window).texts.list.texts
    entries = [model.index(row, 0).data(TextRole.ENTRY) for row in range(model.rowCount())]
    return [entry for entry in entries if entry is not None]


def test_a_removed_text_is_opened_once_that_was_asked(
    window: Window, copies: tuple[Copy, Copy]
) -> None:
    open_text(window, copies[0].path)
    window.reading.page.select(5, 9)
    window.marking.color(Color.GREEN)
    open_text(window, copies[1].path)
    window.actions_["library"].trigger()
    removed = copies[0].manifest.id
    view(window).remove_wanted.emit(removed)
    page = view(window).texts
    page.show_shelf(Shelf.REMOVED)
    page.list.choose(page.list.texts.row_of(removed))
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "was removed from the library" in box.text()
    assert window.copy is not None
    assert window.copy.path == copies[1].path
    next(each for each in box.buttons() if "Bring back" in each.text()).click()
    until_opened(window)
    assert window.copy.path == copies[0].path
    assert window._library is not None
    assert not any(each.removed for each in window._library.texts())


def test_a_link_without_a_text_is_said_to_be_incomplete(window: Window) -> None:
    window.open_link("", "")
    assert "not complete" in window.notice.words


@pytest.mark.parametrize(("width", "marks"), [(1500, (88_888, 8_888)), (1000, (300, 20))])
def test_many_marks_are_told_whole_where_there_is_room(
    qapp: QApplication, width: int, marks: tuple[int, int]
) -> None:
    metrics = QFontMetrics(qapp.font())
    columns = columns_of(width, metrics)
    assert columns.marks_width - GAP >= metrics.horizontalAdvance(mark_words(*marks))
