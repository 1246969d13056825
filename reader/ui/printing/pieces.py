"""Pieces of a print: one block of a text, or a whole note, set and ready to be drawn in parts.

A piece knows its slots (see `breaking`) and draws any run of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from reader.text.model import Block, BlockKind
from reader.ui.page.decorations import Look
from reader.ui.page.painting import STRIP
from reader.ui.page.pictures import Picture
from reader.ui.page.typography import BODY, BlockStyle, Typography
from reader.ui.printing.breaking import Slot
from reader.ui.printing.sheet import points
from reader.ui.printing.words import Number, SetWords
from reader.ui.theme import Theme

HAIR, FINE, BOLD = points(0.5), points(0.75), points(1.5)
"""Lines, by what they are for: to divide, to underline a table's head, to mark."""


_SHORT_ROW = 12
"""Lines of a table's row that no page divides."""


class Piece(Protocol):
    """What can be printed."""

    @property
    def slots(self) -> Sequence[Slot]:
        """From top to bottom; the first begins at 0."""
        ...

    def notes(self) -> list[tuple[int, int]]:
        """The notes whose numbers stand in it, as (slot, note)."""
        ...

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        """Draw the slots `first:last` from `at` down; `above` is the space above them."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """Words in a piece; `left` is where they begin."""

    words: SetWords
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """`start:end` (code points) of the text, and how it looks."""

    start: int
    end: int
    look: Look


class Lines:
    """A block of words; or a row of a table, whose cells go on side by side."""

    def __init__(
        self,
        block: Block,
        style: BlockStyle,
        columns: Sequence[Column],
        theme: Theme,
        width: float,
        ink: str = "text",
        marked: Sequence[Marked] = (),
        head: bool = False,
        joined: bool = False,
    ) -> None:
        """`ink` is the role of the words' colour; `head`: a table's first row; `joined`: the
        bars of a quote go on from the piece above."""
        self._block, self._style, self._columns = block, style, columns
        self._theme, self._width, self._ink = theme, width, ink
        self._marked, self._head, self._joined = marked, head, joined
        self.slots = self._slots()

    @property
    def _right(self) -> bool:
        """Whether its lines begin at the right."""
        return any(column.words.right_to_left for column in self._columns)

    def _slots(self) -> list[Slot]:
        count = max([1, *(column.words.count for column in self._columns)])
        kind = self._block.kind
        whole = kind is BlockKind.HEADING or (kind is BlockKind.TABLE and count <= _SHORT_ROW)
        slots, top = [], 0.0
        for line in range(count):
            beside = [column.words for column in self._columns if line < column.words.count]
            bottom = top + max([self._style.line, *(words.height(line) for words in beside)])
            bottom += self._style.pad * ((line == 0) + (line == count - 1))
            # Neither the first line alone stays behind, nor does the last go on alone.
            breaks = line == 0 or not (whole or line == 1 or line == count - 1)
            slots.append(Slot(top, bottom, breaks))
            top = bottom
        return slots

    def notes(self) -> list[tuple[int, int]]:
        return [found for column in self._columns for found in column.words.notes()]

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        height = self.slots[last - 1].bottom - self.slots[first].top
        area = QRectF(at.x(), at.y(), self._width, height)
        self._draw_ground(painter, area, first, last, above)
        for column in self._columns:
            shown = range(first, min(last, column.words.count))
            places = {line: self._place(column, line, at, first) for line in shown}
            for line, place in places.items():
                self._draw_behind(painter, column.words, line, place)
            painter.setPen(self._theme.color(self._ink))
            for line, place in places.items():
                column.words.layout.lineAt(line).draw(painter, place)
            for line, place in places.items():
                self._draw_below(painter, column.words, line, place)

    @cached_property
    def _looks(self) -> dict[tuple[SetWords, int], list[tuple[Look, QRectF]]]:
        """What decorates each line, and where: a block can be a whole book."""
        found: dict[tuple[SetWords, int], list[tuple[Look, QRectF]]] = defaultdict(list)
        for column in self._columns:
            words = column.words
            for mark in self._marked:
                for line, rect in words.rects(mark.start, mark.end):
                    found[words, line].append((mark.look, rect))
        return found

    def _place(self, column: Column, line: int, at: QPointF, first: int) -> QPointF:
        slot, pad = self.slots[line], self._style.pad
        top = slot.top + (pad if line == 0 else 0)
        bottom = slot.bottom - (pad if line == len(self.slots) - 1 else 0)
        place = column.words.place(line, top - self.slots[first].top, bottom - top)
        return at + QPointF(column.left, 0) + place

    def _draw_behind(self, painter: QPainter, words: SetWords, line: int, place: QPointF) -> None:
        for look, rect in self._looks.get((words, line), ()):
            if look.fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.fill)
                painter.drawRect(rect.translated(place))
            if look.strip is not None:
                strip = rect.translated(place)
                strip.setTop(strip.bottom() - STRIP * strip.height())
                painter.fillRect(strip, look.strip)
            if look.flag is not None:
                self._draw_flag(painter, words, line, place, look.flag)

    def _draw_below(self, painter: QPainter, words: SetWords, line: int, place: QPointF) -> None:
        for look, rect in self._looks.get((words, line), ()):
            if look.line is not None:
                set_line = words.layout.lineAt(line)
                y = QPointF(0, set_line.y() + 1.16 * set_line.ascent())
                painter.setPen(QPen(look.line, BOLD))
                left, right = QPointF(rect.left(), 0), QPointF(rect.right(), 0)
                painter.drawLine(left + y + place, right + y + place)

    def _draw_flag(
        self, painter: QPainter, words: SetWords, line: int, place: QPointF, color: QColor
    ) -> None:
        """A ribbon left of the column, level with the line."""
        set_line = words.layout.lineAt(line)
        size = 0.5 * set_line.ascent()
        left, top = place.x() - 2.2 * size, place.y() + set_line.y() + 0.2 * set_line.ascent()
        corners = ((0, 0), (1, 0), (1, 1.6), (0.5, 1.1), (0, 1.6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(
            QPolygonF([QPointF(left + x * size, top + y * size) for x, y in corners])
        )

    def _draw_ground(
        self, painter: QPainter, area: QRectF, first: int, last: int, above: float
    ) -> None:
        kind, theme = self._block.kind, self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        if kind is BlockKind.CODE:
            painter.setBrush(theme.color("code"))
            painter.drawRect(area)
        elif kind is BlockKind.QUOTE:
            painter.setBrush(theme.color("rule"))
            top = area.top() - (above if self._joined else 0)
            depth = max(1, self._block.level)
            for step in range(depth):
                inside = step * self._style.left / depth
                left = area.right() - inside - BOLD if self._right else area.left() + inside
                painter.drawRect(QRectF(left, top, BOLD, area.bottom() - top))
        elif kind is BlockKind.LIST_ITEM and first == 0 and self._block.marker:
            self._draw_marker(painter, area)
        elif kind is BlockKind.TABLE and last == len(self.slots):
            painter.setPen(QPen(theme.color("muted" if self._head else "rule"), self._rule))
            painter.drawLine(area.bottomLeft(), area.bottomRight())

    @property
    def _rule(self) -> float:
        return FINE if self._head else HAIR

    def _draw_marker(self, painter: QPainter, area: QRectF) -> None:
        metrics = QFontMetricsF(self._style.font)
        step = self._style.left / max(1, self._block.level)
        inside = self._style.left - step * 0.32
        width = metrics.horizontalAdvance(self._block.marker)
        x = max(area.left(), area.left() + inside - width)
        if self._right:
            x = min(area.right() - width, area.right() - inside)
        baseline = area.top() + (self._style.line - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(self._style.font)
        painter.setPen(self._theme.color("muted"))
        sides = Qt.LayoutDirection
        painter.setLayoutDirection(sides.RightToLeft if self._right else sides.LeftToRight)
        painter.drawText(QPointF(x, baseline), self._block.marker)
        painter.setLayoutDirection(sides.LeftToRight)


class Figure:
    """A picture in the middle of its column; a number of a note stands beside it.

    The picture is read each time that it is drawn: a book of them would not fit in memory.
    """

    def __init__(
        self,
        path: Path,
        column: float,
        tallest: float,
        scale: float,
        font: QFont,
        theme: Theme,
        numbers: Sequence[Number] = (),
        looks: Sequence[Look] = (),
    ) -> None:
        """`scale` is how many units a pixel of the picture has at its own size."""
        self._path, self._column, self._theme = path, column, theme
        self._font, self._numbers, self._looks = font, numbers, looks
        self._size = QSizeF(Picture(path).fitted(column / scale, tallest / scale) * scale)
        self.slots = [Slot(0.0, max(1.0, self._size.height()))]

    def notes(self) -> list[tuple[int, int]]:
        return [(0, number.note) for number in self._numbers]

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        rect = QRectF(at, self._size)
        rect.moveLeft(at.x() + (self._column - rect.width()) / 2)
        Picture(self._path).draw(painter, rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for look in self._looks:
            if color := look.fill or look.line:
                painter.setPen(QPen(color, 2 * BOLD))
                painter.drawRect(rect.adjusted(-BOLD, -BOLD, BOLD, BOLD))
        painter.setFont(self._font)
        x = rect.right() + 0.1 * self._font.pixelSize()
        for number in self._numbers:
            painter.setPen(self._theme.color(number.role))
            painter.drawText(QPointF(x, rect.top() + self._font.pixelSize()), str(number.note))
            x += QFontMetricsF(self._font).horizontalAdvance(f"{number.note} ")


class Rule:
    """A short line between two sections."""

    def __init__(self, column: float, typography: Typography, theme: Theme) -> None:
        self._column, self._theme = column, theme
        self._length = 5 * BODY * typography.scale
        self.slots = [Slot(0.0, typography.style(BlockKind.RULE, 0).line)]

    def notes(self) -> list[tuple[int, int]]:
        return []

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        middle = at + QPointF(self._column / 2, self.slots[0].bottom / 2)
        half = QPointF(self._length / 2, 0)
        painter.setPen(QPen(self._theme.color("rule"), FINE))
        painter.drawLine(middle - half, middle + half)


@dataclass(frozen=True, slots=True)
class Stacked:
    """A piece of a stack, `gap` below the one before; `joined` to it: no page parts them."""

    piece: Piece
    gap: float = 0.0
    joined: bool = False


class Stack:
    """Pieces below each other."""

    def __init__(self, pieces: Sequence[Stacked], indent: float = 0.0) -> None:
        self._pieces, self._indent = pieces, indent
        self.slots: list[Slot] = []
        self._firsts: list[int] = []
        self._tops: list[float] = []
        y = 0.0
        for index, each in enumerate(pieces):
            y += each.gap if index else 0.0
            self._firsts.append(len(self.slots))
            self._tops.append(y)
            for number, slot in enumerate(each.piece.slots):
                breaks = slot.breaks and not (each.joined and number == 0)
                self.slots.append(Slot(y + slot.top, y + slot.bottom, breaks))
            y = self.slots[-1].bottom

    def notes(self) -> list[tuple[int, int]]:
        return [
            (first + slot, note)
            for first, each in zip(self._firsts, self._pieces, strict=True)
            for slot, note in each.piece.notes()
        ]

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        top = self.slots[first].top
        for begin, y, each in zip(self._firsts, self._tops, self._pieces, strict=True):
            piece = each.piece
            here, there = max(first, begin), min(last, begin + len(piece.slots))
            if here < there:
                inside = y + piece.slots[here - begin].top - top
                place = at + QPointF(self._indent, inside)
                piece.draw(
                    painter, place, here - begin, there - begin, each.gap if begin > first else 0.0
                )


class Note(Stack):
    """A note beside a stripe of its colour, with its number; 0 is not shown."""

    def __init__(
        self,
        pieces: Sequence[Stacked],
        indent: float,
        number: int,
        font: QFont,
        color: QColor,
    ) -> None:
        super().__init__(pieces, indent)
        self._number, self._font, self._color = number, font, color

    def draw(self, painter: QPainter, at: QPointF, first: int, last: int, above: float) -> None:
        height = self.slots[last - 1].bottom - self.slots[first].top
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRect(QRectF(at.x(), at.y(), BOLD, height))
        if first == 0 and self._number:
            self._draw_number(painter, at)
        super().draw(painter, at, first, last, above)

    def _draw_number(self, painter: QPainter, at: QPointF) -> None:
        metrics, words = QFontMetricsF(self._font), str(self._number)
        room = self.slots[0].bottom - self.slots[0].top
        baseline = at.y() + (room - metrics.height()) / 2 + metrics.ascent()
        right = at.x() + self._indent - 0.35 * self._font.pixelSize()
        painter.setFont(self._font)
        painter.setPen(self._color)
        painter.drawText(QPointF(right - metrics.horizontalAdvance(words), baseline), words)
