"""Where cards stand in the margin: beside their words, and never over each other.

Every card wants the height of its words. In reading order each stands there, or
below the one before it where they would overlap. Where words crowd, cards are
shown short (one line): a card is whole only where that pushes no later card too
far from its words. The active card is whole and stands exactly
at its words; those above give way upwards.

Places depend on the text alone, not on how far it is scrolled, so cards move
with the text as if they were printed beside it.
"""

from __future__ import annotations

from operator import eq
from typing import NamedTuple

from reader.ui.changes import changed

GAP = 5.0
"""Pixels between two cards."""

DRIFT = 80.0
"""Pixels that a card may be pushed below its words so that another can be whole."""

_AHEAD = 40
"""How many later cards are asked whether one may be whole: no chain is longer in practice."""


class Wishes(NamedTuple):
    """What cards want, in the order of their words: a list for each thing, for they are many.

    The heights of their words, how tall they are whole and short (pixels), and how far
    others may be pushed below their words so that each can be whole.
    """

    lines: list[float]
    wholes: list[float]
    shorts: list[float]
    drifts: list[float]


class Placement:
    """The spots of many cards, kept while some of their wishes change.

    A change takes a time that grows with what moves.
    """

    def __init__(self) -> None:
        self.tops: list[float] = []
        """Where each card stands."""
        self.whole: list[bool] = []
        """Whether all of it is shown."""
        self._wishes = Wishes([], [], [], [])
        self._calm: tuple[list[float], list[bool]] = [], []
        """Where they stand, and which are whole, while no card is the active one."""

    def place(self, wishes: Wishes, active: int = -1) -> None:
        """Find spots for cards in the order of their lines; `active` is the active one's index."""
        before, self._wishes = self._wishes, wishes
        first, gone, come = changed([*zip(*before, strict=True)], [*zip(*wishes, strict=True)], eq)
        tops, whole = self._calm
        tops[first : first + gone] = [0.0] * come
        whole[first : first + gone] = [False] * come
        # Whether a card may be whole depends on those that follow it, too.
        self._chain(tops, whole, max(0, first - _AHEAD), first + come)
        self._give_way(active)

    def correct(self, index: int, line: float, whole: float, short: float) -> None:
        """Note what a card wants since it was measured; `place_again` finds its new spot."""
        wishes = self._wishes
        wishes.lines[index], wishes.wholes[index], wishes.shorts[index] = line, whole, short

    def place_again(self, corrected: range, active: int = -1) -> None:
        """Find new spots after some of these were corrected."""
        self._chain(*self._calm, max(0, corrected.start - _AHEAD), corrected.stop)
        self._give_way(active)

    def line(self, index: int) -> float:
        """The height of a card's words."""
        return self._wishes.lines[index]

    def short(self, index: int) -> float:
        """How tall a card is when it is short."""
        return self._wishes.shorts[index]

    def _give_way(self, active: int) -> None:
        """Have the active card whole and at its words, and others around it."""
        tops, whole = self._calm
        self.tops, self.whole = tops, whole
        if active < 0:
            return
        self.tops, self.whole = tops, whole = tops.copy(), whole.copy()
        line = y = self._wishes.lines[active]
        if active:
            y = max(y, self._bottom(tops, whole, active - 1) + GAP)
        if y > line:
            y = max(self._make_way(tops, whole, active), line)
        tops[active], whole[active] = y, True
        self._chain(tops, whole, active + 1, active + 1)

    def _chain(self, tops: list[float], whole: list[bool], first: int, stop: int) -> None:
        """Place the cards from `first` on; after `stop`, until one stands where it did."""
        lines, wholes, shorts, drifts = self._wishes
        size = len(lines)
        bottom = self._bottom(tops, whole, first - 1) + GAP if first else 0.0
        for index in range(first, size):
            y = lines[index]
            if bottom > y:
                y = bottom
            tall = y + wholes[index] + GAP
            small = y + shorts[index] + GAP
            may = True
            if tall > small:
                # Do all that follow keep near their words though this one is whole?
                drift = drifts[index]
                bottom = small
                for later in range(index + 1, min(index + 1 + _AHEAD, size)):
                    line = lines[later]
                    if tall <= line:
                        break
                    # If even short cards push it further, this one is not to blame.
                    if tall - line > drift + 0.5 and tall > small + 0.5:
                        may = False
                        break
                    height = shorts[later] + GAP
                    tall += height
                    small = (small if small > line else line) + height
                if may:
                    bottom = y + wholes[index] + GAP
            else:
                bottom = tall
            if index >= stop and tops[index] == y and whole[index] == may:
                return
            tops[index], whole[index] = y, may

    def _bottom(self, tops: list[float], whole: list[bool], index: int) -> float:
        heights = self._wishes.wholes if whole[index] else self._wishes.shorts
        return tops[index] + heights[index]

    def _make_way(self, tops: list[float], whole: list[bool], active: int) -> float:
        """Move those above the active card upwards until there is room; the y that is free.

        Those that would leave the page at its top are shown short first.
        """
        lines, wholes, shorts, _ = self._wishes
        y = lines[active]
        limit = y - GAP
        for index in range(active - 1, -1, -1):
            height = wholes[index] if whole[index] else shorts[index]
            if tops[index] + height <= limit:
                return y
            if whole[index] and lines[index] > limit - height + DRIFT:
                whole[index] = False
                height = shorts[index]
            tops[index] = min(tops[index], limit - height)
            limit = tops[index] - GAP
        overshoot = -min(0.0, limit + GAP)
        if overshoot:
            tops[:active] = [top + overshoot for top in tops[:active]]
        return y + overshoot
