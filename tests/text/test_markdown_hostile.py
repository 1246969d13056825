"""Sources that mean harm, or that are merely broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.markdown import MarkdownReader, parse_markdown
from reader.text.model import BlockKind, Text

Whole = Callable[[Text], Text]

DEEP = 10_000
NESTED = {
    "quotes": ">" * DEEP + " end",
    "spaced quotes": "> " * DEEP + "end",
    "lists": "- " * DEEP + "end",
    "numbers": "1. " * DEEP + "end",
    "stars": "*" * DEEP + "end",
    "emphasis": "*a " * DEEP + "end" + " b*" * DEEP,
    "mixed emphasis": "*a **b _c ~~d " * DEEP + "end",
    "brackets": "[" * DEEP + "end" + "]" * DEEP,
    "links": "[a](" * DEEP + "end",
    "images": "![" * DEEP + "end",
    "tags": "<b" * DEEP + "end",
    "fences in quotes": "> " * 60 + "```\n" + "> " * 59 + "end",
    "indented lists": "\n".join("    " * depth + "- a" for depth in range(150)) + " end",
    "quoted lists": "\n".join("> " * depth + "- a" for depth in range(150)) + " end",
}


@pytest.mark.parametrize("source", NESTED.values(), ids=NESTED.keys())
def test_deep_nesting_comes_out_somehow(source: str, whole: Whole) -> None:
    assert "end" in whole(parse_markdown(source)).string


@pytest.mark.parametrize(
    "line",
    [
        "# a\n",
        "---\n",
        "a\n---\n",
        ": a\n",
        "> a\n",
        "- a\n",
        "```\na\n```\n",
        "[^a]: b\n",
        "a  \n",
    ],
)
def test_thousands_of_lines_without_an_empty_one(line: str, whole: Whole) -> None:
    whole(parse_markdown(line * 3000))


def test_a_paragraph_past_all_measure_stays_as_written() -> None:
    words = "[a](#b) \\* " * 20_000
    assert parse_markdown(words).string == words.strip()


def test_long_rows_are_no_table(whole: Whole) -> None:
    text = whole(parse_markdown("a|b\n-|-\n" + "`|" * 10_000))
    assert text.blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a\x00b\x1b[0m", "a\ufffdb\ufffd[0m"),
        ("a\x02b\x03", "a\ufffdb\ufffd"),
        ("\x0242\x03 *b*", "\ufffd42\ufffd b"),
        ("\x02klzzwxh:0000\x03 [a](#b)", "\ufffdklzzwxh:0000\ufffd a"),
        ("\x02wzxhzdk:0\x03 <b>", "\ufffdwzxhzdk:0\ufffd <b>"),
        ("\x02code:0\x03\n\n```\nx\n```", "\ufffdcode:0\ufffd\nx"),
        ("&#2;code:0&#3;\n\n```\nx\n```", "code:0\nx"),
        ("\ud800 *a*\udfff", "\ufffd a\ufffd"),
        ("\ufffc", "\ufffd"),
        ("a\x0cb", "a\nb"),
    ],
)
def test_control_characters_and_marks_of_the_parser(source: str, words: str, whole: Whole) -> None:
    assert whole(parse_markdown(source)).string == words


TOKENS = [
    *("a", "word ", "é", "中", "😀", " ", "  ", "    ", "\t", "\n", "\n\n", "  \n", "\r\n", "\xa0"),
    *("*", "**", "_", "~~", "`", "```", "~~~", "\\", "<b>", "<br>", "<!--", "&amp;", "&#0;"),
    *(
        "[",
        "](",
        "](http://e.org)",
        ")",
        "![",
        "[^n]",
        "[^n]: ",
        "[r]",
        "[r]: #x",
        "<http://e.org>",
    ),
    *("# ", "> ", ">", "- ", "1. ", "9. ", "a | b\n--|--\n", "|", "---\n", "===\n", ": ", "    - "),
    *(
        "\x00",
        "\x02",
        "\x03",
        "\x020\x03",
        "\x02code:0\x03",
        "\ud800",
        "\ufeff",
        "\ufffc",
        "\u2028",
    ),
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_any_markdown_is_a_whole_text(whole: Whole, source: str) -> None:
    string = whole(parse_markdown(source)).string
    for mark in ("\x02", "\x03", "klzzwxh"):
        assert mark not in string


@given(st.text(st.characters(codec=None)))
def test_any_string_is_a_whole_text(whole: Whole, source: str) -> None:
    whole(parse_markdown(source))


READER = MarkdownReader()


@given(st.lists(st.sampled_from(TOKENS), max_size=20).map("".join))
def test_a_reader_forgets_what_it_read_before(source: str) -> None:
    assert READER.parse(source) == parse_markdown(source)


def test_progress_rises_from_nothing_to_all() -> None:
    said: list[float] = []
    parse_markdown("# a\n\nb *c*\n\n" * 300, said.append)
    assert said[0] == 0.0
    assert said[-1] == 1.0
    assert said == sorted(set(said))
    assert any(0.1 < share < 0.4 for share in said)
    assert any(0.6 < share < 0.9 for share in said)


@pytest.mark.parametrize("limit", [0.0, 0.2, 0.7, 1.0])
def test_what_progress_raises_stops_the_parse(limit: float) -> None:
    class StopReadingError(Exception):
        pass

    def stop(share: float) -> None:
        if share >= limit:
            raise StopReadingError

    reader = MarkdownReader()
    with pytest.raises(StopReadingError):
        reader.parse("# a\n\n- b *c*\n\n[^d]: e\n\n[r]: #x\n\n" * 200, stop)
    assert reader.parse("[^d] *b* [r]").string == "[^d] b [r]"
