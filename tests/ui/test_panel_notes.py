"""The page of notes in the left panel, driven as a reader drives it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTabBar, QToolTip, QWidget

from reader.annotations.anchors import ORPHAN, Anchor, State
from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.placing import PlacedMark
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.locations import bundled
from reader.settings import DECLARED
from reader.ui.dates import date_words
from reader.ui.panel.notes import NotesPage
from reader.ui.panel.painting import heavy
from reader.ui.panel.panel import Panel
from reader.ui.panel.tabs import LEAST_SCALE
from reader.ui.style import style_sheet
from reader.ui.theme import NAMES, Theme, load_theme

NOBODY = "Nothing marked yet. Select words and press 1 to 5, or N for a note."
NAMED = {Color.YELLOW: "important", Color.PINK: " I disagree ", Color.BLUE: ""}


def ago(days: int) -> str:
    """A moment some days before now, as marks write it; always at noon by the local clock."""
    noon = datetime.now().astimezone().replace(hour=12) - timedelta(days=days)
    return noon.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mark(
    name: str,
    exact: str,
    note: str = "",
    tags: Sequence[str] = (),
    *,
    kind: MarkKind | None = None,
    color: Color = Color.YELLOW,
    underline: bool = False,
    created: str = "",
    state: State = State.EXACT,
    start: int = 0,
) -> PlacedMark:
    made = Mark(
        id=name,
        kind=kind or (MarkKind.NOTE if note else MarkKind.HIGHLIGHT),
        selector=Selector(exact),
        color=color,
        underline=underline,
        note=note,
        tags=tuple(tags),
        created=created or ago(0),
    )
    orphaned = state is State.ORPHANED
    return PlacedMark(made, ORPHAN if orphaned else Anchor(state, start, start + len(exact), 1.0))


MARKS = (
    mark("meet", "He wants to meet", "Which comes *first*?\nMore.", ("essay", "négociation")),
    mark("need", "12.7 million", color=Color.BLUE, created=ago(1)),
    mark("city", "Istanbul", color=Color.GREEN, underline=True, created=ago(1)),
    mark("place", "Neither side is\nready", kind=MarkKind.BOOKMARK, created=ago(9)),
    mark("pattern", "a pattern", tags=("Essay",), color=Color.PINK, state=State.DOUBTFUL),
    mark("reply", "What would each lose?", "“Face”, mostly.", kind=MarkKind.ANSWER),
    mark("gone", "giving up", color=Color.PURPLE, created="soon", state=State.ORPHANED),
)
IN_ORDER = [
    *("He wants to meet", "12.7 million", "Istanbul", "Neither side is ready"),
    *("a pattern", "What would each lose?", "giving up"),
]


@pytest.fixture
def panel(qtbot, look: None, theme: Theme) -> Panel:
    panel = Panel(theme)
    panel.resize(232, 900)
    panel.set_marks(MARKS, NAMED)
    panel.show_page("notes")
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


@pytest.fixture
def notes(panel: Panel) -> QListView:
    lists = panel.findChildren(QListView)
    return next(each for each in lists if each.accessibleName() == "Marks in this text")


@pytest.fixture
def field(panel: Panel) -> QLineEdit:
    fields = panel.findChildren(QLineEdit)
    return next(each for each in fields if each.accessibleName() == "Filter my notes")


@pytest.fixture
def switch(panel: Panel) -> QTabBar:
    bars = panel.findChildren(QTabBar)
    return next(each for each in bars if each.accessibleName() == "Order of my notes")


def tabs_of(panel: Panel) -> QTabBar:
    return next(each for each in panel.findChildren(QTabBar) if each.tabText(0) == "Contents")


def titles(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def spoken(view: QListView, title: str) -> str:
    return view.model().index(row_of(view, title), 0).data(Qt.ItemDataRole.AccessibleTextRole)


def row_of(view: QListView, title: str) -> int:
    return titles(view).index(title)


def rect_of(view: QListView, title: str) -> QRect:
    QApplication.processEvents()
    return view.visualRect(view.model().index(row_of(view, title), 0))


def click(view: QListView, title: str) -> None:
    place = rect_of(view, title).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(switch: QTabBar, words: str) -> None:
    tab = [switch.tabText(each) for each in range(switch.count())].index(words)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.tabRect(tab).center())


def type_in(field: QLineEdit, words: str) -> None:
    for letter in words:  # QTest.keyClicks knows ASCII alone
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, event)


def picture_of(view: QListView, title: str) -> QImage:
    return view.viewport().grab(rect_of(view, title)).toImage()


def places_of(picture: QImage, color: QColor | str) -> list[tuple[int, int]]:
    """Where in a picture a colour is, unmixed."""
    wanted = QColor(color)
    return [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y) == wanted
    ]


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""


# In order ----------------------------------------------------------------------------------------


def test_lists_all_marks_in_the_order_of_the_text(notes: QListView) -> None:
    assert titles(notes) == IN_ORDER


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (
            "He wants to meet",
            "Note, yellow: important, “He wants to meet”, Which comes first?,"
            " tags essay, négociation",
        ),
        ("12.7 million", "Highlight, blue, “12.7 million”"),
        ("Istanbul", "Underline, green, “Istanbul”"),
        ("Neither side is ready", "Bookmark, “Neither side is ready”"),
        (
            "a pattern",
            "Highlight, pink: I disagree, “a pattern”, tags Essay, is this the place?",
        ),
        ("What would each lose?", "Answer, “What would each lose?”, “Face”, mostly."),
        ("giving up", "Highlight, purple, “giving up”, not found in this text"),
    ],
)
def test_a_screen_reader_hears_all_of_a_mark(notes: QListView, title: str, words: str) -> None:
    child = QAccessible.queryAccessibleInterface(notes).child(row_of(notes, title))
    assert child.text(QAccessible.Text.Name) == words


def test_a_click_travels(qtbot, panel: Panel, notes: QListView) -> None:
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        click(notes, "Istanbul")
    assert chosen.args == ["city"]
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        click(notes, "giving up")
    assert chosen.args == ["gone"]


def test_arrow_keys_move_and_enter_travels(qtbot, panel: Panel, notes: QListView) -> None:
    panel.focus()
    assert notes.hasFocus()
    with qtbot.assertNotEmitted(panel.mark_chosen):
        QTest.keyClick(notes, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        QTest.keyClick(notes, Qt.Key.Key_Return)
    assert chosen.args == ["need"]


def test_delete_asks_to_delete_the_row(qtbot, panel: Panel, notes: QListView) -> None:
    panel.focus()
    QTest.keyClick(notes, Qt.Key.Key_End)
    with qtbot.waitSignal(panel.mark_delete_wanted) as wanted:
        QTest.keyClick(notes, Qt.Key.Key_Delete)
    assert wanted.args == ["gone"]
    assert titles(notes) == IN_ORDER  # it is for others to delete it
    with qtbot.assertNotEmitted(panel.mark_delete_wanted):
        QTest.keyClick(notes, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        panel.set_marks((), {})
        QTest.keyClick(notes, Qt.Key.Key_Delete)


def test_delete_is_the_lists_where_a_command_has_that_key_too(
    qtbot, panel: Panel, notes: QListView, field: QLineEdit
) -> None:
    command = QAction("Delete this mark", panel)
    command.setShortcut("Del")
    panel.addAction(command)
    panel.focus()
    with qtbot.assertNotEmitted(command.triggered), qtbot.waitSignal(panel.mark_delete_wanted):
        QTest.keyClick(notes, Qt.Key.Key_Delete)
    tabs_of(panel).setFocus()
    with qtbot.waitSignal(command.triggered):
        QTest.keyClick(tabs_of(panel), Qt.Key.Key_Delete)


# How it looks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("color", Color)
def test_the_sign_is_in_the_ink_of_its_colour(
    panel: Panel, notes: QListView, name: str, color: Color
) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    panel.apply_theme(theme)
    panel.set_marks([mark("one", "Words", color=color)], {})
    picture = picture_of(notes, "Words")
    xs = [x for x, _ in places_of(picture, theme[f"ink_{color}"])]
    assert len(xs) > 40
    assert max(xs) < 30
    assert picture.pixelColor(2, 2) == QColor(theme["window"])
    for other in set(Color) - {color}:
        assert not places_of(picture, theme[f"ink_{other}"])


def test_kinds_differ_in_more_than_colour(panel: Panel, notes: QListView, theme: Theme) -> None:
    def shape(**fields) -> set[tuple[int, int]]:
        panel.set_marks([mark("one", "Words", **fields)], {})
        return set(places_of(picture_of(notes, "Words"), theme["ink_yellow"]))

    def height(shape: set[tuple[int, int]]) -> int:
        return max(y for _, y in shape) - min(y for _, y in shape) + 1

    square, line = shape(), shape(underline=True)
    bookmark, answer = shape(kind=MarkKind.BOOKMARK), shape(kind=MarkKind.ANSWER)
    assert height(line) <= 3 < 7 <= height(square) < height(bookmark)
    bottom = max(y for _, y in bookmark)
    assert (23, bottom - 1) not in bookmark  # the notch
    assert (23, bottom - 6) in bookmark
    assert len({frozenset(each) for each in (square, line, bookmark, answer)}) == 4


def test_what_is_amiss_stands_out(panel: Panel, notes: QListView, theme: Theme) -> None:
    def has(title: str, role: str) -> bool:
        return len(places_of(picture_of(notes, title), theme[role])) > 5

    assert has("giving up", "danger")
    assert has("a pattern", "link")
    for title in ("12.7 million", "What would each lose?"):
        assert not has(title, "danger")
        assert not has(title, "link")
    assert not has("giving up", "link")


def test_a_note_is_in_the_normal_colour_and_tags_are_quiet(
    panel: Panel, notes: QListView, theme: Theme
) -> None:
    def roles(**fields) -> set[str]:
        panel.set_marks([mark("one", "█", **fields)], {})  # of solid colour
        picture = picture_of(notes, "█")
        return {role for role in ("text", "muted") if places_of(picture, theme[role])}

    assert roles() == {"text"}
    assert roles(note="█") == {"text", "muted"}  # then the quote is quiet
    assert roles(tags=["█"]) == {"text", "muted"}


def test_a_quote_has_two_lines_at_most_and_the_note_one_more(
    panel: Panel, notes: QListView
) -> None:
    long = "Words that go on and on until nobody remembers how they began " * 9

    def height(exact: str, note: str = "", tags: Sequence[str] = ()) -> int:
        panel.set_marks([mark("one", exact, note, tags)], {})
        QApplication.processEvents()
        return notes.visualRect(notes.model().index(0, 0)).height()

    line = notes.fontMetrics().height()
    one = height("Words")
    assert height("Words that need two lines in this list") - one == pytest.approx(line, abs=3)
    assert height(long) - one == pytest.approx(line, abs=3)
    assert height(long, long) - height(long) == pytest.approx(line, abs=3)
    assert height("Words", tags=["essay"]) - one == pytest.approx(line, abs=4)


def test_what_is_cut_is_told_whole_and_never_as_html(panel: Panel, notes: QListView) -> None:
    long = "A <b>quote</b> that goes on and on until nobody remembers how it began or why"
    panel.set_marks([mark("one", long, "First.\n<img src='x'>"), mark("two", "Short")], {})

    def tip(title: str) -> str:
        viewport, place = notes.viewport(), rect_of(notes, title).center()
        event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, event)
        return QToolTip.text() if QToolTip.isVisible() else ""

    said = tip(long)
    assert "“A &lt;b&gt;quote&lt;/b&gt; that goes on" in said
    assert "or why”" in said
    assert "First. &lt;img src=" in said
    QToolTip.hideText()
    assert long not in tip("Short")


def test_the_note_is_shown_without_the_signs_of_markdown(panel: Panel, notes: QListView) -> None:
    def said(note: str) -> str:
        panel.set_marks([mark("one", "Words", note)], {})
        return spoken(notes, "Words").removeprefix("Note, yellow, “Words”, ")

    assert said("> **No**, [see](https://example.org)\n\nMore") == "No, see"
    assert said("\n\n- [[Operation Spiderweb]] again") == "Operation Spiderweb again"
    assert said("```") == "```"


def test_the_words_of_a_picture_are_what_the_mark_is(panel: Panel, notes: QListView) -> None:
    panel.set_marks([mark("one", "\ufffc"), mark("two", "\ufffc", kind=MarkKind.BOOKMARK)], {})
    assert titles(notes) == ["Highlight", "Bookmark"]
    assert spoken(notes, "Highlight") == "Highlight, yellow"


# By colour, tag and date -------------------------------------------------------------------------


def test_by_colour_under_the_names_that_the_reader_gave(notes: QListView, switch: QTabBar) -> None:
    press(switch, "Colour")
    assert titles(notes) == [
        *("important", "He wants to meet"),
        *("Green", "Istanbul"),
        *("Blue", "12.7 million"),
        *("I disagree", "a pattern"),
        *("Purple", "giving up"),
        *("Bookmarks", "Neither side is ready"),
        *("Answers", "What would each lose?"),
    ]
    assert spoken(notes, "important").startswith("important, 1 mark")


def test_by_tag_in_the_group_of_each_of_its_tags(notes: QListView, switch: QTabBar) -> None:
    press(switch, "Tag")
    assert titles(notes) == [
        *("#essay", "He wants to meet", "a pattern"),
        *("#négociation", "He wants to meet"),
        *("No tag", "12.7 million", "Istanbul", "Neither side is ready"),
        *("What would each lose?", "giving up"),
    ]


def test_tags_are_sorted_as_a_reader_would(panel: Panel, notes: QListView, switch: QTabBar) -> None:
    tags = ("zebra", "Émile", "week-10", "anna", "week-9")
    panel.set_marks([mark("one", "Words", tags=tags)], {})
    press(switch, "Tag")
    headings = [title for title in titles(notes) if title.startswith("#")]
    assert headings == ["#anna", "#Émile", "#week-9", "#week-10", "#zebra"]


def test_by_date_the_last_day_first(panel: Panel, notes: QListView, switch: QTabBar) -> None:
    hour_before = datetime.fromisoformat(ago(1)) - timedelta(hours=1)
    early = mark("early", "Earlier", created=hour_before.isoformat())
    panel.set_marks([early, *MARKS], NAMED)
    press(switch, "Date")
    day = datetime.fromisoformat(ago(9)).astimezone().date()
    assert titles(notes) == [
        *("Today", "He wants to meet", "a pattern", "What would each lose?"),
        *("Yesterday", "12.7 million", "Istanbul", "Earlier"),
        *(date_words(day.isoformat()), "Neither side is ready"),
        *("No date", "giving up"),
    ]


def test_headings_are_passed_over(qtbot, panel: Panel, notes: QListView, switch: QTabBar) -> None:
    press(switch, "Colour")
    with qtbot.assertNotEmitted(panel.mark_chosen):
        click(notes, "Green")
    panel.focus()
    assert notes.currentIndex().data() == "He wants to meet"
    QTest.keyClick(notes, Qt.Key.Key_Down)
    assert notes.currentIndex().data() == "Istanbul"


def test_headings_tell_how_many(panel: Panel, notes: QListView, switch: QTabBar) -> None:
    press(switch, "Tag")
    right = notes.viewport().width() - 60

    def drawn(title: str) -> QImage:
        return picture_of(notes, title).copy(right, 0, 60, 100)

    two = drawn("#essay")
    assert two != drawn("#négociation")  # one
    panel.set_marks([replace(each, mark=replace(each.mark, tags=("x",))) for each in MARKS[:2]], {})
    assert drawn("#x") == two


def test_the_order_is_told_and_can_be_set(
    qtbot, panel: Panel, notes: QListView, switch: QTabBar
) -> None:
    [page] = panel.findChildren(NotesPage)
    assert page.order == "text"
    with qtbot.waitSignal(page.order_changed) as changed:
        page.set_order("tag")
    assert changed.args == ["tag"]
    assert titles(notes)[0] == "#essay"
    assert switch.tabText(switch.currentIndex()) == "Tag"
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Right)
    assert page.order == "date"
    assert titles(notes)[0] == "Today"
    QTest.keyClick(switch, Qt.Key.Key_Home)
    assert titles(notes) == IN_ORDER
    with pytest.raises(ValueError, match="size"):
        page.set_order("size")


# The filter --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("ISTAN", ["Istanbul"]),
        ("more", ["He wants to meet"]),  # on the second line of the note
        ('"face"', ["What would each lose?"]),  # typed straight, written curly
        ("negociation", ["He wants to meet"]),
        ("#essay", ["He wants to meet", "a pattern"]),
        ("important", ["He wants to meet"]),  # the colour, as the reader calls it
        ("yellow", ["He wants to meet"]),  # and as it is called; not bookmarks and answers
        ("purple", ["giving up"]),
        ("pattern disagree", ["a pattern"]),  # every word, in any order
        ("side ready", ["Neither side is ready"]),
    ],
)
def test_filters_as_you_type(
    notes: QListView, field: QLineEdit, typed: str, left: list[str]
) -> None:
    field.setFocus()
    type_in(field, typed)
    assert titles(notes) == left


def test_groups_without_hits_vanish(notes: QListView, field: QLineEdit, switch: QTabBar) -> None:
    press(switch, "Tag")
    type_in(field, "meet")
    assert titles(notes) == ["#essay", "He wants to meet", "#négociation", "He wants to meet"]


def test_says_when_nothing_matches(notes: QListView, field: QLineEdit) -> None:
    type_in(field, "xyz")
    assert titles(notes) == []
    assert notes.accessibleDescription() == "Nothing matches “xyz”."
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert notes.accessibleDescription() == ""
    assert titles(notes) == IN_ORDER


def test_says_how_to_mark_where_nothing_is_marked(
    panel: Panel, notes: QListView, theme: Theme
) -> None:
    panel.set_marks((), NAMED)
    assert notes.accessibleDescription() == NOBODY
    assert places_of(notes.viewport().grab().toImage(), theme["muted"])
    panel.set_marks(MARKS[:1], NAMED)
    assert notes.accessibleDescription() == ""


def test_the_keyboard_goes_from_the_filter_to_the_list_and_back(
    qtbot, panel: Panel, notes: QListView, field: QLineEdit
) -> None:
    field.setFocus()
    type_in(field, "e")
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["meet"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert notes.hasFocus()
    QTest.keyClick(notes, Qt.Key.Key_Up)
    assert field.hasFocus()
    assert field.text() == "e"


def test_the_filter_is_round_in_the_look_of_the_window(
    qapp: QApplication, field: QLineEdit, theme: Theme
) -> None:
    qapp.setPalette(theme.palette())
    qapp.setStyleSheet(style_sheet(theme))
    QApplication.processEvents()
    picture = field.window().grab().toImage()
    corner = field.mapTo(field.window(), QPoint(0, 0))
    assert picture.pixelColor(corner) == QColor(theme["window"])
    inside = field.mapTo(field.window(), field.rect().center())
    assert picture.pixelColor(inside) == QColor(theme["field"])


# While marks change ------------------------------------------------------------------------------


def many(count: int) -> list[PlacedMark]:
    return [mark(f"m{number}", f"Words {number}", start=number * 9) for number in range(count)]


def with_note(placed: PlacedMark, note: str) -> PlacedMark:
    return replace(placed, mark=replace(placed.mark, note=note))


def top_row(notes: QListView) -> tuple[str, int]:
    """The first row in sight, and where it begins."""
    QApplication.processEvents()
    index = notes.indexAt(QPoint(5, 0))
    return index.data(), notes.visualRect(index).top()


Change = Callable[[list[PlacedMark]], list[PlacedMark]]


@pytest.mark.parametrize(
    "change",
    [
        lambda marks: [with_note(marks[0], "A line above them"), *marks[1:]],
        lambda marks: [mark("new", "Other words"), *marks],
        lambda marks: marks[3:],
        lambda marks: [*marks[:150], *marks[151:]],
        lambda marks: [*marks[:60], with_note(marks[60], "A line"), *marks[61:]],
    ],
    ids=["grown above", "made above", "deleted above", "deleted below", "in sight"],
)
@pytest.mark.parametrize("count", [200, 2000])  # rows of their own heights, and all equal
def test_the_view_stays_where_it_is(
    panel: Panel, notes: QListView, count: int, change: Change
) -> None:
    marks = many(count)
    panel.set_marks(marks, {})
    QApplication.processEvents()
    row = notes.visualRect(notes.model().index(58, 0))
    notes.verticalScrollBar().setValue(row.top() + 7)
    before = top_row(notes)
    assert before == ("Words 58", -7)
    panel.set_marks(change(marks), {})
    assert top_row(notes) == before


def test_where_the_top_row_vanishes_the_next_takes_its_place(
    panel: Panel, notes: QListView
) -> None:
    marks = many(200)
    panel.set_marks(marks, {})
    QApplication.processEvents()
    notes.verticalScrollBar().setValue(notes.visualRect(notes.model().index(58, 0)).top() + 7)
    panel.set_marks([*marks[:58], *marks[59:]], {})
    assert top_row(notes) == ("Words 59", -7)


def test_at_the_top_a_new_mark_is_seen(panel: Panel, notes: QListView) -> None:
    marks = many(200)
    panel.set_marks(marks, {})
    panel.set_marks([mark("new", "Other words"), *marks], {})
    assert top_row(notes) == ("Other words", 0)


def test_looking_up_from_the_current_row_is_not_undone(panel: Panel, notes: QListView) -> None:
    marks = many(200)
    panel.set_marks(marks, {})
    panel.focus()
    QTest.keyClick(notes, Qt.Key.Key_End)
    notes.verticalScrollBar().setValue(0)
    panel.set_marks([*marks[:9], with_note(marks[9], "A line"), *marks[10:]], {})
    assert top_row(notes) == ("Words 0", 0)
    assert notes.currentIndex().data() == "Words 199"


def test_current_and_chosen_row_stay(panel: Panel, notes: QListView, theme: Theme) -> None:
    click(notes, "Istanbul")
    QTest.keyClick(notes, Qt.Key.Key_Down)
    panel.set_marks([mark("new", "Other words"), *MARKS], NAMED)
    assert notes.currentIndex().data() == "Neither side is ready"
    assert picture_of(notes, "Istanbul").pixelColor(9, 9) == QColor(theme["chosen"])
    assert picture_of(notes, "Other words").pixelColor(9, 9) == QColor(theme["window"])
    assert notes.hasFocus()


def test_after_a_deleted_mark_comes_the_next(panel: Panel, notes: QListView) -> None:
    left = list(MARKS)

    def delete(name: str) -> None:
        left[:] = [each for each in left if each.mark.id != name]
        panel.set_marks(left, NAMED)

    panel.mark_delete_wanted.connect(delete)
    panel.focus()
    for _ in range(3):
        QTest.keyClick(notes, Qt.Key.Key_Down)
    QTest.keyClick(notes, Qt.Key.Key_Delete)
    assert notes.currentIndex().data() == "a pattern"
    QTest.keyClick(notes, Qt.Key.Key_End)
    QTest.keyClick(notes, Qt.Key.Key_Delete)
    assert notes.currentIndex().data() == "What would each lose?"
    for _ in range(5):
        QTest.keyClick(notes, Qt.Key.Key_Delete)
    assert left == []
    assert notes.accessibleDescription() == NOBODY


def test_a_recoloured_mark_is_followed_to_its_group(
    panel: Panel, notes: QListView, switch: QTabBar
) -> None:
    press(switch, "Colour")
    click(notes, "Istanbul")
    marks = [
        replace(each, mark=replace(each.mark, color=Color.PINK)) if each.mark.id == "city" else each
        for each in MARKS
    ]
    panel.set_marks(marks, NAMED)
    assert "Green" not in titles(notes)
    assert notes.currentIndex().data() == "Istanbul"
    assert notes.currentIndex().row() > row_of(notes, "I disagree")


def test_a_colour_that_is_named_anew(panel: Panel, notes: QListView, switch: QTabBar) -> None:
    press(switch, "Colour")
    panel.set_marks(MARKS, {Color.YELLOW: "for the essay"})
    assert titles(notes)[0] == "for the essay"
    assert "Pink" in titles(notes)


def test_the_filter_stays(panel: Panel, notes: QListView, field: QLineEdit) -> None:
    type_in(field, "essay")
    panel.set_marks([*MARKS, mark("new", "Other words", "An essay")], NAMED)
    assert titles(notes) == ["He wants to meet", "a pattern", "Other words"]
    panel.set_marks([with_note(MARKS[1], "For the essay"), *MARKS[2:]], NAMED)
    assert titles(notes) == ["12.7 million", "a pattern"]


def test_another_text_starts_anew(
    panel: Panel, notes: QListView, field: QLineEdit, switch: QTabBar, shipped: Copy
) -> None:
    press(switch, "Colour")
    panel.set_marks(many(200), {})
    QApplication.processEvents()
    notes.verticalScrollBar().setValue(500)
    type_in(field, "words")
    panel.set_copy(shipped)
    assert field.text() == ""
    assert titles(notes) == []
    panel.set_marks(many(100), {})
    assert top_row(notes) == ("Yellow", 0)  # the order is the reader's, not the text's


# In the panel ------------------------------------------------------------------------------------


def test_is_a_page_of_the_panel(qtbot, panel: Panel, notes: QListView) -> None:
    assert panel.page == "notes"
    assert "notes" in DECLARED["panel-page"].choices
    panel.focus()
    with qtbot.waitSignal(panel.page_changed) as changed:
        panel.show_page("contents")
    assert changed.args == ["contents"]
    assert not notes.isVisible()
    with qtbot.waitSignal(panel.page_changed) as changed:
        press(tabs_of(panel), "My notes")
    assert changed.args == ["notes"]
    assert notes.isVisible()
    assert focused() == "Marks in this text"
    panel.show_page("timeline")
    press(tabs_of(panel), "My notes")
    assert panel.page == "notes"


def set_points(panel: Panel, points: int, width: int) -> None:
    font = QFont(panel.font())
    font.setPointSizeF(points)
    panel.setFont(font)
    panel.resize(width, 600)
    QApplication.processEvents()
    assert panel.width() == width


def words_fit(tabs: QTabBar, share: float = 1.0) -> bool:
    """Whether no word is cut, or would be if it were set at a share of its size."""
    font = heavy(tabs.font())
    font.setPointSizeF(font.pointSizeF() * share)
    metrics = QFontMetrics(font)
    return all(
        tabs.rect().contains(tabs.tabRect(tab))
        and metrics.horizontalAdvance(tabs.tabText(tab)) < tabs.tabRect(tab).width()
        for tab in range(tabs.count())
    )


@pytest.mark.parametrize(("width", "points"), [(232, 10), (180, 10), (336, 15)])
def test_the_words_of_the_tabs_fit(panel: Panel, switch: QTabBar, width: int, points: int) -> None:
    set_points(panel, points, width)
    assert words_fit(tabs_of(panel))
    assert words_fit(switch)


def test_narrow_and_large_the_words_shrink_a_little(
    panel: Panel, switch: QTabBar, theme: Theme
) -> None:
    def letters(tabs: QTabBar) -> int:
        """How many pixels high the chosen words are."""
        ys = [y for _, y in places_of(tabs.grab().toImage(), theme["text"])]
        return max(ys) - min(ys)

    large = {}
    set_points(panel, 15, 336)
    for tabs in (tabs_of(panel), switch):
        large[tabs] = letters(tabs)
    set_points(panel, 15, 180)
    for tabs in (tabs_of(panel), switch):
        assert not words_fit(tabs)
        assert words_fit(tabs, LEAST_SCALE)
        assert 0.6 < letters(tabs) / large[tabs] < 0.9
    set_points(panel, 15, 336)
    for tabs in (tabs_of(panel), switch):
        assert letters(tabs) == large[tabs]


def test_everything_has_a_name(panel: Panel) -> None:
    [page] = panel.findChildren(NotesPage)
    assert page.accessibleName() == "My notes"
    reachable = [
        each for each in page.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(reachable) >= 3  # the filter, the switch, the list
    for each in reachable:
        name = QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        assert name, each
        assert "index" not in name


# Many --------------------------------------------------------------------------------------------


def test_in_a_long_list_rows_have_two_lines(panel: Panel, notes: QListView, theme: Theme) -> None:
    first = mark("gone", "Gone", "█", ("█",), state=State.ORPHANED)
    long = "Words that go on and on until ██████████ nobody remembers how they began"
    panel.set_marks([first, mark("long", long), *many(600)], {})
    height = rect_of(notes, "Gone").height()
    assert height == rect_of(notes, long).height() == rect_of(notes, "Words 1").height()
    assert height < 3.5 * notes.fontMetrics().height()
    picture = picture_of(notes, "Gone")
    second = picture.copy(0, height // 2, picture.width(), height)
    assert all(places_of(second, theme[role]) for role in ("danger", "text", "muted"))
    picture = picture_of(notes, long)
    second = picture.copy(0, height // 2, picture.width(), height)
    assert places_of(second, theme["text"])


def test_ten_thousand_marks(
    panel: Panel, notes: QListView, field: QLineEdit, switch: QTabBar
) -> None:
    colors = list(Color)
    marks = [
        mark(
            f"m{number}",
            f"Wörter {number} " * 5,
            "A note of some words. " * 9 if number % 3 == 0 else "",
            ("essay",) if number % 4 == 0 else (),
            color=colors[number % 5],
            created=ago(0),
        )
        for number in range(10_000)
    ]

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        QApplication.processEvents()
        return time.process_time() - start

    # A tenth of each on a quiet machine.
    assert seconds(lambda: panel.set_marks(marks, NAMED)) < 1
    assert seconds(lambda: panel.set_marks([with_note(marks[0], "x"), *marks[1:]], NAMED)) < 1
    assert seconds(lambda: type_in(field, "w")) < 1.5
    assert seconds(lambda: type_in(field, "orter 9999")) < 2
    assert [title[:11] for title in titles(notes)] == ["Wörter 9999"]
    field.clear()
    assert seconds(lambda: press(switch, "Colour")) < 1
    assert len(titles(notes)) == 10_005
    panel.focus()
    QTest.keyClick(notes, Qt.Key.Key_End)
    QApplication.processEvents()
    assert notes.viewport().rect().contains(notes.visualRect(notes.currentIndex()))
    assert notes.currentIndex().data().startswith("Wörter 9999")
