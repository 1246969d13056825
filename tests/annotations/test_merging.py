"""Two windows change one mark: neither loses the reader's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.merging import RULE, merge_marks, merge_words
from reader.annotations.selectors import Selector

MARK = Mark("urn:uuid:1", MarkKind.NOTE, Selector("words"), note="A note", tags=("war", "peace"))


@pytest.mark.parametrize(
    ("before", "mine", "theirs", "joined"),
    [
        ("", "mine", "", "mine"),
        ("", "", "theirs", "theirs"),
        ("", "same", "same", "same"),
        ("", "mine", "theirs", f"mine\n\n{RULE}\n\ntheirs"),
        ("Both. ", "Both. Mine.", "Both. Theirs.", f"Both. Mine.\n\n{RULE}\n\nTheirs."),
        ("one two three", "ONE two three", "one two THREE", "ONE two THREE"),
        ("one two three", "one two THREE", "ONE two three", "ONE two THREE"),
        ("one two", "one", "one two three", "one three"),
        ("old words", "mine", "theirs", f"mine\n\n{RULE}\n\ntheirs"),
        ("a line", "a line, mine", "", ", mine"),
    ],
)
def test_a_note_keeps_the_words_of_both(before: str, mine: str, theirs: str, joined: str) -> None:
    assert merge_words(before, mine, theirs) == joined


WORDS = st.text("ab \n", max_size=12)


@given(WORDS, WORDS, WORDS)
def test_what_one_side_alone_did_is_done(before: str, mine: str, theirs: str) -> None:
    assert merge_words(before, mine, before) == mine
    assert merge_words(before, before, theirs) == theirs
    joined = merge_words(before, mine, theirs)
    if RULE in joined:
        assert joined.startswith(mine.rstrip())


@given(WORDS, st.text("xy", min_size=1, max_size=5), st.text("uv", min_size=1, max_size=5))
def test_nothing_that_was_added_is_lost(before: str, mine: str, theirs: str) -> None:
    joined = merge_words(before, before + mine, theirs + before)
    assert mine in joined
    assert theirs in joined


def test_each_field_is_that_of_the_side_that_changed_it() -> None:
    mine = replace(MARK, color=Color.PINK, tags=("war", "peace", "mine"), modified="2025-01-02")
    theirs = replace(MARK, underline=True, tags=("peace", "theirs"), modified="2025-01-03")
    assert merge_marks(MARK, mine, theirs) == replace(
        MARK,
        color=Color.PINK,
        underline=True,
        tags=("peace", "mine", "theirs"),
        modified="2025-01-03",
    )


def test_where_both_changed_a_field_it_is_mine() -> None:
    mine, theirs = replace(MARK, color=Color.PINK), replace(MARK, color=Color.BLUE)
    assert merge_marks(MARK, mine, theirs) == mine


def test_words_on_one_side_make_a_note_of_it() -> None:
    before = replace(MARK, kind=MarkKind.HIGHLIGHT, note="")
    mine = replace(before, color=Color.GREEN)
    assert merge_marks(before, mine, MARK) == replace(MARK, color=Color.GREEN)


def test_what_is_deleted_stays_if_somebody_wrote_in_it() -> None:
    written = replace(MARK, note="More words")
    assert merge_marks(MARK, None, written) == written
    assert merge_marks(MARK, written, None) == written
    assert merge_marks(MARK, None, replace(MARK, color=Color.PINK)) is None
    assert merge_marks(MARK, None, MARK) is None
    assert merge_marks(MARK, None, None) is None
    assert merge_marks(None, MARK, None) == MARK
