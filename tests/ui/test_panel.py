"""The left panel and its contents, driven as a reader drives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QHelpEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QTextEdit, QToolTip, QVBoxLayout, QWidget

from reader.annotations.attaching import attach
from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.text.markdown import parse_markdown
from reader.ui.panel.panel import Panel
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme, load_theme

THEMES = Path(__file__).parents[2] / "resources" / "themes"

ARTICLE = """\
# The Night Train

A foreword.

## Departure

Words.

## The border

Words.

### Papers, please

#### Stamps

## Arrival

Words.
"""
TITLES = ["Departure", "The border", "Papers, please", "Stamps", "Arrival"]


def copy_of(markdown: str, *annotations: Annotation) -> Copy:
    text = parse_markdown(markdown)
    return Copy(
        path=Path("article.md"),
        manifest=Manifest("urn:uuid:0", "The Night Train", "article.md"),
        text=text,
        revision="sha256:0",
        annotations=annotations,
        attachment=attach(text, annotations),
    )


@pytest.fixture
def copy() -> Copy:
    return copy_of(ARTICLE, Annotation("words", Kind.DEFINITION, "Words", terms=("Words",)))


@pytest.fixture
def light() -> Theme:
    return load_theme(THEMES, "light")


@pytest.fixture
def panel(qtbot, light: Theme, copy: Copy) -> Panel:
    panel = Panel(light)
    panel.resize(232, 600)
    panel.set_copy(copy)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def contents_of(panel: Panel) -> RowList:
    lists = panel.findChildren(RowList)
    return next(each for each in lists if each.accessibleName() == "Contents")


def tabs_of(panel: Panel) -> QTabBar:
    return next(each for each in panel.findChildren(QTabBar) if each.tabText(0) == "Contents")


def titles(view: RowList) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def spoken(view: RowList, row: int) -> str:
    return view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def being_read(view: RowList) -> list[str]:
    """The titles of the rows with a bar in the accent's colour at their left edge."""
    picture = view.viewport().grab().toImage()
    accent = QColor(load_theme(THEMES, "light")["accent"])
    rows = (view.model().index(row, 0) for row in range(view.model().rowCount()))
    return [
        row.data()
        for row in rows
        if view.viewport().rect().contains(view.visualRect(row))
        and picture.pixelColor(0, view.visualRect(row).center().y()) == accent
    ]


def click(view: RowList, row: int) -> None:
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def place_of(copy: Copy, title: str) -> int:
    return next(section.start for section in copy.text.sections if section.title == title)


# Contents ----------------------------------------------------------------------------------------


def test_lists_the_sections_without_the_texts_own_title(panel: Panel) -> None:
    assert titles(contents_of(panel)) == TITLES


def test_keeps_the_first_heading_where_it_is_not_the_title(panel: Panel) -> None:
    contents = contents_of(panel)
    panel.set_copy(copy_of("# One\n\n# Two\n\n## Inner\n"))
    assert titles(contents) == ["One", "Two", "Inner"]
    panel.set_copy(copy_of("Before.\n\n# One\n\n## Inner\n"))
    assert titles(contents) == ["One", "Inner"]
    panel.set_copy(copy_of("# Alone\n\nWords.\n"))
    assert titles(contents) == ["Alone"]


def test_deeper_sections_are_indented_by_their_level(panel: Panel, light: Theme) -> None:
    contents = contents_of(panel)
    picture = contents.viewport().grab().toImage()
    ground = QColor(light["window"])

    def indent(row: int) -> int:
        rect = contents.visualRect(contents.model().index(row, 0))
        return next(
            x
            for x in range(rect.width())
            if any(picture.pixelColor(x, y) != ground for y in range(rect.top(), rect.bottom()))
        )

    departure, _, papers, stamps, _ = (indent(row) for row in range(5))
    assert 10 <= papers - departure <= 18
    assert 10 <= stamps - papers <= 18
    assert spoken(contents, 0) == "Departure"
    assert spoken(contents, 3) == "Stamps, level 3"


def test_marks_the_section_that_is_being_read(panel: Panel, copy: Copy) -> None:
    contents = contents_of(panel)
    assert being_read(contents) == []
    panel.set_place(place_of(copy, "Departure") - 1)
    assert being_read(contents) == []
    panel.set_place(place_of(copy, "Departure"))
    assert being_read(contents) == ["Departure"]
    panel.set_place(place_of(copy, "Papers, please") - 1)
    assert being_read(contents) == ["The border"]
    assert spoken(contents, 1) == "The border, being read"
    panel.set_place(len(copy.text.string))
    assert being_read(contents) == ["Arrival"]
    panel.set_place(0)
    assert being_read(contents) == []


def test_another_copy_starts_with_nothing_marked(panel: Panel, copy: Copy) -> None:
    panel.set_place(place_of(copy, "Arrival"))
    panel.set_copy(copy_of("## One\n\n## Two\n"))
    assert titles(contents_of(panel)) == ["One", "Two"]
    assert being_read(contents_of(panel)) == []


