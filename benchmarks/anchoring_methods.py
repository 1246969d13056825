"""Ways to anchor: the project's own, and two simple ones to compare with."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz import fuzz

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import State
from reader.annotations.selectors import Selector

Range = tuple[int, int]
Method = Callable[[str, Selector], tuple[Range | None, bool]]
"""Answers a range (code points) or None, and whether it is more than a question."""


def ours(text: str, selector: Selector) -> tuple[Range | None, bool]:
    """The project's anchoring."""
    found = anchor(text, selector)
    if found.start is None or found.end is None:
        return None, True
    return (found.start, found.end), found.state is not State.DOUBTFUL


def nearest_exact(text: str, selector: Selector) -> tuple[Range | None, bool]:
    """The place with the very words that is nearest to where they stood."""
    near = selector.start or 0
    length = len(selector.exact)
    after = text.find(selector.exact, near)
    before = text.rfind(selector.exact, 0, near + length)
    places = [place for place in (before, after) if place != -1]
    if not places:
        return None, True
    place = min(places, key=lambda each: abs(each - near))
    return (place, place + length), True


def best_window(text: str, selector: Selector) -> tuple[Range | None, bool]:
    """The window that is most like the quote, however little that is."""
    if len(selector.exact) > len(text):
        return None, True
    found = fuzz.partial_ratio_alignment(selector.exact, text)
    return ((found.dest_start, found.dest_end), True) if found else (None, True)


METHODS: dict[str, Method] = {
    "ours": ours,
    "nearest exact hit": nearest_exact,
    "best window, no floor": best_window,
}
