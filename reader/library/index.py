"""Filling the index: words to search for, tags, links.

A text is put in when it is opened. Marks are put in when something is asked of the
index: it knows the last change that it has seen, and takes in what came after.
So saving a mark waits for nothing but the mark, and an index that was lost is
made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain, islice

from reader.annotations.marks import Mark
from reader.annotations.note_links import links_in
from reader.copies.copy import Copy
from reader.library import passages
from reader.library.cache import Cache
from reader.library.marks import Marks, State
from reader.library.passages import Passage, Where, keepable, searchable

_AT_ONCE = 100
"""Passages or marks of one transaction; others can write between two of them."""

GoesOn = Callable[[], bool]
"""Whether to go on; what is begun then is done the next time."""


class Index:
    """Puts texts and marks into the index, and tells of tags."""

    def __init__(self, cache: Cache, marks: Marks) -> None:
        self._cache = cache
        self._marks = marks

    def add_text(self, copy: Copy, goes_on: GoesOn = lambda: True) -> bool:
        """Put in a copy's text and annotations; nothing is done if they are there.

        The answer is whether they are there now.
        """
        text_id = copy.manifest.id
        with self._cache.reading() as connection:
            there = connection.execute(
                "SELECT revision FROM indexed WHERE text_id = ?", (text_id,)
            ).fetchone()
        if there == (copy.revision,):
            return True
        self.drop_text(text_id)
        found = chain(passages.of_annotations(copy), passages.of_text(copy))
        while some := list(islice(found, _AT_ONCE)):
            if not goes_on():
                return False
            with self._cache.writing() as connection:
                _add(connection, text_id, some)
        with self._cache.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO titles VALUES (?, ?, ?)",
                [(text_id, each.id, keepable(each.title).casefold()) for each in copy.annotations],
            )
            connection.execute(
                "INSERT OR REPLACE INTO indexed VALUES (?, ?)", (text_id, copy.revision)
            )
        return True

    def texts(self) -> set[str]:
        """The ids of the texts that are in it."""
        with self._cache.reading() as connection:
            return {id_ for (id_,) in connection.execute("SELECT text_id FROM indexed")}

    def drop_text(self, text_id: str, marks_too: bool = False) -> None:
        """Take out a text and its annotations; the marks on it only when that is said."""
        tables = ["indexed", "titles", *(["tags", "links"] if marks_too else [])]
        with self._cache.writing() as connection:
            for table in tables:
                connection.execute(f"DELETE FROM {table} WHERE text_id = ?", (text_id,))
            connection.execute(
                "DELETE FROM passages WHERE text_id = ? AND (? OR place <> ?)",
                (text_id, marks_too, Where.NOTE),
            )

    def take_in_marks(self, goes_on: GoesOn = lambda: True) -> None:
        """Take in what was changed since this was last done, be it by another window."""
        newest = self._marks.state()
        with self._cache.reading() as connection:
            while goes_on() and not _has_seen(connection, newest):
                with self._cache.writing():
                    self._take_in_some(connection, newest)

    def tags(self) -> dict[str, int]:
        """Every tag with the number of marks that have it, the most frequent first."""
        self.take_in_marks()
        with self._cache.reading() as connection:
            return dict(
                connection.execute(
                    "SELECT tag, count(*) AS marks FROM tags "
                    "GROUP BY tag COLLATE NOCASE ORDER BY marks DESC, tag"
                )
            )

    def _take_in_some(self, connection: sqlite3.Connection, newest: State) -> None:
        seen = _seen(connection)
        if seen.generation != newest.generation:
            seen = State(newest.generation, 0)
            connection.execute("DELETE FROM passages WHERE place = ?", (Where.NOTE,))
            connection.execute("DELETE FROM tags")
            connection.execute("DELETE FROM links")
        changed = self._marks.changed(seen.change, newest.change, _AT_ONCE)
        for row, mark in changed:
            key = (row.text_id, row.id)
            connection.execute(
                "DELETE FROM passages WHERE text_id = ? AND place = ? AND id = ?",
                (row.text_id, Where.NOTE, row.id),
            )
            connection.execute("DELETE FROM tags WHERE text_id = ? AND id = ?", key)
            connection.execute("DELETE FROM links WHERE text_id = ? AND id = ?", key)
            # What other people wrote is not the reader's, and found in its own layer.
            if mark and row.deleted is None and not mark.creator:
                _add_mark(connection, row.text_id, mark)
        reached = changed[-1][0].change if len(changed) == _AT_ONCE else newest.change
        connection.execute(
            "UPDATE seen SET generation = ?, change = ?", (newest.generation, reached)
        )


def _seen(connection: sqlite3.Connection) -> State:
    return State(*connection.execute("SELECT generation, change FROM seen").fetchone())


def _has_seen(connection: sqlite3.Connection, newest: State) -> bool:
    seen = _seen(connection)
    return seen.generation == newest.generation and seen.change >= newest.change


def _add(connection: sqlite3.Connection, text_id: str, found: Sequence[Passage]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO passages (text_id, place, id, start, words) VALUES (?, ?, ?, ?, ?)",
        [(text_id, each.where, each.id, each.start, searchable(each.words)) for each in found],
    )


def _add_mark(connection: sqlite3.Connection, text_id: str, mark: Mark) -> None:
    _add(connection, text_id, [passages.of_mark(mark)])
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?, ?)",
        [(text_id, mark.id, keepable(tag)) for tag in mark.tags],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?)",
        [
            (text_id, mark.id, link.text_id, link.name.casefold())
            for link in links_in(keepable(mark.note))
        ],
    )
