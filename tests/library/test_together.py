"""Several windows, processes and threads on one library lose nothing of each other's."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import reader
from reader.annotations.marks import Mark
from reader.annotations.merging import RULE
from reader.copies.copy import Copy
from reader.library.database import FILE
from reader.library.errors import LibraryBusy
from reader.library.library import Library, LibraryError
from reader.library.marks import State

TEXT = "urn:uuid:1"
Make = Callable[..., Mark]

WRITER = """
import sys
from contextlib import closing
from pathlib import Path
from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.library import Library

folder, first = Path(sys.argv[1]), int(sys.argv[2])
with closing(Library(folder)) as library:
    assert library.notice == "", library.notice
    for number in range(first, first + 100):
        words = Selector("words", start=number)
        mark = Mark(f"urn:uuid:{number}", MarkKind.NOTE, words, note="new")
        library.save_mark("urn:uuid:1", mark)
        if number % 10 == 0:
            library.delete_mark("urn:uuid:1", mark.id)
        if number % 25 == 0:
            library.tags(), library.search("new"), library.texts()
"""


def test_processes_that_write_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environment = os.environ | {"PYTHONPATH": str(Path(reader.__file__).parents[1])}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(first)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for first in (1000, 2000, 3000)
    ]
    for process in running:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    with closing(Library(folder)) as library:
        written = {f"urn:uuid:{first + n}" for first in (1000, 2000, 3000) for n in range(100)}
        deleted = {id_ for id_ in written if id_.endswith("0")}
        assert {mark.id for mark in library.marks(TEXT)} == written - deleted
        assert {mark.id for mark in library.deleted_marks(TEXT)} == deleted
        assert len(library.search("new", 1000)) == len(written - deleted)
        assert library.damaged_marks() == []
        assert library.notice == ""


def test_threads_that_write_and_read_at_once(
    library: Library, copy_of: Callable[..., Copy], mark: Make
) -> None:
    errors: list[BaseException] = []
    started = threading.Barrier(6)

    def work(number: int) -> None:
        try:
            copy = copy_of("A paragraph of the text.\n\n" * 500, number)
            started.wait()
            library.opened(copy)
            for n in range(10):
                library.save_mark(copy.manifest.id, mark(100 * number + n, "A thread's note"))
                library.search("note paragraph")
            library.index_text(copy)
            library.parsed.keep_text(copy.revision, copy.text)
            assert library.parsed.text_of(copy.revision) == copy.text
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(library.all_marks()) == 60
    assert len(library.search("thread", 1000)) == 60
    assert len(library.search("paragraph", 10_000)) == 6 * 500
    assert len(library.texts()) == 6


def test_a_text_that_two_windows_index_at_once_is_found_once(
    library: Library, folder: Path, copy_of: Callable[..., Copy], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of("A paragraph of the text.\n\n" * 2_000)
    library.opened(copy)
    drop = library._index.drop_text
    with closing(Library(folder)) as other:

        def drop_and_wait(text_id: str) -> None:
            drop(text_id)
            other.index_text(copy)

        monkeypatch.setattr(library._index, "drop_text", drop_and_wait)
        library.index_text(copy)
        assert len(other.search("paragraph", 10_000)) == 2_000


def test_one_window_is_told_of_what_another_changes(
    library: Library, folder: Path, mark: Make
) -> None:
    with closing(Library(folder)) as other:
        assert not library.changed_elsewhere()
        assert not other.changed_elsewhere()
        library.save_mark(TEXT, mark(1))
        assert not library.changed_elsewhere()
        assert other.changed_elsewhere()
        assert not other.changed_elsewhere()
        other.delete_mark(TEXT, mark(1).id)
        other.restore_mark(TEXT, mark(1).id)
        assert library.changed_elsewhere()
        assert not library.changed_elsewhere()


def test_the_last_of_two_changes_to_a_mark_stays(
    library: Library, folder: Path, mark: Make
) -> None:
    with closing(Library(folder)) as other:
        library.save_mark(TEXT, mark(1, "One"))
        other.save_mark(TEXT, mark(1, "Two"))
        other.save_mark(TEXT, mark(2, "Other"))
        assert library.marks(TEXT) == [mark(1, "Two"), mark(2, "Other")]


def test_whoever_keeps_the_file_for_himself_is_waited_for(folder: Path, mark: Make) -> None:
    with closing(Library(folder)) as library:
        library.marks(TEXT)
        other = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        soon = threading.Timer(0.3, other.execute, ["COMMIT"])
        soon.start()
        library.save_mark(TEXT, mark(1))
        soon.join()
        other.close()
        assert library.marks(TEXT) == [mark(1)]


def test_whoever_keeps_the_file_too_long_is_told_of(folder: Path, mark: Make) -> None:
    with (
        closing(Library(folder, patience=0.2)) as library,
        closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other,
    ):
        library.save_mark(TEXT, mark(1))
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusy) as error:
            library.save_mark(TEXT, mark(2))
        assert str(error.value) == (
            f"Another program has kept {folder / FILE} for itself too long; "
            "close it, and try again."
        )
        assert library.marks(TEXT) == [mark(1)]
        other.execute("ROLLBACK")
        library.save_mark(TEXT, mark(2))
        assert library.marks(TEXT) == [mark(1), mark(2)]


@pytest.mark.skipif(os.name != "posix", reason="it is POSIX that lets an open file be replaced")
def test_nobody_comes_in_while_the_library_is_being_opened(folder: Path) -> None:
    from reader.library.opening import LOCK
    from reader.library.presence import Presence

    Library(folder).close()
    first = Presence(folder / LOCK, patience=0.1)
    assert first.alone
    with pytest.raises(LibraryBusy):
        Library(folder, patience=0.1)
    first.settled()
    with closing(Library(folder, patience=0.1)):
        second = Presence(folder / LOCK, patience=0.1)
        assert not second.alone
        with pytest.raises(LibraryBusy), second.by_itself():
            pass
        second.release()
    first.release()
    third = Presence(folder / LOCK, patience=0.1)
    assert third.alone
    third.release()


def test_a_closed_library_is_closed_for_every_thread(library: Library, mark: Make) -> None:
    answers: list[object] = []
    opened, closed = threading.Event(), threading.Event()

    def use() -> None:
        library.marks(TEXT)
        opened.set()
        closed.wait()
        for ask in (lambda: library.marks(TEXT), lambda: library.search("x"), library.texts):
            try:
                answers.append(ask())
            except LibraryError as error:
                answers.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    opened.wait()
    library.close()
    closed.set()
    thread.join()
    assert [type(answer) for answer in answers] == [LibraryError] * 3
    library.close()


def test_a_note_that_two_windows_write_keeps_the_words_of_both(
    library: Library, folder: Path, mark: Make
) -> None:
    before = mark(1, "Begun. ")
    library.save_mark(TEXT, before)
    with closing(Library(folder)) as other:
        mine, theirs = replace(before, note="Begun. Here."), replace(before, note="Begun. There.")
        assert other.change_mark(TEXT, before, theirs) == theirs
        joined = library.change_mark(TEXT, before, mine)
        assert joined is not None
        assert joined.note == f"Begun. Here.\n\n{RULE}\n\nThere."
        assert other.marks(TEXT) == library.marks(TEXT) == [joined]


def test_a_mark_that_was_deleted_elsewhere_is_back_when_it_is_written_in(
    library: Library, folder: Path, mark: Make
) -> None:
    before = mark(1, "A note")
    library.save_mark(TEXT, before)
    with closing(Library(folder)) as other:
        assert other.change_mark(TEXT, before, None) is None
        assert library.marks(TEXT) == []
        assert [each.id for each in library.deleted_marks(TEXT)] == [before.id]
        after = replace(before, note="A note, and more")
        assert library.change_mark(TEXT, before, after) == after
        assert other.marks(TEXT) == [after]


def test_which_texts_were_marked_since(library: Library, folder: Path, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    state = library.marks_state()
    assert library.marked_since(state) == set()
    with closing(Library(folder)) as other:
        other.save_mark("urn:uuid:2", mark(2))
        other.delete_mark(TEXT, mark(1).id)
    assert library.marked_since(state) == {TEXT, "urn:uuid:2"}
    assert library.marked_since(State("another generation", 0)) is None
