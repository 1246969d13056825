"""Parsed texts come back as they were, or not at all."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchors import Anchor, State
from reader.annotations.attachment import Attachment, Mention
from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.copies.parsed import Attached, Declared, NamedPicture
from reader.copies.reading import open_copy
from reader.library import cache, parsed
from reader.library.copy_codec import (
    decode_attached,
    decode_declared,
    encode_attached,
    encode_declared,
)
from reader.library.library import Library
from reader.library.parsed import Parsed
from reader.library.text_codec import decode, encode
from reader.locations import bundled
from reader.problems import Problem
from reader.text.markdown import parse_markdown
from reader.text.model import Block, BlockKind, Cell, Footnote, Run, Style, Text

words = st.text(st.characters(exclude_categories=()), max_size=12)
numbers = st.integers(0, 2**32)
runs = st.builds(Run, numbers, numbers, st.integers(0, 63).map(Style), words)
cells = st.builds(Cell, numbers, numbers, st.sampled_from(["left", "center", "right"]))
blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    start=numbers,
    end=numbers,
    level=st.integers(0, 6),
    runs=st.lists(runs, max_size=3).map(tuple),
    marker=words,
    rows=st.lists(st.lists(cells, max_size=3).map(tuple), max_size=2).map(tuple),
    source=words,
    alt=words,
    caption=words,
    language=words,
    name=numbers,
)
texts = st.builds(
    Text,
    words,
    st.lists(blocks, max_size=4).map(tuple),
    st.lists(st.builds(Footnote, words, numbers, numbers, words), max_size=2).map(tuple),
)

places = st.none() | numbers
selectors = st.builds(Selector, words, words, words, places, places)
several = st.lists(words, max_size=3).map(tuple)
authored = st.builds(
    Annotation,
    id=words,
    kind=st.sampled_from(Kind),
    title=words,
    body=words,
    terms=several,
    targets=st.lists(selectors, max_size=2).map(tuple),
    whole_text=st.booleans(),
    see=several,
    date=words,
    until=words,
    chart=st.none()
    | st.builds(
        Chart,
        st.sampled_from(ChartKind),
        st.lists(st.tuples(words, st.integers() | st.floats(allow_nan=False))).map(tuple),
        words,
        words,
    ),
    image=st.none() | st.builds(Image, words, words, words),
)
problems = st.lists(st.builds(Problem, words, numbers, words, words, words), max_size=2).map(tuple)
manifests = st.builds(Manifest, words, words, words, numbers, several, words, words, words, words)
anchors = st.builds(Anchor, st.sampled_from(State), places, places, st.floats(0, 1))


@st.composite
def attachments(draw: st.DrawFn) -> Attached:
    written = tuple(draw(st.lists(authored, max_size=3)))
    found = st.tuples(st.sampled_from(written or (None,)), selectors, anchors)
    unsure = st.lists(found, max_size=2 if written else 0).map(tuple)
    attachment = Attachment(
        draw(st.lists(st.builds(Mention, numbers, numbers, words), max_size=3).map(tuple)),
        draw(st.lists(st.tuples(words, numbers), max_size=2).map(tuple)),
        draw(unsure),  # type: ignore[arg-type]
    )
    pictures = st.lists(st.builds(NamedPicture, words, numbers, words), max_size=2).map(tuple)
    return Attached(written, attachment, draw(problems), draw(pictures))


attacheds = attachments()

ARTICLE = """# A heading

