"""CSV with Readwise's columns, as a program that reads CSV sees it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from reader.annotations.marks import MarkKind
from reader.annotations.selectors import Selector
from reader.exchange.notebook import Document, notebook_without_text
from reader.exchange.readwise import csv_of


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_columns_are_readwises_and_a_row_is_a_mark(mark: Any, notebook: Any) -> None:
    made = mark("before it falls.\nThe pilot", note='Say "so",\nor not.', tags=("a", "b c"))
    text = csv_of(notebook(mark("tide rises", 2), made))
    assert text.startswith("Highlight,Title,Author,URL,Note,Location,Date\r\n")
    assert rows(text) == [
        {
            "Highlight": "tide rises",
            "Title": "The Harbour",
            "Author": "A. Pilot, B. Mate",
            "URL": "https://example.org/harbour",
            "Note": "",
            "Location": str(mark("tide rises").selector.start),
            "Date": "2025-03-04 05:06:07",
        },
        {
            "Highlight": "before it falls.\nThe pilot",
            "Title": "The Harbour",
            "Author": "A. Pilot, B. Mate",
            "URL": "https://example.org/harbour",
            "Note": '.a .b-c\nSay "so",\nor not.',
            "Location": str(made.selector.start),
            "Date": "2025-03-04 05:06:07",
        },
    ]


def test_a_bookmark_without_words_is_no_highlight(mark: Any, notebook: Any) -> None:
    empty = mark("tide", kind=MarkKind.BOOKMARK, selector=Selector("", start=3, end=3))
    assert rows(csv_of(notebook(empty))) == []


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1", "\r=1"]
)
def test_nothing_is_run_as_a_formula(words: str, mark: Any) -> None:
    document = Document("urn:uuid:1", words, authors=(words,), source="javascript:alert(1)")
    made = mark("tide rises", selector=Selector(words.strip()), note=words)
    [row] = rows(csv_of(notebook_without_text(document, [made])))
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row.values())
    assert row["Highlight"] == "'" + words.strip()
    assert row["URL"] == ""
