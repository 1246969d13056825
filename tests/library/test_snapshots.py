"""Snapshots: when they are taken, which are kept, and going back to one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.marks import Color, Mark
from reader.copies.copy import Copy
from reader.library.database import FILE, MIGRATIONS
from reader.library.library import Library, LibraryError
from reader.library.snapshots import DAYS, FOLDER, WEEKS, Snapshot, SnapshotKind, kept

TEXT = "urn:uuid:1"
Make = Callable[..., Mark]


def of_kind(library: Library, kind: SnapshotKind) -> list[Snapshot]:
    return [each for each in library.snapshots() if each.kind is kind]


def days(library: Library) -> list[str]:
    return [f"{each.moment:%m-%d}" for each in library.snapshots()]


def open_on_days(folder: Path, clock: Any, numbers: Iterator[int]) -> None:
    """Open the library once on each of the days, which count from the clock's first."""
    first = clock()
    for number in numbers:
        clock.seconds = first + number * 86_400.0
        Library(folder, clock).close()


def test_the_first_opening_of_a_day_takes_one(folder: Path, clock: Any, mark: Make) -> None:
    with closing(Library(folder, clock)) as library:
        assert library.snapshots() == []  # there is nothing in it
        library.save_mark(TEXT, mark(1))
    clock.goes_on(0.1)
    with closing(Library(folder, clock)) as library:
        (first,) = library.snapshots()
        library.save_mark(TEXT, mark(2))
    assert first.moment == datetime.fromtimestamp(clock(), UTC)
    assert (first.kind, first.marks) == (SnapshotKind.DAILY, 1)
    clock.goes_on(0.1)
    with closing(Library(folder, clock)) as library:
        assert library.snapshots() == [first]
    clock.goes_on(1)
    with closing(Library(folder, clock)) as library:
        assert [each.marks for each in library.snapshots()] == [2, 1]


