"""What every source goes through first: one kind of newline, no characters that mislead.

A character that a page cannot show, or that stands for something else in a
text, becomes U+FFFD: control characters (the parsers and the page use some of
them as marks of their own), lone surrogates (they have no UTF-8),
noncharacters, and U+FFFC, which stands for an image in the canonical string.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

REPLACEMENT = "\ufffd"
"""Stands for a character that was taken out."""

LINE_BREAK = "\u2028"
"""A line break inside a block: one code point of the canonical string."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
)
_NEWLINES = {"\r\n": "\n", "\r": "\n", "\x0b": "\n", "\x85": "\n", "\x0c": "\n\n", "\u2029": "\n\n"}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean(source: str) -> str:
    """`source` without a BOM, with "\\n" as its only newline and nothing unsafe.

    Form feeds and paragraph separators become an empty line. Tabs stay.
    """
    source = source.removeprefix("\ufeff")
    for odd, newline in _NEWLINES.items():
        source = source.replace(odd, newline)
    return _UNSAFE.sub(REPLACEMENT, source)


def decode_entities(words: str) -> str:
    """`words` with `&amp;`, `&#8212;` and the like as characters; unknown names stay."""
    return _ENTITY.sub(_decoded, words) if "&" in words else words


def _decoded(match: re.Match[str]) -> str:
    entity = match[0]
    if entity[1] == "#":
        return clean(unescape(entity))
    return html5.get(entity[1:], entity)
