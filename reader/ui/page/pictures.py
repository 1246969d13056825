"""Pictures of a copy: read with bounds, scaled to the column, drawn sharp on any screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter

from reader.copies.limits import MOST_PIXELS

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_FORMATS = (b"png", b"jpeg", b"webp", b"gif")


class Picture:
    """One picture file, read when it is first asked for."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._image: QImage | None = None
        self._renderer: QSvgRenderer | None = None
        self.size = QSizeF()
        """Its own size in pixels; empty when it cannot be shown."""
        if path is not None:
            self._open(path)

    def fitted(self, width: float, height: float) -> QSizeF:
        """The largest size within the given pixels, never above its own for pixel images."""
        if self.size.isEmpty():
            return QSizeF()
        size = self.size.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio)
        if self._renderer is None and size.width() > self.size.width():
            return self.size
        return size

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Draw it into `rect`."""
        if self._renderer is not None:
            self._renderer.render(painter, rect)
            return
        if self._path is None or self.size.isEmpty():
            return
        sharp = (rect.size() * painter.device().devicePixelRatioF()).boundedTo(self.size)
        if self._image is None or 0 < self._image.width() < int(sharp.width()):
            self._image = _read(self._path, sharp)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)

    def _open(self, path: Path) -> None:
        if path.suffix.lower() == ".svg":
            from reader.ui.page.svg import safe_renderer

            self._renderer = safe_renderer(path)
            if self._renderer is not None:
                self.size = QSizeF(self._renderer.defaultSize())
            return
        # Qt goes by what is in a file, not by its name: an SVG must not come in as a PNG.
        if QImageReader.imageFormat(str(path)).data() not in _FORMATS:
            return
        reader = QImageReader(str(path))
        size = _upright(reader, reader.size())
        if size.isValid() and size.width() * size.height() <= MOST_PIXELS:
            self.size = QSizeF(size)


class Pictures:
    """The pictures of one copy, by the names that the copy gives them."""

    def __init__(self, find: Callable[[str], Path | None]) -> None:
        self._find = find
        self._pictures: dict[str, Picture] = {}

    def __getitem__(self, name: str) -> Picture:
        if name not in self._pictures:
            self._pictures[name] = Picture(self._find(name))
        return self._pictures[name]


def _read(path: Path, size: QSizeF) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    wanted = QSize(max(1, round(size.width())), max(1, round(size.height())))
    if _upright(reader, reader.size()).width() > wanted.width():
        reader.setScaledSize(_upright(reader, wanted))
    return reader.read()


def _upright(reader: QImageReader, size: QSize) -> QSize:
    """A size as it is when a picture that a camera held sideways is turned."""
    turned = QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if reader.transformation() & turned else size
