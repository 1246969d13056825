"""Copies that are made: of files, of the clipboard's words, of other copies."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reader.copies.making import make_copy
from reader.copies.manuscripts import from_copy, from_words, manuscript
from reader.copies.packing import pack
from reader.copies.reading import open_copy
from reader.problems import CannotOpen

CONTENT = Path(__file__).parents[2] / "content"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
PLAIN = """\
THE HARBOUR

The tide *rises* twice a day, and [falls] twice.
It was 1 < 2.

(1) first
(2) second

It is cold.
"""

MakeCopy = Callable[..., Path]


def test_a_plain_text_becomes_a_copy_with_the_same_words(tmp_path: Path) -> None:
    source = tmp_path / "harbour.txt"
    source.write_text(PLAIN, "utf-8")
    made = make_copy(manuscript(source), tmp_path / "copy", language="en", today=date(2025, 6, 1))
    copy = open_copy(made.folder)
    assert copy.text.string == open_copy(source).text.string
    assert copy.problems == ()
    assert copy.annotations == ()
    assert copy.manifest.id == made.id
    assert made.id.startswith("urn:uuid:")
    assert (copy.manifest.title, copy.manifest.language) == ("THE HARBOUR", "en")
    assert copy.manifest.date == "2025-06-01"
    assert sorted(each.name for each in made.folder.iterdir()) == [
        "annotations.yaml",
        "article.md",
        "document.yaml",
        "figures",
    ]
    assert made.notices == (
        "What stood before 2 list items became bullets, for Markdown has no other signs.",
    )


def test_two_copies_of_a_text_are_two_texts(tmp_path: Path) -> None:
    text = from_words(PLAIN)
    assert make_copy(text, tmp_path / "a").id != make_copy(text, tmp_path / "b").id


def test_markdown_comes_as_it_is_with_its_pictures(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    words = (
        "# Tide\r\n\r\n![A map.](maps/sea.svg)\r\n\r\n![B](../b.png)\r\n\r\n"
        "![C](https://example.org/c.png)\r\n\r\n![D](d.gif)\r\n\r\n![E](e.png)\r\n\r\n"
        "![F](f.svg)\r\n"
    )
    source.write_bytes(words.encode())
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "sea.svg").write_bytes(SVG)
    (tmp_path / "d.gif").write_bytes(b"GIF89a")
    (tmp_path / "f.svg").write_bytes(SVG.replace(b"/>", b"><image href='http://x/'/></svg>"))
    made = make_copy(manuscript(source), tmp_path / "copy")
    assert (made.folder / "article.md").read_bytes().decode() == words
    assert (made.folder / "maps" / "sea.svg").read_bytes() == SVG
    said = " ".join(made.notices)
    for name in ("../b.png", "https://example.org/c.png", "d.gif", "e.png", "f.svg"):
        assert f"“{name}”" in said
    assert len(made.notices) == 5


def test_a_copy_of_a_copy_is_another_edition(tmp_path: Path) -> None:
    original = open_copy(CONTENT / "welcome")
    made = make_copy(from_copy(original), tmp_path / "mine", authors=["A. Lotse"])
    copy = open_copy(made.folder)
    assert copy.problems == ()
    assert copy.annotations == original.annotations
    assert copy.text == original.text
    assert copy.manifest.id != original.manifest.id
    assert copy.manifest.authors == ("A. Lotse",)
    document = (made.folder / "document.yaml").read_text("utf-8")
    assert f"derived-from: {original.manifest.id}\n" in document
    assert len(list((made.folder / "figures").iterdir())) == 3


def test_a_copy_can_be_made_of_a_packed_one_and_without_its_annotations(tmp_path: Path) -> None:
    packed = tmp_path / "w.annotated"
    pack(CONTENT / "welcome", packed)
    made = make_copy(manuscript(packed, annotations=False), tmp_path / "mine")
    copy = open_copy(made.folder)
    assert copy.text.string == open_copy(CONTENT / "welcome").text.string
    assert [each.id for each in copy.annotations] == ["footnote-1"]
    assert copy.problems == ()  # no link leads to what is not there


@pytest.mark.parametrize(
    ("words", "markdown", "title", "string"),
    [
        ("The tide\nrises.\n", False, "The tide rises.", "The tide rises."),
        ("# Tide\n\nIt *rises*.", True, "Tide", "Tide\nIt rises."),
        ("# Tide\n\nIt *rises*.", False, "# Tide", "# Tide\nIt *rises*."),
        ("word " * 30, False, ("word " * 16).strip()[:-5] + "…", ("word " * 30).strip()),
    ],
)
def test_words_from_the_clipboard_become_a_copy(
    tmp_path: Path, words: str, markdown: bool, title: str, string: str
) -> None:
    made = make_copy(from_words(words, markdown), tmp_path / "copy")
    copy = open_copy(made.folder)
    assert (copy.manifest.title, copy.text.string) == (title, string)
    assert copy.problems == ()


def test_what_is_there_stays_and_nothing_half_made_remains(tmp_path: Path) -> None:
    text = from_words(PLAIN)
    taken = tmp_path / "taken"
    taken.mkdir()
    make_copy(text, taken)  # an empty folder will do
    before = (taken / "document.yaml").read_bytes()
    with pytest.raises(CannotOpen, match="“taken” is there already"):
        make_copy(text, taken)
    assert (taken / "document.yaml").read_bytes() == before
    with pytest.raises(CannotOpen, match="There is no folder"):
        make_copy(text, tmp_path / "no" / "copy")
    with pytest.raises(CannotOpen, match="no words"):
        from_words(" \n")
    assert os.listdir(tmp_path) == ["taken"]


def test_a_picture_that_vanishes_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    source.write_text("![A](a.svg)\n")
    (tmp_path / "a.svg").write_bytes(SVG)
    text = manuscript(source)
    (tmp_path / "a.svg").unlink()
    with pytest.raises(CannotOpen, match="“copy” could not be made"):
        make_copy(text, tmp_path / "copy")
    assert os.listdir(tmp_path) == ["notes.md"]


def test_what_cannot_be_opened_cannot_become_a_copy(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(b"PK")
    with pytest.raises(CannotOpen, match="cannot be opened yet"):
        manuscript(tmp_path / "book.epub")
    with pytest.raises(CannotOpen, match="There is no"):
        manuscript(tmp_path / "nothing.md")
    with pytest.raises(CannotOpen, match="divide it into parts"):
        make_copy(from_words("a\n\n" * 70_000, markdown=True), tmp_path / "copy")
