"""SVG pictures without their dangers: nothing that refers outside the file, or never ends."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

LARGEST = 4 * 1024 * 1024
"""Bytes of an SVG file that is still drawn."""

MOST_ELEMENTS = 200_000
"""Elements that are drawn, each counted as often as `use` repeats it: about a quarter second."""

_DEEPEST = 100

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# Qt looks at what is in embedded data, not at what it is called: only pixels, no further SVG.
_PIXELS = r"data:image/[^,]*;base64,\s*(?:iVBORw0KGgo|/9j/|UklGR|R0lGOD)"
_REFERENCE = re.compile(rf"""(?:href|src)\s*=\s*["']\s*(?!#|{_PIXELS})""", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"\0|<!ENTITY|<!DOCTYPE[^>]*\[|@import|url\(\s*[\"']?\s*(?!#)", re.IGNORECASE
)
_NAMED = re.compile(r"#([^\s\"')]+)")


def safe_renderer(path: Path) -> QSvgRenderer | None:
    """A renderer of the file; None when it is damaged, too large or reaches outside itself."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        # In one encoding, and never packed: what is checked is what will be drawn.
        words = _DECLARATION.sub("", data.decode("utf-8-sig"), count=1)
        if not words or _FORBIDDEN.search(words) or _REFERENCE.search(words):
            return None
        if _elements(ElementTree.fromstring(words)) > MOST_ELEMENTS:
            return None
    except (OSError, ValueError, ElementTree.ParseError, RecursionError):
        return None
    renderer = QSvgRenderer(QByteArray(words.encode()))
    return renderer if renderer.isValid() else None


def _elements(root: Element) -> int:
    """How many elements are drawn. RecursionError when they repeat themselves without end."""
    named = {name: each for each in root.iter() if (name := each.get("id"))}
    known: dict[Element, int] = {}

    def count(element: Element, depth: int) -> int:
        if depth > _DEEPEST:
            raise RecursionError
        if element not in known:
            repeated = (
                named[name]
                for value in element.attrib.values()
                for name in _NAMED.findall(value)
                if name in named
            )
            known[element] = 1 + sum(count(each, depth + 1) for each in (*element, *repeated))
        return known[element]

    return count(root, 0)
