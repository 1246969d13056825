"""What is drawn on words besides the words: fills behind them and lines below them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QColor

from reader.annotations.marks import Mark


@dataclass(frozen=True, slots=True)
class Look:
    """How a range looks.

    A fill behind it, a dotted `underline` or a whole `line` below it, a frame around
    it, or a `flag` beside the column where it begins. A `bracket` is a thin line below it
    with its ends turned up. The reader's own are in `lane` 0; what others made has lanes
    from 1 on, beside each other, and its flags are hollow. For who cannot tell colours apart,
    an underline can have the `shape` of its kind, and a fill or a line a `sign` at its end.
    A `strip` is what shows, at the lower edge, of a fill on which another lies. Who does not
    see it is told of the `mark` that it shows, and of its `maker`; empty is the reader. What
    is in `doubt` has a dashed frame and a question mark.
    """

    fill: QColor | None = None
    underline: QColor | None = None
    line: QColor | None = None
    frame: QColor | None = None
    flag: QColor | None = None
    bracket: QColor | None = None
    lane: int = 0
    shape: str = ""
    sign: str = ""
    strip: QColor | None = None
    doubt: QColor | None = None
    mark: Mark | None = None
    maker: str = ""


class Layer:
    """Ranges (code points) with their looks; asked for those that touch a stretch of text.

    Of ranges that begin together the longest comes first, so that the others lie on it.
    """

    def __init__(self, ranges: Sequence[tuple[int, int, Look]] = ()) -> None:
        self._ranges = sorted(ranges, key=lambda entry: (entry[0], -entry[1]))
        self._starts = [entry[0] for entry in self._ranges]
        self._longest = max((end - start for start, end, _ in self._ranges), default=0)

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The ranges that overlap `start:end`, in order."""
        index = bisect_left(self._starts, start - self._longest)
        while index < len(self._ranges) and self._starts[index] < end:
            entry = self._ranges[index]
            if entry[1] > start:
                yield entry
            index += 1


def crossings(entries: Sequence[tuple[int, int, Look]]) -> list[tuple[int, int, Look]]:
    """Strips of the fills that others cover where they cross, given in drawing order."""
    fills = sorted(
        (start, end, order, look.fill)
        for order, (start, end, look) in enumerate(entries)
        if look.fill is not None
    )
    found: list[tuple[int, int, Look]] = []
    open_: list[tuple[int, int, int, QColor]] = []
    for fill in fills:
        open_ = [each for each in open_ if each[1] > fill[0]]
        for each in open_:
            if each[0] < fill[0] and each[1] < fill[1]:
                covered = min(each, fill, key=lambda one: one[2])
                found.append((fill[0], each[1], Look(strip=covered[3])))
        open_.append(fill)
    return found


class EvenLayer:
    """Sorted ranges that all look the same and do not overlap, however many they are."""

    def __init__(self, ranges: Sequence[tuple[int, int]], look: Look) -> None:
        self._ranges = ranges
        self._look = look

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The ranges that overlap `start:end`, in order."""
        index = max(0, bisect_left(self._ranges, (start, start)) - 1)
        while index < len(self._ranges) and self._ranges[index][0] < end:
            if self._ranges[index][1] > start:
                yield (*self._ranges[index], self._look)
            index += 1


class Ranges(Protocol):
    """Ranges that are worked out when they are asked for."""

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """The ranges that overlap `start:end`, in the order in which they are drawn."""


class Decorations:
    """Named layers, drawn in the order in which they were first set."""

    def __init__(self) -> None:
        self._layers: dict[str, Ranges] = {}

    def set(self, name: str, ranges: Sequence[tuple[int, int, Look]] | Ranges) -> None:
        """Replace a layer by ranges."""
        self._layers[name] = Layer(ranges) if isinstance(ranges, Sequence) else ranges

    def touching(self, start: int, end: int) -> list[tuple[int, int, Look]]:
        """All that overlaps `start:end`, in drawing order."""
        return [entry for layer in self._layers.values() for entry in layer.touching(start, end)]
