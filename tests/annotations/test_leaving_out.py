"""Entries taken out of an annotations.yaml: the others keep every byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.leaving_out import only
from reader.annotations.reading import read_annotations
from reader.locations import bundled

FILE = """\
# All of it.
annotations:

  # --- Events ---

  - id: war   # the first
    kind: event
    terms: [war]
    see: [why, end, "how"]
    # mine to check

  # Expect: they would lose face.
  - id: why
    kind: question
    target: text
    body: |
      Why 😀?
      # this is text

    # a hint

  # --- Rest ---

  - {id: end, kind: definition, terms: [end], see: [why]}
  # about how
  - id: how
    kind: question
    target: text
  - id: last
    kind: person
    terms: [last]
    see:
      - why
      - war # stays
      - how
  # the last's

# Answers: none.
"""


def test_entries_go_with_their_comments_and_the_others_stay_as_they_are() -> None:
    assert (
        only(FILE, {"war", "end", "last"})
        == """\
# All of it.
annotations:

  # --- Events ---

  - id: war   # the first
    kind: event
    terms: [war]
    see: [end]
    # mine to check

  # --- Rest ---

  - {id: end, kind: definition, terms: [end], see: []}
  - id: last
    kind: person
    terms: [last]
    see:
      - war # stays
  # the last's

# Answers: none.
"""
    )


def test_what_stands_alone_after_the_last_entry_goes_with_it() -> None:
    left = only(FILE, {"war"})
    assert left.endswith("    # mine to check\n")
    assert "Answers" not in left
    assert "see" not in left


def test_nothing_changes_when_all_stay() -> None:
    assert only(FILE, {"war", "why", "end", "how", "last"}) == FILE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_newlines_of_a_file_stay(newline: str) -> None:
    file = FILE.replace("\n", newline)
    assert only(file, {"war", "end", "last"}) == only(FILE, {"war", "end", "last"}).replace(
        "\n", newline
    )


def test_a_list_in_brackets_loses_its_items() -> None:
    entry = "{{id: {0}, kind: event, target: text, see: [{1}]}}"
    entries = [entry.format(*each) for each in (("a", "b"), ("b", "a"), ("c", "b, a"))]
    file = f"annotations: [{entries[0]},\n  {entries[1]}, {entries[2]}] # end\n"
    assert only(file, {"b"}) == f"annotations: [{entry.format('b', '')}] # end\n"
    first, last = entry.format("a", ""), entry.format("c", "a")
    assert only(file, {"a", "c"}) == f"annotations: [{first}, {last}] # end\n"


def test_a_see_that_shares_its_line_is_emptied_and_one_alone_goes_with_it() -> None:
    file = (
        "annotations:\n"
        "- see: gone\n  id: a\n  kind: event\n  target: text\n"
        "- id: b\n  see:\n  - gone\n  kind: event\n  target: text\n"
        "- id: gone\n  kind: question\n  target: text\n"
    )
    assert only(file, {"a", "b"}) == (
        "annotations:\n"
        "- see: []\n  id: a\n  kind: event\n  target: text\n"
        "- id: b\n  kind: event\n  target: text\n"
    )


def test_entries_that_cannot_be_read_go_too() -> None:
    file = (
        "annotations:\n"
        "- id: a\n  kind: event\n  target: text\n"
        "- no id\n"
        "- id: a\n  kind: question\n  target: text\n"
        "- kind: event\n"
    )
    assert only(file, {"a"}) == "annotations:\n- id: a\n  kind: event\n  target: text\n"


SHIPPED = (bundled("content") / "russia-ukraine-2025" / "annotations.yaml").read_text("utf-8")
ENTRIES = read_annotations(SHIPPED).annotations


@given(st.sets(st.sampled_from([each.id for each in ENTRIES]), min_size=1))
def test_of_the_shipped_annotations_any_may_go(keep: set[str]) -> None:
    left = only(SHIPPED, keep)
    read = read_annotations(left)
    assert read.problems == []
    assert read.annotations == [
        replace(each, see=tuple(id_ for id_ in each.see if id_ in keep))
        for each in ENTRIES
        if each.id in keep
    ]
    assert set(left.splitlines()) - set(SHIPPED.splitlines()) <= {
        line for line in left.splitlines() if "see:" in line
    }
