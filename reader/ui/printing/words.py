"""Words of a block set as lines, with the numbers of notes among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextOption

from reader.text.model import Block, BlockKind, Run, Style, Text
from reader.ui.page.lines import face, format_range, rects, set_lines, spans, start_option
from reader.ui.page.offsets import Offsets
from reader.ui.page.typography import Typography
from reader.ui.scripts import is_right_to_left, upright
from reader.ui.theme import Theme

_TAB = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A note's number behind the words that end at `position` (code points).

    `note` is the number itself, `role` the theme's role of its colour.
    """

    position: int
    note: int
    role: str


class SetWords:
    """`start:end` (code points) of a block, laid out in one column of a width."""

    def __init__(
        self,
        text: Text,
        block: Block,
        start: int,
        end: int,
        typography: Typography,
        width: float,
        theme: Theme,
        numbers: Sequence[Number] = (),
        face_of_numbers: QFont | None = None,
        extra: Style = Style.NONE,
        option: QTextOption | None = None,
    ) -> None:
        """The face of numbers is set smaller, as a superscript is."""
        self._start = start
        self._numbers = sorted(numbers, key=lambda number: number.position)
        self._inserts = _inserts(self._numbers)
        self._positions = [number.position for number in self._numbers]
        self._lengths = [0, *accumulate(len(words) for words in self._inserts)]
        string = self._with_numbers(text.string[start:end])
        if block.kind is BlockKind.CODE:
            string = string.replace("\n", "\u2028")
        self._offsets = Offsets(string)
        self.layout = QTextLayout(string)
        base = typography.font(block.kind, block.level, extra)
        plain = face(upright(base, string))
        formats = [format_range(0, self._offsets.to_units(len(string)), plain)]
        for run in block.runs:
            first, last = max(run.start, start), min(run.end, end)
            if first < last:
                font = typography.font(block.kind, block.level, run.style | extra)
                font = upright(font, text.string[first:last])
                formats.append(self._format(first, last, _look(run, font, theme)))
        for index, number in enumerate(self._numbers):
            formats.append(self._number_format(index, number, face_of_numbers or base, theme))
        self.layout.setFormats(formats)
        self.right_to_left = block.kind is not BlockKind.CODE and is_right_to_left(
            text.string, block.start, block.end
        )
        option = option or start_option(self.right_to_left)
        option.setTabStopDistance(_TAB * base.pixelSize() / 2)
        self.line_height = typography.style(block.kind, block.level).line
        set_lines(self.layout, max(1.0, width), self.line_height, option)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self.layout.lineCount()

    def height(self, line: int) -> float:
        """How much room a line takes."""
        return max(self.line_height, self.layout.lineAt(line).height())

    def notes(self) -> list[tuple[int, int]]:
        """The lines in which numbers stand, as (line, number)."""
        found = []
        for index, number in enumerate(self._numbers):
            units = self._offsets.to_units(self._local(index) + len(self._inserts[index]) - 1)
            line = self.layout.lineForTextPosition(units)
            found.append((line.lineNumber() if line.isValid() else 0, number.note))
        return found

    def place(self, line: int, top: float, room: float) -> QPointF:
        """Where the layout's origin is when a line stands in the middle of `room` below `top`."""
        set_line = self.layout.lineAt(line)
        return QPointF(0, top + (room - set_line.height()) / 2 - set_line.y())

    def rects(self, start: int, end: int) -> list[tuple[int, QRectF]]:
        """The rectangles behind `start:end` (code points of the text), as (line, rectangle)."""
        first, last = self._units(start, True), self._units(end, False)
        lines = (line.lineNumber() for line, _, _ in spans(self.layout, first, last))
        return list(zip(lines, rects(self.layout, first, last), strict=True))

    # Positions: code points of the text, and UTF-16 units of what is laid out

    def _units(self, position: int, behind: bool) -> int:
        """The unit of a code point; `behind` the numbers that stand right before it, or not."""
        count = (bisect_right if behind else bisect_left)(self._positions, position)
        local = position - self._start + self._lengths[count]
        return self._offsets.to_units(max(0, local))

    def _local(self, index: int) -> int:
        """Where a number begins, in code points of what is laid out."""
        return self._positions[index] - self._start + self._lengths[index]

    def _with_numbers(self, words: str) -> str:
        parts, at = [], 0
        for number, insert in zip(self._numbers, self._inserts, strict=True):
            here = number.position - self._start
            parts += [words[at:here], insert]
            at = here
        return "".join([*parts, words[at:]])

    def _format(self, start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
        first = self._units(start, True)
        return format_range(first, self._units(end, False) - first, look)

    def _number_format(
        self, index: int, number: Number, font: QFont, theme: Theme
    ) -> QTextLayout.FormatRange:
        look = face(font)
        look.setForeground(theme.color(number.role))
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        first = self._offsets.to_units(self._local(index))
        return format_range(first, len(self._inserts[index]), look)


def _inserts(numbers: Sequence[Number]) -> list[str]:
    """What is set for each number: those that stand together are kept apart by a comma."""
    inserts, before = [], -1
    for number in numbers:
        comma = "," if number.position == before else ""
        inserts.append(f"{comma}{number.note}")
        before = number.position
    return inserts


def _look(run: Run, font: QFont, theme: Theme) -> QTextCharFormat:
    look = face(font)
    if run.href and not run.href.startswith("#"):
        look.setForeground(theme.color("link"))
    if run.style & Style.SUPERSCRIPT:
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif run.style & Style.SUBSCRIPT:
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    return look
