"""The notebook, driven as a reader drives it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.library.library import Library
from reader.library.texts import TextEntry
from reader.ui.fonts import Faces
from reader.ui.library.gathering import Gathering
from reader.ui.library.notebook import NotebookPage
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker

TODAY = date(2025, 6, 4)
PEACE = TextEntry("urn:peace", "War and Peace", language="en")
WEAPONS = TextEntry("urn:weapons", "The night of 537 weapons", language="en")


def mark(
    id_: str, words: str, start: int | None = 0, kind: MarkKind = MarkKind.HIGHLIGHT, **fields: Any
) -> Mark:
    given = {"created": "2025-06-04T10:00:00Z", **fields}
    return Mark(id_, kind, Selector(words, start=start), **given)


MARKS = [
    ("urn:weapons", mark("late", "because lower-level rounds have stalled", 900)),
    (
        "urn:peace",
        mark(
            "prince", "Well, Prince", 5, MarkKind.NOTE, color=Color.PINK,
            note="Compare **Anna Pávlovna**'s [[salon]].", tags=("essay",),
            created="2025-06-03T10:00:00Z",
        ),
    ),
    ("urn:weapons", mark("early", "He wants to meet", 100, created="2024-01-05T10:00:00Z")),
    ("urn:gone", mark("left", "What is left", 3, created="no date")),
    ("urn:weapons", mark("answer", "", None, MarkKind.ANSWER, note="Neither could give way.")),
    ("urn:weapons", mark("place", "Why, then", 950, MarkKind.BOOKMARK)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def make(qtbot: Any, look: None, faces: Faces, theme: Theme) -> Callable[..., NotebookPage]:
    def make(size: tuple[int, int] = (1000, 600)) -> NotebookPage:
        page = NotebookPage(theme, faces.text, lambda: TODAY)
        page.set_side(30)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return make


@pytest.fixture
def page(make: Callable[..., NotebookPage]) -> NotebookPage:
    page = make()
    page.show_marks(MARKS, [WEAPONS, PEACE])
    return page


def rows(page: NotebookPage) -> list[str]:
    model = page.list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [index.data(Qt.ItemDataRole.AccessibleTextRole).replace("(s)", "s") for index in indexes]


def ids(page: NotebookPage) -> list[str]:
    model = page.list.model()
    items = [
        model.index(row, 0).data(Qt.ItemDataRole.UserRole + 1) for row in range(model.rowCount())
    ]
    return [item[1].id for item in items if item]


def test_lists_every_mark_by_text_in_the_order_of_the_text(page: NotebookPage) -> None:
    shown = rows(page)
    assert shown[0] == "The night of 537 weapons, 4 marks"
    assert shown[1:5] == [
        "Highlight, “He wants to meet”, 5 Jan 2024",
        "Highlight, “because lower-level rounds have stalled”, today",
        "Bookmark, “Why, then”, today",
        "Answer, Neither could give way., today",
    ]
    assert shown[5].startswith("War and Peace, 1 mark")
    assert shown[6] == "Note, “Well, Prince”, Compare Anna Pávlovna's salon. #essay, yesterday"
    assert shown[7].startswith("Without a title, 1 mark")
    assert shown[8] == "Highlight, “What is left”"
    assert page.count.text().replace("(s)", "s") == "6 marks"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("STALLED", ["late"]),
        ("pavlovna", ["prince"]),
        ("#ess", ["prince"]),
        ("well essay", ["prince"]),
        ("weapons", ["early", "late", "place", "answer"]),
        ("weapons wants", ["early"]),
        ("nowhere", []),
    ],
)
def test_filters_as_one_types(page: NotebookPage, words: str, left: list[str]) -> None:
    page.focus_field()
    QTest.keyClicks(page.field, words)
    assert ids(page) == left
    if not left:
        assert page.list.accessibleDescription() == "Nothing matches “nowhere”."
        assert page.count.text() == ""
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert len(ids(page)) == 6


def test_enter_and_clicks_travel_to_the_mark(qtbot: Any, page: NotebookPage) -> None:
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.mark_chosen) as chosen:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert chosen.args == ["urn:weapons", "late"]
    place = page.list.visualRect(page.list.model().index(6, 0)).center()
    with qtbot.waitSignal(page.mark_chosen) as chosen:
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["urn:peace", "prince"]
    page.focus_field()
    QTest.keyClicks(page.field, "wants")
    with qtbot.waitSignal(page.mark_chosen) as chosen:
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert chosen.args == ["urn:weapons", "early"]


def test_marked_words_have_the_colour_that_they_have_in_the_text(
    page: NotebookPage, theme: Theme
) -> None:
    def grounds(row: int) -> set[str]:
        rect = page.list.visualRect(page.list.model().index(row, 0))
        shot = page.list.viewport().grab(rect).toImage()
        there = {
            shot.pixelColor(x, y).name() for x in range(shot.width()) for y in range(shot.height())
        }
        return {color for color in Color if QColor(theme[f"mark_{color}"]).name() in there}

    assert grounds(6) == {Color.PINK}
    assert grounds(1) == {Color.YELLOW}
    assert grounds(3) == set()  # a bookmark is on no words
    assert grounds(4) == set()  # nor has this answer any


def test_an_empty_notebook_says_what_it_is_for(make: Callable[..., NotebookPage]) -> None:
    page = make()
    assert page.list.accessibleDescription().startswith("Nothing marked yet.")
    page.focus()
    assert page.field.hasFocus()


def test_stays_where_it_is_when_marks_change(make: Callable[..., NotebookPage]) -> None:
    marks = [("urn:peace", mark(f"m{n}", f"Words {n}", n)) for n in range(200)]
    page = make()
    page.show_marks(marks, [PEACE])
    page.focus()
    for _ in range(60):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    before = page.list.visualRect(page.list.currentIndex())
    page.show_marks(marks[:-1], [PEACE])
    assert page.list.currentIndex().data() == "Words 60"
    assert page.list.visualRect(page.list.currentIndex()) == before


def test_a_hundred_thousand_marks_are_not_waited_for(
    make: Callable[..., NotebookPage], qtbot: Any
) -> None:
    texts = [TextEntry(f"urn:{n}", f"Text {n}") for n in range(1000)]
    marks = [
        (f"urn:{n % 1000}", mark(f"m{n}", f"“Words” number {n}", n, note="A thought" * (n % 2)))
        for n in range(100_000)
    ]
    page = make()
    before = time.perf_counter()
    page.show_marks(marks, texts)
    page.grab()
    took = time.perf_counter() - before
    assert took < 4.0  # a quarter of a second where nothing else runs
    assert ids(page)[:2] == ["m0", "m1000"]
    qtbot.waitUntil(lambda: page.count.text().startswith("100000 mark"), timeout=30_000)
    told = page.list.model().rowCount()
    assert told < 5000
    # The rest comes as one scrolls.
    page.list.scrollToBottom()
    assert page.list.model().rowCount() > told
    page.field.setText("number 99999")
    qtbot.waitUntil(lambda: page.count.text().startswith("1 mark"), timeout=30_000)
    assert ids(page) == ["m99999"]


def test_enter_chooses_the_first_of_all_that_match(make: Callable[..., NotebookPage]) -> None:
    texts = [TextEntry(f"urn:{n}", f"Text {n}") for n in range(1000)]
    page = make()
    marks = [(f"urn:{n % 1000}", mark(f"m{n}", f"Words “{n}”", n)) for n in range(50_000)]
    page.show_marks(marks, texts)
    chosen: list[tuple[str, str]] = []
    page.mark_chosen.connect(lambda *each: chosen.append(each))
    # However many there are to look through, those from before are not what was meant.
    page.field.setText("“49999”")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert chosen == [("urn:999", "m49999")]


def test_all_rows_can_be_read_where_they_are_equally_high(
    make: Callable[..., NotebookPage],
) -> None:
    marks = [
        ("urn:peace", mark(f"m{n}", "Words " * 60, n, note="A thought " * 60)) for n in range(600)
    ]
    page = make((620, 600))
    page.show_marks(marks, [PEACE])
    page.grab()
    heights = {page.list.sizeHintForRow(row) for row in range(600)}
    assert len(heights) == 1
    assert heights.pop() >= 4 * page.fontMetrics().height()


def test_what_other_people_marked_is_not_in_it(
    qtbot: Any, home: Path, make_copy: CopyMaker
) -> None:
    copy = make_copy("# On rivers\n\nA river begins where water gathers.")
    mine = replace(MARKS[0][1], id="mine")
    theirs = replace(mine, id="theirs", creator="Ana")
    with closing(Library(home)) as library:
        library.opened(copy)
        library.save_marks(copy.manifest.id, [mine, theirs])
        gathering = Gathering(library)
        with qtbot.waitSignal(gathering.gathered) as gathered:
            gathering.gather(library.texts())
        gathering.close()
    (text,) = gathered.args[0].values()
    assert [mark.id for _, mark in text.marks] == ["mine"]
