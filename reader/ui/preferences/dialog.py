"""The preferences: all settings and keys, by section or by what is searched for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.settings import DECLARED, SECTIONS, Settings
from reader.ui.keymap import SETTING as KEYS_SETTING
from reader.ui.keymap import Keymap
from reader.ui.letters import bounded
from reader.ui.preferences.keys import KeysPane
from reader.ui.preferences.rows import Rows
from reader.ui.preferences.words import section_name

_KEYS = "keys"


class PreferencesDialog(QDialog):
    """Whatever is changed here holds at once."""

    def __init__(self, settings: Settings, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._keymap = settings, keymap
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self.setObjectName("preferences")
        self.search = QLineEdit(self)
        self.sections = QListWidget(self)
        self.rows = Rows(settings)
        self.keys = KeysPane(keymap)
        self._nothing = QLabel()
        self._reset_all = QPushButton(self.tr("Reset &everything…"))
        self._build()
        self._end = settings.follow(self._changed)
        self.finished.connect(lambda _result: self._end())
        self.sections.setCurrentRow(0)
        self._show_changed()
        self.search.setFocus()
        unit = self.fontMetrics().height()
        self.resize(bounded(self, QSize(52 * unit, 38 * unit)))

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search the preferences"))
        self.search.setAccessibleName(self.tr("Search the preferences"))
        self.search.setTextMargins(6, 3, 6, 3)
        self.search.textChanged.connect(self._search)
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setObjectName("sections")
        self.sections.setFrameShape(QFrame.Shape.NoFrame)
        self.sections.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        for section in SECTIONS:
            item = QListWidgetItem(section_name(section), self.sections)
            item.setData(Qt.ItemDataRole.UserRole, section)
        self._fit()
        self.sections.currentItemChanged.connect(lambda *_: self._narrow())
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        place = QLabel(self.tr("Kept in {0}").format(self._settings.path))
        place.setTextFormat(Qt.TextFormat.PlainText)
        place.setWordWrap(True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reset_all.setAutoDefault(False)
        self._reset_all.clicked.connect(self._ask_reset)
        close = QPushButton(self.tr("&Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        right = QVBoxLayout()
        right.addWidget(self.rows, 1)
        right.addWidget(self.keys, 1)
        right.addWidget(self._nothing, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.sections)
        middle.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(place, 1)
        buttons.addWidget(self._reset_all)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addLayout(middle, 1)
        column.addLayout(buttons)

    def _fit(self) -> None:
        unit = self.fontMetrics().height()
        self.sections.setFixedWidth(min(11 * unit, self.sections.sizeHintForColumn(0) + unit))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # What is shown

    def _search(self, words: str) -> None:
        if words.strip():
            # All sections are searched, until one of them is chosen.
            self.sections.setCurrentRow(-1)
            self._narrow()
        elif self.sections.currentItem() is None:
            self.sections.setCurrentRow(0)
        else:
            self._narrow()

    def _narrow(self) -> None:
        words = self.search.text().strip()
        parts = words.casefold().split()
        item = self.sections.currentItem()
        section = str(item.data(Qt.ItemDataRole.UserRole)) if item else ""
        found = self.rows.narrow(section, parts)
        if self.keys.narrow(parts):
            found.add(_KEYS)
        shown = found & {section} if section else found
        self.rows.setVisible(bool(shown - {_KEYS}))
        self.keys.setVisible(_KEYS in shown)
        self._nothing.setVisible(not shown)
        self._nothing.setText(self.tr("Nothing is called “{0}”.").format(words))
        for number in range(self.sections.count()):
            each = self.sections.item(number)
            each.setHidden(each.data(Qt.ItemDataRole.UserRole) not in found and each is not item)

    # Changes

    def _changed(self, name: str) -> None:
        self.rows.show_value(name)
        self._show_changed()

    def _show_changed(self) -> None:
        self._reset_all.setEnabled(any(map(self._settings.is_changed, self._shown())))

    def _shown(self) -> list[str]:
        names = [name for name, declared in DECLARED.items() if declared.section]
        return [*names, KEYS_SETTING]

    def _ask_reset(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Reset everything?"))
        changed = len([name for name in self._shown() if self._settings.is_changed(name)])
        box.setText(self.tr("%n preference(s) would have their default again.", "", changed))
        reset = box.addButton(self.tr("Reset"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        reset.clicked.connect(self._reset)
        box.open()

    def _reset(self) -> None:
        for name in self._shown():
            self._settings.reset(name)
