"""A plain text as Markdown says the same words in the same blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.copies.as_markdown import as_markdown, lost_in_markdown
from reader.text.markdown import parse_markdown
from reader.text.model import Text
from reader.text.plain import parse_plain

SIGNS = """\
THE HARBOUR

Snake_case, _under_, *stars*, 2 * 3, <b>tags</b>, &amp; AT&T, [x](y), ![z], `code`, ~~no~~, C:\\x.

- one
- *two*
    - inside

1. first
2. second

> quoted
>> twice

----------

# no heading
+ no item
: no definition

2025. A year that begins a line.

| a | b |
|---|---|
"""


def shape(text: Text) -> list[tuple[object, ...]]:
    return [(each.kind, each.start, each.end, each.level, each.marker) for each in text.blocks]


def test_it_is_read_as_the_same_text() -> None:
    text = parse_plain(SIGNS)
    read = parse_markdown(as_markdown(text))
    assert read.string == text.string
    assert shape(read) == shape(text)
    assert list(lost_in_markdown(text)) == []


def test_it_is_written_as_a_person_would() -> None:
    text = parse_plain("THE TIDE\n\nIt rises, snake_case & all.\n\n- twice\n- a day\n")
    assert as_markdown(text) == ("# THE TIDE\n\nIt rises, snake_case & all.\n\n- twice\n- a day\n")


def test_lines_that_are_kept_apart_stay_so() -> None:
    text = parse_plain("Roses are red,\n# violets blue,\n  1. sugar\n\nand a line\nof its own\n")
    assert parse_markdown(as_markdown(text)).string == text.string


def test_what_markdown_cannot_say_is_told() -> None:
    (lost,) = lost_in_markdown(parse_plain("(a) one\n\n(1) two\n"))
    assert lost == (
        "What stood before 1 list item became a bullet, for Markdown has no other signs."
    )


lines = st.lists(
    st.text(st.sampled_from(list(" abZ.1)(*_-+#>=~`[]<&;|:\\!é日𝒜\t")), max_size=12), max_size=10
).map("\n".join)


@settings(deadline=None)
@given(lines)
def test_any_words_come_through(source: str) -> None:
    text = parse_plain(source)
    assert parse_markdown(as_markdown(text)).string == text.string


@pytest.mark.parametrize("source", ["", "\n\n", "***"])
def test_next_to_nothing_is_no_trouble(source: str) -> None:
    text = parse_plain(source)
    assert parse_markdown(as_markdown(text)).string == text.string
