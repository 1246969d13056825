"""What the cards of a copy say: an annotation, or a note, with the words of all its links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from reader.annotations.marks import Color
from reader.annotations.note_links import NoteLink, links_in, replace_links
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.exchange.quoting import escaped
from reader.text.markdown import MarkdownReader
from reader.ui.layers import LayerMark
from reader.ui.margin.answer_edit import Answer
from reader.ui.margin.card import CardContent
from reader.ui.margin.guide import Guide
from reader.ui.margin.layer_card import LayerContent
from reader.ui.margin.note_card import NoteContent
from reader.ui.page.pictures import Picture


class CardContents:
    """Makes the content of any card of one copy."""

    def __init__(self, copy: Copy, guide: Guide | None = None) -> None:
        self._copy = copy
        self._guide = guide or Guide()
        self._markdown = MarkdownReader()
        self.note_links: Mapping[str, Sequence[tuple[str, str]]] = {}
        """The reader's notes that lead to an annotation, as (words, what leads to the note)."""
        self.answers: Mapping[str, str] = {}
        """What the reader has answered to questions, by their ids."""
        self._sections = copy.text.sections
        self._starts = [section.start for section in self._sections]

    def of(self, annotation: str) -> CardContent:
        """The content of one annotation's card. KeyError for an unknown id."""
        copy = self._copy
        found = copy.by_id[annotation]
        picture = Picture(copy.picture(found.image.file)) if found.image else None
        back = [other for other in copy.linked_from.get(annotation, ()) if other not in found.see]
        return CardContent(
            annotation=found,
            body=self._markdown.parse(found.body),
            mentions=self._mentions(annotation),
            see=self._titles(found.see),
            linked_from=[*self._titles(back), *self.note_links.get(annotation, ())],
            picture=picture,
            tip=self._guide.tip,
        )

    def answer_to(self, question: str) -> Answer | None:
        """What the reader has answered to a question."""
        words = self.answers.get(question, "")
        if not words.strip():
            return None
        return Answer(words, self._markdown.parse(replace_links(words, self._as_link)))

    def of_mark(
        self,
        placed: PlacedMark,
        color_names: Mapping[Color, str],
        links: Sequence[tuple[str, str]] = (),
    ) -> NoteContent:
        """The content of a mark's card; `links` are the notes that lead to it."""
        note = placed.mark.note
        return NoteContent(
            placed,
            self._markdown.parse(replace_links(note, self._as_link)),
            color_names.get(placed.mark.color, ""),
            links,
            [(self._guide.shown(link), link.target) for link in links_in(note)],
            self._guide.tip,
        )

    def of_layer(self, of: LayerMark) -> LayerContent:
        """The content of the card of somebody else's mark."""
        note = replace_links(of.mark.note, self._as_link)
        return LayerContent(of, self._markdown.parse(note), self._guide.tip)

    def _as_link(self, link: NoteLink, _written: str) -> str:
        """A link of a note as one of Markdown."""
        target = quote(link.target, safe=":#", errors="replace")
        return f"[{escaped(self._guide.shown(link))}](#{target})"

    def _titles(self, ids: tuple[str, ...] | list[str]) -> list[tuple[str, str]]:
        known = self._copy.by_id
        return [(known[other].title, other) for other in ids if other in known]

    def _mentions(self, annotation: str) -> list[tuple[str, int]]:
        """Each mention by its section's title; several in one section are numbered."""
        named: dict[str, int] = {}
        links = []
        for mention in self._copy.attachment.of(annotation):
            title = self._section(mention.start)
            named[title] = named.get(title, 0) + 1
            words = title if named[title] == 1 else f"({named[title]})"
            links.append((words, mention.start))
        return links

    def _section(self, position: int) -> str:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return self._copy.manifest.title
        return self._sections[index].title
