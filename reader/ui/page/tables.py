"""How wide the columns of a table are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextOption

from reader.text.model import Cell, Run, Style

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}

_MOST_ROWS = 200
"""Rows that are measured; the rest of a very long table fits as well as it does."""


def column_widths(
    string: str,
    rows: Sequence[Sequence[Cell]],
    metrics: QFontMetricsF,
    room: float,
    padding: float,
    code: QFontMetricsF | None = None,
    runs: Sequence[Run] = (),
) -> list[float]:
    """Pixels for each column, together at most `room`.

    Every column gets what its longest word needs before any gets more; what is
    left goes to those with more to say. A cell with code, as its `runs` say, is measured
    as code is set.
    """
    coded = [run.start for run in runs if run.style & Style.CODE] if code else []
    count = len(rows[0]) if rows else 0
    least, wanted = [padding] * count, [padding] * count
    for row in rows[:_MOST_ROWS]:
        for column, cell in enumerate(row):
            words = string[cell.start : cell.end]
            longest = max(words.split(), key=len, default="")
            first = bisect_left(coded, cell.start)
            is_code = first < len(coded) and coded[first] < cell.end
            wide = (code if code and is_code else metrics).horizontalAdvance
            least[column] = max(least[column], wide(longest) + padding)
            wanted[column] = max(wanted[column], wide(words) + padding + 1)
    if sum(wanted) <= room:
        return wanted
    if sum(least) >= room:
        return _fair(least, room)
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def cell_option(align: str, right_to_left: bool) -> QTextOption:
    """How the words of a cell are aligned; those at the left begin at the table's other side."""
    if right_to_left and align == "left":
        align = "right"
    option = QTextOption(_ALIGNMENTS[align])
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


def _fair(wanted: Sequence[float], room: float) -> list[float]:
    """Divide `room`: who wants less than an equal share gets that, the others share the rest."""
    widths = [0.0] * len(wanted)
    for left, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[column] = min(wanted[column], (room - sum(widths)) / (len(wanted) - left))
    return widths
