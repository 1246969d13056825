"""Where new entries go in a notes file: in the order of the text, under their headings.

The entries around them that are in the file already are the guide, wherever
their user has moved them; what he wrote below an entry stays right below it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.exchange.entries import Segment
from reader.exchange.notebook import Entry
from reader.exchange.pieces import Sort
from reader.text.model import Section

Spot = tuple[int, int]
"""A place in a file: the index of a segment, and of the piece there to put something before."""


@dataclass(slots=True)
class Arrivals:
    """What goes into one spot: entries in order, each with the headings to write above it."""

    entries: list[tuple[Entry, tuple[Section, ...]]] = field(default_factory=list)


def spots_for(
    entries: Sequence[Entry],
    new: Sequence[bool],
    where: Mapping[str, int],
    segments: Sequence[Segment],
    heading: Callable[[Section], str],
) -> dict[Spot, Arrivals]:
    """Where the `new` ones of a notebook's entries go.

    `where` has the segments of the entries that are in the file, by the ids of
    their marks; `heading` renders a section's heading.
    """
    finder = _Finder(entries, where, segments, heading)
    spots: dict[Spot, Arrivals] = {}
    for index, entry in enumerate(entries):
        if not new[index]:
            continue
        spot, written = finder.spot(index)
        arrivals = spots.setdefault(spot, Arrivals())
        if arrivals.entries:
            written = max(written, _shared(arrivals.entries[-1][0].path, entry.path))
        arrivals.entries.append((entry, entry.path[written:]))
    return spots


class _Finder:
    def __init__(
        self,
        entries: Sequence[Entry],
        where: Mapping[str, int],
        segments: Sequence[Segment],
        heading: Callable[[Section], str],
    ) -> None:
        self._entries = entries
        self._where = where
        self._segments = segments
        self._heading = heading
        self._tops: dict[int, int | None] = {}
        self._standing = [i for i, entry in enumerate(entries) if entry.mark.id in where]

    def spot(self, index: int) -> tuple[Spot, int]:
        """Where an entry goes, and how many of its headings stand above that place already."""
        path = self._entries[index].path
        rank = bisect_left(self._standing, index)
        before = self._standing[rank - 1] if rank else None
        after = self._standing[rank] if rank < len(self._standing) else None
        shared_before = _shared(self._entries[before].path, path) if before is not None else -1
        shared_after = _shared(self._entries[after].path, path) if after is not None else -1
        if before is None and after is None:
            return self._end(), 0
        if after is not None and shared_after > shared_before:
            segment = self._segment_of(after)
            own = len(self._entries[after].path) - shared_after
            return (segment, self._above(segment, own)), shared_after
        assert before is not None
        start = self._segment_of(before) + 1
        stop = self._segment_of(after) + 1 if after is not None else len(self._segments)
        spot, shared = (start, self._gap_end(start, 0)), shared_before
        # A heading that is there without any of its entries, which its user took out.
        position = (start, 0)
        while shared < len(path):
            found = self._heading_below(position, stop, self._heading(path[shared]))
            if found is None:
                break
            position = (found[0], found[1] + 1)
            spot, shared = (found[0], self._gap_end(*position)), shared + 1
        return spot, shared

    def _segment_of(self, index: int) -> int:
        return self._where[self._entries[index].mark.id]

    def _end(self) -> Spot:
        """The end of the file, above the ledger."""
        last = len(self._segments) - 1
        if last and self._segments[last - 1].end and not self._words(last):
            ledger = self._segments[last - 1].end
            if ledger is not None and ledger.sort is Sort.LEDGER:
                last -= 1
        return last, len(self._segments[last].pieces)

    def _words(self, segment: int) -> bool:
        return any(piece.content for piece in self._segments[segment].pieces)

    def _gap_end(self, segment: int, start: int) -> int:
        """Where what the user wrote from `start` on ends: at a heading, or at an entry's top."""
        pieces = self._segments[segment].pieces
        top = self._top(segment)
        for index in range(start, len(pieces)):
            if index == top or pieces[index].sort is Sort.HEADING:
                return index
        return start if self._segments[segment].marker else len(pieces)

    def _top(self, segment: int) -> int | None:
        """The first piece of the segment's entry that is as it was written."""
        if segment not in self._tops:
            self._tops[segment] = min(self._segments[segment].kept().values(), default=None)
        return self._tops[segment]

    def _above(self, segment: int, own: int) -> int:
        """Above a segment's entry and the last `own` of the headings right above it."""
        pieces = self._segments[segment].pieces
        top = self._top(segment)
        if top is None:
            headings = [i for i, piece in enumerate(pieces) if piece.sort is Sort.HEADING]
            top = headings[-1] + 1 if headings else 0
        index = top
        while index > 0 and own:
            piece = pieces[index - 1]
            if piece.sort is Sort.HEADING:
                own -= 1
                top = index - 1
            elif piece.sort is not Sort.BLANK:
                break
            index -= 1
        return top

    def _heading_below(self, start: Spot, stop: int, words: str) -> Spot | None:
        segment, first = start
        for number in range(segment, min(stop, len(self._segments))):
            for index, piece in enumerate(self._segments[number].pieces):
                if number == segment and index < first:
                    continue
                if piece.sort is Sort.HEADING and piece.text.rstrip() == words:
                    return number, index
        return None


def _shared(one: Sequence[Section], other: Sequence[Section]) -> int:
    """How many headings two paths have in common, from the outermost."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
