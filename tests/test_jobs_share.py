"""`annotated-reader share`, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.copies.layer_writing import write_layer
from reader.copies.layers import layer_of
from reader.copies.reading import open_copy
from reader.library.library import Library

Output = pytest.CaptureFixture[str]
TEXT = "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11"


def mark(copy: Copy, words: str, number: int, note: str = "", tag: str = "") -> Mark:
    start = copy.text.string.index(words)
    return Mark(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        kind=MarkKind.NOTE if note else MarkKind.HIGHLIGHT,
        selector=selector_of(copy.text.string, start, start + len(words)),
        note=note,
        tags=(tag,) if tag else (),
    )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        f"format: 1\nid: {TEXT}\ntitle: The Harbour\ntext: article.md\n", "utf-8"
    )
    (folder / "article.md").write_text("The tide rises twice.\n\n![A chart.](a.png)\n", "utf-8")
    (folder / "a.png").write_bytes(b"png")
    (folder / "annotations.yaml").write_text(
        "annotations:\n- {id: tide, kind: definition, terms: [tide]}\n"
        "- {id: why, kind: question, target: text}\n"
    )
    made = open_copy(folder)
    write_layer(folder, layer_of("Group B", "Teacher", [mark(made, "tide", 9)]), TEXT)
    return open_copy(folder)


@pytest.fixture
def library(home: Path, copy: Copy) -> Iterator[Library]:
    """The user's library, with the copy and two marks in it."""
    library = Library(home)
    library.opened(copy)
    library.save_marks(TEXT, [mark(copy, "rises", 1), mark(copy, "twice", 2, "Really?", "exam")])
    yield library
    library.close()


def test_a_dry_run_tells_all_and_writes_nothing(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    before = sorted(tmp_path.iterdir())
    words = ["share", str(copy.path), "--dry-run", "--layer", "group b", "--mine", "all"]
    assert main([*words, "--as", "Me"]) == 0
    assert capsys.readouterr().out == (
        "text: The Harbour\n"
        "annotations: 1 definition\n"
        "annotations: 1 question\n"
        "figure: a.png, 3 bytes\n"
        "layer: Group B, 1 mark by Teacher\n"
        "mine, as Me: 1 highlight, 1 note\n"
        "note: Really?\n"
    )
    assert sorted(tmp_path.iterdir()) == before


def test_json_tells_the_same_to_a_program(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "a.annotated"
    words = ["share", TEXT, "-o", str(file), "--layer", "group-b", "--no-questions", "--json"]
    assert main([*words, "--mine", "--as", "Me", "--no-figures"]) == 0
    told = json.loads(capsys.readouterr().out)
    got = open_copy(file)
    files = told.pop("files")
    assert sum(each["bytes"] for each in files) == told.pop("bytes")
    assert [each["name"] for each in files] == [
        "annotations.yaml",
        "article.md",
        "document.yaml",
        "layers/group-b.jsonld",
        "layers/me.jsonld",
    ]
    assert told == {
        "file": str(file),
        "id": TEXT,
        "title": "The Harbour",
        "annotations": {"definition": 1},
        "left_out": 1,
        "figures": [],
        "layers": [{"id": "group-b", "name": "Group B", "creators": ["Teacher"], "marks": 1}],
        "mine": {"name": "Me", "marks": {"highlight": 1}, "notes": []},
        "notices": [],
    }
    assert [layer.name for layer in got.layers] == ["Group B", "Me"]
    assert list(got.by_id) == ["tide"]


def test_only_marks_with_a_tag_go(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "a.annotated"
    words = ["share", str(copy.path), "-o", str(file), "--mine", "all", "--tag", "#exam"]
    assert main([*words, "--as", "Me"]) == 0
    size = file.stat().st_size
    assert capsys.readouterr().out.startswith(f"{file}: 5 files, {size:,} bytes\n")
    assert [each.note for each in open_copy(file).layers[0].marks] == ["Really?"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say where to: -o FILE, or --dry-run to see what would be written."),
        (["--dry-run", "--layer", "A"], "There is no layer “A”; there is “Group B”."),
        (["--dry-run", "--mine"], "Your marks go along under a name; say which with --as NAME."),
        (["-o", "a.zip"], "“a.zip” has to end in .annotated; give it another name."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    library: Library, copy: Copy, words: list[str], said: str, capsys: Output
) -> None:
    assert main(["share", str(copy.path), *words]) == 1
    assert capsys.readouterr().err == f"{said}\n"


def test_what_was_shared_opens_in_another_home_with_its_layers(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "a.annotated"
    assert main(["share", str(copy.path), "-o", str(file), "--mine", "all", "--as", "Me"]) == 0
    capsys.readouterr()
    assert main(["--home", str(tmp_path / "other"), "inspect", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["layers"] == [
        {"id": "me", "name": "Me", "creator": "Me", "marks": 2}
    ]
    other = Library(tmp_path / "other")
    try:
        assert list(other.marks(TEXT)) == []
    finally:
        other.close()
