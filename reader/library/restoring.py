"""Going back to a snapshot while the library is open, here and perhaps elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from reader.library.connections import Database, connect
from reader.library.database import count_anew, migrate
from reader.library.errors import LibraryDamaged, told
from reader.library.snapshots import UNFINISHED, Snapshot, SnapshotKind, Snapshots, is_good, reading

_TABLES = ("texts", "places", "marks", "colors", "state", "revisions", "placements")


def restore(database: Database, snapshots: Snapshots, snapshot: Snapshot) -> None:
    """Put what a snapshot holds in the place of what there is, having made a snapshot of that.

    Nobody can write in between. Raises LibraryError, and changes nothing, when the
    snapshot is damaged or anything cannot be written.
    """
    with _brought_up_to_date(snapshot) as path, database.reading() as connection:
        connection.execute("ATTACH CAST(? AS TEXT) AS snapshot", (os.fsencode(path),))
        try:
            with database.writing():
                with closing(connect(database.path)) as present:
                    snapshots.take(present, SnapshotKind.RESTORATION)
                for table in _TABLES:
                    connection.execute(f"DELETE FROM main.{table}")
                    connection.execute(f"INSERT INTO main.{table} SELECT * FROM snapshot.{table}")
                count_anew(connection)
        finally:
            connection.execute("DETACH snapshot")


@contextmanager
def _brought_up_to_date(snapshot: Snapshot) -> Iterator[Path]:
    """A copy of a snapshot with the tables of today."""
    path = snapshot.path.with_name(f".{snapshot.path.name}.{os.getpid()}{UNFINISHED}")
    with told(snapshot.path):
        try:
            with reading(snapshot.path) as connection:
                if not is_good(connection):
                    raise LibraryDamaged(
                        snapshot.path, f"{snapshot.path} is damaged; choose another snapshot."
                    )
                with closing(connect(path)) as copy:
                    connection.backup(copy)
                    migrate(copy)
            yield path
        finally:
            path.unlink(missing_ok=True)
