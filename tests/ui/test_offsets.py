"""Code points and UTF-16 units, against Python's own encoder."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reader.ui.page.offsets import Offsets

texts = st.text(
    st.sampled_from("aé\n\ufffc\uffff\u2028\U00010000\U0001f600\U0010ffff\u200d"), max_size=40
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
@example("")
@example("\U0001f469\u200d\U0001f680 a")
def test_both_ways(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        expected = units(text[:point])
        assert offsets.to_units(point) == expected
        assert offsets.to_points(expected) == point


@given(texts)
def test_inside_a_pair_stands_its_letter(text: str) -> None:
    offsets = Offsets(text)
    for point, letter in enumerate(text):
        if units(letter) == 2:
            assert offsets.to_points(offsets.to_units(point) + 1) == point
