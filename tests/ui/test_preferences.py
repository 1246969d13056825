"""The preferences show every setting, change it at once, and find it by its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.settings import DECLARED, FILE, SECTIONS, Settings
from reader.ui.commands import COMMANDS, Command
from reader.ui.keymap import Keymap
from reader.ui.preferences.dialog import PreferencesDialog
from reader.ui.preferences.key_dialog import KeyDialog
from reader.ui.preferences.rows import Row
from reader.ui.preferences.words import CHOICE_WORDS, choice_name, section_name, setting_name

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SHOWN = [name for name, declared in DECLARED.items() if declared.section]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def keymap(qapp: object, settings: Settings) -> Keymap:
    return Keymap(settings)


@pytest.fixture
def dialog(qtbot: QtBot, look: None, settings: Settings, keymap: Keymap) -> PreferencesDialog:
    dialog = PreferencesDialog(settings, keymap)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def row(dialog: PreferencesDialog, name: str) -> Row:
    section = DECLARED[name].section
    dialog.sections.setCurrentRow(SECTIONS.index(section))
    return next(each for each in dialog.rows.rows if each.name == name)


def control(dialog: PreferencesDialog, name: str) -> Any:
    """What takes the keyboard in a setting's line."""
    line = row(dialog, name)
    return next(w for w in line.findChildren(QWidget) if w.accessibleName() == setting_name(name))


def reset_button(dialog: PreferencesDialog, name: str) -> QPushButton:
    buttons = row(dialog, name).findChildren(QPushButton)
    return next(each for each in buttons if each.text() == "Reset")


def command(name: str) -> Command:
    return next(each for each in COMMANDS if each.id == name)


def seen(dialog: PreferencesDialog) -> list[str]:
    return [each.name for each in dialog.rows.rows if each.isVisible()]


def kept(settings: Settings) -> Any:
    return json.loads(settings.path.read_bytes())


def test_every_setting_that_is_shown_is_in_its_section_and_mere_state_in_none(
    dialog: PreferencesDialog,
) -> None:
    names = []
    for number, section in enumerate(SECTIONS):
        assert dialog.sections.item(number).text() == section_name(section)
        dialog.sections.setCurrentRow(number)
        assert all(DECLARED[name].section == section for name in seen(dialog))
        names += seen(dialog)
        assert dialog.keys.isVisible() == (section == "keys")
    assert names == sorted(SHOWN, key=lambda name: SECTIONS.index(DECLARED[name].section))
    assert "window" not in names


def test_every_choice_has_words() -> None:
    chosen = {name for name in SHOWN if DECLARED[name].choices}
    worded = {name for name in chosen if not isinstance(DECLARED[name].default, int)}
    for name in worded:
        assert tuple(CHOICE_WORDS[name]) == DECLARED[name].choices
    assert CHOICE_WORDS.keys() == worded
    assert [choice_name("interface-size", each) for each in (100, 125)] == ["100 %", "125 %"]


def test_what_is_chosen_holds_at_once(dialog: PreferencesDialog, settings: Settings) -> None:
    box = control(dialog, "justified")
    assert isinstance(box, QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, box.height() // 2))
    number = control(dialog, "line-spacing")
    assert isinstance(number, QSpinBox)
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_Up)
    number = control(dialog, "measure")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "50")
    assert settings["measure"] == 66, "a number that is being typed is none yet"
    QTest.keyClick(number, Qt.Key.Key_Return)
    more = [b for b in row(dialog, "text-size").findChildren(QToolButton) if b.text() == "+"]
    QTest.mouseClick(more[0], Qt.MouseButton.LeftButton)
    theme = control(dialog, "theme")
    assert isinstance(theme, QComboBox)
    theme.setFocus()
    QTest.keyClick(theme, Qt.Key.Key_Down)
    name = control(dialog, "share-name")
    assert isinstance(name, QLineEdit)
    name.setFocus()
    QTest.keyClicks(name, " Reader ")
    QTest.keyClick(name, Qt.Key.Key_Tab)
    assert kept(settings) == {
        "justified": True,
        "line-spacing": 105,
        "measure": 50,
        "text-size": 105,
        "theme": "light",
        "share-name": "Reader",
    }
    assert dialog.isVisible()


def test_the_face_can_be_any_that_is_installed(
    dialog: PreferencesDialog, settings: Settings, keymap: Keymap, qtbot: QtBot
) -> None:
    box = control(dialog, "text-face")
    words = [box.itemText(index) for index in range(box.count())]
    assert words[:3] == ["Source Serif", "Hanken Grotesk", "Letters of one width"]
    assert any("Source Serif" in each for each in words[4:])
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert settings["text-face"] == "sans"
    settings["text-face"] = "A Face That Nobody Has"
    assert box.currentText() == "A Face That Nobody Has"


