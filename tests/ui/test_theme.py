"""Every theme has all roles, and whatever is written can be read on what it is written on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from PySide6.QtGui import QColor, QPalette

from reader.__main__ import THEMES
from reader.annotations.model import Kind
from reader.copies.layers import STRIPES
from reader.locations import bundled
from reader.settings import DECLARED
from reader.ui.theme import NAMES, load_theme

FOLDER = bundled("resources") / "themes"
ENOUGH = 4.5
HIGH = 7.0


def groups(name: str) -> dict[str, dict[str, str]]:
    data: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return {key: value for key, value in data.items() if isinstance(value, dict)}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def enough(name: str) -> float:
    """The contrast that a theme's texts have to keep: what WCAG asks at AA, or at AAA."""
    return HIGH if name.startswith("high-contrast") else ENOUGH


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_what_wcag_gives() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", NAMES)
def test_texts_kinds_and_stripes_can_be_read_on_every_ground(name: str) -> None:
    roles = groups(name)
    faint = [
        f"{ink} on {ground}: {contrast(colour, under):.2f}"
        for ink, colour in (roles["texts"] | roles["kinds"] | roles["stripes"]).items()
        for ground, under in roles["grounds"].items()
        if contrast(colour, under) < enough(name)
    ]
    assert faint == []


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_every_mark(name: str) -> None:
    roles = groups(name)
    faint = [
        f"text on {mark}: {contrast(roles['texts']['text'], under):.2f}"
        for mark, under in roles["marks"].items()
        if contrast(roles["texts"]["text"], under) < enough(name)
    ]
    assert faint == []


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_the_accent(name: str) -> None:
    lines = groups(name)["lines"]
    assert contrast(lines["accent_text"], lines["accent"]) >= enough(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("high-contrast")])
def test_with_high_contrast_every_line_and_ink_can_be_seen_too(name: str) -> None:
    """Inks are seen as well as texts, and the lines around controls as WCAG asks of them."""
    roles = groups(name)
    for under in roles["grounds"].values():
        assert all(contrast(ink, under) >= HIGH for ink in roles["inks"].values())
        assert all(
            contrast(line, under) >= 3
            for role, line in roles["lines"].items()
            if role[-4:] != "text"
        )


@pytest.mark.parametrize("name", NAMES)
def test_the_focus_can_be_seen_on_every_ground(name: str) -> None:
    """3:1 is what WCAG asks of a line that carries meaning."""
    roles = groups(name)
    for under in roles["grounds"].values():
        assert contrast(roles["lines"]["accent"], under) >= 3


def test_every_theme_has_the_same_roles() -> None:
    first, *others = ({group: set(roles) for group, roles in groups(n).items()} for n in NAMES)
    assert all(other == first for other in others)


def test_no_role_is_in_two_groups() -> None:
    roles = [role for group in groups("light").values() for role in group]
    assert len(roles) == len(set(roles))


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_has_a_colour(name: str) -> None:
    assert groups(name)["kinds"].keys() == {kind.value for kind in Kind}


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_can_have_a_stripe_of_its_own(name: str) -> None:
    stripes = groups(name)["stripes"]
    assert list(stripes) == [f"stripe_{number}" for number in range(STRIPES)]
    assert len(set(stripes.values())) == STRIPES


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_read_by_role(name: str) -> None:
    theme = load_theme(FOLDER, name)
    assert theme.name == name
    assert theme.dark == (luminance(theme["page"]) < luminance(theme["text"]))
    for role, colour in theme.roles.items():
        assert QColor(colour).isValid(), role
        assert theme.color(role).name() == colour
    with pytest.raises(KeyError):
        theme["unicorn"]


def test_a_tint_lies_between_its_ground_and_its_colour() -> None:
    theme = load_theme(FOLDER, "light")
    assert theme.tint("event", "card", 0).name() == theme["card"]
    assert theme.tint("event", "card", 1).name() == theme["event"]
    half = theme.tint("event", "card", 0.5)
    assert theme.color("event").red() < half.red() < theme.color("card").red()


@pytest.mark.parametrize("name", NAMES)
def test_what_qt_draws_has_the_themes_colours(name: str) -> None:
    theme = load_theme(FOLDER, name)
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Text) == theme.color("text")
    assert palette.color(QPalette.ColorRole.Base) == theme.color("page")
    assert palette.color(QPalette.ColorRole.Link) == theme.color("link")


def test_every_theme_can_be_chosen_in_the_settings_and_from_the_command_line() -> None:
    assert DECLARED["theme"].choices == ("system", *NAMES)
    assert DECLARED["theme"].choices == THEMES


@pytest.mark.parametrize("name", NAMES)
def test_the_outlines_of_boxes_can_be_seen(name: str) -> None:
    """Qt's Fusion style draws them with 1.4 times less light than the window has."""
    theme = load_theme(FOLDER, name)
    line = theme.outlined_palette().color(QPalette.ColorRole.Window).darker(140).name()
    for ground in ("window", "page", "card", "field"):
        assert contrast(line, theme[ground]) >= 3, ground


@pytest.mark.parametrize("name", NAMES)
def test_the_readers_inks_can_be_seen_on_every_ground(name: str) -> None:
    """They are lines, frames and squares that mean something: 3:1 (1.4.11)."""
    roles = groups(name)
    faint = [
        f"{ink} on {ground}: {contrast(colour, under):.2f}"
        for ink, colour in roles["inks"].items()
        for ground, under in roles["grounds"].items()
        if ground in ("page", "card") and contrast(colour, under) < 3
    ]
    assert faint == []


@pytest.mark.parametrize("name", NAMES)
def test_where_the_keyboard_is_can_be_seen_on_the_default_button(name: str) -> None:
    """Its frame is of the text's colour, on the accent, and stands on the window."""
    theme = load_theme(FOLDER, name)
    assert contrast(theme["text"], theme["window"]) >= 3
    assert contrast(theme["accent"], theme["window"]) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_words_of_a_link_or_a_kind_can_be_read_on_a_mark(name: str) -> None:
    """In the page only the text's own colour stands on marks; links there count as large text."""
    roles = groups(name)
    for under in roles["marks"].values():
        assert contrast(roles["texts"]["text"], under) >= enough(name)
        assert contrast(roles["texts"]["link"], under) >= 3
