"""Puts a text together block by block; every reader of a format ends here.

A reader hands in spans of words as it finds them. The builder sets their white
space as a page would (one space between words, none at the ends of a block),
counts positions in code points, and joins the canonical string once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reader.text.cleaning import LINE_BREAK
from reader.text.model import (
    CELL_SEPARATOR,
    OBJECT,
    Block,
    BlockKind,
    Cell,
    Footnote,
    Run,
    Style,
    Text,
)

_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(f" ?{LINE_BREAK} ?")


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style. `note` is the body of the footnote whose mark `[label]` they are."""

    words: str
    style: Style = Style.NONE
    href: str = ""
    note: str | None = None


class Builder:
    """A text that grows; time and memory are linear in its length."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._footnotes: list[Footnote] = []

    def add(
        self,
        kind: BlockKind,
        spans: Iterable[Span],
        *,
        level: int = 0,
        marker: str = "",
        named: bool = False,
    ) -> bool:
        """Append a block of `spans`; False, and no block, where they hold no words.

        With `named` the first span, but for its colon, names the block.
        """
        tidy = tidied(spans)
        if tidy:
            start = self._open()
            runs = self._write(tidy)
            name = len(tidy[0].words.rstrip(" :")) if named else 0
            self._blocks.append(Block(kind, start, self._length, level, runs, marker, name=name))
        return bool(tidy)

    def add_code(self, code: str, language: str = "") -> None:
        """Append a code block; its newlines and spaces stay. Blank code makes no block."""
        lines = code.rstrip().split("\n")
        while lines and not lines[0].strip():
            del lines[0]
        if lines:
            start = self._open()
            self._put("\n".join(lines))
            self._blocks.append(Block(BlockKind.CODE, start, self._length, language=language))

    def add_rule(self) -> None:
        """Append a rule: a block without words."""
        start = self._open()
        self._blocks.append(Block(BlockKind.RULE, start, start))

    def add_image(self, source: str, alt: str, caption: str) -> None:
        """Append an image: a block of one OBJECT code point."""
        start = self._open()
        self._put(OBJECT)
        block = Block(BlockKind.IMAGE, start, self._length, source=source, alt=alt, caption=caption)
        self._blocks.append(block)

    def add_table(
        self, rows: Sequence[Sequence[Iterable[Span]]], align: Sequence[str] = ()
    ) -> None:
        """Append a table of `rows[row][column]`; the first row is the header.

        `align` gives each column's side (left, center, right). Short rows are
        padded with empty cells. A table without any row makes no block.
        """
        if not rows:
            return
        width = max(map(len, rows))
        sides = [*align, *["left"] * width][:width]
        start = self._open()
        runs: list[Run] = []
        table: list[tuple[Cell, ...]] = []
        for row in rows:
            cells: list[Cell] = []
            if table:
                self._put("\n")
            for spans, side in zip([*row, *[()] * (width - len(row))], sides, strict=True):
                if cells:
                    self._put(CELL_SEPARATOR)
                at = self._length
                runs += self._write(tidied(spans))
                cells.append(Cell(at, self._length, side))
            table.append(tuple(cells))
        self._blocks.append(
            Block(BlockKind.TABLE, start, self._length, runs=tuple(runs), rows=tuple(table))
        )

    def text(self) -> Text:
        """The text of all that was added so far."""
        return Text("".join(self._pieces), tuple(self._blocks), tuple(self._footnotes))

    def _open(self) -> int:
        """Where the next block starts: past the newline that sets it off from the last."""
        if self._blocks:
            self._put("\n")
        return self._length

    def _put(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _write(self, spans: Iterable[Span]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for span in spans:
            start = self._length
            self._put(span.words)
            if span.note is not None:
                label = span.words[1:-1]
                self._footnotes.append(Footnote(label, start, self._length, span.note))
            if not span.style and not span.href:
                continue
            if runs and (runs[-1].end, runs[-1].style, runs[-1].href) == (
                start,
                span.style,
                span.href,
            ):
                start = runs.pop().start
            runs.append(Run(start, self._length, span.style, span.href))
        return tuple(runs)


def tidied(spans: Iterable[Span]) -> list[Span]:
    """The spans of one block with white space as on a page.

    Spaces, tabs and newlines become one space, none beside a line break
    (U+2028); no white space of any kind stays at either end. U+00A0 and other
    special spaces stay inside. Spans that are left without words are dropped.
    """
    tidy: list[Span] = []
    for span in _collapsed(spans):
        words = span.words if tidy else span.words.lstrip()
        if words:
            tidy.append(span if words is span.words else replace(span, words=words))
    while tidy:
        last = tidy.pop()
        words = last.words.rstrip()
        if words:
            tidy.append(last if words == last.words else replace(last, words=words))
            break
    return tidy


def _collapsed(spans: Iterable[Span]) -> Iterator[Span]:
    """Each span with single spaces, none after a space or break of the one before."""
    waiting: Span | None = None
    for span in spans:
        words = span.words.replace("\n", " ").replace("\t", " ")
        if "  " in words:
            words = _SPACES.sub(" ", words)
        if LINE_BREAK in words:
            words = _AROUND_BREAK.sub(LINE_BREAK, words)
        if not words:
            continue
        if waiting is not None:
            if waiting.words[-1] in (" ", LINE_BREAK):
                words = words.removeprefix(" ")
            if not words:
                continue
            if words[0] == LINE_BREAK:
                waiting = replace(waiting, words=waiting.words.removesuffix(" "))
            yield waiting
        waiting = span if words == span.words else replace(span, words=words)
    if waiting is not None:
        yield waiting
