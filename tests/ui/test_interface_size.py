"""Letters and controls around the text grow as the reader wishes, at once, and nothing is cut."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from reader.copies.copy import Copy
from reader.ui.author.form import AnnotationForm
from reader.ui.margin.card import Card

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
Settle = Callable[[Any], None]

ROOMY, SMALL = (1360, 880), (1000, 700)
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


@pytest.fixture
def marked(make_window: MakeWindow, shipped: Copy, settle: Settle) -> Callable[..., Window]:
    """Makes a window with a note and two highlights, at a size of its letters."""

    def make(percent: int, size: tuple[int, int]) -> Window:
        window = make_window(shipped.path, size)
        string = shipped.text.string
        for words in ("most massive", "two hard questions", "new peace talks"):
            start = string.index(words)
            window.reading.page.select(start, start + len(words))
            window.actions_["mark-blue"].trigger()
        window.marks.change(window.marking.active, note="Which comes first?", tags=("essay",))
        window.marking.close()
        window._settings["interface-size"] = percent
        settle(window.reading)
        return window

    return make


def controls(root: QWidget) -> Iterator[QWidget]:
    """What words stand in, as far as it is shown."""
    kinds = (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)
    for widget in root.findChildren(QWidget):
        # The magnifier in a field is a picture, and a spin box' own field a part of it.
        inner = isinstance(widget.parent(), QLineEdit | QAbstractSpinBox)
        if isinstance(widget, kinds) and widget.isVisible() and not inner:
            yield widget


def name_of(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    size = f"{widget.width()} x {widget.height()}"
    return f"{type(widget).__name__} “{words}” ({size})"


def is_scrolled(widget: QWidget, root: QWidget) -> bool:
    """Whether a bar brings what cannot be seen of a widget into view."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def cut(root: QWidget) -> list[str]:
    """What has less room than its words need, and can say so in no other way."""
    found = []
    for widget in controls(root):
        height, width = widget.fontMetrics().height(), 0
        if isinstance(widget, QLabel):
            if not widget.text() or not widget.pixmap().isNull():
                continue
            if widget.wordWrap():
                height = widget.heightForWidth(widget.width())
            elif "…" not in widget.text():
                width = widget.minimumSizeHint().width()
        elif isinstance(widget, QAbstractButton):
            width, height = widget.sizeHint().width(), widget.sizeHint().height()
            if isinstance(widget, QToolButton) and widget.text():
                width -= 2 * widget.fontMetrics().horizontalAdvance(" ")  # which Qt adds
        if widget.height() < height or widget.width() < width:
            found.append(f"{name_of(widget)} needs {width} x {height}")
    return found


def astray(root: QWidget) -> list[str]:
    """What stands outside the window, or lies on something else, and no bar moves it."""
    found: list[str] = []
    places: list[tuple[QWidget, QRect]] = []
    for widget in controls(root):
        if is_scrolled(widget, root):
            continue
        place = QRect(widget.mapTo(root, QPoint()), widget.size())
        if not root.rect().contains(place):
            found.append(f"{name_of(widget)} at {place.getRect()}")
        for other, there in places:
            if place.intersects(there) and not other.isAncestorOf(widget):
                found.append(f"{name_of(widget)} on {name_of(other)}")
        places.append((widget, place))
    return found


def too_wide(root: QWidget) -> list[str]:
    """What is scrolled up and down, and would have to be moved sideways too."""
    found = []
    for widget in controls(root):
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QAbstractScrollArea):
            parent = parent.parentWidget()
        if parent is None or not root.isAncestorOf(parent):
            continue
        left = widget.mapTo(parent.viewport(), QPoint()).x()
        sideways = parent.horizontalScrollBar()
        if sideways.isVisible() and sideways.maximum() > 0:
            continue
        if left < -1 or left + widget.width() > parent.viewport().width() + 1:
            found.append(f"{name_of(widget)} in {parent.viewport().width()}")
    return found


def faults(root: QWidget) -> list[str]:
    return cut(root) + astray(root) + too_wide(root)


@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.parametrize("size", [ROOMY, SMALL])
def test_every_page_has_room_for_its_words(
    marked: Callable[..., Window], settle: Settle, percent: int, size: tuple[int, int]
) -> None:
    window = marked(percent, size)
    assert (window.width(), window.height()) == size
    for page in PAGES:
        window.actions_[page].trigger()
        settle(window.reading)
        assert faults(window) == [], page


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_has_room_for_its_words(
    marked: Callable[..., Window], settle: Settle, name: str
) -> None:
    window = marked(200, ROOMY)
    window.actions_[name].trigger()
    dialog = shown_dialog()
    for size in ((1280, 820), (940, 650)):
        dialog.resize(*size)
        settle(window.reading)
        assert dialog.width() <= size[0], "it is no wider than the screen"
        assert faults(dialog) == [], size
    dialog.reject()


def test_every_section_of_the_preferences_has_room(
    marked: Callable[..., Window], settle: Settle
) -> None:
    window = marked(200, ROOMY)
    window.actions_["preferences"].trigger()
    dialog: Any = shown_dialog()
    for size in ((1280, 820), (940, 650)):
        dialog.resize(*size)
        for number in range(dialog.sections.count()):
            dialog.sections.setCurrentRow(number)
            settle(window.reading)
            assert faults(dialog) == [], (size, number)
    dialog.reject()


def shown_dialog() -> QDialog:
    """The dialog that was asked for, which may have to be imported first."""
    deadline = QDeadlineTimer(30_000)
    while not deadline.hasExpired():
        QCoreApplication.processEvents()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                return each
    pytest.fail("there is no dialog")


