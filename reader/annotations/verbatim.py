"""Verbatim: where a quote stands with all of its context, letter for letter."""

from __future__ import annotations

from reader.annotations.folded import Folded
from reader.annotations.pieces import Index, most_places, pieces_of
from reader.annotations.selectors import Selector

_SOME_CONTEXT = 32
"""Code points of context with which the distance may decide between places."""
_NEARER = 8
"""How many times nearer than the next a place must be then."""


def verbatim_places(
    text: str, folded: Folded | None, index: Index | None, selector: Selector
) -> list[int] | None:
    """Where the quote begins wherever it stands with its context; None if there are too many.

    `index`, if the text was read for one, and what it has read save going through the text.
    """
    whole, before = selector.whole, len(selector.prefix)
    if index and folded:
        pattern = Folded(whole)
        # A mark on its first letter, or after its last, makes another letter of it in the text.
        last = len(pattern.string)
        pieces = pieces_of(pattern.string).items()
        seed = index.rarest({each: at for each, at in pieces if 0 < at < last - len(each)})
        if seed:
            places, offset = seed
            shift = pattern.start(offset)
            starts = (folded.start(place) - shift for place in places)
            return [at + before for at in starts if at >= 0 and text.startswith(whole, at)]
    most = most_places(text)
    found: list[int] = []
    at = text.find(whole)
    while at != -1:
        found.append(at + before)
        if len(found) > most:
            return None
        at = text.find(whole, at + 1)
    return found


def nearest(text: str, selector: Selector, places: list[int] | None) -> int:
    """Which of these places is nearest to the recorded position; None are too many to name."""
    start = max(0, selector.start or 0)
    if places is None:
        whole, before = selector.whole, len(selector.prefix)
        at = max(0, start - before)
        around = (text.rfind(whole, 0, at + len(whole)), text.find(whole, at))
        places = [place + before for place in around if place != -1]
    return min(places, key=lambda place: abs(place - start))


def one_is_near(selector: Selector, places: list[int]) -> bool:
    """Whether the distance tells apart places that are otherwise alike.

    What is written or deleted before a passage shifts it a little; so the one that is
    many times nearer than the next is the passage. Not so for a quote without context,
    which may never have been anything but one of many.
    """
    start = selector.start
    if start is None or len(selector.prefix) + len(selector.suffix) < _SOME_CONTEXT:
        return False
    near, next_ = sorted(abs(place - start) for place in places)[:2]
    return near * _NEARER <= next_
