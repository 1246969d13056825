"""The archive that needs no administrator: the same each time, installed, removed again."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from build.linux import portable

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a package for Linux"),
    pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="draws icons"),
]


@pytest.fixture
def unpacked(frozen: Path, tmp_path: Path) -> Path:
    archive = portable.build(frozen, tmp_path, "1.2.3")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    [folder] = (tmp_path / "unpacked").iterdir()
    return folder


def run(home: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)),
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"} | more,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_same_folder_gives_the_same_archive(frozen: Path, tmp_path: Path) -> None:
    archives = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        archives.append(portable.build(frozen, tmp_path / name, "1.2.3"))
        os.utime(frozen / "annotated-reader")
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        members = tar.getmembers()
    assert {(member.uid, member.gid, member.mtime) for member in members} == {(0, 0, 1750000000)}


def test_it_is_installed_and_removed_and_the_library_stays(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    library = home / ".local/share/annotated-reader/library.sqlite"
    library.parent.mkdir(parents=True)
    library.write_text("marks")
    before = {path for path in home.rglob("*") if path.is_file()}

    for _ in range(2):
        done = run(home, unpacked / "install")
        assert (done.returncode, done.stderr) == (0, "")
    command = home / ".local/bin/annotated-reader"
    assert run(home, command).stdout == "annotated-reader stand-in\n"
    entry = (home / ".local/share/applications/annotated-reader.desktop").read_text()
    assert f'Exec="{command}" %u' in entry
    assert f"TryExec={command}" in entry
    assert (home / ".local/share/man/man1/annotated-reader.1.gz").is_file()

    done = run(home, home / ".local/lib/annotated-reader/uninstall")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Your library stays" in done.stdout
    left = {path for path in home.rglob("*") if path.is_file() or path.is_symlink()}
    assert {path for path in left if "annotated" in str(path.relative_to(home))} == before
    assert library.read_text() == "marks"


def test_another_place_can_be_named(unpacked: Path, tmp_path: Path) -> None:
    place = tmp_path / "opt" / "reader"
    done = run(tmp_path, unpacked / "install", "--prefix", place)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "bin/annotated-reader").is_symlink()
    assert not (tmp_path / ".local").exists()
    assert run(tmp_path, place / "lib/annotated-reader/uninstall").returncode == 0
    assert not (place / "lib/annotated-reader").exists()


def test_uninstall_from_the_archive_says_which_one_to_run(unpacked: Path, tmp_path: Path) -> None:
    done = run(tmp_path, unpacked / "uninstall")
    assert done.returncode == 1
    assert ".local/lib/annotated-reader/uninstall" in done.stderr
    assert (unpacked / "app/annotated-reader").is_file()
