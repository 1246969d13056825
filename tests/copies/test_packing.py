"""Packing a folder, unpacking a file, and keeping one in the library."""

from __future__ import annotations

import os
import shutil
import threading
import time
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from reader.copies.container import MIMETYPE
from reader.copies.keeping import keep
from reader.copies.limits import Limits
from reader.copies.packing import CannotPack, pack
from reader.copies.reading import open_copy
from reader.copies.unpacking import unpack
from reader.problems import CannotOpen

MakeCopy = Callable[..., Path]

CONTENT = Path(__file__).parents[2] / "content"
LAYER = (
    b'{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:uuid:1", '
    b'"type": "AnnotationPage", "items": []}'
)
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
WAR = "annotations:\n  - {id: war, kind: event, terms: [war]}\n"


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    """A copy with one of everything, and with much that is none of its own."""
    folder = make_copy("# The Offer\n\nA war.\n\n![A map.](map.svg)\n", WAR)
    for name, data in {
        "map.svg": PICTURE,
        "figures/é.svg": PICTURE,
        "figures/more/b.png": b"",
        "figures/.hidden.svg": PICTURE,
        "figures/notes.txt": b"mine",
        "layers/teacher.jsonld": LAYER,
        "layers/teacher.jsonld~": b"{}",
        "article.md~": b"old",
        "private.md": b"mine",
        "other.svg": PICTURE,
        ".git/config": b"mine",
        "drafts/a.svg": PICTURE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


PARTS = (
    "annotations.yaml",
    "article.md",
    "document.yaml",
    "figures/more/b.png",
    "figures/é.svg",
    "layers/teacher.jsonld",
    "map.svg",
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# Packing.


def test_only_what_belongs_to_the_copy_is_packed(folder: Path, tmp_path: Path) -> None:
    packed = pack(folder, tmp_path / "a.annotated")
    assert packed.files == PARTS
    assert packed.left_out == (
        ".git/",
        "article.md~",
        "drafts/",
        "figures/.hidden.svg",
        "figures/notes.txt",
        "layers/teacher.jsonld~",
        "other.svg",
        "private.md",
    )
    with ZipFile(tmp_path / "a.annotated") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", *PARTS]
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
    data = (tmp_path / "a.annotated").read_bytes()
    assert data[30:].startswith(b"mimetype" + MIMETYPE.encode())
    assert len(data) == packed.size


def test_packing_unpacking_and_packing_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    pack(folder, tmp_path / "a.annotated")
    unpacked = unpack(tmp_path / "a.annotated", tmp_path / "again")
    assert tree(tmp_path / "again") == {n: (folder / n).read_bytes() for n in PARTS}
    assert unpacked.files == PARTS
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    again = pack(tmp_path / "again", tmp_path / "b.annotated")
    assert again.left_out == ()
    assert (tmp_path / "a.annotated").read_bytes() == (tmp_path / "b.annotated").read_bytes()


def test_the_bytes_are_the_same_on_every_system(make_copy: MakeCopy, tmp_path: Path) -> None:
    pack(make_copy(annotations=WAR), tmp_path / "a.annotated")
    digest = sha256((tmp_path / "a.annotated").read_bytes()).hexdigest()
    assert digest == "008c2b0046eed8de4970400067d657bc0d45c78896c37ce6784c4d13d2b0d7cf"


@pytest.mark.parametrize("name", ["welcome", "russia-ukraine-2025"])
def test_the_shipped_copies_are_packed_and_opened(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.annotated"
    packed = pack(CONTENT / name, file)
    copy = open_copy(file)
    assert (copy.path, copy.revision) == (file, packed.copy.revision)
    assert copy.attachment.mentions == packed.copy.attachment.mentions
    assert copy.problems == packed.copy.problems


def test_a_copy_with_errors_is_not_packed(make_copy: MakeCopy, tmp_path: Path) -> None:
    file = tmp_path / "a.annotated"
    file.write_bytes(b"old")
    with pytest.raises(CannotPack, match="mend what `annotated-reader check` says first") as caught:
        pack(make_copy("A [war](#nowhere).\n\n![ ](figures/no.png)\n"), file)
    assert [problem.code for problem in caught.value.problems] == ["dead-link", "no-picture"]
    assert file.read_bytes() == b"old"


def test_a_warning_does_not_stop_it(make_copy: MakeCopy, tmp_path: Path) -> None:
    annotations = WAR.replace("[war]", "[war, peace]")
    packed = pack(make_copy(annotations=annotations), tmp_path / "a.annotated")
    assert [problem.code for problem in packed.copy.problems] == ["term-not-found"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("figures/aux.svg", "is a device's name on Windows"),
        ("figures/a?.svg", "has a sign in it that Windows does not allow"),
        ("figures/a .svg /b.svg", "ends with a space"),
        ("figures/a\u202eb.svg", "turn the direction of writing"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_a_name_that_not_every_system_has(folder: Path, name: str, says: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(PICTURE)
    with pytest.raises(CannotPack, match="give it another name") as caught:
        pack(folder, folder / "a.annotated")
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_names_that_differ_in_case_only(folder: Path) -> None:
    (folder / "figures" / "É.svg").write_bytes(PICTURE)
    if len(list((folder / "figures").glob("*.svg"))) < 3:
        pytest.skip("one name on this system")
    with pytest.raises(CannotPack, match="are the same on some systems"):
        pack(folder, folder / "a.annotated")


def test_a_name_that_the_system_keeps_in_pieces_is_packed_whole(
    make_copy: MakeCopy, tmp_path: Path
) -> None:
    apart = unicodedata.normalize("NFD", "figures/é.svg")
    folder = make_copy("A war.\n\n![A map.](figures/é.svg)\n")
    (folder / "figures").mkdir()
    (folder / apart).write_bytes(PICTURE)
    assert "figures/é.svg" in pack(folder, tmp_path / "a.annotated").files
    copy = open_copy(tmp_path / "a.annotated")
    assert copy.picture(apart) == copy.picture("figures/é.svg") is not None


@pytest.mark.skipif(os.name != "posix", reason="links are made on POSIX only")
def test_a_link_that_leads_out_stays_behind(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "figures" / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "figures" / "out").symlink_to(tmp_path)
    packed = pack(folder, tmp_path / "a.annotated")
    assert {"figures/link.png", "figures/out"} <= set(packed.left_out)
    assert b"secret" not in (tmp_path / "a.annotated").read_bytes()


def test_limits_hold_for_what_is_packed(folder: Path, tmp_path: Path) -> None:
    for limits in (Limits(files=3), Limits(file=30), Limits(total=100)):
        with pytest.raises(CannotPack, match=r"more than|the most"):
            pack(folder, tmp_path / "a.annotated", limits)
    assert not (tmp_path / "a.annotated").exists()


@pytest.mark.parametrize(
    ("what", "file", "says"),
    [
        ("copy", "a.zip", "“a.zip” has to end in .annotated; give it another name."),
        ("copy/article.md", "a.annotated", "“article.md” is not a folder; name the folder of"),
        ("nowhere", "a.annotated", "“nowhere” is not a folder"),
        ("copy", "copy.annotated", "“copy.annotated” could not be written ("),
    ],
)
def test_what_cannot_be_packed(folder: Path, what: str, file: str, says: str) -> None:
    (folder.parent / "copy.annotated").mkdir()
    with pytest.raises(CannotOpen) as caught:
        pack(folder.parent / what, folder.parent / file)
    assert str(caught.value).startswith(says)


# Unpacking.


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    return pack(folder, tmp_path / "a.annotated").file


def test_an_empty_folder_is_filled(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    unpack(file, tmp_path / "empty")
    assert sorted(tree(tmp_path / "empty")) == sorted(PARTS)


def test_a_folder_that_holds_something_is_left_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").touch()
    for name in ("full", "full/a", "no/where"):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(CannotOpen, match=r"name a folder|make it"):
            unpack(file, tmp_path / name)
        assert sorted(tmp_path.rglob("*")) == before


def test_what_a_copy_does_not_have_is_not_unpacked(file: Path, tmp_path: Path) -> None:
    with ZipFile(file, "a") as archive:
        for name in ("run.exe", ".git/config", "layers/a/b.jsonld", "figures/"):
            archive.writestr(ZipInfo(name), b"")
    unpacked = unpack(file, tmp_path / "out")
    assert unpacked.left_out == ("run.exe", ".git/config", "layers/a/b.jsonld")
    assert sorted(tree(tmp_path / "out")) == sorted(PARTS)


def test_a_copy_that_another_tool_deflated_is_unpacked(file: Path, tmp_path: Path) -> None:
    buffer = BytesIO()
    with ZipFile(file) as old, ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            kind = ZIP_STORED if entry.filename == "mimetype" else ZIP_DEFLATED
            new.writestr(entry.filename, old.read(entry), kind)
    (tmp_path / "b.annotated").write_bytes(buffer.getvalue())
    unpack(tmp_path / "b.annotated", tmp_path / "out")
    pack(tmp_path / "out", tmp_path / "c.annotated")
    assert (tmp_path / "c.annotated").read_bytes() == file.read_bytes()


def test_whoever_cancels_leaves_nothing(file: Path, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def progress(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        unpack(file, tmp_path / "out", progress=progress)
    assert sorted(tmp_path.iterdir()) == before
    with pytest.raises(Cancelled):
        keep(file, tmp_path / "store", progress=progress)
    (text,) = (tmp_path / "store").iterdir()
    assert list(text.iterdir()) == []


def test_progress_never_falls_and_comes_to_an_end(file: Path, tmp_path: Path) -> None:
    for do in (
        lambda said: unpack(file, tmp_path / "out", progress=said.append),
        lambda said: keep(file, tmp_path / "store", progress=said.append),
        lambda said: open_copy(file, said.append),
    ):
        said: list[float] = []
        do(said)
        assert said == sorted(said)
        assert said[-1] == 1.0


# Opening a file directly.


def test_pictures_of_a_file_last_as_long_as_the_copy(file: Path) -> None:
    copy = open_copy(file)
    picture = copy.picture("map.svg")
    assert picture is not None
    assert picture.read_bytes() == PICTURE
    del copy
    assert not picture.exists()


# Keeping.


def test_a_kept_copy_outlives_its_file(file: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    home = keep(file, store)
    file.unlink()
    assert home.parent.parent == store
    assert open_copy(home).manifest.title == "The Offer"


def test_the_same_file_is_unpacked_once(file: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    home = keep(file, store)
    (home / "mine.txt").touch()
    elsewhere = Path(shutil.copy(file, tmp_path / "other name.annotated"))
    assert keep(elsewhere, store) == home
    assert (home / "mine.txt").exists()


def test_revisions_lie_side_by_side(file: Path, folder: Path, tmp_path: Path) -> None:
    first = keep(file, tmp_path / "store")
    (folder / "map.svg").write_bytes(PICTURE + b"<!-- better -->")
    second = keep(pack(folder, file).file, tmp_path / "store")
    assert first != second
    assert first.parent == second.parent


def test_what_a_crash_left_is_swept_and_what_goes_on_is_not(file: Path, tmp_path: Path) -> None:
    text = tmp_path / "store" / "text"
    for name in (".old.unpacking", ".new.unpacking", "whole"):
        (text / name).mkdir(parents=True)
    old = time.time() - 7200
    os.utime(text / ".old.unpacking", (old, old))
    os.utime(text / "whole", (old, old))
    keep(file, tmp_path / "store")
    assert sorted(path.name for path in text.iterdir()) == [".new.unpacking", "whole"]


def test_many_threads_keep_one_file(file: Path, tmp_path: Path) -> None:
    homes: list[Path] = []
    threads = [
        threading.Thread(target=lambda: homes.append(keep(file, tmp_path / "store")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(homes) == 8
    (home,) = set(homes)
    assert sorted(tree(home)) == sorted(PARTS)
    assert [path.name for path in home.parent.iterdir()] == [home.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_store_that_may_not_be_written(file: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir(mode=0o500)
    with pytest.raises(CannotOpen, match="could not be taken into the library"):
        keep(file, tmp_path / "store")
