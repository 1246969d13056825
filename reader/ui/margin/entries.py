"""The cards that have a place in the text, be there ten thousand: where their words stand.

What is asked for all of them is worked out for all at once, step by step.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter, gt

from reader.annotations.model import Annotation, Kind
from reader.annotations.placing import PlacedMark
from reader.ui.layers import LayerMark
from reader.ui.margin.placement import DRIFT, Wishes

LIFT = 9
"""Pixels by which a card stands above its line, so that its first line is level with it."""

PATIENCE = {Kind.FIGURE: 170.0, Kind.EVENT: 140.0, Kind.QUESTION: 110.0}
"""Pixels of drift that a whole card of these kinds is worth: they say most at a glance."""


@dataclass(slots=True, eq=False)
class Entry:
    """A card that has its place: an annotation's, or a mark's, be it somebody else's."""

    name: str
    home: int
    """The code point with which its words begin."""
    annotation: Annotation | None = None
    mark: PlacedMark | None = None
    layer: LayerMark | None = None
    row: int = -1
    share: float = 0.0
    """Which share of its row's letters stands before its words."""
    within: float | None = None
    """Pixels from the top of its row to the line of its words, once that was laid out."""
    guess: int = 0
    """How tall its card may be, until that is measured; 0 when it was not guessed either."""
    drift: float = DRIFT
    """Pixels that other cards may be pushed below their words for it to be whole."""


def between(listed: Sequence[Entry], first: int, last: int) -> Sequence[Entry]:
    """Those in rows `first:last`; `listed` by their homes."""
    row = attrgetter("row")
    return listed[bisect_left(listed, first, key=row) : bisect_left(listed, last, key=row)]


def moved(listed: Sequence[Entry], entry: Entry, home: int) -> list[Entry]:
    """The same, by their homes, with one at another home."""
    others = [each for each in listed if each is not entry]
    others.insert(bisect_right(others, home, key=attrgetter("home")), entry)
    return others


def lines_of(
    listed: Sequence[Entry], tops: Sequence[float], heights: Sequence[float], line: float
) -> list[float]:
    """The heights at which cards want to stand (pixels), guessed where no line is known.

    `tops` and `heights` are those of the rows, and `line` that of a usual line.
    """
    return [
        tops[each.row]
        + (each.share * (heights[each.row] - line) if each.within is None else each.within)
        - LIFT
        for each in listed
    ]


def in_order(listed: list[Entry], lines: list[float]) -> tuple[list[Entry], list[float]]:
    """Both by the lines, none of which is above the text."""
    if any(map(gt, lines, islice(lines, 1, None))):
        # Cells stand beside each other, and some lines are guesses.
        order = sorted(range(len(lines)), key=lines.__getitem__)
        listed, lines = [listed[index] for index in order], [lines[index] for index in order]
    if lines and lines[0] < 0:
        lines = [max(0.0, line) for line in lines]
    return listed, lines


def wishes_of(
    listed: Sequence[Entry], lines: list[float], measured: Mapping[str, int], short: float
) -> Wishes:
    """What cards want whose heights were `measured`, or else guessed (pixels).

    The reader's own notes are always whole, all others `short` where words crowd.
    """
    wholes = [float(measured.get(each.name) or each.guess) for each in listed]
    pairs = zip(listed, wholes, strict=True)
    shorts = [short if each.mark is None else whole for each, whole in pairs]
    return Wishes(lines, wholes, shorts, [each.drift for each in listed])


def guessed_height(entry: Entry, line: float, letters: float) -> int:
    """How tall a card may be in lines of so many `letters`, each `line` pixels high."""
    placed = entry.layer.placed if entry.layer else entry.mark
    if placed is not None:
        note = placed.mark.note
        return round(24 + (len(note) / letters + note.count("\n") + 3.5) * line)
    annotation = entry.annotation
    assert annotation is not None
    lines = len(annotation.body) / letters + annotation.body.count("\n") + 3.5
    return round(24 + lines * line + (100 if annotation.chart or annotation.image else 0))
