"""`annotated-reader library`, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.library import Library

Output = pytest.CaptureFixture[str]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    path = tmp_path / "harbour.md"
    path.write_text("# The Harbour\n\nThe tide rises twice a day.\n", "utf-8")
    return open_copy(path)


@pytest.fixture
def library(home: Path, copy: Copy) -> Iterator[Library]:
    library = Library(home)
    library.opened(copy)
    library.index_text(copy)
    note = Mark(
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        MarkKind.NOTE,
        selector_of(copy.text.string, 17, 27),
        note="Why twice?",
    )
    library.save_mark(copy.manifest.id, note)
    yield library
    library.close()


def test_every_text_is_listed(library: Library, copy: Copy, capsys: Output) -> None:
    assert main(["library", "list"]) == 0
    assert capsys.readouterr().out == (f"The Harbour\n  {copy.manifest.id}, 0% read, 1 mark\n")
    assert main(["library", "list", "--json"]) == 0
    [text] = json.loads(capsys.readouterr().out)
    assert text["id"] == copy.manifest.id
    assert text["path"] == str(copy.path)
    assert text["notes"] == 1
    assert datetime.fromisoformat(text["opened"]).tzinfo is not None


def test_the_home_may_be_named_anywhere(
    library: Library, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("ANNOTATED_READER_HOME", str(tmp_path / "empty"))
    for words in (
        ["--home", str(home), "library", "list"],
        ["library", "--home", str(home), "list"],
        ["library", "list", "--home", str(home)],
    ):
        assert main(words) == 0
        assert "The Harbour" in capsys.readouterr().out


def test_nothing_to_search_for_is_told(library: Library, capsys: Output) -> None:
    assert main(["library", "search", ""]) == 1
    assert capsys.readouterr().err.startswith("Name the words to search for")


def test_texts_and_notes_are_searched(library: Library, copy: Copy, capsys: Output) -> None:
    assert main(["library", "search", "tide", "ris"]) == 0
    assert "The tide rises twice a day." in capsys.readouterr().out
    assert main(["library", "search", "--json", "twice"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert {hit["where"] for hit in hits} == {"text", "note"}
    for hit in hits:
        assert hit["text_id"] == copy.manifest.id
        start, end = hit["found"][0]
        assert hit["snippet"][start:end].lower() == "twice"
    assert main(["library", "search", "nowhere", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_snapshot_is_gone_back_to(
    home: Path, library: Library, copy: Copy, capsys: Output
) -> None:
    assert main(["library", "snapshots", "--json"]) == 0
    snapshots = json.loads(capsys.readouterr().out)
    assert [each["number"] for each in snapshots] == list(range(1, len(snapshots) + 1))
    with_marks = next((each["number"] for each in snapshots if each["marks"] == 1), None)
    library.delete_mark(copy.manifest.id, "urn:uuid:00000000-0000-4000-8000-000000000001")
    number = with_marks or 1
    assert main(["library", "restore", str(number)]) == 0
    assert "what it was until now is a snapshot too" in capsys.readouterr().out
    assert main(["library", "snapshots"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(snapshots) + 1
    assert len(library.marks(copy.manifest.id)) == snapshots[number - 1]["marks"]


@pytest.mark.parametrize("number", ["0", "-1", "99"])
def test_a_snapshot_that_is_not_there_is_told(
    number: str, library: Library, capsys: Output
) -> None:
    assert main(["library", "restore", "--", number]) == 1
    assert capsys.readouterr().err == (
        f"There is no snapshot {number}; `library snapshots` lists them.\n"
    )


@pytest.mark.parametrize("arguments", [[], ["burn"], ["search"], ["restore", "x"]])
def test_what_is_no_job_of_the_librarys_is_a_wrong_call(
    arguments: list[str], home: Path, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["library", *arguments])
    assert caught.value.code == 2
    assert "usage: annotated-reader library" in capsys.readouterr().err


def test_a_library_that_cannot_be_opened_is_told_in_one_sentence(
    tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "home").write_text("a file")
    assert main(["--home", str(tmp_path / "home"), "library", "list"]) == 1
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert shown.out == ""
