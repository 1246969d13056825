"""Links in notes: what is one, what it leads to, how the shortest is written."""

from __future__ import annotations

import pytest

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.model import Annotation, Kind
from reader.annotations.note_links import (
    LinkTargets,
    NoteLink,
    first_words,
    link_to_mark,
    links_in,
    target_of,
    without_links,
)
from reader.annotations.selectors import Selector

TEXT = "urn:uuid:1"
MARK = "urn:uuid:0000000a"


@pytest.mark.parametrize(
    ("note", "links"),
    [
        ("[[Operation Spiderweb]]", [NoteLink("", "Operation Spiderweb")]),
        ("[[ putin | the president ]]", [NoteLink("", "putin", "the president")]),
        ("[[C# language]]", [NoteLink("", "C# language")]),
        ("[[urn:uuid:1#putin|he]]", [NoteLink("urn:uuid:1", "putin", "he")]),
        ("[[urn:uuid:1#urn:uuid:2]]", [NoteLink("urn:uuid:1", "urn:uuid:2")]),
        ("[[urn:uuid:77]] and [[urn:uuid:77]]", [NoteLink("", "urn:uuid:77")]),
        ("[[a]] [[b]]", [NoteLink("", "a"), NoteLink("", "b")]),
        ("[[]] [[|x]] [[ ]] [a] [[a\nb]] [[[", []),
        ("[[" + "a" * 400 + "]]", []),
        ("`[[code]]` [[a]] ``[[`code]]``", [NoteLink("", "a")]),
        ("```\n[[code]]\n\n[[code]]\n``` [[a]]", [NoteLink("", "a")]),
        ("one ` alone [[a]]", [NoteLink("", "a")]),
    ],
)
def test_links_in_a_note(note: str, links: list[NoteLink]) -> None:
    assert links_in(note) == links
    for link in links:
        assert links_in(link.written) == [link]
        assert target_of(link.target) == link._replace(words="")


def test_a_note_without_its_links_keeps_their_words() -> None:
    note = "See [[The pilot]], [[urn:uuid:1#x|the other]] and `[[code]]`."
    assert without_links(note) == "See The pilot, the other and `[[code]]`."


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("\n\n## A *heading*\nmore", "A heading"),
        ("- [[urn:uuid:1#x|An item]], `so`", "An item, so"),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("", "the words"),
        ("word " * 30, "word " * 11 + "word …"),
    ],
)
def test_the_first_words_call_a_note_to_mind(note: str, words: str) -> None:
    assert first_words(note, "the words") == words


ANNOTATIONS = (
    Annotation("pilot", Kind.PERSON, "The pilot"),
    Annotation("other-pilot", Kind.PERSON, "the Pilot "),
    Annotation("harbour", Kind.PLACE, "Pilot"),
    Annotation("odd", Kind.EVENT, "A [b] | c"),
    Annotation("tide", Kind.EVENT, "The tide"),
)
TARGETS = LinkTargets(TEXT, ANNOTATIONS, [MARK])


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("THE TIDE", "tide"),
        ("Tide", "tide"),
        ("pilot", "pilot"),  # the id goes before another's title
        ("the pilot", "pilot"),  # of two equal titles the first
        (f"{TEXT}#The tide", "tide"),
        (f"{TEXT}#tide", "tide"),
        (MARK, MARK),
        ("urn:uuid:2#tide", ""),
        ("ebb", ""),
        ("urn:uuid:0000000b", ""),
    ],
)
def test_a_link_leads_to_an_id_a_title_or_a_mark(written: str, id_: str) -> None:
    assert TARGETS.id_of(target_of(written)) == id_


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda each: each.id)
def test_the_link_to_each_annotation_leads_there(annotation: Annotation) -> None:
    (link,) = links_in(TARGETS.link_to(annotation).written)
    assert TARGETS.id_of(link) == annotation.id
    shown = link.words or link.name
    assert (
        shown.split()
        == annotation.title.replace("[", " ").replace("]", " ").replace("|", " ").split()
    )


def test_a_link_is_short_where_its_title_is_enough() -> None:
    assert TARGETS.link_to(ANNOTATIONS[4]).written == "[[The tide]]"
    assert TARGETS.link_to(ANNOTATIONS[1]).written == "[[other-pilot|the Pilot]]"
    assert TARGETS.link_to(ANNOTATIONS[2]).written == "[[harbour|Pilot]]"


def test_a_link_to_a_mark_has_its_words() -> None:
    mark = Mark(MARK, MarkKind.NOTE, Selector("quoted | words"), note="")
    assert link_to_mark(mark).written == f"[[{MARK}|quoted words]]"
    assert link_to_mark(mark, TEXT).written == f"[[{TEXT}#{MARK}|quoted words]]"
