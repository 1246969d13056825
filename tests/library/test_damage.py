"""Whatever happens to the file's bytes: the library opens, says so, and loses no snapshot."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.annotations.marks import Color, Mark
from reader.copies.copy import Copy
from reader.library import damage
from reader.library.cache import FILE as CACHE
from reader.library.database import FILE, MIGRATIONS
from reader.library.errors import LibraryBusy
from reader.library.library import Library, LibraryError
from reader.library.snapshots import FOLDER

OLD, NEW = 60, 40
"""Marks that are in the snapshot, and marks that were made after it was taken."""

TEXTS = 4
PAGE = 4096
INDEX_LEAF, TABLE_LEAF = 10, 13
"""What a page of an index and a page of a table begin with."""

DAY = 86_400.0
Make = Callable[..., Mark]
Marks = dict[str, Mark]


@dataclass(frozen=True)
class Filled:
    """The folder of a closed library with a snapshot of yesterday, and what was made since."""

    folder: Path
    copies: list[Copy]
    old: Marks
    new: Marks

    def copied(self, to: Path) -> Path:
        shutil.copytree(self.folder, to)
        return to


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, mark: Make, copy_of: Callable[..., Copy]
) -> Filled:
    folder = tmp_path_factory.mktemp("filled")
    copies = [copy_of(f"Text {n}.\n\nIts words.", n) for n in range(TEXTS)]
    made = [mark(n, f"Note {n}. " * (n % 9), tags=("war",)) for n in range(OLD + NEW)]
    with closing(Library(folder, lambda: DAY)) as library:
        for copy in copies:
            library.opened(copy)
            library.remember_place(copy, 2, 0.5)
        for number, each in enumerate(made[:OLD]):
            library.save_mark(f"urn:uuid:{number % TEXTS}", each)
        library.snapshot_today()
        for number, each in enumerate(made[OLD:]):
            library.save_mark(f"urn:uuid:{number % TEXTS}", each)
    assert not (folder / f"{FILE}-wal").exists()
    return Filled(
        folder,
        copies,
        {each.id: each for each in made[:OLD]},
        {each.id: each for each in made[OLD:]},
    )


def now() -> float:
    return DAY + 3 * 3600


def snapshots(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / FOLDER).iterdir()}


def set_aside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("library.damaged-*.sqlite")]


def pages_with(data: bytearray, kind: int, *words: bytes) -> list[int]:
    """Where the pages of a kind begin that hold any of some words."""
    starts = range(0, len(data), PAGE)
    pages = {start: bytes(data[start : start + PAGE]) for start in starts}
    return [
        start
        for start, page in pages.items()
        if page[0] == kind and any(each in page for each in words)
    ]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file after an accident."""
    changed = bytearray(data)
    start = chance.randrange(len(data))
    match chance.choice(["bit", "bytes", "noise", "zeros", "cut"]):
        case "bit":
            changed[start] ^= 1 << chance.randrange(8)
        case "bytes":
            for _ in range(chance.choice([1, 2, 5, 40])):
                changed[chance.randrange(len(data))] = chance.randrange(256)
        case "noise":
            changed[start : start + chance.choice([4, 100, 4096])] = chance.randbytes(100)
            del changed[len(data) :]
        case "zeros":
            length = min(len(data) - start, chance.choice([16, 512, 4096, 8192]))
            changed[start : start + length] = bytes(length)
        case "cut":
            del changed[start:]
    return bytes(changed)


@pytest.mark.parametrize("seed", range(120))
def test_any_damage(filled: Filled, tmp_path: Path, mark: Make, seed: int) -> None:
    folder = filled.copied(tmp_path / "data")
    changed = damaged((folder / FILE).read_bytes(), random.Random(seed))
    (folder / FILE).write_bytes(changed)
    before = snapshots(folder)
    with closing(Library(folder, now)) as library:
        found: Marks = {}
        for copy in filled.copies:
            found |= {each.id: each for each in library.marks(copy.manifest.id)}
            library.place(copy)
            library.deleted_marks(copy.manifest.id)
        assert found.items() <= (filled.old | filled.new).items()
        if library.notice:
            assert set_aside(folder) == [changed]
            assert filled.old.items() <= found.items()
            assert {text.title for text in library.texts()} >= {"Text 0", "Text 1", "Text 3"}
        else:
            lost = len(filled.old) + len(filled.new) - len(found)
            assert lost <= len(library.damaged_marks())
        assert {each.id: each for _, each in library.all_marks()}.items() >= found.items()
        library.tags()
        library.recent()
        library.color_names()
        library.search("note")
        library.save_mark("urn:uuid:1", mark(1000))
        assert mark(1000) in library.marks("urn:uuid:1")
    assert snapshots(folder).items() >= before.items()
    with closing(Library(folder, now)) as library:
        assert library.notice == ""
        assert mark(1000) in library.marks("urn:uuid:1")


