"""The links of notes, for a file that is read elsewhere.

Outside they are links that open the app, or links of Obsidian's where it can
follow them.
"""

from __future__ import annotations

from functools import cached_property

from reader.annotations.note_links import (
    LinkTargets,
    NoteLink,
    first_words,
    replace_links,
)
from reader.exchange.filters import wikilink
from reader.exchange.links import handle, open_link
from reader.exchange.notebook import Notebook
from reader.exchange.quoting import escaped


class NoteLinks:
    """Knows where the links in the notes of one text lead, once there is one."""

    def __init__(self, notebook: Notebook) -> None:
        self._document = notebook.document.id
        self._deleted = notebook.deleted
        self._entries = notebook.entries
        self._annotations = notebook.copy.annotations if notebook.copy else ()

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {
            entry.mark.id: " ".join(entry.quote.split()) or first_words(entry.mark.note)
            for entry in self._entries
        }

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {each.id: each.title for each in self._annotations}

    @cached_property
    def _targets(self) -> LinkTargets:
        return LinkTargets(self._document, self._annotations, self._marks)

    def outside(self, note: str) -> str:
        """A note whose links open the app; what leads nowhere is left with its words."""
        return replace_links(note, self._outside)

    def in_obsidian(self, note: str) -> str:
        """A note whose links are followed in Obsidian, within the file or by title."""
        return replace_links(note, self._in_obsidian)

    def _outside(self, link: NoteLink, written: str) -> str:
        id_ = self._targets.id_of(link)
        if not id_:
            return self._elsewhere(link, written)
        words = link.words or self._marks.get(id_) or self._titles.get(id_) or link.name
        return f"[{escaped(words)}]({open_link(self._document, id_)})"

    def _in_obsidian(self, link: NoteLink, written: str) -> str:
        id_ = self._targets.id_of(link)
        shown = wikilink(link.words)
        if id_ in self._marks:
            return f"[[#^mark-{handle(id_)}|{shown or wikilink(self._marks[id_])}]]"
        if id_:
            title = wikilink(self._titles[id_])
            return f"[[{title}|{shown}]]" if shown and shown != title else f"[[{title}]]"
        return self._outside(link, written)

    def _elsewhere(self, link: NoteLink, written: str) -> str:
        """A link to what is not in this notebook: another text, or a mark that was left out.

        What is gone leaves its words; a link that has none is read as it stands.
        """
        is_mark = link.name.startswith("urn:") and link.name not in self._deleted
        if is_mark or not self._targets.is_within(link):
            opens = open_link(link.text_id or self._document, link.name)
            return f"[{escaped(link.words or link.name)}]({opens})"
        return escaped(link.words) if link.words else written