Some *words*, a [link](https://example.org/), a note.[^1]

1. One
2. **Two**

| a | b |
|--:|:-:|
| c | d |

![alt](figure.png "caption")

[^1]: The note.
"""


@given(texts)
def test_any_text_survives(text: Text) -> None:
    again = decode(*encode(text))
    assert again == text
    assert [type(block.kind) for block in again.blocks] == [BlockKind] * len(text.blocks)
    assert all(type(run.style) is Style for block in again.blocks for run in block.runs)


def test_copies_survive_with_their_annotations(library: Library) -> None:
    for name in ("russia-ukraine-2025", "welcome"):
        parsed = open_copy(bundled("content") / name)
        first = open_copy(bundled("content") / name, cache=library.parsed)
        again = open_copy(bundled("content") / name, cache=library.parsed)
        assert parsed == first == again
        assert again.text is not first.text
        assert again.annotations is not first.annotations
        assert [type(each.kind) for each in again.annotations] == [Kind] * len(parsed.annotations)
        for annotation in parsed.annotations:
            assert again.attachment.of(annotation.id) == parsed.attachment.of(annotation.id)
        assert again.linked_from == parsed.linked_from


@given(attacheds)
def test_any_annotations_survive(attached: Attached) -> None:
    assert decode_attached(encode_attached(attached)) == attached


@given(st.builds(Declared, manifests, problems))
def test_whatever_a_copy_says_of_itself_survives(declared: Declared) -> None:
    assert decode_declared(encode_declared(declared)) == declared


def test_a_text_that_was_kept_is_there_again(library: Library, folder: Path) -> None:
    text = parse_markdown(ARTICLE)
    assert library.parsed.text_of("sha256:1") is None
    library.parsed.keep_text("sha256:1", text)
    library.parsed.keep_text("sha256:2", parse_markdown("Other."))
    assert library.parsed.text_of("sha256:1") == text
    with closing(Library(folder)) as again:
        kept = again.parsed.text_of("sha256:1")
    assert kept == text
    assert kept is not None
    assert kept.sections == text.sections
    assert kept.block_index(20) == text.block_index(20)


def test_keeping_again_changes_it(library: Library) -> None:
    for words in ("One.", "Two."):
        library.parsed.keep_text("sha256:1", parse_markdown(words))
    kept = library.parsed.text_of("sha256:1")
    assert kept == parse_markdown("Two.")


@pytest.mark.parametrize(
    "damage",
    [
        "string = CAST(replace(string, 'words', 'wards') AS BLOB)",
        "layout = CAST('{}' AS BLOB)",
        "layout = x'ff'",
        "checksum = 0",
    ],
)
def test_a_damaged_text_counts_as_absent(library: Library, folder: Path, damage: str) -> None:
    library.parsed.keep_text("sha256:1", parse_markdown(ARTICLE))
    with closing(sqlite3.connect(folder / cache.FILE)) as connection, connection:
        assert connection.execute(f"UPDATE parsed SET {damage}").rowcount == 1
    assert library.parsed.text_of("sha256:1") is None


def test_what_is_no_layout_counts_as_absent(library: Library, folder: Path) -> None:
    # Whole, and yet not what this version writes.
    library.parsed.keep_text("sha256:1", parse_markdown("Words."))
    with closing(sqlite3.connect(folder / cache.FILE)) as connection, connection:
        connection.execute(
            "UPDATE parsed SET layout = ?, checksum = ?",
            (b'{"blocks": [["new"]]}', parsed._sum(b"Words.", b'{"blocks": [["new"]]}')),
        )
    assert library.parsed.text_of("sha256:1") is None


def test_another_parser_parses_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.parsed.keep_text("sha256:1", parse_markdown("Words."))
    monkeypatch.setattr(parsed, "PARSER", parsed.PARSER + 1)
    assert Parsed(library._cache).text_of("sha256:1") is None
    assert library.parsed.text_of("sha256:1") is not None


def test_the_oldest_go_when_there_are_too_many(library: Library) -> None:
    text = parse_markdown("Words. " * 100)
    size = sum(map(len, encode(text)))
    few = Parsed(library._cache, most_bytes=3 * size)
    for number in range(5):
        few.keep_text(f"sha256:{number}", text)
    assert [few.text_of(f"sha256:{number}") is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    few.keep_text("sha256:2", text)
    few.keep_text("sha256:5", text)
    assert few.text_of("sha256:2") is not None
    assert few.text_of("sha256:3") is None
    few.keep_text("large", parse_markdown("Words. " * 400))
    assert few.text_of("large") is None
    assert few.text_of("sha256:5") is not None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"no database" * 1000, id="other"),
        pytest.param(lambda data: data[:4096], id="cut"),
        pytest.param(lambda data: data[:100] + b"x" * 4000 + data[4100:], id="first page"),
        pytest.param(lambda data: data[:4096] + b"\x55" * (len(data) - 4096), id="other pages"),
    ],
)
def test_a_damaged_cache_is_begun_anew(
    library: Library,
    folder: Path,
    copy_of: Callable[..., Copy],
    mark: Callable[..., object],
    damage: Callable[[bytes], bytes],
) -> None:
    copy = copy_of("Words of the text.")
    library.opened(copy)
    library.index_text(copy)
    library.parsed.keep_text("sha256:1", copy.text)
    library.save_mark("urn:uuid:1", mark(1, "Words of a note", tags=("tag",)))  # type: ignore[arg-type]
    library.close()
    path = folder / cache.FILE
    path.write_bytes(damage(path.read_bytes()))
    with closing(Library(folder)) as again:
        assert again.parsed.text_of("sha256:1") is None
        again.parsed.keep_text("sha256:1", copy.text)
        assert again.parsed.text_of("sha256:1") == copy.text
        assert [hit.where for hit in again.search("words")] == ["note"]
        assert again.tags() == {"tag": 1}
        again.index_text(copy)
        assert len(again.search("words")) == 2
        assert len(again.marks("urn:uuid:1")) == 1
        assert again.notice == ""


def test_a_cache_of_another_version_is_begun_anew(library: Library, folder: Path) -> None:
    library.parsed.keep_text("sha256:1", parse_markdown("Words."))
    library.close()
    with closing(sqlite3.connect(folder / cache.FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {cache.VERSION + 1}")
    with closing(Library(folder)) as again:
        assert again.parsed.text_of("sha256:1") is None
        again.parsed.keep_text("sha256:1", parse_markdown("Words."))
        assert again.parsed.text_of("sha256:1") is not None


def test_a_damaged_cache_that_another_window_has_open_stays(library: Library, folder: Path) -> None:
    library.parsed.keep_text("sha256:1", parse_markdown("Words."))
    with closing(Library(folder)) as other:
        assert other.parsed.text_of("sha256:1") is not None
        with closing(sqlite3.connect(folder / cache.FILE)) as connection, connection:
            connection.execute(f"PRAGMA user_version = {cache.VERSION + 1}")
        threads = []
        answers: list[Text | None] = []
        # A new thread opens the file anew, and finds it wrong; it must not be taken from `other`.
        thread = threading.Thread(target=lambda: answers.append(library.parsed.text_of("sha256:1")))
        threads.append(thread)
        thread.start()
        thread.join()
        assert answers == [None]
        assert other.parsed.text_of("sha256:1") is not None
