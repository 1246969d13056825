"""Placing marks: where each of a reader's marks stands in the text at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.annotations.anchoring import anchor, anchor_each
from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import Mark


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark and its anchor in one text."""

    mark: Mark
    anchor: Anchor

    @property
    def start(self) -> int:
        """Where it begins (code points); orphans, which stand nowhere, come after all others."""
        return self.anchor.start if self.anchor.start is not None else 2**53

    @property
    def end(self) -> int:
        """Where it ends (code points)."""
        return self.anchor.end if self.anchor.end is not None else 2**53

    @property
    def orphaned(self) -> bool:
        """Whether its words are no longer in the text."""
        return self.anchor.state is State.ORPHANED

    @property
    def doubtful(self) -> bool:
        """Whether its words may be others than those it stands on."""
        return self.anchor.state is State.DOUBTFUL


def place_mark(text: str, mark: Mark) -> PlacedMark:
    """Find where a mark stands in the canonical string `text`."""
    return PlacedMark(mark, anchor(text, mark.selector))


def place_marks(text: str, marks: Iterable[Mark]) -> list[PlacedMark]:
    """Place all marks, in the order of the text."""
    marks = list(marks)
    anchors = anchor_each(text, (mark.selector for mark in marks))
    return in_order(PlacedMark(mark, found) for mark, found in zip(marks, anchors, strict=True))


def in_order(placed: Iterable[PlacedMark]) -> list[PlacedMark]:
    """Marks in the order of the text, those without a place last."""
    return sorted(placed, key=lambda each: (each.start, each.end, each.mark.created))