def test_a_changed_setting_can_be_reset_and_then_no_more(
    dialog: PreferencesDialog, settings: Settings
) -> None:
    button = reset_button(dialog, "line-spacing")
    assert not button.isVisible()
    settings["line-spacing"] = 150
    assert control(dialog, "line-spacing").value() == 150, "it follows who else sets it"
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert settings["line-spacing"] == 100
    assert not button.isVisible()
    assert control(dialog, "line-spacing").hasFocus(), "the keyboard is not lost"


def test_everything_is_reset_once_it_is_confirmed(
    dialog: PreferencesDialog, settings: Settings, keymap: Keymap
) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if "verything" in b.text())
    assert not button.isEnabled()
    settings["theme"], settings["window"] = "dark", "QUJD"
    keymap.remove("open", "Ctrl+O")
    assert button.isEnabled()
    for answer in ("Cancel", "Reset"):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        box = dialog.findChild(QMessageBox)
        assert box is not None
        QTest.mouseClick(
            next(b for b in box.buttons() if b.text().replace("&", "") == answer),
            Qt.MouseButton.LeftButton,
        )
        assert (settings["theme"] == "dark") == (answer == "Cancel")
        QApplication.sendPostedEvents(box, QEvent.Type.DeferredDelete)
    assert keymap.of("open") == ("Ctrl+O",)
    assert kept(settings) == {"window": "QUJD"}
    assert not button.isEnabled()


def test_the_search_looks_in_all_sections_and_in_keys(dialog: PreferencesDialog) -> None:
    assert dialog.search.hasFocus()
    QTest.keyClicks(dialog.search, "EVEN edge")
    assert seen(dialog) == ["justified"]
    assert not dialog.keys.isVisible()
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "sepia")
    assert seen(dialog) == ["theme"], "by the words of a choice"
    assert dialog.keys.isVisible()
    assert [item.text(0) for item in lines(dialog)] == ["Sepia theme"]
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "ctrl+f")
    assert seen(dialog) == []
    assert [item.text(0) for item in lines(dialog)] == ["Find in the text"]
    dialog.search.setText("unicorn")
    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "Nothing is called “unicorn”." in said
    dialog.search.clear()
    assert dialog.sections.currentRow() == 0
    assert seen(dialog)[0] == "text-size"


def test_it_says_where_the_file_lies(dialog: PreferencesDialog, tmp_path: Path) -> None:
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert f"Kept in {tmp_path / FILE}" in said


def test_the_wheel_changes_nothing_that_it_only_passes(
    dialog: PreferencesDialog, settings: Settings
) -> None:
    for name in ("text-size", "text-face"):
        box = control(dialog, name)
        dialog.search.setFocus()
        place = QPointF(box.rect().center())
        wheel = QWheelEvent(
            place, QPointF(box.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, wheel)
    assert not any(map(settings.is_changed, SHOWN))


def test_everything_that_takes_the_focus_has_a_name(dialog: PreferencesDialog) -> None:
    dialog.search.setText("e")
    unnamed = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert unnamed == []


def test_a_closed_dialog_follows_no_longer(
    dialog: PreferencesDialog, settings: Settings, qtbot: QtBot
) -> None:
    dialog.close()
    settings["line-spacing"] = 150
    assert control(dialog, "line-spacing").value() == 100


# Keys ---------------------------------------------------------------------------------------------


def lines(dialog: PreferencesDialog) -> list[Any]:
    """The lines of the keys that are shown."""
    return [item for _, items in dialog.keys._groups for item in items if not item.isHidden()]


def choose_line(dialog: PreferencesDialog, words: str) -> None:
    dialog.sections.setCurrentRow(SECTIONS.index("keys"))
    item = next(item for item in lines(dialog) if item.text(0) == words)
    dialog.keys.list.setCurrentItem(item)
    dialog.keys.list.setFocus()


def asked(dialog: PreferencesDialog) -> KeyDialog:
    found = [each for each in dialog.keys.findChildren(KeyDialog) if each.isVisible()]
    assert found
    return found[-1]


def press(dialog: KeyDialog, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> str:
    QTest.keyClick(dialog, key, held)
    return dialog.message.text()


def test_all_commands_are_listed_with_the_keys_in_force(
    dialog: PreferencesDialog, keymap: Keymap
) -> None:
    dialog.sections.setCurrentRow(SECTIONS.index("keys"))
    shown = {item.text(0): item.text(1) for item in lines(dialog)}
    assert {each.plain_words for each in COMMANDS} <= shown.keys()
    assert shown["Larger text"] == "Ctrl++, Ctrl+="
    assert shown["Next underlined words"] == "Tab", "the page's keys are told too"
    keymap.remove("larger", "Ctrl+=")
    shown = {item.text(0): item.text(1) for item in lines(dialog)}
    assert shown["Larger text"] == "Ctrl++"


def test_new_keys_are_pressed_and_used(
    dialog: PreferencesDialog, keymap: Keymap, qtbot: QtBot
) -> None:
    choose_line(dialog, "Notebook of all marks")
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Return)
    ask = asked(dialog)
    assert press(ask, Qt.Key.Key_B, CONTROL | SHIFT) == "These keys are free."
    assert ask.pressed.text() == "Ctrl+Shift+B"
    QTest.keyClick(ask, Qt.Key.Key_Return)
    assert not ask.isVisible()
    assert keymap.of("notebook") == ("Ctrl+Shift+B",)


def test_a_conflict_is_told_with_the_other_command_and_can_be_taken_over(
    dialog: PreferencesDialog, keymap: Keymap
) -> None:
    choose_line(dialog, "Notebook of all marks")
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Return)
    ask = asked(dialog)
    words = press(ask, Qt.Key.Key_F, CONTROL)
    assert words == "Ctrl+F runs “Find in the text” now. It would lose these keys."
    QTest.keyClick(ask, Qt.Key.Key_Escape)
    assert keymap.of("notebook") == ()
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Return)
    ask = asked(dialog)
    press(ask, Qt.Key.Key_F, CONTROL)
    button = next(b for b in ask.findChildren(QPushButton) if b.text() == "Take them over")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert keymap.of("notebook") == ("Ctrl+F",)
    assert keymap.of("find") == ()


