"""Marks are kept as they were given, in the order of their text; none hides another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.database import FILE
from reader.library.library import Library, LibraryError
from reader.library.records import DamagedRecord, checksum, decode, encode

TEXT, OTHER = "urn:uuid:1", "urn:uuid:2"
Make = Callable[..., Mark]


def change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        assert connection.execute(statement, values).rowcount == 1


def test_a_mark_is_there_again(library: Library, folder: Path, mark: Make) -> None:
    made = mark(
        1, "A **note**: “naïve” 😀\n[[link]]", tags=("war", "война"), underline=True, answers="q-1"
    )
    library.save_mark(TEXT, made)
    assert library.marks(TEXT) == [made]
    library.close()
    with closing(Library(folder)) as again:
        assert again.marks(TEXT) == [made]
        assert again.all_marks() == [(TEXT, made)]


def test_marks_come_in_the_order_of_the_text(library: Library, mark: Make) -> None:
    starts = [5, 300, 40, None, 40]
    ends = [9, 310, 50, None, 45]
    made = [
        mark(number, selector=Selector("words", start=start, end=end))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    library.save_marks(TEXT, made)
    assert library.marks(TEXT) == [made[n] for n in (0, 4, 2, 1, 3)]


def test_each_text_has_its_own_marks(library: Library, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    library.save_mark(OTHER, mark(1, "The same id in another text"))
    assert library.marks(TEXT) == [mark(1)]
    assert library.marks(OTHER) == [mark(1, "The same id in another text")]
    assert library.marks("urn:uuid:3") == []


def test_saving_again_changes_the_mark(library: Library, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    library.save_mark(TEXT, mark(1, "Words", color=Color.PINK))
    assert library.marks(TEXT) == [mark(1, "Words", color=Color.PINK)]


def test_many_are_saved_together_or_not_at_all(library: Library, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    wrong = mark(3, id="half a letter \ud800")
    with pytest.raises(LibraryError, match="half a letter"):
        library.save_marks(TEXT, [mark(1, "changed"), mark(2), wrong])
    assert library.marks(TEXT) == [mark(1)]
    library.save_marks(TEXT, [mark(1, "changed"), mark(2)])
    assert library.marks(TEXT) == [mark(1, "changed"), mark(2)]
    library.save_marks(TEXT, [])


def test_what_was_changed_since_is_told(library: Library, mark: Make) -> None:
    kept, changed, gone = mark(1), mark(2), mark(3)
    library.save_marks(TEXT, [kept, changed, gone])
    before = library.marks_state()
    assert library.marks_since(TEXT, before) == (before, {})
    again, new = mark(2, "Words"), mark(4)
    library.change_marks(TEXT, [(changed, again), (gone, None), (None, new)])
    library.save_mark(OTHER, mark(5))
    found = library.marks_since(TEXT, before)
    assert found is not None
    assert found[1] == {again.id: again, gone.id: None, new.id: new}
    assert library.marks_since(TEXT, found[0]) == (found[0], {})
    assert library.marks_since(TEXT, before._replace(generation="another")) is None


def test_a_deleted_mark_can_be_had_back(library: Library, mark: Make) -> None:
    library.save_marks(TEXT, [mark(1), mark(2, "Note"), mark(3)])
    for number in (3, 2):
        library.delete_mark(TEXT, mark(number).id)
    assert library.marks(TEXT) == [mark(1)]
    assert library.deleted_marks(TEXT) == [mark(2, "Note"), mark(3)]
    library.restore_mark(TEXT, mark(2).id)
    assert library.marks(TEXT) == [mark(1), mark(2, "Note")]
    assert library.deleted_marks(TEXT) == [mark(3)]
    library.save_mark(TEXT, mark(3, "anew"))
    assert library.marks(TEXT)[2] == mark(3, "anew")
    assert library.deleted_marks(TEXT) == []


def test_what_is_not_there_can_be_deleted_and_restored(library: Library, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    library.delete_mark(TEXT, "nothing")
    library.delete_mark(OTHER, mark(1).id)
    library.restore_mark(TEXT, "nothing")
    assert library.all_marks() == [(TEXT, mark(1))]


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("record = ?", b'{"id": "cut sho'),
        ("record = ?", b"\xff\xfe\x00"),
        ("record = CAST(replace(record, 'words', ?) AS BLOB)", "wards"),
        ("checksum = checksum + ?", 1),
        ("id = ?", "urn:uuid:other"),
        ("deleted = ?", 1.5),
    ],
)
def test_a_damaged_mark_is_told_of_and_hides_no_other(
    library: Library, folder: Path, mark: Make, assignment: str, value: object
) -> None:
    library.save_marks(TEXT, [mark(n, f"Note {n}") for n in (1, 2, 3)])
    change(folder, f"UPDATE marks SET {assignment} WHERE number = 2", value)
    rest = [mark(1, "Note 1"), mark(3, "Note 3")]
    assert library.marks(TEXT) == rest
    assert library.all_marks() == [(TEXT, each) for each in rest]
    assert library.deleted_marks(TEXT) == []
    (damaged,) = library.damaged_marks()
    assert damaged.text_id == TEXT
    assert library.search("note 2") == []
    library.save_mark(TEXT, mark(4))
    assert library.marks(TEXT) == [*rest, mark(4)]


def test_a_damaged_mark_says_what_is_left_of_it(library: Library, folder: Path, mark: Make) -> None:
    library.save_mark(TEXT, mark(1, "A long thought"))
    change(folder, "UPDATE marks SET record = substr(record, 1, length(record) - 3)")
    (damaged,) = library.damaged_marks()
    assert damaged.id == mark(1).id
    assert "A long thought" in damaged.words
    library.delete_mark(TEXT, damaged.id)
    assert (library.damaged_marks(), library.deleted_marks(TEXT)) == ([], [])


def test_a_damaged_mark_is_mended_by_saving_it(library: Library, folder: Path, mark: Make) -> None:
    library.save_mark(TEXT, mark(1))
    change(folder, "UPDATE marks SET checksum = 0")
    assert library.marks(TEXT) == []
    library.save_mark(TEXT, mark(1, "again"))
    assert (library.marks(TEXT), library.damaged_marks()) == ([mark(1, "again")], [])


def test_colours_have_names(library: Library) -> None:
    assert library.color_names() == {}
    library.name_color(Color.PINK, "I disagree")
    library.name_color(Color.YELLOW, "Wichtig 😀")
    assert library.color_names() == {Color.YELLOW: "Wichtig 😀", Color.PINK: "I disagree"}
    library.name_color(Color.PINK, "No")
    library.name_color(Color.YELLOW, "")
    assert library.color_names() == {Color.PINK: "No"}


words = st.text(st.characters(exclude_categories=()), max_size=30)
selectors = st.builds(
    Selector,
    words,
    words,
    words,
    st.none() | st.integers(0, 2**40),
    st.none() | st.integers(0, 2**40),
)
marks = st.builds(
    Mark,
    id=words,
    kind=st.sampled_from(MarkKind),
    selector=selectors,
    color=st.sampled_from(Color),
    underline=st.booleans(),
    note=words,
    tags=st.lists(words, max_size=3).map(tuple),
    creator=words,
    created=words,
    modified=words,
    answers=words,
)


@given(marks)
def test_any_mark_survives_its_record(made: Mark) -> None:
    assert decode(encode(made)) == made


@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"1", b'{"selector": {}}', b"{" * 9999]))
def test_what_is_no_record_is_called_damaged(record: bytes) -> None:
    with pytest.raises(DamagedRecord):
        decode(record)


def test_a_field_of_a_later_version_costs_nothing(mark: Make) -> None:
    record = encode(mark(1)).replace(b"{", b'{"mood":"good",', 1)
    assert decode(record) == mark(1)


@given(st.data())
def test_any_change_of_one_bit_is_noticed(data: st.DataObject) -> None:
    record = encode(data.draw(marks))
    before = checksum("text", "mark", None, 7, record)
    bit = data.draw(st.integers(0, 8 * len(record) - 1))
    changed = bytearray(record)
    changed[bit // 8] ^= 1 << bit % 8
    assert checksum("text", "mark", None, 7, bytes(changed)) != before
    assert checksum("texts", "mark", None, 7, record) != before
    assert checksum("text", "Mark", None, 7, record) != before
    assert checksum("text", "mark", 0.0, 7, record) != before
    assert checksum("text", "mark", None, 8, record) != before
