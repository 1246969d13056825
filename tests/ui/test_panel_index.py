"""The index of the left panel, by kind and by date, driven as a reader drives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QTabBar

from reader.annotations.attaching import attach
from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.text.markdown import parse_markdown
from reader.ui.panel.panel import Panel
from reader.ui.theme import load_theme

LIGHT = load_theme(Path(__file__).parents[2] / "resources" / "themes", "light")

WORDS = """\
Anna met Émile in Ghent. Later Anna left Ghent for Ålesund.

The flood came, and after the flood the thaw. At last Anna wrote about the flood.
"""
ANNOTATIONS = (
    Annotation("flood", Kind.EVENT, "The flood", terms=("flood",), date="1911-03", body="Rain."),
    Annotation("thaw", Kind.EVENT, "The thaw", terms=("thaw",), date="1911-03-02"),
    Annotation("zoe", Kind.PERSON, "Zoë", body="Not in the text; a friend of **Anna**."),
    Annotation("emile", Kind.PERSON, "Émile", terms=("Émile",)),
    Annotation("anna", Kind.PERSON, "anna", terms=("Anna",), body="Born in “Liège”."),
    Annotation("ghent", Kind.PLACE, "Ghent", terms=("i:ghent",), date="1911", until="1913"),
    Annotation("why", Kind.QUESTION, "Why now?", whole_text=True, body="What do you think?"),
    Annotation("note-10", Kind.REFERENCE, "Note 10"),
    Annotation("note-2", Kind.REFERENCE, "Note 2", date="1890"),
    Annotation("quoted", Kind.DEFINITION, "“Borders”"),
    Annotation("arch", Kind.DEFINITION, "arch", terms=("arch-words",)),
    Annotation("crue", Kind.DEFINITION, "Crue"),
)


def copy_of(markdown: str, *annotations: Annotation) -> Copy:
    text = parse_markdown(markdown)
    return Copy(
        path=Path("article.md"),
        manifest=Manifest("urn:uuid:0", "A winter", "article.md"),
        text=text,
        revision="sha256:0",
        annotations=annotations,
        attachment=attach(text, annotations),
    )


@pytest.fixture
def panel(qtbot) -> Panel:
    panel = Panel(LIGHT)
    panel.resize(232, 900)
    panel.set_copy(copy_of(WORDS, *ANNOTATIONS))
    panel.show_page("index")
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def by_name(panel: Panel, name: str) -> QListView:
    return next(each for each in panel.findChildren(QListView) if each.accessibleName() == name)


@pytest.fixture
def index(panel: Panel) -> QListView:
    return by_name(panel, "Annotations by kind")


@pytest.fixture
def timeline(panel: Panel) -> QListView:
    return by_name(panel, "Timeline")


@pytest.fixture
def field(panel: Panel) -> QLineEdit:
    fields = panel.findChildren(QLineEdit)
    return next(each for each in fields if each.accessibleName() == "Filter the index")


def titles(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def spoken(view: QListView) -> list[str]:
    model = view.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def row_of(view: QListView, title: str) -> int:
    return titles(view).index(title)


def click(view: QListView, title: str) -> None:
    place = view.visualRect(view.model().index(row_of(view, title), 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def type_in(field: QLineEdit, words: str) -> None:
    for letter in words:  # QTest.keyClicks knows ASCII alone
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, event)


def picture_of(view: QListView, title: str) -> QImage:
    rect = view.visualRect(view.model().index(row_of(view, title), 0))
    return view.viewport().grab(rect).toImage()


# By kind -----------------------------------------------------------------------------------------


def test_groups_by_kind_and_sorts_by_title(index: QListView) -> None:
    assert titles(index) == [
        *("Definitions", "arch", "“Borders”", "Crue"),
        *("People", "anna", "Émile", "Zoë"),
        *("Places", "Ghent"),
        *("Events", "The flood", "The thaw"),
        *("References", "Note 2", "Note 10"),
        *("Questions", "Why now?"),
    ]


def test_sorts_as_the_language_of_the_interface_does(panel: Panel, index: QListView) -> None:
    places = [Annotation(name, Kind.PLACE, name) for name in ("Ålesund", "Bergen", "Zagreb")]
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("nb_NO"))
        panel.set_copy(copy_of(WORDS, *places))
        assert titles(index) == ["Places", "Bergen", "Zagreb", "Ålesund"]
        QLocale.setDefault(QLocale("en_GB"))
        panel.set_copy(copy_of(WORDS, *places))
        assert titles(index) == ["Places", "Ålesund", "Bergen", "Zagreb"]
    finally:
        QLocale.setDefault(before)


def test_rows_say_what_they_are(index: QListView) -> None:
    said = spoken(index)
    assert said[row_of(index, "The flood")].startswith("Event, The flood, 3 mention")
    assert said[row_of(index, "Zoë")].startswith("Person, Zoë, 0 mention")
    assert said[row_of(index, "Why now?")] == "Question, Why now?"
    assert said[row_of(index, "People")] == "People"


def test_ticks_stand_where_the_mentions_are(index: QListView) -> None:
    copy = copy_of(WORDS, *ANNOTATIONS)
    picture = picture_of(index, "anna")
    color = QColor(LIGHT["person"])
    bars = [
        y
        for y in range(picture.height())
        if picture.pixelColor(picture.width() // 2, y) == QColor(LIGHT["border"])
    ]
    middle = bars[len(bars) // 2]
    row = [picture.pixelColor(x, middle) for x in range(picture.width())]
    left = next(x for x, here in enumerate(row) if here != QColor(LIGHT["window"]))
    right = max(x for x, here in enumerate(row) if here != QColor(LIGHT["window"]))
    assert left < 25
    assert right > picture.width() - 25
    starts = [x for x in range(1, len(row)) if row[x] == color and row[x - 1] != color]
    expected = [
        left + mention.start / len(copy.text.string) * (right - left)
        for mention in copy.attachment.of("anna")
    ]
    assert len(expected) == 3
    assert starts == pytest.approx(expected, abs=2)


def test_an_annotation_without_mentions_has_no_ticks(index: QListView) -> None:
    # The square before the title is in the kind's colour too: only what is below counts.
    def lowest(title: str, kind: str) -> int:
        picture = picture_of(index, title)
        ys = range(picture.height())
        xs = range(picture.width())
        color = QColor(LIGHT[kind])
        return max(y for y in ys if any(picture.pixelColor(x, y) == color for x in xs))

    assert lowest("Zoë", "person") < lowest("anna", "person") - 5


def test_a_click_chooses(qtbot, panel: Panel, index: QListView) -> None:
    with qtbot.waitSignal(panel.annotation_chosen) as chosen:
        click(index, "Émile")
    assert chosen.args == ["emile"]
    with qtbot.assertNotEmitted(panel.annotation_chosen):
        click(index, "Places")


def test_arrow_keys_skip_the_headings_and_enter_chooses(
    qtbot, panel: Panel, index: QListView
) -> None:
    panel.focus()
    assert index.currentIndex().data() == "arch"
    with qtbot.assertNotEmitted(panel.annotation_chosen):
        for _ in range(3):
            QTest.keyClick(index, Qt.Key.Key_Down)
    assert index.currentIndex().data() == "anna"
    with qtbot.waitSignal(panel.annotation_chosen) as chosen:
        QTest.keyClick(index, Qt.Key.Key_Return)
    assert chosen.args == ["anna"]
    QTest.keyClick(index, Qt.Key.Key_Up)
    assert index.currentIndex().data() == "Crue"
    QTest.keyClick(index, Qt.Key.Key_End)
    assert index.currentIndex().data() == "Why now?"
    QTest.keyClick(index, Qt.Key.Key_Home)
    assert index.currentIndex().data() == "arch"


def test_going_up_brings_the_groups_heading_into_sight(panel: Panel, index: QListView) -> None:
    panel.resize(232, 260)
    panel.focus()
    QTest.keyClick(index, Qt.Key.Key_End)
    assert index.verticalScrollBar().value() > 0
    for _ in range(20):
        QTest.keyClick(index, Qt.Key.Key_Up)
    heading = index.visualRect(index.model().index(0, 0))
    assert index.viewport().rect().contains(heading)


def test_the_chosen_row_stays_marked(panel: Panel, index: QListView) -> None:
    click(index, "Ghent")
    QTest.keyClick(index, Qt.Key.Key_Down)
    assert picture_of(index, "Ghent").pixelColor(9, 9) == QColor(LIGHT["chosen"])
    assert picture_of(index, "The flood").pixelColor(9, 9) == QColor(LIGHT["window"])


def test_says_so_where_there_are_no_annotations(panel: Panel, index: QListView) -> None:
    panel.set_copy(copy_of(WORDS))
    assert titles(index) == []
    assert index.accessibleDescription() == "This text has no annotations."


# The filter --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("flood", ["Events", "The flood"]),
        ("EMILE", ["People", "Émile"]),
        ("zoë", ["People", "Zoë"]),
        ("liege", ["People", "anna"]),  # in the body, with an accent
        ('"liège"', ["People", "anna"]),  # typed straight, set curly
        ("arch-words", ["Definitions", "arch"]),  # a term
        ("anna", ["People", "anna", "Zoë"]),
        ("friend zoe", ["People", "Zoë"]),  # every word, in any order
        ("note", ["References", "Note 2", "Note 10"]),
    ],
)
def test_filters_as_you_type(
    index: QListView, field: QLineEdit, typed: str, left: list[str]
) -> None:
    assert field.placeholderText() == "Filter"
    field.setFocus()
    type_in(field, typed)
    assert titles(index) == left


def test_says_when_nothing_matches(index: QListView, field: QLineEdit) -> None:
    type_in(field, "xyz")
    assert titles(index) == []
    assert index.accessibleDescription() == "Nothing matches “xyz”."
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert index.accessibleDescription() == ""
    assert len(titles(index)) == 18


def test_the_cross_clears_the_filter(index: QListView, field: QLineEdit) -> None:
    [cross] = field.findChildren(QAbstractButton)
    assert cross.accessibleName() == "Clear the filter"
    assert not cross.isVisible()
    type_in(field, "flood")
    assert cross.isVisible()
    assert field.rect().contains(cross.geometry())
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert len(titles(index)) == 18
    assert not cross.isVisible()


def test_down_goes_on_to_the_list_and_up_comes_back(index: QListView, field: QLineEdit) -> None:
    field.setFocus()
    type_in(field, "anna")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert index.hasFocus()
    assert index.currentIndex().data() == "anna"
    QTest.keyClick(index, Qt.Key.Key_Down)
    QTest.keyClick(index, Qt.Key.Key_Up)
    assert index.hasFocus()
    QTest.keyClick(index, Qt.Key.Key_Up)
    assert field.hasFocus()
    assert field.text() == "anna"


def test_enter_in_the_filter_chooses_the_first_hit(qtbot, panel: Panel, field: QLineEdit) -> None:
    field.setFocus()
    with qtbot.assertNotEmitted(panel.annotation_chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    type_in(field, "ghe")
    with qtbot.waitSignal(panel.annotation_chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["ghent"]


def test_another_copy_starts_unfiltered(panel: Panel, index: QListView, field: QLineEdit) -> None:
    type_in(field, "xyz")
    panel.set_copy(copy_of(WORDS, *ANNOTATIONS[:1]))
    assert field.text() == ""
    assert titles(index) == ["Events", "The flood"]


# By date -----------------------------------------------------------------------------------------


def test_the_timeline_goes_by_date(panel: Panel, timeline: QListView) -> None:
    panel.show_page("timeline")
    assert titles(timeline) == ["Note 2", "Ghent", "The flood", "The thaw"]
    said = spoken(timeline)
    assert said[0].startswith("1890, Note 2, Reference")
    assert said[1].startswith("1911 – 1913, Ghent, Place, 2 mention")
    assert said[2].startswith("March 1911, The flood, Event, 3 mention")
    assert said[3].startswith("2 March 1911, The thaw, Event, 1 mention")


def test_dots_are_in_the_colours_of_the_kinds(panel: Panel, timeline: QListView) -> None:
    panel.show_page("timeline")

    def has(title: str, kind: str) -> bool:
        picture = picture_of(timeline, title)
        left = [picture.pixelColor(x, y) for x in range(32) for y in range(picture.height())]
        return QColor(LIGHT[kind]) in left

    assert has("Ghent", "place")
    assert has("The thaw", "event")
    assert not has("The thaw", "place")


def test_the_line_runs_from_the_first_dot_to_the_last(panel: Panel, timeline: QListView) -> None:
    panel.show_page("timeline")
    ground = QColor(LIGHT["window"])

    def line_at(title: str) -> tuple[bool, bool]:
        """Whether there is a line at the upper and at the lower edge of a row."""
        picture = picture_of(timeline, title)
        edges = (0, picture.height() - 1)
        upper, lower = (any(picture.pixelColor(x, y) != ground for x in range(32)) for y in edges)
        return upper, lower

    assert [line_at(title) for title in titles(timeline)] == [
        (False, True),
        (True, True),
        (True, True),
        (True, False),
    ]


def test_the_switch_is_worked_by_keys_and_mouse(
    qtbot, panel: Panel, index: QListView, timeline: QListView
) -> None:
    switch = next(each for each in panel.findChildren(QTabBar) if each.tabText(0) == "By kind")
    switch.setFocus()
    with qtbot.waitSignal(panel.page_changed) as changed:
        QTest.keyClick(switch, Qt.Key.Key_Right)
    assert changed.args == ["timeline"]
    assert timeline.isVisible()
    assert not index.isVisible()
    place = switch.tabRect(0).center()
    with qtbot.waitSignal(panel.page_changed) as changed:
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=place)
    assert changed.args == ["index"]
    assert index.isVisible()


def test_the_tab_comes_back_to_the_order_that_was_shown(panel: Panel) -> None:
    panel.show_page("timeline")
    tabs = next(each for each in panel.findChildren(QTabBar) if each.tabText(0) == "Contents")
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert panel.page == "contents"
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert panel.page == "timeline"


def test_the_timeline_is_filtered_too(
    qtbot, panel: Panel, timeline: QListView, field: QLineEdit
) -> None:
    type_in(field, "flood")  # while the index by kind is shown
    panel.show_page("timeline")
    assert titles(timeline) == ["The flood"]
    type_in(field, "x")
    assert timeline.accessibleDescription() == "Nothing matches “floodx”."
    field.clear()
    panel.focus()
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.annotation_chosen) as chosen:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert chosen.args == ["ghent"]


def test_says_so_where_nothing_has_a_date(panel: Panel, timeline: QListView) -> None:
    panel.set_copy(copy_of(WORDS, Annotation("anna", Kind.PERSON, "Anna")))
    panel.show_page("timeline")
    assert titles(timeline) == []
    assert timeline.accessibleDescription() == "No annotation of this text has a date."


# Many --------------------------------------------------------------------------------------------


def test_ten_thousand_annotations(panel: Panel, index: QListView, field: QLineEdit) -> None:
    kinds = list(Kind)
    many = [
        Annotation(f"a{number}", kinds[number % 8], f"Título {number}", body="Words. " * 20)
        for number in range(10_000)
    ]
    panel.set_copy(copy_of(WORDS, *many))
    assert len(titles(index)) == 10_008
    assert titles(index)[1:4] == ["Título 0", "Título 8", "Título 16"]
    type_in(field, "titulo 9999")
    assert titles(index) == ["Questions", "Título 9999"]
    field.clear()
    panel.focus()
    QTest.keyClick(index, Qt.Key.Key_End)
    QApplication.processEvents()
    assert index.viewport().rect().contains(index.visualRect(index.currentIndex()))
    assert index.currentIndex().data() == "Título 9999"
