"""The reader's marks, of all texts. None is ever taken out but by forgetting its text.

Each record proves itself whole, so that a damaged one is skipped and told of, and
hides no other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import sleep
from typing import NamedTuple

from reader.annotations.marks import Mark
from reader.annotations.merging import merge_marks
from reader.library.connections import Database
from reader.library.records import DamagedRecord, checksum, counted_as, decode, encode

_COLUMNS = "text_id, id, deleted, change, record, checksum"
_SOME = 50
_BREATH = 0.001
"""So many marks are read in a row, and for so many seconds another thread can go on."""


class DamagedMark(NamedTuple):
    """A mark that cannot be read: where it belongs, and what is left of its record."""

    text_id: str
    id: str
    words: str


class Row(NamedTuple):
    """A mark as it is kept. `deleted` is in seconds since 1970, None while the mark lives.

    `change` grows with every change to any mark.
    """

    text_id: str
    id: str
    deleted: float | None
    change: int
    record: bytes
    checksum: int

    def mark(self) -> Mark:
        """What it says. Raises DamagedRecord unless all of it is what was written."""
        try:
            whole = checksum(self.text_id, self.id, self.deleted, self.change, self.record)
        except TypeError as error:
            raise DamagedRecord(str(error)) from error
        if whole != self.checksum:
            raise DamagedRecord("the sum is another")
        return decode(self.record)


Changed = tuple[Mark | None, Mark | None]
"""A mark as it was read, and as it is to be; None where there is none."""


class State(NamedTuple):
    """How far changes are counted, and in which generation.

    There is another generation whenever the library was mended or restored, and the
    changes counted anew.
    """

    generation: str
    change: int


class Marks:
    """Reads and writes marks. `now` tells the time in seconds since 1970."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def of(self, text_id: str) -> list[Mark]:
        """The marks of one text, in its order."""
        with self._database.reading() as connection:
            rows = rows_of(connection, "WHERE text_id = ? AND deleted IS NULL", (text_id,))
            return in_order(mark for _, mark in whole(rows))

    def text_of(self, mark_id: str) -> str:
        """The id of the text that a mark is on; empty when there is no such mark."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT text_id FROM marks WHERE id = ? AND deleted IS NULL", (mark_id,)
            ).fetchone()
        return str(row[0]) if row else ""

    def all(self) -> list[tuple[str, Mark]]:
        """The marks of all texts, as (text id, mark), in the order in which they were made."""
        with self._database.reading() as connection:
            rows = rows_of(connection, "WHERE deleted IS NULL ORDER BY number")
            return [(row.text_id, mark) for row, mark in whole(rows)]

    def deleted(self, text_id: str) -> list[Mark]:
        """The deleted marks of a text, the one deleted last coming first."""
        with self._database.reading() as connection:
            rows = rows_of(
                connection,
                "WHERE text_id = ? AND deleted IS NOT NULL ORDER BY change DESC",
                (text_id,),
            )
            return [mark for _, mark in whole(rows)]

    def damaged(self, goes_on: Callable[[], bool]) -> list[DamagedMark]:
        """The marks that cannot be read; those found so far, when it is not to go on."""
        with self._database.reading() as connection:
            found = []
            for number, row in enumerate(_each_row(connection)):
                if _read(row) is None:
                    found.append(DamagedMark(str(row.text_id), str(row.id), _legible(row.record)))
                if number % _SOME == 0:
                    sleep(_BREATH)
                    if not goes_on():
                        break
            return found

    def changed(self, after: int, to: int, most: int) -> list[tuple[Row, Mark | None]]:
        """What was changed after one change and up to another; a damaged mark is None."""
        with self._database.reading() as connection:
            rows = rows_of(
                connection,
                "WHERE change > ? AND change <= ? ORDER BY change LIMIT ?",
                (after, to, most),
            )
            return [(row, _read(row)) for row in rows]

    def state(self) -> State:
        """How far the changes have been counted."""
        with self._database.reading() as connection:
            return State(*connection.execute("SELECT generation, change FROM state").fetchone())

    def save(self, text_id: str, marks: Iterable[Mark]) -> None:
        """Insert marks, or update those that are there; all of them or none."""
        with self._database.writing() as connection:
            change = _next_change(connection)
            for mark in marks:
                _put(connection, text_id, mark, None, change)
                change += 1
            _count_on(connection, change - 1)

    def change(self, text_id: str, before: Mark | None, after: Mark | None) -> Mark | None:
        """Write a mark that was read as `before`, or delete it; the answer is what is there now.

        What was written to it in the meantime is joined with `after`.
        """
        if before is None and after is None:
            return None
        return self.change_all(text_id, [(before, after)])[0]

    def change_all(self, text_id: str, changes: Sequence[Changed]) -> list[Mark | None]:
        """The same for many marks, as (before, after): all of them or none."""
        with self._database.writing() as connection:
            number = _next_change(connection)
            kept = [
                self._change(connection, text_id, *each, number + place)
                for place, each in enumerate(changes)
            ]
            if kept:
                _count_on(connection, number + len(kept) - 1)
            return kept

    def _change(
        self,
        connection: sqlite3.Connection,
        text_id: str,
        before: Mark | None,
        after: Mark | None,
        number: int,
    ) -> Mark | None:
        named = after or before
        if named is None:
            return None
        mark_id = named.id
        rows = rows_of(
            connection,
            "WHERE text_id = ? AND id = ? AND deleted IS NULL",
            (text_id, mark_id),
        )
        found = [mark for _, mark in whole(rows)]
        joined = merge_marks(before, after, found[0] if found else None)
        if joined is not None:
            _put(connection, text_id, joined, None, number)
        elif found:
            _put(connection, text_id, found[0], self._now(), number)
        elif rows:
            connection.execute("DELETE FROM marks WHERE text_id = ? AND id = ?", (text_id, mark_id))
        return joined

    def since(self, text_id: str, state: State) -> tuple[State, dict[str, Mark | None]] | None:
        """The marks of a text that were changed after `state`, None for those that are gone.

        With how far changes are counted now; None when it is not known what was changed.
        """
        with self._database.reading() as connection:
            now = self.state()
            if now.generation != state.generation:
                return None
            # The plus keeps SQLite from going through all marks of the text.
            rows = rows_of(connection, "WHERE change > ? AND +text_id = ?", (state.change, text_id))
            return now, {row.id: None if row.deleted is not None else _read(row) for row in rows}

    def marked_since(self, state: State) -> set[str] | None:
        """The texts with marks that were changed after `state`; None when that is not known."""
        with self._database.reading() as connection:
            if self.state().generation != state.generation:
                return None
            changed = connection.execute(
                "SELECT DISTINCT text_id FROM marks WHERE change > ?", (state.change,)
            )
            return {text_id for (text_id,) in changed}

    def delete(self, text_id: str, mark_id: str) -> None:
        """Put a mark among the deleted; one that is damaged is gone for good."""
        with self._database.writing() as connection:
            for row in rows_of(connection, "WHERE text_id = ? AND id = ?", (text_id, mark_id)):
                if mark := _read(row):
                    change = _next_change(connection)
                    _put(connection, text_id, mark, self._now(), change)
                    _count_on(connection, change)
                else:
                    connection.execute(
                        "DELETE FROM marks WHERE text_id = ? AND id = ?", (text_id, mark_id)
                    )

    def restore(self, text_id: str, mark_id: str) -> None:
        """Take a mark back from among the deleted."""
        with self._database.reading() as connection:
            rows = rows_of(connection, "WHERE text_id = ? AND id = ?", (text_id, mark_id))
            found = [mark for _, mark in whole(rows)]
        self.save(text_id, found)

    def put_over(self, connection: sqlite3.Connection, old: str, new: str, mark: Mark) -> None:
        """Let a mark of one text be another's, in a transaction that is open."""
        change = _next_change(connection)
        _put(connection, new, mark, None, change)
        _put(connection, old, mark, self._now(), change + 1)
        _count_on(connection, change + 1)


