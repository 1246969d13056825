"""How a plain text is laid out: where its lines end, and what that means.

Some texts have a paragraph a line, however long. Others are wrapped: a line
ends because it was full, and only an empty line, an indent, or a line that
ends long before it is full says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.text.cleaning import LINE_BREAK

_LONG = 100  # longer than any wrapped line
_SHORT = 80
_NARROWEST = 60
_DELIBERATE = 0.85

_JOINT = re.compile(r"\n(?:(?<=\w[-—]\n)|(?<=\w--\n))(?=\w)")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines between empty ones, without trailing spaces, and how many of those came before."""

    lines: list[str]
    gap: int
    end: int
    """The number of lines of the text up to the end of this chunk."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a whole text; `width` is where its wrapped lines end, in code points."""

    width: int
    wrapped: bool
    spaced: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Layout:
        """The layout of all `lines` of a text."""
        lengths = sorted(len(line) for line in lines if line)
        usual = lengths[len(lengths) * 95 // 100] if lengths else 0
        long = [index for index, line in enumerate(lines) if len(line) > _LONG]
        apart = sum(index + 1 == len(lines) or not lines[index + 1] for index in long)
        return cls(max(_NARROWEST, usual), not _is_long(lengths), 2 * apart > len(long))

    def wraps(self, chunk: Chunk) -> bool:
        """Whether the lines of `chunk` go on from one to the next."""
        return self.wrapped and not _is_long(map(len, chunk.lines))

    def is_stanza(self, lines: Sequence[str]) -> bool:
        """Whether these are short lines that someone broke on purpose, as in a poem."""
        if len(lines) < 2:
            return False
        if not self.wrapped:
            return self.spaced and max(map(len, lines)) < _SHORT
        full = _DELIBERATE * self.width
        for line, following in pairwise(lines):
            if len(line) + 1 + len(following.split(maxsplit=1)[0]) >= full:
                return False
        flowing = sum(line.lstrip()[0].islower() for line in lines)
        return flowing * 5 <= len(lines) or all(line[0] == " " for line in lines)

    def paragraphs(self, lines: Sequence[str]) -> Iterator[str]:
        """The paragraphs of wrapped `lines`: an indented line after a full one starts another."""
        start = 0
        for index in range(1, len(lines)):
            indented, before = lines[index][0] == " ", lines[index - 1][0] == " "
            # A first line with an indent goes on in the lines without one.
            if indented != before and (indented or index - start > 1):
                yield self._paragraph(lines[start:index])
                start = index
        yield self._paragraph(lines[start:])

    def _paragraph(self, lines: Sequence[str]) -> str:
        return stanza(lines) if self.is_stanza(lines) else joined(lines)


def chunks(lines: Iterable[str]) -> Iterator[Chunk]:
    """The chunks of a text's lines, in order."""
    filled: list[str] = []
    gap = 0
    count = 0
    for count, line in enumerate(lines, 1):
        if line:
            filled.append(line)
            continue
        if filled:
            yield Chunk(filled, gap, count)
            filled, gap = [], 0
        gap += 1
    if filled:
        yield Chunk(filled, gap, count)


def joined(lines: Iterable[str]) -> str:
    """Wrapped lines as one: a space between two, none after a hyphen or dash inside a word."""
    return _JOINT.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def stanza(lines: Iterable[str]) -> str:
    """Lines that stay lines."""
    return LINE_BREAK.join(line.strip() for line in lines)


def _is_long(lengths: Iterable[int]) -> bool:
    """Whether most of a text stands in lines too long to be wrapped."""
    short = long = 0
    for length in lengths:
        if length > _LONG:
            long += length
        else:
            short += length
    return long > short
