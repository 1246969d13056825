"""Opening the library: looking it over, mending it, bringing it up to date, copying it once a day.

Whoever opens the folder while nobody else has it does all of that; those who come
while it is open find it done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reader.library.connections import TAILS, Database, connect, with_tail
from reader.library.damage import is_whole, mended_indexes
from reader.library.database import FILE, MIGRATIONS, migrate, prepare, version_of
from reader.library.errors import LibraryBusy, LibraryDamaged, LibraryUnwritable, told
from reader.library.presence import Presence
from reader.library.snapshots import SnapshotKind, Snapshots

LOCK = "library.lock"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library; `notice` is a sentence for the reader, empty when all went well."""

    database: Database
    presence: Presence
    snapshots: Snapshots
    notice: str


def open_library(folder: Path, now: Callable[[], float], patience: float) -> Opened:
    """Open the library in `folder`, which is made if it is not there.

    `now` is in seconds since 1970; `patience` in seconds, for whoever has a file for
    himself. Raises LibraryError.
    """
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
    return Opened(Database(path, prepare, patience), presence, snapshots, notice)


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
