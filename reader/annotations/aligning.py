"""Aligning: what of a quote, and of what stood around it, stands at some place of a text.

Two strings are aligned by their longest common subsequence (bit-parallel, after Hyyrö,
2004, in RapidFuzz). A letter that stands alone in it is chance more often than not, so a
run of n common letters counts as n - 1: the pairs of letters that both have, as in Dice's
coefficient. In scripts in which a letter is half a word it counts as n - 1/2.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.annotations.pattern import Pattern
from reader.annotations.pieces import dense_letters, splits_word

_SLACK = 16
"""Code points by which what stands around a quote may have shifted."""
_GAP = 0.25
"""What a letter between two runs costs, where a run of n letters gains n - 1."""
_INSERTED = 12
"""Code points that may stand between the context and the quote's first word that was kept,
besides twice as many as are missing there."""
_REST_OF_WORD = 6
"""Code points by which a range may grow so as to cut no word, besides those missing there."""

Run = tuple[int, int, int]
"""Where it begins in the one string and in the other, and how long it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a quote might belong, in code points of the folded text.

    `likeness` is how much of the quote stands there, 0 to 1; `context` how many code
    points of the prefix and suffix stand around it, of `known`, which are those that
    could.
    """

    start: int
    end: int
    likeness: float
    context: float
    known: float

    def overlaps(self, other: Candidate) -> bool:
        """Whether both are about the same place."""
        return self.start < other.end and other.start < self.end


def candidate_at(
    text: str, pattern: Pattern, start: int, end: int, likeness: float = 1.0
) -> Candidate:
    """The candidate `start:end`, with as much of the context as stands around it."""
    prefix, suffix = pattern.prefix, pattern.suffix
    before = text[max(0, start - len(prefix) - _SLACK) : start]
    after = text[end : end + len(suffix) + _SLACK]
    context = _kept(prefix[::-1], before[::-1]) + _kept(suffix, after)
    # Where the text ends there is nothing to compare with. That is half a difference.
    beyond = max(0, len(prefix) - start) + max(0, end + len(suffix) - len(text))
    known = max(context, len(prefix) + len(suffix) - beyond / 2)
    return Candidate(start, end, likeness, context, known)


def align(text: str, pattern: Pattern, low: int, high: int) -> Candidate | None:
    """The best place for the quote in `low:high` of a folded text; None if nothing is like it."""
    begin, stop = pattern.begin, pattern.stop
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None
    inside: list[Run] = []
    for there, here, length in _runs(pattern.string, text[low:high]):
        here += low
        if there < begin:
            ends = min(there + length, begin)
            if ends == begin or ends - there >= 3:
                before = ends, here + ends - there
        if there + length > stop and after is None:
            begins = max(there, stop)
            if begins == stop or there + length - begins >= 3:
                after = begins, here + begins - there
        first, last = max(there, begin), min(there + length, stop)
        if first < last:
            inside.append((first, here + first - there, last - first))
    core = _densest(inside)
    if not core:
        return None
    start, end = core[0][1], core[-1][1] + core[-1][2]
    missing = core[0][0] - begin
    if missing and before and begin - before[0] <= 4:
        edge = before[1] + begin - before[0]
        if 0 <= start - edge <= 2 * missing + _INSERTED:
            start = edge
    if missing or pattern.whole:
        furthest = start - missing - _REST_OF_WORD
        while start > furthest and splits_word(text, start):
            start -= 1
    missing = stop - core[-1][0] - core[-1][2]
    if missing and after and after[0] - stop <= 4:
        edge = after[1] - (after[0] - stop)
        if 0 <= edge - end <= 2 * missing + _INSERTED:
            end = edge
    if missing or pattern.whole:
        furthest = end + missing + _REST_OF_WORD
        while end < furthest and splits_word(text, end):
            end += 1
    chance = 0.5 if pattern.weight > 2 * (stop - begin) else 1.0
    pairs = sum(length - chance for _, _, length in core)
    if not pairs or start >= end:
        return None
    likeness = 2 * pairs / (stop - begin + end - start - 2 * chance)
    return candidate_at(text, pattern, start, end, min(1.0, likeness))


def likeness(one: str, other: str) -> int:
    """How many letters two strings have in common, in order. Quick and rough."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one, other)


def _runs(one: str, other: str) -> list[Run]:
    # Imported when the first quote needs it: most do not, and a window that opens waits.
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.editops(one, other).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _densest(runs: list[Run]) -> list[Run]:
    """The neighbouring runs with the most in them and the least between them (Kadane)."""
    best = here = 0.0
    first = 0
    chosen = (0, 0)
    end = 0
    for number, (_, start, length) in enumerate(runs):
        here -= (start - end) * _GAP
        if here <= 0:
            here, first = 0.0, number
        here += length - 1
        end = start + length
        if here > best:
            best, chosen = here, (first, number + 1)
    return runs[slice(*chosen)]


def _kept(words: str, around: str) -> float:
    """How many letters of `words`, read away from the quote, stand `around` it still."""
    if around.startswith(words):
        return len(words)
    touching = 0
    for one, other in zip(words, around, strict=False):
        if one != other:
            break
        touching += 1
    kept = touching
    words = words[touching:]
    # A word of Han is a letter or two, so two in a row are no chance.
    short = 2 if dense_letters(words) * 2 > len(words) else 3
    for _, _, length in _runs(words, around[touching:]):
        if length > short:
            kept += length - 1
        elif length == short:
            kept += 1
    return kept
