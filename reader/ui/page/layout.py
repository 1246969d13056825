"""The page's layout: rows are laid out when they are needed, the others have guessed heights.

Qt's own layout sets a whole book before its end can be shown. This one sets the
rows in view at once and the rest a few at a time (`lay_some`), so that any text
opens, jumps and changes its size at the speed of one screen.

Coordinates are pixels of the page: x from the left edge of the view, y from the
top of the text.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from reader.text.model import Block, BlockKind, Style, Text
from reader.ui.page.decorations import Decorations
from reader.ui.page.heights import Heights
from reader.ui.page.pictures import Pictures
from reader.ui.page.pieces import PreparedText, Row
from reader.ui.page.tables import column_widths
from reader.ui.page.typography import BlockStyle, Typography
from reader.ui.theme import Theme

_MOST_KEPT = 600
"""Rows that stay laid out; of the others only the height is kept, which saves memory."""

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class PageLayout(QAbstractTextDocumentLayout):
    """Sets one text in one column.

    `grown` is called with a row and the pixels by which its height turned out to
    differ from the guess, so that the view can keep the line that is being read.
    """

    def __init__(
        self,
        prepared: PreparedText,
        text: Text,
        typography: Typography,
        pictures: Pictures,
        theme: Theme,
    ) -> None:
        super().__init__(prepared.document)
        self.text = text
        self.decorations = Decorations()
        self.left = 0.0
        self.top = 0.0
        self.bottom = 0.0
        self.width = 0.0
        self.grown: Callable[[int, float], None] = lambda row, growth: None
        self._document = prepared.document
        self._offsets = prepared.offsets
        self._pictures = pictures
        self._rows = prepared.rows
        self._first_paragraphs = [row.first for row in self._rows]
        self._row_of_block = self._rows_by_block()
        self._laid: dict[int, None] = {}
        self._exact = bytearray(len(self._rows))
        self._next_guess = 0
        self._tables: dict[int, list[float]] = {}
        self.set_typography(typography)
        self.set_theme(theme)

    # What Qt asks for

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """The text never changes; what Qt announces here are formats and page sizes."""

    def documentSize(self) -> QSizeF:
        return QSizeF(self.width, self.top + self._heights.total + self.bottom)

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if number < 0 or not self._rows:
            return QRectF()
        row = self.row_of_paragraph(number)
        self.ensure(row)
        position = block.layout().position()
        top = self.row_top(row)
        return QRectF(
            self.left + position.x(), top + position.y(), self.typography.column, self._heights[row]
        )

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:
        if not self._rows:
            return 0
        row = self._heights.at(point.y() - self.top)
        self.ensure(row)
        y = point.y() - self.row_top(row)
        paragraph = self._paragraph_at(row, point.x())
        layout = paragraph.layout()
        x = point.x() - self.left - layout.position().x()
        y -= layout.position().y()
        line = _line_at(layout, y)
        if line is None:
            return paragraph.position()
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            inside = line.naturalTextRect().adjusted(-1, -4, 1, 6).contains(QPointF(x, y))
            if not inside:
                return -1
            return paragraph.position() + line.xToCursor(
                x, QTextLine.CursorPosition.CursorOnCharacter
            )
        return paragraph.position() + line.xToCursor(x)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip if context.clip.isValid() else QRectF(painter.clipBoundingRect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self.rows_between(clip.top(), clip.bottom()):
            self.ensure(row)
            self._draw_row(painter, row, context)

    # What the view asks for

    def set_typography(self, typography: Typography) -> None:
        """Set everything anew in another size or width; all heights are guesses again."""
        self.typography = typography
        self._heights = Heights(self._guesses())
        self._tables.clear()
        self._exact = bytearray(len(self._rows))
        self._next_guess = 0
        self.forget()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours; nothing moves."""
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """Lay rows out again when they are next needed; their heights stay as they are."""
        for row in self._laid:
            self._clear(row)
        self._laid.clear()

    @property
    def row_count(self) -> int:
        """How many rows the page has."""
        return len(self._rows)

    def row_top(self, row: int) -> float:
        """Where a row begins, its space above included."""
        return self.top + self._heights.top(row)

    def row_tops(self) -> list[float]:
        """Where every row begins."""
        return [self.top + y for y in self._heights.tops()]

    def row_height(self, row: int) -> float:
        """A row's height, guessed until it is laid out."""
        return self._heights[row]

    def row_at(self, y: float) -> int:
        """The row at a height; -1 in an empty text."""
        return self._heights.at(y - self.top)

    def rows_between(self, top: float, bottom: float) -> Iterator[int]:
        """The rows that touch a stretch of the page."""
        row = max(0, self.row_at(top))
        while row < len(self._rows) and self.row_top(row) < bottom:
            yield row
            row += 1

    def row_of_paragraph(self, number: int) -> int:
        """The row in which a paragraph of the document stands."""
        return bisect_right(self._first_paragraphs, number) - 1

    def row_of(self, position: int) -> int:
        """The row in which a code point stands; -1 in an empty text."""
        if not self._rows:
            return -1
        paragraph = self._document.findBlock(self._offsets.to_units(position))
        return max(0, self.row_of_paragraph(paragraph.blockNumber()))

    def row_of_block(self, block: int) -> int:
        """The first row of a block of the text."""
        return self._row_of_block[block]

    def is_laid(self, row: int) -> bool:
        """Whether a row is laid out now."""
        return row in self._laid

    def line_rect(self, position: int) -> QRectF:
        """Where the line with a code point stands; lays its row out."""
        units = self._offsets.to_units(position)
        paragraph = self._document.findBlock(units)
        row = self.row_of_paragraph(paragraph.blockNumber())
        self.ensure(row)
        layout = paragraph.layout()
        line = layout.lineForTextPosition(units - paragraph.position())
        if not line.isValid():
            return QRectF(self.left, self.row_top(row), 1, self._heights[row])
        rect = line.rect().translated(layout.position())
        return rect.translated(self.left, self.row_top(row))

    def range_rects(self, start: int, end: int) -> list[QRectF]:
        """Where the words `start:end` (code points) stand, a rectangle for each line."""
        rects: list[QRectF] = []
        units, last = self._offsets.to_units(start), self._offsets.to_units(end)
        paragraph = self._document.findBlock(units)
        while paragraph.isValid() and paragraph.position() < last:
            row = self.row_of_paragraph(paragraph.blockNumber())
            self.ensure(row)
            origin = QPointF(self.left, self.row_top(row)) + paragraph.layout().position()
            begin = paragraph.position()
            rects += [
                rect.translated(origin)
                for rect in _rects(paragraph.layout(), units - begin, last - begin)
            ]
            paragraph = paragraph.next()
        return rects

    def ensure(self, row: int) -> None:
        """Lay a row out if it is not."""
        if row in self._laid:
            return
        height = self._lay_out(row)
        self._laid[row] = None
        self._exact[row] = 1
        growth = self._heights.set(row, height)
        if growth:
            self.grown(row, growth)

    def lay_some(self, seconds: float) -> bool:
        """Find the true heights of rows for a while; False when all are known.

        Rows are laid out in order and let go again, so that a book takes no more
        memory than its open page.
        """
        until = time.perf_counter() + seconds
        while True:
            row = self._exact.find(0, self._next_guess)
            self._next_guess = row
            if row == -1:
                self._next_guess = len(self._rows)
                return False
            self.ensure(row)
            if time.perf_counter() > until:
                return True

    def let_go(self, first: int, last: int) -> None:
        """Free rows outside `first:last` when too many are kept."""
        if len(self._laid) <= _MOST_KEPT:
            return
        for row in [row for row in self._laid if not first <= row < last]:
            self._clear(row)
            del self._laid[row]

    # Setting

    def _rows_by_block(self) -> list[int]:
        first: list[int] = []
        for number, row in enumerate(self._rows):
            if row.block == len(first):
                first.append(number)
        return first

    def _clear(self, row: int) -> None:
        paragraph = self._document.findBlockByNumber(self._rows[row].first)
        for _ in range(self._rows[row].cells):
            paragraph.clearLayout()
            paragraph = paragraph.next()

    def _block(self, row: int) -> Block:
        return self.text.blocks[self._rows[row].block]

    def _gap(self, row: int) -> float:
        """The space above a row: the larger of what it and the row before it ask for."""
        if row == 0:
            return 0.0
        block, before = self._block(row), self._block(row - 1)
        if block is before:
            return 0.0
        return self.typography.gap(before.kind, before.level, block.kind, block.level)

    def _guesses(self) -> list[float]:
        """The heights of all rows as far as they can be told from their letters."""
        typography, blocks = self.typography, self.text.blocks
        heights = []
        before: Block | None = None
        for row in self._rows:
            block = blocks[row.block]
            kind, level = block.kind, block.level
            style = typography.style(kind, level)
            height = style.line + 2 * style.pad
            if kind is not BlockKind.TABLE:
                lines = int((block.end - block.start) / typography.letters(kind, level))
                height += lines * style.line
            if before is not None and before is not block:
                height += typography.gap(before.kind, before.level, kind, level)
            before = block
            heights.append(height)
        return heights

    def _lay_out(self, row: int) -> float:
        """Lay a row's paragraphs out; the answer is the row's height."""
        place = self._rows[row]
        block = self._block(row)
        style = self.typography.of(block)
        gap = self._gap(row)
        if block.kind is BlockKind.TABLE:
            return self._lay_out_cells(place, block, style, gap)
        paragraph = self._document.findBlockByNumber(place.first)
        width = self.typography.column - style.left - style.pad
        layout = paragraph.layout()
        layout.setPosition(QPointF(style.left, gap + style.pad))
        if block.kind is BlockKind.IMAGE:
            height = self._picture_height(block)
            _set_lines(layout, width, height)
            return gap + height
        layout.setFormats(self._formats(block, block.start, block.end))
        words = _set_lines(layout, width, style.line)
        if block.kind is BlockKind.RULE:
            words = style.line
        return gap + words + 2 * style.pad

    def _lay_out_cells(self, row: Row, block: Block, style: BlockStyle, gap: float) -> float:
        widths = self._tables.get(row.block)
        if widths is None:
            widths = column_widths(
                self.text.string,
                block.rows,
                QFontMetricsF(self.typography.font(block.kind, 0, Style.BOLD)),
                self.typography.column,
                2 * style.pad,
            )
            self._tables[row.block] = widths
        paragraph = self._document.findBlockByNumber(row.first)
        x, tallest = 0.0, style.line
        for cell, width in zip(block.rows[row.number], widths, strict=True):
            layout = paragraph.layout()
            layout.setPosition(QPointF(x + style.pad, gap + style.pad))
            option = QTextOption(_ALIGNMENTS[cell.align])
            extra = Style.BOLD if row.number == 0 else Style.NONE
            layout.setFormats(self._formats(block, cell.start, cell.end, extra))
            tallest = max(
                tallest, _set_lines(layout, max(1.0, width - 2 * style.pad), style.line, option)
            )
            x += width
            paragraph = paragraph.next()
        return gap + tallest + 2 * style.pad

    def _formats(
        self, block: Block, start: int, end: int, extra: Style = Style.NONE
    ) -> list[QTextLayout.FormatRange]:
        """The faces of `start:end` (code points) of a block, as ranges of its paragraph."""
        origin = self._offsets.to_units(start)
        kind, level = block.kind, block.level
        formats = [
            _range(
                0,
                self._offsets.to_units(end) - origin,
                _face(self.typography.font(kind, level, extra)),
            )
        ]
        for run in block.runs:
            if run.end <= start or run.start >= end:
                continue
            face = _face(self.typography.font(kind, level, run.style | extra))
            if run.href and not run.href.startswith("#"):
                face.setForeground(self._theme.color("link"))
            if run.style & Style.SUPERSCRIPT:
                face.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            elif run.style & Style.SUBSCRIPT:
                face.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
            begin = self._offsets.to_units(max(start, run.start)) - origin
            length = self._offsets.to_units(min(end, run.end)) - origin - begin
            formats.append(_range(begin, length, face))
        return formats

    def _picture_height(self, block: Block) -> float:
        size = self._picture_size(block)
        return size.height() + self._caption_height(block)

    def _picture_size(self, block: Block) -> QSizeF:
        most = 560 * self.typography.scale
        size = self._pictures[block.source].fitted(self.typography.column, most)
        if size.isEmpty():
            # The description stands in a frame where the picture cannot be shown.
            rect = QFontMetricsF(self.typography.caption()).boundingRect(
                QRectF(0, 0, self.typography.column - 32, 10_000),
                Qt.TextFlag.TextWordWrap,
                block.alt or block.source,
            )
            return QSizeF(self.typography.column, rect.height() + 32)
        return size

    def _caption_height(self, block: Block) -> float:
        if not block.caption:
            return 0.0
        rect = QFontMetricsF(self.typography.caption()).boundingRect(
            QRectF(0, 0, self.typography.column, 10_000),
            Qt.TextFlag.TextWordWrap,
            block.caption,
        )
        return rect.height() + 8

    # Drawing

    def _draw_row(
        self,
        painter: QPainter,
        number: int,
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        row = self._rows[number]
        block = self._block(number)
        style = self.typography.of(block)
        origin = QPointF(self.left, self.row_top(number))
        gap = self._gap(number)
        area = QRectF(
            origin.x(), origin.y() + gap, self.typography.column, self._heights[number] - gap
        )
        self._draw_ground(painter, number, block, style, area)
        paragraph = self._document.findBlockByNumber(row.first)
        for _ in range(row.cells):
            layout = paragraph.layout()
            self._draw_paragraph(painter, paragraph, layout, origin, style, context)
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
            painter.setBrush(theme.color("rule"))
            step = style.left / max(1, block.level)
            joined = number > 0 and self._block(number - 1).kind is BlockKind.QUOTE
            top = area.top() - (self._gap(number) if joined else 0)
            for depth in range(max(1, block.level)):
                bar = QRectF(area.left() + depth * step + 4, top, 3, area.bottom() - top)
                painter.drawRect(bar)
        elif block.kind is BlockKind.LIST_ITEM and block.marker:
            self._draw_marker(painter, block, style, area)
        elif block.kind is BlockKind.RULE:
            painter.setPen(QPen(theme.color("rule"), 1.5))
            y, middle = area.center().y(), area.center().x()
            painter.drawLine(QPointF(middle - 48, y), QPointF(middle + 48, y))
        elif block.kind is BlockKind.TABLE:
            head = self._rows[number].number == 0
            painter.setPen(QPen(theme.color("rule" if head else "border"), 1.5 if head else 1))
            y = area.bottom() - 0.5
            width = sum(self._tables.get(self._rows[number].block, ()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.left() + width, y))
        elif block.kind is BlockKind.IMAGE:
            self._draw_picture(painter, block, area)

    def _draw_marker(
        self, painter: QPainter, block: Block, style: BlockStyle, area: QRectF
    ) -> None:
        step = style.left / max(1, block.level)
        metrics = QFontMetricsF(style.font)
        width = metrics.horizontalAdvance(block.marker)
        right = area.left() + style.left - step * 0.32
        x = max(area.left(), right - width)
        baseline = area.top() + (style.line - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(style.font)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(QPointF(x, baseline), block.marker)

    def _draw_picture(self, painter: QPainter, block: Block, area: QRectF) -> None:
        size = self._picture_size(block)
        rect = QRectF(area.topLeft(), size)
        rect.moveLeft(area.left() + (area.width() - size.width()) / 2)
        picture = self._pictures[block.source]
        painter.setFont(self.typography.caption())
        painter.setPen(self._theme.color("muted"))
        if picture.size.isEmpty():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("border"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(self._theme.color("muted"))
            painter.drawText(
                rect.adjusted(16, 16, -16, -16),
                Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter,
                block.alt or block.source,
            )
        else:
            picture.draw(painter, rect)
        if block.caption:
            below = QRectF(area.left(), rect.bottom() + 8, area.width(), area.height())
            painter.setPen(self._theme.color("muted"))
            painter.drawText(
                below, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter, block.caption
            )

    def _draw_paragraph(
        self,
        painter: QPainter,
        paragraph: QTextBlock,
        layout: QTextLayout,
        origin: QPointF,
        style: BlockStyle,
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        begin, length = paragraph.position(), paragraph.length()
        start = self._offsets.to_points(begin)
        end = self._offsets.to_points(begin + length - 1)
        decorations = self.decorations.touching(start, end) if end > start else []
        place = origin + layout.position()
        ranges = [
            (self._offsets.to_units(max(a, start)) - begin, self._offsets.to_units(min(b, end)) - begin, look)
            for a, b, look in decorations
        ]
        for first, last, look in ranges:
            if look.fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.fill)
                for rect in _rects(layout, first, last):
                    painter.drawRoundedRect(rect.translated(place).adjusted(-1, 0, 1, 0), 2, 2)
        painter.setPen(self._theme.color("text"))
        layout.draw(painter, origin, self._selected(context, begin, length), QRectF())
        for first, last, look in ranges:
            if look.underline is not None:
                self._draw_underline(painter, layout, place, first, last, look.underline)
            if look.frame is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.frame, 2))
                for rect in _rects(layout, first, last):
                    painter.drawRoundedRect(rect.translated(place).adjusted(-3, 0, 3, 0), 4, 4)
        cursor = context.cursorPosition
        if begin <= cursor < begin + length:
            layout.drawCursor(painter, origin, cursor - begin, 2)

    def _selected(
        self,
        context: QAbstractTextDocumentLayout.PaintContext,
        begin: int,
        length: int,
    ) -> list[QTextLayout.FormatRange]:
        chosen = []
        for selection in context.selections:
            first = max(0, selection.cursor.selectionStart() - begin)
            last = min(length, selection.cursor.selectionEnd() - begin)
            if first < last:
                face = QTextCharFormat()
                face.setBackground(QBrush(self._theme.color("selection")))
                chosen.append(_range(first, last - first, face))
        return chosen

    def _draw_underline(
        self,
        painter: QPainter,
        layout: QTextLayout,
        place: QPointF,
        first: int,
        last: int,
        color: object,
    ) -> None:
        thickness = max(1.6, 2 * self.typography.scale**0.5)
        pen = QPen(color, thickness)
        pen.setDashPattern([1, 1])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for line, left, right in _spans(layout, first, last):
            y = round(place.y() + line.y() + line.ascent() + 0.24 * line.ascent())
            painter.drawLine(QPointF(round(place.x() + left), y), QPointF(place.x() + right, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paragraph_at(self, row: int, x: float) -> QTextBlock:
        place = self._rows[row]
        paragraph = self._document.findBlockByNumber(place.first)
        if place.number >= 0:
            edge = self.left
            for width in self._tables[place.block][:-1]:
                edge += width
                if x < edge:
                    break
                paragraph = paragraph.next()
        return paragraph


def _face(font: object) -> QTextCharFormat:
    face = QTextCharFormat()
    face.setFont(font)
    return face


def _range(start: int, length: int, face: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, face
    return result


def _set_lines(
    layout: QTextLayout, width: float, height: float, option: QTextOption | None = None
) -> float:
    """Break a paragraph into lines of a fixed height; the answer is the height of all."""
    option = option or QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # A fallback face may be taller than the line; then the line grows, so none overlap.
        room = max(height, line.height())
        line.setPosition(QPointF(0, y + (room - line.height()) / 2))
        y += room
    layout.endLayout()
    return y or height


def _line_at(layout: QTextLayout, y: float) -> QTextLine | None:
    count = layout.lineCount()
    for index in range(count):
        line = layout.lineAt(index)
        if index == count - 1 or y < (line.y() + line.height() + layout.lineAt(index + 1).y()) / 2:
            return line
    return None


def _spans(
    layout: QTextLayout, first: int, last: int
) -> Iterator[tuple[QTextLine, float, float]]:
    """The parts of lines that `first:last` (UTF-16 units of the paragraph) covers."""
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        begin, end = line.textStart(), line.textStart() + line.textLength()
        if end <= first:
            continue
        if begin >= last:
            break
        left = line.cursorToX(max(first, begin))[0]
        right = line.cursorToX(min(last, end))[0]
        if last > end:
            # A space at the end of a full line has no width that anybody sees.
            right = min(right, line.naturalTextRect().right())
        yield line, min(left, right), max(left, right)


def _rects(layout: QTextLayout, first: int, last: int) -> Iterator[QRectF]:
    for line, left, right in _spans(layout, first, last):
        yield QRectF(left, line.y() - 2, right - left, line.height() + 5)
