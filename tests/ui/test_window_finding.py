"""Finding in the window: from the field, from the selection, with keys, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reader.copies.copy import Copy
from tests.ui.conftest import open_text

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]


@pytest.fixture
def window(make_window: MakeWindow, harbour: Copy) -> Window:
    return make_window(harbour.path)


def focused() -> QWidget:
    """The widget that the keyboard writes to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to wherever the keyboard is."""
    QTest.keyClick(focused(), key, modifiers)


def begin_to_find(window: Window) -> None:
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.header.find_field.hasFocus()


def find(window: Window, words: str) -> None:
    begin_to_find(window)
    QTest.keyClicks(window.header.find_field, words)
    while window.finder.searching:
        QCoreApplication.processEvents()


def said(window: Window) -> str:
    """What the field says of the places found."""
    words = window.header.find_field.accessibleDescription()
    assert words == window.header.find_field._said
    return words


def marked(window: Window) -> list[tuple[int, int]]:
    """The places that are marked in the text."""
    return list(window.reading.page.looks._found)


def current(window: Window, harbour: Copy) -> int:
    """Where the hit begins that one is at; it is in view."""
    place = window.finder.current
    assert place is not None
    assert window.reading.page.is_in_view(place[0])
    assert window.reading.page.looks._found_current == place
    return place[0]


def places(harbour: Copy, words: str) -> list[int]:
    string, found, at = harbour.text.string.lower(), [], -1
    while (at := string.find(words.lower(), at + 1)) >= 0:
        found.append(at)
    return found


def test_all_hits_are_marked_and_counted(window: Window, harbour: Copy) -> None:
    find(window, "quay")
    assert [start for start, _ in marked(window)] == places(harbour, "quay")
    assert said(window) == f"1/{len(places(harbour, 'quay'))}"
    assert current(window, harbour) == places(harbour, "quay")[0]


def test_f3_and_enter_go_round_the_text(window: Window, harbour: Copy) -> None:
    find(window, "part 3")
    hits = places(harbour, "part 3")
    assert len(hits) == 2
    seen = [current(window, harbour)]
    for key in (Qt.Key.Key_F3, Qt.Key.Key_Return, Qt.Key.Key_F3):
        press(key)
        seen.append(current(window, harbour))
    assert seen == [hits[0], hits[1], hits[0], hits[1]]
    assert said(window) == "2/2"
    press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert current(window, harbour) == hits[0]
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert current(window, harbour) == hits[1]


def test_it_begins_at_what_is_being_read(window: Window, harbour: Copy) -> None:
    window.reading.page.go_to(places(harbour, "Part 4")[0], 0)
    find(window, "quay")
    assert current(window, harbour) == next(
        hit for hit in places(harbour, "quay") if hit > window.reading.place()
    )


def test_typing_on_narrows_the_hit_down_and_is_one_jump(window: Window, harbour: Copy) -> None:
    start = window.reading.place()
    find(window, "boats of part")
    between = window.reading.page.scroll()
    assert between > 0
    QTest.keyClicks(window.header.find_field, " 8")
    (hit,) = places(harbour, "boats\nof part 8") or places(harbour, "boats of part 8")
    assert current(window, harbour) == hit
    assert window.reading.page.scroll() > between
    press(Qt.Key.Key_Escape)
    window.reading.back()
    assert window.reading.place() == start


def test_case_accents_and_quotes_do_not_matter(make_window: MakeWindow, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text('# Title\n\nCafé, cafe, CAFÉ. It’s “so”. It\'s "so".\n', "utf-8")
    window = make_window(file)
    find(window, "cafe")
    assert said(window) == "1/3"
    press(Qt.Key.Key_Escape)
    find(window, 'it\'s "so"')
    assert said(window) == "1/2"


def test_what_is_not_there_is_told(window: Window) -> None:
    find(window, "zeppelin")
    assert said(window) == "none"
    assert marked(window) == []
    press(Qt.Key.Key_F3)
    assert said(window) == "none"
    assert not window.reading.travel.can_go_back
    press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert said(window) == ""


def test_escape_ends_it_and_gives_the_keyboard_back(window: Window, harbour: Copy) -> None:
    find(window, "of part 6")
    scroll = window.reading.page.scroll()
    press(Qt.Key.Key_Escape)
    assert window.reading.page.hasFocus()
    assert window.header.find_field.text() == ""
    assert marked(window) == []
    assert said(window) == ""
    assert window.reading.page.scroll() == scroll, "one stays where one has come"


def test_f3_without_words_asks_for_them(window: Window) -> None:
    press(Qt.Key.Key_F3)
    assert window.header.find_field.hasFocus()


def test_the_selected_words_are_looked_for(window: Window, harbour: Copy) -> None:
    start = places(harbour, "the crane")[0]
    window.reading.page.select(start, start + len("the crane"))
    begin_to_find(window)
    field = window.header.find_field
    assert field.text() == "the crane"
    assert field.selectedText() == "the crane", "typing replaces it"
    assert said(window) == f"1/{len(places(harbour, 'the crane'))}"
    assert current(window, harbour) == start


def test_a_selection_over_two_paragraphs_is_found_too(window: Window, harbour: Copy) -> None:
    start = harbour.text.string.index("before them.\nPart 1")
    window.reading.page.select(start, start + len("before them.\nPart 1"))
    begin_to_find(window)
    assert said(window) == "1/1"


def test_a_long_selection_is_not_what_one_looks_for(window: Window) -> None:
    window.reading.page.selectAll()
    begin_to_find(window)
    assert window.header.find_field.text() == ""


def test_another_text_is_another_search(window: Window, guide: Copy) -> None:
    find(window, "quay")
    open_text(window, guide.path)
    assert window.header.find_field.text() == ""
    assert marked(window) == []
    assert said(window) == ""
    find(window, "margin")
    assert said(window).startswith("1/")


def test_a_great_many_hits_do_not_hang_it(
    make_window: MakeWindow, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "many.md"
    file.write_text("# Title\n\n" + "\n\n".join("e " * 1000 for _ in range(300)))
    window = make_window(file, (600, 400), rest=False)
    qtbot.waitUntil(lambda: window.copy is not None, timeout=20_000)
    begin_to_find(window)
    QTest.keyClicks(window.header.find_field, "e")
    assert said(window).startswith("1/"), "the first is known at once"
    press(Qt.Key.Key_F3)
    assert said(window).startswith("2/")
    qtbot.waitUntil(lambda: said(window) == "2/300001", timeout=20_000)
    window.reading.page.viewport().grab()
    press(Qt.Key.Key_Escape)
    assert marked(window) == []
