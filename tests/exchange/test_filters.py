"""What templates do with values."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.exchange.filters import contained, tag_word, wikilink, yaml_value

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(WORDS)
def test_yaml_reads_a_string_as_it_was(words: str) -> None:
    assert yaml.safe_load(f"title: {yaml_value(words)}") == {"title": words}


@given(st.lists(WORDS, max_size=5))
def test_yaml_reads_a_list_as_it_was(words: list[str]) -> None:
    line = f"tags: {yaml_value(words)}"
    assert yaml.safe_load(line) == {"tags": words}
    assert "\n" not in line


@pytest.mark.parametrize("words", ["The Harbour", "urn:uuid:0b0e1f7a", "Hafenstraße, 2. Stock"])
def test_ordinary_strings_need_no_quotes(words: str) -> None:
    assert yaml_value(words) == words


@pytest.mark.parametrize("words", ["no", "true", "null", "2025", "a: b", "# x", "[x]", "", "a\nb"])
def test_what_yaml_would_take_for_something_else_is_in_quotes(words: str) -> None:
    assert yaml_value(words).startswith('"')


@pytest.mark.parametrize(
    ("tag", "word"),
    [("essay", "essay"), ("two words", "two-words"), ("2025", "2025_"), ("a/b", "a/b")],
)
def test_a_tag_is_one_word_that_is_no_number(tag: str, word: str) -> None:
    assert tag_word(tag) == word


def test_a_title_is_a_target_that_obsidian_can_follow() -> None:
    assert wikilink("A [b] | c#d^e: f") == "A b c d e f"


@pytest.mark.parametrize(
    "note",
    ["```\nleft open", "~~~~ py\n```\n~~~", "<!-- hidden", "<script>", "<div>\n\n<style>", "<?php"],
)
def test_nothing_in_a_note_reaches_beyond_its_end(note: str) -> None:
    html = MarkdownIt("commonmark").render(f"{contained(note)}\n\nAfter *it*.\n")
    assert html.endswith("<p>After <em>it</em>.</p>\n")
    assert not re.search(r"<(script|style|div|!--|\?)", html)


def test_a_note_keeps_its_code_its_links_and_its_line_breaks() -> None:
    note = "Use `<b>` or <https://example.org><br>and\n\n```\n<i>\n```"
    assert contained(note) == note
