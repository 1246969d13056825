"""Folding: what a reader takes for the same becomes the same, code point for code point.

Every function here keeps the length, so that a position in the folded string is
the position in the text.
"""

from __future__ import annotations

import unicodedata

_VARIANTS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2028\t", " "),
}


def fold_variants(text: str) -> str:
    """Curly quotes become straight, dashes a hyphen, special spaces a space."""
    return _replaced(text, _VARIANTS)


def fold_case(text: str) -> str:
    """Lower case; the few letters that would grow (such as İ) stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def fold_accents(text: str) -> str:
    """Composed letters lose their accents: é becomes e. Loose accents stay."""
    table = {}
    for letter in set(text):
        apart = unicodedata.normalize("NFD", letter)
        # What comes apart into letters, as Korean syllables do, has no accents to lose.
        if len(apart) > 1 and all(unicodedata.combining(mark) for mark in apart[1:]):
            table[letter] = apart[0]
    return _replaced(text, table)


def fold(text: str) -> str:
    """All of it, for searching as a person searches."""
    if text.isascii():
        return text.replace("\t", " ").lower()
    # Accents first: İ becomes I, whose lower case is one letter.
    return fold_case(fold_accents(fold_variants(text)))


def _replaced(text: str, table: dict[str, str]) -> str:
    # Letter by letter: str.translate takes ten times as long on a text that has few of them.
    for letter, plain in table.items():
        text = text.replace(letter, plain)
    return text
