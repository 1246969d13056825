"""Reads the chunks of a plain text into pieces: paragraphs, items, quotes, rules, candidates.

A piece that may be a heading is one of kind HEADING with its rank; `plain_levels`
settles which of them are.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.text.model import BlockKind
from reader.text.plain_headings import Rank, division_rank, is_capitals, looks_like
from reader.text.plain_layout import Chunk, Layout, joined, stanza
from reader.text.plain_lines import Item, is_rule, item, quoted, underline_level

_DEEPEST_QUOTE = 20


@dataclass(slots=True)
class Piece:
    """A block to be. `gap` is how many empty lines came before it."""

    kind: BlockKind
    words: str = ""
    gap: int = 0
    level: int = 0
    marker: str = ""
    rank: Rank | None = None
    sign: str = ""
    """A list item's own sign where it might be no bullet but the mark of a note."""


class Pieces:
    """Collects the pieces of a text, chunk by chunk."""

    def __init__(self, layout: Layout) -> None:
        self.pieces: list[Piece] = []
        self._layout = layout
        self._indents: list[int] = []  # of the items that the last piece is in

    def read(self, chunk: Chunk) -> None:
        """Append the pieces of `chunk`."""
        lines = chunk.lines
        wraps = self._layout.wraps(chunk)
        first = len(self.pieces)
        if not self._read_whole(lines, wraps):
            at = 0
            while at < len(lines):
                at = self._read_wrapped(lines, at) if wraps else self._read_line(lines, at)
        if first < len(self.pieces):
            self.pieces[first].gap = chunk.gap

    def _read_whole(self, lines: list[str], wraps: bool) -> bool:
        """Read a chunk that is one thing: a heading, a stanza, more of an item."""
        ...

    def _add(self, kind: BlockKind, words: str, ...) 
