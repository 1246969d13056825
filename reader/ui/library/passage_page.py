"""A page of passages: a field, what came of it in words, and the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.library.page_list import PageList
from reader.ui.library.passage_row import MEASURE, PassageDelegate
from reader.ui.library.passages import Passage, PassageModel, PassageRole
from reader.ui.panel.filter_field import FilterField
from reader.ui.theme import Theme


class PassagePage(QWidget):
    """A field, what came of it in words, and passages by text. Subclasses say which."""

    item_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        face: QFont,
        describe: Callable[[Any], Passage],
        count_words: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = FilterField(theme)
        self.field.setMinimumWidth(120)
        self.passages = PassageModel(describe, count_words)
        self.list = PageList(self.passages, PassageDelegate(theme, face))
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self._strip = QWidget()
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.setSpacing(12)
        strip.addWidget(self.field, 1000)
        strip.addWidget(self.count)
        strip.addStretch(1)
        self._top = QVBoxLayout()
        self._top.addWidget(self._strip)
        self.remark = QLabel()
        """What has to be known about all that is shown; hidden while there is nothing."""
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.hide()
        self._top.addWidget(self.remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top)
        column.addWidget(self.list, 1)
        self.field.left_downwards.connect(self.list.setFocus)
        self.field.returnPressed.connect(self.choose_first)
        self.list.left_upwards.connect(self.field.setFocus)
        self.list.chosen.connect(self._choose)
        self._colour(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.field.apply_theme(theme)
        self.list.apply_theme(theme)
        self._colour(theme)

    def set_side(self, side: int) -> None:
        """How much is left free on either side, in pixels."""
        self._top.setContentsMargins(side, 0, side, 0)
        self.field.setMaximumWidth(MEASURE * self.fontMetrics().height())
        self.list.set_side(side)

    def focus_field(self) -> None:
        """Let the keyboard write in the field."""
        self.field.setFocus()
        self.field.selectAll()

    def choose_first(self) -> None:
        """Choose the first passage, if something was looked for."""
        first = self.list.first_row()
        if self.field.text().strip() and first.isValid():
            self.list.choose(first)

    def say_count(self, words: str) -> None:
        """Say how much is shown, beside the field and to a screen reader."""
        self.count.setText(words)
        self.field.setAccessibleDescription(words)

    def _choose(self, index: QModelIndex) -> None:
        self.item_chosen.emit(index.data(PassageRole.ITEM))

    def _colour(self, theme: Theme) -> None:
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("muted"))
        self.count.setPalette(palette)
        self.remark.setPalette(palette)
