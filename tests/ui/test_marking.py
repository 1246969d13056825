"""What a reader does to words: marking, noting, changing, taking back; and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from reader.annotations.marks import Color, MarkKind
from reader.copies.copy import Copy
from reader.ui.margin.note_card import NoteCard
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.page.page import PageView
from reader.ui.page.selection_bar import ColorDot
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker

ARTICLE = """# On rivers

A river begins where water gathers. It ends where it meets the sea, or a lake.

- One item of a list.
- Another item, of the same list.

| Name | Length |
|---|---|
| Danube | 2850 |
| Rhine | 1233 |

The last paragraph speaks of the Danube again.
"""

ANNOTATIONS = """
  - id: danube
    kind: place
    title: Danube
    terms: [Danube]
    body: A river.
"""


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE, ANNOTATIONS)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy) -> Window:
    return make_window(copy.path)


def drag_over(page: PageView, words: str) -> None:
    """Select words as a reader does: press before the first letter, release behind the last."""
    copy, layout = page._copy, page.page_layout()
    assert copy is not None
    assert layout is not None
    start = copy.text.string.index(words)
    rects = layout.range_rects(start, start + len(words))
    scroll = page.scroll()
    first = QPoint(round(rects[0].left()), round(rects[0].center().y()) - scroll)
    last = QPoint(round(rects[-1].right()), round(rects[-1].center().y()) - scroll)
    view, button = page.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, button, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(view, (first + last) / 2)
    QTest.mouseMove(view, last)
    QTest.mouseRelease(view, button, Qt.KeyboardModifier.NoModifier, last)


def pixel(page: PageView, words: str, dy: int = 0) -> str:
    """The colour just inside the ground behind some words, at their lower left."""
    copy, layout = page._copy, page.page_layout()
    assert copy is not None
    assert layout is not None
    start = copy.text.string.index(words)
    rect = layout.range_rects(start, start + len(words))[0].translated(0, -page.scroll())
    image = page.viewport().grab().toImage()
    return image.pixelColor(round(rect.left() + 3), round(rect.top() + 2) + dy).name()


def quotes(window: Window) -> list[str]:
    return [each.mark.selector.exact for each in window.marks.all()]


def test_selecting_words_shows_the_bar_and_a_key_marks_them(window: Window) -> None:
    page = window.reading.page
    assert not window.marking.bar.isVisible()
    drag_over(page, "where water gathers")
    assert window.marking.bar.isVisible()
    assert page.selected_text() == "where water gathers"
    QTest.keyClick(page, Qt.Key.Key_2)
    assert quotes(window) == ["where water gathers"]
    assert window.marks.all()[0].mark.color is Color.GREEN
    assert not window.marking.bar.isVisible()
    assert pixel(page, "where water gathers") == window.theme["mark_green"]


@pytest.mark.parametrize(("key", "color"), list(zip("12345", Color, strict=True)))
def test_every_colour_has_its_key(window: Window, key: str, color: Color) -> None:
    drag_over(window.reading.page, "meets the sea")
    QTest.keyClicks(window.reading.page, key)
    assert [each.mark.color for each in window.marks.all()] == [color]
    assert pixel(window.reading.page, "meets the sea") == window.theme[f"mark_{color}"]


def test_a_click_on_the_bar_marks(window: Window, qtbot: Any) -> None:
    drag_over(window.reading.page, "meets the sea")
    dots = window.marking.bar.findChildren(ColorDot)
    qtbot.mouseClick(dots[3], Qt.MouseButton.LeftButton)
    assert [each.mark.color for each in window.marks.all()] == [Color.PINK]


def test_an_underline_draws_a_line_and_no_ground(window: Window) -> None:
    page = window.reading.page
    drag_over(page, "meets the sea")
    QTest.keyClick(page, Qt.Key.Key_U)
    assert window.marks.all()[0].mark.underline
    assert pixel(page, "meets the sea") == window.theme["page"]
    image = page.viewport().grab().toImage()
    inks = {
        image.pixelColor(x, y).name() for x in range(page.column()[0], 700, 3) for y in range(300)
    }
    assert window.theme["ink_yellow"] in inks


def test_marks_cross_paragraphs_lists_and_tables(window: Window) -> None:
    page = window.reading.page
    string = page._copy.text.string if page._copy else ""
    start, end = string.index("or a lake"), string.index("1233")
    page.select(start, end + 4)
    window.actions_["mark-blue"].trigger()
    exact = window.marks.all()[0].mark.selector.exact
    assert exact.startswith("or a lake")
    assert exact.endswith("Rhine\t1233")
    for words in ("or a lake", "Another item", "Rhine"):
        assert pixel(page, words) == window.theme["mark_blue"]


def test_highlights_may_overlap_and_the_inner_one_answers_a_click(
    window: Window, qtbot: Any
) -> None:
    page = window.reading.page
    drag_over(page, "It ends where it meets the sea")
    QTest.keyClick(page, Qt.Key.Key_1)
    drag_over(page, "it meets")
    QTest.keyClick(page, Qt.Key.Key_3)
    assert sorted(quotes(window)) == ["It ends where it meets the sea", "it meets"]
    click(page, "it meets")
    placed = window.marks.get(window.marking.active)
    assert placed is not None
    assert placed.mark.selector.exact == "it meets"


def click(page: PageView, words: str) -> None:
    copy, layout = page._copy, page.page_layout()
    assert copy is not None
    assert layout is not None
    start = copy.text.string.index(words)
    rect = layout.range_rects(start, start + len(words))[0].translated(0, -page.scroll())
    QTest.mouseClick(
        page.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(round(rect.left() + 6), round(rect.center().y())),
    )


def test_the_same_words_marked_again_change_their_colour(window: Window) -> None:
    page = window.reading.page
    for key in ("1", "4"):
        drag_over(page, "meets the sea")
        QTest.keyClicks(page, key)
    assert [each.mark.color for each in window.marks.all()] == [Color.PINK]


def open_note(window: Window, words: str) -> NoteEdit:
    drag_over(window.reading.page, words)
    QTest.keyClick(window.reading.page, Qt.Key.Key_N)
    card = window.reading.margin.card(window.marking.active)
    assert isinstance(card, NoteCard)
    edit = card.findChild(NoteEdit)
    assert isinstance(edit, NoteEdit)
    assert edit.hasFocus()
    return edit


def test_a_note_is_typed_beside_its_words_and_kept_as_one_types(
    window: Window, make_window: Callable[..., Window], copy: Copy
) -> None:
    edit = open_note(window, "where it meets the sea")
    QTest.keyClicks(edit, "Which sea? #geography")
    (placed,) = window.marks.all()
    assert placed.mark.kind is MarkKind.NOTE
    assert placed.mark.note == "Which sea? #geography"
    assert placed.mark.tags == ("geography",)
    assert window.marks.all_saved
    # What is on the disk is what another window reads from it.
    other = make_window(copy.path)
    assert [each.mark for each in other.marks.all()] == [placed.mark]
    card = other.reading.margin.card(placed.mark.id)
    assert isinstance(card, NoteCard)
    assert card.accessibleDescription() == placed.mark.note


def test_a_note_stands_beside_its_words(window: Window, settle: Callable[..., None]) -> None:
    open_note(window, "The last paragraph")
    settle(window.reading)
    placed = window.marks.all()[0]
    card = window.reading.margin.card(placed.mark.id)
    assert card is not None
    line = window.reading.page.line_top(placed.start) - window.reading.page.scroll()
    assert abs(card.y() - line) < 30


def test_typing_is_undone_as_one_and_done_again(window: Window) -> None:
    edit = open_note(window, "meets the sea")
    QTest.keyClicks(edit, "abc")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    window.actions_["undo"].trigger()
    assert [each.mark.note for each in window.marks.all()] == [""]
    window.actions_["redo"].trigger()
    assert [each.mark.note for each in window.marks.all()] == ["abc"]
    for _ in range(2):
        window.actions_["undo"].trigger()
    assert window.marks.all() == []
    assert not window.actions_["undo"].isEnabled()


def test_a_deleted_mark_comes_back_with_its_note(window: Window) -> None:
    edit = open_note(window, "meets the sea")
    QTest.keyClicks(edit, "keep me")
    before = [each.mark for each in window.marks.all()]
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    window.actions_["delete-mark"].trigger()
    assert window.marks.all() == []
    window.actions_["undo"].trigger()
    assert [each.mark for each in window.marks.all()] == before


def test_keys_alone_let_a_mark_stand_on_other_words(window: Window) -> None:
    page = window.reading.page
    edit = open_note(window, "meets the sea")
    QTest.keyClicks(edit, "a note")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_W)
    assert "meets the sea" in window.revising.choosing.words
    word = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    for _ in range(4):
        QTest.keyClick(page, Qt.Key.Key_Right, word)
    QTest.keyClick(page, Qt.Key.Key_Return)
    [placed] = window.marks.all()
    assert placed.mark.selector.exact == "meets the sea, or a lake"
    assert placed.mark.note == "a note"


def test_dragging_an_end_lets_the_mark_stand_on_more_words(window: Window) -> None:
    page = window.reading.page
    edit = open_note(window, "meets the sea")
    QTest.keyClicks(edit, "a note")
    layout = page.page_layout()
    assert layout is not None
    assert page._copy is not None
    handle = window.marking._handles._ends[1]
    assert handle.isVisible()
    target = page._copy.text.string.index("or a lake") + len("or a lake")
    rect = layout.range_rects(target - 1, target)[0].translated(0, -page.scroll())
    to = handle.mapFrom(page, page.viewport().mapTo(page, rect.center().toPoint()))
    to.setX(handle.mapFrom(page, QPoint(round(rect.right()), 0)).x())
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    move(handle, to)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, to)
    (placed,) = window.marks.all()
    assert placed.mark.selector.exact == "meets the sea, or a lake"
    assert placed.mark.note == "a note"
    window.actions_["undo"].trigger()
    assert quotes(window) == ["meets the sea"]


def move(widget: Any, to: QPoint) -> None:
    """A move with the left button held, which QTest.mouseMove does not send."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(widget.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(widget, event)


