"""The sheet that a card is drawn on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.ui.theme import Theme


def draw_sheet(painter: QPainter, body: QRectF, theme: Theme, edge: QColor, active: bool) -> None:
    """Draw a rounded sheet with a soft shadow; the active one has a stronger edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((0.0, 0.05), (1.2, 0.03)):
        painter.setBrush(QColor(0, 0, 0, round(255 * alpha)))
        shadow = body.translated(0, 1.2).adjusted(-spread, 0, spread, spread)
        painter.drawRoundedRect(shadow, 9, 9)
    painter.setPen(QPen(edge, 1.2 if active else 1))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(body, 8, 8)
