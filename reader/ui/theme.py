"""Themes: named colour roles, read from resources/themes, and what Qt makes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

NAMES = ("light", "sepia", "dark", "high-contrast-light", "high-contrast-dark")

_OUTLINE = 0.75
"""How much of the muted colour there is in an outline, 0 to 1: enough for 3:1."""

_FUSION = 140
"""Percent by which Fusion's outlines are darker than the window."""


@dataclass(frozen=True)
class Theme:
    """One theme's colours by role. Equal roles in every theme."""

    name: str
    dark: bool
    roles: dict[str, str]

    def __getitem__(self, role: str) -> str:
        """The colour of a role, as #rrggbb. KeyError for an unknown role."""
        return self.roles[role]

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role; `alpha` from 0 (nothing) to 1 (solid)."""
        color = QColor(self.roles[role])
        color.setAlphaF(alpha)
        return color

    def tint(self, role: str, ground: str, share: float) -> QColor:
        """`share` (0 to 1) of a role's colour laid on a ground, as a solid colour."""
        top, under = QColor(self.roles[role]), QColor(self.roles[ground])
        return QColor(
            round(top.red() * share + under.red() * (1 - share)),
            round(top.green() * share + under.green() * (1 - share)),
            round(top.blue() * share + under.blue() * (1 - share)),
        )

    def palette(self) -> QPalette:
        """The roles as a Qt palette, for everything that Qt draws itself."""
        return QPalette(self._palette)

    def outline(self) -> QColor:
        """The colour of the outlines of fields and boxes."""
        high = self.name.startswith("high-contrast")
        return self.color("border") if high else self.tint("muted", "page", _OUTLINE)

    def outlined_palette(self) -> QPalette:
        """The palette of fields and boxes, whose outlines are to be seen on every ground.

        Qt's Fusion style draws them in the window's colour with 1.4 times less light, which in a
        dark theme is no line at all; so these are told of a window that is as much lighter.
        """
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self.outline().lighter(_FUSION))
        return palette

    @cached_property
    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for qt_role, name in {
            role.Window: "window",
            role.WindowText: "text",
            role.Base: "page",
            role.AlternateBase: "window",
            role.Text: "text",
            role.Button: "window",
            role.ButtonText: "text",
            role.ToolTipBase: "card",
            role.ToolTipText: "text",
            role.PlaceholderText: "muted",
            role.Highlight: "selection",
            role.HighlightedText: "text",
            role.Link: "link",
            role.LinkVisited: "link",
            role.Mid: "border",
            role.Midlight: "edge",
            role.Light: "card",
            role.Dark: "rule",
            role.Shadow: "rule",
            role.Accent: "accent",
        }.items():
            palette.setColor(qt_role, self.color(name))
        for qt_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.color("muted", 0.6))
        return palette


def load_theme(folder: Path, name: str) -> Theme:
    """Read the theme `name` from `folder` (resources/themes)."""
    data = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    roles = {
        role: colour
        for group in ("grounds", "texts", "lines", "marks", "inks", "kinds", "stripes")
        for role, colour in data[group].items()
    }
    return Theme(data["name"], data["dark"], roles)


def choose_theme(load: Callable[[str], Theme], name: str) -> Theme:
    """The theme called `name`, as `load` reads it; for `system` the one that is as the system is.

    That is the light or the dark one, of high contrast where the system asks for that.
    """
    if name == "system":
        hints = QGuiApplication.styleHints()
        name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            name = f"high-contrast-{name}"
    return load(name)
