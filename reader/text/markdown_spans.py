"""Turns inline elements of the Markdown parser's tree into spans of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from re import Match
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.text.builder import Span
from reader.text.cleaning import LINE_BREAK, decode_entities
from reader.text.hrefs import safe_href
from reader.text.markdown_emphasis import emphasised
from reader.text.markdown_fences import Fences
from reader.text.markdown_inlines import AUTOLINK, ESCAPED, FOOTNOTE
from reader.text.model import Style


class Picture(NamedTuple):
    """An image that stands among words."""

    source: str
    alt: str
    caption: str


class Inlines:
    """Reads spans, and numbers the footnotes in the order of their first marks.

    `notes` are the bodies of the footnotes that are defined, by the names that
    the source gives them. `href` makes of a link's target what the run says.
    """

    def __init__(
        self, fences: Fences, notes: Mapping[str, str], href: Callable[[str], str] = safe_href
    ) -> None:
        self._fences = fences
        self._href = href
        self._notes = notes
        self._labels: dict[str, str] = {}

    def read(self, *nodes: Element | str | None) -> list[Span | Picture]:
        """The spans and pictures of `nodes`, elements' tails apart; any depth will do."""
        found: list[Span | Picture] = []
        waiting = [(node, style, "") for node, style in reversed([*emphasised(nodes)])]
        while waiting:
            node, style, href = waiting.pop()
            if isinstance(node, str):
                found.append(Span(self.words(node), style, href))
            elif node.tag == "br":
                found.append(Span(LINE_BREAK, style, href))
            elif node.tag == "img":
                found.append(self._picture(node))
            elif node.tag == FOOTNOTE:
                found.append(self._mark(node, style, href))
            elif node.tag == AUTOLINK:
                href = self._href(node.get("href", ""))
                found.append(Span(node.text or "", style, href))
            elif node.tag == "code":
                found.append(Span(code_words(node), style | Style.CODE, href))
            else:
                if node.tag == "a":
                    href = self._href(_unescaped(node.get("href", "")))
                waiting += [
                    (part, style | more, href)
                    for part, more in reversed([*emphasised(parts(node))])
                ]
        return found

    def words(self, raw: str) -> str:
        """The parser's `raw` text as the source means it."""
        return _unescaped(self._fences.restore(raw)) if "\x02" in raw else raw

    def _picture(self, node: Element) -> Picture:
        def attribute(name: str) -> str:
            return _unescaped(node.get(name, ""))

        alt, caption = (
            " ".join(decode_entities(attribute(name)).split()) for name in ("alt", "title")
        )
        return Picture(attribute("src"), alt, caption)

    def _mark(self, node: Element, style: Style, href: str) -> Span:
        name = node.get("id", "")
        label = self._labels.setdefault(name, str(len(self._labels) + 1))
        note = self._fences.restore(self._notes[name]).strip()
        return Span(f"[{label}]", style | Style.SUPERSCRIPT, href, note)


def parts(element: Element) -> list[Element | str | None]:
    """What is in `element`, in order: its text, and its children with their tails."""
    found: list[Element | str | None] = [element.text]
    for child in element:
        found += (child, child.tail)
    return found


def code_words(element: Element) -> str:
    """The code in `element`, which the parser has escaped for HTML."""
    escaped = "".join(element.itertext())
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unescaped(raw: str) -> str:
    return ESCAPED.sub(_character, raw) if "\x02" in raw else raw


def _character(escaped: Match[str]) -> str:
    return chr(int(escaped[1]))
