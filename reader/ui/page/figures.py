"""A figure: a picture in the column with its caption below, or its description in its place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from reader.text.model import Block
from reader.ui.page.pictures import Picture
from reader.ui.page.typography import Typography
from reader.ui.scripts import upright
from reader.ui.theme import Theme

_TALLEST = 560
"""Pixels of a picture's height at 100 %."""

_INSET = 16
_CAPTION_GAP = 8


class Figure:
    """One image block, laid out for one typography. All lengths are pixels."""

    def __init__(self, picture: Picture, block: Block, typography: Typography) -> None:
        self._picture = picture
        self._block = block
        self._column = typography.column
        self._font = upright(typography.caption(), block.caption + self._description)
        self._size = picture.fitted(self._column, _TALLEST * typography.scale)
        self._shown = not self._size.isEmpty()
        if not self._shown:
            inside = self._column - 2 * _INSET
            self._size = QSizeF(
                self._column, self._words_height(self._description, inside) + 2 * _INSET
            )
        self.height = self._size.height()
        if block.caption:
            self.height += _CAPTION_GAP + self._words_height(block.caption, self._column)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draw it at the top of `area`, which is as wide as the column."""
        rect = QRectF(area.topLeft(), self._size)
        rect.moveLeft(area.left() + (area.width() - self._size.width()) / 2)
        painter.setFont(self._font)
        if self._shown:
            self._picture.draw(painter, rect)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("border"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(theme.color("muted"))
            inside = rect.adjusted(_INSET, _INSET, -_INSET, -_INSET)
            centred = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
            painter.drawText(inside, centred, self._description)
        if self._block.caption:
            below = QRectF(area.left(), rect.bottom() + _CAPTION_GAP, area.width(), area.height())
            painter.setPen(theme.color("muted"))
            centred = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
            painter.drawText(below, centred, self._block.caption)

    @property
    def _description(self) -> str:
        return self._block.alt or self._block.source

    def _words_height(self, words: str, width: float) -> float:
        room = QRectF(0, 0, width, 10_000)
        metrics = QFontMetricsF(self._font)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
