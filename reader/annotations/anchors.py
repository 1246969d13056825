"""Anchors: what anchoring answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.annotations.selectors import Selector


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


def unmoved(text: str, selector: Selector) -> Anchor | None:
    """The anchor of a selector that stands at its position; None of any other."""
    if not selector.stands_in(text):
        return None
    start = selector.start or 0
    return Anchor(State.EXACT, start, start + len(selector.exact), 1.0)