@pytest.mark.parametrize("size", [ROOMY, SMALL])
def test_the_author_s_form_has_room(
    make_window: MakeWindow, make_copy: Callable[..., Copy], settle: Settle, size: tuple[int, int]
) -> None:
    copy = make_copy(
        "# Title\n\nAnna walks on the quay.\n", "  - {id: a, kind: person, title: A}\n"
    )
    window = make_window(copy.path, size)
    window._settings["interface-size"] = 200
    window.actions_["author"].trigger()
    start = copy.text.string.index("Anna")
    window.reading.page.select(start, start + 4)
    window.actions_["annotate"].trigger()
    settle(window.reading)
    form = next(each for each in window.findChildren(AnnotationForm) if each.isVisible())
    assert faults(form) == []
    assert window.reading.page.viewport().width() >= form.width()


def test_a_card_and_the_selection_bar_stand_in_the_page(
    marked: Callable[..., Window], settle: Settle, shipped: Copy
) -> None:
    window = marked(200, SMALL)
    window.reading.show_annotation("operation-spiderweb")
    settle(window.reading)
    popover = window.reading.popover
    assert popover.isVisible(), "there is no room beside the words"
    assert window.reading.page.viewport().rect().contains(popover.geometry())
    assert cut(popover) == []
    window.reading.close_popover()
    start = window.reading.place() + 100
    window.reading.page.select(start, start + 20)
    window.reading.page.selection_made.emit()
    QCoreApplication.processEvents()
    bar = window.marking.bar
    assert bar.isVisible()
    assert window.reading.page.viewport().rect().contains(bar.geometry())
    assert cut(bar) == []
    for button in bar.findChildren(QAbstractButton):
        assert not button.isVisible() or bar.rect().contains(button.geometry())


def picture(window: Window, settle: Settle) -> QImage:
    window.reading.page.setFocus()
    settle(window.reading)
    window._splitter.setSizes([400, 960])
    settle(window.reading)
    return window.grab().toImage()


@pytest.mark.parametrize("percent", [125, 200])
def test_what_is_changed_in_an_open_window_looks_as_if_it_had_always_been(
    make_window: MakeWindow, harbour: Copy, settle: Settle, percent: int
) -> None:
    window = make_window(harbour.path)
    for command in ("library", "library", "notes", "index"):
        window.actions_[command].trigger()
    window._settings["interface-size"] = percent
    changed = picture(window, settle)
    assert window.close()
    fresh = make_window(harbour.path)
    fresh.actions_["index"].trigger()
    assert picture(fresh, settle) == changed


def test_everything_that_is_pressed_or_read_grows(
    make_window: MakeWindow, harbour: Copy, settle: Settle
) -> None:
    window = make_window(harbour.path, (1900, 900))

    def measures() -> dict[str, float]:
        settle(window.reading)
        card = window.reading.margin.card("quay")
        assert isinstance(card, Card)
        button = window.header.findChildren(QToolButton)[0]
        return {
            "letters": window.fontMetrics().height(),
            "buttons": button.height(),
            "icons": button.iconSize().height(),
            "fields": window.header.find_field.height(),
            "cards": card.short_height(),
            "margin": window.reading.margin.width(),
            "panel": window.panel.width(),
            "status": window.status.height(),
            "colours": window.marking.bar.findChildren(QAbstractButton)[0].sizeHint().height(),
        }

    usual = measures()
    window._settings["interface-size"] = 150
    large = measures()
    for what, before in usual.items():
        assert large[what] >= 1.3 * before, what
    window._settings["interface-size"] = 100
    assert measures() == usual


def test_the_text_keeps_its_own_size(
    make_window: MakeWindow, harbour: Copy, settle: Settle
) -> None:
    window = make_window(harbour.path)
    layout = window.reading.page.page_layout()
    assert layout is not None
    before = [rect.height() for rect in layout.range_rects(0, 3)]
    usual = window.fontMetrics().height()
    window._settings["interface-size"] = 200
    settle(window.reading)
    assert window.fontMetrics().height() > usual
    layout = window.reading.page.page_layout()
    assert layout is not None
    assert [rect.height() for rect in layout.range_rects(0, 3)] == before


def test_commands_make_it_larger_and_smaller_and_it_is_kept(
    make_window: MakeWindow, harbour: Copy, home: Path, settle: Settle
) -> None:
    window = make_window(harbour.path)
    larger, smaller = (window.actions_[f"{way}-interface"] for way in ("larger", "smaller"))
    assert not smaller.isEnabled()
    sizes = []
    while larger.isEnabled():
        larger.trigger()
        settle(window.reading)
        sizes.append(json.loads((home / "settings.json").read_text("utf-8"))["interface-size"])
    assert sizes == [125, 150, 175, 200]
    smaller.trigger()
    assert window._settings["interface-size"] == 175
    assert window.close()
    again = make_window(harbour.path)
    assert again.font().pointSizeF() == pytest.approx(1.75 * again._faces.interface.pointSizeF())


def test_a_card_that_is_open_over_the_text_stays_open(
    make_window: MakeWindow, harbour: Copy, settle: Settle
) -> None:
    window = make_window(harbour.path, (700, 700))
    window.reading.show_annotation("quay")
    popover = window.reading.popover
    assert popover.isVisible()
    assert popover.card is not None
    before = popover.card.short_height()
    window.actions_["larger-interface"].trigger()
    settle(window.reading)
    assert popover.isVisible()
    assert popover.card is not None
    assert popover.card.short_height() > before
