"""A quote is read back by two renderers that are not ours, and is the same words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from reader.exchange.quoting import blockquote, escaped
from reader.text.cleaning import LINE_BREAK, clean

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PYTHON_MARKDOWN = ["tables", "fenced_code", "footnotes", "def_list", "attr_list", "abbr"]

WORDS = st.text(
    st.one_of(
        st.sampled_from("*_`[]()<>#+-.!~=$%^&|\\:;{}\"' \tab1\n" + LINE_BREAK),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
)

HARD = [
    "1. not a list\n2) nor this",
    "---\n===\n***\n+ a\n- b\n# c\n> d",
    "a*b*c _d_ snake_case __init__ `code` ``",
    "[link](http://x) ![picture][1] [[wiki]] [^1] [1]: x",
    "<b>bold</b> <!-- no --> &amp; &copy; &#42; 1 < 2 > 0 AT&T",
    "~~struck~~ ==marked== %%hidden%% $5 and $6 $x$ ^block",
    "#tag C# #1 text ^abc-1",
    "a | b\n--|--\n1 | 2",
    "term\n: definition",
    "    four spaces\n\tand a tab",
    "ends with a backslash\\\nand two spaces  \nand more",
    "```\ncode\n~~~",
    ":smile: 10:30:45 {: .class} {#id}",
    f"one{LINE_BREAK}- two{LINE_BREAK}1. three",
]


class Reading(HTMLParser):
    """The paragraphs of HTML, and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "p":
            self.paragraphs.append("")
        if tag == "br":
            self.paragraphs[-1] += LINE_BREAK

    def handle_data(self, data: str) -> None:
        if self.paragraphs:
            self.paragraphs[-1] += data

    @property
    def lines(self) -> list[str]:
        # A renderer puts a newline after <br>, and one after the last paragraph.
        return [
            each.replace(f"{LINE_BREAK}\n", LINE_BREAK).rstrip("\n") for each in self.paragraphs
        ]


def lines_of(words: str) -> list[str]:
    """The lines of a quote that have anything in them."""
    lines = (
        LINE_BREAK.join(part for part in line.split(LINE_BREAK) if part.strip())
        for line in clean(words).split("\n")
    )
    return [line for line in lines if line]


@settings(max_examples=400)
@given(WORDS)
@example("\n".join(HARD))
def test_commonmark_reads_the_quote_unchanged(words: str) -> None:
    read = Reading(COMMONMARK.render(blockquote(words)))
    assert read.lines == lines_of(words)
    assert read.tags <= {"blockquote", "p", "br"}


@settings(max_examples=400)
@given(WORDS)
@example("\n".join(HARD))
def test_python_markdown_reads_the_quote_unchanged(words: str) -> None:
    html = Markdown(extensions=PYTHON_MARKDOWN).convert(blockquote(words))
    read = Reading(html)
    # It writes tabs as spaces.
    spaced = [re.sub(r"[\t ]+", " ", line) for line in read.lines]
    assert spaced == [re.sub(r"[\t ]+", " ", line) for line in lines_of(words)]
    assert read.tags <= {"blockquote", "p", "br"}


@pytest.mark.parametrize("words", HARD)
def test_every_line_of_a_quote_begins_with_its_sign(words: str) -> None:
    assert all(line.startswith(">") for line in blockquote(words).split("\n"))


@pytest.mark.parametrize(
    "words",
    [
        "6.9 million, up to 5 < 6 & so on",
        "snake_case and C#, at 10:30:45",
        "He said “no” – twice; (really)!",
        "costs $5, about ~7 %",
    ],
)
def test_words_that_mean_nothing_to_markdown_are_left_as_they_are(words: str) -> None:
    assert escaped(words) == words


def test_obsidian_sees_no_tag_link_comment_or_block_in_a_quote() -> None:
    line = escaped("#tag [[link]] %%comment%% ==mark== end ^block")
    assert not re.search(r"(?<!\\)#tag|(?<!\\)\[\[|%%|==|\^block", line)
