"""Which inline syntax is read: Python-Markdown's patterns, with none that trusts HTML.

Patterns that look ahead for a closing bracket are bounded, so that a hostile
paragraph costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Container
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    EscapeInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    Pattern,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString, Registry

from reader.text.cleaning import decode_entities

AUTOLINK = "autolink"
"""The tag of an address between angle brackets: its text is the address."""

FOOTNOTE = "footnote"
"""The tag of a footnote's mark; its `id` is the name that the source gives it."""

ESCAPED = re.compile("\x02([0-9]+)\x03")
"""A character that stood behind a backslash, as its code point."""

_SPECIAL = re.compile(r"[\\`\[<&]|  \n")
_BUSIEST = 1_000_000_000
_NESTED_BRACKETS = 32

_DELIMITER = re.compile(r"[*_~]")
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(
    r"""\(\s*+
        (?: <(?P<angled>[^<>\n]*+)>
          | (?P<plain> (?: [^\s()]
                         | \( (?: [^\s()] | \([^\s()]*+\) )*+ \)
                         | [ ](?![\s"')])
                       )*+ )
        )
        (?: \s*+ (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' ) )?+
        \s*+\)""",
    re.VERBOSE,
)
_SCRIPT = r"<(?:script|style)\b(?:(?!<script|<style|</).)*+</(?:script|style)\s*+>"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_BREAK = r"(?i:<br\s*+/?>)|(?<! ) {2,}+\n|\\\n"
_AUTOLINK = r"(?i:<(https?://[^<>\s]+|mailto:[^<>\s]+)>)"
_AUTOMAIL = r"<([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>"


def _guarded(words: str) -> str:
    """`words` so that no delimiter of emphasis is read in them."""
    return _DELIMITER.sub(lambda sign: f"\x02{ord(sign[0])}\x03", words)


def _backslashed(escaped: re.Match[str]) -> str:
    return "\\" + chr(int(escaped[1]))


def settled(words: str) -> str:
    """`words`, as an AtomicString where no pattern can be in them.

    So are words with more patterns than a text can mean: they stay as written.
    """
    specials = len(_SPECIAL.findall(words))
    if specials * len(words) > _BUSIEST:
        return AtomicString(_guarded(words))
    return words if specials else AtomicString(words)


class _Bounded(LinkInlineProcessor):
    """Looks for the ends of a link as CommonMark does, never further than it must."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        depth = 1
        for bracket in _BRACKET.finditer(data, index):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
            if depth > _NESTED_BRACKETS:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        target = _TARGET.match(data, index)
        if target is None:
            return "", None, index, False
        href = target["plain"] if target["angled"] is None else target["angled"]
        title = target["single"] if target["double"] is None else target["double"]
        if title is not None:
            title = self.unescape(title)
        return self.unescape(href).strip(), title, target.end(), True


class _Link(_Bounded):
    pass


class _Image(_Bounded, ImageInlineProcessor):
    pass


class _Reference(_Bounded, ReferenceInlineProcessor):
    pass


class _ShortReference(_Bounded, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Bounded, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bounded, ShortImageReferenceInlineProcessor):
    pass


class _AutoLink(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, scheme: str = "") -> None:
        super().__init__(pattern, md)
        self._scheme = scheme

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int, int]:
        link = Element(AUTOLINK, href=self._scheme + m[1])
        link.text = AtomicString(m[1])
        return link, m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int, int]:
        return Element("br"), m.start(), m.end()


class _Entity(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int, int]:
        return _guarded(decode_entities(m[0])), m.start(), m.end()


class _AsWritten(InlineProcessor):
    """Keeps a tag of HTML as the words that it is, with no emphasis read inside it."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        stash = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        parts = INLINE_PLACEHOLDER_RE.split(m[0])
        nodes = [stash.get(name) for name in parts[1::2]]
        if not all(isinstance(node, str) for node in nodes):
            return None, None, None
        parts[1::2] = [ESCAPED.sub(_backslashed, node) for node in nodes]
        return _guarded("".join(parts)), m.start(), m.end()


class _FootnoteMark(InlineProcessor):
    def __init__(self, md: Markdown, defined: Container[str]) -> None:
        super().__init__(r"\[\^([^\]\[\n]{1,200})\]", md)
        self._defined = defined

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if m[1] not in self._defined:
            return None, None, None
        mark = Element(FOOTNOTE, id=m[1])
        mark.text = AtomicString(m[0])
        return mark, m.start(), m.end()


def inline_patterns(md: Markdown, footnotes: Container[str]) -> Registry[Pattern]:
    """The patterns in the order in which they are tried; `footnotes` are those defined."""
    md.ESCAPED_CHARS = list(punctuation)
    patterns: list[tuple[Pattern, str, int]] = [
        (BacktickInlineProcessor(BACKTICK_RE), "backtick", 190),
        (EscapeInlineProcessor(ESCAPE_RE, md), "escape", 180),
        (_FootnoteMark(md, footnotes), "footnote", 175),
        (_Reference(REFERENCE_RE, md), "reference", 170),
        (_Link(LINK_RE, md), "link", 160),
        (_Image(IMAGE_LINK_RE, md), "image_link", 150),
        (_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140),
        (_ShortReference(REFERENCE_RE, md), "short_reference", 130),
        (_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125),
        (_AutoLink(_AUTOLINK, md), "autolink", 120),
        (_AutoLink(_AUTOMAIL, md, "mailto:"), "automail", 110),
        (_Break(_BREAK, md), "linebreak", 100),
        (_AsWritten(f"(?i:{_SCRIPT})|{HTML_RE}", md), "html", 90),
        (_Entity(_ENTITY, md), "entity", 80),
    ]
    registry: Registry[Pattern] = Registry()
    for pattern, name, priority in patterns:
        registry.register(pattern, name, priority)
    return registry
