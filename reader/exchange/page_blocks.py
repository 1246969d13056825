"""The blocks of a text as HTML, with the reader's marks in them.

Words are escaped, tags come from a fixed list, and links lead nowhere but to
the web or to mail: nothing that a text or a note contains is run.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from reader.annotations.attachment import Mention
from reader.exchange.links import handle
from reader.exchange.notebook import Entry
from reader.text.cleaning import LINE_BREAK
from reader.text.model import OBJECT, Block, BlockKind, Run, Style, Text

_TAGS = {
    Style.BOLD: "strong",
    Style.ITALIC: "em",
    Style.CODE: "code",
    Style.STRIKE: "s",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
}
_NUMBERED = re.compile(r"(\d{1,9})[.)]")
_ALIGNS = ("left", "center", "right")
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

Picture = Callable[[str], str]
"""The address of a picture (a `data:` one) by its path in the copy; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry in its place, with the number of its note; 0 when it has none."""

    entry: Entry
    start: int
    end: int
    number: int

    @property
    def last(self) -> int:
        """The last code point that it covers."""
        return max(self.start, self.end - 1)

    @property
    def classes(self) -> str:
        """Its classes: the colour, and whether it is a line under the words."""
        mark = self.entry.mark
        return f"{mark.color.value} underline" if mark.underline else mark.color.value


def plain(words: str) -> str:
    """Words as HTML."""
    shown = _UNSHOWN.sub("\ufffd", words.replace(OBJECT, ""))
    return escape(shown.replace("\r\n", "\n").replace("\r", "\n"), quote=True)


class Blocks:
    """Writes one text."""

    def __init__(
        self,
        text: Text,
        marks: Sequence[Numbered] = (),
        picture: Picture | None = None,
        below: Callable[[Sequence[Numbered]], str] | None = None,
        mentions: Sequence[Mention] = (),
        beside: Callable[[int, int], str] | None = None,
        known: Collection[str] = (),
    ) -> None:
        """`below` writes what stands under the blocks in which some marks end.

        `mentions` lead to their annotations, of which `beside` writes those that stand beside
        the blocks `start:end`; links in the text to the ids in `known` lead there too.
        """
        self._mentions = sorted(mentions, key=lambda each: (each.start, -each.end))
        self._mention_starts = [each.start for each in self._mentions]
        self._longest_mention = max((each.end - each.start for each in mentions), default=0)
        self._named: set[str] = set()
        self._beside = beside
        self._known = frozenset(known)
        self._text = text
        self._marks = sorted(marks, key=lambda each: (each.start, -each.end))
        self._starts = [each.start for each in self._marks]
        self._longest = max((each.end - each.start for each in self._marks), default=0)
        self._ending = deque(sorted((m for m in marks if m.number), key=lambda each: each.last))
        self._picture = picture
        self._below = below

    def html(self) -> str:
        """The whole text."""
        parts: list[str] = []
        blocks = self._text.blocks
        index = 0
        while index < len(blocks):
            stop = index + 1
            kind = blocks[index].kind
            if kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
                while stop < len(blocks) and blocks[stop].kind is kind:
                    stop += 1
            group = blocks[index:stop]
            written = self._group(group)
            notes = self._beside(group[0].start, group[-1].end) if self._beside else ""
            if notes:
                written = f'<div class="passage"><div>{written}</div>{notes}</div>'
            parts.append(written)
            ending: list[Numbered] = []
            while self._ending and self._ending[0].last <= group[-1].end:
                ending.append(self._ending.popleft())
            if ending and self._below:
                parts.append(self._below(sorted(ending, key=lambda each: each.number)))
            index = stop
        return "\n".join(parts)

    def _group(self, group: Sequence[Block]) -> str:
        block = group[0]
        match block.kind:
            case BlockKind.LIST_ITEM:
                return self._list(group)
            case BlockKind.QUOTE:
                return self._quotes(group)
            case BlockKind.HEADING:
                return f"<h{block.level}>{self._words(block)}</h{block.level}>"
            case BlockKind.TABLE:
                return self._table(block)
            case BlockKind.IMAGE:
                return self._image(block)
            case BlockKind.CODE:
                return f"<pre><code>{self._words(block)}</code></pre>"
            case BlockKind.RULE:
                return "<hr>"
            case _:
                return f"<p>{self._words(block)}</p>"

    def _list(self, items: Sequence[Block]) -> str:
        parts: list[str] = []
        lists: list[str] = []  # the tags of the lists that are open; each has an item open
        for item in items:
            level = max(1, item.level)
            words = self._words(item)
            if not item.marker and lists:
                while len(lists) > level:
                    parts.append(f"</li></{lists.pop()}>")
                parts.append(f"<p>{words}</p>")
                continue
            number = _NUMBERED.fullmatch(item.marker.strip())
            tag = "ol" if number else "ul"
            while len(lists) > level or (len(lists) == level and lists[-1] != tag):
                parts.append(f"</li></{lists.pop()}>")
            if len(lists) == level:
                parts.append("</li>")
            while len(lists) < level - 1:
                parts.append("<ul><li>")
                lists.append("ul")
            if len(lists) < level:
                parts.append(f"<{tag}>")
                lists.append(tag)
            value = f' value="{int(number[1])}"' if number else ""
            parts.append(f"<li{value}>{words}")
        parts += [f"</li></{tag}>" for tag in reversed(lists)]
        return "".join(parts)

    def _quotes(self, quotes: Sequence[Block]) -> str:
        parts: list[str] = []
        depth = 0
        for quote in quotes:
            level = max(1, quote.level)
            parts.append("<blockquote>" * (level - depth) or "</blockquote>" * (depth - level))
            parts.append(f"<p>{self._words(quote)}</p>")
            depth = level
        return "".join([*parts, "</blockquote>" * depth])

    def _table(self, block: Block) -> str:
        rows = []
        for index, row in enumerate(block.rows):
            tag = "th" if index == 0 else "td"
            cells = (
                f'<{tag} class="{cell.align if cell.align in _ALIGNS else "left"}">'
                f"{self._inline(cell.start, cell.end, block.runs)}</{tag}>"
                for cell in row
            )
            rows.append(f"<tr>{''.join(cells)}</tr>")
        head, body = "".join(rows[:1]), "".join(rows[1:])
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"

    def _image(self, block: Block) -> str:
        address = self._picture(block.source) if self._picture else ""
        alt = plain(block.alt)
        shown = f'<img src="{plain(address)}" alt="{alt}">' if address else f"<p>[{alt}]</p>"
        caption = f"<figcaption>{plain(block.caption)}</figcaption>" if block.caption else ""
        marks = self._marks_in(block.start, block.end)
        marked = f' class="{marks[0].classes}"' if marks else ""
        return f"<figure{marked}>{shown}{caption}</figure>"

    def _words(self, block: Block) -> str:
        return self._inline(block.start, block.end, block.runs)

    def _inline(self, start: int, end: int, runs: Sequence[Run]) -> str:
        """The words `start:end` with their styles, links and marks."""
        marks = self._marks_in(start, end)
        runs = [run for run in runs if run.start < end and run.end > start]
        mentions = self._mentions_in(start, end)
        edges = {start, end}
        inner = [(each.start, each.end) for each in runs]
        inner += [(each.start, each.end) for each in marks]
        inner += [(each.start, each.end) for each in mentions]
        for first, last in inner:
            edges |= {max(start, first), min(end, last)}
        parts: list[str] = []
        run_index = 0
        ordered = sorted(edges)
        for a, b in pairwise(ordered):
            while run_index < len(runs) and runs[run_index].end <= a:
                run_index += 1
            run = runs[run_index] if run_index < len(runs) else None
            words = plain(self._text.string[a:b]).replace(LINE_BREAK, "<br>")
            linked = run.href if run and run.start <= a else ""
            if run and run.start <= a:
                words = _styled(words, run)
            over = [each for each in mentions if each.start <= a and each.end >= b]
            if over and not _leads_out(linked):
                # Of those that overlap, the one with the fewest words.
                least = min(over, key=lambda each: each.end - each.start)
                words = self._leading(least.annotation, words)
            elif linked.startswith("#") and linked[1:] in self._known:
                words = f'<a href="#annotation-{handle(linked[1:])}">{words}</a>'
            here = [each for each in marks if each.start <= a and each.end >= b]
            for each in reversed(here):
                name = f' id="mark-{handle(each.entry.mark.id)}"' if each.start == a else ""
                words = f'<mark class="{each.classes}"{name}>{words}</mark>'
            parts.append(words)
            parts += [_reference(each.number) for each in here if each.number and each.end == b]
        return "".join(parts)

    def _leading(self, annotation: str, words: str) -> str:
        """Words that lead to an annotation; the first of them can be led back to."""
        name = ""
        if annotation not in self._named:
            self._named.add(annotation)
            name = f' id="mention-{handle(annotation)}"'
        return f'<a class="mention" href="#annotation-{handle(annotation)}"{name}>{words}</a>'

    def _mentions_in(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._mention_starts, start - self._longest_mention)
        stop = bisect_left(self._mention_starts, end)
        return [each for each in self._mentions[first:stop] if each.end > start]

    def _marks_in(self, start: int, end: int) -> list[Numbered]:
        first = bisect_left(self._starts, start - self._longest)
        stop = bisect_left(self._starts, end)
        return [each for each in self._marks[first:stop] if each.end > start]


def _styled(words: str, run: Run) -> str:
    for style, tag in _TAGS.items():
        if run.style & style:
            words = f"<{tag}>{words}</{tag}>"
    if _leads_out(run.href):
        words = f'<a href="{plain(run.href)}" rel="noreferrer">{words}</a>'
    return words


def _leads_out(href: str) -> bool:
    return href.startswith(("https://", "http://", "mailto:"))


def _reference(number: int) -> str:
    return f'<sup class="reference"><a href="#note-{number}">{number}</a></sup>'