def test_a_click_travels_to_the_section(qtbot, panel: Panel, copy: Copy) -> None:
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        click(contents_of(panel), 2)
    assert chosen.args == [place_of(copy, "Papers, please")]


def test_arrow_keys_move_and_enter_travels(qtbot, panel: Panel, copy: Copy) -> None:
    contents = contents_of(panel)
    panel.set_place(place_of(copy, "The border"))
    panel.focus()
    assert contents.hasFocus()
    with qtbot.assertNotEmitted(panel.place_chosen):
        QTest.keyClick(contents, Qt.Key.Key_Down)
        QTest.keyClick(contents, Qt.Key.Key_Down)
    assert contents.currentIndex().data() == "Stamps"  # two below the one being read
    assert being_read(contents) == ["The border"]
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        QTest.keyClick(contents, Qt.Key.Key_Return)
    assert chosen.args == [place_of(copy, "Stamps")]
    QTest.keyClick(contents, Qt.Key.Key_Home)
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        QTest.keyClick(contents, Qt.Key.Key_Enter)
    assert chosen.args == [place_of(copy, "Departure")]


def test_reading_on_leaves_the_keyboard_where_it_is(panel: Panel, copy: Copy) -> None:
    contents = contents_of(panel)
    panel.focus()
    QTest.keyClick(contents, Qt.Key.Key_End)
    panel.set_place(place_of(copy, "Departure"))
    assert contents.currentIndex().data() == "Arrival"
    assert being_read(contents) == ["Departure"]


def test_follows_the_place_without_taking_the_focus(qtbot, light: Theme) -> None:
    long = copy_of("".join(f"## Chapter {number}\n\nWords.\n\n" for number in range(1, 10001)))
    window = QWidget()
    qtbot.addWidget(window)
    panel, page = Panel(light), QTextEdit()
    page.setAccessibleName("The page")
    layout = QVBoxLayout(window)
    layout.addWidget(panel)
    layout.addWidget(page)
    window.resize(260, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.setFocus()
    panel.set_copy(long)
    for title in ("Chapter 10000", "Chapter 7001", "Chapter 7002", "Chapter 3"):
        panel.set_place(place_of(long, title))
        assert being_read(contents_of(panel)) == [title]
    assert page.hasFocus()


def test_is_in_sight_when_the_contents_are_shown_again(panel: Panel) -> None:
    long = copy_of("".join(f"## Chapter {number}\n\n" for number in range(200)))
    panel.set_copy(long)
    panel.show_page("index")
    panel.set_place(place_of(long, "Chapter 150"))
    panel.show_page("contents")
    assert being_read(contents_of(panel)) == ["Chapter 150"]


def test_is_in_sight_when_it_was_known_before_the_panel_was_shown(qtbot, light: Theme) -> None:
    long = copy_of("".join(f"## Chapter {number}\n\n" for number in range(200)))
    panel = Panel(light)
    qtbot.addWidget(panel)
    panel.set_copy(long)
    panel.set_place(place_of(long, "Chapter 150"))
    panel.resize(232, 300)
    panel.show()
    assert being_read(contents_of(panel)) == ["Chapter 150"]


def test_a_long_title_takes_two_lines_and_is_told_whole(qtbot, panel: Panel) -> None:
    long = "A heading <b> that goes on and on until nobody remembers how it began or why " * 2
    panel.set_copy(copy_of(f"## Short\n\n## A title that takes two lines here\n\n## {long}\n"))
    contents = contents_of(panel)
    QApplication.processEvents()
    one, two, cut = (contents.visualRect(contents.model().index(row, 0)) for row in range(3))
    line = contents.fontMetrics().height()
    assert two.height() - one.height() == pytest.approx(line, abs=1)
    assert cut.height() == two.height()

    def tip(place: QPoint) -> str:
        viewport = contents.viewport()
        event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, event)
        return QToolTip.text() if QToolTip.isVisible() else ""

    words = QTextDocument()
    words.setHtml(tip(cut.center()))
    assert words.toPlainText() == long.strip(), "what looks like HTML is shown as it is written"
    qtbot.waitUntil(lambda: tip(two.center()) == "")


def test_a_wider_panel_lets_titles_have_one_line(panel: Panel) -> None:
    panel.set_copy(copy_of("## A title that takes two lines here\n\n## Short\n"))
    contents = contents_of(panel)

    def rows() -> list[QRect]:
        QApplication.processEvents()
        return [contents.visualRect(contents.model().index(row, 0)) for row in (0, 1)]

    first, second = rows()
    assert first.height() > second.height()
    panel.resize(500, 600)
    first, second = rows()
    assert first.height() == second.height()
    assert second.top() == first.bottom() + 1


def test_rows_grow_with_the_font(panel: Panel) -> None:
    contents = contents_of(panel)
    before = contents.visualRect(contents.model().index(0, 0)).height()
    font = QFont(panel.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)
    panel.setFont(font)
    QApplication.processEvents()
    after = contents.visualRect(contents.model().index(0, 0)).height()
    assert after / before == pytest.approx(1.5, abs=0.15)


