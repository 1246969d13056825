"""One SQLite file, used by any number of threads: each has a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from reader.library.errors import LibraryError, LibraryReadOnly, told

PATIENCE = 10.0
"""Seconds to wait for another window or program that has a file for itself."""

TAILS = ("-wal", "-shm")
"""What SQLite adds to a file's name for what belongs to it while it is open."""


class Database:
    """A file of the library. `prepare` is run on every new connection to it.

    With a `refusal`, which says why in a sentence, it can be read only.
    """

    def __init__(
        self,
        path: Path,
        prepare: Callable[[sqlite3.Connection], None],
        patience: float = PATIENCE,
        refusal: str = "",
    ) -> None:
        self._refusal = refusal
        self.path = path
        self._prepare = prepare
        self._patience = patience
        self._here = threading.local()
        self._all: WeakSet[_Connection] = WeakSet()
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Close the connections of all threads; none is opened any more."""
        with self._lock:
            self._closed = True
            for held in tuple(self._all):
                held.connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection. Whatever goes wrong with it is a LibraryError."""
        with told(self.path):
            yield self._held().connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same in a transaction, which is on the disk when the block has ended.

        All of it is undone when the block raises, or when it cannot be written.
        """
        if self._refusal:
            raise LibraryReadOnly(self._refusal)
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite itself undoes what found no room
                    connection.execute("ROLLBACK")
                raise

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since this thread last asked."""
        with self.reading() as connection:
            held = self._held()
            before, held.version = held.version, _data_version(connection)
            return held.version != before

    def _held(self) -> _Connection:
        held: _Connection | None = getattr(self._here, "held", None)
        if held is None:
            held = _Connection(self._connect())
            with self._lock:
                self._all.add(held)
            self._here.held = held
        if self._closed:
            held.connection.close()
            raise LibraryError(f"{self.path} was closed.")
        return held

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self.path, self._patience)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection


class _Connection:
    """A thread's connection, closed when the thread has ended."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.version = _data_version(connection)

    def __del__(self) -> None:
        self.connection.close()


def connect(path: Path, patience: float = PATIENCE, options: str = "") -> sqlite3.Connection:
    """A connection that begins no transaction by itself and reads damaged words, too.

    `options` are those of SQLite's addresses, such as `mode=ro`.
    """
    address = f"{path.absolute().as_uri()}?{options}" if options else path
    connection = sqlite3.connect(
        address,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,  # the connections of all threads are closed together
        uri=bool(options),
    )
    connection.text_factory = _decoded
    return connection


def with_tail(path: Path, tail: str) -> Path:
    """The name of what belongs to a file."""
    return path.with_name(path.name + tail)


def begin_wal(connection: sqlite3.Connection) -> None:
    """Let one connection write while others read."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Another process may be beginning the same file; it does this for both.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise


def as_text(words: str) -> bytes:
    """What to bind to CAST(? AS TEXT): a file's name may hold what is no UTF-8."""
    return words.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        # A damaged title must not hide the texts beside it.
        return data.decode("utf-8", "replace")


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
