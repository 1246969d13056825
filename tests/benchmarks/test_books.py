"""The texts that readers open: the same each time, and the same words in either form."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.books import BAR, RARE, Book, article, invented
from benchmarks.epub import write_epub
from reader.text.markdown import parse_markdown

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(params=[0, 2_000, 70_000])
def book(request: pytest.FixtureRequest) -> Book:
    return invented(request.param) if request.param else article()


def test_a_book_is_the_same_each_time_and_as_long_as_was_asked():
    assert invented(50_000) == invented(50_000) != invented(50_000, seed=2)
    assert 49_000 < invented(50_000).characters < 52_000


def test_the_rare_word_stands_once_near_the_end(book: Book):
    words = book.markdown()
    assert words.count(RARE) == words.count(BAR) == 1
    assert len(words) - 200 < words.index(RARE) < words.index(BAR)


def test_an_epub_has_the_words_of_the_markdown(book: Book, tmp_path: Path):
    write_epub(book, tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        package = ElementTree.fromstring(archive.read("EPUB/package.opf"))
        items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
        pages = [items[each.get("idref")] for each in package.iter(f"{OPF}itemref")]
        told = [
            " ".join("".join(each.itertext()).split())
            for page in pages
            for each in ElementTree.fromstring(archive.read(f"EPUB/{page}")).iter()
            if each.tag in (f"{XHTML}{name}" for name in ("h1", "h2", "p"))
        ]
    shown = parse_markdown(book.markdown())
    blocks = [shown.string[block.start : block.end] for block in shown.blocks]
    assert told == [" ".join(block.split()) for block in blocks]


def test_everything_that_an_epub_names_is_in_it(tmp_path: Path):
    write_epub(invented(70_000), tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        names = set(archive.namelist())
        for part in ("EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/package.opf"):
            words = archive.read(part).decode()
            ElementTree.fromstring(words)
            targets = re.findall(r'(?:href|src)="([^"]+)"', words)
            assert len(targets) >= 2
            for target in targets:
                file, _, place = target.partition("#")
                assert f"EPUB/{file}" in names
                assert not place or f'id="{place}"' in archive.read(f"EPUB/{file}").decode()


def test_the_same_book_gives_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        write_epub(invented(3_000), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
