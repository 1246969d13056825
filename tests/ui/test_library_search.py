"""The search across everything, driven as a reader drives it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.library.errors import LibraryError
from reader.library.passages import Where
from reader.library.search import Hit
from reader.ui.fonts import Faces
from reader.ui.library.lines import Lines
from reader.ui.library.painting import in_face
from reader.ui.library.passage_row import WORDS
from reader.ui.library.search import SearchPage
from reader.ui.theme import Theme

WAITING = "Finds words in all texts of the library, in annotations, and in your notes."

PASSAGES = (
    ("urn:a", "Weapons", Where.TEXT, "", 40, "… to meet Putin in person, because lower-level …"),
    ("urn:b", "War and Peace", Where.TEXT, "", 7, "𝒜 person, and another person"),
    ("urn:a", "Weapons", Where.NOTE, "m1", 90, "Which person\ncomes first?"),
    ("urn:a", "Weapons", Where.ANNOTATION, "zelenskyy", 3, "The person of the year"),
    ("urn:c", "", Where.NOTE, "m2", 0, "A person of whom only this is left"),
)


def found(query: str) -> list[Hit]:
    hits = []
    for text_id, title, where, id_, start, words in PASSAGES:
        places = [match.span() for match in re.finditer(re.escape(query), words)]
        if places:
            hits.append(Hit(text_id, title, where, id_, start, words, tuple(places)))
    return hits


class Held:
    """Answers when it is let, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.begun = threading.Semaphore(0)
        self.let = threading.Semaphore(0)

    def __call__(self, query: str) -> list[Hit]:
        self.asked.append(query)
        self.begun.release()
        assert self.let.acquire(timeout=20)
        return found(query)


@pytest.fixture
def make(qtbot: Any, look: None, faces: Faces, theme: Theme) -> Iterator[Callable[..., SearchPage]]:
    pages = []

    def make(
        search: Callable[[str], Sequence[Hit]] = found, size: tuple[int, int] = (1000, 600)
    ) -> SearchPage:
        page = SearchPage(theme, faces.text, search)
        page.set_side(30)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus()
        return page

    yield make
    for page in pages:
        page.close_search()


@pytest.fixture
def page(make: Callable[..., SearchPage]) -> SearchPage:
    return make()


def look_for(qtbot: Any, page: SearchPage, words: str) -> None:
    page.field.clear()
    QTest.keyClicks(page.field, words)
    qtbot.waitUntil(lambda: not page.busy)
    QApplication.processEvents()


def rows(page: SearchPage) -> list[str]:
    model = page.list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [index.data(Qt.ItemDataRole.AccessibleTextRole).replace("(s)", "s") for index in indexes]


