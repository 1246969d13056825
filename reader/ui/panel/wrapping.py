"""Titles in a narrow column: at most two lines, then an ellipsis."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

MOST_LINES = 2
_MOST_REMEMBERED = 4096


class Broken(NamedTuple):
    """A title as lines; `cut` when some of it did not fit."""

    lines: tuple[str, ...]
    cut: bool


class Wrapping:
    """Breaks titles set in one font, and remembers how."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self.metrics = QFontMetricsF(font)
        self._known: dict[tuple[str, int, int], Broken] = {}
        self._widths: dict[str, float] = {}

    def broken(self, title: str, width: int, most: int = MOST_LINES) -> Broken:
        """`title` in lines of at most `width` pixels."""
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        key = (title, width, most)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._break(title, width, most)
        return known

    def lines(self, title: str, width: int, most: int = MOST_LINES) -> int:
        """How many lines it is broken into, one or two, without breaking it."""
        return 1 if most == 1 or self._width(title) <= width else MOST_LINES

    def _width(self, title: str) -> float:
        if len(self._widths) > _MOST_REMEMBERED:
            self._widths.clear()
        width = self._widths.get(title)
        if width is None:
            width = self._widths[title] = self.metrics.horizontalAdvance(title)
        return width

    def _break(self, title: str, width: int, most: int) -> Broken:
        if self._width(title) <= width:
            return Broken((title,), False)
        # Qt counts UTF-16 units: the words are taken out of that form.
        units = title.encode("utf-16-le", "surrogatepass")
        layout = QTextLayout(title, self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        start = 0
        layout.beginLayout()
        while len(lines) < most - 1 and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            end = line.textStart() + line.textLength()
            lines.append(_words(units[2 * start : 2 * end]))
            start = end
        layout.endLayout()
        rest = _words(units[2 * start :])
        last = self.metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return Broken((*lines, last) if rest else tuple(lines), last != rest)


def _words(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass").rstrip()
