"""What can go wrong with a file of the library, each as one sentence for the reader."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LibraryError(Exception):
    """The library cannot do what it was asked; the message says why and what to do."""


class NewerLibrary(LibraryError):
    """The file was written by a newer version of the app."""


class LibraryBusy(LibraryError):
    """Another window or program has the file for itself."""


class LibraryUnwritable(LibraryError):
    """The disk is full, or the folder may not be written."""


class LibraryReadOnly(LibraryUnwritable):
    """The folder may not be written, as the system has it."""


class LibraryDamaged(LibraryError):
    """What is in the file at `path` is not what was written."""

    def __init__(self, path: Path, message: str = "") -> None:
        super().__init__(
            message
            or f"{path} is damaged; close Annotated Reader and start it again, "
            "and it opens the newest good snapshot."
        )
        self.path = path


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about `path` into a LibraryError."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_sqlite(error, path) from error
    except UnicodeDecodeError as error:  # in what SQLite says of a damaged table
        raise LibraryDamaged(path) from error
    except UnicodeEncodeError as error:
        raise LibraryError(
            f"{path} cannot keep a name that holds half a letter ({error.reason}); "
            "write the text's id and its annotations' anew."
        ) from error
    except OSError as error:
        may_not = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        kind = LibraryReadOnly if may_not else LibraryUnwritable
        raise kind(
            f"{path} cannot be written ({error.strerror or error}); "
            "check the disk and the rights of its folder, and try again."
        ) from error


def of_sqlite(error: sqlite3.Error, path: Path) -> LibraryError:
    """The LibraryError for an error of SQLite."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryBusy(
                f"Another program has kept {path} for itself too long; close it, and try again."
            )
        case sqlite3.SQLITE_FULL:
            return LibraryUnwritable(
                f"The disk has no room left for {path}; make some, and try again."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return LibraryReadOnly(
                f"{path} may not be written; give yourself the right to write in "
                f"{path.parent}, and try again."
            )
        case sqlite3.SQLITE_IOERR:
            return LibraryUnwritable(
                f"{path} cannot be read or written ({error}); "
                "check the disk and the room on it, and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryDamaged(path)
    return LibraryError(f"{path} cannot be used ({error}); start Annotated Reader again.")
