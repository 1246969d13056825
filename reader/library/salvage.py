"""Taking over from a damaged library whatever can still be read in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import copyfile
from typing import Any

from reader.library.connections import TAILS, connect, with_tail
from reader.library.marks import Row, put, rows_of, whole
from reader.library.records import DamagedRecord, counted_as

_FURTHER = 200_000
"""How many rows after the first unreadable one are tried, each by itself."""

_SMALLEST = 64
"""Bytes of the smallest row."""

_KEEP = {
    "texts": "INSERT OR IGNORE INTO texts ({names}) VALUES ({values})",
    "places": "INSERT OR REPLACE INTO places ({names}) VALUES ({values})",
    "colors": "INSERT OR REPLACE INTO colors ({names}) VALUES ({values})",
    "revisions": "INSERT OR IGNORE INTO revisions ({names}) VALUES ({values})",
    "placements": "INSERT OR IGNORE INTO placements ({names}) VALUES ({values})",
}
"""What is known of a text proves nothing about itself, so the snapshot's word counts."""

_HEADER_WAL = 18
"""Where a file says that it has a journal beside it, by two bytes."""

_HEADER_PAGES = 28
"""Where a file says how many pages it has; where the free ones are comes after."""

_UNREADABLE = (sqlite3.Error, ValueError)
"""What reading the damaged file may raise; what writing the new one raises passes through."""


def salvage(damaged: Path, into: sqlite3.Connection, first_page: bytes) -> int:
    """Take over what is newer than in `into`, or not in it; the number of marks taken over.

    `first_page` is that of `into`'s file. It says where the tables begin, and stands in
    for one that is damaged.
    """
    taken = 0
    # SQLite throws away the journal of an empty file.
    if damaged.exists() and damaged.stat().st_size:
        with closing(connect(damaged, options="mode=ro")) as source:
            for table, statement in _KEEP.items():
                _take_rows(source, into, table, statement)
            taken = _take_marks(source, into)
        _without_what_reading_left(damaged)
    with _repaired(damaged, first_page) as copy, closing(connect(copy)) as source:
        # Only marks prove that they are what they are taken for.
        return taken + _take_marks(source, into)


def _without_what_reading_left(damaged: Path) -> None:
    journal, shared = (with_tail(damaged, tail) for tail in TAILS)
    shared.unlink(missing_ok=True)
    if journal.exists() and not journal.stat().st_size:
        journal.unlink()


@contextmanager
def _repaired(damaged: Path, first_page: bytes) -> Iterator[Path]:
    """A copy with another first page, told how long the file is now and that nothing is free."""
    copy = damaged.with_name(f".{damaged.name}.repaired")
    try:
        copy.touch()
        for tail in ("", "-wal"):
            with suppress(FileNotFoundError):
                copyfile(with_tail(damaged, tail), with_tail(copy, tail))
        pages = max(1, copy.stat().st_size // len(first_page))
        with copy.open("r+b") as file:
            file.write(first_page)
            file.seek(_HEADER_WAL)
            file.write(b"\2\2")
            file.seek(_HEADER_PAGES)
            file.write(pages.to_bytes(4, "big") + bytes(8))
            file.truncate(pages * len(first_page))
        yield copy
    finally:
        for tail in ("", *TAILS):
            with_tail(copy, tail).unlink(missing_ok=True)


def _take_marks(source: sqlite3.Connection, into: sqlite3.Connection) -> int:
    taken = 0
    known = {(row.text_id, row.id): row.change for row, _ in whole(rows_of(into))}
    for found in _rows(source, "marks", ", ".join(Row._fields)):
        row = Row(*found)
        try:
            mark = row.mark()
        except DamagedRecord:
            continue
        if row.change > known.get((row.text_id, row.id), 0):
            put(into, row, counted_as(mark))
            known[row.text_id, row.id] = row.change
            taken += 1
    into.execute("UPDATE state SET change = max(change, ?)", (max(known.values(), default=0),))
    return taken


def _take_rows(
    source: sqlite3.Connection, into: sqlite3.Connection, table: str, statement: str
) -> None:
    there = _columns(source, table)
    columns = [name for name in _columns(into, table) if name in there]
    names, values = ", ".join(columns), ", ".join("?" for _ in columns)
    for row in _rows(source, table, names) if columns else ():
        with suppress(sqlite3.IntegrityError):  # not what such a column holds
            into.execute(statement.format(names=names, values=values), row)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    with suppress(*_UNREADABLE):
        found = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return [name for (name,) in found]
    return []


def _rows(source: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that can be read, whatever lies between them."""
    if not _columns(source, table):
        return  # without a schema no row can be read: do not try them all
    number = 0
    with suppress(*_UNREADABLE):
        for row in source.execute(f"SELECT rowid, {columns} FROM {table} ORDER BY rowid"):
            number = row[0]
            yield row[1:]
        return
    further = _room(source)
    with suppress(*_UNREADABLE):
        (last,) = source.execute(f"SELECT max(rowid) FROM {table}").fetchone()
        further = min(last - number, _FURTHER)
    for one in range(number + 1, number + 1 + further):
        with suppress(*_UNREADABLE):
            for row in source.execute(f"SELECT {columns} FROM {table} WHERE rowid = ?", (one,)):
                yield row


def _room(source: sqlite3.Connection) -> int:
    """How many rows the file can hold at the most."""
    with suppress(*_UNREADABLE):
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        (size,) = source.execute("PRAGMA page_size").fetchone()
        return min(_FURTHER, int(pages) * int(size) // _SMALLEST)
    return 0
