"""The settings of the preferences: under the name of each section, a line for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.settings import DECLARED, SECTIONS, Settings
from reader.ui.letters import pixels
from reader.ui.preferences.editors import TALL, make_editor
from reader.ui.preferences.words import choice_name, section_name, setting_name

_WIDTH = 14
"""The width of a control, in lines of its letters."""

_BESIDE = 26
"""The width in which a control has room beside its words, in lines of letters."""


class Row(QWidget):
    """One setting: what it is for, its control, and a way back to its default."""

    def __init__(self, name: str, settings: Settings) -> None:
        super().__init__()
        self.name = name
        self._settings = settings
        self._narrow = False
        declared, words = DECLARED[name], setting_name(name)
        self.words = " ".join(
            [words, section_name(declared.section)]
            + [choice_name(name, choice) for choice in declared.choices]
        ).casefold()
        """All words by which it is found."""
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._editor = make_editor(name, declared, self._choose)
        self._editor.focus.setAccessibleName(words)
        self._editor.focus.installEventFilter(self)
        self._editor.focus.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        label.setBuddy(self._editor.focus)
        self._reset = QPushButton(self.tr("Reset"))
        self._reset.setAutoDefault(False)
        self._reset.setToolTip(self.tr("Back to the default"))
        self._reset.setAccessibleName(self.tr("Reset: {0}").format(words))
        self._reset.clicked.connect(lambda: settings.reset(name))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 5, 0, 5)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(label, 0, 0)
        self._grid.addWidget(self._reset, 0, 2)
        self._fit()
        self.show_value()

    def set_narrow(self, narrow: bool) -> None:
        """Have the control below the words instead of beside them."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        control, width = self._editor.widget, _WIDTH * self.fontMetrics().height()
        if self._narrow:
            control.setMinimumWidth(0)
            control.setMaximumWidth(width)
            self._grid.addWidget(control, 1, 0, 1, 3)
        else:
            control.setFixedWidth(width)
            self._grid.addWidget(control, 0, 1)
        self._editor.focus.setMinimumHeight(pixels(self, TALL))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def show_value(self) -> None:
        """Show the value in force."""
        self._editor.show(self._settings[self.name])
        changed = self._settings.is_changed(self.name)
        if not changed and self._reset.hasFocus():
            self._editor.focus.setFocus()
        self._reset.setVisible(changed)

    def _choose(self, value: object) -> None:
        self._settings[self.name] = value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page of settings, and changes none that was not asked."""
        if isinstance(event, QWheelEvent) and not self._editor.focus.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class Rows(QScrollArea):
    """All settings that are shown, section by section."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.rows = [
            Row(name, settings)
            for section in SECTIONS
            for name, declared in DECLARED.items()
            if declared.section == section
        ]
        self._headings: dict[str, QLabel] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 0, 12, 0)
        column.setSpacing(0)
        for row in self.rows:
            section = DECLARED[row.name].section
            if section not in self._headings:
                heading = QLabel(section_name(section))
                font = heading.font()
                font.setBold(True)
                heading.setFont(font)
                heading.setContentsMargins(0, 10 if self._headings else 0, 0, 4)
                self._headings[section] = heading
                column.addWidget(heading)
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.viewport().width() < _BESIDE * self.fontMetrics().height()
        for row in self.rows:
            row.set_narrow(narrow)
        super().resizeEvent(event)

    def narrow(self, section: str, parts: Sequence[str]) -> set[str]:
        """Show what has all of some words, in one section, or in all without one.

        The answer is the sections, of all, in which something has them.
        """
        found = {
            DECLARED[row.name].section for row in self.rows if all(p in row.words for p in parts)
        }
        for row in self.rows:
            here = not section or DECLARED[row.name].section == section
            row.setVisible(here and all(part in row.words for part in parts))
        for name, heading in self._headings.items():
            heading.setVisible(name in found and (not section or name == section))
        return found

    def show_value(self, name: str) -> None:
        """Show the value of a setting that has changed."""
        for row in self.rows:
            if row.name == name:
                row.show_value()
