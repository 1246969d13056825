"""How much a copy may hold. A folder and a file are held to the same.

The figures are far above what people write, and low enough for the worst copy within them
to be opened or refused in about two seconds and 300 MB; the author's reference lists them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MEGABYTE = 2**20


class Limits(NamedTuple):
    """Counts of things; sizes are bytes once unpacked, counted and not as declared."""

    files: int = 1_000
    file: int = 32 * MEGABYTE
    total: int = 128 * MEGABYTE
    ratio: int = 200
    """How many times its packed size a file may have. A text of people comes to 3 or 4."""
    ratio_from: int = MEGABYTE
    """Smaller files may be packed as tightly as they like."""
    text: int = 6 * MEGABYTE
    """Bytes of the text. War and Peace has 3.2 MB, in Russian 5.5 MB."""
    yaml: int = 4 * MEGABYTE
    pieces: int = 60_000
    """Paragraphs, list items, table cells and styled words of a text: see `pieces_in`."""


LIMITS = Limits()

MOST_PIXELS = 40_000_000
"""A larger picture is not decoded: it would take more than 160 MB."""

_BLOCKS = re.compile(r"^[ \t>]*+(?:[-+*#=~`|:]|[0-9]{1,9}[.)]|$)", re.MULTILINE)
_SIGNS = "*_~`[|<>&"


def pieces_in(source: str) -> int:
    """How many pieces a text falls into, at a guess: time and memory to read it go by that.

    A piece is a paragraph, an item, or what two signs of inline syntax make; one costs some
    20 microseconds and 500 bytes, a hundred times what a plain word does.
    """
    breaks, pictures = source.count("  \n"), source.count("![")
    signs = sum(source.count(sign) for sign in _SIGNS)
    return len(_BLOCKS.findall(source)) + signs // 2 + breaks + 2 * pictures


def megabytes(size: int) -> str:
    """A size for a message."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE // 10 else f"{size:,} bytes"