def test_says_so_where_there_are_no_headings(panel: Panel) -> None:
    contents = contents_of(panel)
    assert contents.accessibleDescription() == ""
    filled = contents.viewport().grab().toImage()
    panel.set_copy(copy_of("Words alone.\n"))
    assert titles(contents) == []
    assert contents.accessibleDescription() == "This text has no headings."
    said = contents.viewport().grab().toImage()
    contents.set_empty_words("")
    assert said not in (filled, contents.viewport().grab().toImage())
    panel.set_place(3)
    panel.focus()
    QTest.keyClick(contents, Qt.Key.Key_Return)
    assert contents.hasFocus()


def test_the_keyboards_row_is_outlined_and_the_mouses_is_not(panel: Panel, light: Theme) -> None:
    contents = contents_of(panel)
    accent = QColor(light["accent"])

    def outlined(row: int) -> bool:
        rect = contents.visualRect(contents.model().index(row, 0))
        picture = contents.viewport().grab(rect).toImage()
        column = (picture.pixelColor(rect.width() // 2, y) for y in range(4))
        return any(_near(color, accent) for color in column)

    click(contents, 1)
    assert not outlined(1)
    QTest.keyClick(contents, Qt.Key.Key_Down)
    assert outlined(2)
    assert not outlined(1)


def _near(one: QColor, other: QColor) -> bool:
    apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return all(abs(distance) < 40 for distance in apart)


# Pages -------------------------------------------------------------------------------------------


def test_shows_the_page_that_is_named(qtbot, panel: Panel) -> None:
    changes: list[str] = []
    panel.page_changed.connect(changes.append)
    assert panel.page == "contents"
    for name in ("timeline", "index", "index", "contents", "timeline", "contents", "index"):
        panel.show_page(name)
        assert panel.page == name
    assert changes == ["timeline", "index", "contents", "timeline", "contents", "index"]
    assert not contents_of(panel).isVisible()
    with pytest.raises(KeyError):
        panel.show_page("nothing")


def test_tabs_are_changed_with_arrow_keys(qtbot, panel: Panel) -> None:
    tabs = tabs_of(panel)
    tabs.setFocus()
    with qtbot.waitSignal(panel.page_changed) as changed:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert changed.args == ["index"]
    assert tabs.hasFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Home)
    assert panel.page == "contents"
    QTest.keyClick(tabs, Qt.Key.Key_End)
    assert panel.page == "notes"
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert panel.page == "index"
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert panel.page == "contents"
    QTest.keyClick(tabs, Qt.Key.Key_Tab)
    assert contents_of(panel).hasFocus()


def test_a_click_on_a_tab_shows_its_page(panel: Panel) -> None:
    tabs = tabs_of(panel)
    place = tabs.tabRect(1).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
    assert panel.page == "index"


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""


def test_the_focus_stays_with_the_page(panel: Panel) -> None:
    panel.focus()
    panel.show_page("index")
    assert focused() == "Annotations by kind"
    panel.show_page("timeline")
    assert focused() == "Timeline"
    panel.show_page("contents")
    assert focused() == "Contents"


def test_narrow_and_large_it_still_fits(panel: Panel) -> None:
    font = QFont(panel.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)
    panel.setFont(font)
    panel.resize(180, 500)
    QApplication.processEvents()
    assert panel.width() == 180
    tabs = tabs_of(panel)
    assert all(tabs.rect().contains(tabs.tabRect(tab)) for tab in range(tabs.count()))
    assert tabs.mapTo(panel, QPoint(tabs.width(), 0)).x() <= 180


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_wears_its_theme(panel: Panel, copy: Copy, name: str) -> None:
    theme = load_theme(THEMES, name)
    panel.apply_theme(theme)
    panel.set_place(place_of(copy, "Arrival"))
    picture = panel.grab().toImage()
    assert picture.pixelColor(3, 3).name() == theme["window"]
    contents = contents_of(panel)
    row = contents.visualRect(contents.model().index(4, 0))
    inside = contents.viewport().mapTo(panel, row.topRight() + QPoint(-4, 4))
    assert picture.pixelColor(inside).name() == theme["chosen"]
    below = contents.viewport().mapTo(panel, contents.viewport().rect().bottomRight())
    assert picture.pixelColor(below + QPoint(-3, -3)).name() == theme["window"]


def test_everything_has_a_name(panel: Panel) -> None:
    for name in ("index", "notes"):
        panel.show_page(name)
    reachable = [
        each for each in panel.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(reachable) >= 6  # two rows of tabs, three lists, the filter
    for each in (panel, *reachable):
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.text(QAccessible.Text.Name), each


def test_a_screen_reader_hears_the_rows(panel: Panel, copy: Copy) -> None:
    panel.set_place(place_of(copy, "Departure"))
    interface = QAccessible.queryAccessibleInterface(contents_of(panel))
    rows = [interface.child(row).text(QAccessible.Text.Name) for row in range(3)]
    assert rows == ["Departure, being read", "The border", "Papers, please, level 2"]
