"""Searching all texts, authored annotations and marks at once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from reader.library.cache import Cache
from reader.library.index import Index
from reader.library.passages import CLOSES, COVER, OPENS, PART, Where
from reader.library.query import match_of
from reader.library.snippets import snippet_of
from reader.library.texts import Texts

_BROAD = 20_000
"""Passages beyond which weighing them takes longer than it helps; the newest are taken."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the words in it, of a text, an authored annotation or a mark.

    `id` is the annotation's or the mark's, empty in the text itself. `start` is the
    code point of the text at which it stands; `snippet` is a line of it, and `found`
    where in that line the words are.
    """

    text_id: str
    title: str
    where: Where
    id: str
    start: int
    snippet: str
    found: tuple[tuple[int, int], ...] = ()


class Search:
    """Answers queries."""

    def __init__(self, cache: Cache, index: Index, texts: Texts) -> None:
        self._cache = cache
        self._index = index
        self._texts = texts

    def hits(self, query: str, most: int) -> list[Hit]:
        """The passages that fit best, best first. No query is an error."""
        match = match_of(query)
        if not match:
            return []
        self._index.take_in_marks()
        with self._cache.reading() as connection:
            rows = _rows(connection, match, most)
        hits = []
        known: dict[str, tuple[str, bool]] = {}
        for text_id, where, id_, start, marked in rows:
            if text_id not in known:
                known[text_id] = self._texts.title(text_id)
            title, listed = known[text_id]
            if not listed and where != Where.NOTE:
                continue  # it was removed while the index was out of reach
            if where == Where.NOTE:
                where, marked = _of_mark(marked)
            snippet = snippet_of(marked)
            if start == COVER:
                start = 0
            elif where == Where.TEXT:
                start += snippet.first
            hits.append(Hit(text_id, title, Where(where), id_, start, snippet.words, snippet.found))
        return hits


def _of_mark(marked: str) -> tuple[Where, str]:
    """Whether a mark has a note, and that part of it in which the first words are found."""
    parts = [part.strip() for part in marked.split(PART)]
    note, tags, quote = parts if len(parts) == 3 else (marked, "", "")
    where = Where.NOTE if note else Where.HIGHLIGHT
    whole = [part.count(OPENS) == part.count(CLOSES) for part in parts]
    if not all(whole):  # a phrase goes from one part into the next
        return where, " · ".join(filter(None, parts))
    for part in (note, quote):
        if OPENS in part:
            return where, part
    return where, " · ".join(filter(None, (tags, note or quote)))


def _rows(
    connection: sqlite3.Connection, match: str, most: int
) -> list[tuple[str, str, str, int, str]]:
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ? LIMIT ?)",
        (match, _BROAD + 1),
    ).fetchone()
    order = "rank" if count <= _BROAD else "found.rowid DESC"
    return connection.execute(
        "SELECT text_id, place, id, start, highlight(found, 0, ?, ?) "
        "FROM found CROSS JOIN passages ON passages.number = found.rowid "
        f"WHERE found MATCH ? ORDER BY {order} LIMIT ?",
        (OPENS, CLOSES, match, most),
    ).fetchall()
