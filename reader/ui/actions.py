"""The commands as actions: what menus, toolbar and palette show, and what keys run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui.commands import COMMANDS, MENUS, Command
from reader.ui.icons import Icons
from reader.ui.keymap import Keymap

_RECENT_COMES_AFTER = "open-folder"

# macOS moves these into the menu that bears the app's name; it would guess by the words.
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "preferences": QAction.MenuRole.PreferencesRole,
}


def menu_words(menu: str) -> str:
    """A menu's title in the language of the interface, with its mnemonic."""
    return QCoreApplication.translate("Commands", MENUS[menu])


class Actions(QObject):
    """One QAction for every command, alive in the whole of one window.

    A command of a `group` is checkable: of the group, one is checked. Whoever knows the
    state says it with `setChecked` and `setEnabled`, which run no handler.
    """

    def __init__(self, window: QWidget, icons: Icons, keymap: Keymap) -> None:
        super().__init__(window)
        self.keymap = keymap
        """Which keys run which command."""
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {command.id: self._action(command) for command in COMMANDS}
        self._rebind()
        keymap.changed.connect(self._rebind)
        self.retheme(icons)
        window.addActions(list(self._actions.values()))
        self.recent_menu = QMenu(self.tr("Recent te&xts"), window)
        """The texts read lately; the window fills it."""

    def __getitem__(self, command: str) -> QAction:
        """The action of a command, by the command's id."""
        return self._actions[command]

    def bind(self, handlers: Mapping[str, Callable[..., object]]) -> None:
        """Run `handlers[id]` when a command is given; a checkable command hands it on or off.

        KeyError when a command has no handler, ValueError when a handler has no command.
        """
        if missing := sorted(self._actions.keys() - handlers.keys()):
            raise KeyError(f"commands without a handler: {', '.join(missing)}")
        if unknown := sorted(handlers.keys() - self._actions.keys()):
            raise ValueError(f"handlers without a command: {', '.join(unknown)}")
        for command in COMMANDS:
            run = handlers[command.id]
            if command.checkable:
                self[command.id].triggered.connect(lambda checked, run=run: run(checked))
            else:
                self[command.id].triggered.connect(lambda _checked, run=run: run())

    def menus(self, parent: QWidget) -> list[QMenu]:
        """A menu for each of MENUS, in their order."""
        return [self._menu(menu, parent) for menu in MENUS]

    def retheme(self, icons: Icons) -> None:
        """Give every action its icon as `icons` draws it now."""
        for command in COMMANDS:
            if command.icon:
                self[command.id].setIcon(icons.icon(command.icon))

    def _rebind(self) -> None:
        """Let every action be run by the keys in force."""
        for command in COMMANDS:
            action, keys = self[command.id], self.keymap.words(command.id)
            action.setShortcuts(
                [
                    QKeySequence(each, QKeySequence.SequenceFormat.PortableText)
                    for each in self.keymap.of(command.id)
                ]
            )
            action.setToolTip(f"{command.plain_words} ({keys})" if keys else command.plain_words)

    def _menu(self, name: str, parent: QWidget) -> QMenu:
        menu = QMenu(menu_words(name), parent)
        for command in COMMANDS:
            if command.menu != name:
                continue
            if command.separated:
                menu.addSeparator()
            menu.addAction(self[command.id])
            if command.id == _RECENT_COMES_AFTER:
                menu.addMenu(self.recent_menu)
        return menu

    def _action(self, command: Command) -> QAction:
        action = QAction(command.words, self)
        action.setObjectName(command.id)
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        # In a menu an icon would stand in the place of the check mark.
        action.setIconVisibleInMenu(False)
        if command.checkable or command.group:
            action.setCheckable(True)
            action.setAutoRepeat(False)
        if command.group:
            if command.group not in self._groups:
                self._groups[command.group] = QActionGroup(self)
            self._groups[command.group].addAction(action)
        return action
