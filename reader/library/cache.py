"""What can be made again: parsed texts and the search index, in a file of their own.

A file of another version, or a damaged one, is thrown away and begun anew.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from reader.library.connections import TAILS, Database, begin_wal, with_tail
from reader.library.errors import LibraryDamaged, told
from reader.library.presence import Presence
from reader.text.folding import fold_accents

FILE = "cache.sqlite"
VERSION = 5
"""To be raised with every change to the tables, or to what is put into them."""

_T = TypeVar("_T")

_TABLES = """
    CREATE TABLE IF NOT EXISTS parsed (
        content TEXT NOT NULL,  -- the hash of what was parsed
        parser TEXT NOT NULL,   -- which parser did it
        bytes INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        string BLOB NOT NULL,
        layout BLOB NOT NULL,
        PRIMARY KEY (content, parser)
    ) STRICT;

    CREATE TABLE IF NOT EXISTS passages (
        number INTEGER PRIMARY KEY,
        text_id TEXT NOT NULL,
        place TEXT NOT NULL,     -- a Where
        id TEXT NOT NULL,        -- of the annotation or the mark
        start INTEGER NOT NULL,  -- code points of the text
        words TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX IF NOT EXISTS passages_by_text ON passages (text_id, place, id, start);
    CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5 (
        words, content = 'passages', content_rowid = 'number',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
    CREATE TRIGGER IF NOT EXISTS passage_added AFTER INSERT ON passages BEGIN
        INSERT INTO found (rowid, words) VALUES (new.number, folded(new.words));
    END;
    CREATE TRIGGER IF NOT EXISTS passage_gone AFTER DELETE ON passages BEGIN
        INSERT INTO found (found, rowid, words) VALUES ('delete', old.number, folded(old.words));
    END;
    CREATE TABLE IF NOT EXISTS indexed (text_id TEXT PRIMARY KEY, revision TEXT NOT NULL) STRICT;

    CREATE TABLE IF NOT EXISTS titles (
        text_id TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,  -- case folded
        PRIMARY KEY (text_id, id)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS tags (
        text_id TEXT NOT NULL, id TEXT NOT NULL, tag TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS tags_by_mark ON tags (text_id, id);
    CREATE TABLE IF NOT EXISTS links (
        text_id TEXT NOT NULL, id TEXT NOT NULL,  -- of the mark whose note leads
        to_text TEXT NOT NULL, to_name TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS links_by_mark ON links (text_id, id);
    CREATE INDEX IF NOT EXISTS links_by_name ON links (to_name);

    CREATE TABLE IF NOT EXISTS seen (generation TEXT NOT NULL, change INTEGER NOT NULL) STRICT;
    INSERT INTO seen SELECT '', 0 WHERE NOT EXISTS (SELECT * FROM seen);
"""
_NAMES = set(re.findall(r"IF NOT EXISTS (\w+)", _TABLES))


class Cache:
    """The cache in `folder`, which is opened when it is first asked for something."""

    def __init__(self, folder: Path, presence: Presence, patience: float) -> None:
        self._path = folder / FILE
        self._presence = presence
        self._patience = patience
        self._database = self._new()

    def close(self) -> None:
        """Close it; it cannot be used after."""
        self._database.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection. What goes wrong with it is a LibraryError."""
        with self._database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same in a transaction."""
        with self._database.writing() as connection:
            yield connection

    def renewing(self, work: Callable[[], _T]) -> _T:
        """What `work` returns; a damaged file is begun anew, and the work done once more."""
        try:
            return work()
        except LibraryDamaged as error:
            if error.path != self._path:
                raise
            with self._presence.by_itself(), told(self._path):
                self._database.close()
                for tail in (*TAILS, ""):
                    with_tail(self._path, tail).unlink(missing_ok=True)
                self._database = self._new()
            return work()

    def _new(self) -> Database:
        return Database(self._path, self._prepare, self._patience)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        # FTS5 itself takes accents off Latin letters alone.
        connection.create_function("folded", 1, fold_accents, deterministic=True)
        begin_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last of it
        if version == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
            )
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if version not in (0, VERSION) or not names >= _NAMES:
            raise LibraryDamaged(self._path)
