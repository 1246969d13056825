"""Markdown to a text.

Python-Markdown parses blocks and inline syntax into an element tree; the tree
is walked by an allow-list. No HTML is ever made or read: tags in the source
are words, but for `<br>`, which breaks a line.

What is read beyond the usual: tables, fenced code, definition lists, footnotes,
`~~struck~~`. A second mark of a footnote repeats its number, and every mark has
a `Footnote` of its own. Lists and quotes nested more than some twenty deep,
inline syntax beyond all measure, and rows of a table longer than 10,000
characters come out as the words that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

from reader.text.builder import Builder
from reader.text.cleaning import clean
from reader.text.hrefs import safe_href
from reader.text.markdown_blocks import block_parser
from reader.text.markdown_fences import Fences
from reader.text.markdown_inlines import inline_patterns, settled
from reader.text.markdown_spans import Inlines
from reader.text.markdown_walk import Walk
from reader.text.model import Text
from reader.text.progress import Progress, Steps

_TAB = 4
_BLOCKS_SHARE = 0.5


def parse_markdown(source: str, progress: Progress | None = None) -> Text:
    """The text that `source` (Markdown) says; any string is a text, nothing is raised.

    `progress` is called now and then with 0.0 to 1.0; what it raises passes
    through. To parse many sources, keep one `MarkdownReader`.
    """
    return MarkdownReader().parse(source, progress)


class MarkdownReader:
    """Parses one source after another; for use in one thread at a time.

    `href` makes of a link's target, as it is written, what the run says: see `safe_href`.
    """

    def __init__(self, href: Callable[[str], str] = safe_href) -> None:
        self._syntax = _Syntax()
        self._href = href

    def parse(self, source: str, progress: Progress | None = None) -> Text:
        """As `parse_markdown`."""
        steps = Steps(progress)
        steps.at(0.0)
        fences = Fences()
        lifted = fences.lift(clean(source).expandtabs(_TAB))
        tree, notes = self._syntax.tree(lifted, steps)
        builder = Builder()
        walk = Walk(builder, fences, Inlines(fences, notes, self._href))
        elements = list(tree)
        for index, element in enumerate(elements):
            steps.at(_BLOCKS_SHARE + (1 - _BLOCKS_SHARE) * index / len(elements))
            holder = Element("div")
            holder.append(element)
            self._syntax.read_inlines(holder)
            walk.flow(holder)
        text = builder.text()
        steps.at(1.0)
        return text


class _Syntax(Markdown):
    """Python-Markdown with the processors of a text and none for HTML."""

    def build_parser(self) -> Self:
        self.footnotes = FootnoteExtension()
        self.blocks = block_parser(self, self.footnotes)
        self.parser = self.blocks
        self.inlinePatterns = inline_patterns(self, self.footnotes.footnotes)
        self.inline = InlineProcessor(self)
        self.preprocessors = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(self.inline, "inline", 20)
        self.postprocessors = Registry()
        return self

    def tree(self, source: str, steps: Steps) -> tuple[Element, Mapping[str, str]]:
        """The blocks of `source`, inline syntax unread, and the bodies of its footnotes."""
        self.reset()
        self.blocks.state.clear()
        self.footnotes.footnotes.clear()
        self.blocks.report = lambda share: steps.at(_BLOCKS_SHARE * share)
        root = Element("div")
        self.blocks.parseBlocks(root, source.split("\n\n"))
        return root, self.footnotes.footnotes

    def read_inlines(self, holder: Element) -> None:
        """Read the inline syntax in all that `holder` holds, in place."""
        busy = False
        for element in holder.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = settled(element.text)
                busy = busy or not isinstance(element.text, AtomicString)
            if element.tail:
                element.tail = settled(element.tail)
                busy = busy or not isinstance(element.tail, AtomicString)
        if busy:
            self.inline.run(holder)
