"""Links between notes: offered as one types, shown with their words, followed both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from reader.annotations.marks import Color, MarkKind
from reader.annotations.note_links import links_in
from reader.copies.copy import Copy
from reader.ui.margin.card import Card
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.margin.offers import OfferList
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text

ARTICLE = """# On rivers

A river begins where water gathers. It ends where it meets the sea, or a lake.

The last paragraph speaks of the Danube and of the Rhine, which is 🌊 another river.
"""
ANNOTATIONS = """
  - {id: danube, kind: place, title: Danube, terms: [Danube], body: A river.}
  - {id: delta, kind: definition, title: The delta, terms: [meets the sea], body: A mouth.}
  - {id: rhine, kind: place, title: Rhine, terms: [Rhine]}
"""
SEA = """# The sea

An anchorage lies behind the mole, and the tide runs past it. Ships wait there.
"""
SEA_ANNOTATIONS = """
  - {id: anchorage, kind: definition, title: Anchorage, terms: [anchorage], body: A place to lie.}
  - {id: delta, kind: definition, title: Deltas of the world, terms: [tide]}
"""
PressLink = Callable[[QWidget, str], None]


@pytest.fixture
def river(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE, ANNOTATIONS, "river")


@pytest.fixture
def sea(make_copy: CopyMaker) -> Copy:
    return make_copy(SEA, SEA_ANNOTATIONS, "sea")


@pytest.fixture
def window(make_window: Callable[..., Window], qtbot: Any, river: Copy, sea: Copy) -> Window:
    """Shows the river; the library knows the sea, with a note of the reader's on its ships."""
    window = make_window(sea.path)
    noted(window, "Ships wait there", "Anchors *hold* well\nin clay")
    open_text(window, river.path)
    library = window._library
    assert library is not None
    qtbot.waitUntil(lambda: len(library.link_targets("anch", 9)) == 2)
    return window


def noted(window: Window, words: str, note: str) -> str:
    """Write a note on some words of the text that is shown; the answer is its id."""
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    mark = window.marks.add(MarkKind.HIGHLIGHT, start, start + len(words), Color.GREEN)
    window.marks.change(mark.id, note=note)
    return mark.id


def writing(window: Window, words: str) -> NoteEdit:
    """Mark some words, and have the keyboard in their note."""
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    window.reading.page.select(start, start + len(words))
    window.actions_["note"].trigger()
    edit = QGuiApplication.focusObject()
    assert isinstance(edit, NoteEdit)
    return edit


def offered(window: Window) -> list[tuple[str, str]]:
    """The rows of the open list, as a screen reader says them; the chosen one has a star."""
    for shown in window.findChildren(OfferList):
        if shown.isVisible():
            role = Qt.ItemDataRole.AccessibleTextRole
            return [
                ("*" if row == shown.currentRow() else "", shown.item(row).data(role))
                for row in range(shown.count())
            ]
    return []


def said(window: Window) -> list[str]:
    return [words for _, words in offered(window)]


def note_of(window: Window) -> str:
    placed = window.marks.get(window.marking.active)
    assert placed is not None
    return placed.mark.note


def card_of(window: Window, name: str) -> QWidget:
    card = window.reading.margin.card(name)
    assert card is not None
    return card


def links_of(card: QWidget, start: str) -> str:
    """The line of a card's links that begins so; empty when it is not shown."""
    labels = [label for label in card.findChildren(QLabel) if label.isVisible()]
    return next((each.text() for each in labels if each.text().startswith(start)), "")


# What is offered


def test_the_list_has_this_text_first_and_then_the_others(window: Window, qtbot: Any) -> None:
    noted(window, "or a lake", "An old note on deltas")
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "See [[")
    here = ["Danube, Place", "Rhine, Place", "The delta, Definition"]
    assert said(window) == [*here, "An old note on deltas, My note"]
    assert offered(window)[0][0] == "*"
    QTest.keyClicks(edit, "de")
    qtbot.waitUntil(lambda: len(offered(window)) == 3)
    assert said(window) == [
        "The delta, Definition",
        "An old note on deltas, My note",
        "Deltas of the world, A test",
    ]
    QTest.keyClicks(edit, "lta zz")
    assert offered(window) == []


