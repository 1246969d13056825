"""SVG pictures without their dangers: no entities, and nothing that refers outside the file."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

LARGEST = 4 * 1024 * 1024
"""Bytes of an SVG file that is still drawn."""

_REFERENCE = re.compile(rb"""(?:href|src)\s*=\s*["']\s*(?!#|data:image/)""", re.IGNORECASE)
_FORBIDDEN = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[|@import|url\(\s*[\"']?\s*(?!#)", re.IGNORECASE)


def safe_renderer(path: Path) -> QSvgRenderer | None:
    """A renderer of the file; None when it is damaged, too large or reaches outside itself."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return None
    if not data or _FORBIDDEN.search(data) or _REFERENCE.search(data):
        return None
    renderer = QSvgRenderer(QByteArray(data))
    return renderer if renderer.isValid() else None
