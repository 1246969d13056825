"""Tags, and what the index takes in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.marks import Mark
from reader.library import index
from reader.library.cache import FILE as CACHE
from reader.library.database import FILE
from reader.library.errors import LibraryDamaged
from reader.library.library import Library
from reader.library.snapshots import SnapshotKind

TEXT, OTHER = "urn:uuid:1", "urn:uuid:2"
Make = Callable[..., Mark]


def test_tags_are_counted_and_the_frequent_come_first(library: Library, mark: Make) -> None:
    assert library.tags() == {}
    library.save_marks(TEXT, [mark(1, tags=("war", "air")), mark(2, tags=("war",))])
    library.save_mark(OTHER, mark(3, tags=("война", "air", "war")))
    assert list(library.tags().items()) == [("war", 3), ("air", 2), ("война", 1)]
    library.save_mark(TEXT, mark(1, tags=("air",)))
    library.delete_mark(OTHER, mark(3).id)
    assert library.tags() == {"air": 1, "war": 1}


def test_what_cannot_be_indexed_hides_nothing_else(library: Library, mark: Make) -> None:
    half = "half \ud800 a letter\0"
    library.save_mark(TEXT, mark(1, half + f"[[{half}]]", tags=(half, "whole")))
    library.save_mark(TEXT, mark(2, "words", tags=("whole",)))
    assert library.marks(TEXT)[0].note.startswith(half)
    assert library.tags()["whole"] == 2
    assert len(library.search("half letter")) == 1
    assert len(library.search("words")) == 2


def test_a_damaged_number_of_a_change_hides_no_later_one(
    library: Library, folder: Path, mark: Make
) -> None:
    library.save_marks(TEXT, [mark(1, "first"), mark(2, "second")])
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE marks SET change = 9223372036854775807 WHERE number = 1")
    assert len(library.search("second")) == 1
    library.save_mark(TEXT, mark(3, "third"))
    assert len(library.search("third")) == 1
    assert len(library.damaged_marks()) == 1


def test_many_marks_are_taken_in_step_by_step(
    library: Library, mark: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_AT_ONCE", 3)
    for count in range(8):
        library.save_marks(TEXT, [mark(100 * count + n, f"batch{count}") for n in range(count)])
        assert len(library.search(f"batch{count} ")) == count


def test_damage_to_the_library_does_not_cost_the_index(
    library: Library, folder: Path, mark: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.save_mark(TEXT, mark(1, "words", tags=("war",)))
    assert library.tags() == {"war": 1}
    before = (folder / CACHE).stat().st_ino

    def fail(*_: object) -> None:
        raise LibraryDamaged(folder / FILE)

    with monkeypatch.context() as patch:
        patch.setattr(library._marks, "state", fail)
        with pytest.raises(LibraryDamaged, match="start it again"):
            library.tags()
    assert (folder / CACHE).stat().st_ino == before
    assert library.tags() == {"war": 1}


def test_the_index_follows_when_a_snapshot_is_restored(
    library: Library, folder: Path, clock: Any, mark: Make
) -> None:
    library.save_mark(TEXT, mark(1, "old words", tags=("old",)))
    library.snapshot_today()
    library.save_mark(TEXT, mark(1, "new words", tags=("new",)))
    library.save_mark(TEXT, mark(2, "more words", tags=("new",)))
    assert library.tags() == {"new": 2}
    (daily,) = (each for each in library.snapshots() if each.kind is SnapshotKind.DAILY)
    library.restore(daily)
    assert library.tags() == {"old": 1}
    assert [hit.snippet.split(" words")[0] for hit in library.search("words")] == ["old"]
    # The changes are counted anew, from numbers that the index has seen before.
    library.save_mark(TEXT, mark(3, "newest words", tags=("newest",)))
    assert library.tags() == {"newest": 1, "old": 1}
    with closing(Library(folder, clock)) as other:
        assert other.tags() == {"newest": 1, "old": 1}
