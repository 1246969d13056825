"""The icons: our own drawings, in the colours of the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.ui.theme import Theme

APP = "app"
"""The app's own icon, which keeps the colours that it was drawn in."""

# What icons of 16 and 20 points need on screens of one, two and three times the density; 48 comes
# from 60. A QIconEngine would draw any size on demand, but PySide6 does not hand it over to QIcon.
_SIZES = (16, 20, 32, 40, 60)
_APP_SIZES = (16, 32, 64, 128)


class Icons:
    """Drawings of a folder (resources/icons) as icons, each made when it is first asked for."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._made: dict[str, QIcon] = {}

    def set_theme(self, theme: Theme) -> None:
        """Icons asked for from now on have this theme's colours."""
        if theme != self._theme:
            self._theme = theme
            self._made = {APP: self._made[APP]} if APP in self._made else {}

    def icon(self, name: str) -> QIcon:
        """The icon `name`. FileNotFoundError when there is no such drawing."""
        if name not in self._made:
            drawing = _read(self._folder / f"{name}.svg")
            self._made[name] = _app_icon(drawing) if name == APP else self._recoloured(drawing)
        return self._made[name]

    def _recoloured(self, drawing: QSvgRenderer) -> QIcon:
        # What is checked or hovered over falls back to the normal mode; what is selected would
        # be tinted by the style.
        icon = QIcon()
        for size in _SIZES:
            shape = _draw(drawing, size)
            plain = _in_colour(shape, self._theme.color("text"))
            icon.addPixmap(plain, QIcon.Mode.Normal)
            icon.addPixmap(plain, QIcon.Mode.Selected)
            icon.addPixmap(_in_colour(shape, self._theme.color("muted", 0.5)), QIcon.Mode.Disabled)
        return icon


def _read(file: Path) -> QSvgRenderer:
    drawing = QSvgRenderer(file.read_bytes())
    if not drawing.isValid():
        raise ValueError(f"{file} is not an SVG drawing")
    return drawing


def _app_icon(drawing: QSvgRenderer) -> QIcon:
    icon = QIcon()
    for size in _APP_SIZES:
        icon.addPixmap(_draw(drawing, size))
    return icon


def _draw(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _in_colour(shape: QPixmap, colour: QColor) -> QPixmap:
    """`shape` with every stroke in one colour, whatever it was drawn in."""
    pixmap = QPixmap(shape)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), colour)
    painter.end()
    return pixmap
