"""Anchoring: turning a selector into a range of a given text.

Only exact words are looked for so far. The words at their recorded position
with their context come first; then every place where the words stand, scored by
how much of the prefix and suffix stands around it. Where that does not single
out one place, the answer is doubtful: a wrong place is worse than a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.annotations.selectors import Selector

_MOST_PLACES = 10_000
"""More places than this say nothing of where a quote belongs; the rest are not scored."""


class State(StrEnum):
    """How sure an anchor is."""

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a selector belongs: `start:end` in code points, None when orphaned.

    `confidence` runs from 0 (orphaned) to 1 (the very words in their context).
    """

    state: State
    start: int | None = None
    end: int | None = None
    confidence: float = 0.0


ORPHAN = Anchor(State.ORPHANED)


def anchor(text: str, selector: Selector) -> Anchor:
    """Find where `selector` belongs in the canonical string `text`."""
    exact, start = selector.exact, selector.start
    if not exact:
        return ORPHAN
    wanted = len(selector.prefix) + len(selector.suffix)
    if (
        start is not None
        and start >= 0
        and text.startswith(exact, start)
        and _context(text, start, selector) == wanted
    ):
        return Anchor(State.EXACT, start, start + len(exact), 1.0)
    places = _places(text, exact)
    if not places:
        return ORPHAN
    scores = [_context(text, place, selector) for place in places]
    best = max(scores)
    candidates = [place for place, score in zip(places, scores, strict=True) if score == best]
    place = candidates[0] if start is None else min(candidates, key=lambda p: abs(p - start))
    if len(candidates) > 1 or len(places) == _MOST_PLACES:
        # Only the distance tells them apart, or there are places that nobody looked at:
        # this one is a guess.
        return Anchor(State.DOUBTFUL, place, place + len(exact), 0.5 / len(candidates))
    share = best / wanted if wanted else 1.0
    if share < 0.25:
        # The only place with the words, but almost nothing of what stood around them.
        return Anchor(State.DOUBTFUL, place, place + len(exact), 0.5)
    unmoved = share == 1.0 and (start is None or place == start)
    state = State.EXACT if unmoved else State.MOVED
    return Anchor(state, place, place + len(exact), 0.75 + share / 4)


def _places(text: str, exact: str) -> list[int]:
    places: list[int] = []
    place = text.find(exact)
    while place != -1 and len(places) < _MOST_PLACES:
        places.append(place)
        place = text.find(exact, place + 1)
    return places


def _context(text: str, start: int, selector: Selector) -> int:
    """How many code points of the prefix and suffix stand around the quote at `start`."""
    prefix, suffix = selector.prefix, selector.suffix
    before = text[max(0, start - len(prefix)) : start]
    end = start + len(selector.exact)
    after = text[end : end + len(suffix)]
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