def rest(folder: Path) -> tuple[str, Marks]:
    """The notice of a library, and the marks in it."""
    with closing(Library(folder, now)) as library:
        return library.notice, {each.id: each for _, each in library.all_marks()}


def test_the_newest_good_snapshot_opens_and_newer_marks_are_taken_over(
    filled: Filled, tmp_path: Path
) -> None:
    folder = filled.copied(tmp_path / "data")
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[:100] + bytes(4000) + data[4100:])
    notice, found = rest(folder)
    (aside,) = folder.glob("library.damaged-*")
    assert notice == (
        f"The library was damaged and was set aside as {aside.name}; its snapshot of "
        "2 January 1970 (3 hours old) was opened, and 40 marks taken over from the damaged file."
    )
    assert found == filled.old | filled.new


def test_all_that_can_be_read_is_taken_over(
    filled: Filled, tmp_path: Path, copy_of: Callable[..., Copy]
) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, now)) as library:
        library.opened(copy_of(number=9))
        library.remember_place(copy_of(number=9), 3, 0.75)
        library.name_color(Color.PINK, "No")
        library.delete_mark("urn:uuid:0", next(iter(filled.old)))
    data = bytearray((folder / FILE).read_bytes())
    leaf = pages_with(data, TABLE_LEAF, b'"selector"')[-1]
    data[leaf : leaf + PAGE] = bytes(PAGE)
    (folder / FILE).write_bytes(bytes(data))
    with closing(Library(folder, now)) as library:
        assert "taken over" in library.notice
        assert len(library.texts()) == TEXTS + 1
        assert library.texts()[0].progress == 0.75
        assert library.color_names() == {Color.PINK: "No"}
        assert len(library.deleted_marks("urn:uuid:0")) == 1
        found = {each.id for _, each in library.all_marks()}
        assert len(filled.old) - 1 + len(filled.new) - len(found) < 12  # those of one page
        # Changes are counted on from where they were, so that the search misses none.
        library.save_mark("urn:uuid:1", filled.old[min(filled.old)])
        assert len(library.search("note", 1000)) > 50


def test_without_a_snapshot_marks_are_taken_over_into_a_new_library(
    filled: Filled, tmp_path: Path
) -> None:
    folder = filled.copied(tmp_path / "data")
    shutil.rmtree(folder / FOLDER)
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[:100] + bytes(4000) + data[4100:])
    notice, found = rest(folder)
    assert "a new one was begun, and 100 marks taken over" in notice
    assert found == filled.old | filled.new


def test_a_damaged_snapshot_is_passed_over(filled: Filled, tmp_path: Path) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, lambda: 2 * DAY)) as library:
        assert len(library.snapshots()) == 2
        newest = library.snapshots()[0].path
    data = newest.read_bytes()
    newest.write_bytes(data[:-4096] + b"\x55" * 4096)
    (folder / FILE).write_bytes(b"nothing of it is left" * 1000)
    notice, found = rest(folder)
    assert "2 January" in notice
    assert found == filled.old
    assert newest.exists()


def test_a_library_that_is_gone_comes_from_its_snapshot(filled: Filled, tmp_path: Path) -> None:
    folder = filled.copied(tmp_path / "data")
    (folder / FILE).unlink()
    notice, found = rest(folder)
    assert notice.startswith("The library was gone; its snapshot of 2 January 1970")
    assert found == filled.old


def test_the_search_follows_to_the_snapshot(filled: Filled, tmp_path: Path, mark: Make) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, now)) as library:
        assert library.tags() == {"war": OLD + NEW}
    (folder / FILE).write_bytes(b"nothing of it is left" * 1000)
    with closing(Library(folder, now)) as library:
        assert library.tags() == {"war": OLD}
        # The index has seen a change of that number before the damage.
        library.save_mark("urn:uuid:1", mark(1000, "newest words", tags=("new",)))
        assert len(library.search("newest")) == 1
        assert library.tags() == {"war": OLD, "new": 1}


