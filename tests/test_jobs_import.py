"""`annotated-reader import`, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main
from reader.library.library import Library

Output = pytest.CaptureFixture[str]
TEXT = "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        f"format: 1\nid: {TEXT}\ntitle: The Harbour\ntext: article.md\n", "utf-8"
    )
    (folder / "article.md").write_text("# The Harbour\n\nThe tide rises twice a day.\n", "utf-8")
    return folder


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """What Hypothesis exports: one that fits, one whose words are gone, one on the page."""

    def row(identifier: str, exact: str) -> dict[str, Any]:
        selector = [{"type": "TextQuoteSelector", "exact": exact}] if exact else []
        return {
            "id": identifier,
            "uri": "https://example.org/harbour",
            "text": "A note.",
            "tags": ["sea"],
            "user": "acct:jane@hypothes.is",
            "created": "2025-02-03T04:05:06+00:00",
            "updated": "2025-02-03T04:05:06+00:00",
            "target": [{"selector": selector}],
        }

    path = tmp_path / "hypothesis.json"
    wanted = [row("a", "tide rises"), row("b", "words of old"), row("c", "")]
    path.write_text(json.dumps({"rows": wanted, "total": 3}), "utf-8")
    return path


def marks(home: Path) -> list[tuple[str, str, str]]:
    library = Library(home)
    try:
        return [(mark.selector.exact, mark.note, mark.creator) for mark in library.marks(TEXT)]
    finally:
        library.close()


def test_the_marks_are_in_the_library_and_each_is_told_of(
    home: Path, folder: Path, rows: Path, capsys: Output
) -> None:
    assert main(["import", str(rows), "--into", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "1 exact, 1 orphaned, 1 skipped\n"
        "Number 3 is about the page as a whole, and a mark belongs to a passage.\n"
    )
    assert marks(home) == [
        ("tide rises", "A note.", "jane@hypothes.is"),
        ("words of old", "A note.", "jane@hypothes.is"),
    ]
    assert main(["library", "list"]) == 0
    assert "The Harbour" in capsys.readouterr().out


def test_importing_twice_adds_nothing(home: Path, folder: Path, rows: Path, capsys: Output) -> None:
    main(["import", str(rows), "--into", str(folder)])
    before = marks(home)
    capsys.readouterr()
    assert main(["import", str(rows), "--into", TEXT]) == 0
    assert capsys.readouterr().out.startswith("2 known, 1 skipped\n")
    assert marks(home) == before


def test_the_report_is_json_for_programs(
    home: Path, folder: Path, rows: Path, capsys: Output
) -> None:
    assert main(["import", str(rows), "--into", str(folder), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {
        "exact": 1, "moved": 0, "doubtful": 0, "orphaned": 1, "renewed": 0, "known": 0,
        "skipped": 1,
    }  # fmt: skip
    first, _, third = report["annotations"]
    assert (first["number"], first["outcome"], first["quote"]) == (1, "exact", "tide rises")
    assert first["mark"].startswith("urn:uuid:")
    assert (third["mark"], third["outcome"]) == ("", "skipped")


def test_what_one_home_exports_another_takes_in(
    home: Path, folder: Path, rows: Path, tmp_path: Path
) -> None:
    main(["import", str(rows), "--into", str(folder)])
    for name in ("jsonld", "readium"):
        other, file = tmp_path / f"home-{name}", tmp_path / f"marks.{name}"
        assert main(["export", str(folder), "--format", name, "-o", str(file)]) == 0
        assert main([f"--home={other}", "import", str(file), "--into", str(folder)]) == 0
        assert marks(other) == marks(home)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "There is no file"),
        (b"[" * 100_000, "nested deeper"),
        (b"{}", "has no annotations that can be read"),
        (b"\xff\xfe\xfa", "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_and_changes_nothing(
    content: bytes | None, why: str, home: Path, folder: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "file.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["import", str(file), "--into", str(folder)]) == 1
    shown = capsys.readouterr()
    assert why in shown.err
    assert shown.err.count("\n") == 1
    assert marks(home) == []


def test_a_text_that_is_gone_takes_nothing_in(
    home: Path, folder: Path, rows: Path, tmp_path: Path, capsys: Output
) -> None:
    main(["import", str(rows), "--into", str(folder)])
    folder.rename(tmp_path / "elsewhere")
    assert main(["import", str(rows), "--into", TEXT]) == 1
    assert "The text of “The Harbour” is not at" in capsys.readouterr().err


def test_a_file_with_nothing_in_it_is_told(
    home: Path, folder: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "empty.json"
    file.write_text("[]")
    assert main(["import", str(file), "--into", str(folder)]) == 0
    assert "There are no annotations in “empty.json”" in capsys.readouterr().out


def test_what_is_about_another_text_is_told_once_with_its_title(
    home: Path, folder: Path, rows: Path, tmp_path: Path, capsys: Output
) -> None:
    main(["import", str(rows), "--into", str(folder)])
    file = tmp_path / "marks.jsonld"
    assert main(["export", str(folder), "-o", str(file)]) == 0
    other = tmp_path / "other.md"
    other.write_text("# Something else\n\nNothing of it.\n")
    capsys.readouterr()
    assert main(["import", str(file), "--into", str(other)]) == 0
    assert capsys.readouterr().out == (
        "2 skipped\n"
        "2 annotations are about another text: “The Harbour”; "
        f"import with --into {TEXT}.\n"
    )
