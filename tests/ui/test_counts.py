"""Counts of what is done: they do not depend on how busy the machine is, and guard the speed."""

from __future__ import annotations

import gc
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Color, Mark, MarkKind, new_id, selector_of
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.library import Library
from reader.locations import user_folders
from reader.ui import mark_order as mark_order_module
from reader.ui import opener as opener_module
from reader.ui.margin.placement import Placement, Wishes
from reader.ui.page import layout as layout_module
from reader.ui.page import lines as lines_module
from reader.ui.page.page import PageView
from reader.ui.reading import ReadingView
from tests.ui.conftest import Busy, CopyMaker, open_text

if TYPE_CHECKING:
    from reader.ui.window import Window

MOST_STATEMENTS = 60
"""SQL statements for opening a text, however many marks are on it."""

MOST_WIDGETS = 260
"""Widgets beside and below a text, however many cards it has and wherever one has scrolled."""

MOST_PARAGRAPHS = 20
"""Paragraphs that are set before a text is seen, however long it is."""

MOST_ROWS = 30
"""Rows of a list of marks of which anything is worked out before somebody scrolls to them."""

MOST_LOOKED_THROUGH = 30_000
"""Objects that Python's collector looks through while a text is shown, however many its marks."""

PARAGRAPH = "Words come, one after another, and nobody minds. " * 5


def article(paragraphs: int, title: str = "A long text") -> str:
    return f"# {title}\n\n" + "\n\n".join(
        f"Paragraph {number}, with word{number} in it. {PARAGRAPH}" for number in range(paragraphs)
    )


def read(statements: list[str]) -> int:
    return sum(each.startswith("SELECT") for each in statements)


def put_marks(home: Path, copy: Copy, count: int) -> None:
    """Have so many marks on a text, spread over it, half of them with a note."""
    text = copy.text.string
    room = len(text) // count
    marks = [
        Mark(
            new_id(),
            MarkKind.NOTE if number % 2 else MarkKind.HIGHLIGHT,
            selector_of(text, number * room, number * room + min(room, 20)),
            note="A *note* of mine." if number % 2 else "",
            created="2026-01-01T00:00:00Z",
            modified="2026-01-01T00:00:00Z",
        )
        for number in range(count)
    ]
    library = Library(user_folders(home).data)
    library.opened(copy)
    library.save_marks(copy.manifest.id, marks)
    library.close()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window's own thread, and that which opens texts, ask of SQLite from now on."""
    found: list[str] = []
    connect = sqlite3.connect

    def note(statement: str) -> None:
        # What other windows wrote is looked for by the clock.
        here = threading.current_thread().name in ("MainThread", "opening")
        if here and "data_version" not in statement:
            found.append(statement)

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(note)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return found


def test_opening_a_text_asks_the_library_as_often_for_many_marks_as_for_few(
    statements: list[str],
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    home: Path,
    qtbot: Any,
) -> None:
    few, many = (make_copy(article(800, name), name=name) for name in ("few", "many"))
    put_marks(home, few, 10)
    put_marks(home, many, 1_000)
    window = make_window()
    asked: dict[Path, list[str]] = {}

    def shown() -> None:
        assert window.copy is not None
        asked[window.copy.path] = list(statements)

    window.text_shown.connect(shown)
    # The first text that is long brings the file into being in which parsed texts are kept.
    first = make_copy(article(700), name="first")
    for copy, marks in ((first, 0), (few, 10), (many, 1_000)):
        statements.clear()
        open_text(window, copy.path)
        qtbot.waitUntil(lambda copy=copy: copy.path in asked, timeout=30_000)
        assert len(window.marks.all()) == marks
    assert 0 < len(asked[few.path]) <= MOST_STATEMENTS
    assert len(asked[many.path]) <= MOST_STATEMENTS
    # Where many marks stand is written down on a thread, but all is read that there is.
    assert read(asked[few.path]) == read(asked[many.path])


def test_changing_a_mark_asks_the_library_as_often_among_many_as_among_few(
    statements: list[str], make_window: Callable[..., Window], make_copy: CopyMaker, home: Path
) -> None:
    asked = []
    for count in (10, 1_000):
        copy = make_copy(article(40), name=f"with-{count}")
        put_marks(home, copy, count)
        window = make_window(copy.path)
        statements.clear()
        window.marks.change(window.marks.all()[3].mark.id, note="Other words")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 10