def test_keys_that_cannot_be_are_refused(dialog: PreferencesDialog, keymap: Keymap) -> None:
    choose_line(dialog, "Notebook of all marks")
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Return)
    ask = asked(dialog)
    assert press(ask, Qt.Key.Key_A).startswith("A alone is kept for marking words")
    assert ask.pressed.text() == "A"
    press(ask, Qt.Key.Key_V, CONTROL)
    assert ask.pressed.text() == "A", "such keys are not even taken"
    QTest.keyClick(ask, Qt.Key.Key_Return)
    assert ask.isVisible()
    assert keymap.of("notebook") == ()


def test_one_of_several_keys_is_removed_and_all_come_back(
    dialog: PreferencesDialog, keymap: Keymap
) -> None:
    choose_line(dialog, "Notebook of all marks")
    keymap.add(command("notebook"), "Ctrl+Shift+B")
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Delete)
    assert keymap.of("notebook") == ()
    choose_line(dialog, "Find in the text")
    QTest.keyClick(dialog.keys.list, Qt.Key.Key_Delete)
    said = [label.text() for label in dialog.keys.findChildren(QLabel)]
    assert "Changed; it came with: Ctrl+F" in said
    button = next(b for b in dialog.keys.findChildren(QPushButton) if "eset" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert keymap.of("find") == ("Ctrl+F",)
    assert not button.isEnabled()


def test_the_pages_own_keys_are_shown_but_stay(dialog: PreferencesDialog) -> None:
    choose_line(dialog, "Next underlined words")
    buttons = dialog.keys.findChildren(QPushButton)
    assert [button.isEnabled() for button in buttons] == [False] * 3


# In the window ------------------------------------------------------------------------------------


def test_the_command_opens_them_and_the_window_follows(
    make_window: Callable[..., Any], harbour: Any, settle: Callable[[Any], None]
) -> None:
    window = make_window(harbour.path)
    QTest.keyClick(window.reading.page, Qt.Key.Key_Comma, CONTROL)
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    assert dialog.isVisible()
    theme = control(dialog, "theme")
    theme.setFocus()
    for _ in range(3):
        QTest.keyClick(theme, Qt.Key.Key_Down)
    assert window.theme.name == "dark"
    assert window.actions_["theme-dark"].isChecked()
    assert (
        QGuiApplication.palette().color(QGuiApplication.palette().ColorRole.Window).name()
        == (window.theme["window"])
    )
    cards = control(dialog, "margin")
    QTest.mouseClick(cards, Qt.MouseButton.LeftButton)
    assert not window.reading.margin_shown()
    assert not window.actions_["margin"].isChecked()
    underline = control(dialog, "underline")
    underline.setFocus()
    QTest.keyClick(underline, Qt.Key.Key_End)
    assert window.actions_["underline-none"].isChecked()
    window.actions_.keymap.add(command("note"), "M")
    window.actions_.keymap.remove("note", "N")
    tips = [button.toolTip() for button in window.marking.bar.findChildren(QToolButton)]
    assert "Note (M)" in tips
    dialog.close()
    window.actions_["margin"].trigger()
    assert window.reading.margin_shown()
    assert window._settings["margin"] is True
