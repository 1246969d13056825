"""Other people's marks: seen apart from the reader's own, hidden, listed, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolButton

from reader.annotations.marks import Color, Mark, MarkKind, new_id, selector_of
from reader.annotations.placing import place_marks
from reader.copies.copy import Copy
from reader.copies.layer_writing import write_layer
from reader.copies.layers import layer_of
from reader.copies.reading import open_copy
from reader.ui import layers as layers_module
from reader.ui.layer_list import LayersDialog
from reader.ui.layers import AUTHOR, MINE
from reader.ui.margin.card import Card
from reader.ui.margin.layer_card import LayerCard
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.window import Window
from tests.ui.conftest import Busy, CopyMaker

ARTICLE = """# On rivers

A river begins where water gathers. It ends where it meets the sea, or a lake.

The last paragraph speaks of the Danube again.
"""
ANNOTATIONS = """
  - {id: danube, kind: place, title: Danube, terms: [Danube], body: A river.}
  - {id: source, kind: question, title: Where?, target: {exact: It ends}}
"""


def their(text: str, words: str, note: str = "", **fields: object) -> Mark:
    start = text.index(words)
    kind = MarkKind.NOTE if note else MarkKind.HIGHLIGHT
    selector = selector_of(text, start, start + len(words))
    return Mark(**{"id": new_id(), "kind": kind, "selector": selector, "note": note} | fields)  # type: ignore[arg-type]


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    """A copy with a teacher's layer and that of a group."""
    copy = make_copy(ARTICLE, ANNOTATIONS)
    assert copy.folder is not None
    text = copy.text.string
    teacher = [
        their(text, "where water gathers", "Read *this* twice.", tags=("exam",)),
        their(text, "meets the sea"),
    ]
    group = [their(text, "last paragraph", "We doubt it.")]
    for name, marks in (("Teacher", teacher), ("Our group", group)):
        write_layer(copy.folder, layer_of(name, name, marks), copy.manifest.id)
    return open_copy(copy.path)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy) -> Window:
    return make_window(copy.path)


def bare(window: Window) -> str:
    assert window.copy is not None
    return window.copy.text.string


def add(window: Window, words: str, note: str = "") -> str:
    start = bare(window).index(words)
    made = window.marks.add(MarkKind.HIGHLIGHT, start, start + len(words), Color.GREEN)
    if note:
        window.marks.change(made.id, note=note)
    return made.id


def bring(window: Window, *marks: Mark) -> None:
    """What importing notes does with them."""
    window.marks.take_in(marks)


def layer_cards(window: Window) -> dict[str, LayerCard]:
    """The cards of other people's marks, by what is noted."""
    cards = window.reading.margin.cards().values()
    return {each.content.of.mark.note: each for each in cards if isinstance(each, LayerCard)}


def labels(card: LayerCard) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())


def named(window: Window, name: str) -> str:
    """The id of a layer."""
    return next(layer.id for layer in window.layers.all() if layer.name == name)


def click(window: Window, words: str) -> None:
    page = window.reading.page
    layout = page.page_layout()
    assert layout is not None
    start = bare(window).index(words)
    rect = layout.range_rects(start, start + len(words))[0]
    place = QPoint(round(rect.center().x()), round(rect.center().y()) - page.scroll())
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(page.viewport(), button, none, place)


def colors_below(window: Window, words: str) -> set[str]:
    """The colours of the pixels at the foot of some words."""
    page = window.reading.page
    layout = page.page_layout()
    assert layout is not None
    start = bare(window).index(words)
    rect = layout.range_rects(start, start + len(words))[0].translated(0, -page.scroll())
    image = page.viewport().grab().toImage()
    x = round(rect.center().x())
    bottom = round(rect.bottom())
    return {image.pixelColor(x, y).name() for y in range(bottom - 12, bottom + 8)}


def rows(window: Window) -> list[str]:
    """My notes, as they are listed."""
    model = window.panel._notes.list.notes
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def dialog(window: Window) -> LayersDialog:
    window.actions_["layers"].trigger()
    found = QApplication.activeModalWidget()
    assert isinstance(found, LayersDialog)
    return found


# Seeing them -------------------------------------------------------------------------------------


