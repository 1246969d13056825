"""Revisions: where marks stand in each, what is kept of them, and what is never undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations.anchors import State
from reader.annotations.marks import Mark, MarkKind, new_id, selector_of
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.copies.keeping import keep
from reader.copies.packing import pack
from reader.copies.reading import open_copy
from reader.library.database import FILE, MIGRATIONS
from reader.library.library import Library
from reader.library.revisions import MOST_HELD, Arrival

ID = "urn:uuid:11111111-1111-4111-8111-111111111111"
HEAD = "Talks began in the spring, and nobody believed in them."
OLD = f"""# The night

{HEAD} Ukraine struck first, and in early June Operation Spiderweb sent drones against the \
airfields, damaging close to a third of its strategic bombers. Nobody had foreseen it.

An old claim stands here that will be gone by the next time. It was never true at all.

The last words stay as they are for ever. Nobody minds about it at all.
"""
NEW = f"""# The night

A sentence comes first. {HEAD} Ukraine struck first. Drones came to the airfields, hitting a \
fifth of the strategic fleet. Nobody had foreseen it.

The last words stay as they are for ever. Nobody minds about it at all.
"""
DOUBTED = "damaging close to a third of its strategic bombers"
GONE = "An old claim stands here"
STAYING = ("nobody believed in them", "The last words stay")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a copy's folder, with a revision's number and words."""

    def write(number: int, words: str, name: str = "") -> Path:
        folder = tmp_path / (name or f"revision-{number}")
        folder.mkdir(exist_ok=True)
        folder.joinpath("document.yaml").write_text(
            f"format: 1\nid: {ID}\nrevision: {number}\ntitle: The night\ntext: article.md\n"
        )
        folder.joinpath("article.md").write_text(words)
        return folder

    return write


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    library = Library(folder)
    yield library
    library.close()


def mark_on(copy: Copy, words: str, note: str = "") -> Mark:
    start = copy.text.string.index(words)
    selector = selector_of(copy.text.string, start, start + len(words))
    return Mark(new_id(), MarkKind.NOTE if note else MarkKind.HIGHLIGHT, selector, note=note)


def read(library: Library, path: Path) -> Arrival:
    """Open a copy as the window does."""
    copy = open_copy(path)
    arrival = library.arrive(copy)
    library.opened(copy)
    library.settle(arrival)
    return arrival


def read_and_mark(library: Library, path: Path, *words: str) -> Arrival:
    arrival = read(library, path)
    library.save_marks(ID, [mark_on(arrival.copy, each) for each in words])
    return arrival


def found(arrival: Arrival) -> dict[str, tuple[State, str]]:
    """For the words that each mark was made on, its state and its words now."""
    string = arrival.copy.text.string

    def words(placed: PlacedMark) -> str:
        return "" if placed.orphaned else string[placed.start : placed.end]

    return {each.mark.selector.exact: (each.anchor.state, words(each)) for each in arrival.placed}


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_revision_that_comes_is_reported_with_every_mark(
    library: Library, write: Callable[..., Path]
) -> None:
    assert read_and_mark(library, write(2, OLD), DOUBTED, GONE, *STAYING).fates == ()
    before = {mark.id: mark for mark in library.marks(ID)}
    arrival = read(library, write(3, NEW))
    assert arrival.counts == {State.EXACT: 2, State.DOUBTFUL: 1, State.ORPHANED: 1}
    assert arrival.in_doubt == 2
    assert arrival.before is not None
    assert (arrival.before.edition, arrival.before_text) == (
        2, open_copy(write(2, OLD)).text.string,
    )  # fmt: skip
    assert {fate.old.exact for fate in arrival.fates} == {DOUBTED, GONE, *STAYING}
    assert {mark.id: mark for mark in library.marks(ID)} == before
    again = read(library, write(3, NEW))
    assert (again.fates, len(again.placed)) == ((), 4)


def test_every_revision_has_its_own_places(library: Library, write: Callable[..., Path]) -> None:
    old, new = write(2, OLD), write(3, NEW)
    read_and_mark(library, old, DOUBTED, *STAYING)
    arrival = read(library, new)
    (doubted,) = (fate for fate in arrival.fates if fate.state is State.DOUBTFUL)
    string = arrival.copy.text.string
    confirmed = selector_of(string, doubted.placed.start, doubted.placed.end)
    after = replace(doubted.mark, selector=confirmed)
    library.change_mark(ID, doubted.mark, after)
    library.place_marks(ID, arrival.copy.text.digest, [(after, True)])
    there = found(read(library, old))
    words = confirmed.exact
    assert there[words] == (State.EXACT, DOUBTED)
    assert {there[each] for each in STAYING} == {(State.EXACT, each) for each in STAYING}
    assert found(read(library, new))[words] == (State.EXACT, words)
    (kept,) = (mark for mark in library.marks(ID) if mark.id == after.id)
    assert kept.selector == confirmed


