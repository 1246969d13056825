"""Chips: the shelves of the library with what stands on them, one of them chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from reader.ui.library.painting import fill
from reader.ui.panel.painting import BY_KEYS, heavy
from reader.ui.theme import Theme


class Chip(QRadioButton):
    """One of several: round ends, bold when it is chosen. The arrow keys go from one to another."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._outlined = False
        self.set_count(0)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

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

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "chosen" if self.isChecked() else "hover" if self.underMouse() else "card"
        fill(painter, rect, theme.color(ground), rect.height() / 2)
        outlined = self.hasFocus() and self._outlined
        if outlined or not self.isChecked():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(theme.color("accent" if outlined else "border"))
            pen.setWidthF(2 if outlined else 1)
            inset = 0.5 if outlined else 0
            rect = rect.adjusted(inset, inset, -inset, -inset)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(theme.color("text"))
        painter.setFont(heavy(self.font()) if self.isChecked() else self.font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._outlined = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._outlined = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._outlined = False
        super().mousePressEvent(event)
