"""Chips: the shelves of the library with what stands on them, one of them chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.ui.chip import Chip
from reader.ui.panel.painting import heavy
from reader.ui.theme import Theme


class ShelfChip(Chip):
    """A shelf by its name, bold when it is chosen."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Say how many there are."""
        self.setText(self.tr("{name} {count}").format(name=self._name, count=count))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        # As wide as when it is chosen, so that choosing moves nothing.
        words = QFontMetrics(heavy(self.font()))
        height = words.height()
        width = words.horizontalAdvance(self.text()) + 2 * round(0.78 * height)
        return QSize(width, height + 2 * round(0.31 * height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_ground(painter)
        painter.setPen(self._theme.color("text"))
        painter.setFont(heavy(self.font()) if self.isChecked() else self.font())
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
