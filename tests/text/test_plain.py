from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.model import Text
from reader.text.plain import parse_plain

Whole = Callable[[Text], Text]
Outline = Callable[[Text], list[tuple[str, int, str, str]]]


def paragraphs(source: str) -> list[str]:
    text = parse_plain(source)
    assert all(block.kind == "paragraph" for block in text.blocks), text.blocks
    return text.string.split("\n")


def test_wrapped_lines_are_joined(outline: Outline) -> None:
    text = parse_plain(
        "The path went down through the wood to the river, and there it\n"
        "ended. Nobody had walked there for years.\n"
        "\n\n"
        "“Is this the way?” she asked, and looked at the water as if some-\n"
        "one had put it there—\n"
        "not long ago.\n"
    )
    assert outline(text) == [
        (
            "paragraph",
            0,
            "",
            "The path went down through the wood to the river, and there it ended. "
            "Nobody had walked there for years.",
        ),
        (
            "paragraph",
            0,
            "",
            "“Is this the way?” she asked, and looked at the water as if "
            "some-one had put it there—not long ago.",
        ),
    ]


def test_a_long_line_is_a_paragraph() -> None:
    line = "This line goes on and on, far past where any typist would have ended it. " * 3
    assert paragraphs(f"{line}\n{line}\n\n{line}") == [line.strip()] * 3


def test_an_indented_line_starts_a_paragraph() -> None:
    assert paragraphs(
        "    The first line of this paragraph is set in, as typists used to do\n"
        "it, and the others are not.\n"
        "    The second paragraph follows without an empty line between, since\n"
        "its indent says enough.\n"
    ) == [
        "The first line of this paragraph is set in, as typists used to do it, "
        "and the others are not.",
        "The second paragraph follows without an empty line between, since its indent says enough.",
    ]


def test_lines_of_verse_stay_lines() -> None:
    assert paragraphs(
        "He stood up, cleared his throat and read to all of them, in a voice\n"
        "that shook a little at first:\n\n"
        "  The boats come in at evening,\n"
        "    The nets are full of sky,\n"
        "  And no one asks the fishermen\n"
        "    What else was passing by.\n"
    )[1] == (
        "The boats come in at evening,\u2028The nets are full of sky,\u2028"
        "And no one asks the fishermen\u2028What else was passing by."
    )


def test_bullets_and_numbers(outline: Outline) -> None:
    text = parse_plain(
        "What to bring:\n"
        "- water, as much as each of you can carry without falling over or\n"
        "  complaining\n"
        "* bread\n"
        "• salt\n"
        "    - in a box\n"
        "    - not in a bag\n"
        "1. first\n"
        "2) second\n"
        "(3) third\n"
        "c) fourth\n"
    )
    assert outline(text) == [
        ("paragraph", 0, "", "What to bring:"),
        (
            "list-item",
            1,
            "•",
            "water, as much as each of you can carry without falling over or complaining",
        ),
        ("list-item", 1, "•", "bread"),
        ("list-item", 1, "•", "salt"),
        ("list-item", 2, "•", "in a box"),
        ("list-item", 2, "•", "not in a bag"),
        ("list-item", 1, "1.", "first"),
        ("list-item", 1, "2)", "second"),
        ("list-item", 1, "(3)", "third"),
        ("list-item", 1, "c)", "fourth"),
    ]


def test_a_bullet_on_a_line_of_its_own(outline: Outline) -> None:
    text = parse_plain("-\nthe words below\n-\nmore words\n")
    assert outline(text) == [
        ("list-item", 1, "•", "the words below"),
        ("list-item", 1, "•", "more words"),
    ]
    assert paragraphs("-\n\n- \n") == ["-", "-"]


def test_an_item_goes_on_below_its_marker(outline: Outline) -> None:
    text = parse_plain("1. first\n\n   more of it\n\n2. second\n\nno more\n")
    assert outline(text) == [
        ("list-item", 1, "1.", "first"),
        ("list-item", 1, "", "more of it"),
        ("list-item", 1, "2.", "second"),
        ("paragraph", 0, "", "no more"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "It was a long time ago, in one of the years that nobody counts, about\n"
        "12. or so, when the clocks were still wound by hand in every house.",
        "He left the room without a word to any of them, and that was all there\n"
        "- as far as anyone remembers - ever was to it.",
        "There was no telling what the prince would have said to the old man on\n"
        "* that or any other day.",
    ],
)
def test_a_wrapped_line_that_starts_like_an_item_is_none(lines: str) -> None:
    assert paragraphs(lines) == [lines.replace("\n", " ")]


