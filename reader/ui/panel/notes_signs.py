"""The signs of marks: each kind has a shape, so that its colour is not all that tells it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath

from reader.annotations.marks import Mark, MarkKind
from reader.ui.theme import Theme


def sign_size(metrics: QFontMetrics) -> int:
    """Pixels that a sign is wide, beside words of these metrics."""
    return max(8, round(metrics.height() * 0.5))


def draw_sign(
    painter: QPainter,
    theme: Theme,
    mark: Mark,
    metrics: QFontMetrics,
    left: int,
    top: int,
    stripe: int | None = None,
) -> None:
    """Draw the sign of `mark` beside a line that starts at `top`.

    A mark of somebody else's layer has the layer's `stripe` for its sign.
    """
    size = sign_size(metrics)
    box = QRectF(left, top + (metrics.height() - size) / 2, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    if stripe is not None:
        painter.setBrush(theme.color(f"stripe_{stripe}"))
        tall = box.adjusted(0, -box.height() * 0.25, 0, box.height() * 0.25)
        painter.drawRoundedRect(QRectF(tall.center().x() - 2, tall.top(), 4, tall.height()), 2, 2)
        return
    painter.setBrush(theme.color(f"ink_{mark.color}"))
    if mark.kind is MarkKind.BOOKMARK:
        painter.drawPath(_ribbon(box))
    elif mark.kind is MarkKind.ANSWER:
        painter.drawPath(_bubble(box))
    elif mark.underline:
        high = max(2, round(size * 0.28))
        painter.drawRect(QRectF(left, round(box.bottom()) - high, size, high))
    else:
        painter.drawRoundedRect(box, size / 4, size / 4)


def _ribbon(box: QRectF) -> QPainterPath:
    """A bookmark: taller than it is wide, with a notch below."""
    tall = box.adjusted(0, -box.height() * 0.2, 0, box.height() * 0.25)
    path = QPainterPath(tall.topLeft())
    for corner in (tall.topRight(), tall.bottomRight()):
        path.lineTo(corner)
    path.lineTo(QPointF(tall.center().x(), tall.bottom() - tall.width() * 0.45))
    path.lineTo(tall.bottomLeft())
    path.closeSubpath()
    return path


def _bubble(box: QRectF) -> QPainterPath:
    """An answer: what somebody says."""
    wide = box.adjusted(-1, -1, 1, -box.height() * 0.15)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(wide, wide.height() * 0.4, wide.height() * 0.4)
    left, under = wide.left() + wide.width() * 0.2, wide.bottom() - 1
    tail = (QPointF(left, under), QPointF(left + wide.width() * 0.5, under))
    path.moveTo(tail[0])
    path.lineTo(tail[1])
    path.lineTo(QPointF(left, box.bottom() + box.height() * 0.25))
    path.closeSubpath()
    return path
