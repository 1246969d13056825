"""Starts processes that write to a library, and kills them; run by test_killing.py.

    python killing.py FOLDER WHAT KILLS SEED

Exits with 0 when after every kill all that was acknowledged was there, and nothing
half done.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.database import FILE, MIGRATIONS
from reader.library.library import Library
from reader.library.snapshots import SnapshotKind

TEXT = "urn:uuid:1"
State = dict[str, Mark]
_ROUNDS = 40
"""How many times the same library is written to, by one child after the other."""

Step = tuple[list[Mark], str]
"""Marks to save together, and the id of one to delete."""


def mark(number: int) -> Mark:
    """The mark of that number."""
    note = f"A note of number {number}. " * (number % 30)
    return Mark(
        f"urn:uuid:{number:032x}", MarkKind.NOTE, Selector("words", start=number), note=note
    )


def steps(first: int) -> Iterator[Step]:
    """What a child does, one after the other: the same for the same number."""
    for number in count(first, 10):
        yield [mark(number)], ""
        yield [mark(number + more) for more in range(1, 6)], ""
        yield [replace(mark(number), note="Changed.", tags=("changed",))], ""
        yield [], mark(number + 2).id


def do(library: Library, step: Step) -> None:
    """Take a step."""
    marks, deleted = step
    if marks:
        library.save_marks(TEXT, marks)
    else:
        library.delete_mark(TEXT, deleted)


def after(state: State, step: Step) -> State:
    """What is in a library after a step."""
    marks, deleted = step
    new = state | {each.id: each for each in marks}
    return {id_: each for id_, each in new.items() if id_ != deleted}


def killed(work: Callable[[int], None], seconds: float) -> int:
    """How many bytes a child acknowledged with until it was killed."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(writes)
        finally:
            os._exit(1)
    os.close(writes)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(reads, "rb") as pipe:
        return len(pipe.read())


def kill_writers(folder: Path, kills: int, chance: random.Random) -> None:
    """Kill children that change marks."""
    acknowledged = 0
    for round_ in range(kills):
        if round_ % _ROUNDS == 0:
            state: State = {}
        there, first = folder / str(round_ // _ROUNDS), 1_000_000 * round_

        def write(pipe: int, there: Path = there, first: int = first) -> None:
            library = Library(there)
            for step in steps(first):
                do(library, step)
                os.write(pipe, b".")

        done = killed(write, chance.uniform(0.0, 0.04))
        acknowledged += done
        taken = steps(first)
        for step in islice(taken, done):
            state = after(state, step)
        with closing(Library(there)) as library:
            assert library.notice == "", library.notice
            assert library.damaged_marks() == []
            found = {each.id: each for each in library.marks(TEXT)}
        # The step during which it was killed was taken whole or not at all.
        assert found in (state, after(state, next(taken))), (round_, done)
        state = found
    assert acknowledged > kills, "they were killed too early to show anything"


def kill_migrations(folder: Path, kills: int, chance: random.Random) -> None:
    """Kill children that open a library of the first version."""
    for round_ in range(kills):
        there = folder / str(round_)
        there.mkdir()
        with closing(sqlite3.connect(there / FILE)) as connection, connection:
            connection.executescript(MIGRATIONS[0])
            connection.execute("PRAGMA user_version = 1")
            connection.executemany(
                "INSERT INTO texts VALUES (?, 'r', 'Title', '/a.txt', ?)",
                [(f"urn:uuid:{n}", float(n)) for n in range(500)],
            )
        killed(lambda _, there=there: Library(there).close(), chance.uniform(0.0, 0.04))  # type: ignore[misc]
        with closing(Library(there)) as library:
            assert library.notice == "", library.notice
            assert len(library.texts()) == 500
            library.save_mark(TEXT, mark(1))


def kill_restorations(folder: Path, kills: int, chance: random.Random) -> None:
    """Kill children that go back and forth between two snapshots."""
    states = []
    for day in (1, 2):
        with closing(Library(folder, lambda day=day: 86_400.0 * day)) as library:  # type: ignore[misc]
            library.save_marks(TEXT, [mark(day * 100 + n) for n in range(40 * day)])
            library.snapshot_today()
            states.append(library.all_marks())

    def restore(_: int) -> None:
        library = Library(folder, lambda: 86_400.0 * 2)
        daily = [each for each in library.snapshots() if each.kind is SnapshotKind.DAILY]
        while True:
            for snapshot in daily:
                library.restore(snapshot)

    for _ in range(kills):
        killed(restore, chance.uniform(0.005, 0.06))
        with closing(Library(folder, lambda: 86_400.0 * 2)) as library:
            assert library.notice == "", library.notice
            assert library.all_marks() in states
            assert len([e for e in library.snapshots() if e.kind is SnapshotKind.DAILY]) == 2


if __name__ == "__main__":
    _, name, what, times, seed = sys.argv
    kinds = {
        "writers": kill_writers,
        "migrations": kill_migrations,
        "restorations": kill_restorations,
    }
    kinds[what](Path(name), int(times), random.Random(int(seed)))
