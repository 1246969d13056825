"""`annotated-reader export`, as somebody in a terminal or a script sees it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

from reader.__main__ import main
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.library import Library

Output = pytest.CaptureFixture[str]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        "format: 1\nid: urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11\n"
        "title: “Der Hafen” 𝒜\ntext: article.md\nauthors: [A. Lotse]\nlanguage: de\n",
        "utf-8",
    )
    (folder / "article.md").write_text(
        "# Der Hafen\n\n## Gezeiten\n\nDie Flut steigt zweimal. Die Ebbe auch.\n", "utf-8"
    )
    return open_copy(folder)


def mark(copy: Copy, words: str, number: int, **fields: object) -> Mark:
    start = copy.text.string.index(words)
    values: dict[str, object] = {"kind": MarkKind.HIGHLIGHT, "created": "2025-03-04T05:06:07Z"}
    return Mark(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        selector=selector_of(copy.text.string, start, start + len(words)),
        **(values | fields),  # type: ignore[arg-type]
    )


@pytest.fixture
def library(home: Path, copy: Copy) -> Iterator[Library]:
    """The user's library, with the copy and two marks in it."""
    library = Library(home)
    library.opened(copy)
    library.name_color(Color.YELLOW, "wichtig")
    library.save_marks(
        copy.manifest.id,
        [
            mark(copy, "Flut steigt", 1, kind=MarkKind.NOTE, note="Stimmt?", tags=("see",)),
            mark(copy, "Ebbe", 2, color=Color.PINK),
        ],
    )
    yield library
    library.close()


def test_the_notes_are_printed(library: Library, copy: Copy, capsys: Output) -> None:
    assert main(["export", str(copy.path)]) == 0
    text = capsys.readouterr().out
    assert text.startswith("---\ntitle: ")
    assert "\n## Gezeiten\n\n> Flut steigt\n" in text
    assert "\nStimmt?\n\n*wichtig* · #see\n" in text


@pytest.mark.parametrize(
    "name",
    ["urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11", "0B0E1F7A-6d0c-4f0e-9a51-3f1d2f9d7c11"],
)
def test_a_text_can_be_named_by_its_id(name: str, library: Library, capsys: Output) -> None:
    assert main(["export", name, "--format", "obsidian"]) == 0
    assert "\n## Gezeiten\n\n> Flut steigt\n" in capsys.readouterr().out


