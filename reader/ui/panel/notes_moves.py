"""Where the rows of the page of notes are after a change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from operator import eq

from reader.ui.changes import changed
from reader.ui.panel.notes_groups import Key, Row


class Moves:
    """Leads from the places of rows before a change to their places after it."""

    def __init__(self, before: Sequence[Row], now: Sequence[Row]) -> None:
        self._before, self._now = before, now

    @cached_property
    def _change(self) -> tuple[int, int, int]:
        return changed(self._before, self._now, eq)

    @cached_property
    def _places(self) -> dict[tuple[Key, str], int]:
        """Where those rows stand now, by their keys, that are others than before."""
        first, _, come = self._change
        return {self._now[place].key: place for place in range(first, first + come)}

    def of(self, place: int) -> int | None:
        """Where the mark of a row stands now, if need be in another group."""
        row = self._before[place]
        if (now := self._same(place)) is not None or row.entry is None:
            return now
        wanted = row.entry.mark.id
        marks = ((n, each.entry) for n, each in enumerate(self._now))
        return next((n for n, entry in marks if entry and entry.mark.id == wanted), None)

    def near(self, place: int, *, headings: bool = False) -> int | None:
        """Where the row is now that stood there, or the nearest after it, or else before it."""
        rows = chain(range(place, len(self._before)), range(place - 1, -1, -1))
        found = (self._same(n) for n in rows if headings or self._before[n].entry is not None)
        return next((now for now in found if now is not None), None)

    def _same(self, place: int) -> int | None:
        first, gone, come = self._change
        if place < first:
            return place
        if place >= first + gone:
            return place - gone + come
        return self._places.get(self._before[place].key)
