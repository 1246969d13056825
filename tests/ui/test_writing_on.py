"""Somebody writes beside the text, and the card has to go elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.annotations.attachment import Mention
from reader.annotations.marks import MarkKind
from reader.copies.copy import Copy
from tests.ui.conftest import CopyMaker

if TYPE_CHECKING:
    from reader.ui.window import Window

Settle = Callable[[Any], None]

PARAGRAPH = "A river begins where water gathers, and ends where it meets the sea. "
QUESTION = "  - {id: why, kind: question, title: Why?, target: {exact: it bends}, body: Think.}\n"


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    parts = [f"Part {number}. " + PARAGRAPH * 8 for number in range(12)]
    parts[5] = "Part 5. " + PARAGRAPH + "Here it bends. " + PARAGRAPH * 6
    return make_copy("# On rivers\n\n" + "\n\n".join(parts), QUESTION)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy) -> Window:
    window = make_window(copy.path)
    window.reading.travel_to(copy.text.string.index("Part 5"), fraction=0)
    return window


def without_room(window: Window, settle: Settle, how: str) -> Callable[[], None]:
    """Leave no room for cards beside the text; what is returned gives it back."""
    if how == "larger text":
        window.appearance.choose_size(150)
        back = lambda: window.appearance.choose_size(100)  # noqa: E731
    elif how == "narrow window":
        size = window.size()
        window.resize(800, 700)
        back = lambda: window.resize(size)  # noqa: E731
    else:
        window.actions_["margin"].trigger()
        back = window.actions_["margin"].trigger
    QCoreApplication.processEvents()
    settle(window.reading)
    assert not window.reading.margin_shown(), "there is room enough to prove nothing"
    return back


def type_on(words: str, *keys: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)
    for key in keys:
        QTest.keyClick(focused, key)


def top_of(window: Window, copy: Copy, words: str) -> float:
    start = copy.text.string.index(words)
    return window.reading.page.words_rect(Mention(start, start + len(words), "")).top()


HOW = pytest.mark.parametrize("how", ["larger text", "narrow window", "no margin wanted"])


@HOW
def test_a_note_is_written_on_where_its_card_went(
    window: Window, copy: Copy, settle: Settle, how: str
) -> None:
    start = copy.text.string.index("it bends")
    window.reading.page.select(start, start + len("it bends"))
    window.marking.note()
    type_on("Half a tho")
    top = top_of(window, copy, "it bends")
    back = without_room(window, settle, how)
    type_on("ught more", Qt.Key.Key_Left)
    if how != "narrow window":
        assert top_of(window, copy, "it bends") == pytest.approx(top, abs=2)
    assert window.reading.popover.isVisible()
    assert window.reading.popover.geometry().top() > top_of(window, copy, "it bends")
    back()
    QCoreApplication.processEvents()
    settle(window.reading)
    assert window.reading.margin_shown()
    assert not window.reading.popover.isVisible()
    type_on("!")
    (placed,) = window.marks.all()
    assert placed.mark.kind is MarkKind.NOTE
    assert placed.mark.note == "Half a thought mor!e"
    assert not placed.mark.underline


@HOW
def test_a_tag_is_written_on_too(window: Window, copy: Copy, settle: Settle, how: str) -> None:
    start = copy.text.string.index("it bends")
    window.reading.page.select(start, start + len("it bends"))
    window.marking.note()
    type_on("", Qt.Key.Key_Tab)
    type_on("geolo")
    without_room(window, settle, how)
    type_on("gy", Qt.Key.Key_Return)
    (placed,) = window.marks.all()
    assert (placed.mark.note, placed.mark.tags) == ("", ("geology",))


@HOW
def test_an_answer_is_written_on_where_its_card_went(
    window: Window, settle: Settle, how: str
) -> None:
    window.reading.show_annotation("why")
    settle(window.reading)
    window.reading.type_note("why")
    type_on("Hard ")
    back = without_room(window, settle, how)
    type_on("rock")
    back()
    QCoreApplication.processEvents()
    settle(window.reading)
    type_on(".")
    assert [each.mark.note for each in window.marks.own()] == ["Hard rock."]


@HOW
def test_a_card_that_is_read_stays_open(window: Window, settle: Settle, how: str) -> None:
    window.reading.show_annotation("why")
    settle(window.reading)
    back = without_room(window, settle, how)
    assert window.reading.popover.isVisible()
    assert window.reading.active == "why"
    back()
    QCoreApplication.processEvents()
    settle(window.reading)
    assert not window.reading.popover.isVisible()
    assert window.reading.active == "why"
    card = window.reading.margin.card("why")
    assert card is not None
    assert card.isVisible()


def test_no_preview_stands_over_what_can_be_done_with_words(
    window: Window, copy: Copy, qtbot: Any
) -> None:
    page = window.reading.page
    mention = copy.attachment.of("why")[0]
    place = page.words_rect(mention).center().toPoint()
    view = page.viewport()
    page._hovering.setInterval(1)
    QTest.mouseMove(view, place)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(view, place + page.viewport().rect().center() / 8)
    QTest.mouseRelease(
        view, Qt.MouseButton.LeftButton, pos=place + page.viewport().rect().center() / 8
    )
    assert page.textCursor().hasSelection()
    QTest.mouseMove(view, place)
    QTest.qWait(30)
    assert window.marking.bar.isVisible()
    assert not window.reading.preview.isVisible()
