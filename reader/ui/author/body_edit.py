"""The field for an annotation's words in Markdown, as tall as they are."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_LEAST_LINES, _MOST_LINES = 4, 16


class BodyEdit(QPlainTextEdit):
    """Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # pictures are for the form, which would not be asked
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the words, within bounds."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines, block = 0, self.document().begin()
        while block.isValid() and lines <= _MOST_LINES:
            lines += max(1, block.lineCount())
            block = block.next()
        height = ceil(min(_MOST_LINES, max(_LEAST_LINES, lines)) * line) + 18
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
