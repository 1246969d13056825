"""The annotations of one text in another: each finds its place, or is said to have none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotations.anchors import State
from reader.annotations.selectors import Selector
from reader.copies.applying import Applied, Outcome, annotation_set, apply_annotations, apply_to
from reader.copies.manuscripts import from_words, manuscript
from reader.copies.reading import open_copy
from reader.problems import CannotOpen
from reader.text.markdown import parse_markdown

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED = CONTENT / "russia-ukraine-2025"

ARTICLE = """\
# The harbour

The tide rises twice a day, and it falls twice a day. Every captain of the coast knows
[the old lighthouse](#lighthouse) on the rock. It is the city’s “new” harbour, built in 1890.

In winter the harbour freezes. The ice is broken by a steamer.
"""
YAML = """\
# Kept as it is
annotations:
  - id: tide
    kind: definition
    terms: [tide, tides]   # both
  - id: harbour
    kind: place
    target: {exact: harbour, prefix: "winter the "}
  - id: built
    kind: figure
    target: {exact: the city’s “new” harbour}
  - id: lighthouse
    kind: place
    title: The lighthouse
  - id: steamer
    kind: question
    target: {exact: The ice is broken by a steamer}
  - id: ghost
    kind: person
    terms: [ghost]
  - id: all
    kind: question
    target: text
"""
OTHER = """\
# Of harbours

Every captain of the coast knows the old lighthouse on the rock. Next to
it lies the city's "new" harbour, and it is old by now.

In winter the harbour freezes, and the tide is low. Tides do as they like.
"""

MakeCopy = Callable[..., Path]


@pytest.fixture
def folder(make_copy: MakeCopy) -> Path:
    return make_copy(article=ARTICLE, annotations=YAML)


def outcomes(applied: Applied) -> dict[str, tuple[Outcome, int]]:
    return {each.new.id: (each.outcome, each.mentions) for each in applied.annotations}


def test_each_annotation_finds_its_place_or_is_said_to_have_none(folder: Path) -> None:
    applied = apply_annotations(annotation_set(folder), parse_markdown(OTHER))
    assert outcomes(applied) == {
        "tide": (Outcome.TERMS, 1),
        "harbour": (Outcome.EXACT, 1),
        "built": (Outcome.MOVED, 1),
        "lighthouse": (Outcome.MOVED, 1),
        "steamer": (Outcome.ORPHANED, 0),
        "ghost": (Outcome.NOTHING, 0),
        "all": (Outcome.WHOLE_TEXT, 0),
    }
    assert applied.counts[Outcome.EXACT] == 1
    (quote,) = next(each for each in applied.annotations if each.new.id == "built").quotes
    assert (quote.selector.exact, quote.words) == (
        "the city’s “new” harbour",
        'the city\'s "new" harbour',
    )


def test_quotes_are_written_as_the_other_text_has_them_and_all_else_stays(folder: Path) -> None:
    applied = apply_annotations(annotation_set(folder), parse_markdown(OTHER))
    assert applied.source == YAML.replace(
        "the city’s “new” harbour}", 'the city\'s "new" harbour}'
    ).replace(
        "    title: The lighthouse\n",
        "    title: The lighthouse\n    target: {exact: the old lighthouse}\n",
    )


def test_a_copy_is_made_that_check_has_words_for(folder: Path, tmp_path: Path) -> None:
    _, made = apply_to(annotation_set(folder), from_words(OTHER, markdown=True), tmp_path / "new")
    copy = open_copy(made.folder)
    assert copy.text.string == parse_markdown(OTHER).string
    assert sorted((each.code, each.line) for each in copy.problems) == [
        ("target-not-found", 18),
        ("term-not-found", 5),
        ("term-not-found", 21),
    ]
    assert copy.manifest.id != open_copy(folder).manifest.id
    assert len(copy.annotations) == 7


def test_a_text_that_has_links_of_its_own_keeps_to_them(folder: Path) -> None:
    revised = ARTICLE.replace(
        "[the old lighthouse](#lighthouse)", "the [old lighthouse](#lighthouse)"
    )
    applied = apply_annotations(annotation_set(folder), parse_markdown(revised))
    assert outcomes(applied)["lighthouse"] == (Outcome.TERMS, 1)
    assert applied.source == YAML


def test_words_that_were_linked_and_are_gone_keep_their_quote(folder: Path) -> None:
    applied = apply_annotations(annotation_set(folder), parse_markdown("Nothing of the kind."))
    new = {each.new.id: each.new for each in applied.annotations}
    assert new["lighthouse"].targets == (
        Selector(
            "the old lighthouse", "captain of the coast knows ", " on the rock. It is the city’s"
        ),
    )
    assert outcomes(applied)["lighthouse"] == (Outcome.ORPHANED, 0)


def test_annotations_that_lie_alone_can_be_applied(tmp_path: Path) -> None:
    alone = tmp_path / "annotations.yaml"
    alone.write_text(YAML)
    (tmp_path / "other.txt").write_text(OTHER.replace("# Of harbours\n\n", ""))
    applied, made = apply_to(
        annotation_set(alone), manuscript(tmp_path / "other.txt"), tmp_path / "new"
    )
    assert outcomes(applied)["built"] == (Outcome.MOVED, 1)
    assert outcomes(applied)["lighthouse"] == (Outcome.NOTHING, 0)
    assert open_copy(made.folder).manifest.title == "other"
    alone.write_text("annotations:\n- id: a: b\n")
    with pytest.raises(CannotOpen, match=r"annotations\.yaml, line 2"):
        annotation_set(alone)


def test_the_pictures_of_the_annotations_go_along(tmp_path: Path) -> None:
    welcome = CONTENT / "welcome"
    text = (welcome / "article.md").read_text("utf-8")
    without = re.sub(r"!\[.*\n", "\n", text)
    assert "![" not in without
    _, made = apply_to(
        annotation_set(welcome), from_words(without, markdown=True), tmp_path / "new"
    )
    copy = open_copy(made.folder)
    shown = [each.image.file for each in copy.annotations if each.image]
    assert shown
    assert all(copy.picture(name) for name in shown)


def test_the_shipped_annotations_follow_another_edition_of_their_text() -> None:
    """The article without its markup, its quotes straight, two sections the other way round."""
    source = (SHIPPED / "article.md").read_text("utf-8")
    title, *sections = re.split(r"\n(?=## )", source)
    sections[1], sections[2] = sections[2], sections[1]
    plain = re.sub(r"\[([^\]]+)\]\(#[^)]+\)", r"\1", "\n".join((title, *sections)))
    plain = plain.translate(str.maketrans("“”’", '""\'')).replace("analysis", "article")
    applied = apply_annotations(annotation_set(SHIPPED), parse_markdown(plain))
    assert applied.counts[Outcome.ORPHANED] == applied.counts[Outcome.NOTHING] == 0
    assert applied.counts[Outcome.DOUBTFUL] <= 2
    assert len(applied.annotations) == 75
    for each in applied.annotations:
        for quote in each.quotes:
            if quote.anchor.state in (State.EXACT, State.MOVED):
                straight = quote.selector.exact.translate(str.maketrans("“”’", '""\''))
                assert quote.words == straight.replace("analysis", "article")
