"""A file is replaced whole, or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from reader.atomic import aside, write_atomically

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.json", b"new")
    assert files(tmp_path) == {"a.json": b"new"}


def test_a_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"something longer")
    write_atomically(tmp_path / "a.json", b"new")
    assert files(tmp_path) == {"a.json": b"new"}


def test_folders_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "one" / "two" / "a.json", b"")
    assert files(tmp_path / "one" / "two") == {"a.json": b""}


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "chmod"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def fail(*arguments: object) -> None:
        raise error

    if step == "write":
        opened = Path.open

        def open_full(path: Path, mode: str) -> object:
            file = opened(path, mode)

            class Full:
                def __enter__(self) -> Full:
                    file.write(b"ne")
                    return self

                def __exit__(self, *reason: object) -> None:
                    file.close()

                write = fail

            return Full()

        monkeypatch.setattr(Path, "open", open_full)
    else:
        monkeypatch.setattr(
            *{
                "fsync": (os, "fsync", fail),
                "replace": (Path, "replace", fail),
                "chmod": (Path, "chmod", fail),
            }[step]
        )
    with pytest.raises(type(error)):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert files(tmp_path) == {"a.json": b"old"}


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(OSError, match="home"):
        write_atomically(tmp_path / "home" / "a.json", b"new")
    assert files(tmp_path) == {"home": b""}


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OSError, match=r"a\.json"):
        write_atomically(tmp_path / "a.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@POSIX
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_may_be_read_by_whom_the_user_says(
    tmp_path: Path, umask: int, expected: int
) -> None:
    before = os.umask(umask)
    try:
        write_atomically(tmp_path / "a.json", b"new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a.json") == expected


@POSIX
@pytest.mark.parametrize("old", [0o600, 0o640, 0o666, 0o444])
def test_a_file_keeps_its_mode(tmp_path: Path, old: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(old)
    write_atomically(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", old)


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "mine.json").write_bytes(b"old")
    (tmp_path / "a.json").symlink_to("kept/mine.json")
    write_atomically(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").is_symlink()
    assert files(tmp_path / "kept") == {"mine.json": b"new"}


@POSIX
def test_the_folder_is_flushed_after_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []
    fsync = os.fsync

    def record(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        flushed.append((is_folder, sorted(files(tmp_path).values())))
        fsync(handle)

    (tmp_path / "a.json").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", record)
    write_atomically(tmp_path / "a.json", b"new")
    assert flushed == [(False, [b"new", b"old"]), (True, [b"new"])]


def test_a_name_for_a_damaged_file_is_beside_it_and_free(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    names = {aside(path) for _ in range(3)}
    assert all(name.parent == tmp_path and name.suffix == ".sqlite" for name in names)
    assert all(name.name.startswith("library.damaged-") for name in names)
