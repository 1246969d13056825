"""Links across the library: which notes lead into a text, and what a link can lead to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.annotations.marks import Mark
from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.library.library import Library
from reader.library.passages import Where

TEXT, OTHER, THIRD = "urn:uuid:1", "urn:uuid:2", "urn:uuid:3"
Make = Callable[..., Mark]
WEB = Annotation("spiderweb", Kind.EVENT, "Operation Spiderweb", "Drones over the steppe.")


@pytest.fixture
def texts(library: Library, copy_of: Callable[..., Copy]) -> Library:
    for number in (1, 2, 3):
        copy = copy_of(number=number, annotations=(WEB,) if number < 3 else ())
        library.opened(copy)
        library.index_text(copy)
    return library


def back(library: Library, text_id: str) -> list[tuple[str, str, str]]:
    return [(each.name, each.text_id, each.id) for each in library.backlinks(text_id)]


def test_a_text_knows_the_notes_of_others_that_lead_into_it(texts: Library, mark: Make) -> None:
    texts.save_marks(
        TEXT,
        [
            mark(1, "In its own text: [[operation SPIDERWEB]]"),
            mark(2, "By id: [[urn:uuid:2#spiderweb|**it**]]"),
            mark(3, "By title, twice: [[urn:uuid:2#Operation SPIDERWEB]] [[urn:uuid:2#spiderweb]]"),
        ],
    )
    texts.save_mark(OTHER, mark(5, "A note of another text: [[" + mark(1).id + "|words]]"))
    assert back(texts, TEXT) == [(mark(1).id, OTHER, mark(5).id)]
    assert sorted(back(texts, OTHER)) == [
        ("operation spiderweb", TEXT, mark(3).id),
        ("spiderweb", TEXT, mark(2).id),
        ("spiderweb", TEXT, mark(3).id),
    ]
    by_id = texts.backlinks(OTHER)[0]
    assert (by_id.words, by_id.title) == ("By id: it", "Text 1")
    assert back(texts, THIRD) == []


def test_backlinks_follow_every_change(texts: Library, mark: Make) -> None:
    texts.save_mark(TEXT, mark(1, "[[urn:uuid:2#spiderweb|a]]"))
    assert len(back(texts, OTHER)) == 1
    texts.save_mark(TEXT, mark(1, "No link any more"))
    assert back(texts, OTHER) == []
    texts.save_mark(TEXT, mark(1, "[[urn:uuid:2#spiderweb]] again"))
    texts.delete_mark(TEXT, mark(1).id)
    assert back(texts, OTHER) == []
    texts.restore_mark(TEXT, mark(1).id)
    assert back(texts, OTHER) == [("spiderweb", TEXT, mark(1).id)]


def found(library: Library, typed: str, but: str = THIRD) -> list[tuple[str, str, str]]:
    return [(each.text_id, each.words, each.title) for each in library.link_targets(typed, 5, but)]


def test_annotations_are_offered_by_their_titles(texts: Library) -> None:
    both = [(text, "Operation Spiderweb", title) for text, title in NAMED]
    assert sorted(found(texts, "operation")) == both
    assert sorted(found(texts, "SPIDER")) == both
    assert found(texts, "web", but=TEXT) == both[1:]
    assert found(texts, "drones") == []  # of the body, not of the title
    assert found(texts, "") == []
    (one,) = texts.link_targets("oper", 1)
    assert (one.id, one.where) == ("spiderweb", Where.ANNOTATION)


NAMED = [(TEXT, "Text 1"), (OTHER, "Text 2")]


def test_a_title_that_begins_with_what_is_typed_comes_first(
    library: Library, copy_of: Callable[..., Copy]
) -> None:
    titles = ["A web", "Web of lies", "Cobweb"]
    annotations = tuple(Annotation(f"a-{n}", Kind.EVENT, name) for n, name in enumerate(titles))
    copy = copy_of(annotations=annotations)
    library.opened(copy)
    library.index_text(copy)
    assert [words for _, words, _ in found(library, "web")] == ["Web of lies", "A web", "Cobweb"]


def test_notes_are_offered_by_their_words(texts: Library, mark: Make) -> None:
    texts.save_mark(OTHER, mark(1, "**Café** talk about [[spiderweb|it]]\nMore of it."))
    texts.save_mark(OTHER, mark(2, "", tags=("x",)))
    assert found(texts, "cafe ta") == [(OTHER, "Café talk about it", "Text 2")]
    assert found(texts, "more") == [(OTHER, "Café talk about it", "Text 2")]
    assert found(texts, "cafe", but=OTHER) == []
    texts.delete_mark(OTHER, mark(1).id)
    assert found(texts, "cafe") == []


def test_a_text_that_was_removed_offers_its_notes_only(texts: Library, mark: Make) -> None:
    texts.save_mark(OTHER, mark(1, "Operation as I see it"))
    texts.remove_text(OTHER)
    assert sorted(found(texts, "operation")) == [
        (TEXT, "Operation Spiderweb", "Text 1"),
        (OTHER, "Operation as I see it", "Text 2"),
    ]


@pytest.mark.parametrize("title", ["戦争と平和", "Straße", "Війна", 'A "b" (c) %_*'])
def test_titles_of_all_scripts_are_offered(
    library: Library, copy_of: Callable[..., Copy], title: str
) -> None:
    copy = copy_of(annotations=(Annotation("a", Kind.EVENT, title),))
    library.opened(copy)
    library.index_text(copy)
    for typed in (title, title.upper(), title[:3]):
        assert found(library, typed) == [(TEXT, title, "Text 1")]


def test_a_mark_knows_its_text_and_a_text_its_file(texts: Library, mark: Make) -> None:
    texts.save_mark(OTHER, mark(1, "words"))
    assert texts.text_of_mark(mark(1).id) == OTHER
    texts.delete_mark(OTHER, mark(1).id)
    assert texts.text_of_mark(mark(1).id) == ""
    known = texts.known(OTHER)
    assert known is not None
    assert (known.title, known.path.name) == ("Text 2", "2.txt")
    assert texts.known("urn:uuid:9") is None
