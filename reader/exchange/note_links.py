"""The links of notes, for a file that is read elsewhere.

In a note, `[[Title]]`, `[[id|words]]` and `[[text's id#id|words]]` lead to an
annotation or a mark. Outside they are links that open the app, or links of
Obsidian's where it can follow them.
"""

from __future__ import annotations

import re

from reader.exchange.filters import wikilink
from reader.exchange.links import handle, open_link
from reader.exchange.notebook import Notebook
from reader.exchange.quoting import escaped

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]*))?\]\]")


class NoteLinks:
    """Knows where the links in the notes of one text lead."""

    def __init__(self, notebook: Notebook) -> None:
        self._document = notebook.document.id
        self._marks = {entry.mark.id: entry.quote for entry in notebook.entries}
        annotations = notebook.copy.annotations if notebook.copy else ()
        # An id goes before another annotation's title.
        self._titles = {each.title.casefold(): (each.id, each.title) for each in annotations}
        self._titles |= {each.id.casefold(): (each.id, each.title) for each in annotations}

    def outside(self, note: str) -> str:
        """A note whose links open the app; what leads nowhere stays as it is written."""
        return _LINK.sub(self._outside, note)

    def in_obsidian(self, note: str) -> str:
        """A note whose links are followed in Obsidian, within the file or by title."""
        return _LINK.sub(self._in_obsidian, note)

    def _outside(self, match: re.Match[str]) -> str:
        text_id, name = self._parts(match[1])
        shown = (match[2] or "").strip()
        if text_id and text_id != self._document:
            return f"[{escaped(shown or name)}]({open_link(text_id, name)})"
        if name in self._marks:
            words = shown or " ".join(self._marks[name].split())
            return f"[{escaped(words)}]({open_link(self._document, name)})"
        if found := self._titles.get(name.casefold()):
            return f"[{escaped(shown or found[1])}]({open_link(self._document, found[0])})"
        return match[0]

    def _in_obsidian(self, match: re.Match[str]) -> str:
        text_id, name = self._parts(match[1])
        shown = wikilink((match[2] or "").strip())
        if text_id and text_id != self._document:
            return self._outside(match)
        if name in self._marks:
            words = shown or wikilink(" ".join(self._marks[name].split()))
            return f"[[#^mark-{handle(name)}|{words}]]"
        if found := self._titles.get(name.casefold()):
            title = wikilink(found[1])
            return f"[[{title}|{shown}]]" if shown and shown != title else f"[[{title}]]"
        return match[0]

    @staticmethod
    def _parts(target: str) -> tuple[str, str]:
        text_id, _, name = target.strip().rpartition("#") if "urn:" in target else ("", "", target)
        return text_id.strip(), name.strip()
