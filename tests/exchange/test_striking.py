"""Striking out Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from reader.exchange.striking import struck


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("words\n", "~~words~~\n"),
        ("> a\n>\n> b\r\n", "> ~~a~~\n>\n> ~~b~~\r\n"),
        ("- item\n    2. two\n", "- ~~item~~\n    2. ~~two~~\n"),
        ("## Heading\n", "## ~~Heading~~\n"),
        ("hard break  \nbelow", "~~hard break~~  \n~~below~~"),
        ("^mark-4941b14036d0\n", "^mark-4941b14036d0\n"),
        ("| a | b |\n|--|--|\n", "| a | b |\n|--|--|\n"),
        ("```\ncode\n```\n", "```\ncode\n```\n"),
        ("    indented code\n", "    indented code\n"),
        ("ends in a backslash\\\n", "ends in a backslash\\\n"),
    ],
)
def test_words_are_struck_and_code_and_tables_are_not(text: str, shown: str) -> None:
    assert struck(text) == shown


@pytest.mark.parametrize(
    "text", ["words\n", "> a\n>\n> *b*\n", "- [x](y)\n", "*yellow* · #essay\n"]
)
def test_what_is_struck_is_struck_once_and_a_renderer_sees_it(text: str) -> None:
    assert struck(struck(text)) == struck(text)
    html = MarkdownIt("commonmark").enable("strikethrough").render(struck(text))
    assert "<s>" in html
    assert "~~" not in html
