"""What the library tells of its texts, and what stays of one that was removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.library.database import FILE
from reader.library.library import Library
from reader.library.texts import TextEntry

Make = Callable[..., Mark]
MakeCopy = Callable[..., Copy]
PERSON = Annotation("putin", Kind.PERSON, "Vladimir Putin")


def ids(entries: list[TextEntry]) -> list[str]:
    return [entry.id for entry in entries]


def test_all_that_is_known_of_a_text(
    library: Library, clock: Any, copy_of: MakeCopy, mark: Make
) -> None:
    copy = copy_of(
        "Four 😀s.",
        annotations=(PERSON,),
        title="A title",
        authors=("Ann", "Михаил"),
        source="https://example.org/",
        language="en",
        revision=3,
    )
    library.opened(copy)
    library.remember_place(copy, 4, 0.5)
    library.save_marks(
        "urn:uuid:1",
        [
            mark(1),
            mark(2),
            mark(3, "Note"),
            mark(4, kind=MarkKind.BOOKMARK),
            mark(5, "Gone"),
        ],
    )
    library.delete_mark("urn:uuid:1", mark(5).id)
    assert library.texts() == [
        TextEntry(
            id="urn:uuid:1",
            title="A title",
            authors=("Ann", "Михаил"),
            source="https://example.org/",
            path=Path("/texts/1.txt"),
            language="en",
            progress=0.5,
            opened=clock(),
            added=clock(),
            characters=8,
            annotations=1,
            highlights=2,
            notes=1,
            others=1,
            revision=copy.revision,
            removed=False,
            edition=3,
        )
    ]


def test_a_text_that_was_added_is_new_until_it_is_opened(
    library: Library, clock: Any, copy_of: MakeCopy
) -> None:
    library.add(copy_of())
    (entry,) = library.texts()
    assert (entry.opened, entry.added) == (0.0, clock())
    assert library.recent() == []
    clock.goes_on(1)
    library.opened(copy_of())
    (entry,) = library.texts()
    assert (entry.opened, entry.added) == (clock(), clock() - 86_400)
    library.add(copy_of("Another revision."))
    (entry,) = library.texts()
    assert (entry.opened, entry.characters) == (clock(), 17)


def test_a_removed_text_keeps_its_marks_until_it_is_forgotten(
    library: Library, copy_of: MakeCopy, mark: Make
) -> None:
    copy = copy_of("Words of the text.")
    library.opened(copy)
    library.index_text(copy)
    library.remember_place(copy, 4, 0.5)
    library.save_mark("urn:uuid:1", mark(1, "A note"))
    library.remove_text("urn:uuid:1")
    (entry,) = library.texts()
    assert (entry.removed, entry.notes, entry.title) == (True, 1, "Text 1")
    assert library.recent() == []
    assert library.marks("urn:uuid:1") == [mark(1, "A note")]
    assert [hit.where for hit in library.search("words")] == ["note"]

    library.opened(copy)
    library.index_text(copy)
    assert not library.texts()[0].removed
    assert library.place(copy) is not None
    assert {hit.where for hit in library.search("words")} == {"note", "text"}

    library.remove_text("urn:uuid:1")
    library.forget_text("urn:uuid:1")
    assert library.texts() == []
    assert (library.all_marks(), library.marks("urn:uuid:1")) == ([], [])
    assert library.deleted_marks("urn:uuid:1") == []
    assert library.place(copy) is None
    assert library.search("words") == []
    assert library.tags() == {}


def test_forgetting_one_text_leaves_the_others(
    library: Library, copy_of: MakeCopy, mark: Make
) -> None:
    for number in (1, 2):
        library.opened(copy_of(number=number))
        library.save_mark(f"urn:uuid:{number}", mark(number, f"Note {number}"))
    library.forget_text("urn:uuid:2")
    assert ids(library.texts()) == ["urn:uuid:1"]
    assert library.all_marks() == [("urn:uuid:1", mark(1, "Note 1"))]
    # The highest number of a change went away with it, and must not be given again unseen.
    library.search("note")
    library.save_mark("urn:uuid:1", mark(3, "A later note"))
    assert [hit.id for hit in library.search("later")] == [mark(3).id]


def test_a_text_that_was_removed_is_brought_back(
    library: Library, copy_of: MakeCopy, mark: Make
) -> None:
    library.opened(copy_of())
    library.save_mark("urn:uuid:1", mark(1, kind=MarkKind.BOOKMARK))
    library.remove_text("urn:uuid:1")
    assert [(entry.removed, entry.marks) for entry in library.texts()] == [(True, 1)]
    library.bring_back("urn:uuid:1")
    assert [(entry.removed, entry.marks) for entry in library.texts()] == [(False, 1)]
    assert [entry.id for entry in library.unindexed()] == ["urn:uuid:1"]


def test_marks_on_an_unknown_text_are_listed_as_of_a_removed_one(
    library: Library, mark: Make
) -> None:
    library.save_marks("urn:uuid:9", [mark(1), mark(2, "Note")])
    (entry,) = library.texts()
    assert (entry.id, entry.removed, entry.highlights, entry.notes) == ("urn:uuid:9", True, 1, 1)


def test_the_text_opened_last_comes_first(library: Library, clock: Any, copy_of: MakeCopy) -> None:
    for number in (1, 2, 3, 1):
        library.opened(copy_of(number=number))
        clock.goes_on(0.1)
    library.add(copy_of(number=4))
    assert ids(library.texts()) == [f"urn:uuid:{n}" for n in (1, 3, 2, 4)]


@pytest.mark.parametrize("progress", ["9e999", "-9e999", "-1.0", "7.5"])
def test_a_damaged_place_is_somewhere_in_the_text(
    library: Library, folder: Path, copy_of: MakeCopy, progress: str
) -> None:
    library.remember_place(copy_of("Words."), 2, 0.5)
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(f"UPDATE places SET words = 'gone', progress = {progress}")
    place = library.place(copy_of("Words."))
    assert place is not None
    assert 0 <= place.position <= 6
    assert 0.0 <= place.progress <= 1.0


def test_a_damaged_title_hides_no_text(library: Library, folder: Path, copy_of: MakeCopy) -> None:
    for number in (1, 2):
        library.opened(copy_of(number=number))
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "UPDATE texts SET title = CAST(x'ff41' AS TEXT), authors = '[cut' "
            "WHERE id = 'urn:uuid:1'"
        )
    known = {entry.id: (entry.title, entry.authors) for entry in library.texts()}
    assert known == {"urn:uuid:1": ("\ufffdA", ()), "urn:uuid:2": ("Text 2", ())}
    assert len(library.recent()) == 2
