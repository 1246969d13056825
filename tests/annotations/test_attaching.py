"""Where the annotations of a text hang: hand links, targets, terms and footnotes."""

from __future__ import annotations

import pytest

from reader.annotations.anchors import State
from reader.annotations.attaching import attach, footnote_annotations
from reader.annotations.attachment import Attachment, linked_from
from reader.annotations.model import Annotation, Kind
from reader.annotations.selectors import Selector
from reader.text.markdown import parse_markdown
from reader.text.model import Text


def note(identifier: str, *terms: str, targets: tuple[Selector, ...] = ()) -> Annotation:
    return Annotation(identifier, Kind.DEFINITION, identifier, terms=terms, targets=targets)


def attached(source: str, *annotations: Annotation) -> tuple[Text, Attachment]:
    text = parse_markdown(source)
    notes = footnote_annotations(text)
    return text, attach(text, [*annotations, *notes])


def words(text: Text, attachment: Attachment) -> list[tuple[str, str]]:
    """Every mention as (its words, its annotation), in order."""
    return [(text.string[m.start : m.end], m.annotation) for m in attachment.mentions]


def test_terms_are_found_in_every_kind_of_block() -> None:
    source = (
        "# War\n\nA War.\n\n- War here\n\n> War there\n\n"
        "| War | b |\n|---|---|\n| c | War |\n\n```\nWar\n```\n"
    )
    text, attachment = attached(source, note("war", "War"))
    assert words(text, attachment) == [("War", "war")] * 7
    assert list(attachment.of("war")) == list(attachment.mentions)


def test_a_term_does_not_run_from_one_cell_or_block_into_the_next() -> None:
    source = "one\n\ntwo\n\n| one | two |\n|---|---|\n| x | y |\n"
    _, attachment = attached(source, note("a", "one two", "x y"))
    assert attachment.mentions == ()


def test_a_term_runs_over_a_styled_word_and_a_line_break() -> None:
    text, attachment = attached("Operation **Spi**derweb<br>today", note("a", "Spiderweb today"))
    assert words(text, attachment) == [("Spiderweb\u2028today", "a")]


def test_linked_words_lead_to_their_annotation_and_no_term_takes_them() -> None:
    text, attachment = attached(
        "The [long war](#w) and the war and a long war.",
        note("w"),
        note("term", "war", "long war", "The long war"),
    )
    assert words(text, attachment) == [("long war", "w"), ("war", "term"), ("long war", "term")]


def test_a_link_of_several_runs_is_one_mention() -> None:
    text, attachment = attached("See [one **two** *three* `four`](#a) here.", note("a"))
    assert words(text, attachment) == [("one two three four", "a")]


def test_links_that_touch_but_lead_apart_are_two_mentions() -> None:
    text, attachment = attached("[one](#a)[two](#b) [one](#a)", note("a"), note("b"))
    assert words(text, attachment) == [("one", "a"), ("two", "b"), ("one", "a")]


def test_a_link_to_no_annotation_is_dead_and_its_words_are_free() -> None:
    text, attachment = attached("A [war](#nowhere) and [more **war**](#gone).", note("w", "war"))
    assert words(text, attachment) == [("war", "w"), ("war", "w")]
    assert [target for target, _ in attachment.dead_links] == ["nowhere", "gone", "gone"]
    first = attachment.dead_links[0][1]
    assert text.string[first:].startswith("war")


def test_links_to_the_web_lead_to_no_annotation() -> None:
    _, attachment = attached("[a](https://example.org/#a) [b](mailto:a@b.example)", note("a"))
    assert (attachment.mentions, attachment.dead_links) == ((), ())


def test_a_target_marks_its_passage() -> None:
    text, attachment = attached(
        "He said so. He meant it. He said so.",
        note("a", targets=(Selector("He said so", suffix=". He meant"), Selector("meant"))),
    )
    assert words(text, attachment) == [("He said so", "a"), ("meant", "a")]
    assert attachment.unsure == ()


def test_a_target_that_could_be_elsewhere_is_placed_and_told() -> None:
    annotation = note("a", targets=(Selector("war"),))
    text, attachment = attached("A war, a war.", annotation)
    assert words(text, attachment) == [("war", "a")]
    ((whose, selector, anchor),) = attachment.unsure
    assert (whose, selector, anchor.state) == (annotation, annotation.targets[0], State.DOUBTFUL)


