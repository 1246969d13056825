"""A sheet of paper: where on it the text, the margin and the foot stand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from reader.ui.page.typography import BODY, MEASURE

RESOLUTION = 600
"""Units of an inch. All lengths of a print are such units: fine enough to round faces to."""

BODY_POINTS = 10.5
"""The body face at its usual size: the measure of some 66 letters is then 127 mm wide."""

_SIDE, _TOP, _BOTTOM, _FOOT = 16.0, 18.0, 22.0, 14.0
_GUTTER = 6.0
_MARGIN_LEAST, _MARGIN_MOST = 45.0, 56.0
_COLUMN_LEAST = 75.0
_LARGEST_EDGE = 0.1


def millimetres(length: float) -> float:
    """A length in units."""
    return length * RESOLUTION / 25.4


def points(length: float) -> float:
    """A length in units."""
    return length * RESOLUTION / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """One size of paper, divided. All lengths are units from its upper left corner.

    `height` is that of the text and of the margin beside it. `margin` is how wide the
    margin is: 0 where the paper is too narrow for one, or nothing is to stand in it.
    """

    left: float
    top: float
    column: float
    height: float
    margin_left: float
    margin: float
    foot: float

    @property
    def right(self) -> float:
        """Where what is printed ends."""
        return max(self.left + self.column, self.margin_left + self.margin)


def divide(size: QSizeF, text_size: float, noted: bool) -> Sheet:
    """Divide paper of a size in points; `noted` tells whether there are notes at all."""
    width, height = points(size.width()), points(size.height())
    side = min(millimetres(_SIDE), width * _LARGEST_EDGE)
    top, bottom, foot = (
        min(millimetres(edge), height * _LARGEST_EDGE * edge / _TOP)
        for edge in (_TOP, _BOTTOM, _FOOT)
    )
    usable = width - 2 * side
    measure = points(BODY_POINTS) / BODY * MEASURE * text_size
    gutter, least = millimetres(_GUTTER), millimetres(_MARGIN_LEAST)
    column, margin = min(measure, usable), 0.0
    if noted and usable - gutter - least >= millimetres(_COLUMN_LEAST):
        column = min(measure, usable - gutter - least)
        margin = min(millimetres(_MARGIN_MOST), usable - gutter - column)
    taken = column + (gutter + margin if margin else 0)
    left = (width - taken) / 2
    return Sheet(
        left=left,
        top=top,
        column=column,
        height=height - top - bottom,
        margin_left=left + column + gutter if margin else left,
        margin=margin,
        foot=height - foot,
    )