def test_the_keyboard_alone_selects_and_marks(window: Window) -> None:
    page = window.reading.page
    QTest.keyClick(page, Qt.Key.Key_F7)
    assert page.caret_mode
    string = page._copy.text.string if page._copy else ""
    start = string.index("A river begins")
    page.select(start, start)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(len("A river")):
        QTest.keyClick(page, Qt.Key.Key_Right, shift)
    assert page.selected_text() == "A river"
    assert window.marking.bar.isVisible()
    QTest.keyClick(page, Qt.Key.Key_5)
    assert quotes(window) == ["A river"]


def test_a_sentence_is_selected_without_the_mouse(window: Window) -> None:
    page = window.reading.page
    window.actions_["caret"].trigger()
    string = page._copy.text.string if page._copy else ""
    at = string.index("meets the sea")
    page.select(at, at)
    QTest.keyClick(page, Qt.Key.Key_S)
    assert page.selected_text() == "It ends where it meets the sea, or a lake."


def test_a_bookmark_is_set_and_taken_away(window: Window) -> None:
    window.actions_["bookmark"].trigger()
    assert [each.mark.kind for each in window.marks.all()] == [MarkKind.BOOKMARK]
    window.actions_["bookmark"].trigger()
    assert window.marks.all() == []


def test_a_quote_is_copied_with_its_source(window: Window) -> None:
    drag_over(window.reading.page, "meets the sea")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.reading.page, Qt.Key.Key_C, modifiers)
    assert QGuiApplication.clipboard().text() == "“meets the sea”\n(“A test”)"


