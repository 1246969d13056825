"""Breaking a text into pages, each with the notes of its words.

What is printed comes as pieces, and each piece as slots from top to bottom (a line, a
picture): a page ends between two slots. A note stands in the margin of the page on which its
number does, level with it where there is room. When the margin is full, it goes to the end of
the page, for which the text makes room; what exceeds that goes on at the end of the next page.

All lengths are in one unit, whichever; y is 0 at the top of the page's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

_EMPTY_ENOUGH = 0.6
"""A page filled less than this does not end before a line with too many notes."""

_LEAST_LEFT = 0.2
"""The share of a page in which a note begins that is longer than half a page."""

_FULL = 0.8
"""A page filled less than this may part the first or the last line of a paragraph from it."""

_CARRIED_MOST = 0.5
"""The share of a page that notes of earlier pages may take from its text."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a piece that no page divides. `breaks`: a page may begin with it."""

    top: float
    bottom: float
    breaks: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """The slots `first:last` of the piece `index`, from `y` down; `above` is the space above."""

    index: int
    first: int
    last: int
    y: float
    above: float = 0.0


@dataclass(slots=True)
class Page:
    """What stands on one page: parts of the text, notes beside it as (note, y), and below it."""

    parts: list[Part] = field(default_factory=list)
    beside: list[tuple[int, float]] = field(default_factory=list)
    below: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measures:
    """What breaking asks about notes.

    `height` is that of a page, `gap` between two notes, `rule` what sets those at the end of
    a page apart; `drop` is how far below the top of its line a note begins. `beside` answers
    with the height of a note in the margin, None where there is no margin; `below` with its
    slots at the end of a page.
    """

    height: float
    gap: float
    rule: float
    drop: float
    beside: Callable[[int], float | None]
    below: Callable[[int], Sequence[Slot]]


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes of a page so far.

    `beside` has notes with the y that they want, `tall` is what they take together.
    `below` are notes for the end of the page, each with the first of its slots that is
    still to be printed; they take `wanted`, of which the page has `reserved` for them.
    """

    beside: tuple[tuple[int, float, float], ...] = ()
    tall: float = 0.0
    below: tuple[tuple[int, int], ...] = ()
    wanted: float = 0.0
    reserved: float = 0.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What `add` was given."""

    index: int
    slots: Sequence[Slot]
    gap: float
    notes: Mapping[int, Sequence[int]]
    keeps: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """How a page was before a piece that has to stay with the next one: so many parts."""

    piece: _Piece
    parts: int
    y: float
    notes: _Notes


