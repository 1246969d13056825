"""What the library remembers: texts that were opened, and where one was in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.copies.reading import open_copy
from reader.library.library import Library, LibraryError
from reader.library.places import Place
from reader.library.texts import KnownText
from reader.text.plain import parse_plain

ARTICLE = "\n\n".join(
    f"Paragraph {n} tells of {word}, and of little besides."
    for n, word in enumerate(["war", "peace", "drones", "talks", "memoranda", "borders"])
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """A library whose clock goes on by a second each time it is asked."""
    seconds = count(1_750_000_000)
    library = Library(folder, now=lambda: float(next(seconds)))
    yield library
    library.close()


def copy_of(words: str, identifier: str = "urn:uuid:1", path: str = "/texts/a.txt") -> Copy:
    text = parse_plain(words)
    manifest = Manifest(identifier, f"Title of {identifier}", "a.txt")
    return Copy(Path(path), manifest, text, revision=text.digest)


def test_a_text_that_was_never_opened_has_no_place(library: Library) -> None:
    assert library.place(copy_of(ARTICLE)) is None
    assert library.recent() == []


def test_a_place_is_remembered(library: Library, folder: Path) -> None:
    copy = copy_of(ARTICLE)
    position = copy.text.string.index("Paragraph 3")
    library.opened(copy)
    library.remember_place(copy, position, 0.5)
    assert library.place(copy) == Place(position, 0.5)
    library.close()
    again = Library(folder)
    assert again.place(copy) == Place(position, 0.5)
    assert again.notice == ""
    again.close()


def test_the_last_place_is_the_one_remembered(library: Library) -> None:
    copy = copy_of(ARTICLE)
    for position in (50, 120, 3):
        library.remember_place(copy, position, position / 200)
    assert library.place(copy) == Place(3, 3 / 200)


def test_each_text_has_a_place_of_its_own(library: Library) -> None:
    one, two = copy_of(ARTICLE, "urn:uuid:1"), copy_of(ARTICLE, "urn:uuid:2")
    library.remember_place(one, 10, 0.1)
    library.remember_place(two, 20, 0.2)
    assert (library.place(one), library.place(two)) == (Place(10, 0.1), Place(20, 0.2))


def test_the_place_is_found_again_wherever_the_file_lies(library: Library, tmp_path: Path) -> None:
    for name in ("a.txt", "elsewhere.txt"):
        (tmp_path / name).write_text(ARTICLE)
    library.remember_place(open_copy(tmp_path / "a.txt"), 60, 0.2)
    assert library.place(open_copy(tmp_path / "elsewhere.txt")) == Place(60, 0.2)


@pytest.mark.parametrize(
    "edit",
    [
        lambda words: "A new beginning.\n\n" + words,
        lambda words: words.replace("war, and of little besides", "war"),
        lambda words: words + "\n\nAn end.",
    ],
)
def test_the_place_goes_with_its_words_into_another_revision(
    library: Library, edit: Callable[[str], str]
) -> None:
    before = copy_of(ARTICLE)
    library.remember_place(before, before.text.string.index("Paragraph 3"), 0.5)
    after = copy_of(edit(ARTICLE))
    place = library.place(after)
    assert place is not None
    assert after.text.string[place.position :].startswith("Paragraph 3")
    assert place.progress == 0.5


def test_words_that_stand_twice_are_found_where_they_were(library: Library) -> None:
    words = "The same words stand here, and they stand here again.\n\n" * 5
    copy = copy_of(words)
    position = copy.text.string.index("The same", 100)
    library.remember_place(copy, position, 0.6)
    assert library.place(copy) == Place(position, 0.6)
    edited = copy_of("Before.\n\n" + words)
    place = library.place(edited)
    assert place is not None
    assert place.position == position + len("Before.\n")


def test_words_that_are_gone_leave_how_far_one_was(library: Library) -> None:
    library.remember_place(copy_of(ARTICLE), 100, 0.25)
    after = copy_of("Nothing of it is left. " * 20)
    assert library.place(after) == Place(round(0.25 * len(after.text.string)), 0.25)


@pytest.mark.parametrize(("position", "progress"), [(0, 0.0), (-1, 1.0), (10**6, 1.0)])
def test_the_ends_of_a_text(library: Library, position: int, progress: float) -> None:
    copy = copy_of(ARTICLE)
    position = len(copy.text.string) if position == -1 else position
    library.remember_place(copy, position, progress)
    place = library.place(copy)
    assert place is not None
    assert place.progress == progress
    assert place.position == min(position, len(copy.text.string))


def test_places_are_code_points(library: Library) -> None:
    copy = copy_of("😀 𝒜 " + ARTICLE)
    position = copy.text.string.index("Paragraph 2")
    library.remember_place(copy, position, 0.5)
    place = library.place(copy_of("👩‍🚀 " + copy.text.string))
    assert place is not None
    assert place.position == position + 4


def test_an_empty_text(library: Library) -> None:
    copy = copy_of("")
    library.remember_place(copy, 0, 0.0)
    assert library.place(copy) == Place(0, 0.0)


def test_texts_come_newest_first(library: Library, folder: Path) -> None:
    for n in (1, 2, 3, 1):
        library.opened(copy_of(ARTICLE, f"urn:uuid:{n}", f"/texts/{n}.txt"))
    library.remember_place(copy_of(ARTICLE, "urn:uuid:2"), 10, 0.25)
    expected = [
        KnownText("urn:uuid:1", "Title of urn:uuid:1", Path("/texts/1.txt"), 0.0),
        KnownText("urn:uuid:3", "Title of urn:uuid:3", Path("/texts/3.txt"), 0.0),
        KnownText("urn:uuid:2", "Title of urn:uuid:2", Path("/texts/2.txt"), 0.25),
    ]
    assert library.recent() == expected
    assert library.recent(2) == expected[:2]
    assert library.recent(0) == []
    library.close()
    again = Library(folder)
    assert again.recent() == expected
    again.close()


def test_a_text_is_known_where_it_was_opened_last(library: Library) -> None:
    library.opened(copy_of(ARTICLE, path="/texts/old.txt"))
    library.opened(copy_of(ARTICLE + " More.", path="/texts/new.txt"))
    (known,) = library.recent()
    assert known.path == Path("/texts/new.txt")


def test_only_so_many_texts_are_listed_and_all_are_kept(library: Library) -> None:
    for n in range(20):
        library.opened(copy_of(ARTICLE, f"urn:uuid:{n}"))
    assert [known.id for known in library.recent()] == [f"urn:uuid:{n}" for n in range(19, 7, -1)]
    assert len(library.recent(100)) == 20


def test_a_place_without_its_text_is_not_listed(library: Library) -> None:
    library.remember_place(copy_of(ARTICLE), 10, 0.5)
    assert library.recent() == []


def test_names_of_all_kinds(library: Library) -> None:
    paths = ["/texts/Зеленський — “a”'; DROP TABLE texts.txt", "/𝒜/😀.md", "/a\nb.md", "/%/_?.md"]
    for n, path in enumerate(paths):
        library.opened(copy_of(ARTICLE, f"urn:uuid:{n}", path))
    assert [known.path for known in library.recent()] == [Path(path) for path in paths[::-1]]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
def test_a_name_that_is_not_utf_8(library: Library) -> None:
    path = os.fsdecode(b"/texts/caf\xe9.txt")
    library.opened(copy_of(ARTICLE, path=path))
    assert [str(known.path) for known in library.recent()] == [path]


def test_two_libraries_at_once(library: Library, folder: Path) -> None:
    other = Library(folder)
    copy = copy_of(ARTICLE)
    library.opened(copy)
    library.remember_place(copy, 10, 0.1)
    other.remember_place(copy, 20, 0.2)
    assert library.place(copy) == other.place(copy) == Place(20, 0.2)
    assert [known.id for known in other.recent()] == [copy.manifest.id]
    other.close()
    assert library.place(copy) == Place(20, 0.2)


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    with pytest.raises(LibraryError):
        library.recent()
