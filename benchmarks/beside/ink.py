"""What is seen on a screen: lines of text, and the black bar beside the word that is sought."""

from __future__ import annotations

from collections.abc import Sequence

LINES = 6
"""Lines in the middle of a window that make a text. A splash, a dialog, or a sentence that asks
for patience has fewer; half a page of text has more than ten."""

_DARK = 128
_LIGHT = 190
_MARKS = bytes(2 if shade < _DARK else 1 if shade < _LIGHT else 0 for shade in range(256))
"""What a shade is: 2 dark, 1 between, 0 light."""

_BAR = b"\2" * 60
"""A row of the smallest bar; no letter is as wide, and no rule or frame as high."""

_BAR_HEIGHT = range(9, 41)
"""Rows of the bar; what is higher is a part of the window."""


def lines_of(rows: Sequence[bytes]) -> int:
    """How many lines of dark letters on a light ground are in this part of a screen.

    A row of pixels has ink where 1 to 45 % of it are dark and most of it is light; a line is
    rows with ink, below rows that have none.
    """
    lines, blank = 0, False
    for row in rows:
        marks = row.translate(_MARKS)
        dark, light = marks.count(2), marks.count(0)
        if dark * 500 < len(row) and light * 20 >= len(row) * 19:
            blank = True
        elif dark * 100 >= len(row) and dark * 100 < len(row) * 45 and light * 2 > len(row):
            lines += blank
            blank = False
    return lines


def is_text(rows: Sequence[bytes]) -> bool:
    """Whether a text is there to be read."""
    return lines_of(rows) >= LINES


def is_blank(rows: Sequence[bytes]) -> bool:
    """Whether there is nothing light in any of these rows, or nothing dark."""
    marks = [row.translate(_MARKS) for row in rows]
    return not any(0 in row and 2 in row for row in marks)


def has_bar(rows: Sequence[bytes]) -> bool:
    """Whether the bar is there, all of it: a dark stretch in as many rows as it is high."""
    height = 0
    for row in rows:
        if _BAR in row.translate(_MARKS):
            height += 1
        elif height in _BAR_HEIGHT:
            return True
        else:
            height = 0
    return False
