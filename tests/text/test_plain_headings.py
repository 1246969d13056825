from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.text.model import BlockKind, Text
from reader.text.plain import parse_plain

Outline = Callable[[Text], list[tuple[str, int, str, str]]]

WRAPPED = (
    "The road went on between the fields for as long as anyone could see,\n"
    "and at the end of it stood the house with its two chimneys.\n\n"
)
LONG = "The road went on between the fields for as long as anyone could see, and at the end " * 3


def headings(source: str) -> list[tuple[int, str]]:
    text = parse_plain(source)
    return [
        (block.level, text.string[block.start : block.end])
        for block in text.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_an_article_with_a_paragraph_a_line(outline: Outline) -> None:
    text = parse_plain(
        f"{LONG}\n"
        "The Bridge: A Matter of Years\n"
        f"{LONG}\n"
        f"{LONG}\n"
        "Who pays for the bridge\n"
        "There are three of them, and each has reasons to wait for the other two before "
        "anything at all is signed:\n"
        "-\n"
        f"The Town: {LONG}\n"
        "-\n"
        f"The County: {LONG}\n"
        "A Way Across?\n"
        f"{LONG}\n"
    )
    assert [(kind, level, marker, words[:24]) for kind, level, marker, words in outline(text)] == [
        ("paragraph", 0, "", "The road went on between"),
        ("heading", 2, "", "The Bridge: A Matter of "),
        ("paragraph", 0, "", "The road went on between"),
        ("paragraph", 0, "", "The road went on between"),
        ("heading", 2, "", "Who pays for the bridge"),
        ("paragraph", 0, "", "There are three of them,"),
        ("list-item", 1, "•", "The Town: The road went "),
        ("list-item", 1, "•", "The County: The road wen"),
        ("heading", 2, "", "A Way Across?"),
        ("paragraph", 0, "", "The road went on between"),
    ]


def test_a_book_has_divisions() -> None:
    assert headings(
        f"THE HOUSE\n\nBy Somebody\n\n\nBOOK ONE: 1805\n\n\nCHAPTER I\n\n{WRAPPED}\n"
        f"CHAPTER II\n\n{WRAPPED}\nBOOK TWO: 1806 - 07\n\nCHAPTER I\n\n{WRAPPED}"
        f"FIRST EPILOGUE: 1813 - 20\n\nCHAPTER I\n\n{WRAPPED}"
    ) == [
        (1, "THE HOUSE"),
        (2, "BOOK ONE: 1805"),
        (3, "CHAPTER I"),
        (3, "CHAPTER II"),
        (2, "BOOK TWO: 1806 - 07"),
        (3, "CHAPTER I"),
        (2, "FIRST EPILOGUE: 1813 - 20"),
        (3, "CHAPTER I"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "CHAPTER I",
        "CHAPTER XLIV.",
        "Chapter 3",
        "Chapter Twenty-One: The Return",
        "Chapter the Second",
        "Part One",
        "PART II — THE SEA",
        "Book the First",
        "THE FIRST BOOK",
        "Act 3",
        "Prologue",
        "Appendix B",
        "Introduction: Why We Went",
        "Kapitel 4",
        "Глава 2",
    ],
)
def test_the_name_of_a_division_is_a_heading(line: str) -> None:
    assert headings(f"{WRAPPED}{line}\n\n{WRAPPED}") == [(2, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Part of the crowd laughed.",
        "Part of it",
        "Chapter 3 was the best of them all.",
        "Chapter and verse",
        "Chapter did it",
        "Book reviews are short.",
        "chapter 3",
        "Introduction to the subject is needed",
        "“Chapter One,” he read.",
    ],
)
def test_a_sentence_about_a_division_is_none(line: str) -> None:
    assert headings(f"{WRAPPED}{line}\n\n{WRAPPED}") == []


def test_a_title_may_stand_right_below_its_number() -> None:
    assert headings(f"CHAPTER I.\nDown to the River\n\n{WRAPPED}CHAPTER II.\n{WRAPPED}") == [
        (2, "CHAPTER I. Down to the River"),
        (2, "CHAPTER II."),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_table_of_contents_is_no_row_of_headings(between: str) -> None:
    names = ["BOOK ONE", "CHAPTER I", "CHAPTER II", "BOOK TWO", "CHAPTER I"]
    contents = between.join(names)
    body = "".join(f"{name}\n\n{WRAPPED}" for name in names)
    assert [words for _, words in headings(f"{contents}\n\n{body}")] == names


def test_underlined_headings(outline: Outline) -> None:
    text = parse_plain("One\n===\nwords\n\n  Two\n-----\n\nmore words\nand a rule below\n----\n")
    assert outline(text) == [
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "words"),
        ("heading", 2, "", "Two"),
        ("paragraph", 0, "", "more words and a rule below"),
        ("rule", 0, "", ""),
    ]


def test_capitals_and_numerals() -> None:
    assert headings(
        f"{WRAPPED}THE HOUSE BY THE ROAD\n\n{WRAPPED}I\n\n{WRAPPED}II. The Second Part\n\n{WRAPPED}"
    ) == [(2, "THE HOUSE BY THE ROAD"), (3, "I"), (3, "II. The Second Part")]


def test_numerals_that_do_not_count_are_words() -> None:
    assert headings(f"{WRAPPED}I\n\n{WRAPPED}X\n\n{WRAPPED}V. Smith\n\n{WRAPPED}") == []


def test_bare_headings_among_wrapped_lines_are_titled() -> None:
    assert headings(f"A Walk in the Hills\n\n{WRAPPED}The Way Down\n\n{WRAPPED}") == [
        (1, "A Walk in the Hills"),
        (2, "The Way Down"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "“Is that all?”",
        "“No”",
        "He said no.",
        "Who is there?",
        "Never!",
        "Well,",
        "and then nothing",
        "Moscow, the seventeenth of November",
        "By Anna Smith",
        "Dear Sister",
        "— Oui",
        "Your obedient servant, Mrs. Black",
    ],
)
def test_a_short_line_is_not_a_heading_for_being_short(line: str) -> None:
    assert headings(f"{WRAPPED}{line}\n\n{WRAPPED}") == []
    assert headings(f"{line}\n\n{WRAPPED}") == []


def test_where_there_are_chapters_other_lines_are_none() -> None:
    letter = "MOSCOW, OCTOBER 30, 1812\n\nNAPOLEON\n\nYour Sister\n\n"
    source = f"CHAPTER I\n\n{WRAPPED}{letter}{WRAPPED}CHAPTER II\n\n{WRAPPED}"
    assert [words for _, words in headings(source)] == ["CHAPTER I", "CHAPTER II"]


@pytest.mark.parametrize(
    "source",
    [
        "Hello World",
        "IN CAPITALS",
        "CHAPTER I",
        f"{WRAPPED}THE END",
        "Milk\n\nEggs\n\nBread",
        "One\nTwo\nThree",
        f"{LONG}\nThe last line",
        f"{LONG}\nShort\nShorter\nShort Again\nStill short",
        f"{LONG}\n“Why?”\n{LONG}",
        f"{LONG}\nWho goes there?\n{LONG}",
        f"{LONG}\nHe left.\n{LONG}",
        f"{LONG}\nand went\n{LONG}",
    ],
)
def test_nothing_below_no_heading(source: str) -> None:
    assert headings(source) == []
