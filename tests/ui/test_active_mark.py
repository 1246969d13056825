"""The mark that was just made, the room for its card, and its note where there is no room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker
from tests.ui.test_marking import ARTICLE, drag_over

WIDE, NARROW = (1360, 880), (760, 600)


@pytest.fixture
def bare(make_copy: CopyMaker) -> Copy:
    """A text without annotations, longer than a view."""
    return make_copy(ARTICLE + "\n\nMore words follow here, and nobody reads them all.\n" * 60)


def popped(window: Window) -> NoteCard:
    card = window.reading.popover.card
    assert window.reading.popover.isVisible()
    assert isinstance(card, NoteCard)
    return card


def field_of(card: NoteCard) -> NoteEdit:
    (field,) = card.findChildren(NoteEdit)
    return field


# The mark that was just made


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_keys_go_on_with_the_mark_that_was_just_made(
    make_window: Callable[..., Window], bare: Copy, size: tuple[int, int]
) -> None:
    window = make_window(bare.path, size)
    page = window.reading.page
    drag_over(page, "where water gathers")
    QTest.keyClick(page, Qt.Key.Key_1)
    assert page.hasFocus(), "whoever marks reads on"
    assert not window.reading.popover.isVisible(), "no card lies over the words"
    QTest.keyClick(page, Qt.Key.Key_3)
    (placed,) = window.marks.all()
    assert placed.mark.color is Color.BLUE
    QTest.keyClick(page, Qt.Key.Key_U)
    assert window.marks.all()[0].mark.underline
    QTest.keyClick(page, Qt.Key.Key_N)
    field = QGuiApplication.focusObject()
    assert isinstance(field, NoteEdit)
    QTest.keyClicks(field, "Where?")
    assert [each.mark.note for each in window.marks.all()] == ["Where?"]


def test_the_mark_that_was_just_made_can_be_deleted_and_let_go(
    make_window: Callable[..., Window], bare: Copy
) -> None:
    window = make_window(bare.path, NARROW)
    page = window.reading.page
    for key in (Qt.Key.Key_1, Qt.Key.Key_U):
        drag_over(page, "where water gathers")
        QTest.keyClick(page, key)
        QTest.keyClick(page, Qt.Key.Key_Delete)
        assert window.marks.all() == []
    drag_over(page, "where water gathers")
    QTest.keyClick(page, Qt.Key.Key_1)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    QTest.keyClick(page, Qt.Key.Key_Delete)
    assert len(window.marks.all()) == 1


@pytest.mark.parametrize("key", ["n", "u", "1", "5", "l", "Delete", "Ctrl+Shift+C"])
def test_a_key_that_needs_words_says_so(
    make_window: Callable[..., Window], bare: Copy, key: str
) -> None:
    window = make_window(bare.path)
    if key == "Delete":
        QTest.keyClick(window.reading.page, Qt.Key.Key_Delete)
    elif key == "Ctrl+Shift+C":
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(window.reading.page, Qt.Key.Key_C, both)
    else:
        QTest.keyClicks(window.reading.page, key)
    assert window.status._said.text() == "Select words first"
    assert window.marks.all() == []


# Room for cards


def test_the_first_note_brings_the_margin_and_no_line_moves(
    make_window: Callable[..., Window], bare: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(bare.path, WIDE)
    reading, page = window.reading, window.reading.page
    page.verticalScrollBar().setValue(30)
    drag_over(page, "where it meets the sea")
    QTest.keyClick(page, Qt.Key.Key_2)
    assert not reading.margin_shown(), "a highlight has nothing to say beside the text"
    placed = window.marks.all()[0]
    before = page.line_top(placed.start) - page.scroll()
    QTest.keyClick(page, Qt.Key.Key_N)
    settle(reading)
    assert reading.margin_shown()
    assert not reading.popover.isVisible()
    assert page.line_top(placed.start) - page.scroll() == pytest.approx(before, abs=1)
    column = page.column()
    window.marking.delete()
    settle(reading)
    assert page.column() == column, "nor does it when the note is gone"


def test_a_text_with_notes_has_its_margin_from_the_start(
    make_window: Callable[..., Window], bare: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(bare.path, WIDE)
    drag_over(window.reading.page, "where it meets the sea")
    QTest.keyClick(window.reading.page, Qt.Key.Key_N)
    field = QGuiApplication.focusObject()
    assert isinstance(field, NoteEdit)
    QTest.keyClicks(field, "Which?")
    other = make_window(bare.path, WIDE)
    assert other.reading.margin_shown()
    assert [card.isVisible() for card in other.reading.margin.cards().values()] == [True]


# The note where there is no room beside its words


def noted(window: Window, words: str, note: str) -> str:
    drag_over(window.reading.page, words)
    QTest.keyClick(window.reading.page, Qt.Key.Key_1)
    name = window.marking.active
    window.marks.change(name, note=note)
    window.marking.close()
    return name


def test_a_note_that_is_popped_up_is_read_first(
    make_window: Callable[..., Window], bare: Copy
) -> None:
    window = make_window(bare.path, NARROW)
    window.marking.activate(noted(window, "meets the sea", "A *sea*, see [it](https://a.example)"))
    card = popped(window)
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert any("<i>sea</i>" in words and "https://a.example" in words for words in shown)
    assert not card.findChildren(NoteEdit)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert field_of(card).hasFocus()
    assert field_of(card).toPlainText().startswith("A *sea*")


def test_who_types_on_a_popped_up_note_writes_in_it(
    make_window: Callable[..., Window], bare: Copy
) -> None:
    window = make_window(bare.path, NARROW)
    name = noted(window, "meets the sea", "A sea")
    window.marking.activate(name)
    QTest.keyClicks(popped(window), "?")
    assert field_of(popped(window)).hasFocus()
    placed = window.marks.get(name)
    assert placed is not None
    assert placed.mark.note == "A sea?"


def test_a_popped_up_note_grows_with_its_words(
    make_window: Callable[..., Window], bare: Copy
) -> None:
    window = make_window(bare.path, NARROW)
    drag_over(window.reading.page, "meets the sea")
    QTest.keyClick(window.reading.page, Qt.Key.Key_N)
    card = popped(window)
    field, before = field_of(card), window.reading.popover.height()
    for line in range(5):
        QTest.keyClicks(field, f"Line {line}")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.height() >= field.wanted_height()
    assert window.reading.popover.height() > before
    caret = field.mapTo(window.reading.popover, field.cursorRect().bottomLeft())
    assert window.reading.popover.rect().contains(caret)
    assert window.reading.popover.geometry().bottom() <= window.reading.page.viewport().height()