def test_a_file_is_merged_into_the_second_time(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    notes = tmp_path / "notes" / "Hafen.md"
    notes.parent.mkdir()
    assert main(["export", str(copy.path), "-o", str(notes)]) == 0
    assert capsys.readouterr().out == f"{notes}: 2 marks, 2 new\n"
    before = notes.read_bytes()

    assert main(["export", str(copy.path), "-o", str(notes)]) == 0
    assert capsys.readouterr().out == f"{notes}: 2 marks\n"
    assert notes.read_bytes() == before

    notes.write_text(before.decode().replace("Stimmt?", "Stimmt!") + "\nMein Text.\n", "utf-8")
    library.save_mark(copy.manifest.id, mark(copy, "zweimal", 3))
    library.delete_mark(copy.manifest.id, mark(copy, "Ebbe", 2).id)
    assert main(["export", str(copy.path), "-o", str(notes)]) == 0
    assert capsys.readouterr().out == f"{notes}: 2 marks, 1 new, 1 struck\n"
    text = notes.read_text("utf-8")
    assert "Stimmt!" in text
    assert "> zweimal\n" in text
    assert "> ~~Ebbe~~\n" in text
    assert text.endswith("\nMein Text.\n")


def test_in_a_folder_the_notes_get_a_name(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    assert main(["export", str(copy.path), "-o", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["“Der Hafen” 𝒜.md"]


def test_the_other_formats_lie_on_disk_as_they_should(
    library: Library, copy: Copy, tmp_path: Path
) -> None:
    files = {}
    for name in ("jsonld", "readium", "csv", "html"):
        files[name] = tmp_path / f"out.{name}"
        assert main(["export", str(copy.path), f"--format={name}", "-o", str(files[name])]) == 0
    assert len(json.loads(files["jsonld"].read_bytes())["items"]) == 2
    assert json.loads(files["readium"].read_bytes())["type"] == "AnnotationSet"
    data = files["csv"].read_bytes()
    assert data.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [row["Highlight"] for row in rows] == ["Flut steigt", "Ebbe"]
    html5lib.HTMLParser(strict=True).parse(files["html"].read_text("utf-8"))


def test_a_text_that_is_gone_leaves_its_marks(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    copy.path.rename(tmp_path / "elsewhere")
    assert main(["export", copy.manifest.id]) == 0
    text = capsys.readouterr().out
    assert "> Flut steigt\n" in text
    assert "\nauthors: [A. Lotse]\n" in text


def test_a_users_own_template_is_used(
    library: Library, copy: Copy, home: Path, capsys: Output
) -> None:
    (home / "templates").mkdir()
    (home / "templates" / "mine.md.j2").write_text(
        "{% macro head(document, tags, exported) %}Meine Notizen{% endmacro %}"
        "{% macro heading(level, title) %}{{ title }}{% endmacro %}"
        "{% macro entry(mark) %}* {{ mark.quote }}{% endmacro %}",
        "utf-8",
    )
    assert main(["export", str(copy.path), "--format", "mine"]) == 0
    assert capsys.readouterr().out.startswith("Meine Notizen\n\nGezeiten\n\n* Flut steigt\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere"], "There is no file or folder “nowhere”, and no text with that id"),
        (
            ["COPY", "--format", "nix"],
            "“nix”; there is: markdown, obsidian, zotero, jsonld, readium, csv, html, pdf",
        ),
        (["COPY", "--format", "csv", "-o", "COPY"], "could not be written"),
        (["COPY", "-o", "COPY/article.md/x.md"], "could not be"),
        (["COPY", "-o", "COPY/new/x.md"], "There is no folder"),
        (["COPY", "-o", "COPY/x.docx"], "The ending of “x.docx” says no format"),
        (["COPY", "--format", "html", "-o", "COPY/x.csv"], "of the format csv, not html"),
        (["COPY", "--format", "obsidian", "-o", "COPY/x.pdf"], "of the format pdf, not obsidian"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    arguments: list[str], why: str, library: Library, copy: Copy, capsys: Output
) -> None:
    given = [word.replace("COPY", str(copy.path)) for word in arguments]
    assert main(["export", *given]) == 1
    shown = capsys.readouterr()
    assert why in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.csv", b"Highlight,Title"),
        ("a.HTM", b"<!DOCTYPE html>"),
        ("a.jsonld", b"{"),
        ("a.annotation", b"{"),
        ("a.md", b"---\n"),
        ("a", b"---\n"),
    ],
)
def test_the_ending_says_the_format_and_what_is_not_ours_stays(
    name: str, begins: bytes, library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / name
    export = ["export", str(copy.path), "-o", str(file)]
    assert main(export) == 0
    assert file.read_bytes().startswith(begins)
    assert main(export) == 0, "a file of ours may be written again"
    if name.endswith("md") or "." not in name:
        return
    file.write_bytes(b"mine, and nobody else's\n")
    capsys.readouterr()
    assert main(export) == 1
    assert "--force" in capsys.readouterr().err
    assert file.read_bytes() == b"mine, and nobody else's\n"
    assert main([*export, "--force"]) == 0
    assert file.read_bytes().startswith(begins)


def test_notes_are_merged_into_texts_alone(
    library: Library, copy: Copy, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "program.py"
    file.write_text("print()\n")
    export = ["export", str(copy.path), "--format", "markdown", "-o", str(file)]
    assert main(export) == 1
    assert "no file of notes" in capsys.readouterr().err
    assert file.read_text() == "print()\n"
    file.write_text("")
    assert main(export) == 0
    assert main(export) == 0


def test_nothing_of_it_needs_qt_or_a_screen(library: Library, copy: Copy) -> None:
    code = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        "from reader.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "export", str(copy.path), "--format", "html"],
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "Die Flut" not in done.stderr.decode()
    html5lib.HTMLParser(strict=True).parse(done.stdout.decode("utf-8"))


@pytest.mark.parametrize("name", ["markdown", "csv", "html", "jsonld", "readium"])
def test_tags_and_notes_go_out_alike_in_every_format(
    name: str, library: Library, copy: Copy, capsys: Output
) -> None:
    untidy = mark(copy, "zweimal", 4, kind=MarkKind.NOTE, note="Oft.\n\n\n", tags=("tide-",))
    library.save_mark(copy.manifest.id, untidy)
    assert main(["export", str(copy.path), "--format", name]) == 0
    written = capsys.readouterr().out
    assert "tide" in written
    assert "tide-" not in written
    assert "Oft.\\n" not in written
    assert "Oft.\n\n\n" not in written
