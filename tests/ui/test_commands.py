"""The table of commands is sound, whatever is made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from reader.locations import bundled
from reader.ui.commands import COMMANDS, MENUS, Command


def twice(things: list[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_every_id_is_unique() -> None:
    assert twice([command.id for command in COMMANDS]) == []


def test_every_key_runs_one_command() -> None:
    keys = [
        QKeySequence(key, QKeySequence.SequenceFormat.PortableText).toString()
        for command in COMMANDS
        for key in command.keys
    ]
    assert twice(keys) == []


def test_every_menu_is_known_and_none_is_empty() -> None:
    assert {command.menu for command in COMMANDS} == MENUS.keys()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_icon_is_there(command: Command) -> None:
    folder: Path = bundled("resources") / "icons"
    assert not command.icon or (folder / f"{command.icon}.svg").is_file()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_key_is_a_key(command: Command) -> None:
    for key in command.keys:
        sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
        assert sequence.count() == 1
        # What Qt does not know it writes differently, or not at all.
        assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == key


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_words(command: Command) -> None:
    assert command.words
    assert "&" not in command.plain_words
    assert not command.plain_words.endswith("…")


def test_a_command_that_is_one_of_a_group_is_not_checkable_by_itself() -> None:
    assert [command.id for command in COMMANDS if command.group and command.checkable] == []