def test_a_shown_window_reads_no_text_on_its_own_thread(
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    copy = make_copy(article(40))
    put_marks(home, copy, 300)
    window = make_window()
    seen: list[tuple[str, bool]] = []
    sorted_here: list[int] = []
    key = mark_order_module._key

    def noted(*given: Any) -> Copy:
        seen.append((threading.current_thread().name, gc.isenabled()))
        return open_copy(*given)

    def key_of(placed: PlacedMark) -> Any:
        if threading.current_thread() is threading.main_thread():
            sorted_here.append(placed.start)
        return key(placed)

    monkeypatch.setattr(opener_module, "open_copy", noted)
    monkeypatch.setattr(mark_order_module, "_key", key_of)
    for _ in range(2):
        open_text(window, copy.path)
    assert seen == [("opening", False)] * 2
    assert len(window.marks.all()) == 300
    assert sorted_here == [], "their order is known when they come"
    qtbot.waitUntil(gc.isenabled)
    assert sys.getswitchinterval() < 0.001


def test_a_change_finds_the_place_of_its_own_mark_alone(
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = make_copy(article(40))
    put_marks(home, copy, 1_000)
    window = make_window(copy.path)
    asked: list[int] = []
    key = mark_order_module._key

    def key_of(placed: PlacedMark) -> Any:
        asked.append(placed.start)
        return key(placed)

    monkeypatch.setattr(mark_order_module, "_key", key_of)
    window.marks.add(MarkKind.HIGHLIGHT, 20, 30, Color.GREEN)
    window.marks.undo()
    assert 0 < len(asked) <= 8
    asked.clear()
    # Many are merged with those that are in order already.
    text = copy.text.string
    new = [Mark(new_id(), MarkKind.HIGHLIGHT, selector_of(text, n, n + 5)) for n in range(100)]
    window.marks.take_in(new)
    assert 0 < len(asked) <= 4 * len(new)
    places = [each.start for each in window.marks.all()]
    assert places == sorted(places)
    window.marks.undo()
    assert len(window.marks.all()) == len(window.marks.own()) == 1_000


def test_the_collector_does_not_look_through_many_marks(
    make_window: Callable[..., Window], make_copy: CopyMaker, home: Path, qtbot: Any
) -> None:
    copy = make_copy(article(40))
    put_marks(home, copy, 3_000)
    window = make_window(copy.path)
    qtbot.waitUntil(lambda: len(window.marks.all()) == 3_000)
    qtbot.wait(1_200)
    seen = sum(isinstance(each, Mark) for each in gc.get_objects())
    assert seen == 0
    assert sum(1 for _ in gc.get_objects()) < MOST_LOOKED_THROUGH


def test_many_cards_are_few_widgets_wherever_one_scrolls(
    make_reading: Callable[..., ReadingView], make_copy: CopyMaker, settle: Callable[[Busy], None]
) -> None:
    count = 10_000
    words = "\n\n".join(
        " ".join(f"word{number}" for number in range(start, start + 20))
        for start in range(0, count, 20)
    )
    annotations = "".join(
        f"  - {{id: a{number}, kind: place, title: Word {number}, terms: [word{number}], "
        "body: What is said of it.}\n"
        for number in range(count)
    )
    reading = make_reading(make_copy(words, annotations))
    assert reading.margin.count() == count
    bar = reading.page.verticalScrollBar()
    for share in (0.0, 0.1, 0.35, 0.6, 0.61, 0.95, 1.0, 0.5):
        bar.setValue(round(share * bar.maximum()))
        for _ in range(5):
            bar.setValue(bar.value() + 200)
            QCoreApplication.processEvents()
        settle(reading)
        assert reading.margin.cards()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert len(reading.findChildren(QWidget)) <= MOST_WIDGETS


@pytest.fixture
def set_paragraphs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The paragraphs that are broken into lines from now on."""
    found: list[object] = []
    set_lines = lines_module.set_lines

    def counted(lines: Any, *given: Any, **named: Any) -> Any:
        found.append(lines)
        return set_lines(lines, *given, **named)

    monkeypatch.setattr(layout_module, "set_lines", counted)
    return found


def test_a_wider_window_sets_no_paragraph_anew(
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    settle: Callable[[Busy], None],
    set_paragraphs: list[object],
    qtbot: Any,
) -> None:
    window = make_window(make_copy(article(800)).path, (1200, 800))
    qtbot.waitUntil(lambda: window.copy is not None, timeout=30_000)
    settle(window.reading)
    assert set_paragraphs
    set_paragraphs.clear()
    for width in (1250, 1400, 1600, 1300):
        window.resize(width, 800)
        settle(window.reading)
    assert set_paragraphs == []


def noted(count: int, every: int = 1) -> str:
    """An annotation for every so manieth of the paragraphs of `article`."""
    return "".join(
        f"  - {{id: a{number}, kind: place, title: Word {number}, terms: [word{number}], "
        "body: What is said of it.}\n"
        for number in range(0, count, every)
    )


@pytest.mark.parametrize("every", [3, 1], ids=["few", "many"])
def test_cards_far_away_do_not_have_their_paragraphs_set_in_one_go(
    make_reading: Callable[..., ReadingView],
    make_copy: CopyMaker,
    settle: Callable[[Busy], None],
    set_paragraphs: list[object],
    every: int,
) -> None:
    reading = make_reading(make_copy(article(900), noted(900, every)), (1300, 800))
    settle(reading)
    for width, height in ((1000, 800), (1300, 700)):
        set_paragraphs.clear()
        reading.resize(width, height)
        reading.margin.place_soon()
        assert len(set_paragraphs) < 2 * MOST_PARAGRAPHS
        settle(reading)
    set_paragraphs.clear()
    reading.set_scale(1.3)
    reading.show_annotation("a450")
    assert reading.margin.card("a450") is not None
    assert 0 < len(set_paragraphs) < 4 * MOST_PARAGRAPHS


@pytest.fixture
def placements(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many cards were placed, each time that all are from now on."""
    found: list[int] = []
    place = Placement.place

    def counted(placement: Placement, wishes: Wishes, active: int = -1) -> None:
        found.append(len(wishes.lines))
        place(placement, wishes, active)

    monkeypatch.setattr(Placement, "place", counted)
    return found


def test_many_cards_are_placed_but_when_they_have_other_places(
    make_reading: Callable[..., ReadingView],
    make_copy: CopyMaker,
    settle: Callable[[Busy], None],
    placements: list[int],
) -> None:
    reading = make_reading(make_copy(article(900), noted(900)), (1300, 800))
    settle(reading)
    assert placements
    bar = reading.page.verticalScrollBar()
    placements.clear()
    for share in (0.2, 0.9, 0.5, 0.0):
        bar.setValue(round(share * bar.maximum()))
        settle(reading)
    for height in (700, 900, 800):
        reading.resize(1300, height)
        settle(reading)
    reading.margin.set_marks((), {}, {})
    assert placements == []
    # At once, and where guesses were wrong when the heights of all paragraphs are known.
    reading.set_scale(1.3)
    settle(reading)
    assert placements in ([900], [900, 900])


@pytest.mark.parametrize("paragraphs", [100, 3_000])
def test_few_paragraphs_are_set_before_a_text_is_seen(
    make_page: Callable[..., PageView],
    make_copy: CopyMaker,
    set_paragraphs: list[object],
    paragraphs: int,
) -> None:
    page = make_page(make_copy(article(paragraphs)), rest=False)
    page.viewport().repaint()
    assert 0 < len(set_paragraphs) < MOST_PARAGRAPHS


def test_of_many_marks_only_those_in_view_are_worked_out(
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    home: Path,
    settle: Callable[[Busy], None],
) -> None:
    copy = make_copy(article(300))
    put_marks(home, copy, 3_000)
    window = make_window(copy.path)
    window.actions_["notes"].trigger()
    settle(window.reading)
    rows = window.panel._notes.list.notes.rows
    assert len(rows) == 3_000
    worked_out = [row for row in rows if row.entry is not None and "quote" in vars(row.entry)]
    assert 0 < len(worked_out) < MOST_ROWS
