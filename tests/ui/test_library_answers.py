"""Questions of the author are answered in their cards; an answer is a mark like any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Mark, MarkKind
from reader.copies.copy import Copy
from reader.exchange.notebook import notebook_of
from reader.exchange.notes import merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.templates import load_template
from reader.exchange.web_annotations import jsonld_of
from reader.locations import bundled
from reader.ui.margin.answer_edit import QuestionCard
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, until_opened

TEXT = "# On rivers\n\nA river begins where water gathers.\n\nIt ends at the sea.\n"
ANNOTATIONS = """\
  - {id: why, kind: question, title: Why there?, target: {exact: water gathers}, body: Think.}
  - {id: whole, kind: question, title: What is it about?, target: text}
  - {id: sea, kind: definition, title: The sea, terms: [sea], body: Salt water.}
"""


@pytest.fixture
def rivers(make_copy: CopyMaker) -> Copy:
    return make_copy(TEXT, ANNOTATIONS, name="rivers")


@pytest.fixture
def window(make_window: Callable[..., Window], rivers: Copy) -> Window:
    return make_window(rivers.path)


def card_of(window: Window, question: str) -> QuestionCard:
    window.reading.show_annotation(question)
    card = window.reading.margin.card(question)
    if not window.reading.margin_shown():
        card = window.reading.popover.card
    assert isinstance(card, QuestionCard)
    return card


def field_of(card: QWidget) -> NoteEdit:
    (field,) = card.findChildren(NoteEdit)
    return field


def answers(window: Window) -> list[Mark]:
    assert window._library is not None
    assert window.copy is not None
    return window._library.marks(window.copy.manifest.id)


def test_an_answer_is_saved_as_one_types(window: Window) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes #hills")
    [answer] = answers(window)
    assert (answer.kind, answer.answers, answer.note) == (MarkKind.ANSWER, "why", "Slopes #hills")
    assert answer.selector.exact == "water gathers"
    assert answer.tags == ("hills",)
    QTest.keyClick(field_of(card), Qt.Key.Key_Escape)
    window.reading.deactivate()
    card = card_of(window, "why")
    assert "Slopes" in card.accessibleDescription()


def test_a_question_to_the_whole_text_is_answered_too(window: Window) -> None:
    card = card_of(window, "whole")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Water")
    [answer] = answers(window)
    assert (answer.answers, answer.selector.exact) == ("whole", "On rivers")
    assert field_of(card).isVisible()
    assert card.height() >= field_of(card).geometry().bottom()


def test_links_in_an_answer_lead_somewhere(
    window: Window, press_link: Callable[[QWidget, str], None]
) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "As in [[The sea]]")
    QTest.keyClick(field_of(card), Qt.Key.Key_Escape)
    window.reading.deactivate()
    card = card_of(window, "whole")
    asked = window.reading.margin.card("why")
    assert asked is not None
    press_link(asked, "#The%20sea")
    assert window.reading.active == "sea"


def test_an_answer_is_one_step_to_undo(window: Window) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    window.marking.undo()
    assert answers(window) == []
    assert field_of(card).toPlainText() == ""
    window.marking.redo()
    assert [each.note for each in answers(window)] == ["Slopes"]
    assert field_of(card).toPlainText() == "Slopes"


def test_an_answer_without_words_is_none(window: Window) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "A")
    QTest.keyClick(field_of(card), Qt.Key.Key_Backspace)
    assert answers(window) == []
    QTest.keyClicks(field_of(card), "B")
    assert [each.note for each in answers(window)] == ["B"]


def test_the_words_asked_about_stay_the_questions(window: Window, rivers: Copy) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    start = rivers.text.string.index("water gathers")
    assert window.marks.at(start) is None
    window.reading.page.select(start, start + 13)
    window.actions_["mark-pink"].trigger()
    assert sorted(each.kind for each in answers(window)) == ["answer", "highlight"]


def test_my_notes_lead_to_the_question(window: Window) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    QTest.keyClick(field_of(card), Qt.Key.Key_Escape)
    window.reading.deactivate()
    [answer] = answers(window)
    assert window.reading.margin.card(answer.id) is None
    window.panel.mark_chosen.emit(answer.id)
    assert window.reading.active == "why"
    window.panel.show_page("notes")
    assert window.panel._notes.list.notes.rowCount() == 1


def test_an_answer_to_a_question_that_is_gone_is_a_note(
    window: Window, make_copy: CopyMaker, qtbot: Any
) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    make_copy(TEXT, ANNOTATIONS.replace("id: why", "id: where"), name="rivers")
    window.actions_["reload"].trigger()
    until_opened(window)
    [answer] = answers(window)
    window.marking.travel(answer.id)
    note = window.reading.margin.card(answer.id)
    assert isinstance(note, NoteCard)
    assert field_of(note).toPlainText() == "Slopes"


def test_in_a_narrow_window_the_answer_is_written_in_the_popover(
    make_window: Callable[..., Window], rivers: Copy
) -> None:
    window = make_window(rivers.path, size=(600, 600))
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    assert [each.note for each in answers(window)] == ["Slopes"]


def test_an_answer_goes_out_with_its_question(window: Window, rivers: Copy) -> None:
    card = card_of(window, "why")
    card.start_typing()
    QTest.keyClicks(field_of(card), "Slopes")
    notebook = notebook_of(rivers, answers(window))
    template = load_template("markdown", bundled("resources") / "templates", None)
    words = merge_notes(None, notebook, template, NotesOptions()).text
    assert "> water gathers" in words
    assert "Slopes" in words
    assert "answers *Why there?*" in words
    [item] = json.loads(jsonld_of(notebook))["items"]
    assert item["motivation"] == "replying"
    assert item["target"][1] == f"{rivers.manifest.id}#why"
