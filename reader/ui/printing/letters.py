"""The letters of a PDF as they are found and copied.

A PDF tells which letter each shape of a face stands for. Where one shape serves several
letters, Qt names the first: a tabulator for the space, so that a search for two words finds
none, and modifier letters for quotation marks.
"""

from __future__ import annotations

import re

_MEANT = {b"<0009>": b"<0020>", b"<02BB>": b"<2018>", b"<02BC>": b"<2019>"}
"""The first letter of a shape, and the one that is meant; both of one length."""

_TABLE = re.compile(rb"begincmap\b.*?\bendcmap", re.DOTALL)
_RANGE = re.compile(rb"(<[0-9A-F]{4}>) (<[0-9A-F]{4}>) (\[[^\]]*\]|<[0-9A-F]{4}>)")
_LETTER = re.compile(rb"<[0-9A-F]{4}>")


def with_letters_meant(pdf: bytes) -> bytes:
    """A PDF of Qt's whose shapes stand for the letters that are meant; nothing moves in it."""
    return _TABLE.sub(lambda table: _RANGE.sub(_corrected, table[0]), pdf)


def _corrected(found: re.Match[bytes]) -> bytes:
    first, last, letters = found.groups()
    if not letters.startswith(b"[") and first != last:
        return found[0]  # letters that follow each other, of which only the first is named
    meant = _LETTER.sub(lambda letter: _MEANT.get(letter[0], letter[0]), letters)
    return b" ".join((first, last, meant))
