"""What counts as a text on a screen, and what as the place that was sought."""

from __future__ import annotations

import pytest

from benchmarks.beside.ink import has_bar, is_blank, is_text
from benchmarks.beside.screen import Rect

WIDTH, HEIGHT = 400, 300
WHITE, BLACK, GREY = 250, 10, 150


def page(ground: int = WHITE) -> list[bytearray]:
    return [bytearray([ground] * WIDTH) for _ in range(HEIGHT)]


def write(rows: list[bytearray], lines: int, ink: int = BLACK) -> list[bytearray]:
    """Lines of words: every fourth pixel has ink, in ten rows out of twenty."""
    for line in range(lines):
        for row in rows[10 + line * 20 : 20 + line * 20]:
            row[20:300:4] = bytes([ink] * 70)
    return rows


def draw(rows: list[bytearray], left: int, top: int, width: int, height: int) -> list[bytearray]:
    for row in rows[top : top + height]:
        row[left : left + width] = bytes([BLACK] * width)
    return rows


def seen(rows: list[bytearray]) -> list[bytes]:
    return [bytes(row) for row in rows]


def test_half_a_page_of_dark_words_on_light_ground_is_a_text():
    assert is_text(seen(write(page(), 8)))


@pytest.mark.parametrize(
    "rows",
    [
        page(),
        page(BLACK),
        write(page(), 3),
        write(page(), 8, ink=GREY),
        draw(page(), 100, 80, 150, 120),
        write(page(BLACK), 8),
    ],
    ids=["blank", "dark", "a few words", "words that fade in", "a picture", "no window"],
)
def test_anything_else_is_not(rows: list[bytearray]):
    assert not is_text(seen(rows))


def test_blank_is_what_has_no_dark_on_light():
    assert is_blank(seen(page()))
    assert is_blank(seen(page(BLACK)))
    assert not is_blank(seen(write(page(), 1)))


@pytest.mark.parametrize("width", [70, 200, WIDTH - 4])
def test_the_bar_is_found_among_words(width: int):
    assert has_bar(seen(draw(write(page(), 8), 2, 200, width, 14)))


@pytest.mark.parametrize(
    ("width", "height"), [(40, 14), (300, 6), (300, 80)], ids=["short", "a rule", "a menu bar"]
)
def test_other_dark_things_are_no_bar(width: int, height: int):
    assert not has_bar(seen(draw(write(page(), 8), 20, 200, width, height)))


def test_a_bar_that_is_cut_off_below_is_not_there_yet():
    assert not has_bar(seen(draw(page(), 20, HEIGHT - 10, 200, 10)))


def test_the_middle_of_a_window_lies_in_it():
    window = Rect(10, 20, 400, 300)
    middle = window.middle()
    assert (middle.left, middle.top, middle.width, middle.height) == (110, 50, 200, 240)
    assert window.beyond(0.25) == Rect(110, 20, 300, 300)