def test_the_note_that_is_written_is_not_offered_to_itself(window: Window) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "Water of a river: [[water")
    assert offered(window) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_keys_choose_and_the_link_of_this_text_is_short(window: Window, key: Qt.Key) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "See [[")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, key)
    assert note_of(window) == "See [[Rhine]] "
    assert edit.hasFocus()
    assert offered(window) == []
    QTest.keyClicks(edit, "x")
    assert note_of(window) == "See [[Rhine]] x"


def test_arrows_go_round_the_list(window: Window) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "[[")
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert offered(window)[-1][0] == "*"
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert offered(window)[0][0] == "*"


def test_escape_closes_the_list_and_leaves_what_is_typed(window: Window) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "[[dan")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert offered(window) == []
    assert edit.hasFocus()
    QTest.keyClicks(edit, "u")
    assert offered(window) == []
    assert note_of(window) == "[[danu"
    QTest.keyClicks(edit, "]] [[rh")
    assert said(window) == ["Rhine, Place"]
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert window.reading.page.hasFocus()


def test_a_choice_is_one_step_to_undo(window: Window) -> None:
    edit = writing(window, "where water gathers")
    edit.insertPlainText("🌊 ")
    QTest.keyClicks(edit, "[[dan")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert note_of(window) == "🌊 [[Danube]] "
    edit.undo()
    assert note_of(window) == "🌊 [[dan"


def test_the_mouse_chooses_and_the_field_keeps_the_keyboard(window: Window) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "[[")
    (shown,) = [each for each in window.findChildren(OfferList) if each.isVisible()]
    place = shown.visualItemRect(shown.item(1)).center()
    QTest.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert note_of(window) == "[[Rhine]] "
    assert edit.hasFocus()


def test_a_link_is_written_anew_inside_its_brackets(window: Window) -> None:
    edit = writing(window, "where water gathers")
    edit.insertPlainText("🌊 [[Dan|x]] and more")
    cursor = edit.textCursor()
    cursor.setPosition(len("🌊 [[Dan") + 1)  # the wave is two of Qt's units
    edit.setTextCursor(cursor)
    for _ in "Dan":
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(edit, "rhi")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert note_of(window) == "🌊 [[Rhine]] and more"


def test_a_link_to_another_text_has_its_id_and_words(window: Window, qtbot: Any, sea: Copy) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "[[anch")
    qtbot.waitUntil(lambda: len(offered(window)) == 2)
    assert said(window) == ["Anchorage, A test", "Anchors hold well, A test"]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert note_of(window) == f"[[{sea.manifest.id}#anchorage|Anchorage]] "
    QTest.keyClicks(edit, "[[anchors h")
    qtbot.waitUntil(lambda: len(offered(window)) == 1)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    link = links_in(note_of(window))[1]
    assert (link.text_id, link.words) == (sea.manifest.id, "Anchors hold well")
    assert link.name.startswith("urn:uuid:")


# Tags


def test_a_new_tag_is_not_taken_for_the_beginning_of_another(window: Window) -> None:
    noted(window, "or a lake", "#waterfall #water-mill")
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "On #water")
    assert offered(window) == [("", "water-mill"), ("", "waterfall")]
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert note_of(window) == "On #water\n"
    QTest.keyClicks(edit, "#water")
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert note_of(window) == "On #water\n#water-mill "
    placed = window.marks.get(window.marking.active)
    assert placed is not None
    assert set(placed.mark.tags) == {"water", "water-mill"}


def test_tags_of_other_texts_are_offered_too(
    window: Window, qtbot: Any, sea: Copy, river: Copy
) -> None:
    open_text(window, sea.path)
    noted(window, "the mole", "#harbourside")
    open_text(window, river.path)
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "#harb")
    qtbot.waitUntil(lambda: said(window) == ["harbourside"])
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert note_of(window) == "#harbourside "


