"""What the panel's parts draw alike: fonts, grounds and the outline of what has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

LEFT = 19
"""From the left edge of a list to its words, in pixels."""

RIGHT = 16
"""From its words to its right edge; the scroll bar has its place in there."""

SMALL = 0.88
"""The size of what is said in passing, as a share of the widget's own."""

BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""How the focus comes to where it has to be seen: not by the mouse, nor with the window."""

RADIUS = 6.0
OUTLINE = 1.6


def scaled(font: QFont, share: float) -> QFont:
    """`font` at a share of its size."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * share)
    else:
        result.setPixelSize(max(1, round(font.pixelSize() * share)))
    return result


def heavy(font: QFont) -> QFont:
    """`font` as headings and what is chosen have it."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def fill_rounded(
    painter: QPainter, rect: QRectF, ground: QColor, edge: QColor | None = None
) -> None:
    """Fill a rounded rectangle; `edge` draws a hairline around it, inside `rect`."""
    painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    if edge:
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(rect, RADIUS, RADIUS)


def draw_outline(painter: QPainter, rect: QRect | QRectF, accent: QColor) -> None:
    """Outline what has the focus, just inside `rect`."""
    inset = OUTLINE / 2 + 1
    painter.setPen(QPen(accent, OUTLINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        QRectF(rect).adjusted(inset, inset, -inset, -inset), RADIUS - 1, RADIUS - 1
    )
