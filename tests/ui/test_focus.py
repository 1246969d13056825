"""Who works with the keys alone sees where they are, gets everywhere, and gets away again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.copies.copy import Copy
from reader.ui.margin.margin import Margin

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
Settle = Callable[[Any], None]

PAGES = ("contents", "index", "timeline", "notes", "find", "library", "search-all", "notebook")
DIALOGS = (
    "preferences",
    "shortcuts",
    "colors",
    "about",
    "about-text",
    "problems",
    "layers",
    "share",
    "export",
    "export-all",
    "print",
    "snapshots",
    "new-copy",
)
THEMES = ("light", "high-contrast-dark")

MOST = 200
"""Tabs after which they would have come round."""

SEEN = 24
"""Pixels that look different where the keyboard is: a dotted line around a short word."""


@pytest.fixture(autouse=True)
def _carets_do_not_blink(qapp: QApplication) -> Iterator[None]:
    usual = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(usual)


@pytest.fixture
def make(make_window: MakeWindow, shipped: Copy, settle: Settle) -> Callable[..., Window]:
    """Makes a window with a note and two highlights in its text."""

    def make(theme: str = "light") -> Window:
        window = make_window(shipped.path, theme=theme)
        for words in ("most massive", "two hard questions", "new peace talks"):
            start = shipped.text.string.index(words)
            window.reading.page.select(start, start + len(words))
            window.actions_["mark-blue"].trigger()
        window.marks.change(window.marking.active, note="Which comes first?")
        window.marking.close()
        settle(window.reading)
        return window

    return make


def place_of(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget can be seen in its window, with the frame that may stand around it."""
    corner = widget.mapTo(root, QPoint()) if widget is not root else QPoint()
    return QRect(corner, widget.size()).adjusted(-4, -4, 4, 4).intersected(root.rect())


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "the keyboard is nowhere"
    return widget


def looks_different(one: QImage, other: QImage, where: QRect) -> bool:
    """Whether enough pixels look different in a part of two pictures."""
    before, after = one.copy(where), other.copy(where)
    different = 0
    for y in range(before.height()):
        line = QRect(0, y, before.width(), 1)
        if before.copy(line) != after.copy(line):
            different += sum(before.pixel(x, y) != after.pixel(x, y) for x in range(line.width()))
        if different >= SEEN:
            return True
    return False


def name_of(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{words}”"


def go_round(root: QWidget, key: Qt.Key, look: bool = False) -> tuple[set[str], list[str]]:
    """Press a key until the keyboard is where it was: all stops, and those that show nothing.

    Cards are made as they come near, and are no others' stops.
    """
    first = here = focused()
    stops, unseen = {name_of(first)}, []
    before = root.grab().toImage() if look else QImage()
    for _ in range(MOST):
        last = here
        QTest.keyClick(last, key)
        QCoreApplication.processEvents()
        here = focused()
        assert root is here or root.isAncestorOf(here), "the keyboard has left the window"
        if look:
            after = root.grab().toImage()
            moved = here is not last  # within a card it may go from link to link
            if moved and not looks_different(before, after, place_of(here, root)):
                unseen.append(name_of(here))
            before = after
        if here is first:
            return stops, unseen
        if not any(isinstance(each, Margin) for each in above(here)):
            stops.add(name_of(here))
    pytest.fail(f"{key.name} never comes round; at last {name_of(here)}")


def above(widget: QWidget) -> Iterator[QWidget]:
    """All that a widget stands in."""
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def shown_dialog() -> QDialog:
    """The dialog that was asked for, which may have to be imported first."""
    deadline = QDeadlineTimer(30_000)
    while not deadline.hasExpired():
        QCoreApplication.processEvents()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                return each
    pytest.fail("there is no dialog")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", DIALOGS)
def test_in_a_dialog_the_keyboard_is_seen_comes_round_and_leaves(
    make: Callable[..., Window], settle: Settle, name: str, theme: str
) -> None:
    window = make(theme)
    window.reading.page.setFocus()
    window.actions_[name].trigger()
    dialog = shown_dialog()
    QTest.qWaitForWindowActive(dialog)
    settle(window.reading)
    stops, unseen = go_round(dialog, Qt.Key.Key_Tab, look=True)
    assert unseen == []
    back, _ = go_round(dialog, Qt.Key.Key_Backtab)
    assert back == stops
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    if dialog.isVisible():  # what was typed into a field may be emptied first
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    assert focused() is window.reading.page, "the keyboard is where it was"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES)
def test_in_the_window_the_keyboard_is_seen_and_comes_round(
    make: Callable[..., Window], settle: Settle, name: str, theme: str
) -> None:
    window = make(theme)
    window.actions_[name].trigger()
    settle(window.reading)
    window.header.find_field.setFocus(Qt.FocusReason.TabFocusReason)
    stops, unseen = go_round(window, Qt.Key.Key_Tab, look=True)
    assert unseen == []
    assert len(stops) > 5
    back, _ = go_round(window, Qt.Key.Key_Backtab)
    assert back == stops