def current(page: SearchPage) -> str:
    return str(page.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


# What is found -----------------------------------------------------------------------------------


def test_lists_what_was_found_by_text_and_where(qtbot: Any, page: SearchPage) -> None:
    look_for(qtbot, page, "person")
    assert rows(page)[:6] == [
        "Weapons, 3 places",
        "In the text, … to meet Putin in person, because lower-level …",
        "My note, Which person comes first?",
        "Annotation, The person of the year",
        rows(page)[4],
        "In the text, 𝒜 person, and another person",
    ]
    assert rows(page)[4].startswith("War and Peace, 1 place")
    assert rows(page)[6].startswith("Without a title, 1 place")
    assert page.count.text().replace("(s)", "s") == "5 places in 3 texts"
    assert page.field.accessibleDescription() == page.count.text()


def test_says_that_nothing_is_found(qtbot: Any, page: SearchPage) -> None:
    assert page.list.accessibleDescription() == WAITING
    look_for(qtbot, page, "xyz")
    assert rows(page) == []
    assert page.list.accessibleDescription() == "Nothing is found for “xyz”."
    assert page.count.text() == ""
    page.field.clear()
    assert page.list.accessibleDescription() == WAITING


def test_says_why_it_cannot_search(qtbot: Any, make: Callable[..., SearchPage]) -> None:
    def fail(query: str) -> list[Hit]:
        if query == "bad":
            raise LibraryError("The library is damaged; start again.")
        return found(query)

    page = make(fail)
    look_for(qtbot, page, "person")
    look_for(qtbot, page, "bad")
    assert rows(page) == []
    assert page.list.accessibleDescription() == "The library is damaged; start again."
    look_for(qtbot, page, "person")
    assert len(rows(page)) == 8


def test_a_fault_in_the_search_is_told_and_ends_nothing(
    qtbot: Any, make: Callable[..., SearchPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda fault: faults.append(str(fault.exc_value)))

    def fail(query: str) -> list[Hit]:
        if query == "bad":
            raise RuntimeError("a fault")
        return found(query)

    page = make(fail)
    look_for(qtbot, page, "bad")
    assert "a fault" in page.list.accessibleDescription()
    qtbot.waitUntil(lambda: faults == ["a fault"])
    look_for(qtbot, page, "person")
    assert len(rows(page)) == 8


# Travelling --------------------------------------------------------------------------------------


def test_arrow_keys_and_enter_travel(qtbot: Any, page: SearchPage) -> None:
    look_for(qtbot, page, "person")
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert current(page).startswith("In the text, … to meet")
    for _ in range(3):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert current(page) == "In the text, 𝒜 person, and another person"
    with qtbot.waitSignal(page.hit_chosen) as chosen:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    hit = chosen.args[0]
    assert isinstance(hit, Hit)
    assert (hit.text_id, hit.start) == ("urn:b", 7)
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.field.hasFocus()


def test_enter_in_the_field_travels_to_the_first(qtbot: Any, page: SearchPage) -> None:
    with qtbot.assertNotEmitted(page.hit_chosen):
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    look_for(qtbot, page, "year")
    with qtbot.waitSignal(page.hit_chosen) as chosen:
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert chosen.args[0].id == "zelenskyy"


def test_a_click_travels_but_not_on_a_title(qtbot: Any, page: SearchPage) -> None:
    look_for(qtbot, page, "person")
    model = page.list.model()

    def click(row: int) -> None:
        place = page.list.visualRect(model.index(row, 0)).center()
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    with qtbot.assertNotEmitted(page.hit_chosen):
        click(0)
    with qtbot.waitSignal(page.hit_chosen) as chosen:
        click(2)
    assert chosen.args[0].id == "m1"


# The thread --------------------------------------------------------------------------------------


def test_nothing_waits_and_the_newest_question_wins(
    qtbot: Any, make: Callable[..., SearchPage]
) -> None:
    search = Held()
    page = make(search)
    QTest.keyClicks(page.field, "w")
    assert search.begun.acquire(timeout=20)
    QTest.keyClicks(page.field, "as")  # typed while the first is looked for
    assert page.field.text() == "was"
    assert page.busy
    qtbot.waitUntil(lambda: page.count.text() == "Searching…")
    page.field.setText("year")
    search.let.release()
    assert search.begun.acquire(timeout=20)
    QTest.qWait(30)
    assert rows(page) == []  # the answer to "w" came, and nobody wants it any more
    search.let.release()
    qtbot.waitUntil(lambda: not page.busy)
    assert rows(page)[1:] == ["Annotation, The person of the year"]
    assert search.asked == ["w", "year"]
    assert page.count.text() != "Searching…"


def test_enter_waits_for_the_words_that_were_typed(
    qtbot: Any, make: Callable[..., SearchPage]
) -> None:
    search = Held()
    page = make(search)
    search.let.release()
    look_for(qtbot, page, "P")
    assert rows(page)
    page.field.setText("year")
    with qtbot.assertNotEmitted(page.hit_chosen):
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.hit_chosen) as chosen:
        search.let.release()
    assert chosen.args[0].id == "zelenskyy"


def test_what_is_no_longer_wanted_does_not_come(
    qtbot: Any, make: Callable[..., SearchPage]
) -> None:
    search = Held()
    page = make(search)
    page.field.setText("person")
    assert search.begun.acquire(timeout=20)
    page.field.clear()
    assert not page.busy
    search.let.release()
    QTest.qWait(30)
    assert rows(page) == []
    assert page.list.accessibleDescription() == WAITING


def test_one_thread_searches_and_ends_when_it_is_told(make: Callable[..., SearchPage]) -> None:
    def searching() -> int:
        return sum(each.name == "searching" for each in threading.enumerate())

    before = searching()
    page = make()
    for words in ("a", "ab", "abc", "b"):
        page.field.setText(words)
    assert searching() == before + 1
    page.close_search()
    assert searching() == before


# When the library changes ------------------------------------------------------------------------


def test_looks_again_and_stays_where_it_is(qtbot: Any, make: Callable[..., SearchPage]) -> None:
    passages = [
        Hit("urn:a", "Weapons", Where.TEXT, "", number, f"Passage {number}", ((0, 7),))
        for number in range(60)
    ]
    page = make(lambda _query: tuple(passages))
    look_for(qtbot, page, "passage")
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    for _ in range(30):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    before = page.list.verticalScrollBar().value()
    assert before > 0
    passages.pop()
    page.renew({"urn:a": "en"})
    qtbot.waitUntil(lambda: not page.busy)
    assert len(rows(page)) == 60
    assert current(page) == "In the text, Passage 30"
    assert page.list.verticalScrollBar().value() == before
    page.field.setText("another")
    qtbot.waitUntil(lambda: not page.busy)
    assert page.list.verticalScrollBar().value() == 0


# How it looks ------------------------------------------------------------------------------------


def marked(page: SearchPage, row: int, theme: Theme) -> tuple[int, int]:
    """From where to where the ground of found words reaches, from the words' left edge."""
    index: QModelIndex = page.list.model().index(row, 0)
    shot: QImage = page.list.viewport().grab(page.list.visualRect(index)).toImage()
    ground = QColor(theme["found"])
    there = [
        x
        for x in range(shot.width())
        if any(shot.pixelColor(x, y) == ground for y in range(shot.height()))
    ]
    return min(there), max(there)


@pytest.mark.parametrize("size", [(1000, 600), (560, 600)])
def test_the_found_words_are_marked_and_no_others(
    qtbot: Any, make: Callable[..., SearchPage], theme: Theme, faces: Faces, size: tuple[int, int]
) -> None:
    page = make(size=size)
    look_for(qtbot, page, "another")
    assert len(rows(page)) == 2
    start, end = marked(page, 1, theme)
    metrics = QFontMetricsF(in_face(faces.text, page.font(), WORDS))
    # The first letter is two units of Qt's counting and one of ours.
    before = metrics.horizontalAdvance("𝒜 person, and ")
    width = metrics.horizontalAdvance("another")
    assert end - start == pytest.approx(width, abs=3)
    page.field.setText("𝒜")  # no key has it
    qtbot.waitUntil(lambda: not page.busy)
    left = marked(page, 1, theme)[0]
    assert start - left == pytest.approx(before, abs=3)


@pytest.mark.parametrize("width", [40, 120, 200])
@pytest.mark.parametrize("most", [1, 2])
def test_words_are_cut_where_their_room_ends(
    look: None, faces: Faces, width: int, most: int
) -> None:
    words = "𝒜 person, and another person who had come from Petersburg that morning"
    lines = Lines(words, faces.text, width, most)
    assert lines.cut
    assert lines.height == pytest.approx(most * QFontMetricsF(faces.text).lineSpacing())
    whole = Lines("Short", faces.text, 300, most)
    assert not whole.cut
    assert whole.height == pytest.approx(QFontMetricsF(faces.text).lineSpacing())


def test_what_is_cut_fits(qtbot: Any, look: None, faces: Faces) -> None:
    layout = Lines("word " * 60, faces.text, 200, 2)._layout
    assert layout.lineCount() == 2
    second = layout.text()[layout.lineAt(1).textStart() :]
    assert second.startswith("word word")
    assert second.endswith("…")
    assert QFontMetricsF(faces.text).horizontalAdvance(second) <= 200