def test_quotes(outline: Outline) -> None:
    text = parse_plain("> one line\n> and another\n>\n> apart\n>> older\nThe answer.\n")
    assert outline(text) == [
        ("quote", 1, "", "one line and another"),
        ("quote", 1, "", "apart"),
        ("quote", 2, "", "older"),
        ("paragraph", 0, "", "The answer."),
    ]


@pytest.mark.parametrize("row", ["***", "---", "* * *", "________", "  - - -", "———", "~~~~"])
def test_rules(row: str, outline: Outline) -> None:
    assert outline(parse_plain(f"One.\n\n{row}\n\nTwo.")) == [
        ("paragraph", 0, "", "One."),
        ("rule", 0, "", ""),
        ("paragraph", 0, "", "Two."),
    ]


def test_page_breaks_and_tabs() -> None:
    assert paragraphs("one\tword\t\tmore\x0cnext page") == ["one word more", "next page"]


def test_nothing_is_markup() -> None:
    words = "*a* _b_ <b>c</b> [d](e) &amp; `f` \\g # h"
    assert paragraphs(words) == [words]


def test_a_lone_asterisk_below_its_mark_is_a_note(outline: Outline) -> None:
    text = parse_plain(
        "“Errare humanum est, * as they say,” replied the doctor, and he took\n"
        "his hat.\n\n     * To err is human.\n\nThe others laughed.\n"
    )
    assert [(kind, words) for kind, _, _, words in outline(text)][1:] == [
        ("paragraph", "* To err is human."),
        ("paragraph", "The others laughed."),
    ]
    assert outline(parse_plain("* To err is human."))[0][0] == "list-item"


@pytest.mark.parametrize("source", ["", "\n\n", " \t\n", "\ufeff", "\x0c", ">\n>\n"])
def test_a_source_without_words_is_an_empty_text(source: str) -> None:
    assert parse_plain(source) == Text("", ())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_will_do(newline: str) -> None:
    source = "\ufeffOne.\n\n- two\n- three\n"
    assert parse_plain(source.replace("\n", newline)).string == "One.\ntwo\nthree"


def test_control_characters_and_surrogates_are_replaced() -> None:
    assert paragraphs("a\x00b \ud800 \ufffc \x02") == ["a\ufffdb \ufffd \ufffd \ufffd"]


LINES = [
    *("", "", " ", "a", "Some words.", "A Title", "IN CAPITALS", "CHAPTER I", "CHAPTER II", "II."),
    *("- a", "-", "  - b", "* c", "• d", "1. e", "2) f", ">", "> g", ">> h", "***", "---", "==="),
    *("  set in", "\tset in", "“Talk,” he said.", "word " * 13 + "word", "long " * 40, "\x0c"),
    *("\x00\x02", "\ud800", "\u2028", "\xa0", "é 中 😀", "a:", "Name: " + "rest " * 8),
]


@given(st.lists(st.sampled_from(LINES), max_size=25).map("\n".join))
def test_any_lines_are_a_whole_text(whole: Whole, source: str) -> None:
    text = whole(parse_plain(source))
    letters = [sign for sign in source if sign.isalpha()]
    kept = [sign for sign in text.string if sign.isalpha()]
    assert kept == letters, "every word is kept, in order"


@given(st.text(st.characters(codec=None)))
def test_any_string_is_a_whole_text(whole: Whole, source: str) -> None:
    whole(parse_plain(source))


@pytest.mark.parametrize(
    "source",
    [
        " " * 100_000,
        "a" + " " * 100_000 + "b",
        "-" * 100_000,
        "- " * 50_000 + "a",
        "1" * 100_000,
        "1." * 50_000,
        "1. " * 30_000,
        ">" * 100_000 + "a",
        "IX" * 50_000,
        "CHAPTER I" * 10_000,
        "(" * 100_000,
        "a\n" * 20_000,
        "- a\n" * 10_000,
        "-\n" * 5_000,
        "> a\nb\n" * 5_000,
        "a\n---\n" * 5_000,
        "  a\nb\n" * 5_000,
        "\n" * 100_000,
    ],
    ids=lambda source: repr(source[:6]),
)
def test_great_lengths_are_no_trouble(source: str, whole: Whole) -> None:
    whole(parse_plain(source))


def test_progress_rises_from_nothing_to_all() -> None:
    said: list[float] = []
    parse_plain("Some words.\n\n" * 500, said.append)
    assert said[0] == 0.0
    assert said[-1] == 1.0
    assert said == sorted(set(said))
    assert len(said) > 50


@pytest.mark.parametrize("limit", [0.0, 0.5, 0.9, 1.0])
def test_what_progress_raises_stops_the_parse(limit: float) -> None:
    def stop(share: float) -> None:
        if share >= limit:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        parse_plain("Some words.\n\n" * 500, stop)
