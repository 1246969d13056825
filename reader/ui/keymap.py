"""Which keys run which command: those of the table of commands, and what the reader changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from reader.settings import Settings
from reader.ui.commands import COMMANDS, Command

SETTING = "keys"

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_CONTROLS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

RESERVED = frozenset(
    (
        *("Tab", "Shift+Tab", "Ctrl+Tab", "Ctrl+Shift+Tab", "Backtab", "Shift+Backtab"),
        *("Return", "Enter", "Esc", "Space", "Shift+Space", "Backspace", "Ctrl+Backspace"),
        *("Up", "Down", "Left", "Right", "Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"),
        *("Ctrl+Left", "Ctrl+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Right"),
        *("Home", "End", "Shift+Home", "Shift+End"),
        *("PgUp", "PgDown", "Shift+PgUp", "Shift+PgDown"),
        *("Ctrl+X", "Ctrl+V", "F10", "Menu", "Alt+F4"),
    )
)
"""Keys that walk, read, select and type, or that are the system's: no command may have them."""

MARKING = "mark"
"""The menu whose commands may have plain letters and digits, for they act on the page alone."""


class Keymap(QObject):
    """The keys in force. Keys are portable key sequences of one stroke, such as `Ctrl+Shift+F`."""

    changed = Signal()
    """Commands have other keys than before."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keys: dict[str, tuple[str, ...]] = {}
        self._read()
        settings.follow(self._setting_changed)

    def of(self, command: str) -> tuple[str, ...]:
        """The keys of a command by its id, the first being the one that is shown."""
        return self._keys[command]

    def words(self, command: str) -> str:
        """The first key of a command as this system writes it; empty when it has none."""
        return "".join(map(key_words, self._keys.get(command, ())[:1]))

    def is_changed(self, command: str) -> bool:
        """Whether a command has other keys than it came with."""
        return self._keys[command] != _DEFAULTS[command]

    def holder(self, keys: str) -> Command | None:
        """The command that has some keys now."""
        return next((each for each in COMMANDS if keys in self._keys[each.id]), None)

    def refusal(self, keys: str, command: Command) -> str:
        """Why a command cannot have some keys, in one sentence; empty when it can."""
        if not keys or _normal(keys) != keys:
            return QCoreApplication.translate("Keymap", "These keys are not known here.")
        if keys in RESERVED:
            return QCoreApplication.translate(
                "Keymap", "{0} is needed for moving about and typing, and stays what it is."
            ).format(key_words(keys))
        if is_plain(keys) and command.menu != MARKING:
            return QCoreApplication.translate(
                "Keymap",
                "{0} alone is kept for marking words; hold Ctrl or Alt with it for this command.",
            ).format(key_words(keys))
        return ""

    def add(self, command: Command, keys: str) -> None:
        """Give a command keys besides those it has, taking them from who has them.

        ValueError for keys that are refused.
        """
        if why := self.refusal(keys, command):
            raise ValueError(why)
        chosen = self._chosen()
        holder = self.holder(keys)
        if holder is not None and holder is not command:
            chosen[holder.id] = [each for each in self._keys[holder.id] if each != keys]
        if keys not in self._keys[command.id]:
            chosen[command.id] = [*self._keys[command.id], keys]
        self._keep(chosen)

    def remove(self, command: str, keys: str) -> None:
        """Take keys from a command."""
        self._keep(
            self._chosen() | {command: [each for each in self._keys[command] if each != keys]}
        )

    def reset(self, command: str) -> None:
        """Give a command the keys that it came with, taking them from who has them now."""
        chosen = self._chosen()
        chosen.pop(command, None)
        for keys in _DEFAULTS[command]:
            holder = self.holder(keys)
            if holder is not None and holder.id != command:
                chosen[holder.id] = [each for each in self._keys[holder.id] if each != keys]
        self._keep(chosen)

    def reset_all(self) -> None:
        """Give every command the keys that it came with."""
        self._settings.reset(SETTING)

    def _chosen(self) -> dict[str, list[str]]:
        return {
            command: list(keys) for command, keys in self._keys.items() if self.is_changed(command)
        }

    def _keep(self, chosen: dict[str, list[str]]) -> None:
        kept = {name: keys for name, keys in chosen.items() if tuple(keys) != _DEFAULTS[name]}
        if kept:
            self._settings[SETTING] = kept
        else:
            self._settings.reset(SETTING)

    def _setting_changed(self, name: str) -> None:
        if name == SETTING:
            self._read()
            self.changed.emit()

    def _read(self) -> None:
        """Take the keys from the settings, leaving out what cannot be."""
        stored: dict[str, Any] = self._settings[SETTING]
        taken: set[str] = set()
        self._keys = {}
        # What was chosen goes before what a command came with.
        for command in sorted(COMMANDS, key=lambda each: each.id not in stored):
            given = stored.get(command.id)
            wanted = self._allowed(command, given) if isinstance(given, list) else command.keys
            free = [keys for keys in dict.fromkeys(wanted) if keys not in taken]
            taken.update(free)
            self._keys[command.id] = tuple(free)

    def _allowed(self, command: Command, given: Sequence[Any]) -> list[str]:
        """What may be, of keys that somebody wrote into the settings."""
        strings = [keys for keys in given if isinstance(keys, str)]
        return [keys for keys in strings if not self.refusal(keys, command)]


_DEFAULTS = {command.id: command.keys for command in COMMANDS}


def key_words(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys, _PORTABLE).toString(_NATIVE)


def is_plain(keys: str) -> bool:
    """Whether keys type a letter, a digit or a sign, as they would in any field."""
    sequence = QKeySequence(keys, _PORTABLE)
    if not sequence.count():
        return False
    stroke: QKeyCombination = sequence[0]  # type: ignore[index]
    if stroke.keyboardModifiers() & _CONTROLS:
        return False
    return int(stroke.key()) < int(Qt.Key.Key_Escape)


def _normal(keys: str) -> str:
    """Keys as they are written everywhere; empty when Qt knows no such key or there are several."""
    sequence = QKeySequence(keys, _PORTABLE)
    return sequence.toString(_PORTABLE) if sequence.count() == 1 else ""
