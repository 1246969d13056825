"""Links between notes, in files that are read elsewhere: a renderer makes links of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from markdown import markdown
from markdown_it import MarkdownIt

from reader.exchange.links import handle, open_link, read_open_link
from reader.exchange.notebook import Notebook
from reader.exchange.notes import merge_notes
from reader.exchange.templates import NotesTemplate

FAR = "urn:uuid:7"
RENDERERS: list[Callable[[str], str]] = [MarkdownIt().render, markdown]


def links(html: str) -> list[tuple[str, tuple[str, str] | None]]:
    """The links that open the app: their words, and the ids that they name."""
    found = re.findall(r'<a href="([^"]*)">(.*?)</a>', html)
    return [(unescape(words), read_open_link(unescape(href))) for href, words in found]


@pytest.fixture
def book(mark: Any, notebook: Any) -> Notebook:
    other = mark("deep draught", 2)
    lines = (
        "[[the PILOT]]",
        "[[pilot]]",
        "[[pilot|*that* one]]",
        f"[[{other.id}]]",
        f"[[{other.id}|the ships]]",
        f"[[{FAR}#some-id|far [ away]]",
        f"[[{FAR}#urn:uuid:8|a_note_ <b> & `c`]]",
        "[[urn:uuid:9|a mark elsewhere]]",
        "[[Nowhere]]",
        "[[Nowhere|its *words*]]",
        "`[[pilot]]`",
    )
    made: Notebook = notebook(mark("tide rises", note="\n\n".join(lines)), other)
    return made


@pytest.mark.parametrize("render", RENDERERS, ids=["markdown-it", "python-markdown"])
def test_links_open_the_app(plain: NotesTemplate, book: Notebook, render: Any) -> None:
    here = book.document.id
    other = book.entries[1].mark.id
    html = render(merge_notes(None, book, plain).text)
    found = [link for link in links(html) if link[1] and link[1][1]]
    notes = [link for link in found if link[1] != (here, book.entries[0].mark.id)]
    for expected in (
        ("The pilot", (here, "pilot")),
        ("*that* one", (here, "pilot")),
        ("deep draught", (here, other)),
        ("the ships", (here, other)),
        ("a_note_ <b> & `c`", (FAR, "urn:uuid:8")),
        ("a mark elsewhere", (here, "urn:uuid:9")),
    ):
        assert expected in notes
    assert [words for words, to in notes if to == (here, "pilot")][:2] == ["The pilot"] * 2
    assert "[[Nowhere]]" in html
    assert ">its *words*<" in html
    assert "<code>[[pilot]]</code>" in html


def test_obsidian_follows_what_it_has_itself(obsidian: NotesTemplate, book: Notebook) -> None:
    other = book.entries[1].mark.id
    text = merge_notes(None, book, obsidian).text
    block = f"mark-{handle(other)}"
    assert f"[[#^{block}|deep draught]]" in text
    assert f"[[#^{block}|the ships]]" in text
    assert re.search(rf"^\^{block}$", text, re.MULTILINE)
    assert text.count("[[The pilot]]") == 2
    assert f"({open_link(FAR, 'urn:uuid:8')})" in text
    assert "`[[pilot]]`" in text
    assert "\nits \\*words\\*\n" in text


def test_a_mark_that_was_deleted_leaves_its_words(
    plain: NotesTemplate, mark: Any, notebook: Any
) -> None:
    made = notebook(mark("tide rises", note="See [[urn:uuid:9|what I thought]]."))
    text = merge_notes(None, replace(made, deleted=frozenset({"urn:uuid:9"})), plain).text
    assert "\nSee what I thought.\n" in text