def test_a_target_that_is_not_there_is_told() -> None:
    annotation = note("a", targets=(Selector("peace"), Selector("war")))
    text, attachment = attached("A war.", annotation)
    assert words(text, attachment) == [("war", "a")]
    ((whose, selector, anchor),) = attachment.unsure
    assert (whose.id, selector.exact, anchor.state) == ("a", "peace", State.ORPHANED)


def test_targets_may_hold_and_cut_anything_outer_ones_first() -> None:
    text, attachment = attached(
        "one [two](#link) three four",
        note("link"),
        note("term", "three"),
        note("inner", targets=(Selector("two"),)),
        note("outer", targets=(Selector("one two three"),)),
        note("across", targets=(Selector("three four"),)),
    )
    assert words(text, attachment) == [
        ("one two three", "outer"),
        ("two", "inner"),
        ("two", "link"),
        ("three four", "across"),
        ("three", "term"),
    ]


def test_what_leads_to_an_annotation_twice_at_one_place_is_one_mention() -> None:
    text, attachment = attached(
        "A [war](#a) it was.", note("a", targets=(Selector("war"), Selector("war")))
    )
    assert words(text, attachment) == [("war", "a")]


def test_an_annotation_of_the_whole_text_has_no_mentions() -> None:
    whole = Annotation("a", Kind.QUESTION, "A", whole_text=True)
    _, attachment = attached("A war.", whole)
    assert (attachment.mentions, attachment.unsure, list(attachment.of("a"))) == ((), (), [])


def test_nobody_is_nowhere() -> None:
    _, attachment = attached("A war.")
    assert list(attachment.of("nobody")) == []


def test_footnotes_are_references_at_their_marks() -> None:
    text, attachment = attached("One.[^a] Two.[^b]\n\n[^a]: From *there*.\n[^b]: From here.\n")
    notes = footnote_annotations(text)
    assert [(n.id, n.kind, n.title, n.body) for n in notes] == [
        (f"footnote-{f.label}", Kind.REFERENCE, f"Note {f.label}", f.body) for f in text.footnotes
    ]
    assert [n.body for n in notes] == ["From *there*.", "From here."]
    assert words(text, attachment) == [
        (f"[{f.label}]", f"footnote-{f.label}") for f in text.footnotes
    ]
    assert attachment.unsure == ()


def test_a_footnote_marked_twice_is_one_annotation_with_two_mentions() -> None:
    text, attachment = attached("One.[^a] Two.[^a] Three.[^a]\n\n[^a]: There.\n")
    (annotation,) = footnote_annotations(text)
    assert len(attachment.of(annotation.id)) == 3
    assert len({mention.start for mention in attachment.of(annotation.id)}) == 3


def test_a_link_may_lead_to_a_footnote() -> None:
    source = "One.[^1] As [said](#footnote-1).\n\n[^1]: There.\n"
    text, attachment = attached(source)
    assert words(text, attachment) == [("[1]", "footnote-1"), ("said", "footnote-1")]


@pytest.mark.parametrize(
    ("see", "back"),
    [
        ({"a": ("b",)}, {"b": ("a",)}),
        ({"a": ("b", "c"), "c": ("b",)}, {"b": ("a", "c"), "c": ("a",)}),
        ({"a": ("a",)}, {"a": ("a",)}),
        ({"a": ("nowhere",)}, {"nowhere": ("a",)}),
        ({}, {}),
    ],
)
def test_links_come_back(see: dict[str, tuple[str, ...]], back: dict[str, tuple[str, ...]]) -> None:
    annotations = [Annotation(one, Kind.EVENT, one, see=others) for one, others in see.items()]
    assert linked_from(annotations) == back


def test_thousands_of_annotations_are_attached() -> None:
    count = 3_000
    source = "\n\n".join(f"Here Name{n} did [it](#a{n}) well." for n in range(count))
    annotations = [
        note(f"a{n}", f"Name{n}", targets=(Selector("well", start=0),) if n % 300 == 0 else ())
        for n in range(count)
    ]
    _, attachment = attached(source, *annotations)
    assert [len(attachment.of(f"a{n}")) for n in (1, 2_999)] == [2, 2]
    assert len(attachment.unsure) == 10
