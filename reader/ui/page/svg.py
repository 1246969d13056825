"""SVG pictures of a copy, drawn by Qt once they are known to be harmless."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from reader.copies.svg import UnsafeSvg, safe_svg


def safe_renderer(path: Path) -> QSvgRenderer | None:
    """A renderer of the file; None when it is damaged, too large or reaches outside itself."""
    try:
        words = safe_svg(path)
    except (OSError, UnsafeSvg):
        return None
    renderer = QSvgRenderer(QByteArray(words.encode()))
    return renderer if renderer.isValid() else None
