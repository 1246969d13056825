"""Several places of a string replaced at once."""

from __future__ import annotations

from collections.abc import Iterable


def replaced(source: str, cuts: Iterable[tuple[int, int, str]]) -> str:
    """`source` with other words at some places, none of which overlap: (start, end, words)."""
    pieces: list[str] = []
    place = 0
    for start, end, instead in sorted(cuts):
        pieces += (source[place:start], instead)
        place = end
    return "".join((*pieces, source[place:]))
