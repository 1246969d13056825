"""Another theme, or another size of letters: what is done for it, counted, and what stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from reader.copies.copy import Copy
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.margin.offers import OfferList
from reader.ui.panel.notes_row import NotesDelegate
from tests.ui.conftest import CopyMaker
from tests.ui.test_counts import article, put_marks

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
Settle = Callable[[Any], None]

MOST_TIMES = 6
"""How often a widget's style is worked out for a theme: Qt does it twice for a sheet, and some
parts of the window have sheets of their own."""

MOST_PARTS = 12
"""Widgets in the card of a note that is only read, the labels of its words among them."""


@pytest.fixture
def noted(make_copy: CopyMaker, home: Path) -> Copy:
    """A text with eight notes and as many highlights."""
    copy = make_copy(article(16))
    put_marks(home, copy, 16)
    return copy


@pytest.fixture
def window(make_window: MakeWindow, noted: Copy) -> Window:
    return make_window(noted.path)


class Restyled(QObject):
    """Counts how often each widget is told of another style."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.times: Counter[QObject] = Counter()
        self.watched = [window, *window.findChildren(QWidget)]
        for each in self.watched:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self.times[watched] += 1
        return False


def cards(window: Window) -> list[NoteCard]:
    """The cards of notes, from the top."""
    found = window.reading.margin.cards().values()
    notes = [each for each in found if isinstance(each, NoteCard)]
    return sorted(notes, key=lambda each: each.y())


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize("command", ["theme-dark", "larger-interface"])
def test_the_style_of_a_widget_is_not_worked_out_for_each_that_it_lies_in(
    window: Window, command: str, qtbot: Any
) -> None:
    restyled = Restyled(window)
    window.actions_[command].trigger()
    qtbot.waitUntil(lambda: window.header in restyled.times)
    assert max(restyled.times.values()) <= MOST_TIMES


def test_cards_are_gone_before_the_style_for_other_letters_is_worked_out(
    window: Window, settle: Settle
) -> None:
    before = cards(window)
    assert len(before) > 2
    restyled = Restyled(window)
    window.actions_["larger-interface"].trigger()
    # A loop that runs does so by itself; tests turn it from outside.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(window.reading)
    assert window.header in restyled.times
    assert not restyled.times.keys() & set(before)
    assert len(cards(window)) > 2


def test_another_theme_makes_no_card_anew_and_places_none(window: Window) -> None:
    before = {card: card.geometry() for card in cards(window)}
    assert len(before) > 2
    window.actions_["theme-dark"].trigger()
    assert {card: card.geometry() for card in cards(window)} == before
    assert all(card.palette().text().color() == window.theme.color("text") for card in before)


def test_a_note_that_is_only_read_has_nothing_to_write_with(window: Window) -> None:
    assert len(cards(window)) > 2
    for card in cards(window):
        parts = card.findChildren(QWidget)
        assert len(parts) <= MOST_PARTS
        assert not [each for each in parts if isinstance(each, QAbstractButton | QLineEdit)]
        assert not card.findChildren(NoteEdit)
    assert not window.findChildren(OfferList)


def test_of_all_notes_the_open_one_can_be_written(window: Window) -> None:
    for name in [each.id for each in cards(window)][:2]:
        window.marking.activate(name, typing=True)
        (field,) = (each for each in window.findChildren(NoteEdit) if each.isVisible())
        assert field.hasFocus()
        assert field.toPlainText() == "A *note* of mine."


def test_the_keyboard_goes_through_a_card_that_was_opened_as_one_reads(window: Window) -> None:
    name = cards(window)[0].id
    window.marking.activate(name, typing=True)
    window.marking.close()
    window.marking.activate(name, typing=True)
    card, after = cards(window)[:2]
    stops = []
    while card.isAncestorOf(here := focused()):
        stops.append(here.accessibleName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert stops[:3] == ["Note", "Tags", "Yellow"]
    assert stops[-2:] == ["Underline instead of a ground", "Delete this mark"]
    assert len(stops) == len(set(stops))
    assert here is after, "the next card comes next"


def test_no_rows_are_measured_while_a_style_is_worked_out(
    make_window: MakeWindow, noted: Copy, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    size_of = NotesDelegate.sizeHint

    def counted(self: NotesDelegate, option: Any, index: Any) -> Any:
        measured.append(index.row())
        return size_of(self, option, index)

    monkeypatch.setattr(NotesDelegate, "sizeHint", counted)
    window = make_window(noted.path)
    window.actions_["notes"].trigger()
    settle(window.reading)
    assert len(set(measured)) >= 16
    measured.clear()
    window.setStyleSheet(window.styleSheet() + " ")
    assert measured == []
    settle(window.reading)
    assert len(set(measured)) >= 16


def test_notes_stay_beside_their_words_in_larger_letters(window: Window, settle: Settle) -> None:
    before = cards(window)[0].fontMetrics().height()
    window.actions_["larger-interface"].trigger()
    settle(window.reading)
    assert cards(window)[0].fontMetrics().height() > before


def test_help_is_drawn_in_the_colours_that_are_chosen_while_it_is_open(
    make_window: MakeWindow, noted: Copy, settle: Settle
) -> None:
    pictures = []
    for first in ("light", "dark"):
        window = make_window(noted.path, theme=first)
        action: QAction = window.actions_["help"]
        action.trigger()
        helped = window.helping.window
        assert helped is not None
        window.actions_["theme-dark"].trigger()
        helped.resize(900, 600)
        settle(helped.page.page)
        helped.contents.setFocus()
        button = next(each for each in helped.findChildren(QAbstractButton) if each.isVisible())
        pictures.append((helped.field.grab().toImage(), button.grab().toImage()))
        window.close()
    assert pictures[0] == pictures[1]
