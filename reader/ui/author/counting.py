"""Counting mentions while terms are typed, and lighting them up in the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import State
from reader.annotations.model import Kind
from reader.annotations.selecting import MentionCounter
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.ui.background import Background, Report
from reader.ui.opener import AT_ONCE

Places = list[tuple[int, int]]


class Counting(QObject):
    """Finds what an annotation that is being written leads from. Positions are code points."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._copy: Copy | None = None
        self._counter: MentionCounter | None = None
        self._background = Background(self)

    def show_copy(self, copy: Copy) -> None:
        """Count in another text."""
        if self._copy is None or self._copy.text is not copy.text:
            self._counter = None
        self._copy = copy
        self._background.cancel()

    def find(
        self,
        terms: Sequence[str],
        quotes: Sequence[Selector],
        own: str,
        then: Callable[[Places, int, str], object],
    ) -> None:
        """Hand `then` all places, how many of them are mentions of terms, and the first's section.

        `own` is the id of the annotation that is being written.
        """
        copy = self._copy
        if copy is None:
            return
        string = copy.text.string
        others = [term for each in copy.annotations if each.id != own for term in each.terms]

        def work(_report: Report) -> tuple[Places, int]:
            if self._counter is None:
                self._counter = MentionCounter(string)
            found = self._counter.find(terms, others) if terms else []
            places = list(found)
            for quote in quotes:
                place = anchor(string, quote)
                if place.state in (State.EXACT, State.MOVED) and place.start is not None:
                    places.append((place.start, place.end or place.start))
            return places, len(found)

        def done(found: tuple[Places, int]) -> None:
            places, count = found
            first = _section_of(copy, places[0][0]) if places else ""
            then(places, count, first)

        def failed(error: Exception) -> None:
            raise error

        self._background.run(work, done, failed, at_once=len(string) <= AT_ONCE)


def first_kind(copy: Copy) -> Kind:
    """The kind that a copy has most of, for its next annotation to begin with."""
    kinds = [each.kind for each in copy.annotations if not each.id.startswith("footnote-")]
    return max(Kind, key=kinds.count) if kinds else Kind.DEFINITION


def _section_of(copy: Copy, position: int) -> str:
    sections = copy.text.sections
    index = bisect_right([section.start for section in sections], position) - 1
    return sections[index].title if index >= 0 else ""
