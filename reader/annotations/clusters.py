"""Letters as a reader sees them: a letter with its marks, an emoji with its skin, is one.

A small part of the grapheme clusters of Unicode Standard Annex 29: enough to widen
a range that was worked out from neighbouring words so that it cuts none.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_LONGEST = 32
"""Code points looked at on either side; no letter that anyone writes is longer."""


def without_cuts(text: str, start: int, end: int) -> tuple[int, int]:
    """The range `start:end` (code points), widened where it cuts a letter in two."""
    for _ in range(_LONGEST):
        if not _cuts(text, start):
            break
        start -= 1
    for _ in range(_LONGEST):
        if not _cuts(text, end):
            break
        end += 1
    return start, end


def _cuts(text: str, position: int) -> bool:
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before.isascii() and after.isascii():
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        begin = position
        while begin > 0 and _is_flag_half(text[begin - 1]) and position - begin < _LONGEST:
            begin -= 1
        return (position - begin) % 2 == 1
    return (
        after == _JOINER
        or (before == _JOINER and not after.isspace())
        or unicodedata.category(after) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
        # The vowels and final consonants of Korean syllables that were taken apart.
        or "\u1160" <= after <= "\u11ff"
    )


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
