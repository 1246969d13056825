"""Back and forward, against a browser's rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.travel import Travel

steps = st.lists(st.one_of(st.integers(1, 50), st.sampled_from(["back", "forward"])), max_size=60)


@given(steps)
def test_it_goes_as_a_browser_goes(given: list[int | str]) -> None:
    travel, pages, at = Travel[int](), [0], 0
    for step in given:
        here = pages[at]
        if isinstance(step, int):
            if step == here:
                continue
            travel.leave(here)
            pages, at = [*pages[: at + 1], step], at + 1
        elif step == "back":
            place = travel.back(here)
            assert place == (pages[at - 1] if at else None)
            at = max(0, at - 1)
        else:
            place = travel.forward(here)
            assert place == (pages[at + 1] if at + 1 < len(pages) else None)
            at = min(len(pages) - 1, at + 1)
        assert travel.can_go_back == (at > 0)
        assert travel.can_go_forward == (at + 1 < len(pages))


def test_leaving_a_place_twice_is_leaving_it_once() -> None:
    travel = Travel[int]()
    travel.leave(5)
    travel.leave(5)
    assert travel.back(9) == 5
    assert not travel.can_go_back


def test_it_remembers_many_places_and_not_all() -> None:
    travel = Travel[int]()
    for place in range(1000):
        travel.leave(place)
    count = 0
    while travel.can_go_back:
        travel.back(-1)
        count += 1
    assert 100 <= count < 1000


def test_another_text_begins_anew() -> None:
    travel = Travel[int]()
    travel.leave(1)
    travel.back(2)
    travel.leave(3)
    travel.clear()
    assert not travel.can_go_back
    assert not travel.can_go_forward
    assert travel.back(1) is None
