"""The library's file: opening, migrating, and setting aside a damaged one."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

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
)
"""One script for each version, from 1; `user_version` says how many have run."""


class NewerLibrary(Exception):
    """The file was written by a newer version of the app; the message says what to do."""


def connect(folder: Path) -> tuple[sqlite3.Connection, str]:
    """Open the library in `folder`, and say in one sentence what was amiss, if anything.

    A damaged file is set aside under another name, so that nothing in it is lost,
    and a new one is begun. Raises NewerLibrary, and OSError or
    sqlite3.OperationalError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    try:
        return _open(path), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        aside = _set_aside(path)
        return _open(path), (
            f"The library was damaged; it was set aside as {aside.name}, and a new one begun."
        )


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        # Another process may have migrated it while this one waited.
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise NewerLibrary(
                "The library was written by a newer version of Annotated Reader; update the app."
            )
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            for statement in script.split(";"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    path.replace(aside)
    for tail in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + tail).replace(aside.with_name(aside.name + tail))
    return aside
