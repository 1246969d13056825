"""The library's file: begun, migrated, refused, and set aside with all that is in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.library import database
from reader.library.database import FILE, MIGRATIONS
from reader.library.library import Library, LibraryError, NewerLibrary
from reader.text.plain import parse_plain


def open_copy(library: Library, number: int = 1) -> None:
    text = parse_plain("Words.")
    manifest = Manifest(f"urn:uuid:{number}", f"Title {number}", "a.txt")
    library.opened(Copy(Path("/texts/a.txt"), manifest, text, text.digest))


def texts(library: Library) -> list[str]:
    return sorted(known.id for known in library.recent(1000))


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_aside(folder: Path) -> list[str]:
    """The names under which damaged libraries are kept, without what belongs to them."""
    return sorted(p.name for p in folder.glob("library.damaged-*") if p.suffix == ".sqlite")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The folder of a library with enough texts to fill some pages, closed; nothing else."""
    folder = tmp_path / "data"
    with closing(Library(folder)) as library:
        open_copy(library)
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "WITH RECURSIVE n(n) AS (VALUES (2) UNION ALL SELECT n + 1 FROM n WHERE n < 500) "
            "INSERT INTO texts (id, revision, title, path, opened) "
            "SELECT 'urn:uuid:' || n, 'sha256:1', 'Title ' || n, '/texts/a.txt', n FROM n"
        )
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / FILE, alone)
    return alone


def test_a_library_is_begun_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with closing(Library(folder)) as library:
        assert library.notice == ""
        open_copy(library)
    assert version(folder) == len(MIGRATIONS)
    with closing(Library(folder)) as library:
        assert (texts(library), library.notice) == (["urn:uuid:1"], "")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"no database" * 1000, id="other"),
        pytest.param(lambda data: data[:50], id="cut in the header"),
        pytest.param(lambda data: data[:5000], id="cut in a page"),
        pytest.param(lambda data: b"x" * 100 + data[100:], id="header"),
        pytest.param(lambda data: data[:100] + b"x" * 4000 + data[4100:], id="first page"),
        pytest.param(lambda data: data[:-16384] + b"\x55" * 4096 + data[-12288:], id="a page"),
    ],
)
def test_a_damaged_library_is_set_aside_whole(
    filled: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = filled / FILE
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with closing(Library(filled)) as library:
        (kept,) = set_aside(filled)
        assert kept in library.notice
        open_copy(library, 1000)
        assert "urn:uuid:1000" in texts(library)
    assert (filled / kept).read_bytes() == before
    with closing(Library(filled)) as library:
        assert library.notice == ""
        assert "urn:uuid:1000" in texts(library)
    assert set_aside(filled) == [kept]


@pytest.mark.parametrize("left", [b"", b"x" * 5000])
def test_the_journal_of_a_damaged_library_is_kept_with_it(tmp_path: Path, left: bytes) -> None:
    # As a crash leaves it: what was written last is in the journal only.
    folder = tmp_path / "data"
    folder.mkdir()
    with closing(Library(tmp_path / "running")) as running:
        open_copy(running)
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / "running" / name, folder)
    journal = (folder / f"{FILE}-wal").read_bytes()
    assert b"Title 1" in journal
    if left:
        journal = b"no journal" * 500
        (folder / f"{FILE}-wal").write_bytes(journal)
    (folder / FILE).write_bytes(left)
    with closing(Library(folder)) as library:
        (kept,) = set_aside(folder)
        assert kept in library.notice
    assert (folder / kept).read_bytes() == left
    assert (folder / f"{kept}-wal").read_bytes() == journal


def test_what_a_crash_left_in_the_journal_is_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with closing(Library(tmp_path / "running")) as running:
        open_copy(running)
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / "running" / name, folder)
    with closing(Library(folder)) as library:
        assert (texts(library), library.notice) == (["urn:uuid:1"], "")


def test_an_empty_file_is_a_new_library(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with closing(Library(tmp_path)) as library:
        assert (texts(library), library.notice) == ([], "")


def test_two_damages_are_both_kept(tmp_path: Path) -> None:
    for damage in (b"first" * 1000, b"second" * 1000):
        (tmp_path / FILE).write_bytes(damage)
        Library(tmp_path).close()
    kept = [(tmp_path / name).read_bytes()[:5] for name in set_aside(tmp_path)]
    assert sorted(kept) == [b"first", b"secon"]


def test_a_newer_library_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(NewerLibrary) as error:
        Library(tmp_path)
    assert str(error.value) == (
        "The library was written by a newer version of Annotated Reader; update the app."
    )
    assert (tmp_path / FILE).read_bytes() == before
    assert set_aside(tmp_path) == []


def test_a_library_of_the_first_version_keeps_what_is_in_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO texts VALUES ('urn:uuid:1', 'sha256:1', 'Title', '/texts/a.txt', 1.0)"
        )
        connection.execute("INSERT INTO places VALUES ('urn:uuid:1', 3, 'Words', 0.5)")
        connection.commit()
    with closing(Library(tmp_path)) as library:
        assert library.notice == ""
        (known,) = library.recent()
        assert (known.title, known.path, known.progress) == ("Title", Path("/texts/a.txt"), 0.5)
    assert version(tmp_path) == len(MIGRATIONS)


@pytest.mark.parametrize(
    "wrong", ["CREATE TABLE", "SELECT * FROM nothing", "INSERT INTO once VALUES (1), (1)"]
)
@pytest.mark.parametrize("begun", [False, True])
def test_a_migration_that_fails_half_way_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, begun: bool
) -> None:
    if begun:
        with closing(Library(tmp_path)) as library:
            open_copy(library)
    scripts = (*MIGRATIONS, f"CREATE TABLE once (x UNIQUE); {wrong}; CREATE TABLE never (x)")
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", scripts)
        with (
            closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as connection,
            pytest.raises(sqlite3.Error),
        ):
            database.migrate(connection)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert version(tmp_path) == (len(MIGRATIONS) if begun else 0)
    assert tables.isdisjoint({"once", "never"})
    assert ("texts" in tables) is begun
    with closing(Library(tmp_path)) as library:
        assert (texts(library), library.notice) == (["urn:uuid:1"] if begun else [], "")
    assert set_aside(tmp_path) == []


def test_many_begin_a_library_at_once(tmp_path: Path) -> None:
    start = threading.Barrier(6)
    notices: list[str] = []

    def begin(number: int) -> None:
        start.wait()
        with closing(Library(tmp_path)) as library:
            open_copy(library, number)
            notices.append(library.notice)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notices == [""] * 6
    with closing(Library(tmp_path)) as library:
        assert texts(library) == [f"urn:uuid:{number}" for number in range(6)]


@pytest.mark.parametrize("blocked", ["data", f"data/{FILE}"])
def test_a_place_that_is_taken_by_something_else(tmp_path: Path, blocked: str) -> None:
    if blocked == "data":
        (tmp_path / "data").write_bytes(b"a file")
    else:
        (tmp_path / blocked).mkdir(parents=True)
    with pytest.raises(LibraryError) as error:
        Library(tmp_path / "data")
    assert str(tmp_path / "data") in str(error.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        for folder in (tmp_path, tmp_path / "data"):
            with pytest.raises(LibraryError):
                Library(folder)
        assert list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o700)