def test_a_window_that_stays_open_takes_them_too(library: Library, clock: Any, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    for _ in range(3):
        assert library.snapshot_today() == ""
        assert library.snapshot_today() == ""
        clock.goes_on(1)
    assert len(library.snapshots()) == 3


def test_seven_days_and_four_weeks_are_kept(folder: Path, clock: Any) -> None:
    Library(folder, clock).close()
    open_on_days(folder, clock, iter(range(1, 60)))  # from Tuesday, 2 January 2024
    with closing(Library(folder, clock)) as library:
        assert days(library) == [
            *("02-29", "02-28", "02-27", "02-26", "02-25", "02-24", "02-23"),
            *("02-18", "02-11", "02-04", "01-28"),  # Sundays
        ]
        assert [each.kind for each in library.snapshots()] == [
            *[SnapshotKind.DAILY] * DAYS,
            *[SnapshotKind.WEEKLY] * WEEKS,
        ]
    assert len(list((folder / FOLDER).iterdir())) == DAYS + WEEKS


def test_who_opens_it_seldom_keeps_what_there_is(folder: Path, clock: Any) -> None:
    Library(folder, clock).close()
    open_on_days(folder, clock, iter(range(1, 400, 30)))
    with closing(Library(folder, clock)) as library:
        assert len(library.snapshots()) == DAYS + WEEKS


def test_a_clock_that_was_wrong_costs_no_snapshot_of_today(
    folder: Path, clock: Any, mark: Make
) -> None:
    Library(folder, clock).close()
    open_on_days(folder, clock, iter(range(5000, 5020)))
    clock.goes_on(-5000)
    with closing(Library(folder, clock)) as library:
        assert f"{datetime.fromtimestamp(clock(), UTC):%m-%d}" in days(library)


@given(st.sets(st.integers(0, 2000), max_size=60))
def test_of_the_moments_the_newest_are_kept(numbers: set[int]) -> None:
    first = datetime(2024, 1, 1, 12, tzinfo=UTC)
    moments = sorted((first + timedelta(days=number) for number in numbers), reverse=True)
    stay = kept(moments)
    assert stay <= set(moments)
    assert set(moments[:DAYS]) <= stay
    assert len(stay) <= DAYS + WEEKS
    weeks = [moment.isocalendar()[:2] for moment in stay - set(moments[:DAYS])]
    assert len(set(weeks)) == len(weeks)
    # Letting go twice lets nothing more go.
    assert kept(stay) == stay


def test_one_is_taken_before_a_migration(
    folder: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO texts VALUES ('urn:uuid:1', 'r', 'Title', '/a.txt', 5.0)")
        connection.execute("INSERT INTO places VALUES ('urn:uuid:1', 3, 'Words', 0.5)")
    with closing(Library(folder, clock)) as library:
        (entry,) = library.texts()
        assert (entry.title, entry.opened, entry.added, entry.progress) == ("Title", 5.0, 5.0, 0.5)
        (taken,) = of_kind(library, SnapshotKind.MIGRATION)
        assert taken.marks == 0
        library.name_color(Color.PINK, "No")
        library.restore(taken)
        assert library.color_names() == {}
        assert [entry.title for entry in library.texts()] == ["Title"]
    with closing(sqlite3.connect(taken.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT title FROM texts").fetchall() == [("Title",)]


def test_going_back_and_forth_again(
    library: Library, clock: Any, copy_of: Callable[..., Copy], mark: Make
) -> None:
    library.opened(copy_of())
    library.save_marks(TEXT, [mark(1, "kept"), mark(2, "deleted later")])
    library.name_color(Color.PINK, "No")
    library.snapshot_today()
    (before,) = library.snapshots()

    clock.goes_on(0.1)
    library.opened(copy_of(number=2))
    library.delete_mark(TEXT, mark(2).id)
    library.save_mark(TEXT, mark(1, "changed"))
    library.save_mark(TEXT, mark(3, "new"))
    library.name_color(Color.PINK, "Yes")
    library.restore(before)
    assert library.marks(TEXT) == [mark(1, "kept"), mark(2, "deleted later")]
    assert library.color_names() == {Color.PINK: "No"}
    assert [entry.id for entry in library.texts()] == [TEXT]

    (after,) = of_kind(library, SnapshotKind.RESTORATION)
    assert after.marks == 2
    library.restore(after)
    assert library.marks(TEXT) == [mark(1, "changed"), mark(3, "new")]
    assert library.deleted_marks(TEXT) == [mark(2, "deleted later")]
    assert library.color_names() == {Color.PINK: "Yes"}
    assert len(library.texts()) == 2
    assert len(library.snapshots()) == 3
    assert library.damaged_marks() == []


def test_another_window_sees_that_a_snapshot_was_restored(
    library: Library, folder: Path, clock: Any, mark: Make
) -> None:
    library.save_mark(TEXT, mark(1, "before"))
    library.snapshot_today()
    library.save_mark(TEXT, mark(1, "after"))
    with closing(Library(folder, clock)) as other:
        assert other.marks(TEXT) == [mark(1, "after")]
        assert not other.changed_elsewhere()
        library.restore(library.snapshots()[0])
        assert other.changed_elsewhere()
        assert other.marks(TEXT) == [mark(1, "before")]


def test_a_damaged_snapshot_changes_nothing(library: Library, folder: Path, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    library.snapshot_today()
    (snapshot,) = library.snapshots()
    library.save_mark(TEXT, mark(2))
    data = snapshot.path.read_bytes()
    for damaged in (data[:5000], b"", b"x" * 9000, data[:4096] + b"\x55" * (len(data) - 4096)):
        snapshot.path.write_bytes(damaged)
        with pytest.raises(LibraryError):
            library.restore(snapshot)
        assert library.marks(TEXT) == [mark(1), mark(2)]
    snapshot.path.unlink()
    with pytest.raises(LibraryError):
        library.restore(snapshot)
    assert library.marks(TEXT) == [mark(1), mark(2)]
    assert library.snapshots() == []
    library.save_mark(TEXT, mark(3))


def test_what_is_no_snapshot_is_left_alone(library: Library, folder: Path) -> None:
    (folder / FOLDER).mkdir()
    names = ["notes.txt", "library-20240101-120000-000000-daily.sqlite", "library-x-daily.sqlite"]
    for name in names:
        (folder / FOLDER / name).write_text("words")
    library.snapshot_today()
    for name in names:
        assert (folder / FOLDER / name).read_text() == "words"


def test_what_a_killed_process_left_is_taken_away(
    library: Library, folder: Path, clock: Any
) -> None:
    (folder / FOLDER).mkdir()
    old, new = (folder / FOLDER / f".library-{name}.part" for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    library.snapshot_today()
    assert (old.exists(), new.exists()) == (False, True)


def test_without_room_for_a_snapshot_the_library_opens_all_the_same(
    folder: Path, clock: Any, mark: Make
) -> None:
    with closing(Library(folder, clock)) as library:
        library.save_mark(TEXT, mark(1))
    (folder / FOLDER).write_text("a file where the folder should be")
    with closing(Library(folder, clock)) as library:
        assert "snapshot" in library.notice
        assert library.marks(TEXT) == [mark(1)]
        assert library.snapshot_today().startswith("No snapshot of the library")
