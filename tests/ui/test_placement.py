"""Where cards stand: what holds for any wishes, and what a reader would expect of a few."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ui.margin.placement import DRIFT, GAP, Placement, Wishes

SHORT = 24.0


@dataclass(frozen=True)
class Wish:
    """What a card wants."""

    y: float
    whole: float
    short: float
    drift: float = DRIFT


@dataclass(frozen=True)
class Spot:
    """Where a card stands, and whether it is whole."""

    y: float
    whole: bool


def wishes_of(given: Sequence[Wish]) -> Wishes:
    columns = [list(column) for column in zip(*map(astuple, given), strict=True)]
    return Wishes(*(columns or [[], [], [], []]))


def spots_of(placement: Placement) -> list[Spot]:
    return [Spot(*each) for each in zip(placement.tops, placement.whole, strict=True)]


def place_cards(given: Sequence[Wish], active: int = -1) -> list[Spot]:
    placement = Placement()
    placement.place(wishes_of(given), active)
    return spots_of(placement)


def one_by_one(given: Sequence[Wish]) -> list[Spot]:
    """Where cards stand while none is the active one, as plainly as it can be said."""
    spots: list[Spot] = []
    free = 0.0
    for index, each in enumerate(given):
        y = max(each.y, free)
        whole = True
        tall, small = y + each.whole + GAP, y + each.short + GAP
        for later in given[index + 1 : index + 41] if each.whole > each.short else ():
            if tall <= later.y:
                break
            if tall - later.y > max(each.drift, small - later.y) + 0.5:
                whole = False
                break
            tall, small = tall + later.short + GAP, max(small, later.y) + later.short + GAP
        spots.append(Spot(y, whole))
        free = bottom(spots[-1], each) + GAP
    return spots


wish = st.builds(
    lambda step, extra, drift: (float(step), SHORT + extra, float(drift)),
    st.sampled_from([0, 0, 3, 20, 29, 58, 150, 400]),
    st.sampled_from([0, 40, 90, 200, 380]),
    st.sampled_from([0, 80, 110, 170]),
)


@st.composite
def wishes(draw: st.DrawFn, least: int = 0) -> list[Wish]:
    at, made = 0.0, []
    for step, whole, drift in draw(st.lists(wish, min_size=least, max_size=30)):
        at += step
        made.append(Wish(at, whole, SHORT, drift))
    return made


def bottom(spot: Spot, wish: Wish) -> float:
    return spot.y + (wish.whole if spot.whole else wish.short)


def pushed(given: list[Wish], spots: list[Spot]) -> list[float]:
    return [spot.y - wish.y for spot, wish in zip(spots, given, strict=True)]


@settings(max_examples=150)
@given(wishes(), st.integers(-1, 29))
def test_cards_keep_their_order_and_never_overlap(given: list[Wish], active: int) -> None:
    spots = place_cards(given, active if active < len(given) else -1)
    assert len(spots) == len(given)
    assert all(spot.y >= 0 for spot in spots)
    for index in range(1, len(spots)):
        above = bottom(spots[index - 1], given[index - 1])
        assert spots[index].y >= above + GAP - 1e-6


@settings(max_examples=150)
@given(wishes(least=1), st.data())
def test_the_active_card_is_whole_and_at_its_words(given: list[Wish], data: st.DataObject) -> None:
    active = data.draw(st.integers(0, len(given) - 1))
    spots = place_cards(given, active)
    assert spots[active].whole
    assert spots[active].y >= given[active].y
    # Only the top of the page is in the way: cards above it that stand there, closely packed.
    if spots[active].y > given[active].y:
        assert spots[0].y == pytest.approx(0)
        for index in range(1, active + 1):
            above = bottom(spots[index - 1], given[index - 1])
            assert spots[index].y == pytest.approx(above + GAP)


@settings(max_examples=150)
@given(wishes())
def test_a_whole_card_pushes_others_no_further_than_it_may(given: list[Wish]) -> None:
    spots = place_cards(given)
    for index, spot in enumerate(spots):
        if not spot.whole or given[index].whole == given[index].short:
            continue
        # What would be, were all after it short, with this card whole and with it short.
        tall, small = bottom(spot, given[index]) + GAP, spot.y + SHORT + GAP
        for later in given[index + 1 :]:
            if tall <= later.y:
                break
            allowed = max(given[index].drift, small - later.y)
            assert tall - later.y <= allowed + 0.6
            tall, small = max(tall, later.y) + SHORT + GAP, max(small, later.y) + SHORT + GAP


@given(wishes(), st.integers(-1, 29))
def test_the_same_wishes_give_the_same_places(given: list[Wish], active: int) -> None:
    active = active if active < len(given) else -1
    assert place_cards(given, active) == place_cards(list(given), active)


@given(wishes(least=1))
def test_a_card_with_room_stands_at_its_words_and_is_whole(given: list[Wish]) -> None:
    spots = place_cards(given)
    free = 0.0
    for index, (wish, spot) in enumerate(zip(given, spots, strict=True)):
        if wish.y >= free:
            assert spot.y == wish.y
            after = given[index + 1].y if index + 1 < len(given) else 1e9
            if wish.y + wish.whole + GAP <= after:
                assert spot.whole
        free = bottom(spot, wish) + GAP


def test_far_apart_all_are_whole_at_their_words() -> None:
    given = [Wish(y, 120, SHORT) for y in (10.0, 300.0, 700.0)]
    assert place_cards(given) == [Spot(10, True), Spot(300, True), Spot(700, True)]


def test_words_that_crowd_get_short_cards() -> None:
    given = [Wish(29.0 * line, 180, SHORT) for line in range(10)]
    spots = place_cards(given)
    assert [spot.whole for spot in spots] == [False] * 9 + [True]
    assert pushed(given, spots) == [0.0] * 10


def test_the_active_card_wins_its_place_and_those_above_give_way_upwards() -> None:
    given = [Wish(400, 180, SHORT), Wish(420, 180, SHORT), Wish(900, 100, SHORT)]
    spots = place_cards(given, active=1)
    assert spots[1] == Spot(420, True)
    assert bottom(spots[0], given[0]) <= 420 - GAP
    assert spots[2] == Spot(900, True)


def test_below_the_top_of_the_page_the_active_card_waits_for_those_above_it() -> None:
    given = [Wish(0, 180, SHORT), Wish(10, 180, SHORT)]
    spots = place_cards(given, active=1)
    assert spots == [Spot(0, False), Spot(SHORT + GAP, True)]


def test_a_figure_may_push_further_than_a_definition() -> None:
    later = Wish(29, 60, SHORT)
    assert not place_cards([Wish(0, 29 + DRIFT + 20, SHORT), later])[0].whole
    assert place_cards([Wish(0, 29 + DRIFT + 20, SHORT, drift=170), later])[0].whole


def test_ten_thousand_cards_are_placed_one_after_the_other() -> None:
    given = [Wish(10.0 * index, 150, SHORT) for index in range(10_000)]
    spots = place_cards(given, active=5_000)
    assert spots[5_000].whole
    assert all(first.y < second.y for first, second in itertools.pairwise(spots))


@settings(max_examples=150)
@given(wishes())
def test_all_stand_where_one_after_the_other_finds_its_place(given: list[Wish]) -> None:
    assert place_cards(given) == one_by_one(given)


@settings(max_examples=150)
@given(wishes(least=1), st.data())
def test_correcting_some_cards_is_as_placing_all_anew(
    given: list[Wish], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(given) - 1))
    last = data.draw(st.integers(first, min(first + 4, len(given) - 1)))
    active = data.draw(st.integers(-1, len(given) - 1))
    placement = Placement()
    placement.place(wishes_of(given), active)
    for index in range(first, last + 1):
        whole = SHORT + data.draw(st.sampled_from([0, 10, 60, 250]))
        y = given[index].y + data.draw(st.sampled_from([0.0, 12.0, -7.0]))
        short = data.draw(st.sampled_from([SHORT, whole]))
        given[index] = replace(given[index], y=y, whole=whole, short=short)
        placement.correct(index, y, whole, short)
        assert (placement.line(index), placement.short(index)) == (y, short)
    placement.place_again(range(first, last + 1), active)
    assert spots_of(placement) == place_cards(given, active)


@given(st.data())
def test_spots_that_are_kept_are_those_that_would_be_found_anew(data: st.DataObject) -> None:
    placement, now = Placement(), data.draw(wishes())
    heights, yes = st.sampled_from([SHORT, 60.0, 300.0]), st.booleans()
    for _ in range(4):
        active = data.draw(st.integers(-1, len(now) - 1))
        placement.place(wishes_of(now), active)
        assert spots_of(placement) == place_cards(now, active)
        now = list(now)
        for _ in range(data.draw(st.integers(0, 3))):
            number = data.draw(st.integers(0, len(now)))
            if number == len(now):
                more = Wish(float(data.draw(st.integers(0, 2_000))), 90.0, SHORT)
                now = sorted([*now, more], key=lambda each: each.y)
            elif data.draw(yes):
                now[number] = replace(now[number], whole=data.draw(heights))
            else:
                del now[number]
