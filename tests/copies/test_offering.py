"""The copies in a folder for everybody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.copies.offering import offers
from reader.copies.packing import pack

ID = "urn:uuid:00000000-0000-4000-8000-00000000000{}"


def write(folder: Path, number: int, title: str = "A text", revision: int = 1) -> Path:
    folder.mkdir(parents=True)
    (folder / "document.yaml").write_text(
        f"format: 1\nid: {ID.format(number)}\ntitle: {title}\nrevision: {revision}\n"
        "text: article.md\n",
        "utf-8",
    )
    (folder / "article.md").write_text("# A text\n\nWith words.\n", "utf-8")
    return folder


def test_folders_and_files_are_offered_by_their_names(tmp_path: Path) -> None:
    school = tmp_path / "school"
    write(school / "2 rivers", 1, "On rivers")
    pack(write(tmp_path / "mountains", 2, "On mountains"), school / "1 mountains.annotated")
    found = offers(school)
    assert [(offer.path, offer.manifest.title) for offer in found] == [
        (school / "1 mountains.annotated", "On mountains"),
        (school / "2 rivers", "On rivers"),
    ]


def test_the_newest_revision_is_offered(tmp_path: Path) -> None:
    school = tmp_path / "school"
    for name, revision in (("a", 2), ("b", 3), ("c", 1)):
        write(school / name, 1, revision=revision)
    [found] = offers(school)
    assert (found.path.name, found.manifest.revision) == ("b", 3)


def test_what_is_no_copy_or_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "good", 1)
    (tmp_path / "notes.txt").write_text("a file")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.annotated").write_bytes(b"no container")
    for name, words in (("bad yaml", b"id: ["), ("nameless", b"title: x"), ("binary", b"\xff\0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "document.yaml").write_bytes(words)
    write(tmp_path / "huge", 2)
    with (tmp_path / "huge/document.yaml").open("ab") as file:
        file.truncate(1 << 31)
    assert [offer.path.name for offer in offers(tmp_path)] == ["good"]


@pytest.mark.parametrize("place", ["missing", "file", "file/below", "nul\0"])
def test_a_folder_that_is_not_there_offers_nothing(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("a file")
    assert offers(tmp_path / place) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_looking_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "school/rivers", 1)
    pack(tmp_path / "school/rivers", tmp_path / "school/rivers.annotated")
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    for folder in (tmp_path / "school/rivers", tmp_path / "school"):
        folder.chmod(0o555)
    assert len(offers(tmp_path / "school")) == 1
    for folder in (tmp_path / "school", tmp_path / "school/rivers"):
        folder.chmod(0o755)
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before
