"""SVG pictures without their dangers: nothing that refers outside the file, or never ends."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

LARGEST = 4 * 1024 * 1024
"""Bytes of an SVG file that is still drawn."""

MOST_ELEMENTS = 200_000
"""Elements that are drawn, each counted as often as `use` repeats it: about a quarter second."""

_DEEPEST = 100

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# Qt looks at what is in embedded data, not at what it is called: only pixels, no further SVG.
_PIXELS = r"data:image/[^,]*;base64,\s*(?:iVBORw0KGgo|/9j/|UklGR|R0lGOD)"
_REFERENCE = re.compile(rf"""(?:href|src)\s*=\s*["']\s*(?!#|{_PIXELS})""", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*(?!#)", re.IGNORECASE)
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_NAMED = re.compile(r"#([^\s\"')]+)")


class UnsafeSvg(ValueError):
    """A picture that is not drawn; the message says what it does, as “declares …”."""


def safe_svg(path: Path) -> str:
    """The words of an SVG that may be drawn. Raises UnsafeSvg, and OSError."""
    with path.open("rb") as file:
        return checked_svg(file.read(LARGEST + 1))


def checked_svg(data: bytes) -> str:
    """The words of an SVG that may be drawn, given as its bytes. Raises UnsafeSvg."""
    if len(data) > LARGEST:
        raise UnsafeSvg(f"has more than {LARGEST // 2**20} MB, the most that an SVG may have")
    try:
        # In one encoding, and never packed: what is checked is what will be drawn.
        words = _DECLARATION.sub("", data.decode("utf-8-sig"), count=1)
    except ValueError as error:
        raise UnsafeSvg("is not UTF-8") from error
    if "\0" in words:
        raise UnsafeSvg("is damaged")
    if _ENTITIES.search(words):
        raise UnsafeSvg("declares entities")
    if _OUTSIDE.search(words) or _REFERENCE.search(words):
        raise UnsafeSvg("refers to something outside itself")
    try:
        count = _elements(ElementTree.fromstring(words))
    except (ElementTree.ParseError, ValueError) as error:
        raise UnsafeSvg("is damaged") from error
    except RecursionError as error:
        raise UnsafeSvg("repeats itself without end, or is nested too deeply") from error
    if count > MOST_ELEMENTS:
        raise UnsafeSvg(f"has more than {MOST_ELEMENTS:,} elements, the most that is drawn")
    return words


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
