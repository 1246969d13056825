"""How the blocks of a text are set: faces, sizes and spaces, all scaled together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF

from reader.text.model import Block, BlockKind, Style
from reader.ui.fonts import Faces
from reader.ui.page.composition import Composition

BODY = 18.5
"""Pixels of the body face at 100 %."""

MEASURE = 634
"""Pixels of a full line at 100 %: about 66 characters of the body face."""

_HEADINGS = {1: 1.72, 2: 1.18, 3: 1.05, 4: 1.0, 5: 1.0, 6: 1.0}


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """One kind of block. All lengths are pixels.

    `before` and `after` collapse with the neighbour's: the larger one counts.
    `left` is the indent of the words; `pad` surrounds them inside a ground.
    """

    font: QFont
    line: float
    before: float
    after: float
    left: float = 0.0
    pad: float = 0.0
    muted: bool = False


class Typography:
    """The styles at one scale (1.0 is 100 %), in a column of at most `room` pixels."""

    def __init__(
        self, faces: Faces, scale: float, room: int, composition: Composition | None = None
    ) -> None:
        self.composition = composition or Composition()
        self.scale = scale
        self.column = column_width(scale, room, self.composition.width(faces))
        self._faces = self.composition.faces(faces)
        self.style = cache(self._style)
        self.font = cache(self._font)
        self.letters = cache(self._letters)
        self.gap = cache(self._gap)

    def of(self, block: Block) -> BlockStyle:
        """The style of a block."""
        return self.style(block.kind, block.level)

    def _style(self, kind: BlockKind, level: int) -> BlockStyle:
        style, wishes = self._usual_style(kind, level), self.composition
        return replace(
            style,
            line=max(1, round(style.line * wishes.lines)),
            before=style.before * wishes.paragraphs,
            after=style.after * wishes.paragraphs,
        )

    def _usual_style(self, kind: BlockKind, level: int) -> BlockStyle:
        size = BODY * self.scale
        line = round(size * 1.58)
        if kind is BlockKind.HEADING:
            share = _HEADINGS.get(level, 1.0)
            font = self._serif(size * share, bold=True, italic=level >= 4)
            return BlockStyle(
                font,
                round(size * share * 1.32),
                before=size * (1.8 if level > 1 else 1),
                after=size * 0.3 * share,
            )
        body = self._serif(size)
        if kind is BlockKind.LIST_ITEM:
            left = self._indent(size * 1.45, level)
            return BlockStyle(body, line, size * 0.4, size * 0.4, left)
        if kind is BlockKind.QUOTE:
            return BlockStyle(
                self._serif(size, italic=True),
                line,
                size * 0.75,
                size * 0.75,
                left=self._indent(size * 1.3, level),
            )
        if kind is BlockKind.CODE:
            return BlockStyle(
                self._mono(size * 0.82),
                round(size * 1.28),
                size,
                size,
                left=size * 0.8,
                pad=size * 0.6,
            )
        if kind is BlockKind.TABLE:
            return BlockStyle(
                self._serif(size * 0.9), round(size * 1.36), size, size, pad=size * 0.42
            )
        if kind in (BlockKind.IMAGE, BlockKind.RULE):
            return BlockStyle(body, line, size * 0.9, size * 0.9)
        return BlockStyle(body, line, size * 0.75, size * 0.75)

    def _indent(self, step: float, level: int) -> float:
        """Where the words of a level begin: however deep, most of the column is theirs."""
        return min(step * max(1, level), 0.4 * self.column)

    def _font(self, kind: BlockKind, level: int, style: Style) -> QFont:
        """The face of a styled run inside a block."""
        base = self.style(kind, level)
        font = QFont(base.font)
        if style & Style.CODE:
            font = self._mono(base.font.pixelSize() * 0.86)
        if style & Style.BOLD:
            font.setWeight(QFont.Weight.Bold)
        if style & Style.ITALIC:
            font.setItalic(not base.font.italic())
        if style & Style.STRIKE:
            font.setStrikeOut(True)
        return font

    def caption(self) -> QFont:
        """The face of the words below a picture."""
        return self._serif(BODY * self.scale * 0.82, italic=True)

    def _gap(self, above: BlockKind, above_level: int, below: BlockKind, below_level: int) -> float:
        """The space between two blocks: the larger of what either asks for."""
        upper, lower = self.style(above, above_level), self.style(below, below_level)
        if above is below is BlockKind.LIST_ITEM:
            return lower.before
        if below is BlockKind.LIST_ITEM and above is BlockKind.PARAGRAPH:
            return min(lower.before, upper.after)
        if above is BlockKind.HEADING and below is not BlockKind.HEADING:
            return upper.after
        return max(lower.before, upper.after)

    def _letters(self, kind: BlockKind, level: int) -> float:
        """How many average letters a line holds, for guessing how many lines a block takes."""
        style = self.style(kind, level)
        sample = "the quick brown fox jumps over a lazy dog and rests"
        width = QFontMetricsF(style.font).horizontalAdvance(sample) / len(sample)
        return max(1.0, (self.column - style.left) / width)

    def _serif(self, size: float, bold: bool = False, italic: bool = False) -> QFont:
        font = QFont(self._faces.text)
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setItalic(italic)
        return self.composition.spaced(font)

    def _mono(self, size: float) -> QFont:
        font = QFont(self._faces.code)
        font.setPixelSize(max(1, round(size)))
        return self.composition.spaced(font)


def column_width(scale: float, room: int, width: float = 1.0) -> int:
    """Pixels of the column at a scale: the measure, or less where there is less room.

    `width` is a share of the measure (see `Composition.width`).
    """
    return max(120, min(round(MEASURE * scale * width), room))
