"""The library's file: begun, migrated, refused, and set aside with all that is in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.library import database
from reader.library.database import FILE, MIGRATIONS, NewerLibrary, connect

TEXT = ("urn:uuid:1", "sha256:1", "Title", "/texts/a.txt", 1.0)


def add(connection: sqlite3.Connection, *values: object) -> None:
    connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", values or TEXT)


def texts(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT id FROM texts ORDER BY id")]


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The folder of a library with five hundred texts, closed."""
    folder = tmp_path / "data"
    connection, _ = connect(folder)
    with closing(connection):
        for n in range(500):
            add(connection, f"urn:uuid:{n}", "sha256:1", f"Title {n}", "/texts/a.txt", float(n))
    return folder


def test_a_library_is_begun_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    connection, notice = connect(folder)
    with closing(connection):
        assert notice == ""
        add(connection)
    assert version(folder) == len(MIGRATIONS)
    connection, notice = connect(folder)
    with closing(connection):
        assert (texts(connection), notice) == (["urn:uuid:1"], "")
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert sorted(contents(folder)) == [FILE]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"no database" * 1000, id="other"),
        pytest.param(lambda data: data[:50], id="cut in the header"),
        pytest.param(lambda data: data[:5000], id="cut in a page"),
        pytest.param(lambda data: b"x" * 100 + data[100:], id="header"),
        pytest.param(lambda data: data[:100] + b"x" * 4000 + data[4100:], id="first page"),
        pytest.param(lambda data: data[:4096] + b"\x55" * (len(data) - 4096), id="other pages"),
        pytest.param(lambda data: data[:-4096] + bytes(4096), id="last page"),
    ],
)
def test_a_damaged_library_is_set_aside_whole(filled: Path, damage: object) -> None:
    path = filled / FILE
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    before = path.read_bytes()
    connection, notice = connect(filled)
    with closing(connection):
        assert texts(connection) == []
        add(connection)
    (kept,) = contents(filled).keys() - {FILE}
    assert kept.startswith("library.damaged-")
    assert (filled / kept).read_bytes() == before
    assert notice == f"The library was damaged; it was set aside as {kept}, and a new one begun."
    connection, notice = connect(filled)
    with closing(connection):
        assert (texts(connection), notice) == (["urn:uuid:1"], "")


@pytest.mark.parametrize("left", [b"", b"x" * 5000])
def test_the_journal_of_a_damaged_library_is_kept_with_it(tmp_path: Path, left: bytes) -> None:
    # As a crash leaves it: what was written last is in the journal only.
    running, _ = connect(tmp_path / "running")
    with closing(running):
        add(running)
        shutil.copytree(tmp_path / "running", tmp_path / "data")
    folder = tmp_path / "data"
    journal = (folder / f"{FILE}-wal").read_bytes()
    assert b"Title" in journal
    journal = journal if not left else b"no journal" * 500
    (folder / f"{FILE}-wal").write_bytes(journal)
    (folder / FILE).write_bytes(left)
    connection, notice = connect(folder)
    with closing(connection):
        assert texts(connection) == []
    (kept,) = (name for name in contents(folder) if name.endswith(".sqlite") and name != FILE)
    assert kept in notice
    assert contents(folder)[kept] == left
    assert contents(folder)[f"{kept}-wal"] == journal


def test_what_a_crash_left_in_the_journal_is_there_again(tmp_path: Path) -> None:
    running, _ = connect(tmp_path / "running")
    with closing(running):
        add(running)
        shutil.copytree(tmp_path / "running", tmp_path / "data")
    connection, notice = connect(tmp_path / "data")
    with closing(connection):
        assert (texts(connection), notice) == (["urn:uuid:1"], "")


def test_an_empty_file_is_a_new_library(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    connection, notice = connect(tmp_path)
    with closing(connection):
        assert (texts(connection), notice) == ([], "")


def test_two_damages_are_both_kept(tmp_path: Path) -> None:
    for damage in (b"first" * 1000, b"second" * 1000):
        (tmp_path / FILE).write_bytes(damage)
        connect(tmp_path)[0].close()
    kept = [data[:5] for name, data in contents(tmp_path).items() if name != FILE]
    assert sorted(kept) == [b"first", b"secon"]


def test_a_newer_library_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = contents(tmp_path)
    with pytest.raises(NewerLibrary) as error:
        connect(tmp_path)
    assert str(error.value) == (
        "The library was written by a newer version of Annotated Reader; update the app."
    )
    assert contents(tmp_path) == before


def test_a_migration_keeps_what_is_there(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = (*MIGRATIONS, "ALTER TABLE texts ADD COLUMN mark TEXT NOT NULL DEFAULT 'new'")
    monkeypatch.setattr(database, "MIGRATIONS", more)
    connection, notice = connect(filled)
    with closing(connection):
        assert notice == ""
        rows = connection.execute("SELECT count(*), min(mark) FROM texts").fetchone()
    assert rows == (500, "new")
    assert version(filled) == len(MIGRATIONS) + 1


@pytest.mark.parametrize(
    "wrong", ["CREATE TABLE", "SELECT * FROM nothing", "INSERT INTO once VALUES (1), (1)"]
)
@pytest.mark.parametrize("begun", [False, True])
def test_a_migration_that_fails_half_way_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, begun: bool
) -> None:
    if begun:
        connection, _ = connect(tmp_path)
        with closing(connection):
            add(connection)
    scripts = (*MIGRATIONS, f"CREATE TABLE once (x UNIQUE); {wrong}; CREATE TABLE never (x)")
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", scripts)
        with pytest.raises(sqlite3.Error):
            connect(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert version(tmp_path) == (len(MIGRATIONS) if begun else 0)
    assert tables.isdisjoint({"once", "never"})
    assert ("texts" in tables) is begun
    connection, notice = connect(tmp_path)
    with closing(connection):
        assert (texts(connection), notice) == (["urn:uuid:1"] if begun else [], "")
    assert sorted(contents(tmp_path)) == [FILE]


def test_many_begin_a_library_at_once(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    notices: list[str] = []

    def begin(n: int) -> None:
        start.wait()
        connection, notice = connect(tmp_path)
        with closing(connection):
            add(connection, f"urn:uuid:{n}", "sha256:1", "Title", "/texts/a.txt", 1.0)
        notices.append(notice)

    threads = [threading.Thread(target=begin, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notices == [""] * 8
    connection, _ = connect(tmp_path)
    with closing(connection):
        assert texts(connection) == [f"urn:uuid:{n}" for n in range(8)]


def test_what_one_writes_the_other_reads(tmp_path: Path) -> None:
    one, two = connect(tmp_path)[0], connect(tmp_path)[0]
    with closing(one), closing(two):
        add(one)
        assert texts(two) == ["urn:uuid:1"]


@pytest.mark.parametrize("blocked", ["data", f"data/{FILE}"])
def test_a_place_that_is_taken_by_something_else(tmp_path: Path, blocked: str) -> None:
    if blocked == "data":
        (tmp_path / "data").write_bytes(b"a file")
    else:
        (tmp_path / blocked).mkdir(parents=True)
    with pytest.raises((OSError, sqlite3.OperationalError)):
        connect(tmp_path / "data")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(sqlite3.OperationalError):
            connect(tmp_path)
        with pytest.raises(PermissionError):
            connect(tmp_path / "data")
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(path: Path, **options: object) -> sqlite3.Connection:
        path.touch()
        return opened(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    opened = sqlite3.connect
    monkeypatch.setattr(database.sqlite3, "connect", read_only)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connect(tmp_path)
    assert sorted(contents(tmp_path)) == [FILE]
