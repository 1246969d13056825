"""Icons have the theme's colours and are sharp at every density."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from reader.locations import bundled
from reader.ui.icons import APP, Icons
from reader.ui.theme import NAMES, Theme, load_theme

RESOURCES = bundled("resources")
DRAWINGS = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


def theme(name: str) -> Theme:
    return load_theme(RESOURCES / "themes", name)


@pytest.fixture
def icons(qapp: object) -> Icons:
    return Icons(RESOURCES / "icons", theme("light"))


def image(
    icon: QIcon,
    mode: QIcon.Mode = QIcon.Mode.Normal,
    state: QIcon.State = QIcon.State.Off,
    size: int = 20,
    density: float = 1.0,
) -> QImage:
    return icon.pixmap(QSize(size, size), density, mode, state).toImage()


def inks(picture: QImage) -> list[QColor]:
    """The colours of all pixels that are not transparent."""
    pixels = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    return [pixel for pixel in pixels if pixel.alpha()]


def strongest(picture: QImage) -> QColor:
    return max(inks(picture), key=QColor.alpha)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", list(QIcon.State))
@pytest.mark.parametrize(
    "mode", [QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected], ids=lambda mode: mode.name
)
def test_an_icon_is_drawn_in_the_colour_of_text(
    qapp: object, name: str, mode: QIcon.Mode, state: QIcon.State
) -> None:
    icon = Icons(RESOURCES / "icons", theme(name)).icon("margin")
    ink = strongest(image(icon, mode, state))
    assert ink == theme(name).color("text")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", list(QIcon.State))
def test_a_disabled_icon_is_faint(qapp: object, name: str, state: QIcon.State) -> None:
    icon = Icons(RESOURCES / "icons", theme(name)).icon("margin")
    ink = strongest(image(icon, QIcon.Mode.Disabled, state))
    muted = theme(name).color("muted")
    assert abs(ink.alphaF() - 0.5) < 0.01
    # Half transparent colours are kept with a little less precision.
    assert abs(ink.red() - muted.red()) <= 2
    assert abs(ink.green() - muted.green()) <= 2
    assert abs(ink.blue() - muted.blue()) <= 2


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_can_be_read_and_shows_something(icons: Icons, name: str) -> None:
    assert len(inks(image(icons.icon(name)))) > 20


@pytest.mark.parametrize("name", sorted({*DRAWINGS} - {APP}))
def test_no_drawing_touches_its_edge(icons: Icons, name: str) -> None:
    picture = image(icons.icon(name), density=3.0)
    last = picture.width() - 1
    edge = [(n, m) for n in range(picture.width()) for m in (0, last)]
    assert not any(picture.pixelColor(x, y).alpha() for x, y in edge + [(y, x) for x, y in edge])


@pytest.mark.parametrize("size", [16, 20])
@pytest.mark.parametrize("density", [1.0, 2.0, 3.0])
def test_an_icon_is_sharp_at_every_density(icons: Icons, size: int, density: float) -> None:
    picture = image(icons.icon("close"), size=size, density=density)
    assert picture.width() == picture.height() == size * density


def test_an_icon_is_made_once_for_a_theme(icons: Icons) -> None:
    first = icons.icon("panel").cacheKey()
    assert icons.icon("panel").cacheKey() == first
    icons.set_theme(theme("light"))
    assert icons.icon("panel").cacheKey() == first
    icons.set_theme(theme("dark"))
    assert icons.icon("panel").cacheKey() != first
    assert strongest(image(icons.icon("panel"))) == theme("dark").color("text")


def test_the_apps_own_icon_keeps_its_colours(icons: Icons) -> None:
    light = image(icons.icon(APP), size=64)
    assert len({ink.name() for ink in inks(light)}) > 20
    icons.set_theme(theme("dark"))
    assert image(icons.icon(APP), size=64) == light


def test_an_unknown_icon_is_a_fault(icons: Icons) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("unicorn")


def test_what_is_no_drawing_is_a_fault(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "broken.svg").write_text("no svg", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.svg"):
        Icons(tmp_path, theme("light")).icon("broken")
