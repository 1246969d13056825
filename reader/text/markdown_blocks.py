"""Which block syntax is read, and how deep and how fast.

Python-Markdown's own processors, registered one by one, so that nothing that
reads HTML is among them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    ParagraphProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString

FENCE = "fence"
"""The tag of an element whose text is the mark of a lifted fence."""

_DEEPEST = 40
_LONGEST_ROW = 10_000
_OUTER_ITEM = re.compile(r"\n(?= {0,3}(?:[*+-]|[0-9]{1,9}\.) )")


class _Waiting(deque[str]):
    """Blocks still to parse: a list's `pop(0)` and `insert(0, block)` in constant time."""

    def pop(self, index: int = 0) -> str:
        return self.popleft()


class Blocks(BlockParser):
    """Parses blocks in linear time and stops nesting at a depth that nobody writes.

    What lies deeper is read as paragraphs. `report`, where set, is called with
    the share (0.0 to 1.0) of the outermost blocks that is done.
    """

    report: Callable[[float], None] | None = None

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        if len(self.state) > _DEEPEST:
            paragraph = self.blockprocessors["paragraph"]
            for block in blocks:
                paragraph.run(parent, [block])
            return
        report = None if self.state else self.report
        total = len(blocks)
        waiting = cast("list[str]", _Waiting(blocks))
        processors = list(self.blockprocessors)
        while waiting:
            if report is not None:
                report(1 - len(waiting) / total)
            for processor in processors:
                if (
                    processor.test(parent, waiting[0])
                    and processor.run(parent, waiting) is not False
                ):
                    break


class _FenceMark(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return block.lstrip("\n ").startswith("\x02code:") and not block.startswith("    ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        first, _, rest = blocks.pop(0).strip("\n").partition("\n")
        SubElement(parent, FENCE).text = AtomicString(first.strip())
        if rest:
            blocks.insert(0, rest)


class _Dedent(ListIndentProcessor):
    """Ends an item's indented block where a line of it starts an outer item."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        outer = _OUTER_ITEM.search(blocks[0])
        if outer:
            block = blocks.pop(0)
            blocks.insert(0, block[outer.end() :])
            blocks.insert(0, block[: outer.start()])
        super().run(parent, blocks)


class _ListIndent(_Dedent):
    pass


class _DefinitionIndent(_Dedent, DefListIndentProcessor):
    pass


class _Tables(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        lines = block.split("\n", 2)
        return (
            len(lines) > 1
            and "|" in lines[0]
            and super().test(parent, block)
            and max(map(len, block.split("\n"))) <= _LONGEST_ROW
        )


class _Numbered(SaneOListProcessor):
    """Takes as an item's number what can be one: at most nine digits."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(r" {0,3}[0-9]{1,9}\. +(.*)")
        self.CHILD_RE = re.compile(r" {0,3}(([0-9]{1,9}\.)) +(.*)")
        self.INDENT_RE = re.compile(r" {4,7}(([0-9]{1,9}\.)|[*+-]) +.*")


class _Footnotes(FootnoteBlockProcessor):
    RE = re.compile(r"^ {0,3}\[\^([^\]\[\n]{1,200})\]: *(.*)$", re.MULTILINE)


def block_parser(md: Markdown, footnotes: FootnoteExtension) -> Blocks:
    """A parser of everything a text may hold; definitions go to `footnotes.footnotes`."""
    parser = Blocks(md)
    footnotes.parser = parser
    processors: list[tuple[BlockProcessor, str, int]] = [
        (EmptyBlockProcessor(parser), "empty", 100),
        (_ListIndent(parser), "indent", 90),
        (_DefinitionIndent(parser), "defindent", 85),
        (_FenceMark(parser), "fence", 82),
        (CodeBlockProcessor(parser), "code", 80),
        (_Tables(parser, {"use_align_attribute": True}), "table", 75),
        (HashHeaderProcessor(parser), "hashheader", 70),
        (SetextHeaderProcessor(parser), "setextheader", 60),
        (HRProcessor(parser), "hr", 50),
        (_Numbered(parser), "olist", 40),
        (SaneUListProcessor(parser), "ulist", 30),
        (DefListProcessor(parser), "deflist", 25),
        (BlockQuoteProcessor(parser), "quote", 20),
        (_Footnotes(footnotes), "footnote", 17),
        (ReferenceProcessor(parser), "reference", 15),
        (ParagraphProcessor(parser), "paragraph", 10),
    ]
    for processor, name, priority in processors:
        parser.blockprocessors.register(processor, name, priority)
    return parser
