"""Whatever SQLite or the system says, the reader is told which file it is and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.library.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryReadOnly,
    LibraryUnwritable,
    NewerLibrary,
    of_sqlite,
    told,
)

PATH = Path("/home/reader/library.sqlite")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, LibraryBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryBusy),
        (sqlite3.SQLITE_LOCKED, LibraryBusy),
        (sqlite3.SQLITE_FULL, LibraryUnwritable),
        (sqlite3.SQLITE_READONLY, LibraryReadOnly),
        (sqlite3.SQLITE_READONLY_DBMOVED, LibraryReadOnly),
        (sqlite3.SQLITE_CANTOPEN, LibraryReadOnly),
        (sqlite3.SQLITE_IOERR_WRITE, LibraryUnwritable),
        (sqlite3.SQLITE_CORRUPT, LibraryDamaged),
        (sqlite3.SQLITE_CORRUPT_VTAB, LibraryDamaged),
        (sqlite3.SQLITE_NOTADB, LibraryDamaged),
        (sqlite3.SQLITE_ERROR, LibraryError),
        (sqlite3.SQLITE_NOMEM, LibraryError),
    ],
)
def test_each_error_of_sqlite_is_a_sentence(code: int, kind: type[LibraryError]) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    made = of_sqlite(error, PATH)
    assert type(made) is kind
    assert str(PATH) in str(made)
    assert str(made).endswith(".")
    assert "\n" not in str(made)


def test_an_error_without_a_code(tmp_path: Path) -> None:
    assert type(of_sqlite(sqlite3.ProgrammingError("closed"), PATH)) is LibraryError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "Permission denied"), LibraryReadOnly),
        (OSError("no number"), LibraryUnwritable),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), LibraryDamaged),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), LibraryError),
        (NewerLibrary("Newer."), NewerLibrary),
    ],
)
def test_what_else_goes_wrong_is_a_sentence(error: Exception, kind: type[LibraryError]) -> None:
    with pytest.raises(kind) as raised, told(PATH):
        raise error
    assert type(raised.value) is kind


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    with pytest.raises(KeyError), told(PATH):
        raise KeyError
