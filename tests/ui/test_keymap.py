"""Every command can have other keys, and none gets keys that cannot be its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.locations import bundled
from reader.settings import FILE, Settings
from reader.ui.actions import Actions
from reader.ui.commands import COMMANDS, Command
from reader.ui.header import Header
from reader.ui.icons import Icons
from reader.ui.keymap import RESERVED, Keymap
from reader.ui.other_keys import PAGE_KEYS
from reader.ui.shortcuts import ShortcutsDialog
from reader.ui.theme import load_theme

RESOURCES = bundled("resources")
CONTROL = Qt.KeyboardModifier.ControlModifier


def command(name: str) -> Command:
    return next(each for each in COMMANDS if each.id == name)


@pytest.fixture
def keymap(qapp: object, tmp_path: Path) -> Keymap:
    return Keymap(Settings(tmp_path))


def again(tmp_path: Path) -> Keymap:
    """The keys the next time."""
    return Keymap(Settings(tmp_path))


def test_every_command_begins_with_the_keys_of_the_table(keymap: Keymap) -> None:
    for each in COMMANDS:
        assert keymap.of(each.id) == each.keys
        assert not keymap.is_changed(each.id)


def test_a_command_has_other_keys_at_once_and_the_next_time(keymap: Keymap, tmp_path: Path) -> None:
    keymap.add(command("notebook"), "Ctrl+Shift+B")
    keymap.add(command("find"), "Ctrl+J")
    keymap.remove("find", "Ctrl+F")
    for each in (keymap, again(tmp_path)):
        assert each.of("notebook") == ("Ctrl+Shift+B",)
        assert each.of("find") == ("Ctrl+J",)
        assert each.holder("Ctrl+F") is None
    kept = json.loads((tmp_path / FILE).read_bytes())
    assert kept == {"keys": {"find": ["Ctrl+J"], "notebook": ["Ctrl+Shift+B"]}}


def test_keys_are_taken_over_from_who_has_them(keymap: Keymap, tmp_path: Path) -> None:
    holder = keymap.holder("Ctrl+F")
    assert holder is not None
    assert holder.id == "find"
    keymap.add(command("notebook"), "Ctrl+F")
    for each in (keymap, again(tmp_path)):
        assert each.of("notebook") == ("Ctrl+F",)
        assert each.of("find") == ()


def test_a_command_gets_its_own_keys_back(keymap: Keymap, tmp_path: Path) -> None:
    keymap.add(command("notebook"), "Ctrl+F")
    keymap.reset("find")
    assert keymap.of("find") == ("Ctrl+F",)
    assert keymap.of("notebook") == ()
    assert not (tmp_path / FILE).exists() or "keys" not in json.loads(
        (tmp_path / FILE).read_bytes()
    )


def test_all_keys_are_reset_at_once(keymap: Keymap, tmp_path: Path) -> None:
    keymap.add(command("notebook"), "Ctrl+F")
    keymap.remove("open", "Ctrl+O")
    keymap.reset_all()
    for each in (keymap, again(tmp_path)):
        assert all(each.of(one.id) == one.keys for one in COMMANDS)


@pytest.mark.parametrize("keys", sorted(RESERVED))
def test_keys_for_moving_and_typing_are_refused_with_a_sentence(keymap: Keymap, keys: str) -> None:
    for name in ("find", "note"):
        assert keymap.refusal(keys, command(name)).endswith(".")
        with pytest.raises(ValueError, match=r"\.$"):
            keymap.add(command(name), keys)
    assert keymap.of("find") == ("Ctrl+F",)


def test_what_the_page_needs_is_reserved_and_no_command_comes_with_it() -> None:
    of_page = {keys for key in PAGE_KEYS for keys in key.keys}
    assert of_page <= RESERVED
    assert not RESERVED & {keys for each in COMMANDS for keys in each.keys}


@pytest.mark.parametrize("keys", ["A", "7", "Shift+A", "?", "+", "Ö"])
def test_plain_letters_and_signs_are_kept_for_marking(keymap: Keymap, keys: str) -> None:
    refusal = keymap.refusal(keys, command("find"))
    assert refusal.endswith("hold Ctrl or Alt with it for this command.")
    assert keymap.refusal(keys, command("note")) == ""


@pytest.mark.parametrize("keys", ["", "Ctrl+", "nothing", "Ctrl+K, Ctrl+B", "ctrl+b"])
def test_what_is_no_key_is_refused(keymap: Keymap, keys: str) -> None:
    assert keymap.refusal(keys, command("find")) == "These keys are not known here."


@pytest.mark.parametrize("keys", ["F12", "Ctrl+Alt+Shift+T", "Meta+M", "Ctrl+7", "Alt+J", "Del"])
def test_other_keys_are_free_for_all(keymap: Keymap, keys: str) -> None:
    keymap.add(command("notebook"), keys)
    assert keymap.of("notebook") == (keys,)


@pytest.mark.parametrize(
    "stored",
    [
        {"find": "Ctrl+J"},
        {"find": [1, None, "Tab", "A"], "unicorn": ["Ctrl+J"]},
        {"find": ["Ctrl+J", "Ctrl+J"], "notebook": ["Ctrl+J"]},
        ["Ctrl+J"],
    ],
)
def test_a_table_that_somebody_broke_gives_no_key_to_two(
    qapp: object, tmp_path: Path, stored: object
) -> None:
    (tmp_path / FILE).write_text(json.dumps({"keys": stored}))
    keymap = again(tmp_path)
    keys = [keys for each in COMMANDS for keys in keymap.of(each.id)]
    assert len(keys) == len(set(keys))
    assert all(not keymap.refusal(keys, each) for each in COMMANDS for keys in keymap.of(each.id))
    assert keymap.of("open") == ("Ctrl+O",)


def test_what_was_chosen_goes_before_what_a_command_comes_with(
    qapp: object, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text(json.dumps({"keys": {"notebook": ["Ctrl+O"]}}))
    keymap = again(tmp_path)
    assert keymap.of("notebook") == ("Ctrl+O",)
    assert keymap.of("open") == ()


def test_menus_tool_tips_list_and_hint_follow_at_once(qtbot: QtBot, keymap: Keymap) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QTextEdit())
    icons = Icons(RESOURCES / "icons", load_theme(RESOURCES / "themes", "light"))
    actions = Actions(window, icons, keymap)
    menus = actions.menus(window)
    header = Header(actions, menus[0], menus[1])
    qtbot.addWidget(header)
    ran: list[str] = []
    actions.bind({each.id: lambda *_, name=each.id: ran.append(name) for each in COMMANDS})
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keymap.add(command("find"), "Ctrl+J")
    keymap.remove("find", "Ctrl+F")
    assert actions["find"].toolTip() == "Find in the text (Ctrl+J)"
    assert actions["find"].shortcuts() == [QKeySequence("Ctrl+J")]
    assert header.find_field._hint == "Ctrl+J"
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    assert ran == ["find"]
    dialog = ShortcutsDialog(keymap)
    qtbot.addWidget(dialog)
    dialog.copy()
    assert "Find in the text\tCtrl+J\n" in QGuiApplication.clipboard().text()
    keymap.remove("find", "Ctrl+J")
    assert actions["find"].toolTip() == "Find in the text"
