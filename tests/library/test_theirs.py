"""What other people marked lies in the library too, and is not taken for the reader's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from reader.annotations.marks import Mark
from reader.copies.copy import Copy
from reader.library.database import FILE, MIGRATIONS
from reader.library.library import Library

TEXT = "urn:uuid:1"


def counts(library: Library) -> tuple[int, int, int]:
    (entry,) = library.texts()
    return entry.highlights, entry.notes, entry.others


def keep_some(library: Library, copy_of: Callable[..., Copy], mark: Callable[..., Mark]) -> None:
    library.opened(copy_of("One two three."))
    theirs = [mark(1, creator="Ana"), mark(2, "Gravity does it.", tags=("slopes",), creator="Ana")]
    library.save_marks(TEXT, [*theirs, mark(3, "Rain does it.", tags=("rain",))])


def test_only_ones_own_are_counted_and_found(
    library: Library, copy_of: Callable[..., Copy], mark: Callable[..., Mark]
) -> None:
    keep_some(library, copy_of, mark)
    assert counts(library) == (0, 1, 0)
    assert [hit.id for hit in library.search("does")] == [mark(3).id]
    assert library.tags() == {"rain": 1}
    assert len(library.marks(TEXT)) == 3, "nothing is lost"


def test_a_library_from_before_counts_them_apart_from_now_on(
    folder: Path, copy_of: Callable[..., Copy], mark: Callable[..., Mark]
) -> None:
    with closing(Library(folder)) as library:
        keep_some(library, copy_of, mark)
    with closing(sqlite3.connect(folder / FILE)) as connection:
        # As it was written before: by its kind, whoever made it.
        connection.execute("UPDATE marks SET kind = 'note' WHERE id != ?", (mark(1).id,))
        connection.execute("UPDATE marks SET kind = 'highlight' WHERE id = ?", (mark(1).id,))
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
        connection.commit()
    with closing(Library(folder)) as library:
        assert library.notice == ""
        assert counts(library) == (0, 1, 0)
        assert len(library.marks(TEXT)) == 3
