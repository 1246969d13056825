"""The program's icon in the containers that Windows and macOS ask for, out of its one drawing."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

DRAWING = Path(__file__).resolve().parent.parent / "resources/icons/app.svg"

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels of the icons that Windows shows, at 100 to 200 % and in a large view."""

ICNS_SIZES = {
    b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512,
    b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Pixels of the pictures in macOS' container, by their names in it."""


def write_ico(file: Path) -> None:
    """Write the icon for Windows. The same drawing gives the same bytes."""
    pictures = [_png(size) if size == 256 else _bitmap(size) for size in ICO_SIZES]
    at = 6 + 16 * len(pictures)
    head, body = struct.pack("<3H", 0, 1, len(pictures)), b""
    for size, data in zip(ICO_SIZES, pictures, strict=True):
        side = size % 256
        head += struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, len(data), at + len(body))
        body += data
    file.write_bytes(head + body)


def write_icns(file: Path) -> None:
    """Write the icon for macOS."""
    body = b""
    for name, size in ICNS_SIZES.items():
        data = _png(size)
        body += name + struct.pack(">I", len(data) + 8) + data
    file.write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)


def _bitmap(size: int) -> bytes:
    """The drawing as an icon's bitmap: its colours from the bottom up, and a mask of nothing.

    Qt writes such ones too, but leaves what fills up the mask's lines to chance.
    """
    image = drawn(size)  # held: its bits go with it
    pixels, line = bytes(image.constBits()), 4 * size
    colors = b"".join(pixels[at : at + line] for at in range(len(pixels) - line, -1, -line))
    mask = bytes((size + 31) // 32 * 4 * size)
    head = struct.pack("<3I2H6I", 40, size, 2 * size, 1, 32, 0, len(colors + mask), 0, 0, 0, 0)
    return head + colors + mask


def _png(size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImageWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(drawn(size)):
        raise OSError("Qt cannot write the icon as PNG")
    return bytes(buffer.data().data())


def drawn(size: int) -> QImage:
    """The drawing, `size` pixels wide and high."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return image
