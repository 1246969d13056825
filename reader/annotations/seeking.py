"""Seeking: where a quote belongs that no longer stands, or never stood, at its position.

Steps 1 (all places but that one) to 3 of `anchoring`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reader.annotations.aligning import Candidate
from reader.annotations.anchors import ORPHAN, Anchor, State, unmoved
from reader.annotations.candidates import candidates
from reader.annotations.clusters import without_cuts
from reader.annotations.folded import Folded
from reader.annotations.pattern import Pattern
from reader.annotations.pieces import Finder, Index, Scan, most_places, pieces_of
from reader.annotations.scoring import DOUBTFUL, SURE, is_rival, score
from reader.annotations.selectors import Selector
from reader.annotations.verbatim import nearest, one_is_near, verbatim_places

_LONG = 4000
"""Code points of a quote that is found by its first and its last words rather than whole:
aligning takes time and memory that grow with the square."""
_END = 1500
"""Code points of those first and last words."""
_BY_DISTANCE = 0.6
"""The confidence where only the distance told several places apart."""
_FEW = 16
"""For fewer quotes than this the text is searched; for more it is read once, for all."""


class Seeking:
    """A text in which selectors are sought; `expected` are those that will be."""

    def __init__(self, text: str, expected: Sequence[Selector]) -> None:
        self._text = text
        self._expected = expected

    def anchor(self, selector: Selector) -> Anchor:
        """Find where `selector`, which is not empty, belongs."""
        return self._verbatim(selector) or self._alike(selector)

    def _part(self, selector: Selector) -> Anchor:
        return unmoved(self._text, selector) or self.anchor(selector)

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self._text)

    @cached_property
    def _index(self) -> Index | None:
        """What the text was read for; None if the expected are few."""
        if len(self._expected) < _FEW:
            return None
        pieces: set[str] = set()
        for selector in self._expected:
            for part in _ends(selector) or (selector,):
                pattern = Pattern(part)
                pieces.update(pattern.pieces, pieces_of(pattern.quote), (pattern.quote,))
        return Index(self._folded.string, pieces)

    @cached_property
    def _finder(self) -> Finder:
        return self._index or Scan(self._folded.string)

    def _verbatim(self, selector: Selector) -> Anchor | None:
        """Where the words stand with all of their context, letter for letter."""
        index = self._index
        folded = self._folded if index else None
        places = verbatim_places(self._text, folded, index, selector)
        if places == []:
            return None
        place = nearest(self._text, selector, places)
        end = place + len(selector.exact)
        if places is None:
            return Anchor(State.DOUBTFUL, place, end, 0.5 / most_places(self._text))
        if len(places) == 1:
            unmoved = selector.start is None or selector.start == place
            return Anchor(State.EXACT if unmoved else State.MOVED, place, end, 1.0)
        if one_is_near(selector, places):
            return Anchor(State.MOVED, place, end, _BY_DISTANCE)
        return Anchor(State.DOUBTFUL, place, end, 0.5 / len(places))

    def _alike(self, selector: Selector) -> Anchor:
        """Where what stands there is like the words and their context."""
        ends = _ends(selector)
        if ends:
            return self._between(selector, *ends)
        pattern = Pattern(selector)
        if not pattern.quote.strip():
            return ORPHAN
        found = candidates(self._folded.string, pattern, self._finder)
        leader = max(found, key=lambda each: score(pattern, each), default=None)
        best = score(pattern, leader) if leader else 0.0
        if leader is None or best < DOUBTFUL:
            return self._unsupported(selector)
        tied = [self._range(leader)]
        tied += [self._range(each) for each in found if is_rival(pattern, leader, each)]
        if len(tied) > 1:
            # Typography, which was folded away, may tell.
            same = [each for each in tied if self._text[slice(*each)] == selector.exact]
            tied = same if len(same) == 1 else tied
        near = selector.start or 0
        start, end = min(tied, key=lambda each: abs(each[0] - near))
        if best < SURE or (len(tied) > 1 and not one_is_near(selector, [each for each, _ in tied])):
            return Anchor(State.DOUBTFUL, start, end, min(best, 1.0) / 2 / len(tied))
        certainty = 0.5 + min(best, 1.0) * 0.49
        return Anchor(State.MOVED, start, end, certainty if len(tied) == 1 else _BY_DISTANCE)

    def _unsupported(self, selector: Selector) -> Anchor:
        """A question, if the very words stand where they stood, though all around them changed.

        Where nobody recorded a position, the only place with the words is as good. Another
        place than the recorded one is none: the passage is gone, and this is another.
        """
        start, exact = selector.start, selector.exact
        if start is None:
            start = self._text.find(exact)
            if self._text.find(exact, start + 1) != -1:
                return ORPHAN
        if start < 0 or not self._text.startswith(exact, start):
            return ORPHAN
        return Anchor(State.DOUBTFUL, start, start + len(exact), 0.3)

    def _range(self, candidate: Candidate) -> tuple[int, int]:
        start, end = self._folded.start(candidate.start), self._folded.end(candidate.end)
        return without_cuts(self._text, start, max(start, end))

    def _between(self, selector: Selector, first: Selector, last: Selector) -> Anchor:
        """A long quote: from where its first words are to where its last are."""
        head, tail = self._part(first), self._part(last)
        sure = (State.EXACT, State.MOVED)
        length = len(selector.exact)
        if (
            head.state in sure
            and tail.state in sure
            and head.start is not None
            and tail.end is not None
            and length / 2 <= tail.end - head.start <= length * 2
        ):
            certainty = min(head.confidence, tail.confidence, 0.99)
            return Anchor(State.MOVED, head.start, tail.end, certainty)
        found = max(head, tail, key=lambda each: each.confidence)
        if found.start is None:
            return ORPHAN
        return Anchor(State.DOUBTFUL, found.start, found.end, found.confidence / 4)


def _ends(selector: Selector) -> tuple[Selector, Selector] | None:
    """The first and the last words of a long quote as quotes of their own."""
    exact, start = selector.exact, selector.start
    if len(exact) <= _LONG:
        return None
    context = 32
    last = len(exact) - _END
    return (
        Selector(exact[:_END], selector.prefix, exact[_END : _END + context], start),
        Selector(
            exact[last:],
            exact[last - context : last],
            selector.suffix,
            None if start is None else start + last,
        ),
    )
