"""A copy that is edited in the window while other programs are at its files too."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations.model import Annotation, Image, Kind
from reader.annotations.writing.errors import CannotEdit
from reader.copies.editing import CopyEditor
from reader.copies.reading import open_copy

YAML = """\
# By hand
annotations:

  - id: offer
    kind: event   # of June
    title: The offer
    terms: [Offer]

  - id: war
    kind: definition
    title: War
    terms: [war]
    body: A war.
    see: [offer]
"""
NEW = Annotation("attrition", Kind.DEFINITION, "Attrition", "Slow.", terms=("attrition",))

MakeCopy = Callable[..., Path]


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    return make_copy(annotations=YAML)


def on_disk(folder: Path) -> str:
    return (folder / "annotations.yaml").read_bytes().decode()


def change_outside(folder: Path, old: str, new: str) -> None:
    source = on_disk(folder)
    assert old in source
    (folder / "annotations.yaml").write_bytes(source.replace(old, new).encode())


def test_changes_are_on_the_disk_and_can_be_undone_byte_for_byte(folder: Path) -> None:
    editor = CopyEditor(folder)
    sources = [on_disk(folder)]
    war = editor.annotations["war"]
    for change in (
        lambda: editor.add(NEW),
        lambda: editor.replace("war", replace(war, title="The war")),
        lambda: editor.rename("offer", "the-offer"),
        lambda: editor.delete("the-offer"),
    ):
        assert change() is None
        sources.append(on_disk(folder))
    assert len(set(sources)) == 5
    assert {each.id for each in open_copy(folder).annotations} == {"war", "attrition"}
    for source in reversed(sources[:-1]):
        assert editor.can_undo
        assert editor.undo() is None
        assert on_disk(folder) == source
    assert not editor.can_undo
    for source in sources[1:]:
        assert editor.redo() is None
        assert on_disk(folder) == source
    assert not editor.can_redo
    assert list(editor.annotations) == ["war", "attrition"]


def test_a_new_change_ends_what_could_be_redone(folder: Path) -> None:
    editor = CopyEditor(folder)
    editor.add(NEW)
    editor.undo()
    editor.delete("war")
    assert not editor.can_redo


def test_what_others_change_elsewhere_is_taken_over(folder: Path) -> None:
    editor = CopyEditor(folder)
    war = editor.annotations["war"]
    change_outside(folder, "title: The offer", "title: An offer  # softer")
    change_outside(folder, "# By hand", "# By two hands")
    assert editor.changed_outside()
    assert editor.replace("war", replace(war, body="A long war.")) is None
    assert on_disk(folder) == YAML.replace("title: The offer", "title: An offer  # softer").replace(
        "# By hand", "# By two hands"
    ).replace("A war.", "A long war.")
    assert editor.annotations["offer"].title == "An offer"
    change_outside(folder, "An offer", "One offer")
    assert editor.undo() is None
    assert "One offer" in on_disk(folder)
    assert "body: A war." in on_disk(folder)


def test_a_new_entry_and_a_deleted_one_join_with_what_others_added(folder: Path) -> None:
    editor = CopyEditor(folder)
    with (folder / "annotations.yaml").open("a") as file:
        file.write("\n  - id: theirs\n    kind: place\n    terms: [June]\n")
    assert editor.add(NEW) is None
    assert list(editor.annotations) == ["offer", "war", "attrition", "theirs"]
    with (folder / "annotations.yaml").open("a") as file:
        file.write("\n  - id: more\n    kind: place\n    terms: [July]\n")
    assert editor.delete("war") is None
    assert list(editor.annotations) == ["offer", "attrition", "theirs", "more"]


def test_line_ends_that_another_program_changes_are_no_conflict(folder: Path) -> None:
    editor = CopyEditor(folder)
    change_outside(folder, "\n", "\r\n")
    war = editor.annotations["war"]
    assert editor.replace("war", replace(war, body="One.\n\nTwo.")) is None
    assert on_disk(folder).replace("\r\n", "").count("\n") == 0
    assert editor.annotations["war"].body == "One.\n\nTwo."


def test_the_same_entry_changed_twice_is_a_conflict_and_both_are_handed_back(folder: Path) -> None:
    editor = CopyEditor(folder)
    war = editor.annotations["war"]
    change_outside(folder, "A war.", "Their war.")
    theirs = on_disk(folder)
    conflict = editor.replace("war", replace(war, body="My war."))
    assert conflict is not None
    (difference,) = conflict.differences
    assert difference.id == "war"
    assert [
        each and each.body for each in (difference.base, difference.ours, difference.theirs)
    ] == [
        "A war.",
        "My war.",
        "Their war.",
    ]
    assert on_disk(folder) == theirs
    editor.keep_ours(conflict)
    assert on_disk(folder) == YAML.replace("A war.", "My war.")
    editor.undo()
    assert on_disk(folder) == theirs


def test_keeping_theirs_is_reading_the_file_again(folder: Path) -> None:
    editor = CopyEditor(folder)
    change_outside(folder, "A war.", "Their war.")
    assert editor.delete("war") is not None
    assert editor.reload() == {"war"}
    assert editor.annotations["war"].body == "Their war."
    assert not editor.can_undo


def test_a_conflict_shows_though_the_file_was_read_again_meanwhile(folder: Path) -> None:
    editor = CopyEditor(folder)
    seen = editor.annotations["war"]
    change_outside(folder, "A war.", "Their war.")
    editor.reload()
    conflict = editor.replace("war", replace(seen, body="My war."), seen=seen)
    assert conflict is not None
    assert "Their war." in on_disk(folder)
    editor.keep_ours(conflict)
    assert editor.annotations["war"].body == "My war."


def test_an_entry_that_others_have_deleted_can_be_kept(folder: Path) -> None:
    editor = CopyEditor(folder)
    war = editor.annotations["war"]
    (folder / "annotations.yaml").write_text(YAML[: YAML.index("\n  - id: war")])
    conflict = editor.replace("war", replace(war, body="My war."))
    assert conflict is not None
    assert conflict.differences[0].theirs is None
    editor.keep_ours(conflict)
    assert editor.annotations["war"].body == "My war."
    assert editor.annotations.keys() == {"offer", "war"}


def test_the_same_change_made_by_both_is_none(folder: Path) -> None:
    editor = CopyEditor(folder)
    war = editor.annotations["war"]
    change_outside(folder, "A war.", "Our war.")
    assert editor.replace("war", replace(war, body="Our war.")) is None


def test_a_file_that_cannot_be_read_is_not_written_and_can_be_later(folder: Path) -> None:
    editor = CopyEditor(folder)
    change_outside(folder, "title: War", "title: [War")
    broken = on_disk(folder)
    with pytest.raises(CannotEdit, match=r"annotations\.yaml, line 1[0-9]"):
        editor.add(NEW)
    with pytest.raises(CannotEdit, match="line"):
        editor.reload()
    assert on_disk(folder) == broken
    change_outside(folder, "title: [War", "title: War")
    assert editor.add(NEW) is None
    with pytest.raises(CannotEdit, match="taken already"):
        editor.add(NEW)


def test_a_copy_without_annotations_can_have_its_first(make_copy: MakeCopy) -> None:
    folder = make_copy()
    editor = CopyEditor(folder)
    assert editor.add(NEW) is None
    copy = open_copy(folder)
    assert [each.id for each in copy.annotations] == ["attrition"]
    assert copy.problems == ()
    editor.undo()
    assert open_copy(folder).problems == ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written_is_said(folder: Path) -> None:
    editor = CopyEditor(folder)
    folder.chmod(0o500)
    try:
        with pytest.raises(CannotEdit, match="could not be written"):
            editor.add(NEW)
    finally:
        folder.chmod(0o700)
    assert on_disk(folder) == YAML


def test_annotations_that_lead_out_of_the_copy_are_not_written(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(YAML)
    (folder / "annotations.yaml").unlink()
    (folder / "annotations.yaml").symlink_to(outside)
    with pytest.raises(CannotEdit, match="leads out of the copy"):
        CopyEditor(folder)


def test_what_the_copy_says_of_itself_can_be_set(folder: Path) -> None:
    CopyEditor(folder).set_document(title="Another title", revision=3)
    manifest = open_copy(folder).manifest
    assert (manifest.title, manifest.revision) == ("Another title", 3)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20).to_bytes(4) + (10).to_bytes(4)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"


def test_a_picture_lies_in_the_copy_under_a_safe_name_of_its_kind(
    folder: Path, tmp_path: Path
) -> None:
    editor = CopyEditor(folder)
    picture = tmp_path / "Карта: 1.jpeg"
    picture.write_bytes(PNG)
    image = editor.add_picture(picture, " A map ", "June")
    assert image == Image("figures/karta-1.png", "A map", "June")
    assert (folder / image.file).read_bytes() == PNG
    assert editor.add_picture(picture, "A map").file == image.file
    assert editor.add_picture_data(PNG + b"2", "karta 1", "M").file == "figures/karta-1-2.png"
    assert editor.add_picture_data(SVG, "東京", "M").file == "figures/figure.svg"
    editor.replace("war", replace(editor.annotations["war"], image=image))
    assert open_copy(folder).problems == ()


@pytest.mark.parametrize(
    ("data", "alt", "said"),
    [
        (PNG, " ", "Say in a few words what the picture “a.png” shows"),
        (b"GIF89a", "A", "not a picture that can be shown"),
        (b"words", "A", "not a picture that can be shown"),
        (SVG.replace(b"<rect", b"<image href='http://x/y.png'/><rect"), "A", "save it as a plain"),
        (PNG[:16] + (99999).to_bytes(4) * 2, "A", "99,999 × 99,999 pixels"),
    ],
)
def test_a_picture_that_would_not_be_shown_is_refused(
    folder: Path, data: bytes, alt: str, said: str
) -> None:
    with pytest.raises(CannotEdit, match=said):
        CopyEditor(folder).add_picture_data(data, "a.png", alt)
    assert not list(folder.glob("figures/*"))


def test_ids_are_new(folder: Path) -> None:
    editor = CopyEditor(folder)
    assert editor.new_id("War") == "war-2"
    assert editor.new_id("戦争", "event") == "event-1"


def test_a_line_belongs_to_the_entry_that_it_stands_in(tmp_path: Path) -> None:
    source = (
        "annotations:\n  # first\n  - id: one\n    kind: place\n    terms: [a]\n"
        "  - kind: place\n    id: two\n    body: |\n      more\n"
    )
    (tmp_path / "annotations.yaml").write_text(source)
    editor = CopyEditor(tmp_path)
    lines = [editor.entry_at(line) for line in range(1, 10)]
    assert lines == ["", "", "one", "one", "one", "two", "two", "two", "two"]
