"""Scoring: whether a candidate is enough like what was marked.

A long quote speaks for itself: half of its words in their order stand nowhere else by
chance. One word says next to nothing without its neighbours: it stands in many places, and
where its own sentence is gone, another sentence's word is no answer. So a candidate's
likeness is lowered by what is missing of its context, and more so the less the quote says.
"""

from __future__ import annotations

from reader.annotations.aligning import Candidate
from reader.annotations.pattern import Pattern

SURE = 0.4
"""From this score on a candidate is an answer, if no other comes near it."""
DOUBTFUL = 0.25
"""From this score on it is a question to the reader."""
_ALWAYS = 0.2
"""What a context that is gone entirely costs the longest quote."""
_SHORT = 0.75
"""What it costs the shortest besides."""
_HALF = 25
"""Letters of a quote at which that is halved: four or five words."""
_NEAR = 0.1
"""No rival has a score that is lower by more than this."""
_ALIKE = 0.055
"""The share of the context that makes no difference: three letters of 64."""


def score(pattern: Pattern, candidate: Candidate) -> float:
    """From 1 (the words in their context) down; below 0 there is nothing to it."""
    if candidate.known:
        missing = 1 - candidate.context / candidate.known
    else:
        # Nothing is known of what stood around the words; nothing of it is missing.
        missing = 0.0 if candidate.likeness == 1 else 1.0
    cost = _ALWAYS + _SHORT / (1 + (pattern.weight / _HALF) ** 3)
    return candidate.likeness - cost * missing


def is_rival(pattern: Pattern, leader: Candidate, other: Candidate) -> bool:
    """Whether a candidate is so little worse than the best that both are likely."""
    behind = score(pattern, leader) - score(pattern, other)
    return (
        behind < _NEAR
        and not other.overlaps(leader)
        and _kept(pattern, leader) - _kept(pattern, other) < _ALIKE * max(1.0, leader.known)
    )


def _kept(pattern: Pattern, candidate: Candidate) -> float:
    return candidate.likeness * len(pattern.quote) + candidate.context
