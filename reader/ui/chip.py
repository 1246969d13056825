"""A chip: one of several to choose, with round ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from reader.ui.panel.painting import BY_KEYS
from reader.ui.theme import Theme


class Chip(QRadioButton):
    """Draws its ground; what stands on it is for each kind of chip to draw.

    The arrow keys go from one to another. The focus is shown while the keys are used.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._by_keys = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def draw_ground(self, painter: QPainter) -> None:
        """Draw the ground, and around it the edge of what is not chosen, or has the focus."""
        theme, rect = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(theme.color("accent"), 2))
            rect.adjust(0.5, 0.5, -0.5, -0.5)
        elif self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(theme.color("border"), 1))
        ground = "chosen" if self.isChecked() else "hover" if self.underMouse() else "card"
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)
