"""The keys of the preferences: all commands with theirs, which can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import menu_words
from reader.ui.commands import COMMANDS, MENUS, Command
from reader.ui.keymap import Keymap, key_words
from reader.ui.other_keys import PAGE_KEYS
from reader.ui.preferences.key_dialog import KeyDialog
from reader.ui.shortcuts import KEYS, LinePainter

_COMMAND = Qt.ItemDataRole.UserRole + 1


class KeysPane(QWidget):
    """A line for each command, by menu; the page's own keys, which stay as they are, last."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.list = QTreeWidget()
        self._add = QPushButton(self.tr("&New keys…"))
        self._remove = QPushButton(self.tr("Re&move keys"))
        self._reset = QPushButton(self.tr("&Reset"))
        self._state = QLabel()
        self._build()
        self._fill()
        keymap.changed.connect(self._show_keys)
        self._chosen()

    @property
    def command(self) -> Command | None:
        """The command whose line is chosen."""
        item = self.list.currentItem()
        name = item.data(0, _COMMAND) if item is not None and not item.isHidden() else None
        return next((each for each in COMMANDS if each.id == name), None)

    def narrow(self, parts: Sequence[str]) -> bool:
        """Show the lines that have all of some words or keys; whether there are any."""
        found = False
        for heading, items in self._groups:
            for item in items:
                words = f"{heading.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(part in words for part in parts))
            heading.setHidden(all(item.isHidden() for item in items))
            found = found or not heading.isHidden()
        self._chosen()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._add.isEnabled():
                self._ask_keys()
                return True
            if event.key() == Qt.Key.Key_Delete and self._remove.isEnabled():
                self._remove_keys()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.list.setAccessibleName(self.tr("Keys of the commands"))
        self.list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(0)
        self.list.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(LinePainter(self.list))
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self.list.doubleClicked.connect(self._double_clicked)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        for button, work in (
            (self._add, self._ask_keys),
            (self._remove, self._remove_keys),
            (self._reset, self._reset_keys),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(work)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self._add, self._remove, self._reset):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self._state)
        column.addLayout(row)

    def _fill(self) -> None:
        for menu in MENUS:
            heading = self._heading(menu_words(menu).replace("&", ""))
            items = []
            for command in COMMANDS:
                if command.menu == menu:
                    item = QTreeWidgetItem(heading, [command.plain_words, ""])
                    item.setToolTip(0, command.plain_words)
                    item.setData(0, _COMMAND, command.id)
                    items.append(item)
            self._groups.append((heading, items))
        heading = self._heading(self.tr("In the page, where keys stay as they are"))
        fixed = []
        for key in PAGE_KEYS:
            words = [
                *map(key_words, key.keys),
                *(QCoreApplication.translate("PageKeys", gesture) for gesture in key.gestures),
            ]
            name = QCoreApplication.translate("PageKeys", key.text)
            item = QTreeWidgetItem(heading, [name, ", ".join(words)])
            item.setData(1, KEYS, tuple(words))
            fixed.append(item)
        self._groups.append((heading, fixed))
        self._show_keys()
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.expandAll()

    def _heading(self, words: str) -> QTreeWidgetItem:
        heading = QTreeWidgetItem(self.list, [words])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = heading.font(0)
        font.setBold(True)
        heading.setFont(0, font)
        heading.setFirstColumnSpanned(True)
        return heading

    def _show_keys(self) -> None:
        """Write the keys in force on every line."""
        for _, items in self._groups:
            for item in items:
                if name := item.data(0, _COMMAND):
                    words = tuple(map(key_words, self._keymap.of(name)))
                    item.setText(1, ", ".join(words))
                    item.setData(1, KEYS, words)
                    font = item.font(0)
                    font.setItalic(self._keymap.is_changed(name))
                    item.setFont(0, font)
        self._chosen()

    def _chosen(self) -> None:
        """Offer what can be done with the command that is chosen."""
        command = self.command
        self._add.setEnabled(command is not None)
        self._remove.setEnabled(command is not None and bool(self._keymap.of(command.id)))
        changed = command is not None and self._keymap.is_changed(command.id)
        self._reset.setEnabled(changed)
        self._state.setText(self._state_words(command, changed))

    def _state_words(self, command: Command | None, changed: bool) -> str:
        if command is None:
            return self.tr("Choose a command to change its keys.")
        if changed:
            usual = ", ".join(map(key_words, command.keys)) or self.tr("none")
            return self.tr("Changed; it came with: {0}").format(usual)
        return ""

    def _double_clicked(self, _index: QModelIndex) -> None:
        if self._add.isEnabled():
            self._ask_keys()

    def _ask_keys(self) -> None:
        if (command := self.command) is not None:
            KeyDialog(command, self._keymap, self).open()

    def _remove_keys(self) -> None:
        command = self.command
        keys = self._keymap.of(command.id) if command is not None else ()
        if command is None or not keys:
            return
        if len(keys) == 1:
            self._keymap.remove(command.id, keys[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in keys:
            action = menu.addAction(key_words(each).replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, each=each: self._keymap.remove(command.id, each)
            )
        menu.popup(self._remove.mapToGlobal(self._remove.rect().bottomLeft()))

    def _reset_keys(self) -> None:
        if (command := self.command) is not None:
            self._keymap.reset(command.id)
            self.list.setFocus()
