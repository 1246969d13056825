"""How a row of the palette is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.ui.palette.offered import Row
from reader.ui.palette.row_model import RowModel
from reader.ui.panel.painting import scaled
from reader.ui.theme import Theme

LEAD = 30
"""Pixels in which a row's square or tick stands, and the field's magnifier."""


def row_height(font: QFont) -> int:
    """Pixels that a row in a font takes."""
    return round(QFontMetrics(font).height() * 1.85)


class RowPainter(QStyledItemDelegate):
    """A row: a square or a tick, the words, what they belong to, and the keys at the end."""

    def __init__(self, model: RowModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, row_height(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.rows[index.row()]
        solid = 1.0 if row.enabled else 0.6
        text = self.theme.color("text" if row.enabled else "muted", solid)
        muted = self.theme.color("muted", solid)
        area = option.rect

        def placed(where: QRect) -> QRect:
            return QStyle.visualRect(option.direction, area, where)

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("chosen"))
            painter.drawRoundedRect(area, 6, 6)
        lead = QRect(area.left(), area.top(), LEAD, area.height())
        self._paint_lead(painter, QRectF(placed(lead)).center(), row, text)

        small = scaled(option.font, 0.92)
        metrics = QFontMetrics(small)
        room = area.adjusted(LEAD, 0, -10, 0)
        painter.setFont(small)
        painter.setPen(muted)
        if row.shortcut:
            keys = QRect(room)
            keys.setLeft(room.right() - metrics.horizontalAdvance(row.shortcut))
            painter.drawText(placed(keys), Qt.AlignmentFlag.AlignCenter, row.shortcut)
            room.setRight(keys.left() - 16)
        detail = QRect(room)
        words = _WordsLayout(row, option.font, room.width(), self.theme.color("link", solid))
        detail.setLeft(room.left() + words.width + 10)
        if row.detail and detail.width() > metrics.averageCharWidth() * 5:
            shown = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, detail.width())
            detail.setWidth(metrics.horizontalAdvance(shown) + 1)
            painter.drawText(placed(detail), Qt.AlignmentFlag.AlignCenter, shown)
        painter.setPen(text)
        room.setWidth(words.width)
        words.draw(painter, placed(room))
        painter.restore()

    def _paint_lead(self, painter: QPainter, middle: QPointF, row: Row, ink: QColor) -> None:
        if row.checked:
            pen = QPen(ink, 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            tick = (QPointF(-4.5, 0.5), QPointF(-1.5, 3.5), QPointF(4.5, -3.5))
            painter.drawPolyline([middle + corner for corner in tick])
        elif row.role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(row.role))
            painter.drawRoundedRect(QRectF(middle.x() - 4, middle.y() - 4, 8, 8), 2, 2)


class _WordsLayout:
    """A row's words on one line, the letters that were meant in bold and in `colour`."""

    def __init__(self, row: Row, font: QFont, room: int, colour: QColor) -> None:
        bold = QFont(font)
        bold.setBold(True)
        metrics = QFontMetrics(bold if row.letters else font)
        shown = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, room)
        meant = QTextCharFormat()
        meant.setFontWeight(QFont.Weight.Bold)
        meant.setForeground(colour)
        formats = []
        for letter in row.letters:
            if letter < len(shown) and shown[letter] == row.words[letter]:
                span = QTextLayout.FormatRange()
                span.start, span.length = _qt_length(shown[:letter]), _qt_length(shown[letter])
                span.format = meant
                formats.append(span)
        self._layout = QTextLayout(shown, font)
        self._layout.setFormats(formats)
        self._layout.beginLayout()
        line = self._layout.createLine()
        line.setLineWidth(100_000)
        self._layout.endLayout()
        self.width = round(line.naturalTextWidth()) + 1
        self._height = line.height()

    def draw(self, painter: QPainter, where: QRect) -> None:
        top = where.top() + (where.height() - self._height) / 2
        self._layout.draw(painter, QPointF(where.left(), top))


def _qt_length(text: str) -> int:
    """How many UTF-16 units, which Qt counts in, `text` has."""
    return len(text.encode("utf-16-le")) // 2
