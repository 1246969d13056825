"""Work during which the collector of cycles rests."""

from __future__ import annotations

import gc

import pytest

from reader.ui.uncollected import pause, resume, uncollected


def test_the_collector_rests_until_the_last_work_has_ended() -> None:
    with uncollected():
        pause()
        with uncollected(lasting=True):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert not gc.isenabled()
    resume()
    assert gc.isenabled()


def test_it_works_again_after_work_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_it_passes_over_what_lasts() -> None:
    with uncollected(lasting=True):
        made: list[object] = [[] for _ in range(100)]
    looked_at = {id(each) for each in gc.get_objects()}
    assert looked_at.isdisjoint(map(id, made))
