"""The icons: our own drawings, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.ui.theme import Theme

APP = "app"
"""The app's own icon, which keeps the colours that it was drawn in."""

# What icons of 16 and 20 points need on screens of one, two and three times the density; 48 comes
# from 60. A QIconEngine would draw any size on demand, but PySide6 does not hand it over to QIcon.
_SIZES = (16, 20, 32, 40, 60)
_PLACES = tuple(
    QRect(right - size, 0, size, size)
    for size, right in zip(_SIZES, accumulate(_SIZES), strict=True)
)
"""Where the sizes of a drawing lie, side by side, for all to be coloured at once."""

_APP_SIZES = (16, 32, 64, 128)


class Icons:
    """Drawings of a folder (resources/icons) as icons, each made when it is first asked for."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._made: dict[str, QIcon] = {}
        self._shapes: dict[str, QImage] = {}
        """What a drawing covers, which is the same in every theme."""

    def set_theme(self, theme: Theme) -> None:
        """Icons asked for from now on have this theme's colours."""
        if theme != self._theme:
            self._theme = theme
            self._made = {APP: self._made[APP]} if APP in self._made else {}

    def icon(self, name: str) -> QIcon:
        """The icon `name`. FileNotFoundError when there is no such drawing."""
        if name not in self._made:
            made = _app_icon(self._read(name)) if name == APP else self._recoloured(name)
            self._made[name] = made
        return self._made[name]

    def _recoloured(self, name: str) -> QIcon:
        # What is checked or hovered over falls back to the normal mode; what is selected would
        # be tinted by the style.
        if name not in self._shapes:
            self._shapes[name] = _shape(self._read(name))
        icon, shape = QIcon(), self._shapes[name]
        plain = _in_colour(shape, self._theme.color("text"))
        pale = _in_colour(shape, self._theme.color("muted", 0.5))
        for place in _PLACES:
            icon.addPixmap(sized := plain.copy(place), QIcon.Mode.Normal)
            icon.addPixmap(sized, QIcon.Mode.Selected)
            icon.addPixmap(pale.copy(place), QIcon.Mode.Disabled)
        return icon

    def _read(self, name: str) -> QSvgRenderer:
        file = self._folder / f"{name}.svg"
        drawing = QSvgRenderer(file.read_bytes())
        if not drawing.isValid():
            raise ValueError(f"{file} is not an SVG drawing")
        return drawing


def _app_icon(drawing: QSvgRenderer) -> QIcon:
    icon = QIcon()
    for size in _APP_SIZES:
        icon.addPixmap(_draw(drawing, [QRect(0, 0, size, size)]))
    return icon


def _draw(drawing: QSvgRenderer, places: Sequence[QRect]) -> QPixmap:
    pixmap = QPixmap(QSize(places[-1].right() + 1, places[-1].bottom() + 1))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    for place in places:
        drawing.render(painter, QRectF(place))
    painter.end()
    return pixmap


def _shape(drawing: QSvgRenderer) -> QImage:
    """What a drawing covers in each of its sizes, whatever it was drawn in."""
    return _draw(drawing, _PLACES).toImage().convertToFormat(QImage.Format.Format_Alpha8)


def _in_colour(shape: QImage, colour: QColor) -> QPixmap:
    """`shape` in one colour."""
    drawing = QImage(shape.size(), QImage.Format.Format_ARGB32_Premultiplied)
    drawing.fill(colour)
    painter = QPainter(drawing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(QPoint(), shape)
    painter.end()
    return QPixmap.fromImage(drawing)
