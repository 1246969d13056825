"""Whatever is pressed is at least 24 pixels high and wide, as WCAG 2.2 asks (2.5.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)

from reader.copies.copy import Copy

LEAST = 24

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
    "print",
    "snapshots",
)
PAGES = ("contents", "index", "timeline", "notes", "find", "library", "search-all", "notebook")


def small(root: QWidget) -> list[str]:
    """What can be pressed in a widget and is too small."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        size = widget.size()
        if isinstance(widget, QAbstractButton) and not isinstance(widget.parent(), QLineEdit):
            pass  # the magnifier in a field is a picture, which nothing happens to
        elif isinstance(widget, QComboBox | QSlider):
            pass
        elif isinstance(widget, QAbstractItemView) and widget.sizeHintForRow(0) >= 0:
            size.setHeight(widget.sizeHintForRow(0))
        else:
            continue
        if size.width() < LEAST or size.height() < LEAST:
            name = widget.accessibleName() or getattr(widget, "text", str)()
            found.append(f"{type(widget).__name__} “{name}” {size.width()} x {size.height()}")
    return found


@pytest.fixture
def window(make_window: Callable[..., Any], shipped: Copy) -> Any:
    return make_window(shipped.path)


def test_in_the_window_with_a_card_and_the_selection_bar(
    window: Any, shipped: Copy, settle: Callable[[Any], None]
) -> None:
    assert small(window) == []
    window.reading.show_annotation(shipped.annotations[0].id)
    settle(window.reading)
    assert small(window) == []
    start = window.reading.page.place()
    window.reading.page.select(start, start + 20)
    window.reading.page.selection_made.emit()
    QCoreApplication.processEvents()
    assert window.marking.bar.isVisible()
    assert small(window) == []
    window.actions_["note"].trigger()
    settle(window.reading)
    assert small(window) == []


@pytest.mark.parametrize("page", PAGES)
def test_on_every_page(window: Any, page: str) -> None:
    window.actions_[page].trigger()
    QCoreApplication.processEvents()
    assert small(window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_in_every_dialog(window: Any, name: str) -> None:
    window.actions_[name].trigger()
    QCoreApplication.processEvents()
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    shown = [each for each in dialogs if each.isVisible()]
    assert shown
    for dialog in shown:
        assert small(dialog) == []
        dialog.reject()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_in_every_section_of_the_preferences(window: Any) -> None:
    window.actions_["preferences"].trigger()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    for number in range(dialog.sections.count()):
        dialog.sections.setCurrentRow(number)
        QCoreApplication.processEvents()
        assert small(dialog) == []


def test_in_every_menu(window: Any) -> None:
    for menu in window.findChildren(QMenu):
        menu.ensurePolished()
        for action in menu.actions():
            if not action.isSeparator():
                assert menu.actionGeometry(action).height() >= LEAST, action.text()
