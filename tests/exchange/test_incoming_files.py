"""What a class hands in comes in at once: each student's copy, with the marks in its layer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations.marks import Mark, MarkKind, new_id, selector_of
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.copies.sharing import Choice, plan_share, share
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import Import, Outcome
from reader.exchange.incoming_files import import_files

TEXT = "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11"
HandIn = Callable[..., Path]


@pytest.fixture
def lesson(tmp_path: Path) -> Copy:
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        f"format: 1\nid: {TEXT}\ntitle: The Harbour\ntext: article.md\n", "utf-8"
    )
    (folder / "article.md").write_text("# The Harbour\n\nThe tide rises twice a day.\n", "utf-8")
    return open_copy(folder)


def note(copy: Copy, words: str, said: str) -> Mark:
    start = copy.text.string.index(words)
    selector = selector_of(copy.text.string, start, start + len(words))
    moment = "2026-03-04T05:06:07Z"
    return Mark(new_id(), MarkKind.NOTE, selector, note=said, created=moment, modified=moment)


@pytest.fixture
def hand_in(lesson: Copy, tmp_path: Path) -> HandIn:
    """Shares the copy as a student does, under a name."""

    def hand_in(name: str, *marks: Mark) -> Path:
        file = tmp_path / f"{name}.annotated"
        share(plan_share(lesson, marks, Choice(mine="all", name=name)), file)
        return file

    return hand_in


def take(lesson: Copy, *files: Path, known: tuple[Mark, ...] = ()) -> Import:
    return import_files(files, lesson.manifest.id, lesson.text.string, known)


def test_thirty_students_come_in_at_once(lesson: Copy, hand_in: HandIn) -> None:
    names = [f"Student {number}" for number in range(30)]
    files = [hand_in(name, note(lesson, "tide rises", f"By {name}.")) for name in names]
    seen: list[float] = []
    brought = import_files(files, TEXT, lesson.text.string, progress=seen.append)
    assert [(mark.creator, mark.note) for mark in brought.marks] == [
        (name, f"By {name}.") for name in names
    ]
    assert {row.outcome for row in brought.rows} == {Outcome.EXACT}
    assert seen == sorted(seen)
    assert seen[-1] == 1
    again = take(lesson, *files, known=brought.marks)
    assert (again.marks, again.newer) == ((), ())
    assert again.counts()[Outcome.KNOWN] == 30


def test_what_a_student_hands_in_again_takes_the_place_of_what_was_there(
    lesson: Copy, hand_in: HandIn
) -> None:
    first = note(lesson, "twice a day", "Why?")
    before = take(lesson, hand_in("Anna", first)).marks
    later = replace(first, note="Because of the moon.", modified="2026-03-05T05:06:07Z")
    brought = take(lesson, hand_in("Anna", later), known=before)
    assert brought.marks == ()
    assert [mark.note for mark in brought.newer] == ["Because of the moon."]


def test_a_file_that_cannot_be_read_costs_nothing_but_itself(
    lesson: Copy, hand_in: HandIn, tmp_path: Path
) -> None:
    good = hand_in("Anna", note(lesson, "tide rises", "Mine."))
    empty = hand_in("Ben")
    broken = tmp_path / "broken.annotated"
    broken.write_bytes(good.read_bytes()[:200])
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"a": 1}), "utf-8")
    gone = tmp_path / "gone.jsonld"
    brought = take(lesson, broken, good, empty, other, gone)
    assert [mark.creator for mark in brought.marks] == ["Anna"]
    assert [sentence.split("”")[0] for sentence in brought.failed] == [
        "“broken.annotated", "“Ben.annotated", "“other.json", "“gone.jsonld",
    ]  # fmt: skip
    assert "has nobody's marks in it" in brought.failed[1]
    with pytest.raises(ExchangeError, match="nobody's marks"):
        take(lesson, empty)


def test_a_copy_of_another_text_is_told_of(lesson: Copy, hand_in: HandIn, tmp_path: Path) -> None:
    file = hand_in("Anna", note(lesson, "tide rises", "Mine."))
    brought = import_files([file], "urn:uuid:other", "Something else altogether.")
    assert brought.marks == ()
    assert brought.elsewhere == ((TEXT, 1),)
