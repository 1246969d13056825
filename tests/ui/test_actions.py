"""Actions do what the table of commands says, and run what they are bound to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.locations import bundled
from reader.settings import Settings
from reader.ui.actions import Actions
from reader.ui.commands import COMMANDS, MENUS
from reader.ui.icons import Icons
from reader.ui.keymap import Keymap
from reader.ui.theme import load_theme

RESOURCES = bundled("resources")


@pytest.fixture
def icons(qapp: object) -> Icons:
    return Icons(RESOURCES / "icons", load_theme(RESOURCES / "themes", "light"))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QTextEdit())
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.fixture
def actions(window: QWidget, icons: Icons, tmp_path: Path) -> Actions:
    return Actions(window, icons, Keymap(Settings(tmp_path)))


@pytest.fixture
def ran(actions: Actions) -> list[tuple[object, ...]]:
    """What has been run, each with its arguments."""
    ran: list[tuple[object, ...]] = []

    def handler(name: str) -> Callable[..., None]:
        return lambda *arguments: ran.append((name, *arguments))

    actions.bind({command.id: handler(command.id) for command in COMMANDS})
    return ran


def test_there_is_an_action_for_every_command(actions: Actions) -> None:
    for command in COMMANDS:
        action = actions[command.id]
        assert action.text() == command.words
        assert action.shortcuts() == [QKeySequence(keys) for keys in command.keys]
        assert action.icon().isNull() == (not command.icon)
        assert action.isCheckable() == (command.checkable or bool(command.group))
    with pytest.raises(KeyError):
        actions["unicorn"]


def test_a_tool_tip_says_the_words_and_the_key(actions: Actions) -> None:
    assert actions["open"].toolTip() == "Open a text (Ctrl+O)"
    assert actions["theme-dark"].toolTip() == "Dark theme"


def test_a_command_without_a_handler_is_named(actions: Actions) -> None:
    handlers = {command.id: lambda: None for command in COMMANDS}
    del handlers["reload"], handlers["back"]
    with pytest.raises(KeyError, match="back, reload"):
        actions.bind(handlers)


def test_a_handler_without_a_command_is_named(actions: Actions) -> None:
    handlers = {command.id: lambda: None for command in COMMANDS}
    with pytest.raises(ValueError, match="unicorn"):
        actions.bind({**handlers, "unicorn": lambda: None})


def test_a_key_runs_its_command_wherever_the_focus_is(
    window: QWidget, actions: Actions, ran: list[tuple[object, ...]]
) -> None:
    page = window.findChild(QTextEdit)
    assert page is not None
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F5)
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert ran == [("reload",), ("back",)]


def test_a_disabled_command_is_not_run(
    window: QWidget, actions: Actions, ran: list[tuple[object, ...]]
) -> None:
    actions["reload"].setEnabled(False)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert ran == []


def test_a_checkable_command_hands_on_whether_it_is_on(
    window: QWidget, actions: Actions, ran: list[tuple[object, ...]]
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert ran == [("panel", True), ("panel", False)]


def test_saying_the_state_runs_nothing(actions: Actions, ran: list[tuple[object, ...]]) -> None:
    actions["panel"].setChecked(True)
    actions["theme-dark"].setChecked(True)
    assert ran == []


def test_of_a_group_one_is_chosen(actions: Actions, ran: list[tuple[object, ...]]) -> None:
    actions["theme-light"].trigger()
    actions["underline-none"].trigger()
    actions["theme-dark"].trigger()
    chosen = [command.id for command in COMMANDS if actions[command.id].isChecked()]
    assert chosen == ["theme-dark", "underline-none"]
    assert ran == [("theme-light",), ("underline-none",), ("theme-dark",)]


def test_the_menus_hold_every_command_once_and_in_order(window: QWidget, actions: Actions) -> None:
    menus = actions.menus(window)
    assert [menu.title() for menu in menus] == list(MENUS.values())
    found = [action.objectName() for menu in menus for action in menu.actions()]
    listed = [name for name in found if name]
    by_menu = [command.id for menu in MENUS for command in COMMANDS if command.menu == menu]
    assert listed == by_menu


def test_a_separated_command_stands_below_a_line(window: QWidget, actions: Actions) -> None:
    for menu in actions.menus(window):
        entries = menu.actions()
        assert not entries[0].isSeparator()
        for before, after in pairwise(entries):
            command = next((one for one in COMMANDS if one.id == after.objectName()), None)
            assert before.isSeparator() == bool(command and command.separated)


def test_recent_texts_come_after_opening_a_folder(window: QWidget, actions: Actions) -> None:
    actions.recent_menu.addAction("A text read lately")
    entries = actions.menus(window)[0].actions()
    place = entries.index(actions["open-folder"])
    assert entries[place + 1] is actions.recent_menu.menuAction()
    assert entries[place + 1].text() == "Recent te&xts"


def test_menus_are_run_with_the_keyboard(
    window: QWidget, actions: Actions, ran: list[tuple[object, ...]]
) -> None:
    menu = actions.menus(window)[list(MENUS).index("go")]
    menu.popup(window.mapToGlobal(window.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert ran == [("forward",)]


def test_what_ends_sets_up_and_explains_the_app_moves_on_macos(actions: Actions) -> None:
    roles = {command.id: actions[command.id].menuRole() for command in COMMANDS}
    moved = {name for name, role in roles.items() if role != QAction.MenuRole.NoRole}
    assert moved == {"quit", "about", "preferences"}


def test_another_theme_brings_other_icons(actions: Actions, icons: Icons) -> None:
    def ink(icon: QIcon) -> str:
        picture = icon.pixmap(20).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(20) for y in range(20)]
        return max(pixels, key=lambda pixel: pixel.alpha()).name()

    dark = load_theme(RESOURCES / "themes", "dark")
    before = ink(actions["margin"].icon())
    icons.set_theme(dark)
    actions.retheme(icons)
    assert ink(actions["margin"].icon()) == dark["text"] != before
