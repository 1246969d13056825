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

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 5.0
"""Pixels between two cards."""

DRIFT = 80.0
"""Pixels that a card may be pushed below its words so that another can be whole."""

_AHEAD = 40
"""How many later cards are asked whether one may be whole: no chain is longer in practice."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A card: the height of its words, and how tall it is whole and short (pixels).

    `drift` is how far others may be pushed below their words for it to be whole.
    """

    y: float
    whole: float
    short: float
    drift: float = DRIFT


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card stands, and whether it is whole."""

    y: float
    whole: bool


def place_cards(wishes: Sequence[Wish], active: int = -1) -> list[Spot]:
    """Spots for cards in the order of their wishes' `y`; `active` is the active one's index."""
    spots: list[Spot] = []
    bottom = 0.0
    for index, wish in enumerate(wishes):
        y = max(wish.y, bottom)
        whole = index == active or _may_be_whole(wishes, index, y)
        if index == active and y > wish.y:
            y = max(_make_way(wishes, spots, wish.y), wish.y)
        spots.append(Spot(y, whole))
        bottom = _bottom(wish, spots[-1]) + GAP
    return spots


def place_again(
    wishes: Sequence[Wish], spots: list[Spot], changed: range, active: int = -1
) -> bool:
    """Correct `spots` after cards in `changed` turned out taller or shorter than was thought.

    Cards above them stand where they did. False when the active card needs those
    above it to give way, and all have to be placed anew.
    """
    above = changed.start - 1
    bottom = _bottom(wishes[above], spots[above]) + GAP if changed.start else 0.0
    for index in range(changed.start, len(wishes)):
        wish = wishes[index]
        y = max(wish.y, bottom)
        if index == active and y > wish.y:
            return False
        spot = Spot(y, index == active or _may_be_whole(wishes, index, y))
        if index >= changed.stop and spot == spots[index]:
            break
        spots[index] = spot
        bottom = _bottom(wish, spot) + GAP
    return True


class Placement:
    """The spots of many cards, kept while some of their wishes change.

    It finds what `place_cards` does, in a time that grows with what moves.
    """

    def __init__(self) -> None:
        self._wishes: Sequence[Wish] = ()
        self._calm: list[Spot] = []
        """Where they stand while no card is the active one."""

    def place(self, wishes: Sequence[Wish], active: int = -1) -> list[Spot]:
        """Spots for these wishes; those that are the very ones as before were not changed."""
        pairs = zip(self._wishes, wishes, strict=False)
        shorter = min(len(self._wishes), len(wishes))
        first = next((n for n, (one, other) in enumerate(pairs) if one is not other), shorter)
        ends = zip(reversed(self._wishes), reversed(wishes), strict=False)
        same = next((n for n, (one, other) in enumerate(ends) if one is not other), shorter)
        same = min(same, shorter - first)
        stop = len(wishes) - same
        kept = self._calm[len(self._calm) - same :]
        self._calm[first:] = [Spot(0.0, False)] * (stop - first) + kept
        self._wishes = list(wishes)
        # Whether a card may be whole depends on those that follow it, too.
        place_again(wishes, self._calm, range(max(0, first - _AHEAD), stop))
        return _around(wishes, list(self._calm), active) if active >= 0 else list(self._calm)


def _around(wishes: Sequence[Wish], spots: list[Spot], active: int) -> list[Spot]:
    """The same spots with the active card whole, at its words, and others around it."""
    wish = wishes[active]
    y = wish.y
    if active:
        y = max(y, _bottom(wishes[active - 1], spots[active - 1]) + GAP)
    if y > wish.y:
        above = spots[:active]
        y = max(_make_way(wishes, above, wish.y), wish.y)
        spots[:active] = above
    spots[active] = Spot(y, True)
    place_again(wishes, spots, range(active + 1, active + 1))
    return spots


def _bottom(wish: Wish, spot: Spot) -> float:
    return spot.y + (wish.whole if spot.whole else wish.short)


def _may_be_whole(wishes: Sequence[Wish], index: int, y: float) -> bool:
    """Whether all cards that follow keep near their words though this one is whole."""
    wish = wishes[index]
    if wish.whole <= wish.short:
        return True
    tall, small = y + wish.whole + GAP, y + wish.short + GAP
    for later in wishes[index + 1 : index + 1 + _AHEAD]:
        if tall <= later.y:
            return True
        # If even short cards push it further than that, this one is not to blame.
        if tall - later.y > max(wish.drift, small - later.y) + 0.5:
            return False
        tall = max(tall, later.y) + later.short + GAP
        small = max(small, later.y) + later.short + GAP
    return True


def _make_way(wishes: Sequence[Wish], spots: list[Spot], y: float) -> float:
    """Move the cards above `y` upwards until there is room; the answer is the y that is free.

    Those that would leave the page at its top are shown short first.
    """
    limit = y - GAP
    for index in range(len(spots) - 1, -1, -1):
        spot = spots[index]
        height = wishes[index].whole if spot.whole else wishes[index].short
        if spot.y + height <= limit:
            return y
        if spot.whole and wishes[index].y > limit - height + DRIFT:
            spot = Spot(spot.y, False)
            height = wishes[index].short
        spots[index] = Spot(min(spot.y, limit - height), spot.whole)
        limit = spots[index].y - GAP
    overshoot = -min(0.0, limit + GAP)
    if overshoot:
        for index, spot in enumerate(spots):
            spots[index] = Spot(spot.y + overshoot, spot.whole)
    return y + overshoot
