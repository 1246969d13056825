"""Reads the chunks of a plain text into pieces: paragraphs, items, quotes, rules, headings.

A line that may be a heading becomes a piece of kind HEADING with the rank that
it looks like; `plain_levels` settles which of them are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from reader.text.model import BlockKind
from reader.text.plain_headings import Rank, division_rank, is_capitals, is_subtitle, looks_like
from reader.text.plain_layout import Chunk, Layout, joined, stanza
from reader.text.plain_lines import Item, is_rule, is_signed, item, quoted, underline_level

_LONGEST_TITLE = 100


@dataclass(slots=True)
class Piece:
    """A block to be. `gap` is the number of empty lines before it."""

    kind: BlockKind
    words: str = ""
    level: int = 0
    marker: str = ""
    rank: Rank | None = None
    starred: bool = False
    """Whether this is an item whose bullet is an asterisk, which may mark a note instead."""
    gap: int = 0


class Pieces:
    """Collects the pieces of a text, chunk by chunk, in `found`."""

    def __init__(self, layout: Layout) -> None:
        self.found: list[Piece] = []
        self._layout = layout
        self._indents: list[int] = []  # of the items that the last piece is in

    def read(self, chunk: Chunk) -> None:
        """Append the pieces of `chunk`."""
        lines = chunk.lines
        wraps = self._layout.wraps(chunk)
        first = len(self.found)
        at = 0 if wraps or not self._is_stanza(lines) else self._stanza(lines)
        while at < len(lines):
            at = self._next(lines, at, wraps)
        if first < len(self.found):
            self.found[first].gap = chunk.gap

    def _next(self, lines: list[str], at: int, wraps: bool) -> int:
        """Append what starts at line `at`; the line after it."""
        line = lines[at]
        if is_signed(line):
            if is_rule(line):
                return self._add(Piece(BlockKind.RULE), at + 1)
            if quoted(line):
                return self._quote(lines, at, wraps)
            if start := item(line):
                return self._item(start, lines, at, wraps)
        if at == 0 and self._indents and _indent(line) > self._indents[-1] + 1:
            return self._more_of_item(lines, wraps)
        if at + 1 < len(lines) and len(line) <= _LONGEST_TITLE:
            level = underline_level(lines[at + 1])
            if level:
                return self._add(Piece(BlockKind.HEADING, line.strip(), level), at + 2)
        if at == 0 or not wraps:
            end, rank = self._heading(lines, at, wraps)
            if rank is not None:
                words = joined(lines[at:end])
                return self._add(Piece(BlockKind.HEADING, words, rank=rank), end)
        if not wraps:
            return self._add(Piece(BlockKind.PARAGRAPH, line.strip()), at + 1)
        end = at + 1
        while end < len(lines) and not _breaks(lines[end - 1], lines[end]):
            end += 1
        for words in self._layout.paragraphs(lines[at:end]):
            self._add(Piece(BlockKind.PARAGRAPH, words), end)
        return end

    def _add(self, piece: Piece, end: int) -> int:
        if piece.kind is not BlockKind.LIST_ITEM:
            self._indents.clear()
        self.found.append(piece)
        return end

    def _heading(self, lines: list[str], at: int, wraps: bool) -> tuple[int, Rank | None]:
        """The lines up to which a heading may go that starts at `at`, and its rank if any."""
        words = [line.strip() for line in lines[at : at + 4]]
        if not wraps:
            return at + 1, looks_like(words[0], self._layout.wrapped)
        division = division_rank(words[0])
        if division is not None:
            listed = len(words) > 1 and division_rank(words[1]) is not None
            subtitled = len(words) == 2 and is_subtitle(words[1])
            return 1 + subtitled, None if listed else division
        if len(words) == 1:
            return 1, looks_like(words[0], wrapped=True)
        title = len(words) < 4 and all(map(is_capitals, words))
        return len(words), Rank.CAPITALS if title else None

    def _quote(self, lines: list[str], at: int, wraps: bool) -> int:
        found: list[tuple[int, str]] = []
        while at < len(lines) and (quote := quoted(lines[at])):
            found.append(quote)
            at += 1
        for (level, filled), group in groupby(found, key=lambda quote: (quote[0], bool(quote[1]))):
            words = [line for _, line in group]
            for part in ([joined(words)] if wraps else words) if filled else ():
                self._add(Piece(BlockKind.QUOTE, part, level), at)
        return at

    def _item(self, start: Item, lines: list[str], at: int, wraps: bool) -> int:
        end = at + 1
        if end < len(lines) and not start.words and not _starts(lines[end]):
            end += 1
        while wraps and end < len(lines) and not _starts(lines[end]):
            end += 1
        words = joined([start.words, *lines[at + 1 : end]]).strip()
        if not words:
            return self._add(Piece(BlockKind.PARAGRAPH, lines[at].strip()), end)
        while self._indents and start.indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or start.indent > self._indents[-1] + 1:
            self._indents.append(start.indent)
        piece = Piece(BlockKind.LIST_ITEM, words, len(self._indents), start.marker)
        piece.starred = start.sign == "*"
        return self._add(piece, end)

    def _more_of_item(self, lines: list[str], wraps: bool) -> int:
        level = len(self._indents)
        end = 1
        while end < len(lines) and not _starts(lines[end]):
            end += 1
        own = lines[:end]
        for words in self._layout.paragraphs(own) if wraps else map(str.strip, own):
            self._add(Piece(BlockKind.LIST_ITEM, words, level), end)
        return end

    def _is_stanza(self, lines: list[str]) -> bool:
        return self._layout.is_stanza(lines) and not any(
            _starts(line) or underline_level(line) or division_rank(line) for line in lines
        )

    def _stanza(self, lines: list[str]) -> int:
        return self._add(Piece(BlockKind.PARAGRAPH, stanza(lines)), len(lines))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _starts(line: str) -> bool:
    """Whether `line` starts something of its own by its sign."""
    return is_signed(line) and bool(is_rule(line) or quoted(line) or item(line))


def _breaks(before: str, line: str) -> bool:
    """Whether a wrapped paragraph ends between two lines.

    A line that only happens to start with a dash or a number goes on, unless a
    colon announces a list.
    """
    if not is_signed(line):
        return False
    if is_rule(line) or quoted(line):
        return True
    start = item(line)
    return start is not None and (before.endswith(":") or start.sign == "•")
