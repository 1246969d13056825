"""A text as anchoring compares it: what only looks different becomes the same.

Curly and straight quotes, dashes, white space of every kind, soft hyphens and other
letters without width, wide forms, composed and decomposed letters, and the ellipsis
that is one letter or three: a revision changes them without changing a word. Unlike
`reader.text.folding`, which keeps the length for searching, this may change it, so
positions are mapped back. (Unicode Standard Annex 15 for composed letters.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

_QUOTES = dict.fromkeys(
    "\u2018\u2019\u201a\u201b\u02bc\u2032\u2039\u203a\u00b4", "'"
) | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_SPACES = dict.fromkeys(
    "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028"
    "\u2029\u202f\u205f\u3000",
    " ",
)
_WIDE = {chr(letter + 0xFEE0): chr(letter) for letter in range(0x21, 0x7F)}
"""Punctuation, figures and letters as wide as a Han letter."""
_VARIANTS = _QUOTES | _DASHES | _SPACES | _WIDE
_ELLIPSIS = "\u2026"
_WIDTHLESS = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068"
    "\u2069\ufe0e\ufe0f\ufeff"
)
_NOTABLE = frozenset(_VARIANTS) | _WIDTHLESS | {_ELLIPSIS}
_ASCII = bytes(range(128))


class Folded:
    """The folded `string` of a text, and which of its positions is which of the text's.

    All positions are code points. `start` and `end` lead from the folded string to
    the text, `inward` from the text to the folded string.
    """

    def __init__(self, text: str) -> None:
        self._folded: list[int] = []
        """Where, in the folded string, each stretch begins that is as long as in the text,
        or that stands for something of another length; in turns."""
        self._plain: list[int] = []
        """Where the same stretches begin in the text."""
        letters = _notable(text)
        # Letter by letter: str.translate takes ten times as long on a text that has few of them.
        for space in "\t\n\v\f\r":
            text = text.replace(space, " ")
        for letter in letters & _VARIANTS.keys():
            text = text.replace(letter, _VARIANTS[letter])
        string = text
        changes = _changes_of_length(string, letters)
        self.string = self._apply(string, changes) if changes else string

    def start(self, position: int) -> int:
        """Where in the text a range begins that begins at `position` here."""
        turn = bisect_right(self._folded, position) - 1
        if turn < 0:
            return position
        inside = turn % 2 == 0
        return self._plain[turn] + (0 if inside else position - self._folded[turn])

    def end(self, position: int) -> int:
        """Where in the text a range ends that ends at `position` here.

        What has no width and stands at the end stays outside.
        """
        turn = bisect_left(self._folded, position)
        if turn < len(self._folded) and (turn % 2 or self._folded[turn] == position):
            # At the end of what is of another length, or inside it, or where it begins.
            return self._plain[turn]
        return position if turn == 0 else self._plain[turn - 1] + position - self._folded[turn - 1]

    def inward(self, position: int) -> int:
        """Where a position of the text is here."""
        turn = bisect_right(self._plain, position) - 1
        if turn < 0:
            return position
        here = self._folded[turn] + position - self._plain[turn]
        return min(here, self._folded[turn + 1]) if turn + 1 < len(self._folded) else here

    def _apply(self, string: str, changes: re.Pattern[str]) -> str:
        parts: list[str] = []
        done = length = 0
        for match in changes.finditer(string):
            begin, stop = match.span()
            plain = _plain_form(match[0])
            if len(plain) == stop - begin:
                parts += string[done:begin], plain
                length += stop - done
                done = stop
                continue
            length += begin - done
            parts += string[done:begin], plain
            self._folded += length, length + len(plain)
            self._plain += begin, stop
            length += len(plain)
            done = stop
        parts.append(string[done:])
        return "".join(parts)


def _notable(text: str) -> frozenset[str]:
    """Which letters of a text are folded."""
    if text.isascii():
        return frozenset()
    # As bytes: of most texts little is left then, and soon gone through.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return _NOTABLE.intersection(rest.decode("utf-8", "surrogatepass"))


def _changes_of_length(string: str, letters: frozenset[str]) -> re.Pattern[str] | None:
    """What finds all that may change its length; None where there is nothing of the kind."""
    kinds: list[str] = []
    widthless = "".join(sorted(letters & _WIDTHLESS))
    if widthless:
        kinds.append(f"[ {widthless}]{{2,}}|[{widthless}]")
    elif "  " in string:
        kinds.append("  +")
    if widthless and "-" in string:
        kinds.append(f"-[{widthless}-]*-")
    elif "--" in string:
        kinds.append("--+")
    if _ELLIPSIS in letters:
        kinds.append(_ELLIPSIS)
    kinds += _decomposed(string)
    return re.compile("|".join(kinds)) if kinds else None


def _decomposed(string: str) -> list[str]:
    """What finds letters that may not be in their composed form."""
    if string.isascii() or unicodedata.is_normalized("NFC", string):
        return []
    letters = set(string)
    kinds: list[str] = []
    marks = "".join(sorted(filter(_joins, letters)))
    odd = "".join(each for each in sorted(letters) if not unicodedata.is_normalized("NFC", each))
    if marks:
        kinds.append(f"[^{marks} ][{marks}]+")
    if odd:
        kinds.append(f"[{odd}]")
    return kinds


def _joins(letter: str) -> bool:
    # Vowels and final consonants of Korean, and every mark that stands on a letter.
    return (
        unicodedata.combining(letter) != 0
        or "\u1161" <= letter <= "\u11c2"
        or unicodedata.category(letter) == "Mc"
    )


def _plain_form(found: str) -> str:
    first = found[0]
    if first == _ELLIPSIS:
        return "..."
    if first == "-":
        return "-"
    if first == " " or first in _WIDTHLESS:
        return " " if " " in found else ""
    return unicodedata.normalize("NFC", found)
