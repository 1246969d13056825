"""Copies of the library for bad days: one a day, and one before whatever changes all of it.

The seven newest daily ones are kept, and of those before them the newest of each of four
weeks. What was taken before a migration or a restoration stays.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reader.library.connections import connect
from reader.library.damage import is_whole
from reader.library.database import FILE, version_of
from reader.library.errors import LibraryDamaged, LibraryError, told

FOLDER = "snapshots"
DAYS = 7
WEEKS = 4

_STAMP = "%Y%m%d-%H%M%S-%f"
_NAME = re.compile(r"library-(\d{8})-(\d{6})-(\d{6})-([a-z]+)\.sqlite")
UNFINISHED = ".part"
_ABANDONED = 3600.0
"""Seconds after which what is unfinished belongs to nobody."""


class SnapshotKind(StrEnum):
    """Why a snapshot was taken. A weekly one is a daily one that is kept for longer."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MIGRATION = "migration"
    RESTORATION = "restoration"


class Snapshot(NamedTuple):
    """A snapshot: its file, when it was taken (UTC), why, and how many marks are in it."""

    path: Path
    moment: datetime
    kind: SnapshotKind
    marks: int


class Snapshots:
    """The snapshots of the library in `folder`. `now` tells the time in seconds since 1970."""

    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        self._folder = folder / FOLDER
        self._now = now

    def all(self) -> list[Snapshot]:
        """Those that can be opened, newest first."""
        found = []
        with told(self._folder):
            taken = self._taken()
        daily = [moment for moment, kind in taken.values() if kind is SnapshotKind.DAILY]
        for path, (moment, kind) in taken.items():
            if kind is SnapshotKind.DAILY and moment in daily[DAYS:]:
                kind = SnapshotKind.WEEKLY
            with suppress(LibraryError), reading(path) as connection:
                found.append(Snapshot(path, moment, kind, _count(connection)))
        return found

    def newest_good(self) -> Snapshot | None:
        """The one to fall back on: the newest in which nothing is damaged."""
        for snapshot in self.all():
            with suppress(LibraryError), reading(snapshot.path) as connection:
                if is_good(connection):
                    return snapshot
        return None

    def exist(self) -> bool:
        """Whether there is any, good or not."""
        with told(self._folder):
            return bool(self._taken())

    def take_daily(self, connection: sqlite3.Connection) -> None:
        """Take today's if there is none yet, and let those go that are too many."""
        with told(self._folder):
            taken = self._taken()
            daily = {
                moment: path for path, (moment, kind) in taken.items() if kind is SnapshotKind.DAILY
            }
            today = self._moment()
            if any(moment.date() == today.date() for moment in daily):
                return
            self.take(connection, SnapshotKind.DAILY)
            for moment in daily.keys() - kept([today, *daily]):
                daily[moment].unlink(missing_ok=True)

    def take(self, connection: sqlite3.Connection, kind: SnapshotKind) -> Path:
        """Copy the library as it is now. Raises LibraryDamaged when the copy is not whole."""
        with told(self._folder):
            self._folder.mkdir(exist_ok=True)
            self._clear()
            path = self._free(kind)
            part = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
            try:
                with closing(connect(part)) as copy:
                    connection.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                    if not is_good(copy):
                        raise LibraryDamaged(self._folder.parent / FILE)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return path

    def _taken(self) -> dict[Path, tuple[datetime, SnapshotKind]]:
        """All of them, newest first."""
        found = {}
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                if match := _NAME.fullmatch(path.name):
                    with suppress(ValueError):
                        # As ISO 8601: strptime would be imported for this alone.
                        moment = datetime.fromisoformat("{}T{}.{}Z".format(*match.groups()))
                        found[path] = (moment, SnapshotKind(match[4]))
        return dict(sorted(found.items(), key=lambda each: each[1], reverse=True))

    def _free(self, kind: SnapshotKind) -> Path:
        moment = self._moment()
        while True:
            path = self._folder / f"library-{moment.strftime(_STAMP)}-{kind}.sqlite"
            if not path.exists():
                return path
            moment += timedelta(microseconds=1)

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)

    def _clear(self) -> None:
        """Take away what a process that was killed left unfinished."""
        for path in self._folder.glob(f".*{UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - _ABANDONED:
                    path.unlink()


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Which of the daily snapshots stay, by when they were taken."""
    newest = sorted(moments, reverse=True)
    days = newest[:DAYS]
    weeks: dict[tuple[int, int], datetime] = {}
    for moment in newest:
        weeks.setdefault(moment.isocalendar()[:2], moment)
    before = [moment for moment in weeks.values() if moment not in days]
    return {*days, *before[:WEEKS]}


@contextmanager
def reading(snapshot: Path) -> Iterator[sqlite3.Connection]:
    """Open a snapshot, which nothing writes any more."""
    if not snapshot.is_file():
        raise LibraryError(f"{snapshot} is gone; choose another snapshot.")
    with told(snapshot), closing(connect(snapshot, options="mode=ro&immutable=1")) as connection:
        yield connection


def is_good(snapshot: sqlite3.Connection) -> bool:
    """Whether there is a library in a snapshot, and nothing in it is damaged."""
    return version_of(snapshot) > 0 and is_whole(snapshot, thorough=True)


def _count(connection: sqlite3.Connection) -> int:
    if version_of(connection) < 2:
        return 0  # there were none yet
    (count,) = connection.execute("SELECT count(*) FROM marks WHERE deleted IS NULL").fetchone()
    return int(count)
