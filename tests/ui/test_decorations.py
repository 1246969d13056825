"""Layers of decorations, against looking at every range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from reader.ui.page.decorations import Decorations, EvenLayer, Layer, Look

LOOK = Look(fill=QColor("red"))
spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda span: (span[0], sum(span)))


def touching(ranges: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return sorted((first, last) for first, last in ranges if first < end and last > start)


@given(st.lists(spans, max_size=20), spans)
def test_a_layer_finds_all_that_overlaps(
    ranges: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    layer = Layer([(*each, LOOK) for each in ranges])
    found = list(layer.touching(*asked))
    longest_first = sorted(touching(ranges, *asked), key=lambda each: (each[0], -each[1]))
    assert [entry[:2] for entry in found] == longest_first
    assert all(entry[2] is LOOK for entry in found)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 9)), max_size=20), spans)
def test_an_even_layer_finds_the_same(gaps: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    ranges: list[tuple[int, int]] = []
    at = 0
    for gap, length in gaps:
        ranges.append((at + gap, at + gap + length))
        at += gap + length
    found = list(EvenLayer(ranges, LOOK).touching(*asked))
    assert [entry[:2] for entry in found] == touching(ranges, *asked)


def test_layers_are_drawn_in_the_order_in_which_they_were_first_set() -> None:
    decorations = Decorations()
    low, high = Look(fill=QColor("blue")), Look(fill=QColor("green"))
    decorations.set("low", [(0, 9, low)])
    decorations.set("high", EvenLayer([(0, 9)], high))
    decorations.set("low", [(5, 9, low)])
    assert [entry[2] for entry in decorations.touching(0, 9)] == [low, high]
    assert [entry[2] for entry in decorations.touching(0, 5)] == [high]
    decorations.set("low", ())
    assert [entry[2] for entry in decorations.touching(0, 9)] == [high]
