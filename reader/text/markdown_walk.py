"""Walks the element tree that the Markdown parser leaves, into the blocks of a text.

Only the tags named here and in `markdown_spans` mean anything; the words of any
other are words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.text.builder import Builder, Span
from reader.text.markdown_blocks import FENCE
from reader.text.markdown_fences import Fences
from reader.text.markdown_spans import Inlines, Picture, code_words, parts
from reader.text.model import BlockKind, Style


@dataclass
class _Marker:
    """What stands before a list item, until the first of its paragraphs takes it."""

    words: str


class _Place(NamedTuple):
    """Where a block stands: in how many lists and quotes, and in which item if in one."""

    lists: int = 0
    quotes: int = 0
    item: _Marker | None = None


_TOP = _Place()


class Walk:
    """Adds the blocks of elements to `builder`."""

    def __init__(self, builder: Builder, fences: Fences, inlines: Inlines) -> None:
        self._builder = builder
        self._fences = fences
        self._inlines = inlines
        self._blocks: dict[str, Callable[[Element, _Place], None]] = {
            "p": self.flow,
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "blockquote": self._quote,
            "pre": self._code,
            FENCE: self._fence,
            "hr": self._rule,
            "table": self._table,
            **{f"h{level}": self._heading for level in range(1, 7)},
        }

    def flow(self, element: Element, place: _Place = _TOP) -> None:
        """Add what is in `element`: blocks, and the words between them as paragraphs."""
        loose: list[Element | str | None] = []
        for part in parts(element):
            if isinstance(part, Element) and part.tag in self._blocks:
                self._paragraph(self._inlines.read(*loose), place)
                loose = []
                self._blocks[part.tag](part, place)
            else:
                loose.append(part)
        self._paragraph(self._inlines.read(*loose), place)

    def _paragraph(self, content: Iterable[Span | Picture], place: _Place) -> None:
        """Add words as the kind of block that `place` makes them, pictures on their own."""
        spans: list[Span] = []
        for part in content:
            if isinstance(part, Span):
                spans.append(part)
            else:
                self._words(spans, place)
                self._builder.add_image(*part)
                spans = []
        self._words(spans, place)

    def _words(self, spans: Iterable[Span], place: _Place) -> None:
        add = self._builder.add
        if place.item is not None:
            if add(BlockKind.LIST_ITEM, spans, level=place.lists, marker=place.item.words):
                place.item.words = ""
        elif place.quotes:
            add(BlockKind.QUOTE, spans, level=place.quotes)
        else:
            add(BlockKind.PARAGRAPH, spans)

    def _heading(self, element: Element, place: _Place) -> None:
        spans, pictures = self._apart(element)
        if place.quotes:  # a quoted heading is no section of this text
            self._words(_bold(spans), place)
        else:
            self._builder.add(BlockKind.HEADING, spans, level=int(element.tag[1]))
        for picture in pictures:
            self._builder.add_image(*picture)

    def _list(self, element: Element, place: _Place) -> None:
        numbered = element.tag == "ol"
        for number, item in enumerate(element, int(element.get("start", "1"))):
            marker = _Marker(f"{number}." if numbered else "•")
            self.flow(item, place._replace(lists=place.lists + 1, item=marker))

    def _definitions(self, element: Element, place: _Place) -> None:
        for child in element:
            if child.tag == "dt":
                spans, pictures = self._apart(child)
                self._paragraph([*_bold(spans), *pictures], place)
            else:
                inside = place._replace(lists=place.lists + 1, item=_Marker(""))
                self.flow(child, inside)

    def _quote(self, element: Element, place: _Place) -> None:
        self.flow(element, place._replace(quotes=place.quotes + 1, item=None))

    def _code(self, element: Element, place: _Place) -> None:
        self._builder.add_code(self._fences.restore(code_words(element)))

    def _fence(self, element: Element, place: _Place) -> None:
        fence = self._fences.fence(element.text or "")
        if fence is not None:
            self._builder.add_code(fence.code, fence.language)

    def _rule(self, element: Element, place: _Place) -> None:
        self._builder.add_rule()

    def _table(self, element: Element, place: _Place) -> None:
        rows = [list(row) for row in element.iter("tr")]
        words = [[self._cell(cell) for cell in row] for row in rows]
        if len(words) == 2 and not any(words[1]):  # the parser's stand-in for no rows
            del words[1]
        self._builder.add_table(words, [cell.get("align", "left") for cell in rows[0]])

    def _cell(self, element: Element) -> list[Span]:
        """A cell's words; a picture, which must be a block, gives its alternative text."""
        content = self._inlines.read(*parts(element))
        return [part if isinstance(part, Span) else Span(part.alt) for part in content]

    def _apart(self, element: Element) -> tuple[list[Span], list[Picture]]:
        content = self._inlines.read(*parts(element))
        spans = [part for part in content if isinstance(part, Span)]
        return spans, [part for part in content if isinstance(part, Picture)]


def _bold(spans: Iterable[Span]) -> list[Span]:
    return [replace(span, style=span.style | Style.BOLD) for span in spans]