def test_a_third_revision_starts_from_the_second(
    library: Library, write: Callable[..., Path]
) -> None:
    """Words that were changed a little each time are found, though all of them are others."""
    steps = [
        "The harbour was closed at dawn by the old watchman of the town",
        "The harbour was closed at noon by the old watchman of the city",
        "The great harbour is shut at noon by a young watchman of the city",
    ]
    around = "Nobody said a word about it.\n\n{}. Everybody went home again, and it rained.\n"
    read_and_mark(library, write(1, around.format(steps[0])), steps[0])
    for number, words in enumerate(steps[1:], 2):
        arrival = read(library, write(number, around.format(words)))
        assert found(arrival)[steps[0]] == (State.MOVED, words)


def test_an_older_revision_opened_later_undoes_nothing(
    library: Library, write: Callable[..., Path]
) -> None:
    new, old = write(3, NEW), write(2, OLD)
    read_and_mark(library, new, *STAYING)
    places = found(read(library, new))
    (entry,) = library.texts()
    arrival = read(library, old)
    assert arrival.newest is not None
    assert arrival.newest.edition == 3
    assert found(arrival).keys() == set(STAYING)
    (now,) = library.texts()
    assert (now.path, now.edition, now.revision) == (new, 3, entry.revision)
    again = read(library, new)
    assert (found(again), again.fates, again.newest) == (places, (), None)


def test_where_the_newer_one_is_gone_the_older_takes_its_place(
    library: Library, write: Callable[..., Path]
) -> None:
    new, old = write(3, NEW), write(2, OLD)
    read(library, new)
    for file in new.iterdir():
        file.unlink()
    new.rmdir()
    assert read(library, old).newest is None
    assert [entry.path for entry in library.texts()] == [old]


def test_corrected_annotations_make_no_revision(
    library: Library, write: Callable[..., Path], folder: Path
) -> None:
    copy = write(2, OLD)
    read_and_mark(library, copy, *STAYING)
    copy.joinpath("annotations.yaml").write_text(
        "annotations:\n  - {id: june, kind: event, title: June, terms: [June], body: A month.}\n"
    )
    assert read(library, copy).fates == ()
    assert len(rows(folder, "revisions")) == 1


def test_words_that_only_came_further_down_did_not_move(
    library: Library, write: Callable[..., Path]
) -> None:
    parts = [
        f"Part {letter} tells of the {letter}, and of nothing else at all." for letter in "abcd"
    ]
    marked = [part[:20] for part in parts]
    read_and_mark(library, write(1, "\n\n".join(parts)), *marked)
    moved = [parts[3], "Something new.", *parts[:3]]
    arrival = read(library, write(2, "\n\n".join(moved)))
    states = {fate.mark.selector.exact: fate.state for fate in arrival.fates}
    assert states == {**dict.fromkeys(marked, State.EXACT), marked[3]: State.MOVED}


def test_a_mark_kept_apart_has_no_place_in_that_revision_alone(
    library: Library, write: Callable[..., Path]
) -> None:
    old, new = write(2, OLD), write(3, NEW)
    read_and_mark(library, old, DOUBTED)
    arrival = read(library, new)
    (mark,) = library.marks(ID)
    library.change_mark(ID, mark, replace(mark, apart=arrival.copy.text.digest))
    assert found(read(library, new))[DOUBTED] == (State.ORPHANED, "")
    assert found(read(library, old))[DOUBTED] == (State.EXACT, DOUBTED)


# What is kept on the disk ------------------------------------------------------------------------


def test_a_folder_that_is_changed_in_its_place_leaves_its_words(
    library: Library, write: Callable[..., Path], folder: Path
) -> None:
    place = write(1, OLD, "copy")
    arrival = read_and_mark(library, place, DOUBTED, *STAYING)
    library.hold(arrival.copy)
    write(1, NEW, "copy")
    arrival = read(library, place)
    assert arrival.before_text == open_copy(write(9, OLD, "other")).text.string
    (earlier,) = library.other_revisions(arrival.copy)
    assert earlier.kept is not None
    assert earlier.kept.is_relative_to(folder / "copies")
    there = read(library, earlier.kept)
    assert found(there)[DOUBTED] == (State.EXACT, DOUBTED)
    assert there.newest is not None
    assert there.newest.path == place
    assert [entry.path for entry in library.texts()] == [place]