class PageBreaker:
    """Takes one piece after another and makes pages of them."""

    def __init__(self, measures: Measures) -> None:
        self.pages: list[Page] = []
        self._measures = measures
        self._page = Page()
        self._y = 0.0
        self._notes = _Notes()
        self._held: list[_Before] = []

    def add(
        self,
        index: int,
        slots: Sequence[Slot],
        gap: float = 0.0,
        notes: Mapping[int, Sequence[int]] | None = None,
        keeps: bool = False,
    ) -> None:
        """Print a piece `gap` below the one before it.

        `notes` has the notes whose numbers stand in a slot. `keeps`: what follows has to
        begin on the page on which this piece ends, as below a heading.
        """
        self._add(_Piece(index, slots, gap, notes or {}, keeps))

    def finish(self) -> list[Page]:
        """All pages, at least one."""
        while self._page.parts or self._notes.below or not self.pages:
            self._turn()
        return self.pages

    def _add(self, piece: _Piece) -> None:
        first = 0
        while first < len(piece.slots):
            before = _Before(piece, len(self._page.parts), self._y, self._notes)
            above = piece.gap if first == 0 and self._page.parts else 0.0
            last = self._fitting(piece, first, above)
            if last > first:
                y = self._y + above
                self._page.parts.append(Part(piece.index, first, last, y, above))
                self._y = y + piece.slots[last - 1].bottom - piece.slots[first].top
                if not piece.keeps or first > 0:
                    self._held.clear()
                elif last == len(piece.slots):
                    self._held.append(before)
                first = last
            elif self._held and self._held[0].parts:
                # A heading is not left behind at the end of the page.
                held, self._held = self._held, []
                del self._page.parts[held[0].parts :]
                self._y, self._notes = held[0].y, held[0].notes
                self._turn()
                for each in held:
                    self._add(each.piece)
                continue
            if first < len(piece.slots):
                self._turn()

    def _fitting(self, piece: _Piece, first: int, above: float) -> int:
        """How far the slots from `first` go on this page, whose notes are then theirs too."""
        slots, notes = piece.slots, piece.notes
        start = self._y + above - slots[first].top
        empty = not self._page.parts
        states = [self._notes]
        for index in range(first, len(slots)):
            top, bottom = start + slots[index].top, start + slots[index].bottom
            alone = empty and index == first
            state = self._with(states[-1], notes.get(index, ()), top, bottom, alone)
            if state is None:
                break
            states.append(state)
        last = first + len(states) - 1
        if last < len(slots):
            good = next((each for each in range(last, first, -1) if slots[each].breaks), first)
            end = start + slots[good].top if good > first else self._y
            full = end + states[good - first].reserved >= _FULL * self._measures.height
            # Any end is better than a page that is all but empty.
            last = good if full or (good == first and not empty) else last
        self._notes = states[last - first]
        return last

    def _with(
        self, state: _Notes, notes: Sequence[int], top: float, bottom: float, alone: bool
    ) -> _Notes | None:
        """The notes of the page once a slot and its notes are on it; None when they cannot be."""
        measures = self._measures
        # What is taller than a page stands on one of its own all the same.
        if bottom + state.reserved > measures.height and not (alone and not state.below):
            return None
        queued, longest = len(state.below), 0.0
        for note in notes:
            height = measures.beside(note)
            if height is not None and state.tall + height <= measures.height:
                state = replace(
                    state,
                    beside=(*state.beside, (note, top + measures.drop, height)),
                    tall=state.tall + height + measures.gap,
                )
            else:
                height = measures.below(note)[-1].bottom + measures.gap
                longest = max(longest, height)
                state = replace(
                    state, below=(*state.below, (note, 0)), wanted=state.wanted + height
                )
        if len(state.below) == queued:
            return state
        wanted, left = state.wanted + measures.rule, max(0.0, measures.height - bottom)
        if wanted <= left:
            return replace(state, reserved=wanted)
        # A long note would not fit on the next page either.
        enough = 1 - _LEAST_LEFT if longest > measures.height / 2 else _EMPTY_ENOUGH
        if alone or top < enough * measures.height:
            return replace(state, reserved=left)
        return None

    def _turn(self) -> None:
        """End the page; notes for which it has no room go to the next one."""
        self._held = []
        measures, notes = self._measures, self._notes
        page, self._page = self._page, Page()
        page.beside = settled(notes.beside, measures.height, measures.gap)
        left = measures.height - (self._y if page.parts else 0.0) - measures.rule
        below, carried, used = self._filled(notes.below, left, force=not page.parts)
        top = measures.height - used
        page.below = [replace(part, y=part.y + top) for part in below]
        self.pages.append(page)
        wanted = sum(
            measures.below(note)[-1].bottom - measures.below(note)[first].top + measures.gap
            for note, first in carried
        )
        room = min(wanted + measures.rule, _CARRIED_MOST * measures.height) if carried else 0.0
        self._notes = _Notes(below=carried, wanted=wanted, reserved=room)
        self._y = 0.0

    def _filled(
        self, queue: Sequence[tuple[int, int]], left: float, force: bool
    ) -> tuple[list[Part], tuple[tuple[int, int], ...], float]:
        """The parts of notes that fit into a height, those that do not, and what is used of it."""
        parts: list[Part] = []
        used = 0.0
        for place, (note, first) in enumerate(queue):
            slots = self._measures.below(note)
            y = used + self._measures.gap if parts else 0.0
            last = first
            while last < len(slots) and (
                y + slots[last].bottom - slots[first].top <= left
                or (force and not parts and last == first)
            ):
                last += 1
            if last < len(slots):
                good = range(last, first, -1)
                last = next((n for n in good if slots[n].breaks), first if parts else last)
            if last > first:
                used = y + slots[last - 1].bottom - slots[first].top
                parts.append(Part(note, first, last, y))
            if last < len(slots):
                return parts, ((note, last), *queue[place + 1 :]), used
        return parts, (), used


def settled(
    wishes: Sequence[tuple[int, float, float]], height: float, gap: float
) -> list[tuple[int, float]]:
    """Where notes stand in a margin: (note, y) for each (note, the y that it wants, its height).

    Each stands at its words or below the note before it; those that would leave the
    page at its end give way upwards. Together they are at most as tall as the page.
    """
    places = []
    bottom = 0.0
    for _, wish, tall in wishes:
        places.append(max(wish, bottom))
        bottom = places[-1] + tall + gap
    limit = height
    for index in range(len(wishes) - 1, -1, -1):
        places[index] = min(places[index], limit - wishes[index][2])
        limit = places[index] - gap
    return [(note, place) for (note, _, _), place in zip(wishes, places, strict=True)]
