"""Links in notes: how they are written, what they lead to, and what a note says without them.

`[[Title]]` and `[[id]]` lead to an annotation or a mark of the note's own text,
`[[text's id#id]]` into another text; a mark's id is known in every text. Words
to show may follow after a `|`. In code there are no links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from reader.annotations.marks import Mark
from reader.annotations.model import Annotation

_LINK = re.compile(
    r"""
      (?<!`)(?P<fence>`{3,})(?!`) [\s\S]{0,20000}? (?<!`)(?P=fence)(?!`)
    | (?<!`)(?P<code>`{1,2})(?!`) [^\n]{1,1000}? (?<!`)(?P=code)(?!`)
    | \[\[ (?P<target>[^\[\]|\n]{1,300}) (?: \| (?P<words>[^\[\]\n]*) )? \]\]
    """,
    re.VERBOSE,
)
_MEANT = re.compile(r"[\[\]|\s]+")
"""What stands for something else between the brackets."""
_SIGNS = re.compile(
    r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)"
    r"|(?<!\w)[*_`~]{1,3}(?=\w)|(?<=[\w.!?])[*_`~]{1,3}(?!\w)"
)
_FIRST_WORDS = 60


class NoteLink(NamedTuple):
    """What a link says. `text_id` is empty for the note's own text; `words` may be."""

    text_id: str
    name: str
    words: str = ""

    @property
    def target(self) -> str:
        """What it leads to, as it is written."""
        return f"{self.text_id}#{self.name}" if self.text_id else self.name

    @property
    def written(self) -> str:
        """The link itself."""
        words = _MEANT.sub(" ", self.words).strip()
        return f"[[{self.target}|{words}]]" if words else f"[[{self.target}]]"


def target_of(written: str) -> NoteLink:
    """What stands before the `|` of a link."""
    target = written.strip()
    text_id, _, name = target.rpartition("#") if target.startswith("urn:") else ("", "", target)
    return NoteLink(text_id.strip(), name.strip())


def links_in(note: str) -> list[NoteLink]:
    """The links of a note, each once."""
    found: dict[NoteLink, None] = {}

    def take(link: NoteLink, written: str) -> str:
        found[link] = None
        return written

    if "[[" in note:
        replace_links(note, take)
    return list(found)


def replace_links(note: str, by: Callable[[NoteLink, str], str]) -> str:
    """A note with something else for each link, which `by` gets, also as it is written."""

    def replaced(match: re.Match[str]) -> str:
        if match["target"] is None or not match["target"].strip():
            return match[0]
        link = target_of(match["target"])
        return by(link._replace(words=(match["words"] or "").strip()), match[0])

    return _LINK.sub(replaced, note)


def without_links(note: str) -> str:
    """A note with the words of its links only."""
    return replace_links(note, lambda link, _: link.words or link.name) if "[[" in note else note


def first_words(note: str, quote: str = "") -> str:
    """The first line of a note in so many words as call it to mind, else of what is marked."""
    lines = (without_links(line) for line in (*note.split("\n"), *quote.split("\n")))
    line = next((said for line in lines if (said := _SIGNS.sub("", line).strip())), "")
    if len(line) <= _FIRST_WORDS:
        return line
    return line[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …"


class LinkTargets:
    """What links lead to in one text: its annotations, by id or by title, and its marks."""

    def __init__(
        self, text_id: str, annotations: Iterable[Annotation], marks: Iterable[str]
    ) -> None:
        self._text_id = text_id
        self._titles: dict[str, str] = {}
        self._ids = {mark.casefold(): mark for mark in marks}
        for each in annotations:
            self._titles.setdefault(each.title.strip().casefold(), each.id)
            self._ids[each.id.casefold()] = each.id

    def knows(self, mark_id: str) -> bool:
        """Whether a mark's id is among them."""
        return mark_id.casefold() in self._ids

    def is_within(self, link: NoteLink) -> bool:
        """Whether a link stays in this text, as far as it says itself."""
        return link.text_id in ("", self._text_id)

    def id_of(self, link: NoteLink) -> str:
        """The id of the annotation or mark in this text; empty when there is none.

        An id goes before another annotation's title, and of two equal titles the first.
        """
        name = link.name.casefold()
        if not self.is_within(link):
            return ""
        return self._ids.get(name) or self._titles.get(name, "")

    def link_to(self, annotation: Annotation) -> NoteLink:
        """The shortest link to an annotation of this text that leads nowhere else."""
        title = NoteLink("", annotation.title.strip())
        plain = target_of(title.written[2:-2]) == title and not _MEANT.search(
            title.name.replace(" ", "")
        )
        if plain and len(title.name) <= _FIRST_WORDS and self.id_of(title) == annotation.id:
            return title
        return NoteLink("", annotation.id, annotation.title)


def link_to_mark(mark: Mark, text_id: str = "") -> NoteLink:
    """The link to a mark, with the first of its words; `text_id` for one in another text."""
    return NoteLink(text_id, mark.id, first_words(mark.note, mark.selector.exact))
