"""Opening the library: looking it over, mending it, bringing it up to date, copying it once a day.

Whoever opens the folder while nobody else has it does all of that; those who come
while it is open find it done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reader.library.connections import TAILS, Database, connect, with_tail
from reader.library.damage import is_whole, mended_indexes
from reader.library.database import FILE, MIGRATIONS, migrate, prepare, version_of
from reader.library.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryReadOnly,
    LibraryUnwritable,
    told,
)
from reader.library.presence import Presence
from reader.library.snapshots import SnapshotKind, Snapshots

LOCK = "library.lock"


class Opened(NamedTuple):
    """An open library; `notice` is a sentence for the reader, empty when all went well.

    `folder` is where its files are: another one when it can be read only, which is in
    `lent` then, and goes when that is cleaned up.
    """

    folder: Path
    database: Database
    presence: Presence
    snapshots: Snapshots
    notice: str
    lent: TemporaryDirectory[str] | None = None


def open_library(folder: Path, now: Callable[[], float], patience: float) -> Opened:
    """Open the library in `folder`, which is made if it is not there.

    `now` is in seconds since 1970; `patience` in seconds, for whoever has a file for
    himself. One that may not be written is opened for reading. Raises LibraryError.
    """
    try:
        return _opened(folder, now, patience)
    except LibraryReadOnly:
        from reader.library.reading_only import lend  # which hardly anybody ever needs

        lent = lend(folder)
        if lent is None:
            raise
        try:
            return _opened_for_reading(folder, lent, now, patience)
        except BaseException:
            lent.cleanup()
            raise


def _opened(folder: Path, now: Callable[[], float], patience: float) -> Opened:
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    presence = Presence(folder / LOCK, patience)
    try:
        snapshots = Snapshots(folder, now)
        path = folder / FILE
        notice = _ready(path, snapshots, presence.alone, now, patience)
        presence.settled()
    except BaseException:
        presence.release()
        raise
    return Opened(folder, Database(path, prepare, patience), presence, snapshots, notice)


def _opened_for_reading(
    folder: Path, lent: TemporaryDirectory[str], now: Callable[[], float], patience: float
) -> Opened:
    path = Path(lent.name) / FILE
    with told(folder / FILE), closing(connect(path, patience)) as connection:
        version_of(connection)
        prepare(connection)
        if not is_whole(connection) and not mended_indexes(connection):
            raise LibraryDamaged(folder / FILE)
        migrate(connection)
    refusal = (
        f"The library in {folder} may not be written: what is in it can be read, searched and "
        "exported, but nothing new is kept; give yourself the right to write in that folder, "
        "and start Annotated Reader again."
    )
    database = Database(path, prepare, patience, refusal)
    presence = Presence(path.with_name(LOCK), patience)
    return Opened(path.parent, database, presence, Snapshots(folder, now), refusal, lent)


class _Damaged(LibraryDamaged):
    """The library is damaged, and was copied to `aside`."""

    def __init__(self, path: Path, aside: Path | None) -> None:
        super().__init__(path)
        self.aside = aside


def _damaged(path: Path) -> _Damaged:
    from reader.library.mending import copied_aside  # which hardly anybody ever needs

    return _Damaged(path, copied_aside(path))


def _ready(
    path: Path, snapshots: Snapshots, alone: bool, now: Callable[[], float], patience: float
) -> str:
    if not alone:
        return _looked_at(path, snapshots, patience)
    try:
        return _looked_over(path, snapshots, patience)
    except _Damaged as damaged:
        from reader.library.mending import mend, moment_of

        notice = mend(path, damaged.aside, snapshots, moment_of(now()))
    _looked_over(path, snapshots, patience)
    return notice


def _looked_over(path: Path, snapshots: Snapshots, patience: float) -> str:
    """Look at all of the file, and make it fit to be used; a notice if something was amiss.

    Raises _Damaged when it is not what was written, or no longer there.
    """
    if not _size(path) and (_size(with_tail(path, TAILS[0])) or snapshots.exist()):
        # An empty one begun in its place would hide that there was another.
        raise _damaged(path)
    with told(path), closing(connect(path, patience)) as connection:
        try:
            with told(path):
                version = version_of(connection)
                prepare(connection)
                if not is_whole(connection) and not mended_indexes(connection):
                    raise LibraryDamaged(path)
                if 0 < version < len(MIGRATIONS):
                    snapshots.take(connection, SnapshotKind.MIGRATION)
                migrate(connection)
                return daily_snapshot(connection, snapshots) if version else ""
        except LibraryDamaged as error:
            raise _damaged(path) from error


def _looked_at(path: Path, snapshots: Snapshots, patience: float) -> str:
    """The same where another window has done most of it."""
    with told(path), closing(connect(path, patience)) as connection:
        if version_of(connection) < len(MIGRATIONS):
            raise LibraryBusy(
                f"An older version of Annotated Reader has {path} open; close it, and try again."
            )
        prepare(connection)
        return daily_snapshot(connection, snapshots)


def daily_snapshot(connection: sqlite3.Connection, snapshots: Snapshots) -> str:
    """Take today's snapshot if there is none; a notice when that cannot be done.

    Raises LibraryDamaged when what there is to copy is damaged beyond its indexes.
    """
    try:
        try:
            snapshots.take_daily(connection)
        except LibraryDamaged:
            if not mended_indexes(connection):
                raise
            snapshots.take_daily(connection)
    except LibraryUnwritable as error:
        return f"No snapshot of the library was taken today: {error}"
    return ""


def _size(path: Path) -> int:
    with told(path):
        return path.stat().st_size if path.exists() else 0
