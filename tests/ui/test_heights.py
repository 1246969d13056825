"""Heights of many rows, against a list that is added up anew every time."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.page.heights import Heights

# Whole numbers of sixteenths add up without rounding, in any order.
height = st.integers(0, 4000).map(lambda sixteenths: sixteenths / 16)
heights = st.lists(height, max_size=60)


def tops_of(rows: list[float]) -> list[float]:
    return [0.0, *accumulate(rows)]


@given(heights, st.data())
def test_corrections_are_added_up(rows: list[float], data: st.DataObject) -> None:
    tree = Heights(rows)
    for _ in range(data.draw(st.integers(0, 20)) if rows else 0):
        row = data.draw(st.integers(0, len(rows) - 1))
        new = data.draw(height)
        assert tree.set(row, new) == new - rows[row]
        rows[row] = new
    tops = tops_of(rows)
    assert len(tree) == len(rows)
    assert [tree[row] for row in range(len(rows))] == rows
    assert [tree.top(row) for row in range(len(rows))] == tops[:-1]
    assert tree.tops() == tops[:-1]
    assert tree.total == tops[-1]


@given(st.lists(height.filter(bool), min_size=1, max_size=60), st.data())
def test_the_row_at_a_height(rows: list[float], data: st.DataObject) -> None:
    tree = Heights(rows)
    tops = tops_of(rows)
    y = data.draw(st.floats(-10, tops[-1] + 10) | st.sampled_from(tops))
    naive = max((row for row, top in enumerate(tops[:-1]) if top <= y), default=0)
    assert tree.at(y) == naive


@given(heights.filter(bool), st.floats(0, 20_000))
def test_a_row_without_height_is_nowhere(rows: list[float], y: float) -> None:
    tree = Heights(rows)
    row = tree.at(y)
    if y < tree.total:
        assert tree.top(row) <= y < tree.top(row) + tree[row]
    else:
        assert row == len(rows) - 1


def test_without_rows() -> None:
    tree = Heights([])
    assert (len(tree), tree.total, tree.at(5.0), tree.tops()) == (0, 0.0, -1, [])


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 9, 1000])
def test_every_number_of_rows(count: int) -> None:
    tree = Heights([2.0] * count)
    assert [tree.at(2.0 * row) for row in range(count)] == list(range(count))
    assert [tree.at(2.0 * row + 1.5) for row in range(count)] == list(range(count))
    assert tree.at(2.0 * count) == count - 1
