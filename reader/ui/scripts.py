"""What a script asks of whoever sets it: the side where its lines begin, and whether it slants."""

from __future__ import annotations

import re
from unicodedata import bidirectional

from PySide6.QtGui import QFont

_SIDES = {"L": False, "R": True, "AL": True}

_MOST_LOOKED_AT = 1000

_EAST = "\u0590"
"""Scripts before it all have italics."""

_NO_ITALICS = (
    "[\u0590-\u1dff\u2e80-\ua63f\ua6a0-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb1d-\ufe1f\ufe30-\ufeff]"
)
"""The blocks between the European scripts (Latin, Greek, Cyrillic, Armenian), and signs."""


def is_right_to_left(string: str, start: int, end: int) -> bool:
    """Whether the paragraph `start:end` (code points) of a string reads from right to left.

    That is said by its first letter that has a direction (Unicode Standard Annex 9, rule P2);
    it is looked for in the first letters only, for a paragraph may be a whole book.
    """
    words = string[start : min(end, start + _MOST_LOOKED_AT)]
    return next((_SIDES[kind] for kind in map(bidirectional, words) if kind in _SIDES), False)


def slanted(words: str, html: str) -> str:
    """`html` of some words in italics, where their script has any."""
    return html if _is_upright(words) else f"<i>{html}</i>"


def upright(font: QFont, words: str) -> QFont:
    """`font`, without a slant where a script of the words knows none.

    Faces for such a script seldom have an italic, and what stands in for one often lacks it.
    """
    if not font.italic() or not _is_upright(words):
        return font
    font = QFont(font)
    font.setItalic(False)
    return font


def _is_upright(words: str) -> bool:
    # Compiled, and kept by `re`, for those texts that need it.
    return max(words, default="") >= _EAST and re.search(_NO_ITALICS, words) is not None