def test_the_tag_field_completes_each_tag(window: Window) -> None:
    noted(window, "or a lake", "#waterfall")
    edit = writing(window, "where water gathers")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    field = QGuiApplication.focusObject()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "essay, wat")
    assert said(window) == ["waterfall"]
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "essay, waterfall"
    field.undo()
    assert field.text() == "essay, wat"
    field.redo()
    assert field.hasFocus()
    QTest.keyClicks(field, ", wat")
    assert offered(window) == []  # it is there already
    for _ in ", wat":
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    placed = window.marks.get(window.marking.active)
    assert placed is not None
    assert placed.mark.tags[:2] == ("essay", "waterfall")


# What is shown, and followed


def test_a_link_shows_its_words_and_goes_to_its_card(
    window: Window, press_link: PressLink, settle: Callable[[Any], None]
) -> None:
    note = noted(window, "where water gathers", "As the [[danube]] or [[rhine|*that* one]] does")
    settle(window.reading)
    card = card_of(window, note)
    assert isinstance(card, NoteCard)
    assert card.content.body.string == "As the Danube or *that* one does"
    press_link(card, "#rhine")
    assert window.reading.active == "rhine"


def test_a_card_names_the_notes_that_lead_to_it(
    window: Window, press_link: PressLink, settle: Callable[[Any], None]
) -> None:
    first = noted(window, "or a lake", "Where the **[[Danube]]** ends")
    second = noted(window, "where water gathers", f"As [[{first}|there]]")
    settle(window.reading)
    window.reading.activate("danube")
    settle(window.reading)
    assert "Where the Danube ends" in links_of(card_of(window, "danube"), "Linked from")
    press_link(card_of(window, "danube"), f"#{first}")
    assert window.marking.active == first
    settle(window.reading)
    assert "As there" in links_of(card_of(window, first), "Linked from")
    assert "Danube" in links_of(card_of(window, first), "Links to")
    window.marks.change(second, note="As elsewhere")
    settle(window.reading)
    assert links_of(card_of(window, first), "Linked from") == ""


def test_a_link_into_another_text_opens_it_there(
    window: Window, qtbot: Any, press_link: PressLink, sea: Copy, settle: Callable[[Any], None]
) -> None:
    note = noted(window, "where water gathers", f"[[{sea.manifest.id}#anchorage|there]]")
    settle(window.reading)
    press_link(card_of(window, note), f"#{sea.manifest.id}#anchorage")
    qtbot.waitUntil(lambda: window.copy is not None and window.copy.path == sea.path)
    settle(window.reading)
    assert window.reading.active == "anchorage"
    # The other side shows where one came from, and leads back.
    qtbot.waitUntil(lambda: "there — A test" in links_of(card_of(window, "anchorage"), "Linked"))
    press_link(card_of(window, "anchorage"), f"#{other_text(window)}#{note}")
    qtbot.waitUntil(lambda: window.marking.active == note)


def other_text(window: Window) -> str:
    (back,) = window._links._from_others
    return back.text_id


def test_a_link_to_a_mark_is_known_in_every_text(
    window: Window, qtbot: Any, press_link: PressLink, sea: Copy, settle: Callable[[Any], None]
) -> None:
    library = window._library
    assert library is not None
    (far,) = library.marks(sea.manifest.id)
    note = noted(window, "where water gathers", f"[[{far.id}|clay]]")
    settle(window.reading)
    press_link(card_of(window, note), f"#{far.id}")
    qtbot.waitUntil(lambda: window.marking.active == far.id)
    assert window.copy is not None
    assert window.copy.path == sea.path


