"""Candidates: the places in a folded text that are worth a closer look."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest

from reader.annotations.aligning import Candidate, align, candidate_at, likeness
from reader.annotations.pattern import Pattern
from reader.annotations.pieces import Finder, dense_letters, is_whole
from reader.annotations.scoring import score

_MOST_EXACT = 8
"""Places with the very words that are looked at closely; a quick look chooses them."""
_MOST_REGIONS = 4
_SETTLED = 0.75
"""Where the very words score so much, nothing that is merely like them comes near."""
_SHORT = 3
"""Letters of a word that stands everywhere; such are looked for only where others are few."""
_ENOUGH = 4
"""Words that are not few any more."""
_PLENTY = 8
"""Words after which no more are looked for; the longest come first."""
_LEAST = 0.2
"""The share of the pieces' letters that makes a region; with less, no candidate would score."""
_BEHIND = 0.4
"""The share of the best region's letters that makes another a rival."""


def candidates(text: str, pattern: Pattern, finder: Finder) -> list[Candidate]:
    """Where the quote itself stands, and where much of it and of its context does."""
    places = finder.exact_places(pattern.quote, pattern.whole)
    found = _exact(text, pattern, places or [])
    seen_all = places is not None and len(places) == len(found)
    if seen_all and any(score(pattern, each) >= _SETTLED for each in found):
        return found
    slack = 16 + len(pattern.string) // 8
    for first, last in _regions(pattern, finder):
        low, high = max(0, first - slack), last + len(pattern.string) + slack
        if places is None:
            # They are everywhere; here is where they may be meant.
            found += _exact(text, pattern, _places_between(text, pattern, low, high))
        candidate = align(text, pattern, low, high)
        if candidate and not any(
            candidate.start == other.start and candidate.end == other.end for other in found
        ):
            found.append(candidate)
    return found


def _exact(text: str, pattern: Pattern, places: list[int]) -> list[Candidate]:
    length = len(pattern.quote)
    return [
        candidate_at(text, pattern, at, at + length) for at in _likeliest(text, pattern, places)
    ]


def _places_between(text: str, pattern: Pattern, low: int, high: int) -> list[int]:
    found: list[int] = []
    quote = pattern.quote
    at = text.find(quote, low, high)
    while at != -1:
        if not pattern.whole or is_whole(text, at, at + len(quote)):
            found.append(at)
        at = text.find(quote, at + 1, high)
    return found


def _likeliest(text: str, pattern: Pattern, places: list[int]) -> list[int]:
    """The places with the most of the context around them."""
    if len(places) <= _MOST_EXACT:
        return places
    prefix, suffix, near = pattern.prefix, pattern.suffix, pattern.near or 0
    length = len(pattern.quote)

    def promise(at: int) -> tuple[int, int]:
        before = text[max(0, at - len(prefix)) : at]
        after = text[at + length : at + length + len(suffix)]
        return likeness(prefix, before) + likeness(suffix, after), -abs(at - near)

    return nlargest(_MOST_EXACT, places, key=promise)


def _regions(pattern: Pattern, finder: Finder) -> list[tuple[int, int]]:
    """Where the pattern would begin, at the least and at the most, if it stood there.

    Each place of a piece says where that would be; those that agree more or less make
    a region (a Hough transform). Those with the most letters win.
    """
    known: list[tuple[list[int], int, int]] = []
    letters = 0
    for piece in sorted(pattern.pieces, key=len, reverse=True):
        short = len(piece) <= _SHORT and not dense_letters(piece)
        if len(known) >= (_ENOUGH if short else _PLENTY):
            break
        places = finder.places(piece)
        if places is not None:
            letters += len(piece)
            known.append((places, pattern.pieces[piece], len(piece)))
    width = max(32, len(pattern.string) // 3)
    votes: defaultdict[int, int] = defaultdict(int)
    starts: defaultdict[int, list[int]] = defaultdict(list)
    for places, offset, length in known:
        voted = -(10**12)
        for place in places:
            start = place - offset
            first = start // width
            # Every start is in two overlapping bins, so that no region is cut at an edge.
            for each in (first - 1, first):
                if each > voted:
                    votes[each] += length
                    voted = each
                starts[each].append(start)
    if not votes:
        return []
    least = max(letters * _LEAST, max(votes.values()) * _BEHIND)
    likely = [each for each, vote in votes.items() if vote >= least]
    regions: list[tuple[int, int]] = []
    for each in nlargest(2 * _MOST_REGIONS, likely, key=lambda each: (votes[each], -each)):
        low, high = min(starts[each]), max(starts[each])
        if all(high < first or low > last for first, last in regions):
            regions.append((low, high))
            if len(regions) == _MOST_REGIONS:
                break
    return regions