def test_looking_up_an_annotated_word_opens_its_card(window: Window) -> None:
    string = window.reading.page._copy.text.string if window.reading.page._copy else ""
    at = string.rindex("Danube")
    window.reading.page.select(at, at + 6)
    window.actions_["look-up"].trigger()
    assert window.reading.active == "danube"


def test_looking_up_other_words_narrows_the_index(window: Window) -> None:
    drag_over(window.reading.page, "where water gathers")
    QTest.keyClick(window.reading.page, Qt.Key.Key_L)
    assert window.panel.page == "index"
    assert window.panel._index.filter.text() == "where water gathers"


def test_a_note_that_names_an_annotation_is_linked_from_it(window: Window) -> None:
    edit = open_note(window, "where water gathers")
    QTest.keyClicks(edit, "Compare the [[Danube]]")
    note = window.marks.all()[0].mark.id
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    maker = window.reading.margin.maker
    assert [where for _, where in maker.content_of("danube").linked_from] == [note]
    placed = window.marks.get(note)
    assert placed is not None
    assert "#Danube" in [run.href for run in maker.content_of_mark(placed).body.blocks[0].runs]


def test_the_names_of_colours_show_in_bar_and_card(window: Window, tmp_path: Path) -> None:
    window._color_named(Color.YELLOW, "important")
    bar = {dot.color: dot.accessibleName() for dot in window.marking.bar.findChildren(ColorDot)}
    assert bar[Color.YELLOW] == "Yellow: important"
    open_note(window, "meets the sea")
    card = window.reading.margin.card(window.marking.active)
    assert card is not None
    assert "important" in card.accessibleName()


