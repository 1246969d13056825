"""What an author selects and types: targets that are clear, mentions that are counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import anchor
from reader.annotations.anchors import State
from reader.annotations.mentions import find_mentions
from reader.annotations.selecting import MentionCounter, count_mentions, unique_target
from reader.annotations.selectors import Selector
from reader.text.markdown import parse_markdown

ARTICLE = Path(__file__).parents[2] / "content" / "russia-ukraine-2025" / "article.md"
TEXT = "The war began. The war went on, and the war ended.\nAnother war."


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ((0, 14), Selector("The war began.")),
        ((4, 7), Selector("war", "The ", " began.")),
        ((19, 22), Selector("war", "The ", " went")),
        ((40, 43), Selector("war", "the ")),
        ((59, 62), Selector("war", "Another ")),
        ((3, 9), Selector("war b")),
    ],
)
def test_a_target_has_just_the_words_around_it_that_it_needs(
    words: tuple[int, int], target: Selector
) -> None:
    assert unique_target(TEXT, *words) == target


def test_a_target_needs_words() -> None:
    with pytest.raises(ValueError, match="needs words"):
        unique_target(TEXT, 3, 4)


def test_where_words_cannot_tell_the_position_does() -> None:
    text = "no " * 300
    target = unique_target(text, 450, 452)
    assert (target.exact, target.start, target.end) == ("no", 450, 452)
    assert anchor(text, target).start == 450


ARTICLE_TEXT = parse_markdown(ARTICLE.read_text("utf-8")).string


@given(st.data())
def test_a_target_leads_back_to_its_words(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ARTICLE_TEXT) - 2))
    end = data.draw(st.integers(start + 1, min(len(ARTICLE_TEXT), start + 60)))
    words = ARTICLE_TEXT[start:end]
    if not words.strip():
        return
    found = anchor(ARTICLE_TEXT, unique_target(ARTICLE_TEXT, start, end))
    first = start + len(words) - len(words.lstrip())
    assert (found.state, found.start, found.end) == (
        State.EXACT,
        first,
        first + len(words.strip()),
    )


terms = st.lists(
    st.text("abA éÉ’'-i:", max_size=4)
    | st.sampled_from(["Putin", "i:putin", "the", "Ukraine’s", "i:peace talks", "e", "Trump, "]),
    max_size=4,
)


@given(terms, st.sampled_from([ARTICLE_TEXT, "a-b A é e\u0301\tab’b ba\u2028a b" * 3, ""]))
def test_mentions_are_counted_as_they_are_underlined(terms: list[str], text: str) -> None:
    expected = len(find_mentions(text, [(term, "x") for term in terms]))
    assert MentionCounter(text).count(terms) == count_mentions(text, terms) == expected


def test_mentions_are_found_where_they_stand() -> None:
    text = "The quay. " + "Nothing happens here. " * 60 + "A quay wall, and the Quay once more."
    counter = MentionCounter(text)
    found = counter.find(["i:quay"])
    assert [text[start:end] for start, end in found] == ["quay", "quay", "Quay"]
    assert [text[start:end] for start, end in counter.find(["quay"], ["quay wall"])] == ["quay"]
    assert counter.find(["wall"], ["quay wall"]) == []
