"""Searching texts, annotations and marks at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.annotations.attaching import attach
from reader.annotations.marks import Mark
from reader.annotations.model import Annotation, Kind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.library import search
from reader.library.cache import FILE as CACHE
from reader.library.library import Library
from reader.library.passages import CLOSES, JOINT, LONGEST, OPENS, Where
from reader.library.search import Hit
from reader.library.snippets import snippet_of

Make = Callable[..., Mark]
MakeCopy = Callable[..., Copy]

ARTICLE = """The Night

Zelenskyy spoke in Kyiv. The café was naïve, and the drones flew over Łódź.

A second paragraph tells of drone production, and of Spiderweb.

Война и мир: всё ещё идёт. 戦争と平和は長い。
"""


@pytest.fixture
def article(library: Library, copy_of: MakeCopy) -> Copy:
    copy = copy_of(ARTICLE)
    library.opened(copy)
    library.index_text(copy)
    return copy


def found_words(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.found]


def at(copy: Copy, hit: Hit, length: int) -> str:
    return copy.text.string[hit.start : hit.start + length]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("spiderweb", "Spiderweb"),
        ("KYIV", "Kyiv"),
        ("cafe", "café"),
        ("CAFÉ", "café"),
        ("cafe\u0301", "café"),
        ("naive", "naïve"),
        ("война", "Война"),
        ("все", "всё"),
        ("平和", "平和"),
        ("zelen", "Zelenskyy"),
        ('"second paragraph"', "second paragraph"),
        ("paragraph second", "second"),
        ('"drone production" spider', "drone production"),
        ("“Spiderweb”", "Spiderweb"),
    ],
)
def test_words_are_found_where_they_stand(
    library: Library, article: Copy, query: str, words: str
) -> None:
    (hit,) = library.search(query)
    assert (hit.text_id, hit.title, hit.where, hit.id) == ("urn:uuid:1", "Text 1", "text", "")
    assert found_words(hit)[0] == words
    assert at(article, hit, len(words)) == words


@pytest.mark.parametrize(
    "query",
    [
        "spider ",  # no longer the beginning of a word
        "spider web",
        '"spider"',
        '"production drone"',
        "zelen kyiv",  # only the last word may go on
        "s",
        "nothing",
        "спайдер",
    ],
)
def test_what_is_not_there_is_not_found(library: Library, article: Copy, query: str) -> None:
    assert library.search(query) == []


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    '" OR * NEAR ( -',
    "* OR AND NOT NEAR",
    "NEAR(drones kyiv, 5)",
    "words : drones",
    "{words} : x",
    "^drones",
    "drones*",
    "-drones",
    "drones + kyiv",
    "'; DROP TABLE passages; --",
    "\0",
    "dro\0nes",
    "\ud800",
    "😀",
    "a" * 100_000,
    "drones " * 5_000,
    '"drones ' * 5_000,
    "%_?[]",
    "\u200b\ufdd0\ufdd1",
    "平" * 3_000,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query)[:24])
def test_no_query_is_an_error(library: Library, article: Copy, query: str) -> None:
    library.search(query)
    assert len(library.search("spiderweb")) == 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=()), max_size=30)
    | st.text('"*^:+-(){} ORANDNEARdrones', max_size=30)
)
def test_no_query_at_all_is_an_error(library: Library, query: str) -> None:
    assert isinstance(library.search(query), list)


def test_signs_around_words_do_not_count(library: Library, article: Copy) -> None:
    for query in ("drones*", "-drones", "(drones)", "drones:", "NEAR drones", "dro-nes drones"):
        expected = [] if query.startswith(("NEAR", "dro-")) else ["drones"]
        assert [found_words(hit)[0] for hit in library.search(query)] == expected


def test_texts_annotations_and_marks_are_found_together(
    library: Library, copy_of: MakeCopy, mark: Make
) -> None:
    spoken = Annotation(
        "spoken", Kind.EVENT, "The speech", "Of drones.", targets=(Selector("Zelenskyy spoke"),)
    )
    nowhere = Annotation("nowhere", Kind.QUESTION, "And drones?")
    plain = copy_of(ARTICLE, annotations=(spoken, nowhere))
    copy = Copy(
        plain.path,
        plain.manifest,
        plain.text,
        plain.revision,
        annotations=plain.annotations,
        attachment=attach(plain.text, plain.annotations),
    )
    library.opened(copy)
    library.index_text(copy)
    note = mark(1, "My drones", tags=("air-raid",), selector=Selector("Kyiv", start=30, end=34))
    library.save_mark("urn:uuid:1", note)
    hits = {(str(hit.where), hit.id): hit for hit in library.search("drones")}
    assert hits.keys() == {
        ("text", ""),
        ("annotation", "spoken"),
        ("annotation", "nowhere"),
        ("note", note.id),
    }
    assert hits["annotation", "spoken"].start == ARTICLE.index("Zelenskyy") - 1
    assert hits["annotation", "nowhere"].start == 0
    assert hits["note", note.id].start == 30
    assert all(found_words(hit)[0].lower() == "drones" for hit in hits.values())
    for query in ("air-raid", "#air", "raid"):
        assert [hit.id for hit in library.search(query)] == [note.id]
    assert {hit.where for hit in library.search("kyiv")} == {"text", "note"}


def test_marks_are_found_as_soon_as_they_are_saved(
    library: Library, folder: Path, mark: Make
) -> None:
    library.save_mark("urn:uuid:1", mark(1, "first words"))
    assert [hit.id for hit in library.search("first")] == [mark(1).id]
    library.save_mark("urn:uuid:1", mark(1, "second words"))
    assert library.search("first") == []
    with closing(Library(folder)) as other:
        other.save_mark("urn:uuid:1", mark(2, "of another window"))
    assert [hit.id for hit in library.search("window")] == [mark(2).id]
    library.delete_mark("urn:uuid:1", mark(2).id)
    assert library.search("window") == []
    library.restore_mark("urn:uuid:1", mark(2).id)
    assert [hit.id for hit in library.search("window")] == [mark(2).id]


def test_a_new_revision_takes_the_place_of_the_old(library: Library, copy_of: MakeCopy) -> None:
    for words in ("Old words.", "New words.", "New words."):
        library.opened(copy_of(words))
        library.index_text(copy_of(words))
    assert library.search("old") == []
    assert len(library.search("words")) == 1


def test_a_text_is_found_by_its_title_and_authors(library: Library, copy_of: MakeCopy) -> None:
    copies = [
        copy_of("Words of one.", 1, title="On drones", authors=("Ann Example",)),
        copy_of("On drones\n\nWords of another.", 2, title="On drones"),
    ]
    for copy in copies:
        library.opened(copy)
        library.index_text(copy)
    (hit,) = library.search("example")
    assert (hit.text_id, hit.where, hit.start, hit.snippet) == (
        "urn:uuid:1",
        "text",
        0,
        "On drones · Ann Example",
    )
    assert len(library.search("drones")) == 2
    (hit,) = library.search('"words of one"')
    assert hit.start == 0


def test_texts_that_are_not_in_the_index_are_named(
    library: Library, folder: Path, copy_of: MakeCopy
) -> None:
    for number in (1, 2, 3):
        library.opened(copy_of(number=number))
    library.index_text(copy_of(number=2))
    library.remove_text("urn:uuid:3")
    assert [text.id for text in library.unindexed()] == ["urn:uuid:1"]
    library.close()
    (folder / CACHE).unlink()
    with closing(Library(folder)) as again:
        assert {text.id for text in again.unindexed()} == {"urn:uuid:1", "urn:uuid:2"}
        again.index_text(copy_of(number=1))
        assert [text.id for text in again.unindexed()] == ["urn:uuid:2"]


def test_what_is_given_up_midway_is_put_in_the_next_time(
    library: Library, copy_of: MakeCopy
) -> None:
    copy = copy_of("\n\n".join(f"Paragraph {number} about peace." for number in range(250)))
    library.opened(copy)
    asked: list[None] = []

    def goes_on() -> bool:
        asked.append(None)
        return len(asked) < 3

    assert not library.index_text(copy, goes_on)
    assert [text.id for text in library.unindexed()] == [copy.manifest.id]
    assert library.index_text(copy)
    assert library.unindexed() == []
    assert len(library.search("peace", 1_000)) == 250


def test_as_many_as_are_asked_for_and_the_best_first(
    library: Library, copy_of: MakeCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"Peace {'and so on ' * number}" for number in range(20, 0, -1)]
    library.opened(copy_of("\n\n".join([*lines, "Peace, peace!"])))
    library.index_text(copy_of("\n\n".join([*lines, "Peace, peace!"])))
    hits = library.search("peace", 5)
    assert len(hits) == 5
    assert found_words(hits[0]) == ["Peace", "peace"]
    assert len(library.search("peace", 100)) == 21
    # What is found everywhere is not weighed: it would take too long.
    monkeypatch.setattr(search, "_BROAD", 10)
    assert len(library.search("peace", 5)) == 5


def test_a_block_without_end_is_found_in_pieces(library: Library, copy_of: MakeCopy) -> None:
    words = " ".join(f"word{number}" for number in range(5 * LONGEST // 7))
    unspaced = "x" * (2 * LONGEST) + " needle"
    for number, text in enumerate((words, unspaced), 1):
        library.opened(copy_of(text, number))
        library.index_text(copy_of(text, number))
    for number in (0, 567, 1_234, 5 * LONGEST // 7 - 1):
        (hit,) = library.search(f"word{number} ")
        assert words[hit.start :].startswith(f"word{number}")
    (hit,) = library.search("needle")
    assert hit.start == 2 * LONGEST + 1


def test_what_no_text_should_have_does_no_harm(library: Library, copy_of: MakeCopy) -> None:
    words = f"A{OPENS}b\0c {CLOSES}needle{JOINT}thread end"
    copy = copy_of()
    strange = Copy(copy.path, copy.manifest, copy_of("x " * 4).text, "strange")
    object.__setattr__(strange.text, "string", words[: len(strange.text.string)] + words[7:])
    library.opened(strange)
    library.index_text(strange)
    assert isinstance(library.search("needle"), list)


# Snippets


def marked(words: str) -> str:
    return words.replace("<", OPENS).replace(">", CLOSES)


@pytest.mark.parametrize(
    ("words", "snippet", "found"),
    [
        ("a <word> here", "a word here", ["word"]),
        ("one\nline <of> <two>", "one line of two", ["of", "two"]),
        (f"平{JOINT}<和{JOINT}は{JOINT}>長{JOINT}", "平和は長", ["和は"]),
        ("nothing", "nothing", []),
        ("", "", []),
    ],
)
def test_a_short_passage_is_its_snippet(words: str, snippet: str, found: list[str]) -> None:
    made = snippet_of(marked(words))
    assert made.words == snippet
    assert [snippet[start:end] for start, end in made.found] == found


@example("before " * 30, "word", " after" * 60)
@example("x" * 300, "y" * 100, "")
@given(
    st.text("ab \n平", max_size=400),
    st.text("ab平", min_size=1, max_size=12),
    st.text("ab \n平", max_size=400),
)
def test_a_snippet_shows_the_first_word(before: str, word: str, after: str) -> None:
    made = snippet_of(marked(f"{before}<{word}>{after} <{word}>"))
    start, end = made.found[0]
    assert made.words[start:end] == word
    assert made.first == len(before)
    assert len(made.words) <= 200
    assert "\n" not in made.words
    for start, end in made.found:
        assert 0 <= start < end <= len(made.words)


def test_a_mark_is_found_as_what_it_is_and_by_its_own_words(
    library: Library, article: Copy, mark: Make
) -> None:
    quote = Selector("the drones flew", start=50, end=65)
    library.save_mark(article.manifest.id, mark(1, selector=quote))
    library.save_mark(article.manifest.id, mark(2, "Why so many?", selector=quote, tags=("sky",)))
    found = {
        (hit.where, hit.snippet)
        for query in ("drones flew", "many", "sky")
        for hit in library.search(query)
        if hit.id
    }
    assert found == {
        (Where.HIGHLIGHT, "the drones flew"),
        (Where.NOTE, "the drones flew"),
        (Where.NOTE, "Why so many?"),
        (Where.NOTE, "#sky · Why so many?"),
    }


def test_a_title_that_is_the_first_heading_is_found_once(
    library: Library, copy_of: MakeCopy
) -> None:
    copy = copy_of("Harbours\n\nThe tide.", title="Harbours", authors=("A. Lotse",))
    library.opened(copy)
    library.index_text(copy)
    assert [hit.snippet for hit in library.search("harbours")] == ["Harbours"]
    assert [hit.snippet for hit in library.search("lotse")] == ["A. Lotse"]
