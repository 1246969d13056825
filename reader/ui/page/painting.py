"""Drawing the rows of a page: grounds first, then fills, words, and the lines below them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
)

from reader.annotations.model import Kind
from reader.text.model import Block, BlockKind
from reader.ui.page.decorations import Look, crossings
from reader.ui.page.layout import PageLayout
from reader.ui.page.lines import format_range, lines_between, rects, spans
from reader.ui.page.typography import BlockStyle
from reader.ui.theme import Theme

_Context = QAbstractTextDocumentLayout.PaintContext

_HANGS = 40
"""Pixels above and below a line that what is drawn on it may reach, at the largest size."""

STRIP = 0.3
"""A strip's height, as a share of the fill's."""

_LANES = 3
"""So many lines of other people stand below each other before they share a height."""


class PagePainter:
    """Draws what a layout has laid out, in the colours of a theme."""

    def __init__(self, layout: PageLayout, theme: Theme, signs: bool = False) -> None:
        """With `signs`, kinds and colours are told apart by more than their colours."""
        self._layout = layout
        self._theme = theme
        self._signs = signs

    def draw_row(self, painter: QPainter, number: int, context: _Context) -> None:
        """Draw one row at its place on the page."""
        layout = self._layout
        row, block = layout.row(number), layout.block(number)
        style = layout.typography.of(block)
        origin = QPointF(layout.left, layout.row_top(number))
        gap = layout.gap(number)
        area = QRectF(
            origin.x(),
            origin.y() + gap,
            layout.typography.column,
            layout.row_height(number) - gap,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, number, block, style, area)
        paragraph = layout.paragraphs.findBlockByNumber(row.first)
        for _ in range(row.cells):
            self._draw_paragraph(painter, paragraph, context)
            paragraph = paragraph.next()

    def _draw_ground(
        self, painter: QPainter, number: int, block: Block, style: BlockStyle, area: QRectF
    ) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        if block.kind is BlockKind.CODE:
            painter.setBrush(theme.color("code"))
            painter.drawRoundedRect(area, 6, 6)
        elif block.kind is BlockKind.QUOTE:
            self._draw_bars(painter, number, block, style, area)
        elif block.kind is BlockKind.LIST_ITEM and block.marker:
            self._draw_marker(painter, block, style, area)
        elif block.kind is BlockKind.RULE:
            painter.setPen(QPen(theme.color("rule"), 1.5))
            y, middle = area.center().y(), area.center().x()
            painter.drawLine(QPointF(middle - 48, y), QPointF(middle + 48, y))
        elif block.kind is BlockKind.TABLE:
            head = self._layout.row(number).number == 0
            painter.setPen(QPen(theme.color("rule" if head else "border"), 1.5 if head else 1))
            y, width = area.bottom() - 0.5, self._layout.table_width(number)
            right = self._layout.is_right_to_left(block)
            left = area.right() - width if right else area.left()
            painter.drawLine(QPointF(left, y), QPointF(left + width, y))
        elif block.kind is BlockKind.IMAGE:
            self._layout.figure(block).draw(painter, area, theme)

    def _draw_bars(
        self, painter: QPainter, number: int, block: Block, style: BlockStyle, area: QRectF
    ) -> None:
        layout = self._layout
        painter.setBrush(self._theme.color("rule"))
        depth = max(1, block.level)
        # Bars of paragraphs that belong together run through the space between them.
        joined = number > 0 and layout.block(number - 1).kind is BlockKind.QUOTE
        top = area.top() - (layout.gap(number) if joined else 0)
        right = layout.is_right_to_left(block)
        for step in range(depth):
            inside = step * style.left / depth + 4
            left = area.right() - inside - 3 if right else area.left() + inside
            painter.drawRect(QRectF(left, top, 3, area.bottom() - top))

    def _draw_marker(
        self, painter: QPainter, block: Block, style: BlockStyle, area: QRectF
    ) -> None:
        metrics = QFontMetricsF(style.font)
        step = style.left / max(1, block.level)
        inside, width = style.left - step * 0.32, metrics.horizontalAdvance(block.marker)
        x = max(area.left(), area.left() + inside - width)
        if right := self._layout.is_right_to_left(block):
            x = min(area.right() - width, area.right() - inside)
        baseline = area.top() + (style.line - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(style.font)
        painter.setPen(self._theme.color("muted"))
        sides = Qt.LayoutDirection
        painter.setLayoutDirection(sides.RightToLeft if right else sides.LeftToRight)
        painter.drawText(QPointF(x, baseline), block.marker)
        painter.setLayoutDirection(sides.LeftToRight)

    def _draw_paragraph(self, painter: QPainter, paragraph: QTextBlock, context: _Context) -> None:
        lines = paragraph.layout()
        begin, length = paragraph.position(), paragraph.length()
        place = lines.position()
        shown = self._shown(lines, context.clip.translated(-place))
        if not shown:
            return
        last_line = lines.lineAt(shown[-1])
        looks = self._looks(
            begin,
            lines.lineAt(shown[0]).textStart(),
            min(last_line.textStart() + last_line.textLength(), length - 1),
        )
        for first, last, look in looks:
            if look.fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.fill)
                for rect in rects(lines, first, last):
                    painter.drawRoundedRect(rect.translated(place).adjusted(-1, 0, 1, 0), 2, 2)
        for first, last, look in looks:
            if look.strip is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.strip)
                for rect in rects(lines, first, last):
                    rect.setTop(rect.bottom() - STRIP * rect.height())
                    painter.drawRect(rect.translated(place))
        # The frame is below the words, so that it does not hide what stands right behind its own.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for first, last, look in looks:
            if look.frame is not None:
                painter.setPen(QPen(look.frame, 2))
                for rect in rects(lines, first, last):
                    painter.drawRoundedRect(rect.translated(place).adjusted(-3, 0, 3, 0), 4, 4)
        painter.setPen(self._theme.color("text"))
        lines.draw(painter, QPointF(), self._selected(context, begin, length), context.clip)
        for first, last, look in looks:
            if look.underline is not None:
                self._draw_underline(painter, lines, place, first, last, look)
            if look.line is not None:
                self._draw_line(painter, lines, place, first, last, look.line)
            if look.doubt is not None:
                pen = QPen(look.doubt, 1.5)
                pen.setDashPattern((3, 2))
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for rect in rects(lines, first, last):
                    painter.drawRoundedRect(rect.translated(place).adjusted(-2, 0, 2, 0), 3, 3)
            sign = look.sign if self._signs else ""
            if sign := sign + ("?" if look.doubt is not None else ""):
                self._draw_sign(painter, lines, place, last, sign)
            if look.flag is not None:
                self._draw_flag(painter, lines, place, first, look.flag, look.lane)
            if look.bracket is not None:
                self._draw_bracket(painter, lines, place, first, last, look.bracket, look.lane)
        if begin <= context.cursorPosition < begin + length:
            lines.drawCursor(painter, QPointF(), context.cursorPosition - begin, 2)

    @staticmethod
    def _shown(lines: QTextLayout, clip: QRectF) -> range:
        """The lines of a paragraph of which something is seen, be it what hangs below them."""
        if not clip.isValid():
            return range(lines.lineCount())
        return lines_between(lines, clip.top() - _HANGS, clip.bottom() + _HANGS)

    def _looks(self, begin: int, first: int, last: int) -> list[tuple[int, int, Look]]:
        """What decorates `first:last` of the paragraph at `begin`, as its UTF-16 units."""
        layout, offsets = self._layout, self._layout.offsets
        start, end = offsets.to_points(begin + first), offsets.to_points(begin + last)
        if end <= start:
            return []
        entries = layout.decorations.touching(start, end)
        return [
            (
                offsets.to_units(max(here, start)) - begin,
                offsets.to_units(min(there, end)) - begin,
                look,
            )
            for here, there, look in [*entries, *crossings(entries)]
            if here < end and there > start
        ]

    def _selected(
        self, context: _Context, begin: int, length: int
    ) -> list[QTextLayout.FormatRange]:
        look = QTextCharFormat()
        look.setBackground(QBrush(self._theme.color("selection")))
        chosen = []
        for selection in context.selections:
            first = max(0, selection.cursor.selectionStart() - begin)
            last = min(length, selection.cursor.selectionEnd() - begin)
            if first < last:
                chosen.append(format_range(first, last - first, look))
        return chosen

    def _draw_line(
        self,
        painter: QPainter,
        lines: QTextLayout,
        place: QPointF,
        first: int,
        last: int,
        color: QColor,
    ) -> None:
        painter.setPen(QPen(color, max(2.0, 2.4 * self._layout.typography.scale**0.5)))
        for line, left, right in spans(lines, first, last):
            y = round(place.y() + line.y() + 1.16 * line.ascent())
            painter.drawLine(QPointF(place.x() + left, y), QPointF(place.x() + right, y))

    def _draw_bracket(
        self,
        painter: QPainter,
        lines: QTextLayout,
        place: QPointF,
        first: int,
        last: int,
        color: QColor,
        lane: int,
    ) -> None:
        scale = self._layout.typography.scale**0.5
        pen = QPen(color, max(1.2, 1.4 * scale), c=Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        below = (lane - 1) % _LANES * max(3.0, 3 * scale)
        shown = list(spans(lines, first, last))
        for number, (line, left, right) in enumerate(shown):
            y = round(place.y() + line.y() + 1.2 * line.ascent() + below) + 0.5
            x, end, up = place.x() + left, place.x() + right, 0.22 * line.ascent()
            corners = [QPointF(x, y), QPointF(end, y)]
            if number == 0:
                corners.insert(0, QPointF(x, y - up))
            if number == len(shown) - 1:
                corners.append(QPointF(end, y - up))
            painter.drawPolyline(corners)

    def _draw_flag(
        self,
        painter: QPainter,
        lines: QTextLayout,
        place: QPointF,
        first: int,
        color: QColor,
        lane: int,
    ) -> None:
        """A ribbon left of the column, level with the line."""
        line = lines.lineForTextPosition(first)
        if not line.isValid():
            return
        size = 0.5 * line.ascent()
        left = self._layout.left - (2.2 + 1.3 * (lane % (_LANES + 1))) * size
        top = place.y() + line.y() + 0.2 * line.ascent()
        right, bottom = left + size, top + 1.6 * size
        ribbon = QPolygonF(
            [
                QPointF(left, top),
                QPointF(right, top),
                QPointF(right, bottom),
                QPointF((left + right) / 2, bottom - 0.5 * size),
                QPointF(left, bottom),
            ]
        )
        painter.setPen(QPen(color, 1.4) if lane else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if lane else color)
        painter.drawPolygon(ribbon)

    def _draw_underline(
        self,
        painter: QPainter,
        lines: QTextLayout,
        place: QPointF,
        first: int,
        last: int,
        look: Look,
    ) -> None:
        assert look.underline is not None
        width = max(1.6, 2 * self._layout.typography.scale**0.5)
        pattern = PATTERNS.get(look.shape, _DOTS) if self._signs else _DOTS
        pen = QPen(look.underline, width, c=Qt.PenCapStyle.FlatCap)
        for line, left, right in spans(lines, first, last):
            y = round(place.y() + line.y() + 1.24 * line.ascent())
            start, end = QPointF(round(place.x() + left), y), QPointF(place.x() + right, y)
            if isinstance(pattern, tuple):
                pen.setDashPattern(pattern)
                painter.setPen(pen)
                # Square dots on whole pixels are sharp; smoothed they would be a grey line.
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                painter.drawLine(start, end)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            else:
                painter.setPen(QPen(look.underline, 0.6 * width))
                pattern(painter, start, end, width)

    def _draw_sign(
        self, painter: QPainter, lines: QTextLayout, place: QPointF, last: int, sign: str
    ) -> None:
        """A small sign at the upper end of words, in the page's colour on the text's."""
        *_, (line, _, right) = [(None, 0.0, 0.0), *spans(lines, max(0, last - 1), last)]
        if line is None:
            return
        font = QFont(self._layout.typography.style(BlockKind.PARAGRAPH, 0).font)
        size = max(12, round(0.66 * font.pixelSize()))
        font.setPixelSize(size)
        font.setBold(True)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(sign) + 0.4 * size
        end = place + QPointF(right, line.y())
        badge = QRectF(end.x() - 0.5 * width, end.y() - 0.55 * size, width, 1.05 * size)
        painter.setPen(QPen(self._theme.color("page"), 1))
        painter.setBrush(self._theme.color("text"))
        painter.drawRoundedRect(badge, 2, 2)
        painter.setFont(font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, sign)


def _wave(painter: QPainter, start: QPointF, end: QPointF, width: float) -> None:
    step, points = 1.6 * width, [start]
    while points[-1].x() < end.x():
        up = -0.8 * width if len(points) % 2 else 0.8 * width
        points.append(QPointF(points[-1].x() + step, start.y() + up))
    painter.drawPolyline(points)


def _double(painter: QPainter, start: QPointF, end: QPointF, width: float) -> None:
    for y in (-0.8 * width, 0.8 * width):
        painter.drawLine(start + QPointF(0, y), end + QPointF(0, y))


_DOTS = (1, 1)

PATTERNS: dict[str, tuple[int, ...] | Callable[[QPainter, QPointF, QPointF, float], None]] = {
    Kind.DEFINITION: _DOTS,
    Kind.PERSON: (4, 2),
    Kind.PLACE: (9, 2),
    Kind.ORGANISATION: (5, 2, 1, 2),
    Kind.EVENT: _wave,
    Kind.FIGURE: _double,
    Kind.REFERENCE: (1, 3),
    Kind.QUESTION: (5, 2, 1, 2, 1, 2),
}
"""The shape of each kind's underline: dashes and gaps in widths of the line, or what draws it."""