def test_what_was_changed_meanwhile_is_not_kept(
    library: Library, write: Callable[..., Path], folder: Path
) -> None:
    arrival = read_and_mark(library, write(1, OLD, "copy"), *STAYING)
    write(1, NEW, "copy")
    library.hold(arrival.copy)
    assert library.other_revisions(open_copy(write(2, NEW))) == []
    assert list(folder.glob("copies/*/*")) == []


def test_only_so_many_are_held(library: Library, write: Callable[..., Path], folder: Path) -> None:
    for number in range(MOST_HELD + 3):
        library.hold(read(library, write(1, f"{OLD}\n\nAnother {number}.", "copy")).copy)
    assert len(list(folder.glob("copies/*/*"))) == MOST_HELD


def test_to_forget_a_text_takes_its_files_and_no_others(
    library: Library, write: Callable[..., Path], folder: Path, tmp_path: Path
) -> None:
    mine = write(1, OLD, "copy")
    file = tmp_path / "night.annotated"
    pack(write(2, NEW), file)
    library.hold(read_and_mark(library, mine, *STAYING).copy)
    read(library, keep(file, library.store))
    assert len([*folder.glob("copies/*/*")]) == 2
    library.forget_text(ID)
    assert [*folder.glob("copies/*")] == []
    assert mine.joinpath("article.md").read_text() == OLD
    assert file.exists()
    assert [rows(folder, table) for table in ("texts", "marks", "revisions", "placements")] == [
        [], [], [], [],
    ]  # fmt: skip


# A bare text ----------------------------------------------------------------------------------


def test_a_bare_text_that_was_edited_takes_its_marks_over(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "night.md"
    file.write_text(OLD)
    first = read(library, file).copy
    library.save_marks(first.manifest.id, [mark_on(first, each) for each in (DOUBTED, *STAYING)])
    library.hold(first)
    file.write_text(NEW)
    second = read(library, file).copy
    offered = library.marked_before(second)
    assert offered is not None
    assert (offered.id, offered.marks) == (first.manifest.id, 3)
    library.take_over(offered.id, second)
    assert library.marked_before(second) is None
    arrival = read(library, file)
    assert arrival.counts == {State.EXACT: 2, State.DOUBTFUL: 1}
    assert [entry.id for entry in library.texts()] == [second.manifest.id]
    (earlier,) = library.other_revisions(second)
    assert earlier.kept is not None
    there = read(library, earlier.kept)
    assert there.copy.manifest.id == second.manifest.id
    assert found(there)[DOUBTED] == (State.EXACT, DOUBTED)


def test_nothing_is_offered_where_nothing_was_marked(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "night.md"
    file.write_text(OLD)
    read(library, file)
    file.write_text(NEW)
    assert library.marked_before(read(library, file).copy) is None


# Older libraries ------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [1, 2])  # of later ones revisions are known
def test_a_library_from_before_knows_what_was_read_last(
    folder: Path, write: Callable[..., Path], version: int
) -> None:
    copy = open_copy(write(2, OLD))
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        for script in MIGRATIONS[:version]:
            connection.executescript(script)
        connection.execute(
            "INSERT INTO texts (id, revision, title, path, opened) VALUES (?, ?, 'T', ?, 5.0)",
            (ID, copy.revision, str(copy.path)),
        )
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    with closing(Library(folder)) as library:
        assert library.notice == ""
        library.save_marks(ID, [mark_on(copy, each) for each in (DOUBTED, *STAYING)])
        arrival = read(library, write(3, NEW))
        assert arrival.counts == {State.EXACT: 2, State.DOUBTFUL: 1}
        assert found(read(library, write(2, OLD)))[DOUBTED] == (State.EXACT, DOUBTED)


def test_two_processes_with_two_revisions(folder: Path, write: Callable[..., Path]) -> None:
    old, new = write(2, OLD), write(3, NEW)
    with closing(Library(folder)) as one, closing(Library(folder)) as other:
        read_and_mark(one, old, DOUBTED, *STAYING)
        arrival = read(other, new)
        (doubted,) = (fate for fate in arrival.fates if fate.state is State.DOUBTFUL)
        string = arrival.copy.text.string
        after = replace(
            doubted.mark, selector=selector_of(string, doubted.placed.start, doubted.placed.end)
        )
        other.change_mark(ID, doubted.mark, after)
        here = one.arrive(open_copy(old))
        assert found(here)[after.selector.exact] == (State.EXACT, DOUBTED)