def test_a_library_that_has_lost_count_of_its_changes_is_mended(
    filled: Filled, tmp_path: Path
) -> None:
    for number, damage_ in enumerate(("DELETE FROM state", "UPDATE state SET change = -5")):
        folder = filled.copied(tmp_path / str(number))
        with closing(sqlite3.connect(folder / FILE)) as connection, connection:
            connection.execute(damage_)
        notice, found = rest(folder)
        assert "damaged" in notice
        assert found == filled.old | filled.new


@pytest.mark.parametrize("left", [b"", b"x" * 9000])
def test_what_was_only_in_the_journal_is_taken_over(
    filled: Filled, tmp_path: Path, mark: Make, left: bytes
) -> None:
    running = filled.copied(tmp_path / "running")
    folder = tmp_path / "data"
    with closing(Library(running, now)) as library:
        for number in range(1000, 1020):
            library.save_mark("urn:uuid:1", mark(number))
        shutil.copytree(running, folder)
    (folder / FILE).write_bytes(left)
    notice, found = rest(folder)
    assert "marks taken over from the damaged file" in notice
    assert found.keys() >= {mark(number).id for number in range(1000, 1020)}
    assert filled.old.items() <= found.items()


def test_damaged_indexes_are_made_anew(filled: Filled, tmp_path: Path) -> None:
    folder = filled.copied(tmp_path / "data")
    data = bytearray((folder / FILE).read_bytes())
    ends = [f"{number:024x}".encode() for number in range(OLD)]
    for leaf in pages_with(data, INDEX_LEAF, *ends):
        at = data.index(b"urn:uuid:", leaf)
        data[at + 30 : at + 34] = b"ffff"
    (folder / FILE).write_bytes(bytes(data))
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
    notice, found = rest(folder)
    assert (notice, found) == ("", filled.old | filled.new)
    assert set_aside(folder) == []


def test_a_large_library_is_looked_at_closely_once_a_day(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "_SMALL", 0)
    folder = filled.copied(tmp_path / "data")
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        # An index that knows of no mark.
        connection.execute("DROP INDEX living_marks")
        connection.execute("CREATE INDEX living_marks ON marks (text_id, kind) WHERE 0")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'WHERE 0', 'WHERE deleted IS NULL') "
            "WHERE name = 'living_marks'"
        )
    with closing(Library(folder, now)) as library:
        assert library.texts()[0].highlights + library.texts()[0].notes == 0
    with closing(Library(folder, lambda: 2 * DAY)) as library:
        assert library.notice == ""
        assert library.texts()[0].highlights + library.texts()[0].notes == 25
        assert library.snapshots()[0].marks == OLD + NEW


@pytest.mark.skipif(os.name != "posix", reason="it is POSIX that lets an open file be replaced")
def test_a_damaged_library_that_another_window_has_open_is_not_replaced(
    filled: Filled, tmp_path: Path
) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, now)) as running:
        running.marks("urn:uuid:1")
        for tail in ("-wal", "-shm"):
            (folder / f"{FILE}{tail}").unlink(missing_ok=True)
        damaged = b"x" * (folder / FILE).stat().st_size
        (folder / FILE).write_bytes(damaged)
        with pytest.raises(LibraryError):
            Library(folder, now, patience=0.1)
        assert (folder / FILE).read_bytes() == damaged
        assert set_aside(folder) == []


def test_an_older_app_that_is_still_open_is_not_overtaken(filled: Filled, tmp_path: Path) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, now)) as running:
        running.texts()
        with closing(sqlite3.connect(folder / FILE)) as connection:
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
        with pytest.raises(LibraryBusy, match="older version"):
            Library(folder, now)


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_to_the_cache_costs_nothing_but_itself(
    filled: Filled, tmp_path: Path, seed: int
) -> None:
    folder = filled.copied(tmp_path / "data")
    with closing(Library(folder, now)) as library:
        for copy in filled.copies:
            library.index_text(copy)
            library.parsed.keep_text(copy.revision, copy.text)
        library.tags()
    (folder / CACHE).write_bytes(damaged((folder / CACHE).read_bytes(), random.Random(seed)))
    with closing(Library(folder, now)) as library:
        for copy in filled.copies:
            assert library.parsed.text_of(copy.revision) in (copy.text, None)
        library.search("words")
        library.search("note")
        library.tags()
        library.backlinks("urn:uuid:1")
        for copy in filled.copies:
            library.index_text(copy)
            library.parsed.keep_text(copy.revision, copy.text)
        assert library.notice == ""
        assert len(library.all_marks()) == OLD + NEW
