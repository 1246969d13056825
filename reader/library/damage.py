"""Finding damage in the library's file, and mending what can be mended where it lies."""

from __future__ import annotations

import sqlite3

from reader.library.database import has_its_shape, version_of

_SMALL = 16 * 2**20
"""Bytes up to which looking at everything takes no time that is noticed."""

_COUNTLESS = 2**60
"""More changes than anybody makes."""


def is_whole(connection: sqlite3.Connection, thorough: bool | None = None) -> bool:
    """Whether the file holds together; a `thorough` look compares the indexes too.

    When it is not said, small files get a thorough look and large ones do not.
    """
    if thorough is None:
        thorough = _size(connection) <= _SMALL
    try:
        return (
            has_its_shape(connection)
            and _check(connection, thorough)
            and (version_of(connection) < 2 or _counts(connection))
        )
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            return False
        raise
    except UnicodeDecodeError:  # in what SQLite says of a table
        return False


def mended_indexes(connection: sqlite3.Connection) -> bool:
    """Make the indexes anew; True if that was all that was amiss."""
    whole = False
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("REINDEX")
        whole = is_whole(connection, thorough=True)
    except UnicodeDecodeError:
        pass
    except sqlite3.DatabaseError as error:
        if not (_is_damage(error) or isinstance(error, sqlite3.IntegrityError)):
            raise
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT" if whole else "ROLLBACK")
    return whole


def _check(connection: sqlite3.Connection, thorough: bool) -> bool:
    check = "integrity_check" if thorough else "quick_check"
    found: tuple[str] = connection.execute(f"PRAGMA {check}(1)").fetchone()
    return found == ("ok",)


def _counts(connection: sqlite3.Connection) -> bool:
    """Whether it is known how far the changes of marks were counted."""
    counted = connection.execute("SELECT change FROM state").fetchall()
    return len(counted) == 1 and 0 <= counted[0][0] < _COUNTLESS


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """What is missing or malformed, rather than busy, full or out of reach."""
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in damage


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (bytes_each,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(bytes_each)
