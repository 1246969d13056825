"""The guides: every link and picture leads somewhere, and what they give as examples is right."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from reader.annotations import fields
from reader.annotations.model import Kind
from reader.annotations.reading import read_annotations
from reader.copies.manifest_reading import read_manifest
from reader.copies.reading import open_copy
from reader.problems import Problem

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ROOT / "docs" / "guide"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))

needs_qt = pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="reads the commands")

LINK = re.compile(r"(!?)\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^()\s]+)(?: \"[^\"]*\")?\)")
CODE = re.compile(r"^```.*?^```|^ {4}.*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def links(page: Path) -> Iterator[tuple[bool, str]]:
    """The links and pictures of a page, code left out: whether it is a picture, and its target."""
    for found in LINK.finditer(CODE.sub("", page.read_text("utf-8"))):
        yield bool(found[1]), found[2]


def headings(page: Path) -> set[str]:
    """What links call the headings of a page, as GitHub has it."""
    words = CODE.sub("", page.read_text("utf-8"))
    named = re.findall(r"^#+ (.+)$", words, re.MULTILINE)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", r"\1", name).casefold() for name in named)
    return {re.sub(r"[^\w\- ]", "", name).strip().replace(" ", "-") for name in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for is_picture, target in links(page):
        if re.match(r"https?:|mailto:", target):
            continue
        file, _, heading = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if heading:
            assert heading in headings(there), target
        if is_picture:
            assert there.suffix in (".png", ".svg"), target


def test_every_picture_that_is_drawn_is_shown_somewhere() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for is_picture, target in links(page)
        if is_picture
    }
    drawn = set((ROOT / "docs" / "screenshots").iterdir())
    twins = {file.with_name(file.name.replace("-light.", "-dark.")) for file in shown}
    assert {file.name for file in drawn - shown - twins} == set()
    assert sum(file.stat().st_size for file in drawn) < 8_000_000


def blocks(page: Path) -> dict[str, str]:
    """The code blocks of a page that stand below the name of a file."""
    named = re.finditer(r"`([\w.]+)`:\n\n```\w+\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    return {found[1]: found[2] for found in named}


def test_the_example_of_the_reference_is_a_copy_without_fault(tmp_path: Path) -> None:
    files = blocks(GUIDES / "authors-reference.md")
    assert files.keys() == {"document.yaml", "article.md", "annotations.yaml"}
    for name, words in files.items():
        (tmp_path / name).write_text(words, "utf-8")
    copy = open_copy(tmp_path)
    assert [problem.sentence for problem in copy.problems] == []
    assert {each.kind for each in copy.annotations} == set(Kind)
    assert all(copy.attachment.of(each.id) for each in copy.annotations)


def needed(table: fields.Fields, but: str) -> list[str]:
    return [
        f"{name}: {field.example}"
        for name, field in table.items()
        if field.required and name != but
    ]


@pytest.mark.parametrize("name", fields.DOCUMENT)
def test_every_example_of_a_field_of_the_document_is_right(name: str) -> None:
    lines = [*needed(fields.DOCUMENT, name), f"{name}: {fields.DOCUMENT[name].example}"]
    problems: list[Problem] = []
    read_manifest("\n".join(lines), problems)
    assert problems == []


OTHERS = {"target": fields.TARGET, "chart": fields.CHART, "image": fields.IMAGE}
CASES = [("", name) for name in fields.ANNOTATION]
CASES += [(whole, name) for whole, table in OTHERS.items() for name in table]


@pytest.mark.parametrize(("whole", "name"), CASES)
def test_every_example_of_a_field_of_an_annotation_is_right(whole: str, name: str) -> None:
    table = OTHERS.get(whole, fields.ANNOTATION)
    lines = [*needed(table, name), f"{name}: {table[name].example}"]
    if whole:
        inside = [f"      {line}" for line in lines]
        lines = ["id: tide", "kind: figure", f"{whole}:", *(line[2:] for line in inside)]
    entry = "\n".join(f"    {line}" for line in lines)
    read = read_annotations(f"annotations:\n  -{entry[3:]}\n")
    assert read.problems == []
    assert len(read.annotations) == 1


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guides_script", ROOT / "build" / "guides.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_qt
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_is_generated_is_fresh(script: ModuleType, page: Path) -> None:
    words = page.read_text("utf-8")
    assert script.renewed(words) == words, "make guides"


def test_the_reference_tells_of_every_field() -> None:
    words = (GUIDES / "authors-reference.md").read_text("utf-8")
    for part, table in {
        "document.yaml": fields.DOCUMENT,
        "annotation": fields.ANNOTATION,
        **OTHERS,
    }.items():
        told = words.split(f"<!-- generated: {part} -->", 1)[1].split("<!-- end -->", 1)[0]
        assert re.findall(r"^\| `([\w-]+)` \|", told, re.MULTILINE) == list(table)
        assert told.count("**Needed.**") == sum(field.required for field in table.values())


@needs_qt
def test_an_old_guide_is_called_stale_and_is_renewed(
    script: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    guide = tmp_path / "kinds.md"
    guide.write_text("# Kinds\n\n<!-- generated: kinds -->\nold\n<!-- end -->\n\nMine.\n", "utf-8")
    assert script.main(["--check"]) == 1
    assert "kinds.md can be renewed: make guides" in capsys.readouterr().err
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    words = guide.read_text("utf-8")
    assert "`definition`, `person`" in words
    assert words.endswith("<!-- end -->\n\nMine.\n")
