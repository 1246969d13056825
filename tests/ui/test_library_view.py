"""The library as a whole: its three pages, driven as a reader drives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.passages import Where
from reader.library.search import Hit
from reader.library.texts import TextEntry
from reader.locations import bundled
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.library.texts_model import TextsByTitle
from reader.ui.library.view import LibraryView
from reader.ui.theme import NAMES, Theme, load_theme

PEACE = TextEntry("urn:peace", "War and Peace", path=Path("w.txt"), opened=5.0, language="en")
HIT = Hit("urn:peace", "War and Peace", Where.TEXT, "", 7, "A person", ((2, 8),))
MARK = Mark("m1", MarkKind.HIGHLIGHT, Selector("Well, Prince", start=5))


@pytest.fixture
def make(
    qtbot: Any, look: None, faces: Faces, theme: Theme
) -> Iterator[Callable[..., LibraryView]]:
    views = []

    def make(*texts: TextEntry, size: tuple[int, int] = (1000, 650)) -> LibraryView:
        icons = Icons(bundled("resources") / "icons", theme)
        view = LibraryView(faces, theme, icons, lambda _query: [HIT], lambda: date(2025, 6, 4))
        views.append(view)
        qtbot.addWidget(view)
        view.show_texts(TextsByTitle.of(texts))
        view.show_marks([("urn:peace", MARK)] if texts else [])
        view.resize(*size)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        return view

    yield make
    for view in views:
        view.wait()


@pytest.fixture
def view(make: Callable[..., LibraryView]) -> LibraryView:
    return make(PEACE)


def test_the_tabs_lead_to_the_pages(qtbot: Any, view: LibraryView) -> None:
    shown: list[str] = []
    view.page_changed.connect(shown.append)
    assert view.page == "texts"
    view.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.tabs, Qt.Key.Key_Right)
    assert view.notebook.isVisible()
    assert not view.texts.isVisible()
    assert view.tabs.hasFocus()
    QTest.mouseClick(view.tabs, Qt.MouseButton.LeftButton, pos=view.tabs.tabRect(2).center())
    assert view.search.isVisible()
    assert view.search.field.hasFocus()  # that is what one wants there
    view.show_page("texts")
    assert shown == ["notebook", "search", "texts"]
    with pytest.raises(ValueError, match="shelf"):
        view.show_page("shelf")


def test_the_keyboard_goes_where_the_page_is_used(view: LibraryView) -> None:
    wanted = {
        "texts": (view.texts.list, view.texts.filter),
        "notebook": (view.notebook.list, view.notebook.field),
        "search": (view.search.field, view.search.field),
    }
    for name, (first, field) in wanted.items():
        view.show_page(name)
        view.focus()
        assert QApplication.focusWidget() is first
        view.focus_field()
        assert QApplication.focusWidget() is field


def test_tab_reaches_everything_in_the_order_in_which_it_is_read(view: LibraryView) -> None:
    view.tabs.setFocus()
    reached = []
    for _ in range(6):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName() or focused.property("text"))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached == [
        "Pages of the library",
        "Open a text…",
        "All 1",
        "Filter the texts",
        "Sort by: Last read",
        "Texts",
    ]
    assert view.tabs.hasFocus()


def test_signals_of_the_pages_are_passed_on(qtbot: Any, view: LibraryView) -> None:
    view.focus()
    with qtbot.waitSignal(view.open_wanted) as opened:
        QTest.keyClick(view.texts.list, Qt.Key.Key_Return)
    assert opened.args == ["urn:peace"]
    with qtbot.waitSignal(view.remove_wanted) as removed:
        QTest.keyClick(view.texts.list, Qt.Key.Key_Delete)
    assert removed.args == ["urn:peace"]
    with qtbot.waitSignal(view.open_file_wanted):
        QTest.mouseClick(view.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.order_changed) as order:
        view.set_order("title")
    assert order.args == ["title"]

    view.show_page("notebook")
    view.focus()
    with qtbot.waitSignal(view.mark_chosen) as chosen:
        QTest.keyClick(view.notebook.list, Qt.Key.Key_Return)
    assert chosen.args == ["urn:peace", "m1"]

    view.show_page("search")
    QTest.keyClicks(view.search.field, "person")
    with qtbot.waitSignal(view.hit_chosen) as found:
        QTest.keyClick(view.search.field, Qt.Key.Key_Return)
    assert found.args == [HIT]


def test_one_button_opens_a_text_in_an_empty_library(make: Callable[..., LibraryView]) -> None:
    view = make()
    assert not view.button.isVisible()
    assert view.texts.welcome.button.isVisible()
    view.show_page("notebook")
    assert view.button.isVisible()
    view.show_page("texts")
    view.show_texts(TextsByTitle.of([PEACE]))
    assert view.button.isVisible()


@pytest.mark.parametrize("page", ["texts", "notebook", "search"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_in_the_colours_of_the_theme(view: LibraryView, name: str, page: str) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    view.apply_theme(theme, Icons(bundled("resources") / "icons", theme))
    view.show_page(page)
    QApplication.processEvents()
    shot = view.grab().toImage()
    ground = QColor(theme["page"])
    corners = [
        QPoint(x, y)
        for x in (2, shot.width() - 3)
        for y in (2, shot.height() // 2, shot.height() - 3)
    ]
    assert [shot.pixelColor(corner) for corner in corners] == [ground] * 6


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [560, 700, 1000, 1360])
def test_nothing_stands_outside_or_on_top_of_another(
    make: Callable[..., LibraryView], width: int, scale: float
) -> None:
    view = make(PEACE, size=(width, 700))
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    view.setFont(font)
    QApplication.processEvents()
    assert view.width() == width
    head = [view._heading, view.tabs, view.button]
    chips = [chip for chip in view.texts.chips.values() if chip.isVisible()]
    tools = [*chips, view.texts.filter, view.texts.order]
    for group in (head, tools):
        rects = [each.geometry() for each in group]
        for number, rect in enumerate(rects):
            assert rect.right() < width
            assert not any(rect.intersects(other) for other in rects[:number])
    assert view.texts._stack.geometry().top() > view.texts._strip.geometry().bottom()
    sides = view.texts.list.viewport()
    left = sides.mapTo(view, QPoint(0, 0)).x()
    assert left == view._heading.geometry().left()
    assert left + sides.width() == width - left