def test_my_notes_lists_every_mark_and_travels(window: Window) -> None:
    for words in ("A river begins", "The last paragraph"):
        drag_over(window.reading.page, words)
        QTest.keyClick(window.reading.page, Qt.Key.Key_1)
    window.actions_["notes"].trigger()
    assert window.panel.page == "notes"
    last = window.marks.all()[-1].mark.id
    window.panel.mark_chosen.emit(last)
    assert window.marking.active == last


def test_marks_are_found_again_in_the_same_text_from_another_folder(
    window: Window, make_window: Callable[..., Window], copy: Copy, tmp_path: Path
) -> None:
    import shutil

    drag_over(window.reading.page, "meets the sea")
    QTest.keyClick(window.reading.page, Qt.Key.Key_1)
    shutil.copytree(copy.path, tmp_path / "elsewhere")
    other = make_window(tmp_path / "elsewhere")
    assert quotes(other) == ["meets the sea"]


def test_on_a_narrow_window_the_note_opens_at_the_words(
    make_window: Callable[..., Window], copy: Copy
) -> None:
    window = make_window(copy.path, size=(760, 600))
    drag_over(window.reading.page, "meets the sea")
    QTest.keyClick(window.reading.page, Qt.Key.Key_N)
    card = window.reading.popover.card
    assert isinstance(card, NoteCard)
    edit = card.findChild(NoteEdit)
    assert isinstance(edit, NoteEdit)
    QTest.keyClicks(edit, "typed here")
    assert [each.mark.note for each in window.marks.all()] == ["typed here"]


def geometry_in(page: PageView, words: str) -> QRectF:
    copy, layout = page._copy, page.page_layout()
    assert copy is not None
    assert layout is not None
    start = copy.text.string.index(words)
    return layout.range_rects(start, start + len(words))[0].translated(0, -page.scroll())


@pytest.mark.parametrize("backwards", [False, True])
def test_the_bar_stands_where_the_selection_ended(
    make_window: Callable[..., Window], make_copy: CopyMaker, backwards: bool
) -> None:
    copy = make_copy("First words of it. " + "Many words follow here. " * 12, ANNOTATIONS)
    window = make_window(copy.path)
    page, bar = window.reading.page, window.marking.bar
    start = copy.text.string.index("words")
    end = copy.text.string.index("follow", 150)
    cursor = page.textCursor()
    cursor.setPosition(end if backwards else start)
    cursor.setPosition(start if backwards else end, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    page.selection_made.emit()
    layout = page.page_layout()
    assert layout is not None
    rects = layout.range_rects(start, end)
    assert len(rects) > 1
    moving = rects[0].topLeft() if backwards else rects[-1].bottomRight()
    assert bar.x() - 1 <= moving.x() <= bar.geometry().right() + 1
    left, right = page.column()
    assert left <= bar.x()
    assert bar.geometry().right() <= right, "it covers no card"


def test_marks_that_begin_together_are_both_seen(window: Window) -> None:
    page = window.reading.page
    drag_over(page, "where it meets")
    QTest.keyClick(page, Qt.Key.Key_1)
    drag_over(page, "where it meets the sea, or a lake")
    QTest.keyClick(page, Qt.Key.Key_2)
    window.marking.close()
    assert pixel(page, "where it meets") == window.theme["mark_yellow"]
    assert pixel(page, "the sea, or") == window.theme["mark_green"]


def test_where_marks_cross_both_are_seen(window: Window) -> None:
    page = window.reading.page
    drag_over(page, "where it meets the sea")
    QTest.keyClick(page, Qt.Key.Key_1)
    drag_over(page, "meets the sea, or a lake")
    QTest.keyClick(page, Qt.Key.Key_4)
    window.marking.close()
    rect = geometry_in(page, "meets the sea")
    image = page.viewport().grab().toImage()
    colors = {
        image.pixelColor(round(rect.center().x()), y).name()
        for y in range(round(rect.top()) + 1, round(rect.bottom()) - 1)
    }
    assert {window.theme["mark_yellow"], window.theme["mark_pink"]} <= colors
    assert pixel(page, "where it") == window.theme["mark_yellow"]
    assert pixel(page, ", or a") == window.theme["mark_pink"]
