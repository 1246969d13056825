"""Pages: nothing is lost, nothing overlaps, and notes stand where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.printing.breaking import Measures, Page, PageBreaker, Slot, settled

HEIGHT, GAP, RULE = 100.0, 2.0, 5.0


def slots_of(heights: Sequence[float], whole: bool = False) -> list[Slot]:
    slots, top = [], 0.0
    for index, height in enumerate(heights):
        slots.append(Slot(top, top + height, index == 0 or not whole))
        top += height
    return slots


def broken(
    pieces: Sequence[tuple[list[Slot], dict[int, list[int]], bool]],
    notes: Sequence[Sequence[float]] = (),
    margin: bool = True,
) -> list[Page]:
    """Break pieces, given by slots, notes and whether they keep; notes by their lines."""
    measures = Measures(
        HEIGHT,
        GAP,
        RULE,
        0.0,
        lambda note: sum(notes[note]) if margin else None,
        lambda note: slots_of(notes[note]),
    )
    breaker = PageBreaker(measures)
    for index, (slots, numbers, keeps) in enumerate(pieces):
        breaker.add(index, slots, 3.0, numbers, keeps)
    return breaker.finish()


def test_an_empty_text_is_one_page() -> None:
    assert broken([]) == [Page()]


def test_a_heading_goes_over_with_what_follows() -> None:
    text, heading = slots_of([10] * 8), slots_of([10])
    pages = broken([(text, {}, False), (heading, {}, True), (slots_of([5, 5], True), {}, False)])
    assert [[part.index for part in page.parts] for page in pages] == [[0], [1, 2]]


def test_a_heading_that_fits_with_what_follows_stays() -> None:
    text, heading = slots_of([10] * 6), slots_of([10])
    pages = broken([(text, {}, False), (heading, {}, True), (slots_of([5, 5], True), {}, False)])
    assert [[part.index for part in page.parts] for page in pages] == [[0, 1, 2]]


def test_a_heading_taller_than_what_is_left_of_any_page_ends_all_the_same() -> None:
    pages = broken([(slots_of([90]), {}, True), (slots_of([95]), {}, False)])
    assert [[part.index for part in page.parts] for page in pages] == [[0], [1]]


def test_what_the_margin_has_no_room_for_goes_to_the_end_of_the_page() -> None:
    notes = [[10.0]] * 9
    [page] = broken([(slots_of([10]), {0: list(range(9))}, False)], notes)
    assert [note for note, _ in page.beside] == list(range(8))
    assert [(part.index, part.y) for part in page.below] == [(8, 90.0)]


def test_what_the_page_has_no_room_for_goes_on_on_the_next() -> None:
    notes = [[10.0] * 9, [10.0] * 15]
    first, second = broken([(slots_of([10]), {0: [0, 1]}, False)], notes)
    assert [note for note, _ in first.beside] == [0]
    assert [(p.index, p.first, p.last) for p in first.below] == [(1, 0, 8)]
    assert [(p.index, p.first, p.last) for p in second.below] == [(1, 8, 15)]


def test_words_go_over_rather_than_part_from_their_notes() -> None:
    notes = [[90.0], [20.0]]
    pages = broken([(slots_of([10.0] * 9), {0: [0], 8: [1]}, False)], notes)
    assert [[(p.first, p.last) for p in page.parts] for page in pages] == [[(0, 8)], [(8, 9)]]
    assert [[note for note, _ in page.beside] for page in pages] == [[0], [1]]


@given(st.lists(st.tuples(st.floats(0, 90), st.floats(1, 12)), max_size=7))
def test_notes_in_a_margin_never_overlap_and_never_leave_it(
    wishes: list[tuple[float, float]],
) -> None:
    wishes.sort()
    settled_notes = settled([(n, y, tall) for n, (y, tall) in enumerate(wishes)], HEIGHT, GAP)
    places = [y for _, y in settled_notes]
    for (y, below), (_, tall) in zip(pairwise(places), wishes, strict=False):
        assert below >= y + tall + GAP - 1e-9
    assert all(
        y >= -1e-9 and y + t <= HEIGHT + 1e-9 for y, (_, t) in zip(places, wishes, strict=True)
    )


HEIGHTS = st.lists(st.floats(1, 40), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(HEIGHTS, st.booleans(), st.booleans(), st.integers(0, 4)), max_size=8),
    st.lists(HEIGHTS, min_size=1, max_size=4),
    st.booleans(),
)
def test_every_line_and_every_note_is_on_some_page_once_and_in_order(
    given_pieces: list[tuple[list[float], bool, bool, int]], kinds: list[list[float]], margin: bool
) -> None:
    pieces = []
    notes: list[list[float]] = []
    for heights, whole, keeps, count in given_pieces:
        numbers: dict[int, list[int]] = {}
        for each in range(count):
            numbers.setdefault(each * 7 % len(heights), []).append(0)
        for line in sorted(numbers):
            here = range(len(notes), len(notes) + len(numbers[line]))
            notes += [kinds[n % len(kinds)] for n in here]
            numbers[line] = list(here)
        pieces.append((slots_of(heights, whole), numbers, keeps))
    pages = broken(pieces, notes, margin)

    shown = [
        (p.index, line) for page in pages for p in page.parts for line in range(p.first, p.last)
    ]
    assert shown == [(n, line) for n, piece in enumerate(pieces) for line in range(len(piece[0]))]
    beside = [note for page in pages for note, _ in page.beside]
    below = [(p.index, n) for page in pages for p in page.below for n in range(p.first, p.last)]
    assert below == [
        (note, n) for note in sorted({note for note, _ in below}) for n in range(len(notes[note]))
    ]
    assert sorted([*beside, *{note for note, _ in below}]) == list(range(len(notes)))
    for page in pages:
        end = 0.0
        for part in page.parts:
            slots = pieces[part.index][0]
            assert part.y >= end - 1e-6
            end = part.y + slots[part.last - 1].bottom - slots[part.first].top
        if page.below:
            assert page.below[0].y >= end - 1e-6
        assert end <= HEIGHT + 1e-6
