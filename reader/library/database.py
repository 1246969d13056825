"""The library's file: what is in it, and how an older one becomes that.

Only what cannot be made again is kept here. The search index and the parsed texts
have a file of their own (cache.py), so that this one stays small enough to be
copied every day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache

from reader.library.connections import begin_wal
from reader.library.errors import NewerLibrary

FILE = "library.sqlite"

MIGRATIONS = (
    """
    CREATE TABLE texts (
        id TEXT PRIMARY KEY,
        revision TEXT NOT NULL,
        title TEXT NOT NULL,
        path TEXT NOT NULL,
        opened REAL NOT NULL  -- seconds since 1970, UTC
    ) STRICT;
    CREATE TABLE places (
        text_id TEXT PRIMARY KEY,
        position INTEGER NOT NULL,  -- code points of the canonical string
        words TEXT NOT NULL,        -- what stands there, to find it in another revision
        progress REAL NOT NULL      -- 0 to 1
    ) STRICT;
    """,
    """
    ALTER TABLE texts ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';  -- a list, as JSON
    ALTER TABLE texts ADD COLUMN source TEXT NOT NULL DEFAULT '';
    ALTER TABLE texts ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE texts ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE texts ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE texts ADD COLUMN annotations INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE texts ADD COLUMN added REAL NOT NULL DEFAULT 0;  -- seconds since 1970, UTC
    ALTER TABLE texts ADD COLUMN removed REAL;                   -- the same, or NULL while listed
    UPDATE texts SET added = opened;
    CREATE TABLE marks (
        number INTEGER PRIMARY KEY,
        text_id TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,         -- for counting: of the record, or “theirs”
        deleted REAL,               -- seconds since 1970, UTC, or NULL while the mark lives
        change INTEGER NOT NULL,    -- grows with every change to any mark
        record BLOB NOT NULL,       -- the mark, as JSON in UTF-8
        checksum INTEGER NOT NULL,  -- of all but the number and the kind
        UNIQUE (text_id, id)
    ) STRICT;
    CREATE INDEX marks_by_change ON marks (change);
    CREATE INDEX living_marks ON marks (text_id, kind) WHERE deleted IS NULL;
    CREATE TABLE colors (
        color TEXT PRIMARY KEY,
        name TEXT NOT NULL  -- what the reader means by it
    ) STRICT;
    CREATE TABLE state (
        generation TEXT NOT NULL,  -- another whenever the changes of marks count anew
        change INTEGER NOT NULL    -- the last that was counted
    ) STRICT;
    INSERT INTO state VALUES (hex(randomblob(8)), 0);
    """,
    """
    CREATE TABLE revisions (
        text_id TEXT NOT NULL,
        edition INTEGER NOT NULL,   -- the number that the author gave it
        words TEXT NOT NULL,        -- the hash of its canonical string, empty where not known
        revision TEXT NOT NULL,     -- the hash of its content when it was opened last
        path TEXT NOT NULL,         -- where it lay then
        kept TEXT NOT NULL,         -- where in the library it is kept, or empty
        opened REAL NOT NULL,       -- seconds since 1970, UTC
        arrived REAL,               -- the same, when marks were placed in it, or NULL
        PRIMARY KEY (text_id, edition, words)
    ) STRICT;
    CREATE TABLE placements (
        text_id TEXT NOT NULL,
        words TEXT NOT NULL,        -- which of its revisions, as above
        mark_id TEXT NOT NULL,
        basis INTEGER NOT NULL,     -- the sum of the selector that the mark had then
        selector TEXT NOT NULL,     -- how the mark is found in that revision, as JSON
        PRIMARY KEY (text_id, words, mark_id)
    ) STRICT;
    INSERT INTO revisions
        SELECT id, edition, '', revision, path, '', opened, opened FROM texts WHERE opened > 0;
    """,
    """
    UPDATE marks SET kind = 'theirs'
        WHERE json_valid(CAST(record AS TEXT))
        AND ifnull(json_extract(CAST(record AS TEXT), '$.creator'), '') <> '';
    """,
)
"""One script for each version, from 1; `user_version` says how many have run."""


def prepare(connection: sqlite3.Connection) -> None:
    """Have every transaction on the disk when it ends, and be strict with what is read."""
    connection.execute("PRAGMA cell_size_check = ON")
    begin_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # what macOS calls it when it is meant


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations have run. Raises NewerLibrary when there are more than are known."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise NewerLibrary(
            "The library was written by a newer version of Annotated Reader; update the app."
        )
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to date, all at once or not at all."""
    if version_of(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        # Another process may have migrated it while this one waited.
        version = version_of(connection)
        _run(connection, MIGRATIONS[version:])
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def count_anew(connection: sqlite3.Connection) -> None:
    """Say that the marks are no longer those that were counted."""
    connection.execute("UPDATE state SET generation = hex(randomblob(8))")


def has_its_shape(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those that the file's version has."""
    return _shape(connection) == _shape_after(MIGRATIONS[: version_of(connection)])


@cache
def _shape_after(scripts: tuple[str, ...]) -> frozenset[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        _run(model, scripts)
        return _shape(model)


def _run(connection: sqlite3.Connection, scripts: Iterable[str]) -> None:
    for script in scripts:
        for statement in script.split(";"):
            if statement.strip():
                connection.execute(statement)


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[object, ...]]:
    columns = connection.execute(
        'SELECT tables.name, columns.name, columns.type, columns."notnull", columns.pk '
        "FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
        "WHERE tables.type = 'table'"
    )
    indexes = connection.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    )
    return frozenset((*columns, *indexes))