def rows_of(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> list[Row]:
    """The rows of the table that a condition lets through, whole or not."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM marks {where}", values)
    return [Row(*row) for row in found]


def _each_row(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every row, read as it is asked for."""
    last = -1
    while True:
        found = connection.execute(
            f"SELECT number, {_COLUMNS} FROM marks WHERE number > ? ORDER BY number LIMIT ?",
            (last, _SOME),
        ).fetchall()
        if not found:
            return
        yield from (Row(*values) for _, *values in found)
        last = found[-1][0]


def whole(rows: Iterable[Row]) -> Iterator[tuple[Row, Mark]]:
    """The rows that are what was written, with what they say."""
    for row in rows:
        if mark := _read(row):
            yield row, mark


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in the order of their text; those that name no position come last."""
    return sorted(
        marks,
        key=lambda mark: (
            mark.selector.start is None,
            mark.selector.start or 0,
            mark.selector.end or 0,
            mark.created,
            mark.id,
        ),
    )


def put(connection: sqlite3.Connection, row: Row, kind: str) -> None:
    """Write a row, over the one of the same mark if there is one."""
    connection.execute(
        f"INSERT INTO marks ({_COLUMNS}, kind) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (text_id, id) DO UPDATE SET deleted = excluded.deleted, "
        "change = excluded.change, record = excluded.record, checksum = excluded.checksum, "
        "kind = excluded.kind",
        (*row, kind),
    )


def _next_change(connection: sqlite3.Connection) -> int:
    (counted,) = connection.execute("SELECT change FROM state").fetchone()
    return int(counted) + 1


def _put(
    connection: sqlite3.Connection, text_id: str, mark: Mark, deleted: float | None, change: int
) -> None:
    record = encode(mark)
    total = checksum(text_id, mark.id, deleted, change, record)
    put(connection, Row(text_id, mark.id, deleted, change, record, total), counted_as(mark))


def _count_on(connection: sqlite3.Connection, change: int) -> None:
    connection.execute("UPDATE state SET change = ?", (change,))


def _read(row: Row) -> Mark | None:
    try:
        return row.mark()
    except DamagedRecord:
        return None


def _legible(record: object) -> str:
    return record.decode("utf-8", "replace") if isinstance(record, bytes) else str(record)
