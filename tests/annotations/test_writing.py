"""annotations.yaml as a person would change it: what was asked for, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from textwrap import dedent, indent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind
from reader.annotations.reading import read_annotations
from reader.annotations.selectors import Selector
from reader.annotations.writing.changes import (
    Add,
    Change,
    Delete,
    Rename,
    Replace,
    edited,
    expected_after,
)
from reader.annotations.writing.entries import Entries
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.words import inline

CONTENT = Path(__file__).parents[2] / "content"

FILE = """\
# Who and what, by hand.
annotations:

  # --- People ---

  - id: anna   # the elder
    kind: person
    # as in the register
    title: "Anna"  # not Hanna
    terms: [Anna, 'i:anna b.']
    body: |
      First line.

      Second, see [the harbour](#harbour).
    see: [harbour]

  - id: bertil
    kind: person
    title: Bertil
    terms:
      - Bertil   # the short form
      - Bertil B.
    body: Short.

  # --- Places ---

  - id: harbour
    kind: place
    title: The harbour
    terms: [harbour]
    image: {file: figures/map.svg, alt: A map.}
    see: [anna, bertil]
    # to do: a chart
"""


ODD = """\
---
annotations: # by many hands
- kind: person

  "id": anna
  title: >-
    Anna
    of B.
  terms: # one below the other
  - Anna
  # and
  - 'i:anna
    b.'
  target:
    - exact: the elder
      prefix: |2+
          by

    - {exact: "the
        younger"}
  body: >
    Folded
    words.

    # no comment
# between
-   id: harbour
    kind: place
    target:
        # where
        exact: harbour   # here
        suffix: " of"
    chart:
      kind: bars
      values:
        ships: 3
        "1890": 4.5
    date:
    body: plain words
      that go on
    see:
    - anna
- {id: d_d, kind: event, target: text, see: [
    anna,
    harbour ], terms: []}
# the end
...
"""


def annotations_in(source: str) -> dict[str, Annotation]:
    result = read_annotations(source)
    assert result.problems == []
    return {each.id: each for each in result.annotations}


def with_fields(identifier: str, **fields: object) -> Replace:
    return Replace(identifier, replace(annotations_in(FILE)[identifier], **fields))  # type: ignore


def difference(change: Change, source: str = FILE) -> tuple[str, str]:
    """The lines that a change takes out and those that it puts in, from the first to the last."""
    before, after = source.splitlines(), edited(source, change).splitlines()
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return "\n".join(before), "\n".join(after)


def test_a_new_entry_comes_after_the_last_of_its_kind() -> None:
    new = Annotation(
        id="cecilia",
        kind=Kind.PERSON,
        title="Cecilia: the captain",
        terms=("Cecilia", "no", "a, b"),
        targets=(Selector("she sailed", "where ", ""),),
        body="She *sailed*.\n\nFar: 2 miles #1.",
        see=("anna",),
        date="1890-05",
        chart=Chart(ChartKind.BARS, (("1889", 1.0), ("1890", 2.5)), "%"),
        image=Image("figures/c.png", "Her ship, at sea"),
    )
    removed, added = difference(Add(new))
    assert removed == ""
    assert dedent(added) == dedent("""\
        - id: cecilia
          kind: person
          title: "Cecilia: the captain"
          date: 1890-05
          terms: [Cecilia, "no", "a, b"]
          target: {exact: she sailed, prefix: "where "}
          body: |
            She *sailed*.

            Far: 2 miles #1.
          see: [anna]
          chart: {kind: bars, unit: "%", values: {"1889": 1, "1890": 2.5}}
          image: {file: figures/c.png, alt: "Her ship, at sea"}
        """)
    assert list(annotations_in(edited(FILE, Add(new)))) == ["anna", "bertil", "cecilia", "harbour"]


def test_a_kind_that_is_new_comes_last_below_the_comments_of_the_last() -> None:
    new = Annotation(id="storm", kind=Kind.EVENT, title="Storm", terms=("storm",))
    assert edited(FILE, Add(new)) == FILE + indent(
        "\n- id: storm\n  kind: event\n  title: Storm\n  terms: [storm]\n", "  ", bool
    ).replace("  \n", "\n")


def test_a_new_entry_can_be_put_after_any_other() -> None:
    new = Annotation(id="x", kind=Kind.EVENT, title="X", whole_text=True)
    assert list(annotations_in(edited(FILE, Add(new, after="anna"))))[1] == "x"


@pytest.mark.parametrize(
    ("change", "removed", "added"),
    [
        (with_fields("anna", title="Anna B."), 'title: "Anna"', "title: Anna B."),
        (with_fields("anna", date="1850"), "", "date: 1850"),
        (with_fields("anna", see=()), "see: [harbour]", ""),
        (with_fields("anna", see=("bertil", "harbour")), "[harbour]", "[bertil, harbour]"),
        (with_fields("bertil", body="One.\nTwo."), "Short.", "|\n      One.\n      Two."),
        (with_fields("harbour", body="One."), "", "body: One."),
    ],
)
def test_only_the_field_that_changes_is_written(change: Replace, removed: str, added: str) -> None:
    before, after = difference(change)
    assert removed in before
    assert added in after
    assert max(before.count("\n"), after.count("\n")) <= added.count("\n")


def test_comments_beside_and_above_a_changed_field_stay() -> None:
    changed = edited(FILE, with_fields("anna", title="Åsa"))
    assert "    # as in the register\n    title: Åsa  # not Hanna\n" in changed


def test_a_comment_beside_words_that_become_a_block_stays() -> None:
    source = FILE.replace("body: Short.", "body: Short.   # too short")
    change = Replace("bertil", replace(annotations_in(source)["bertil"], body="One.\n\nTwo."))
    assert "    body: | # too short\n      One.\n\n      Two.\n" in edited(source, change)


def test_a_list_in_lines_stays_in_lines() -> None:
    changed = edited(FILE, with_fields("bertil", terms=("Bertil", "B: B.")))
    assert '    terms:\n      - Bertil\n      - "B: B."\n    body' in changed


def test_a_picture_that_changes_keeps_what_does_not() -> None:
    changed = edited(FILE, with_fields("harbour", image=Image("figures/map.svg", "Map", "1890")))
    assert '    image: {file: figures/map.svg, alt: Map, caption: "1890"}\n' in changed


def test_an_entry_goes_with_its_lines_and_out_of_every_see() -> None:
    assert edited(FILE, Delete("bertil")) == FILE.replace(
        FILE[FILE.index("  - id: bertil") : FILE.index("  # --- Places")], ""
    ).replace("[anna, bertil]", "[anna]")


def test_the_last_entry_goes_with_the_empty_line_before_it() -> None:
    changed = edited(FILE, Delete("harbour"))
    assert changed.endswith("    body: Short.\n\n  # --- Places ---\n")
    assert "see: " not in changed


def test_the_only_entry_leaves_an_empty_list_and_another_can_come() -> None:
    source = "# Mine\nannotations:\n\n  - id: a\n    kind: person\n    title: A\n"
    emptied = edited(source, Delete("a"))
    assert emptied == "# Mine\nannotations: []\n"
    annotation = annotations_in(source)["a"]
    assert edited(emptied, Add(annotation)) == source


def test_a_new_id_is_followed_by_see_and_by_links() -> None:
    changed = edited(FILE, Rename("harbour", "port"))
    assert changed == FILE.replace("id: harbour", "id: port").replace(
        "(#harbour)", "(#port)"
    ).replace("see: [harbour]", "see: [port]")


def test_a_title_that_came_from_the_id_stays_when_the_id_changes() -> None:
    source = "annotations:\n  - id: old-name\n    kind: person\n"
    assert annotations_in(edited(source, Rename("old-name", "b")))["b"].title == "Old name"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# nothing yet\n",
        "annotations:\n",
        "annotations: []\n",
        "annotations: []  # none",
        "{annotations: []}\n",
        "annotations: [{id: z, kind: person}]\n",
        "annotations:\n- id: z\n  kind: person\n",
        "annotations:\n  - {id: z, kind: person}\n",
        "---\nannotations:\n  -\n    # who\n    kind: person\n    id: z\n...\n",
        "annotations:\n  -   id: z\n      kind: person\n      terms:\n      - z\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_however_the_list_is_written_an_entry_can_come_change_and_go(
    source: str, newline: str
) -> None:
    source = source.replace("\n", newline)
    before = read_annotations(source).annotations
    new = Annotation(
        id="new", kind=Kind.EVENT, title="N", body="a\n\nb", see=("z",), targets=(Selector("q"),)
    )
    added = edited(source, Add(new))
    assert read_annotations(added).annotations == [*before, new]
    assert added.endswith("\n") is (source.endswith("\n") or not source)
    assert "\r\n" not in source or added.replace("\r\n", "").find("\n") == -1
    two = replace(new, targets=(Selector("q"), Selector("r: s", " ")), title="It’s #1", body="c")
    changed = edited(added, Replace("new", two))
    assert read_annotations(changed).annotations == [*before, two]
    gone = edited(changed, Delete("new"))
    assert read_annotations(gone).annotations == before


WORDS = [
    "plain", "yes", "No", "null", "~", "12", "1.5", "1e3", "0x1F", "2025-06-01", "12:30", "y",
    "a: b", "a #b", "a:", "#a", "- a", "? a", "@a", "`a`", "%a", "&a", "*a", "!a", "|", ">", "[a",
    "{a}", "a, b", "it's", 'say "x"', "'", '"', "\\n", "a\tb", "a\nb", "a\n\n  b\n", "𝒜 ❤️ 👩‍🚀",
    "\x00\x07", "\x85\u2028\u2029", "\ufeff", "a\xa0b", "<<", "=", "---", "...", "i:word", "text",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("flow", [True, False])
def test_words_are_the_same_words_for_any_reader_of_yaml(words: str, flow: bool) -> None:
    written = inline(words, flow)
    source = f"[{written}, x]" if flow else f"- {written}\n- x\n"
    assert yaml.safe_load(source) == [words, "x"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("annotations:\n  - id: a\n  kind: person\n", "annotations.yaml, line 3"),
        ("annotations: [&x {id: a, kind: person}]\n", "annotations.yaml, line 1"),
        ("annotations:\n  - id: a\n    title: x: y\n", "annotations.yaml, line 3"),
        ("- id: a\n", "The file is a bare list"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_touched(source: str, said: str) -> None:
    with pytest.raises(CannotEdit, match=said):
        edited(source, Add(Annotation("n", Kind.PERSON, "N")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Add(Annotation("anna", Kind.PERSON, "x")), "line 6: the id “anna” is taken already"),
        (Add(Annotation("an na", Kind.PERSON, "x")), "“an na” cannot be an id"),
        (Rename("anna", "bertil"), "the id “bertil” is taken already"),
        (Delete("nobody"), "no annotation “nobody” any more"),
        (Replace("nobody", Annotation("nobody", Kind.PERSON, "x")), "no annotation “nobody”"),
        (
            with_fields("anna", chart=Chart(ChartKind.SHARE, (("a", -1.0),))),
            "A share cannot be negative",
        ),
        (with_fields("anna", date="soon"), "“soon” is not a date"),
    ],
)
def test_what_cannot_be_done_is_said(change: Change, said: str) -> None:
    with pytest.raises(CannotEdit, match=said):
        edited(FILE, change)


def test_an_entry_that_could_not_be_read_stays_as_it_is() -> None:
    source = FILE.replace("kind: place", "kind: planet")
    changed = edited(source, Rename("anna", "anne"))
    assert changed[changed.index("  - id: harbour") :] == source[
        source.index("  - id: harbour") :
    ].replace("[anna,", "[anne,")
    with pytest.raises(CannotEdit, match="line 27: “harbour” could not be read"):
        edited(source, Rename("harbour", "port"))


@pytest.mark.parametrize("copy", ["russia-ukraine-2025", "welcome"])
def test_every_shipped_entry_can_be_taken_out_and_put_back(copy: str) -> None:
    source = (CONTENT / copy / "annotations.yaml").read_text("utf-8")
    for annotation in read_annotations(source).annotations[::7]:
        rest = replace(annotation, see=())
        back = edited(edited(source, Delete(annotation.id)), Add(rest))
        assert annotations_in(back)[annotation.id] == rest
        same = edited(source, Replace(annotation.id, annotation))
        assert same == source


letters = st.text(
    st.one_of(
        st.sampled_from(" \n\t:#-?,[]{}&*!|>'\"%@`\\~=.yn12é’—\u200d\u2028𝒜\ufeff\x85\x07"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
)
ids = st.sampled_from(["a", "b-1", "ç", "d_d", "5", "no", "null", "anna", "harbour"])
numbers = st.floats(allow_nan=False, allow_infinity=False)
selectors = st.builds(
    Selector,
    letters.filter(lambda words: bool(words.strip())),
    letters,
    letters,
    st.none() | st.integers(0, 10**9),
    st.none() | st.integers(0, 10**9),
)
charts = st.builds(
    Chart,
    st.sampled_from([ChartKind.BARS, ChartKind.LINE]),
    st.dictionaries(letters, numbers, min_size=1, max_size=4).map(lambda d: tuple(d.items())),
    letters,
    letters,
)
files = letters.filter(lambda words: bool(words.strip()))
entries = st.builds(
    Annotation,
    id=ids,
    kind=st.sampled_from(Kind),
    title=letters,
    body=letters,
    terms=st.lists(letters, max_size=3).map(tuple),
    targets=st.lists(selectors, max_size=2).map(tuple),
    whole_text=st.booleans(),
    see=st.lists(ids, max_size=3).map(tuple),
    date=st.sampled_from(["", "2025", "2025-06", "2025-06-01"]),
    chart=st.none() | charts,
    image=st.none() | st.builds(Image, files, letters, letters),
)
changes = st.one_of(
    st.builds(Add, entries, st.just("") | ids),
    st.builds(Replace, ids, entries),
    st.builds(Delete, ids),
    st.builds(Rename, ids, ids),
)
sources = st.sampled_from(
    [
        FILE,
        ODD,
        ODD.replace("\n", "\r\n"),
        FILE.replace("\n", "\r\n"),
        FILE.rstrip("\n"),
        "",
        "annotations: [{id: a, kind: event}]",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(sources, st.lists(changes, min_size=1, max_size=6))
def test_after_any_changes_the_file_says_what_it_should(
    source: str, sequence: list[Change]
) -> None:
    for change in sequence:
        before = read_annotations(source)
        if refusal := _refusal(before.annotations, change):
            with pytest.raises(CannotEdit, match=refusal):
                edited(source, change)
            continue
        result = edited(source, change)
        after = read_annotations(result)
        expected = {each.id: each for each in expected_after(before.annotations, change)}
        assert {each.id: each for each in after.annotations} == expected
        if before.annotations:
            untouched = _untouched(before.annotations, after.annotations)
            old, new = Entries(source, "").raw(), Entries(result, "").raw()
            assert {name: new[name] for name in untouched} == {
                name: old[name] for name in untouched
            }
        source = result


def _refusal(before: list[Annotation], change: Change) -> str:
    """Why a change cannot be made; else empty."""
    there = {each.id for each in before}
    old = None if isinstance(change, Add) else change.id
    match change:
        case Add(annotation) | Replace(_, annotation):
            new = annotation.id
        case Rename(_, new):
            pass
        case _:
            new = change.id
    if old is not None and old not in there:
        return "there is no annotation"
    return "is taken already" if new != old and new in there else ""


def _untouched(before: list[Annotation], after: list[Annotation]) -> set[str]:
    return {one.id for one, other in product(before, after) if one == other}
