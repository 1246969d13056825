"""What a text is: blocks in order, styled runs in them, and ONE canonical string.

Every position is a code point offset into `Text.string` (as in the W3C's
TextPositionSelector). Blocks follow each other, separated by exactly one
newline that belongs to none of them, so `string[block.start:block.end]` is a
block's plain text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

OBJECT = "\ufffc"
"""Stands for an image in the canonical string: one code point."""

CELL_SEPARATOR = "\t"
"""Between two cells of a table row in the canonical string; rows end with a newline."""


class BlockKind(StrEnum):
    """The kinds of block; the values are what `inspect --json` prints."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    TABLE = "table"
    IMAGE = "image"
    CODE = "code"
    RULE = "rule"


class Style(IntFlag):
    """How a run of words is set; flags combine."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    CODE = 4
    STRIKE = 8
    SUPERSCRIPT = 16
    SUBSCRIPT = 32


class Run(NamedTuple):
    """Words `start:end` (code points of the text) that are styled or linked.

    `href` is empty, `#annotation-id`, or an http, https or mailto address.
    """

    start: int
    end: int
    style: Style = Style.NONE
    href: str = ""


class Cell(NamedTuple):
    """One cell of a table: its words are `start:end`; `align` is left, center or right."""

    start: int
    end: int
    align: str = "left"


class Block(NamedTuple):
    """One block of a text, covering `start:end` (code points).

    `runs` names only what is styled or linked, in order and without overlaps:
    all between them is plain. The other fields have a meaning for some kinds:

    - `level`: heading 1 to 6; depth of nesting of a list item or quote, from 1
    - `name`: the code points at the start of a list item that name it, as a small section
    - `marker`: what stands before a list item ("•", "3."), empty on an item's
      further paragraphs
    - `rows`: the cells of a table, row by row, the first row being the header
    - `source`, `alt`, `caption`: an image's path as written, and its words
    - `language`: of a code block, as written after its fence
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    runs: tuple[Run, ...] = ()
    marker: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    source: str = ""
    alt: str = ""
    caption: str = ""
    language: str = ""
    name: int = 0


class Footnote(NamedTuple):
    """A footnote: its mark `[label]` stands at `start:end`, its body is Markdown."""

    label: str
    start: int
    end: int
    body: str


class Section(NamedTuple):
    """An entry of the table of contents; it starts at `start` (code points)."""

    level: int
    title: str
    start: int


@dataclass(frozen=True)
class Text:
    """A published article. Equal texts have equal strings, blocks and footnotes."""

    string: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [block.start for block in self.blocks])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The table of contents: every heading and every item with a name, in order."""
        sections = []
        level = 0
        for block in self.blocks:
            if block.kind is BlockKind.HEADING:
                level = block.level
                title = self.string[block.start : block.end]
                sections.append(Section(level, title, block.start))
            elif block.name:
                title = self.string[block.start : block.start + block.name]
                sections.append(Section(level + block.level, title, block.start))
        return tuple(sections)

    @property
    def title(self) -> str:
        """The words of the first heading if the text opens with one, else empty."""
        if self.blocks and self.blocks[0].kind is BlockKind.HEADING:
            return self.string[self.blocks[0].start : self.blocks[0].end]
        return ""

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the hash of the canonical string in UTF-8."""
        return "sha256:" + sha256(self.string.encode("utf-8", "surrogatepass")).hexdigest()

    def block_index(self, position: int) -> int:
        """The index of the block at or just before `position`; -1 in an empty text."""
        if not self.blocks:
            return -1
        return max(0, bisect_right(self._starts, position) - 1)
