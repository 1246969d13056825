"""Words set on a few lines, some of them on a ground of their own, the last line cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from reader.ui.page.offsets import Offsets

_WIDEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Styled:
    """A range of the words (code points) with a look of its own."""

    start: int
    end: int
    style: QTextCharFormat


class Lines:
    """At most so many lines of at most some width; what does not fit is left out."""

    def __init__(
        self, words: str, font: QFont, width: float, most: int, styles: Sequence[Styled] = ()
    ) -> None:
        self._offsets = Offsets(words)
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._leading = self._metrics.lineSpacing()
        starts, whole = self._break(words, width, most)
        self.cut = not whole
        if self.cut:
            last = self._offsets.to_points(starts[-1])
            rest = self._metrics.elidedText(
                words[last:], Qt.TextElideMode.ElideRight, max(0.0, width)
            )
            words = words[:last] + rest
        self._layout = QTextLayout(words, font)
        self._layout.setFormats([self._range(each) for each in styles])
        # Broken where it was broken, with no line too short for what was put in its place.
        self._layout.beginLayout()
        for number, start in enumerate(starts):
            line = self._layout.createLine()
            if number + 1 < len(starts):
                line.setNumColumns(starts[number + 1] - start, _WIDEST)
            else:
                line.setLineWidth(_WIDEST)
            line.setPosition(QPointF(0, number * self._leading))
        self._layout.endLayout()

    @property
    def height(self) -> float:
        return self._layout.lineCount() * self._leading

    def draw(self, painter: QPainter, place: QPointF) -> None:
        """Draw them in the painter's pen, from `place` downwards."""
        self._layout.draw(painter, place)

    def _range(self, styled: Styled) -> QTextLayout.FormatRange:
        start, end = self._offsets.to_units(styled.start), self._offsets.to_units(styled.end)
        result = QTextLayout.FormatRange()
        result.start, result.length, result.format = start, max(0, end - start), styled.style
        return result

    def _break(self, words: str, width: float, most: int) -> tuple[list[int], bool]:
        """Where the lines start (UTF-16 units), and whether they hold all of the words."""
        if most == 1 and self._metrics.horizontalAdvance(words) <= width:
            return [0], True
        layout = QTextLayout(words, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        starts: list[int] = []
        end = 0
        layout.beginLayout()
        while len(starts) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            starts.append(line.textStart())
            end = line.textStart() + line.textLength()
        layout.endLayout()
        return starts or [0], end >= self._offsets.to_units(len(words))


def on_ground(ground: QColor, ink: QColor) -> QTextCharFormat:
    """A look with a ground."""
    style = QTextCharFormat()
    style.setBackground(ground)
    style.setForeground(ink)
    return style


def underlined(line: QColor) -> QTextCharFormat:
    """A look with a line below."""
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    style.setUnderlineColor(line)
    return style
