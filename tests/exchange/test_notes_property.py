"""Whatever a user does to a file of notes, what he wrote is there after the next export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.marks import Color
from reader.exchange.errors import ExchangeError
from reader.exchange.links import handle
from reader.exchange.notes import merge_notes
from reader.exchange.pieces import in_pieces, joined, lines_of
from reader.exchange.templates import PRESETS, load_template

PASSAGES = (
    "harbour lies open",
    "tide rises",
    "Pilots wait",
    "second paragraph",
    "range is largest",
    "Coaster\t4 m",
    "deep draught",
    "outer buoy",
    "breakwater",
    "wreck of 1911",
)
NOTES = st.sampled_from(
    [
        "",
        "One.",
        "One.\n\nTwo.",
        "Two.\n\nThree.",
        "- a\n- b\n\n```\n\nx\n```",
        "# Heading\n\nOne.",
        "*pink*",
        "```\nnever closed",
    ]
)
MARKS = st.lists(
    st.tuples(
        st.integers(0, len(PASSAGES) - 1),
        NOTES,
        st.sampled_from([(), ("a",), ("a", "b c")]),
        st.sampled_from(list(Color)),
    ),
    max_size=8,
    unique_by=lambda each: each[0],
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "block", "heading", "append", "delete", "turn", "copy"]),
        st.integers(0, 2**16),
        st.integers(0, 2**16),
    ),
    max_size=8,
)
MINE = "mine"


def edited(lines: list[str], edits: list[tuple[str, int, int]]) -> list[str]:
    """The lines of a file after somebody's edits; each word of his has a number."""
    lines = lines[:]
    for number, (edit, one, other) in enumerate(edits):
        place, to = one % len(lines), other % len(lines)
        match edit:
            case "insert":
                lines.insert(place, f"{MINE}{number}.")
            case "block":
                lines[place:place] = ["", f"{MINE}{number}.", ""]
            case "heading":
                lines.insert(place, f"## {MINE}{number}.")
            case "append":
                lines[place] += f" {MINE}{number}."
            case "delete":
                lines = lines[:place] + lines[place + 1 :] or [""]
            case "turn":
                first, last = sorted((place, to))
                lines = lines[last:] + lines[first:last] + lines[:first]
            case "copy":
                lines[place:place] = lines[to : to + 5]
    return lines


def written_by_hand(text: str) -> list[str]:
    """The lines with words of the user's, without what the app may put around them."""
    lines = (line.rstrip("\r\n") for line in lines_of(text.removeprefix("\ufeff")))
    return [re.sub(r"<!--.*?-->|~~", "", line) for line in lines if MINE in line]


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(MARKS, MARKS, EDITS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_edits_are_never_lost_and_a_second_export_changes_nothing(
    preset: str,
    mark: Any,
    notebook: Any,
    templates: Path,
    first: list[Any],
    second: list[Any],
    edits: list[tuple[str, int, int]],
    newline: str,
    bom: str,
) -> None:
    template = load_template(preset, templates)
    one, two = (
        [mark(PASSAGES[n], n, note=note, tags=tags, color=color) for n, note, tags, color in marks]
        for marks in (first, second)
    )
    start = merge_notes(None, notebook(*one), template, now="2025-01-01T00:00:00Z").text
    assert joined(in_pieces(start)) == start
    before = bom + newline.join(edited(start.split("\n"), edits))
    assert joined(in_pieces(before)) == before
    gone = [each for each in one if each.id not in {other.id for other in two}]
    book = notebook(*two, deleted=gone)

    try:
        done = merge_notes(before, book, template, now="2025-02-02T00:00:00Z")
    except ExchangeError:
        # Somebody wrote another document's id into the front matter, and took out the ledger.
        assert "document: " in before
        return

    assert written_by_hand(done.text) == written_by_hand(before)
    if before.strip("\ufeff\r\n\t "):
        assert done.text.count("\n") == done.text.count(newline)
        assert done.text.startswith("\ufeff") == bool(bom)
    names = set(re.findall("<!-- mark ([0-9a-f]{12})", done.text))
    for each in two:
        assert (handle(each.id) in names) is (each.id not in done.left_out)
    again = merge_notes(done.text, book, template, now="2025-03-03T00:00:00Z")
    assert again.text == done.text
    assert again.unchanged


@settings(max_examples=150)
@given(st.text(st.sampled_from("-#>`~ \n\r|a<!mark0[]:\"'&*=,")), st.booleans())
def test_any_file_is_its_pieces(content: str, whole: bool) -> None:
    assert joined(in_pieces(content, whole)) == content


@settings(max_examples=80)
@given(st.text(st.sampled_from("-#> \n\r`a:[],\"'&*!{}|\ufeff"), max_size=80))
def test_any_file_of_the_users_is_kept_whole(
    mark: Any, notebook: Any, plain: Any, before: str
) -> None:
    done = merge_notes("---\n" + before, notebook(mark("tide rises")), plain)
    kept = [line.strip("\r\n") for line in lines_of(before) if line.strip()]
    lines = [line.strip("\r\n") for line in lines_of(done.text)]
    for line in kept:
        assert line in lines
        lines = lines[lines.index(line) + 1 :]
