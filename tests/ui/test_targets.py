"""Whatever is pressed is at least 24 pixels high and wide, as WCAG 2.2 asks (2.5.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from reader.copies.copy import Copy

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
    "new-copy",
)
LEAST = 24

Small = Callable[[QWidget], list[str]]

PAGES = ("contents", "index", "timeline", "notes", "find", "library", "search-all", "notebook")


@pytest.fixture
def window(make_window: Callable[..., Any], shipped: Copy) -> Any:
    return make_window(shipped.path)


def test_in_the_window_with_a_card_and_the_selection_bar(
    window: Any, shipped: Copy, settle: Callable[[Any], None], small: Small
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
def test_on_every_page(window: Any, page: str, small: Small) -> None:
    window.actions_[page].trigger()
    QCoreApplication.processEvents()
    assert small(window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_in_every_dialog(window: Any, name: str, small: Small, qtbot: Any) -> None:
    def shown() -> list[QDialog]:
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
        return [each for each in dialogs if each.isVisible()]

    window.actions_[name].trigger()
    qtbot.waitUntil(lambda: bool(shown()))
    for dialog in shown():
        assert small(dialog) == []
        dialog.reject()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_in_every_section_of_the_preferences(window: Any, small: Small) -> None:
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


def test_in_the_author_s_form(
    make_window: Callable[..., Any],
    make_copy: Callable[..., Copy],
    settle: Callable[[Any], None],
    small: Small,
) -> None:
    copy = make_copy("# Title\n\nAnna walks.\n", "  - {id: a, kind: person, title: A}\n")
    window = make_window(copy.path)
    window.actions_["author"].trigger()
    start = copy.text.string.index("Anna")
    window.reading.page.select(start, start + 4)
    window.actions_["annotate"].trigger()
    settle(window.reading)
    assert window.authoring.writing
    assert small(window) == []
