"""Every command of the window does what it says, by its action or by its key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QTabBar, QWidget

from reader.copies.copy import Copy
from reader.ui.commands import COMMANDS
from reader.ui.margin.card import Card
from reader.ui.palette.palette import CommandPalette
from tests.ui.conftest import open_text, until_opened

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


@pytest.fixture
def window(make_window: MakeWindow, harbour: Copy) -> Window:
    return make_window(harbour.path)


def focused() -> QWidget:
    """The widget that the keyboard writes to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Any, modifiers: Any = NONE) -> None:
    """A key to wherever the keyboard is."""
    QTest.keyClick(focused(), key, modifiers)
    QCoreApplication.processEvents()


def dialog(window: Window) -> QDialog:
    """The one dialog that is open."""
    (found,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    return found


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


# Opening ------------------------------------------------------------------------------------------


def test_open_asks_for_a_file(
    window: Window, guide: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harbour: Copy
) -> None:
    asked: list[tuple[str, str]] = []
    file = tmp_path / "a.md"
    file.write_text("# Another\n\nWords.\n")
    answers = ["", str(file)]

    def ask(_parent: QWidget, title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append((title, folder))
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    press(KEY.Key_O, CTRL)
    assert window.copy is not None
    assert window.copy.path == harbour.path
    press(KEY.Key_O, CTRL)
    until_opened(window)
    assert window.copy.path == file
    assert asked[0][1] == str(harbour.path.parent)


def test_open_folder_asks_for_a_folder(
    window: Window, guide: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["", str(guide.path)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    window.actions_["open-folder"].trigger()
    press(KEY.Key_O, CTRL | SHIFT)
    until_opened(window)
    assert window.copy is not None
    assert window.copy.path == guide.path


def test_the_guide(window: Window, guide: Copy) -> None:
    press(KEY.Key_F1, SHIFT)
    until_opened(window)
    assert window.copy is not None
    assert window.copy.manifest.id == guide.manifest.id


def test_quit_closes_the_window(window: Window) -> None:
    press(KEY.Key_Q, CTRL)
    assert not window.isVisible()


# What there is to know ----------------------------------------------------------------------------


def test_about_this_text(window: Window, harbour: Copy) -> None:
    press(KEY.Key_I, CTRL)
    assert dialog(window).windowTitle() == "About this text"
    assert harbour.manifest.id in words_of(dialog(window))
    assert str(harbour.path) in words_of(dialog(window))
    QTest.keyClick(dialog(window), KEY.Key_Escape)
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]


def test_problems(window: Window, make_copy: Callable[..., Copy]) -> None:
    window.actions_["problems"].trigger()
    assert "Nothing is wrong" in words_of(dialog(window))
    dialog(window).reject()
    copy = make_copy("# Title\n\nWords.\n", "  - {id: a, kind: nonsense, title: '<b>A'}\n")
    assert copy.problems
    open_text(window, copy.path)
    button = window.status._problems
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    words = words_of(dialog(window))
    assert "nonsense" in words
    assert "annotations.yaml" in words


def test_about_the_app(window: Window) -> None:
    window.actions_["about"].trigger()
    assert "Annotated Reader" in words_of(dialog(window))


def test_the_list_of_shortcuts(window: Window) -> None:
    press(KEY.Key_Slash, CTRL)
    assert dialog(window).isVisible()


def test_the_palette(window: Window) -> None:
    press(KEY.Key_K, CTRL)
    palette = window.findChildren(CommandPalette)[0]
    assert palette.isVisible()
    press(KEY.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_leads_to_sections_and_annotations(window: Window, harbour: Copy) -> None:
    for words, place in (
        ("Part 5", harbour.text.string.index("Part 5")),
        ("Stones", harbour.attachment.of("stones")[0].start),
    ):
        press(KEY.Key_K, CTRL)
        QTest.keyClicks(focused(), words)
        press(KEY.Key_Return)
        assert window.reading.page.is_in_view(place)
    assert window.reading.active == "stones"


# The menus ----------------------------------------------------------------------------------------


def test_f10_opens_the_menu_and_everything_is_in_it(window: Window) -> None:
    shown: list[bool] = []

    def close() -> None:
        shown.append(window._menu.isVisible())
        window._menu.close()

    QTimer.singleShot(0, close)
    press(KEY.Key_F10)
    assert shown == [True]
    in_menus = {
        action.objectName()
        for menu in window._menu.findChildren(QMenu) + window.findChildren(QMenu)
        for action in menu.actions()
    }
    assert {command.id for command in COMMANDS} <= in_menus


def test_every_action_has_its_words_and_does_something(window: Window) -> None:
    for command in COMMANDS:
        action = window.actions_[command.id]
        assert action.text()
        assert action.receivers("2triggered(bool)") >= 1  # what Qt calls the signal


# What is shown ------------------------------------------------------------------------------------


def test_the_panel_comes_and_goes(window: Window) -> None:
    left = window.reading.mapTo(window, window.reading.rect().topLeft()).x()
    press(KEY.Key_F9)
    assert not window.panel.isVisible()
    assert window.reading.mapTo(window, window.reading.rect().topLeft()).x() == 0 < left
    assert not window.actions_["panel"].isChecked()
    press(KEY.Key_F9)
    assert window.panel.isVisible()


@pytest.mark.parametrize(
    ("key", "page", "tab"),
    [
        (KEY.Key_1, "contents", "Contents"),
        (KEY.Key_2, "index", "Index"),
        (KEY.Key_3, "timeline", "Index"),
    ],
)
def test_the_pages_of_the_panel(window: Window, key: Any, page: str, tab: str) -> None:
    press(KEY.Key_F9)
    press(key, CTRL)
    assert window.panel.isVisible()
    assert window.panel.page == page
    tabs = window.panel.findChildren(QTabBar)[0]
    assert tabs.tabText(tabs.currentIndex()) == tab
    assert window.actions_["panel"].isChecked()
    assert window.panel.isAncestorOf(focused())


def test_the_margin_comes_and_goes(window: Window) -> None:
    press(KEY.Key_F8)
    assert not window.reading.margin_shown()
    assert not window.actions_["margin"].isChecked()
    press(KEY.Key_F8)
    assert window.reading.margin_shown()


def test_text_sizes(window: Window) -> None:
    def column() -> int:
        left, right = window.reading.page.column()
        return right - left

    usual = column()
    widths = []
    for _ in range(3):
        press(KEY.Key_Plus, CTRL)
        widths.append(column())
    press(KEY.Key_Equal, CTRL)
    widths.append(column())
    assert [usual, *widths] == sorted({usual, *widths})
    press(KEY.Key_Minus, CTRL)
    assert column() == widths[-2]
    press(KEY.Key_0, CTRL)
    assert column() == usual
    for _ in range(20):
        press(KEY.Key_Minus, CTRL)
    assert not window.actions_["smaller"].isEnabled()
    assert column() == usual // 2
    press(KEY.Key_0, CTRL)
    assert window.actions_["smaller"].isEnabled()


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_themes_change_everything_at_once(window: Window, name: str) -> None:
    window.actions_["theme-dark" if name != "dark" else "theme-sepia"].trigger()
    window.actions_[f"theme-{name}"].trigger()
    assert window.theme.name.lower() == name
    QCoreApplication.processEvents()
    paper = window.grab().toImage()
    theme = window.theme
    page = window.reading.page.viewport()
    corner = page.mapTo(window, page.rect().topLeft())
    assert paper.pixelColor(corner.x() + 4, corner.y() + 4).name() == theme["page"]
    assert paper.pixelColor(4, 4).name() == theme["window"]
    panel = window.panel.mapTo(window, window.panel.rect().center())
    assert paper.pixelColor(3, panel.y() + 200).name() == theme["window"]
    card = next(card for card in window.reading.margin.cards().values() if card.whole)
    inside = card.mapTo(window, card.rect().bottomRight())
    assert paper.pixelColor(inside.x() - 12, inside.y() - 12).name() == theme["card"]
    assert window.actions_[f"theme-{name}"].isChecked()


@pytest.mark.parametrize(("mode", "count"), [("first", 2), ("every", 3), ("none", 0)])
def test_underlines(window: Window, harbour: Copy, mode: str, count: int) -> None:
    window.actions_["underline-every"].trigger()
    window.actions_[f"underline-{mode}"].trigger()
    assert window.actions_[f"underline-{mode}"].isChecked()
    quay = harbour.attachment.of("quay")[:3]
    color = window.theme.color("place").rgb()
    paper = window.reading.page.viewport().grab().toImage()
    dotted = 0
    for mention in quay:
        area = window.reading.page.words_rect(mention).toRect()
        dotted += any(
            paper.pixel(x, y) == color
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom() + 1)
        )
    assert dotted == count


# Going --------------------------------------------------------------------------------------------


def test_back_and_forward(window: Window) -> None:
    back, forward = window.actions_["back"], window.actions_["forward"]
    assert not back.isEnabled()
    assert not forward.isEnabled()
    press(KEY.Key_PageDown, CTRL)
    there = window.reading.place()
    assert back.isEnabled()
    press(KEY.Key_Left, ALT)
    assert window.reading.place() == 0
    assert (back.isEnabled(), forward.isEnabled()) == (False, True)
    press(KEY.Key_Right, ALT)
    assert window.reading.place() == there
    assert (back.isEnabled(), forward.isEnabled()) == (True, False)


def test_sections_start_and_end(window: Window, harbour: Copy) -> None:
    starts = [section.start for section in harbour.text.sections]
    press(KEY.Key_PageDown, CTRL)
    press(KEY.Key_PageDown, CTRL)
    assert window.reading.place() == starts[2]
    press(KEY.Key_PageUp, CTRL)
    assert window.reading.place() == starts[1]
    press(KEY.Key_End, CTRL)
    assert window.reading.page.is_in_view(len(harbour.text.string) - 1)
    press(KEY.Key_Home, CTRL)
    assert window.reading.page.scroll() == 0
    for _ in range(5):
        press(KEY.Key_Left, ALT)
    assert window.reading.place() == 0


def test_every_way_of_going_somewhere_can_be_gone_back(window: Window, harbour: Copy) -> None:
    window.panel.place_chosen.emit(harbour.text.sections[3].start)
    window.panel.annotation_chosen.emit("stones")
    press(KEY.Key_F, CTRL)
    QTest.keyClicks(focused(), "of part 8")
    press(KEY.Key_Escape)
    press(KEY.Key_Home, CTRL)
    window.reading.margin.maker.travel_wanted.emit("anna", harbour.attachment.of("anna")[4].start)
    places = []
    while window.actions_["back"].isEnabled():
        places.append(window.reading.place())
        press(KEY.Key_Left, ALT)
    assert len(places) == 5
    assert window.reading.place() == 0


def test_contents_follow_the_reading_place(window: Window, harbour: Copy) -> None:
    from reader.ui.panel.row_list import RowList

    contents = next(
        each for each in window.panel.findChildren(RowList) if each.accessibleName() == "Contents"
    )
    window.reading.travel_to(harbour.text.sections[4].start, fraction=0)
    spoken = [
        contents.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(contents.model().rowCount())
    ]
    assert [words for words in spoken if "being read" in words] == ["Part 4, being read"]


# The keyboard's way through the window ------------------------------------------------------------


def where(window: Window) -> str:
    widget = focused()
    if widget is window.reading.page:
        return "page"
    if isinstance(widget, Card):
        return "margin" if widget is not window.reading.popover.card else "popover"
    return "panel" if window.panel.isAncestorOf(widget) else widget.accessibleName()


def test_f6_goes_round_panel_page_and_margin(window: Window) -> None:
    seen = []
    for _ in range(4):
        press(KEY.Key_F6)
        seen.append(where(window))
    assert seen == ["margin", "panel", "page", "margin"]
    seen = []
    for _ in range(3):
        press(KEY.Key_F6, SHIFT)
        seen.append(where(window))
    assert seen == ["page", "panel", "margin"]
    press(KEY.Key_Escape)
    assert where(window) == "page"


def test_f6_skips_what_is_hidden(window: Window) -> None:
    press(KEY.Key_F9)
    seen = []
    for _ in range(3):
        press(KEY.Key_F6)
        seen.append(where(window))
    assert seen == ["margin", "page", "margin"]
    press(KEY.Key_F8)
    assert where(window) == "page", "a card that goes gives the keyboard back"
    press(KEY.Key_F6)
    assert where(window) == "page"
    press(KEY.Key_F9)
    press(KEY.Key_F6)
    assert where(window) == "panel"


def test_f6_reaches_a_popover(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path, (900, 700))
    window.reading.show_annotation("quay")
    assert where(window) == "popover"
    press(KEY.Key_F6)
    seen = [where(window)]
    press(KEY.Key_F6)
    seen.append(where(window))
    press(KEY.Key_F6)
    seen.append(where(window))
    assert seen == ["panel", "page", "popover"]


def test_tab_reaches_every_control_of_the_header(window: Window) -> None:
    window.header._menu_button.setFocus()
    names = set()
    for _ in range(12):
        widget = focused()
        if window.header.isAncestorOf(widget):
            names.add(widget.accessibleName())
        QTest.keyClick(widget, KEY.Key_Tab)
    assert {"Search the text", "Text and theme"} <= names
    assert len(names) >= 4


def test_every_control_has_a_name(window: Window, harbour: Copy) -> None:
    window.reading.show_annotation("stones")
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or (
                widget.text() if isinstance(widget, QLabel) or hasattr(widget, "text") else ""
            )
            assert named, widget


# Copying and selecting ----------------------------------------------------------------------------


def test_copy_and_select_all(window: Window, harbour: Copy) -> None:
    press(KEY.Key_A, CTRL)
    press(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == harbour.text.string
    window.reading.page.select(4, 11)
    window.actions_["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "Harbour"


def test_copying_in_the_search_field_copies_its_words(window: Window) -> None:
    press(KEY.Key_F, CTRL)
    QTest.keyClicks(focused(), "quay")
    press(KEY.Key_A, CTRL)
    press(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "quay"


def test_nothing_breaks_before_the_first_text(make_window: MakeWindow) -> None:
    window = make_window()
    modal = {"open", "open-folder", "quit", "guide"}
    for command in COMMANDS:
        if command.id not in modal and window.actions_[command.id].isEnabled():
            window.actions_[command.id].trigger()
    for each in window.findChildren(QDialog):
        each.close()
    assert window.isVisible()
