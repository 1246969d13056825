"""Links between the notes of all texts: who leads where, and what can be led to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.annotations.note_links import first_words
from reader.library.cache import Cache
from reader.library.index import Index
from reader.library.passages import JOINT, PART, Where
from reader.library.query import match_of
from reader.library.texts import Texts

_BEGUN = re.compile(r"(?<=\S) \w$")
_BROAD = 20_000
"""Passages beyond which no older note is looked at while a link is typed."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that leads into a text.

    `name` is what it calls its target: an id or a title, case folded. `text_id` and
    `id` are the note's own; `words` are its first, `title` is that of its text.
    """

    name: str
    text_id: str
    id: str
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """An annotation or a mark that a link can lead to; `title` is that of its text."""

    text_id: str
    id: str
    words: str
    title: str
    where: Where


class Linking:
    """Answers about links, from the index."""

    def __init__(self, cache: Cache, index: Index, texts: Texts) -> None:
        self._cache = cache
        self._index = index
        self._texts = texts

    def backlinks(self, text_id: str) -> list[Backlink]:
        """The notes of other texts that lead, or mean to lead, to something in this text."""
        self._index.take_in_marks()
        with self._cache.reading() as connection:
            rows = connection.execute(_BACKLINKS, {"text": text_id, "note": Where.NOTE}).fetchall()
        titles = self._titles(of_text for _, of_text, _, _ in rows)
        return [
            Backlink(name, of_text, id_, _words(Where.NOTE, words), titles[of_text][0])
            for name, of_text, id_, words in rows
        ]

    def targets(self, typed: str, most: int, but: str) -> list[LinkTarget]:
        """Annotations by their titles, then notes by their words, of all texts but one.

        At most `most` of either; those that begin with what is typed come first.
        """
        self._index.take_in_marks()
        name = " ".join(typed.split()).casefold()
        # One letter fits no beginning yet, and should not empty the list.
        match = match_of(_BEGUN.sub("", name))
        if not name:
            return []
        with self._cache.reading() as connection:
            rows = connection.execute(
                _TITLED,
                {"typed": name, "but": but, "most": most, "annotation": Where.ANNOTATION},
            ).fetchall()
            if match:
                asked = {"match": match, "but": but, "most": most, "note": Where.NOTE}
                rows += connection.execute(_NOTED, {**asked, "broad": _BROAD}).fetchall()
        titles = self._titles(text_id for text_id, _, _, _ in rows)
        return [
            LinkTarget(text_id, id_, words, titles[text_id][0], Where(where))
            for text_id, id_, where, said in rows
            if (where == Where.NOTE or titles[text_id][1]) and (words := _words(where, said))
        ]

    def _titles(self, text_ids: Iterable[str]) -> dict[str, tuple[str, bool]]:
        return {text_id: self._texts.title(text_id) for text_id in set(text_ids)}


def _words(where: str, said: str) -> str:
    """An annotation's title, or the first words of a note."""
    said = said.replace(JOINT, "")
    if where == Where.ANNOTATION:
        return said.split("\n", 1)[0]
    return first_words(said.replace(PART, "\n").strip())


_BACKLINKS = """
    SELECT DISTINCT to_name, links.text_id, links.id, coalesce(note.words, '')
    FROM links LEFT JOIN passages AS note
        ON note.text_id = links.text_id AND note.place = :note AND note.id = links.id
    WHERE links.text_id <> :text AND (to_text = :text OR (
        to_text = '' AND to_name GLOB 'urn:*' AND EXISTS (
            SELECT 1 FROM passages AS mark
            WHERE mark.text_id = :text AND mark.place = :note AND mark.id = to_name
        )
    ))
    ORDER BY links.text_id, links.id
"""
"""A mark's id is known in every text, an annotation's in its own."""

_TITLED = """
    SELECT titles.text_id, titles.id, :annotation, words
    FROM titles JOIN passages
        ON passages.text_id = titles.text_id AND place = :annotation AND passages.id = titles.id
    WHERE instr(title, :typed) AND titles.text_id <> :but
    ORDER BY instr(title, :typed) > 1, length(title), title
    LIMIT :most
"""

_NOTED = """
    SELECT text_id, id, place, words
    FROM (SELECT rowid FROM found WHERE found MATCH :match ORDER BY rowid DESC LIMIT :broad)
        AS near CROSS JOIN passages ON passages.number = near.rowid
    WHERE place = :note AND text_id <> :but
    LIMIT :most
"""
