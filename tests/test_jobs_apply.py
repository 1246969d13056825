"""`annotated-reader apply`, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.copies.reading import open_copy

Output = pytest.CaptureFixture[str]

YAML = """\
annotations:
  - {id: tide, kind: definition, terms: [tide]}
  - {id: rise, kind: event, target: {exact: the coast’s tide rises}}
  - {id: fall, kind: event, target: {exact: the ebb of the morning}}
"""
TEXT = "Twice a day the coast's tide rises, and all is well.\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "set.yaml").write_text(YAML)
    (tmp_path / "text.txt").write_text(TEXT)
    return tmp_path


def apply(files: Path, *more: str) -> int:
    given = [str(files / "set.yaml"), "--to", str(files / "text.txt"), "-o", str(files / "new")]
    return main(["apply", *given, *more])


def test_a_copy_is_made_and_what_became_of_each_is_told(files: Path, capsys: Output) -> None:
    assert apply(files) == 0
    assert capsys.readouterr().out.splitlines() == [
        "terms       tide: 1 place",
        "moved       rise: 1 place",
        "            “the coast’s tide rises” → “the coast's tide rises”",
        "orphaned    fall: 0 places",
        "            “the ebb of the morning” → not found",
        f"3 annotations in {files / 'new'}: 1 moved, 1 orphaned, 1 terms.",
    ]
    assert [each.id for each in open_copy(files / "new").annotations] == ["tide", "rise", "fall"]
    assert main(["check", str(files / "new")]) == 1
    assert "annotations.yaml:4: The words “the ebb of the morning”" in capsys.readouterr().out


def test_a_script_gets_json(files: Path, capsys: Output) -> None:
    assert apply(files, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["folder"] == str(files / "new")
    assert report["counts"]["orphaned"] == 1
    assert report["annotations"][1] == {
        "id": "rise",
        "title": "Rise",
        "outcome": "moved",
        "mentions": 1,
        "quotes": [
            {
                "exact": "the coast’s tide rises",
                "state": "moved",
                "start": 12,
                "end": 34,
                "confidence": report["annotations"][1]["quotes"][0]["confidence"],
                "words": "the coast's tide rises",
                "linked": False,
            }
        ],
    }


def test_what_cannot_be_done_is_one_sentence(files: Path, capsys: Output) -> None:
    (files / "new").mkdir()
    (files / "new" / "mine.txt").write_text("mine")
    assert apply(files) == 1
    assert capsys.readouterr().err == (
        "“new” is there already; name a folder that is empty or not there yet.\n"
    )
    assert [each.name for each in (files / "new").iterdir()] == ["mine.txt"]
