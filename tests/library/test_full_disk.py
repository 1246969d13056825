"""A full disk or a read-only folder: a clear sentence, nothing half written, and on again later."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

import reader
from reader.annotations.marks import Mark
from reader.copies.copy import Copy
from reader.library.errors import LibraryUnwritable
from reader.library.library import Library
from reader.library.passages import Where

TEXT = "urn:uuid:1"
LONG = "A long note. " * 300
Make = Callable[..., Mark]

posix = pytest.mark.skipif(os.name != "posix", reason="what it does is known to POSIX alone")

LIMITED = """
import resource, sys
from contextlib import closing
from pathlib import Path
from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.errors import LibraryUnwritable
from reader.library.library import Library

def mark(number):
    words = Selector("words", start=number)
    return Mark(f"urn:uuid:{number}", MarkKind.NOTE, words, note="x" * 3000)

folder = Path(sys.argv[1])
with closing(Library(folder)) as library:
    kept = [mark(number) for number in range(20)]
    library.save_marks("text", kept)
    largest = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, largest))
    refused = 0
    for number in range(100, 400, 3):
        some = [mark(number + more) for more in range(3)]
        try:
            library.save_marks("text", some)
            kept += some
        except LibraryUnwritable as error:
            refused += 1
            assert str(folder) in str(error) and "\\n" not in str(error), error
        if refused > 5:
            break
    assert refused > 5
    assert library.marks("text") == kept
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    library.save_mark("text", mark(1000))
    kept.append(mark(1000))
    assert library.marks("text") == kept
with closing(Library(folder)) as library:
    assert library.notice == "", library.notice
    assert library.marks("text") == kept
    assert library.damaged_marks() == []
"""

LIMITED_AT_THE_START = """
import resource, sys
from pathlib import Path
from reader.library.errors import LibraryUnwritable
from reader.library.library import Library

folder = Path(sys.argv[1])
for size in range(0, 60_000, 1_500):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        library = Library(folder / str(size))
    except LibraryUnwritable as error:
        assert str(folder) in str(error), error
    else:
        library.close()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    library = Library(folder / str(size))
    assert library.notice == "", library.notice
    library.close()
"""


def run(script: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env=os.environ | {"PYTHONPATH": str(Path(reader.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@posix
@pytest.mark.parametrize("script", [LIMITED, LIMITED_AT_THE_START], ids=["later", "at the start"])
def test_a_file_that_may_not_grow(tmp_path: Path, script: str) -> None:
    run(script, tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("nothing can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@posix
def test_a_full_disk(small_disk: Path, mark: Make, copy_of: Callable[..., Copy]) -> None:
    filler = small_disk / "filler"
    copy = copy_of("Words of the text.")
    with closing(Library(small_disk / "data")) as library:
        library.opened(copy)
        kept = [mark(0, LONG)]
        library.save_marks(TEXT, kept)
        library.search("words")
        fill(filler)
        with pytest.raises(LibraryUnwritable) as error:
            save_all(library, (mark(number, LONG) for number in range(1, 1000)), kept)
        assert "disk" in str(error.value)
        assert str(small_disk / "data") in str(error.value)
        assert library.marks(TEXT) == kept
        with suppress(LibraryUnwritable):
            library.index_text(copy)
        library.parsed.keep_text("sha256:1", copy_of("Words of a book. " * 50_000).text)
        assert library.parsed.text_of("sha256:1") is None
        assert "No snapshot" in library.snapshot_today()
        assert library.marks(TEXT) == kept
        filler.unlink()
        library.save_mark(TEXT, mark(2000, LONG))
        kept.append(mark(2000, LONG))
        assert library.snapshot_today() == ""
        assert [hit.id for hit in library.search('"long note"', 1000)]
    fill(filler)
    with suppress(LibraryUnwritable):
        Library(small_disk / "data").close()
    filler.unlink()
    with closing(Library(small_disk / "data")) as library:
        assert library.notice == ""
        assert library.marks(TEXT) == kept
        assert len(library.snapshots()) == 1


def save_all(library: Library, marks: Iterator[Mark], saved: list[Mark]) -> None:
    """Save marks one by one, and list those that were saved."""
    for each in marks:
        library.save_mark(TEXT, each)
        saved.append(each)


def fill(path: Path) -> None:
    """Write until there is no room left."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1000))


@posix
def test_a_damaged_library_on_a_full_disk_stays_till_there_is_room(
    small_disk: Path, mark: Make
) -> None:
    folder, filler = small_disk / "data", small_disk / "filler"
    with closing(Library(folder)) as library:
        library.save_marks(TEXT, [mark(number, LONG) for number in range(30)])
        library.snapshot_today()
    damaged = b"x" * (folder / "library.sqlite").stat().st_size
    (folder / "library.sqlite").write_bytes(damaged)
    fill(filler)
    with pytest.raises(LibraryUnwritable, match="disk"):
        Library(folder)
    assert (folder / "library.sqlite").read_bytes() == damaged
    assert {path.name for path in folder.iterdir()} == {
        "library.lock",
        "library.sqlite",
        "snapshots",
    }
    filler.unlink()
    with closing(Library(folder)) as library:
        assert "snapshot" in library.notice
        assert len(library.marks(TEXT)) == 30


@posix
def test_a_disk_that_becomes_read_only(
    small_disk: Path, mark: Make, copy_of: Callable[..., Copy]
) -> None:
    folder = small_disk / "data"
    text = copy_of("Words of the text.")
    with closing(Library(folder)) as library:
        library.opened(text)
        library.index_text(text)
        library.save_mark(TEXT, mark(0, "A note on it."))
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with closing(Library(folder)) as library:
        assert str(folder) in library.notice
        assert "nothing new is kept" in library.notice
        assert "lock" not in library.notice
        assert [entry.title for entry in library.texts()] == [text.manifest.title]
        assert library.marks(TEXT) == [mark(0, "A note on it.")]
        assert {hit.where for hit in library.search("note")} == {Where.NOTE}
        assert Where.TEXT in {hit.where for hit in library.search("words")}
        library.opened(text)
        library.remember_place(text, 3, 0.5)
        assert library.snapshot_today() == ""
        with pytest.raises(LibraryUnwritable, match="nothing new is kept"):
            library.save_mark(TEXT, mark(1))
        with pytest.raises(LibraryUnwritable, match="nothing new is kept"):
            library.remove_text(TEXT)
        assert library.marks(TEXT) == [mark(0, "A note on it.")]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    with pytest.raises(LibraryUnwritable):
        Library(small_disk / "new" / "data")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    with closing(Library(folder)) as library:
        library.save_mark(TEXT, mark(1))
        assert library.marks(TEXT) == [mark(0, "A note on it."), mark(1)]