def test_other_peoples_notes_have_cards_with_their_name(window: Window) -> None:
    assert layer_cards(window).keys() == {"Read *this* twice.", "We doubt it."}
    click(window, "where water gathers")
    card = layer_cards(window)["Read *this* twice."]
    assert "Teacher" in labels(card)
    assert "where water gathers" in labels(card)
    assert "this</" in labels(card), "the note is rendered"
    assert "#exam" in labels(card)
    assert card.accessibleName().startswith("Teacher, Note")
    assert "Read this twice." in card.accessibleDescription()


def test_a_card_bears_its_layers_stripe(window: Window) -> None:
    click(window, "where water gathers")
    cards = layer_cards(window).values()
    assert {card.whole for card in cards} == {True, False}, "where it is crowded, it is one line"
    for card in cards:
        stripe = window.theme[f"stripe_{card.content.of.layer.stripe}"]
        image = card.grab().toImage()
        seen = {image.pixelColor(x, card.height() // 2).name() for x in range(12)}
        assert stripe in seen
    stripes = [layer.stripe for layer in window.layers.all()]
    assert len(set(stripes)) == len(stripes)


def test_their_highlights_are_a_line_and_mine_a_ground(window: Window) -> None:
    stripe = window.theme[f"stripe_{window.layers.all()[1].stripe}"]
    assert window.layers.all()[1].name == "Teacher"
    assert stripe in colors_below(window, "meets the sea")
    assert window.theme["mark_yellow"] not in colors_below(window, "meets the sea")
    add(window, "begins")
    assert window.theme["mark_green"] in colors_below(window, "begins")
    assert stripe not in colors_below(window, "begins")


def test_a_click_opens_the_card_of_a_highlight_without_words(window: Window) -> None:
    click(window, "meets the sea")
    card = layer_cards(window)[""]
    assert card.active
    assert "meets the sea" in labels(card)
    click(window, "A river")
    assert "" not in layer_cards(window)


def test_where_both_marked_a_click_opens_mine(window: Window) -> None:
    mine = add(window, "meets the sea")
    click(window, "meets the sea")
    assert window.marking.active == mine
    assert "" not in layer_cards(window)


def test_a_mark_of_mine_places_none_of_theirs_anew(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed: list[object] = []

    def place(text: str, marks: list[Mark]) -> Any:
        placed.append(text)
        return place_marks(text, marks)

    monkeypatch.setattr(layers_module, "place_marks", place)
    shown = window.reading.margin.cards()
    add(window, "meets the sea")
    window.marks.undo()
    assert placed == []
    assert window.reading.margin.cards().keys() == shown.keys()


def test_nothing_of_theirs_can_be_written_or_deleted(window: Window) -> None:
    click(window, "where water gathers")
    card = layer_cards(window)["Read *this* twice."]
    assert card.active
    assert not card.findChildren(NoteEdit)
    assert not window.actions_["delete-mark"].isEnabled()
    assert not window.actions_["note"].isEnabled()
    before = [each.mark for each in window.layers.marks()]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    assert [each.mark for each in window.layers.marks()] == before
    assert not window.marks.all()


def test_the_keyboard_opens_a_card_and_leaves_it(window: Window) -> None:
    card = layer_cards(window)["We doubt it."]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert card.active
    copying = card.findChild(QToolButton)
    assert copying is not None
    assert copying.isVisible()
    assert copying.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert window.reading.page.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not card.active


def test_where_there_is_no_margin_the_card_pops_up(
    make_window: Callable[..., Window], copy: Copy
) -> None:
    window = make_window(copy.path, size=(700, 600))
    click(window, "meets the sea")
    card = window.reading.popover.card
    assert isinstance(card, LayerCard)
    assert card.isVisible()


# Copying one -------------------------------------------------------------------------------------


def test_a_note_of_theirs_is_copied_with_its_maker_named(window: Window) -> None:
    click(window, "where water gathers")
    button = layer_cards(window)["Read *this* twice."].findChild(QToolButton)
    assert button is not None
    button.click()
    (placed,) = window.marks.own()
    mark = placed.mark
    assert (mark.kind, mark.creator, mark.tags) == (MarkKind.NOTE, "", ("exam",))
    assert mark.selector.exact == "where water gathers"
    assert mark.note == "Read *this* twice.\n\n— Teacher"
    assert mark.id not in {each.id for each in window.layers.marks()}
    assert window.marking.active == mark.id
    assert isinstance(window.reading.margin.card(mark.id), NoteCard)
    window.marking.undo()
    assert not window.marks.all(), "one step takes it back"


# Hiding them -------------------------------------------------------------------------------------


def test_a_layer_is_hidden_at_once_and_stays_so_the_next_time(
    window: Window, make_window: Callable[..., Window], copy: Copy
) -> None:
    teacher = named(window, "Teacher")
    shown = dialog(window)
    shown.boxes[teacher].click()
    assert layer_cards(window).keys() == {"We doubt it."}
    assert colors_below(window, "meets the sea").isdisjoint(
        window.theme[f"stripe_{number}"] for number in range(6)
    )
    shown.reject()
    window.close()
    again = make_window(copy.path)
    assert layer_cards(again).keys() == {"We doubt it."}
    again.layers.show_all()
    assert len(layer_cards(again)) == 2


def test_only_one_layer_is_shown(window: Window, settle: Callable[[Busy], None]) -> None:
    add(window, "begins", "Mine.")
    shown = dialog(window)
    shown.only[named(window, "Our group")].click()
    settle(window.reading)
    (card,) = window.reading.margin.cards().values()
    assert isinstance(card, LayerCard)
    assert "We doubt it." in labels(card)
    assert [name for name, box in shown.boxes.items() if box.isChecked()] == [
        card.content.of.layer.id
    ]
    assert window.theme["mark_green"] not in colors_below(window, "begins")
    shown.all_button.click()
    settle(window.reading)
    kinds = {type(each) for each in window.reading.margin.cards().values()}
    assert {Card, NoteCard, LayerCard} <= kinds
    assert not shown.all_button.isEnabled()


def test_what_the_author_wrote_is_hidden_until_it_is_asked_for(
    window: Window, settle: Callable[[Busy], None]
) -> None:
    window.layers.set_shown(AUTHOR, False)
    settle(window.reading)
    assert window.reading.margin.card("danube") is None
    assert window.theme["place"] not in colors_below(window, "Danube")
    window.panel.annotation_chosen.emit("danube")
    settle(window.reading)
    assert window.layers.is_shown(AUTHOR)
    assert window.reading.margin.card("danube") is not None
    assert window.reading.active == "danube"


def test_marking_shows_my_marks_again(window: Window) -> None:
    window.layers.set_shown(MINE, False)
    window.reading.page.select(0, 5)
    window.marking.color(Color.GREEN)
    assert window.layers.is_shown(MINE)


def test_each_row_says_whose_how_many_and_can_be_heard(window: Window) -> None:
    shown = dialog(window)
    names = [box.accessibleName() for box in shown.boxes.values()]
    assert names[0] == "The author's annotations, 2 annotations"
    assert names[1] == "My marks, none"
    assert "Teacher, 1 highlight · 1 note" in names
    assert next(button.accessibleName() for button in shown.only.values()) == (
        "Show only: The author's annotations"
    )


def test_without_layers_the_list_says_where_they_come_from(
    make_window: Callable[..., Window], make_copy: CopyMaker
) -> None:
    window = make_window(make_copy(ARTICLE, name="alone").path)
    shown = dialog(window)
    assert "Import notes" in shown.said.text()
    assert list(shown.boxes) == [AUTHOR, MINE]
    assert not window.panel._notes.whose.isVisibleTo(window.panel._notes)


# Imported ones -----------------------------------------------------------------------------------


def test_what_was_imported_from_others_is_a_layer_of_theirs(window: Window) -> None:
    mark = their(bare(window), "begins", "From afar.", creator="A friend")
    bring(window, mark)
    assert named(window, "A friend")
    assert "From afar." in layer_cards(window)
    assert not window.marks.own()
    assert "1 note" not in window.status._marks.text()
    click(window, "begins")
    assert window.marking.active == ""
    assert layer_cards(window)["From afar."].active


def test_what_was_imported_can_be_removed_and_brought_back(window: Window) -> None:
    text = bare(window)
    mine = add(window, "begins")
    bring(
        window,
        their(text, "begins", "One.", creator="A friend"),
        their(text, "or a lake", "Two.", creator="A friend"),
    )
    shown = dialog(window)
    assert list(shown.removals) == [named(window, "A friend")], "a copy's own layers stay"
    shown.removals[named(window, "A friend")].click()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(each for each in box.buttons() if each.text() == "Remove").click()
    assert [each.mark.id for each in window.marks.all()] == [mine]
    assert [layer.name for layer in window.layers.all()] == ["Our group", "Teacher"]
    window.marking.undo()
    assert {"One.", "Two."} <= layer_cards(window).keys()


def test_a_mark_of_theirs_with_the_id_of_mine_is_another_mark(
    make_window: Callable[..., Window], copy: Copy
) -> None:
    window = make_window(copy.path)
    first = copy.layers[0].marks[0]
    bring(window, their(bare(window), "begins", "Mine.", id=first.id))
    assert [each.mark.note for each in window.marks.own()] == ["Mine."]
    assert first.note in [each.mark.note for each in window.layers.marks()]
    assert window.layers.get(first.id) is None


def test_my_own_marks_that_come_back_in_a_copy_are_mine_alone(
    make_window: Callable[..., Window], copy: Copy
) -> None:
    window = make_window(copy.path)
    [teacher] = (layer for layer in copy.layers if layer.name == "Teacher")
    mine, other = (replace(mark, creator="") for mark in teacher.marks)
    bring(window, mine)
    shown = [each.id for each in window.layers.marks()]
    assert mine.id not in shown
    assert other.id in shown
    assert [each.mark.id for each in window.marks.own()] == [mine.id]
    bring(window, other)
    assert [layer.name for layer in window.layers.all()] == ["Our group"]


def test_many_marks_are_placed_while_the_window_goes_on(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: object, copy: Copy
) -> None:
    monkeypatch.setattr(layers_module, "_FEW_MARKS", 0)
    window.marking.show_copy(copy)
    assert window.layers.busy
    assert window.layers.all() == ()
    qtbot.waitUntil(lambda: not window.layers.busy)  # type: ignore[attr-defined]
    assert layer_cards(window).keys() == {"Read *this* twice.", "We doubt it."}


# In the panel ------------------------------------------------------------------------------------


def test_my_notes_stay_mine_until_others_are_chosen(window: Window) -> None:
    add(window, "begins", "Mine.")
    window._show_panel("notes")
    notes = window.panel._notes
    assert notes.whose.isVisible()
    assert rows(window) == ["begins"]
    assert [notes.whose.itemText(at) for at in range(notes.whose.count())] == [
        "Mine",
        "All layers",
        "Our group",
        "Teacher",
    ]
    notes.whose.setCurrentIndex(1)
    assert rows(window) == ["begins", "where water gathers", "meets the sea", "last paragraph"]
    notes.whose.setCurrentIndex(3)
    assert rows(window) == ["where water gathers", "meets the sea"]
    model = notes.list.notes
    heard = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard.startswith("Teacher, Note")
    notes.set_order("color")
    assert rows(window) == ["Teacher", "where water gathers", "meets the sea"]


def test_a_row_of_a_hidden_layer_shows_it_and_none_can_be_deleted(window: Window) -> None:
    teacher = named(window, "Teacher")
    window.layers.set_shown(teacher, False)
    window._show_panel("notes")
    notes = window.panel._notes
    notes.whose.setCurrentIndex(3)
    index = notes.list.notes.index(1, 0)
    notes.list.setCurrentIndex(index)
    QTest.keyClick(notes.list, Qt.Key.Key_Delete)
    assert rows(window) == ["where water gathers", "meets the sea"]
    notes.list.choose(index)
    assert window.layers.is_shown(teacher)
    assert layer_cards(window)[""].active


def test_a_mark_whose_words_are_gone_is_listed_as_such(
    make_window: Callable[..., Window], copy: Copy
) -> None:
    assert copy.folder is not None
    article = copy.folder / "article.md"
    article.write_text(article.read_text("utf-8").replace("last paragraph", "end"), "utf-8")
    window = make_window(Path(copy.path))
    assert layer_cards(window).keys() == {"Read *this* twice."}
    window._show_panel("notes")
    window.panel._notes.whose.setCurrentIndex(2)
    (row,) = rows(window)
    heard = window.panel._notes.list.notes.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row == "last paragraph"
    assert "not found in this text" in heard
