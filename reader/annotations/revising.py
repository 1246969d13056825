"""Placing marks in one of several revisions of their text, each of which has its own places.

A mark's own selector is what its reader said last, in whatever revision that was. Besides it
there may be placements: how the mark was found in a revision, be it the one at hand or
another. Neither opening a revision nor placing marks in it changes a mark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from reader.annotations.anchoring import Anchoring
from reader.annotations.anchors import ORPHAN, Anchor, State
from reader.annotations.marks import Mark
from reader.annotations.placing import PlacedMark
from reader.annotations.selectors import Selector

SURE = (State.EXACT, State.MOVED)


@dataclass(frozen=True, slots=True)
class Placements:
    """How marks, by their ids, were found: `here`, and in other revisions, the newest first.

    What was found elsewhere comes with the `basis_of` the mark's own selector at that time.
    """

    here: Mapping[str, Selector] = field(default_factory=dict)
    elsewhere: Mapping[str, Sequence[tuple[int, Selector]]] = field(default_factory=dict)


def basis_of(selector: Selector) -> int:
    """A number by which a selector is known again."""
    words = "\0".join((selector.exact, selector.prefix, selector.suffix))
    return crc32(f"{words}\0{selector.start}\0{selector.end}".encode("utf-8", "surrogatepass"))


def place_revised(
    text: str,
    digest: str,
    marks: Iterable[Mark],
    known: Placements,
    goes_on: Callable[[float], object] = lambda _share: None,
) -> list[PlacedMark]:
    """Place marks in the revision `text`, whose `digest` is given; in the order of `marks`.

    `goes_on` is called with how much is done, 0 to 1; what it raises passes through.
    """
    sought = [(mark, _selectors(text, digest, mark, known)) for mark in marks]
    anchoring = Anchoring(text, [each for _, selectors in sought for each in selectors])
    placed = []
    for number, (mark, selectors) in enumerate(sought):
        placed.append(PlacedMark(mark, _best(anchoring, selectors)))
        if number % 50 == 0:
            goes_on(number / len(sought))
    return placed


def _selectors(text: str, digest: str, mark: Mark, known: Placements) -> list[Selector]:
    """By what to look for a mark, the most telling first; nothing if it is kept apart."""
    if mark.apart == digest:
        return []
    if mark.selector.stands_in(text):
        return [mark.selector]
    if (here := known.here.get(mark.id)) is not None:
        return [here, mark.selector]
    # The revision before is nearer to this one than that in which the mark was made; but what
    # was found before its reader put it elsewhere counts no more.
    basis = basis_of(mark.selector)
    others = [found for of, found in known.elsewhere.get(mark.id, ()) if of == basis]
    return list(dict.fromkeys([*others, mark.selector]))


def _best(anchoring: Anchoring, selectors: Sequence[Selector]) -> Anchor:
    found = []
    for selector in selectors:
        anchor = anchoring.anchor(selector)
        if anchor.state in SURE:
            return anchor
        found.append(anchor)
    return max(found, key=lambda each: each.confidence, default=ORPHAN)


def fates(text: str, placed: Sequence[PlacedMark], before: Sequence[Selector]) -> list[State]:
    """What became of marks that were on `before`: exact is what stands in its place.

    A place is one among others: words that follow the same words as before did not move,
    however much was written or taken out between them.
    """
    states = [State.MOVED if each.anchor.state in SURE else each.anchor.state for each in placed]
    same = [
        (old.start or 0, each.start, number)
        for number, (each, old) in enumerate(zip(placed, before, strict=True))
        if states[number] is State.MOVED and text[each.start : each.end] == old.exact
    ]
    same.sort()
    for chosen in _longest_rising([start for _, start, _ in same]):
        states[same[chosen][2]] = State.EXACT
    return states


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest subsequence that never falls (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_right(tops, number)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        last[pile : pile + 1] = [place]
    rising = []
    place = last[-1] if last else -1
    while place >= 0:
        rising.append(place)
        place = before[place]
    return rising[::-1]
