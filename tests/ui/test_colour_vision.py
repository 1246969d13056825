"""Who cannot tell colours apart can still tell kinds and highlights apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from reader.annotations.marks import Color
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.locations import bundled
from reader.ui.page.decorations import Look
from reader.ui.page.page import PageView
from reader.ui.page.selection_bar import color_sign
from reader.ui.theme import NAMES, Theme, load_theme

VISION = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What is seen of linear red, green and blue: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on
Visualization and Computer Graphics 15 (2009), the tables for severity 1.0."""

APART = 20.0
"""Distance in CIELAB (CIE 1976) from which two colours of thin lines count as told apart."""

SEEN = 8.0
"""Distance from which an area is seen on its ground."""

WHITE = (0.95047, 1.0, 1.08883)
"""The white of D65."""


def linear(colour: str) -> list[float]:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def as_seen(colour: str, vision: str) -> list[float]:
    """A colour in CIELAB, as somebody with a deficiency sees it."""
    given = linear(colour)
    if vision in VISION:
        given = [
            min(1.0, max(0.0, sum(share * c for share, c in zip(line, given, strict=True))))
            for line in VISION[vision]
        ]
    red, green, blue = given
    xyz = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    x, y, z = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
        for part in (value / white for value, white in zip(xyz, WHITE, strict=True))
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def distance(one: str, other: str, vision: str) -> float:
    pairs = zip(as_seen(one, vision), as_seen(other, vision), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_the_simulation_gives_what_it_should() -> None:
    """Grey stays grey; red and green come near each other, blue and yellow do not."""
    assert as_seen("#ffffff", "normal") == pytest.approx([100, 0, 0], abs=0.05)
    for vision in VISION:
        assert distance("#808080", "#ffffff", vision) == pytest.approx(
            distance("#808080", "#ffffff", "normal"), abs=0.5
        )
    apart = distance("#c04040", "#707000", "normal")
    for vision in ("protanopia", "deuteranopia"):
        assert distance("#c04040", "#707000", vision) < 0.7 * apart
        assert distance("#3060ff", "#d0b000", vision) > 80


@pytest.mark.parametrize("vision", ["normal", *VISION])
@pytest.mark.parametrize("name", NAMES)
def test_a_highlight_is_seen_on_the_page_in_every_colour(name: str, vision: str) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    faint = {
        color: distance(theme[f"mark_{color}"], theme["page"], vision)
        for color in Color
        if distance(theme[f"mark_{color}"], theme["page"], vision) < SEEN
    }
    assert faint == {}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_found_is_told_from_where_one_is(name: str) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    for vision in ("normal", *VISION):
        assert distance(theme["found"], theme["found_current"], vision) >= SEEN


def ink(page: PageView, start: int, end: int, letters: bool = False) -> list[str]:
    """What is drawn below words, without its colours, as far as the narrowest of them reaches."""
    layout = page.page_layout()
    assert layout is not None
    rect = layout.range_rects(start, end)[0].translated(0, -page.scroll())
    below = QRect(round(rect.left()), round(rect.bottom()) - 8, 60, 12)
    if letters:
        below = QRect(round(rect.right()) - 8, round(rect.top()) - 8, 20, 22)
    picture: QImage = page.viewport().grab(below).toImage()
    ground = QColor(page._theme["page"]).lightness()
    return [
        "".join(
            "#" if abs(picture.pixelColor(x, y).lightness() - ground) > 40 else "."
            for x in range(picture.width())
        )
        for y in range(picture.height())
    ]


def test_kinds_are_told_apart_by_the_shape_of_their_underline(
    make_page: Callable[..., PageView], harbour: Copy, theme: Theme
) -> None:
    assert any(
        distance(theme[one], theme[other], vision) < APART
        for one, other in combinations(Kind, 2)
        for vision in VISION
    ), "were all colours told apart, no shapes would be needed"
    page = make_page(harbour)
    layout = page.page_layout()
    assert layout is not None
    page.set_underlines("every")
    for mention in harbour.attachment.mentions:
        looks = [look for *_, look in layout.decorations.touching(mention.start, mention.end)]
        assert [look.shape for look in looks] == [harbour.by_id[mention.annotation].kind]

    start = harbour.text.string.index("before anybody")

    def shape(kind: Kind) -> tuple[str, ...]:
        look = Look(underline=theme.color("text"), shape=kind)
        page.looks.set_marks([(start, start + 14, look)])
        return tuple(ink(page, start, start + 14))

    assert len({shape(kind) for kind in Kind}) == 1, "as long as nobody asks for shapes"
    page.set_signs(True)
    assert len({shape(kind) for kind in Kind}) == len(Kind)


@pytest.mark.parametrize("underline", [False, True])
def test_a_highlight_bears_the_number_of_its_colour(
    make_window: Callable[..., Any], harbour: Copy, settle: Callable[[Any], None], underline: bool
) -> None:
    window = make_window(harbour.path)
    page = window.reading.page
    start = harbour.text.string.index("The quay is long")
    ends: dict[Color, list[str]] = {}
    window._settings["signs"] = True
    for color in Color:
        sign = color_sign(color)
        fill, line = window.theme.color("mark_yellow"), window.theme.color("text")
        look = Look(line=line, sign=sign) if underline else Look(fill=fill, sign=sign)
        page.looks.set_marks([(start, start + 8, look)])
        ends[color] = ink(page, start, start + 8, letters=True)
    assert len({tuple(rows) for rows in ends.values()}) == len(Color)
    page.set_signs(False)
    without = ink(page, start, start + 8, letters=True)
    assert all(rows != without for rows in ends.values())


def test_a_mark_that_is_made_bears_its_number(
    make_window: Callable[..., Any], harbour: Copy
) -> None:
    window = make_window(harbour.path)
    start = harbour.text.string.index("The quay is long")
    window.reading.page.select(start, start + 8)
    window.reading.page.selection_made.emit()
    window.actions_["mark-blue"].trigger()
    looks = window.reading.page.page_layout().decorations.touching(start, start + 8)
    assert "3" in [look.sign for *_, look in looks]
    assert {color_sign(color) for color in Color} == set("12345")