def test_the_other_text_is_named_beside_the_pointer(
    window: Window, sea: Copy, settle: Callable[[Any], None]
) -> None:
    note = noted(window, "where water gathers", f"[[{sea.manifest.id}#anchorage|there]] [[Ebb]]")
    settle(window.reading)
    card = card_of(window, note)
    label = next(each for each in card.findChildren(QLabel) if "there" in each.text())
    tips = set()
    for x in range(0, label.width(), 4):
        QTest.mouseMove(label, QPoint(x, label.height() // 2))
        tips.add(label.toolTip())
    assert tips == {"", "<qt>A test</qt>", "<qt>This leads nowhere any longer</qt>"}


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("Ebb", "This text has no annotation “Ebb” that the link could lead to."),
        ("urn:uuid:7", "There is no note in this text that this link could lead to."),
        (
            "urn:uuid:7#x",
            "The text that this link leads to is not in your library; open it once.",
        ),
    ],
)
def test_a_dead_link_keeps_its_words_and_says_so(
    window: Window,
    press_link: PressLink,
    settle: Callable[[Any], None],
    target: str,
    sentence: str,
) -> None:
    note = noted(window, "where water gathers", f"See [[{target}|some words]]")
    settle(window.reading)
    card = card_of(window, note)
    assert isinstance(card, NoteCard)
    assert card.content.body.string == "See some words"
    press_link(card, f"#{target}")
    assert window.notice.words == sentence


def test_a_link_to_what_is_gone_from_another_text_opens_it_and_says_so(
    window: Window, press_link: PressLink, sea: Copy, qtbot: Any, settle: Callable[[Any], None]
) -> None:
    note = noted(window, "where water gathers", f"[[{sea.manifest.id}#ebb|the ebb]]")
    settle(window.reading)
    press_link(card_of(window, note), f"#{sea.manifest.id}#ebb")
    qtbot.waitUntil(lambda: "no annotation “ebb”" in window.notice.words)
    assert window.copy is not None
    assert window.copy.path == sea.path


def test_a_deleted_target_leaves_the_words_and_no_backlink(
    window: Window, settle: Callable[[Any], None]
) -> None:
    target = noted(window, "or a lake", "A target")
    note = noted(window, "where water gathers", f"See [[{target}|the lake]]")
    window.marks.delete(target)
    settle(window.reading)
    card = card_of(window, note)
    assert isinstance(card, NoteCard)
    assert card.content.body.string == "See the lake"
    window.marks.undo()
    settle(window.reading)
    assert "See the lake" in links_of(card_of(window, target), "Linked from")


def test_enter_follows_a_link_from_the_keyboard(
    window: Window, settle: Callable[[Any], None]
) -> None:
    note = noted(window, "where water gathers", "See [[Rhine]]")
    settle(window.reading)
    label = next(
        each for each in card_of(window, note).findChildren(QLabel) if "<a " in each.text()
    )
    label.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(label, Qt.Key.Key_Tab)
    label.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(label, Qt.Key.Key_Return)
    assert window.reading.active == "rhine"


def test_in_a_narrow_window_links_stand_below_the_field(
    make_window: Callable[..., Window],
    river: Copy,
    press_link: PressLink,
    settle: Callable[[Any], None],
) -> None:
    window = make_window(river.path, (620, 700))
    note = noted(window, "where water gathers", "See [[Rhine]]")
    settle(window.reading)
    window.marking.travel(note)
    card = window.reading.popover.card
    assert isinstance(card, NoteCard)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert "Rhine" in links_of(card, "Links to")
    press_link(card, "#Rhine")
    assert window.reading.active == "rhine"
    assert isinstance(window.reading.popover.card, Card)


def test_a_highlight_that_a_note_leads_to_has_a_card_for_it(
    window: Window, settle: Callable[[Any], None]
) -> None:
    assert window.copy is not None
    start = window.copy.text.string.index("or a lake")
    bare = window.marks.add(MarkKind.HIGHLIGHT, start, start + 9, Color.BLUE).id
    noted(window, "where water gathers", f"See [[{bare}|it]]")
    settle(window.reading)
    assert "See it" in links_of(card_of(window, bare), "Linked from")


def test_in_a_narrow_window_a_note_is_written_while_another_card_is_open(
    make_window: Callable[..., Window], river: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(river.path, (620, 700))
    window.reading.show_annotation("danube")
    settle(window.reading)
    assert window.reading.popover.isVisible()
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "Here")
    assert note_of(window) == "Here"


def test_brackets_that_were_completed_can_be_typed_over(window: Window) -> None:
    edit = writing(window, "where water gathers")
    QTest.keyClicks(edit, "See [[rhi")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    QTest.keyClicks(edit, "]]and [x]]")
    assert note_of(window) == "See [[Rhine]] and [x]]"
