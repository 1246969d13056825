"""Setting a text: its blocks as pieces of a print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QFont, QFontMetricsF

from reader.text.model import Block, BlockKind, Style, Text
from reader.ui.page.decorations import Layer, crossings
from reader.ui.page.pictures import Picture
from reader.ui.page.pieces import Row
from reader.ui.page.tables import cell_option, column_widths
from reader.ui.printing.faces import PaperTypography
from reader.ui.printing.pieces import Column, Figure, Lines, Marked, Piece, Rule, Stack, Stacked
from reader.ui.printing.words import Number, SetWords
from reader.ui.scripts import is_right_to_left
from reader.ui.theme import Theme

_TALLEST = 0.6
"""A picture's height at most, as a share of the page's."""

_TABLE_SIZES = (1.0, 0.85, 0.7, 0.55)
"""A table whose words do not fit beside each other is set smaller, to that share at most."""

_MOST_ROWS = 200
"""Rows of a table that are measured for that."""

FindPicture = Callable[[str], Path | None]
"""The file of a picture that a copy names; None when it has none."""


@dataclass(frozen=True)
class Setting:
    """One text, to be set in one column.

    `height` is that of a page; `numbers` are those in each block, by its index, in
    `number_face`; `find_picture` is None where pictures are told in words.
    """

    text: Text
    typography: PaperTypography
    theme: Theme
    height: float
    number_face: QFont
    numbers: Mapping[int, Sequence[Number]] = field(default_factory=dict)
    layer: Layer = field(default_factory=Layer)
    find_picture: FindPicture | None = None
    ink: str = "text"
    _tables: dict[int, tuple[PaperTypography, list[float]]] = field(default_factory=dict)

    def gap(self, row: Row, before: Row) -> float:
        """The space between two rows."""
        block, above = self.text.blocks[row.block], self.text.blocks[before.block]
        if block is above:
            return 0.0
        return self.typography.gap(above.kind, above.level, block.kind, block.level)

    def keeps(self, row: Row) -> bool:
        """Whether what follows has to begin on the page on which a row ends."""
        return self.text.blocks[row.block].kind is BlockKind.HEADING or row.number == 0

    def piece(self, row: Row) -> Piece:
        """A row, set."""
        block = self.text.blocks[row.block]
        if block.kind is BlockKind.IMAGE:
            return self._picture(row.block, block)
        if block.kind is BlockKind.RULE:
            return Rule(self.typography.column, self.typography, self.theme)
        if block.kind is BlockKind.TABLE:
            return self._cells(row, block)
        style = self.typography.of(block)
        width = self.typography.column - style.left - style.pad
        words = SetWords(
            self.text,
            block,
            block.start,
            block.end,
            self.typography,
            width,
            self.theme,
            self.numbers.get(row.block, ()),
            self.number_face,
        )
        return Lines(
            block,
            style,
            [Column(words, style.pad if words.right_to_left else style.left)],
            self.theme,
            self.typography.column,
            ink=self.ink,
            marked=self._marked(block.start, block.end),
            joined=row.block > 0 and self.text.blocks[row.block - 1].kind is BlockKind.QUOTE,
        )

    def _marked(self, start: int, end: int) -> list[Marked]:
        touching = list(self.layer.touching(start, end))
        return [
            Marked(max(start, first), min(end, last), look)
            for first, last, look in [*touching, *crossings(touching)]
            if first < end and last > start
        ]

    # Tables

    def _cells(self, row: Row, block: Block) -> Piece:
        typography, widths = self._table(row.block, block)
        style = typography.of(block)
        numbers = self.numbers.get(row.block, ())
        cells = block.rows[row.number]
        columns: list[Column] = []
        right = is_right_to_left(self.text.string, block.start, block.end)
        total = sum(widths)
        left = total if right else 0.0
        for cell, width in zip(cells, widths, strict=True):
            words = SetWords(
                self.text,
                block,
                cell.start,
                cell.end,
                typography,
                width - 2 * style.pad,
                self.theme,
                [each for each in numbers if cell.start <= each.position <= cell.end],
                self.number_face,
                Style.BOLD if row.number == 0 else Style.NONE,
                cell_option(cell.align, right),
            )
            left -= width if right else 0.0
            columns.append(Column(words, left + style.pad))
            left += 0.0 if right else width
        marked = self._marked(cells[0].start, cells[-1].end) if cells else []
        head = row.number == 0
        lines = Lines(block, style, columns, self.theme, total, marked=marked, head=head)
        # A table that reads from the right stands at the right.
        return Stack([Stacked(lines)], typography.column - total) if right else lines

    def _table(self, index: int, block: Block) -> tuple[PaperTypography, list[float]]:
        """The typography of a table, and the widths of its columns."""
        if index not in self._tables:
            for share in _TABLE_SIZES:
                typography = self.typography if share == 1.0 else self.typography.smaller(share)
                metrics = QFontMetricsF(typography.font(block.kind, 0, Style.BOLD))
                padding = 2 * typography.of(block).pad
                if self._least(block, metrics, padding) <= typography.column:
                    break
            widths = column_widths(
                self.text.string, block.rows, metrics, typography.column, padding
            )
            self._tables[index] = typography, widths
        return self._tables[index]

    def _least(self, block: Block, metrics: QFontMetricsF, padding: float) -> float:
        """How wide a table has to be for no word to be broken."""
        least = [padding] * len(block.rows[0])
        for row in block.rows[:_MOST_ROWS]:
            for column, cell in enumerate(row):
                words = self.text.string[cell.start : cell.end].split()
                longest = metrics.horizontalAdvance(max(words, key=len, default=""))
                least[column] = max(least[column], longest + padding)
        return sum(least)

    # Pictures

    def _picture(self, index: int, block: Block) -> Piece:
        numbers = self.numbers.get(index, ())
        path = self.find_picture(block.source) if self.find_picture is not None else None
        size = Picture(path).size
        pieces: list[Stacked] = []
        if path is not None and not size.isEmpty():
            figure = Figure(
                path,
                self.typography.column,
                _TALLEST * self.height,
                self.typography.scale,
                self.number_face,
                self.theme,
                numbers,
                [mark.look for mark in self._marked(block.start, block.end)],
            )
            pieces.append(Stacked(figure))
            numbers = ()
        else:
            pieces.append(Stacked(self._caption(f"[{block.alt or block.source}]", numbers)))
        if block.caption:
            gap = 0.4 * self.typography.of(block).before
            pieces.append(Stacked(self._caption(block.caption), gap, joined=True))
        return Stack(pieces)

    def _caption(self, words: str, numbers: Sequence[Number] = ()) -> Piece:
        typography = self.typography.smaller(0.85)
        text = words_as_text(words)
        block = text.blocks[0]
        style = typography.of(block)
        at_end = [Number(len(words), number.note, number.role) for number in numbers]
        lines = SetWords(
            text,
            block,
            0,
            len(words),
            typography,
            typography.column,
            self.theme,
            at_end,
            self.number_face,
            Style.ITALIC,
            cell_option("center", False),
        )
        return Lines(block, style, [Column(lines)], self.theme, typography.column, ink="muted")


def words_as_text(words: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> Text:
    """Words as a text of one block."""
    return Text(words, (Block(kind, 0, len(words), level),))
