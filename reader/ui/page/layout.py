"""The page's layout: rows are laid out when they are needed, the others have guessed heights.

Qt's own layout sets a whole book before its end can be shown. This one sets the
rows in view at once and the rest a few at a time (`lay_some`), so that any text
opens, jumps and changes its size at the speed of one screen.

Coordinates are pixels of the page: x from the left edge of the view, y from the
top of the text. Every QTextLayout stands where it is on the page, for that is
where Qt tells a screen reader that its letters are.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from reader.text.model import Block, BlockKind, Style, Text
from reader.ui.page.decorations import Decorations
from reader.ui.page.figures import Figure
from reader.ui.page.heights import Heights
from reader.ui.page.lines import face, format_range, line_at, rects, set_lines, start_option, x_in
from reader.ui.page.pictures import Pictures
from reader.ui.page.pieces import PreparedText, Row
from reader.ui.page.tables import cell_option, column_widths
from reader.ui.page.typography import BlockStyle, Typography
from reader.ui.scripts import is_right_to_left, upright
from reader.ui.theme import Theme

_MOST_KEPT = 600
"""Rows that stay laid out; of the others only the height is kept, which saves memory."""

DrawRow = Callable[[QPainter, int, QAbstractTextDocumentLayout.PaintContext], None]
"""Draws one row that is laid out."""

_EVEN = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)
"""The blocks whose lines may be stretched to an even right edge."""


class PageLayout(QAbstractTextDocumentLayout):
    """Sets one text in one column.

    `grown` is called with a row and the pixels by which its height turned out to
    differ from the guess, so that the view can keep the line that is being read;
    `draw_row` draws (see `painting`).
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
        self.grown: Callable[[int, float], None] = lambda _row, _growth: None
        self.draw_row: DrawRow = lambda _painter, _row, _context: None
        self.paragraphs = prepared.document
        self.offsets = prepared.offsets
        self._pictures = pictures
        self._rows = prepared.rows
        self._first_paragraphs = [row.first for row in self._rows]
        self._row_of_block = self._rows_by_block()
        self._laid: dict[int, QPointF] = {}
        """The rows that are laid out, and where each was when its paragraphs were put there."""
        self._exact = bytearray(len(self._rows))
        self._next_guess = 0
        self._tables: dict[int, list[float]] = {}
        self._figures: dict[int, Figure] = {}
        self.set_typography(typography)
        self.set_theme(theme)

    # What Qt asks for

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """The text never changes; what Qt announces here are formats and page sizes."""

    def documentSize(self) -> QSizeF:
        return QSizeF(self.width, self.text_bottom() + self.bottom)

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
        return QRectF(block.layout().position(), QSizeF(self.typography.column, self._heights[row]))

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:
        if not self._rows:
            return 0
        row = self._heights.at(point.y() - self.top)
        self.ensure(row)
        paragraph = self._paragraph_at(row, point.x())
        layout = paragraph.layout()
        within = point - layout.position()
        line = line_at(layout, within.y())
        if line is None:
            return paragraph.position()
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            inside = line.naturalTextRect().adjusted(-1, -4, 1, 6).contains(within)
            if not inside:
                return -1
            return paragraph.position() + line.xToCursor(
                within.x(), QTextLine.CursorPosition.CursorOnCharacter
            )
        return paragraph.position() + line.xToCursor(within.x())

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip if context.clip.isValid() else QRectF(painter.clipBoundingRect())
        for row in self.rows_between(clip.top(), clip.bottom()):
            self.ensure(row)
            self.draw_row(painter, row, context)

    # What the view asks for

    def set_typography(self, typography: Typography) -> None:
        """Set everything anew in another size or width; all heights are guesses again."""
        self.typography = typography
        # No letter is drawn in it: it is how wide Qt tells a screen reader that they are.
        usual = QFont(typography.style(BlockKind.PARAGRAPH, 0).font)
        usual.setPointSizeF(QFontInfo(usual).pointSizeF())
        self.paragraphs.setDefaultFont(usual)
        self._heights = Heights(self._guesses())
        self._tables.clear()
        self._figures.clear()
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

    def text_bottom(self) -> float:
        """Where the last line ends, in pixels from the top."""
        return self.top + self._heights.total

    def row_top(self, row: int) -> float:
        """Where a row begins, its space above included."""
        return self.top + self._heights.top(row)

    def row_tops(self) -> list[float]:
        """Where every row begins."""
        return self._heights.tops(self.top)

    def row_heights(self) -> Sequence[float]:
        """The height of every row, as it is now; guessed until it is laid out."""
        return self._heights.all()

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
        return max(0, bisect_right(self._starts, position) - 1) if self._rows else -1

    def row_and_share(self, position: int) -> tuple[int, float]:
        """The row in which a code point stands, and which share of its letters is before it."""
        row = self.row_of(position)
        if row < 0:
            return row, 0.0
        start = self._starts[row]
        end = self._starts[row + 1] if row + 1 < len(self._rows) else len(self.text.string)
        return row, min(1.0, max(0.0, (position - start) / max(1, end - start)))

    @cached_property
    def _starts(self) -> list[int]:
        """The code point with which each row begins."""
        blocks = self.text.blocks
        return [
            blocks[row.block].start
            if row.number < 0
            else blocks[row.block].rows[row.number][0].start
            for row in self._rows
        ]

    def row_of_block(self, block: int) -> int:
        """The first row of a block of the text."""
        return self._row_of_block[block]

    def is_laid(self, row: int) -> bool:
        """Whether a row is laid out now."""
        return row in self._laid

    def line_rect(self, position: int) -> QRectF:
        """Where the line with a code point stands; lays its row out."""
        units = self.offsets.to_units(position)
        paragraph = self.paragraphs.findBlock(units)
        row = self.row_of_paragraph(paragraph.blockNumber())
        self.ensure(row)
        layout = paragraph.layout()
        line = layout.lineForTextPosition(units - paragraph.position())
        if not line.isValid():
            return QRectF(self.left, self.row_top(row), 1, self._heights[row])
        return line.rect().translated(layout.position())

    def line_range(self, position: int) -> tuple[int, int]:
        """Where the line with a code point begins and ends (code points); lays its row out."""
        units = self.offsets.to_units(position)
        paragraph = self.paragraphs.findBlock(units)
        self.ensure(self.row_of_paragraph(paragraph.blockNumber()))
        line = paragraph.layout().lineForTextPosition(units - paragraph.position())
        if not line.isValid():
            return position, position
        begin = paragraph.position() + line.textStart()
        points = self.offsets.to_points
        return points(begin), points(begin + line.textLength())

    def x_of(self, units: int, trailing: bool = False) -> float:
        """Where the letter at a UTF-16 unit begins in its line, or with `trailing` ends."""
        paragraph = self.paragraphs.findBlock(units)
        self.ensure(self.row_of_paragraph(paragraph.blockNumber()))
        lines = paragraph.layout()
        within = units - paragraph.position()
        line = lines.lineForTextPosition(within)
        x = x_in(line, within + trailing) if line.isValid() else 0.0
        return lines.position().x() + x

    def range_rects(self, start: int, end: int) -> list[QRectF]:
        """Where the words `start:end` (code points) stand, a rectangle for each line."""
        found: list[QRectF] = []
        units, last = self.offsets.to_units(start), self.offsets.to_units(end)
        paragraph = self.paragraphs.findBlock(units)
        while paragraph.isValid() and paragraph.position() < last:
            row = self.row_of_paragraph(paragraph.blockNumber())
            self.ensure(row)
            origin = paragraph.layout().position()
            begin = paragraph.position()
            found += [
                rect.translated(origin)
                for rect in rects(paragraph.layout(), units - begin, last - begin)
            ]
            paragraph = paragraph.next()
        return found

    def figure(self, block: Block) -> Figure:
        """How an image block's picture and caption are laid out."""
        if block.start not in self._figures:
            self._figures[block.start] = Figure(
                self._pictures[block.source], block, self.typography
            )
        return self._figures[block.start]

    def row(self, number: int) -> Row:
        """What stands in a row."""
        return self._rows[number]

    def block(self, number: int) -> Block:
        """The block of the text to which a row belongs."""
        return self.text.blocks[self._rows[number].block]

    def gap(self, number: int) -> float:
        """The space above a row: the larger of what it and the row before it ask for."""
        if number == 0:
            return 0.0
        block, before = self.block(number), self.block(number - 1)
        if block is before:
            return 0.0
        return self.typography.gap(before.kind, before.level, block.kind, block.level)

    def is_right_to_left(self, block: Block) -> bool:
        """Whether the lines of a block begin at the right."""
        return block.kind is not BlockKind.CODE and is_right_to_left(
            self.text.string, block.start, block.end
        )

    def line_start(self, y: float) -> int:
        """The UTF-16 unit with which the line at a height begins; lays its row out."""
        if not self._rows:
            return 0
        row = self.row_at(y)
        self.ensure(row)
        right = self.is_right_to_left(self.block(row))
        side = self.left + (self.typography.column if right else 0.0)
        paragraph = self._paragraph_at(row, side)
        layout = paragraph.layout()
        line = line_at(layout, y - layout.position().y())
        return paragraph.position() + (line.textStart() if line is not None else 0)

    def table_width(self, number: int) -> float:
        """How wide the table of a laid out row is."""
        return sum(self._tables[self._rows[number].block])

    def ensure(self, row: int) -> None:
        """Lay a row out if it is not, and see that it stands where it is on the page now."""
        if row not in self._laid:
            height = self._lay_out(row, QTextBlock.layout)
            self._laid[row] = QPointF()
            self._measured(row, height)
        self._put(row)

    def lay_some(self, seconds: float) -> bool:
        """Find the true heights of rows for a while; False when all are known.

        The rows of a short text stay laid out; of a book only their heights are kept.
        """
        until = time.perf_counter() + seconds
        while True:
            row = self._exact.find(0, self._next_guess)
            self._next_guess = row
            if row == -1:
                self._next_guess = len(self._rows)
                return False
            if len(self._rows) <= _MOST_KEPT:
                self.ensure(row)
            else:
                self._measured(row, self._lay_out(row, _passing))
            if time.perf_counter() > until:
                return True

    def _measured(self, row: int, height: float) -> None:
        self._exact[row] = 1
        if growth := self._heights.set(row, height):
            self.grown(row, growth)

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

    def _put(self, row: int) -> None:
        here = QPointF(self.left, self.row_top(row))
        moved = here - self._laid[row]
        if moved.isNull():
            return
        self._laid[row] = here
        paragraph = self.paragraphs.findBlockByNumber(self._rows[row].first)
        for _ in range(self._rows[row].cells):
            lines = paragraph.layout()
            lines.setPosition(lines.position() + moved)
            paragraph = paragraph.next()

    def _clear(self, row: int) -> None:
        paragraph = self.paragraphs.findBlockByNumber(self._rows[row].first)
        for _ in range(self._rows[row].cells):
            paragraph.clearLayout()
            paragraph = paragraph.next()

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

    def _lay_out(self, row: int, lines_of: Callable[[QTextBlock], QTextLayout]) -> float:
        """Lay a row's paragraphs out in what `lines_of` gives for each; the row's height."""
        place = self._rows[row]
        block = self.block(row)
        style = self.typography.of(block)
        gap = self.gap(row)
        if block.kind is BlockKind.TABLE:
            return self._lay_out_cells(place, block, style, gap, lines_of)
        paragraph = self.paragraphs.findBlockByNumber(place.first)
        width = self.typography.column - style.left - style.pad
        layout = lines_of(paragraph)
        right = self.is_right_to_left(block)
        layout.setPosition(QPointF(style.pad if right else style.left, gap + style.pad))
        if block.kind is BlockKind.IMAGE:
            height = self.figure(block).height
            set_lines(layout, width, height)
            return gap + height
        layout.setFormats(self._formats(block, block.start, block.end))
        even = block.kind in _EVEN and self.typography.composition.justified
        words = set_lines(layout, width, style.line, start_option(right, even))
        if block.kind is BlockKind.RULE:
            words = style.line
        return gap + words + 2 * style.pad

    def _lay_out_cells(
        self,
        row: Row,
        block: Block,
        style: BlockStyle,
        gap: float,
        lines_of: Callable[[QTextBlock], QTextLayout],
    ) -> float:
        widths = self._tables.get(row.block)
        if widths is None:
            widths = column_widths(
                self.text.string,
                block.rows,
                QFontMetricsF(self.typography.font(block.kind, 0, Style.BOLD)),
                self.typography.column,
                2 * style.pad,
                QFontMetricsF(self.typography.font(block.kind, 0, Style.CODE)),
                block.runs,
            )
            self._tables[row.block] = widths
        paragraph = self.paragraphs.findBlockByNumber(row.first)
        right = self.is_right_to_left(block)
        x, tallest = self.typography.column if right else 0.0, style.line
        for cell, width in zip(block.rows[row.number], widths, strict=True):
            layout = lines_of(paragraph)
            x -= width if right else 0.0
            layout.setPosition(QPointF(x + style.pad, gap + style.pad))
            option = cell_option(cell.align, right)
            extra = Style.BOLD if row.number == 0 else Style.NONE
            layout.setFormats(self._formats(block, cell.start, cell.end, extra))
            tallest = max(
                tallest, set_lines(layout, max(1.0, width - 2 * style.pad), style.line, option)
            )
            x += 0.0 if right else width
            paragraph = paragraph.next()
        return gap + tallest + 2 * style.pad

    def _formats(
        self, block: Block, start: int, end: int, extra: Style = Style.NONE
    ) -> list[QTextLayout.FormatRange]:
        """The faces of `start:end` (code points) of a block, as ranges of its paragraph."""
        origin = self.offsets.to_units(start)
        kind, level = block.kind, block.level
        formats = [
            format_range(
                0,
                self.offsets.to_units(end) - origin,
                face(
                    upright(self.typography.font(kind, level, extra), self.text.string[start:end])
                ),
            )
        ]
        for run in block.runs:
            if run.end <= start or run.start >= end:
                continue
            words = self.text.string[max(start, run.start) : min(end, run.end)]
            look = face(upright(self.typography.font(kind, level, run.style | extra), words))
            if run.href and not run.href.startswith("#"):
                look.setForeground(self._theme.color("link"))
            if run.style & Style.SUPERSCRIPT:
                look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            elif run.style & Style.SUBSCRIPT:
                look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
            begin = self.offsets.to_units(max(start, run.start)) - origin
            length = self.offsets.to_units(min(end, run.end)) - origin - begin
            formats.append(format_range(begin, length, look))
        return formats

    def _paragraph_at(self, row: int, x: float) -> QTextBlock:
        place = self._rows[row]
        paragraph = self.paragraphs.findBlockByNumber(place.first)
        if place.number >= 0:
            # How far a point is from where the table's rows begin.
            inside = x - self.left
            if self.is_right_to_left(self.text.blocks[place.block]):
                inside = self.typography.column - inside
            edge = 0.0
            for width in self._tables[place.block][:-1]:
                edge += width
                if inside < edge:
                    break
                paragraph = paragraph.next()
        return paragraph


def _passing(paragraph: QTextBlock) -> QTextLayout:
    """Lines that are measured and forgotten: a paragraph's own keep some 50 bytes a letter.

    Qt frees those with the paragraph alone, so that a book of three million characters whose
    lines were all measured so would take 150 MB.
    """
    return QTextLayout(paragraph.text(), paragraph.document().defaultFont())
