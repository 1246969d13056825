"""The texts of the library, driven as a reader drives them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QEvent,
    QLocale,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QMessageBox,
    QPushButton,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from reader.library.texts import TextEntry
from reader.locations import bundled
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.library.page import LibraryPage
from reader.ui.library.painting import kind_of
from reader.ui.library.text_row import Spot, TextDelegate
from reader.ui.library.texts_model import Shelf, TextsByTitle
from reader.ui.theme import Theme

TODAY = date(2025, 6, 4)
DAY = 86400.0
NOW = datetime(2025, 6, 4, 14).timestamp()

WEAPONS = TextEntry(
    "urn:weapons", "The night of 537 weapons", ("Year 11 History",), "A news analysis",
    Path("/x/weapons"), "en", 0.38, NOW, NOW - 9 * DAY, 21_000, 46, 5, 2,
)  # fmt: skip
PEACE = TextEntry(
    "urn:peace", "War and Peace", ("Leo Tolstoy",), "", Path("/x/peace.txt"), "en",
    0.12, NOW - 4 * DAY, NOW - 30 * DAY, 3_270_000, 0, 41, 0,
)  # fmt: skip
ZEBRAS = TextEntry(
    "urn:zebras", "Ähnliche Zebras", ("Änne",), "", Path("/x/zebras.md"), "de",
    1.0, NOW - 20 * DAY, NOW - 40 * DAY, 4000,
)  # fmt: skip
INFLATION = TextEntry(
    "urn:inflation", "The causes of inflation", ("Ms Okafor",), "", Path("/x/inflation"), "en",
    0.0, 0.0, NOW - 50 * DAY, 14_000, 3,
)  # fmt: skip
DRAFT = TextEntry(
    "urn:draft", "A lost draft", (), "", Path("/x/draft.md"), "en",
    0.5, NOW - 3 * DAY, NOW - 60 * DAY, 5000, 0, 5, 2, removed=True,
)  # fmt: skip
TEXTS = (WEAPONS, PEACE, ZEBRAS, INFLATION)
DROP = "Drop an annotated copy, a Markdown or a text file here"
REMOVED = "Removed, with your marks"


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def make(qtbot: Any, look: None, faces: Faces, theme: Theme) -> Callable[..., LibraryPage]:
    def make(*texts: TextEntry, size: tuple[int, int] = (1000, 650)) -> LibraryPage:
        icons = Icons(bundled("resources") / "icons", theme)
        page = LibraryPage(faces, theme, icons, lambda: TODAY)
        page.set_side(40)
        page.show_texts(TextsByTitle.of(texts))
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return make


@pytest.fixture
def page(make: Callable[..., LibraryPage]) -> LibraryPage:
    return make(*TEXTS)


def titles(page: LibraryPage) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def index_of(page: LibraryPage, title: str) -> QModelIndex:
    return page.list.model().index(titles(page).index(title), 0)


def rect_of(page: LibraryPage, title: str) -> QRect:
    return page.list.visualRect(index_of(page, title))


def option_of(page: LibraryPage, title: str) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    page.list.initViewItemOption(option)
    option.rect = rect_of(page, title)
    return option


def delegate(page: LibraryPage) -> TextDelegate:
    found = page.list.itemDelegate()
    assert isinstance(found, TextDelegate)
    return found


def click(page: LibraryPage, place: QPoint) -> None:
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def picture(page: LibraryPage) -> QImage:
    return page.list.viewport().grab().toImage()


def chip_words(page: LibraryPage) -> list[str]:
    return [chip.text() for chip in page.chips.values() if not chip.isHidden()]


def open_menu(page: LibraryPage) -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def action(menu: QMenu, words: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == words)


# What is listed ----------------------------------------------------------------------------------


def test_lists_the_text_read_last_first_and_ends_with_a_place_to_drop(page: LibraryPage) -> None:
    assert titles(page) == [
        "The night of 537 weapons",
        "War and Peace",
        "Ähnliche Zebras",
        "The causes of inflation",
        DROP,
    ]


def test_a_new_text_is_not_to_be_looked_for_at_the_end(make) -> None:
    new = TextEntry("urn:new", "Brand new", added=NOW - 60)
    assert titles(make(PEACE, new))[:2] == ["Brand new", "War and Peace"]


def test_chips_say_how_many_there_are_and_narrow_the_list(page: LibraryPage) -> None:
    assert chip_words(page) == ["All 4", "Reading 2", "From others 2", "With my notes 2"]
    wanted = {
        Shelf.READING: ["The night of 537 weapons", "War and Peace", DROP],
        Shelf.OTHERS: ["The night of 537 weapons", "The causes of inflation", DROP],
        Shelf.NOTES: ["The night of 537 weapons", "War and Peace", DROP],
        Shelf.ALL: [each.title for each in TEXTS] + [DROP],
    }
    for shelf, shown in wanted.items():
        QTest.mouseClick(page.chips[shelf], Qt.MouseButton.LeftButton)
        assert titles(page) == shown


def test_arrow_keys_go_from_chip_to_chip(page: LibraryPage) -> None:
    page.chips[Shelf.ALL].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.chips[Shelf.ALL], Qt.Key.Key_Right)
    assert page.chips[Shelf.READING].hasFocus()
    assert page.chips[Shelf.READING].isChecked()
    assert titles(page) == ["The night of 537 weapons", "War and Peace", DROP]


def test_an_empty_shelf_says_why(make) -> None:
    page = make(ZEBRAS)
    said = []
    for shelf in (Shelf.READING, Shelf.OTHERS, Shelf.NOTES):
        QTest.mouseClick(page.chips[shelf], Qt.MouseButton.LeftButton)
        assert titles(page) == []
        said.append(page.list.accessibleDescription())
    assert said == [
        "You are in the middle of no text.",
        "No text here was annotated by others.",
        "You have marked nothing yet.",
    ]


@pytest.mark.parametrize(
    ("name", "first", "key"),
    [
        ("Title", ["Ähnliche Zebras", "The causes of inflation"], "title"),
        ("Progress", ["Ähnliche Zebras", "The night of 537 weapons"], "progress"),
        ("Added", ["The night of 537 weapons", "War and Peace"], "added"),
    ],
)
def test_sorts_as_the_menu_says(
    qtbot: Any, page: LibraryPage, name: str, first: list[str], key: str
) -> None:
    menu = page.order.menu()
    assert menu is not None
    with qtbot.waitSignal(page.order_changed) as changed:
        action(menu, name).trigger()
    assert changed.args == [key]
    assert titles(page)[:2] == first
    assert page.order.text() == name
    assert page.order.accessibleName() == f"Sort by: {name}"
    assert [each.text() for each in menu.actions() if each.isChecked()] == [name]


def test_an_order_that_there_is_not_is_an_error(page: LibraryPage) -> None:
    with pytest.raises(ValueError, match="size"):
        page.set_order("size")


# The filter --------------------------------------------------------------------------------------


def test_filters_as_one_types_whatever_the_case_and_the_accents(page: LibraryPage) -> None:
    page.focus_field()
    QTest.keyClicks(page.filter, "tOLST")
    assert titles(page) == ["War and Peace", DROP]
    page.filter.clear()
    QTest.keyClicks(page.filter, "ahnl anne")
    assert titles(page) == ["Ähnliche Zebras", DROP]
    QTest.keyClicks(page.filter, "xx")
    assert titles(page) == []
    assert page.list.accessibleDescription() == "Nothing matches “ahnl annexx”."
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert len(titles(page)) == 5
    assert chip_words(page)[0] == "All 4"


def test_enter_in_the_filter_opens_the_first(qtbot: Any, page: LibraryPage) -> None:
    page.focus_field()
    with qtbot.assertNotEmitted(page.open_wanted):
        QTest.keyClick(page.filter, Qt.Key.Key_Return)
    QTest.keyClicks(page.filter, "peace")
    with qtbot.waitSignal(page.open_wanted) as wanted:
        QTest.keyClick(page.filter, Qt.Key.Key_Return)
    assert wanted.args == ["urn:peace"]


def test_down_goes_to_the_list_and_up_comes_back(page: LibraryPage) -> None:
    page.focus_field()
    QTest.keyClick(page.filter, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().data() == "The night of 537 weapons"
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.filter.hasFocus()


# Opening, removing, exporting --------------------------------------------------------------------


def test_enter_opens_the_row_of_the_keyboard(qtbot: Any, page: LibraryPage) -> None:
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_wanted) as wanted:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args == ["urn:peace"]


def test_a_click_opens_and_a_double_click_opens_once(qtbot: Any, page: LibraryPage) -> None:
    opened: list[str] = []
    page.open_wanted.connect(opened.append)
    place = rect_of(page, "War and Peace").center()
    click(page, place)
    assert opened == ["urn:peace"]
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    click(page, place)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["urn:peace"] * 2
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    click(page, place)  # the release of the double click went elsewhere
    assert opened == ["urn:peace"] * 3


def test_the_place_to_drop_opens_a_file(qtbot: Any, page: LibraryPage) -> None:
    with qtbot.waitSignal(page.open_file_wanted):
        click(page, rect_of(page, DROP).center())
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_End)
    with qtbot.waitSignal(page.open_file_wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(page.remove_wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Delete)


def test_delete_removes_and_goes_on_with_the_next_text(qtbot: Any, page: LibraryPage) -> None:
    page.remove_wanted.connect(
        lambda text_id: page.show_texts(
            TextsByTitle.of([each for each in TEXTS if each.id != text_id])
        )
    )
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.remove_wanted) as wanted:
        QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert wanted.args == ["urn:peace"]
    assert "War and Peace" not in titles(page)
    assert page.list.currentIndex().data() == "Ähnliche Zebras"
    QTest.keyClick(page.list, Qt.Key.Key_End)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.list.currentIndex().data() == "Ähnliche Zebras"


def test_delete_is_the_lists_even_where_a_command_has_the_key(
    qtbot: Any, page: LibraryPage
) -> None:
    command = QAction(page)
    command.setShortcut(QKeySequence(Qt.Key.Key_Delete))
    page.addAction(command)
    page.focus()
    with qtbot.assertNotEmitted(command.triggered), qtbot.waitSignal(page.remove_wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Delete)


def test_the_menu_of_a_row_does_what_it_says(qtbot: Any, page: LibraryPage) -> None:
    menu = page.list.menu_of(PEACE)
    for words, signal in (
        ("Open", page.open_wanted),
        ("Export notes…", page.export_wanted),
        ("Share a copy…", page.share_wanted),
        ("Remove from the library", page.remove_wanted),
    ):
        with qtbot.waitSignal(signal) as wanted:
            action(menu, words).trigger()
        assert wanted.args == ["urn:peace"]
    assert not action(page.list.menu_of(ZEBRAS), "Export notes…").isEnabled()
    assert action(menu, "Remove from the library").shortcut() == Qt.Key.Key_Delete


@pytest.mark.parametrize("reason", ["Mouse", "Keyboard"])
def test_the_menu_opens_where_it_is_asked_for(qtbot: Any, page: LibraryPage, reason: str) -> None:
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    viewport = page.list.viewport()
    there = "Ähnliche Zebras" if reason == "Mouse" else "War and Peace"
    place = rect_of(page, "Ähnliche Zebras").center()
    event = QContextMenuEvent(QContextMenuEvent.Reason[reason], place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    qtbot.waitUntil(lambda: open_menu(page) is not None)
    menu = open_menu(page)
    assert menu is not None
    assert page.list.currentIndex().data() == there
    assert page.list.visualRect(page.list.currentIndex()).contains(
        viewport.mapFromGlobal(menu.pos())
    )
    menu.close()


def test_the_dots_of_a_row_open_its_menu_and_nothing_else(qtbot: Any, page: LibraryPage) -> None:
    spot = delegate(page).spot_rect(option_of(page, "War and Peace"), Spot.MORE)
    before = picture(page).copy(spot)
    QTest.mouseMove(page.list.viewport(), spot.center() - QPoint(3 * spot.width(), 0))
    qtbot.waitUntil(lambda: picture(page).copy(spot) != before)
    beside = picture(page).copy(spot)
    QTest.mouseMove(page.list.viewport(), spot.center())
    qtbot.waitUntil(lambda: picture(page).copy(spot) != beside)
    with qtbot.assertNotEmitted(page.open_wanted):
        click(page, spot.center())
    menu = open_menu(page)
    assert menu is not None
    with qtbot.waitSignal(page.export_wanted) as wanted:
        action(menu, "Export notes…").trigger()
    assert wanted.args == ["urn:peace"]
    menu.close()


# Removed texts -----------------------------------------------------------------------------------


def test_removed_texts_with_marks_have_a_group_of_their_own(make) -> None:
    bare = TextEntry("urn:bare", "Nothing in it", removed=True)
    page = make(*TEXTS, DRAFT, bare)
    assert titles(page)[-3:] == [DROP, REMOVED, "A lost draft"]
    assert "Nothing in it" not in titles(page)
    assert chip_words(page)[0] == "All 4"
    heading = index_of(page, REMOVED)
    assert not heading.flags() & Qt.ItemFlag.ItemIsEnabled
    page.focus()
    QTest.keyClick(page.list, Qt.Key.Key_End)
    assert page.list.currentIndex().data() == "A lost draft"
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.currentIndex().data() == DROP


def test_removed_texts_have_a_shelf_while_there_are_any(make) -> None:
    bookmarked = TextEntry("urn:bookmarked", "Bookmarked once", others=1, removed=True)
    page = make(*TEXTS, DRAFT, bookmarked)
    assert chip_words(page)[-1] == "Removed 2"
    QTest.mouseClick(page.chips[Shelf.REMOVED], Qt.MouseButton.LeftButton)
    assert titles(page) == [REMOVED, "A lost draft", "Bookmarked once"]
    page.show_texts(TextsByTitle.of(TEXTS))
    assert "Removed" not in " ".join(chip_words(page))
    assert titles(page) == [each.title for each in TEXTS] + [DROP]


def test_a_removed_text_can_be_brought_back_where_its_file_is_there(
    qtbot: Any, make, tmp_path: Path
) -> None:
    file = tmp_path / "draft.txt"
    draft = replace(DRAFT, path=file)
    page = make(PEACE, draft)
    menu = page.list.menu_of(draft)
    assert not action(menu, "Bring back to the library").isEnabled()
    assert not action(menu, "Open").isEnabled()
    assert action(menu, "Export notes…").isEnabled()
    file.write_text("It was lost.")
    with qtbot.waitSignal(page.bring_back_wanted) as wanted:
        action(page.list.menu_of(draft), "Bring back to the library").trigger()
    assert wanted.args == ["urn:draft"]


def question() -> QMessageBox:
    return next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QMessageBox) and each.isVisible()
    )


@pytest.mark.parametrize("way", ["link", "key", "menu"])
def test_forgetting_is_asked_for_once(qtbot: Any, make, way: str) -> None:
    page = make(WEAPONS, DRAFT)

    def ask() -> QMessageBox:
        if way == "link":
            option = option_of(page, "A lost draft")
            click(page, delegate(page).spot_rect(option, Spot.FORGET).center())
        elif way == "key":
            page.focus()
            QTest.keyClick(page.list, Qt.Key.Key_End)
            QTest.keyClick(page.list, Qt.Key.Key_Delete)
        else:
            action(page.list.menu_of(DRAFT), "Forget for ever…").trigger()
        return question()

    for signal in (page.open_wanted, page.remove_wanted):
        signal.connect(lambda *_: pytest.fail("it was only to be forgotten"))
    with qtbot.assertNotEmitted(page.forget_wanted):
        box = ask()
        assert box.text() == "Forget “A lost draft” for ever?"
        assert "7 mark" in box.informativeText()
        QTest.keyClick(box, Qt.Key.Key_Return)  # Enter means no
        qtbot.waitUntil(lambda: not _visible(box))
    with qtbot.waitSignal(page.forget_wanted) as wanted:
        box = ask()
        yes = next(each for each in box.buttons() if each.text() == "Forget for ever")
        QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert wanted.args == ["urn:draft"]


def _visible(box: QMessageBox) -> bool:
    try:
        return box.isVisible()
    except RuntimeError:  # it is gone
        return False


def test_a_text_that_was_not_removed_offers_no_forgetting(qtbot: Any, page: LibraryPage) -> None:
    option = option_of(page, "War and Peace")
    place = delegate(page).spot_rect(option, Spot.FORGET).center()
    assert delegate(page).spot_at(option, index_of(page, "War and Peace"), place) is None
    with qtbot.waitSignal(page.open_wanted):
        click(page, place)


# How a row looks ---------------------------------------------------------------------------------


def bar_lengths(page: LibraryPage, title: str, theme: Theme) -> tuple[int, int]:
    """Pixels of the accent, and of the whole bar, on the line where the bar is."""
    columns = delegate(page).columns(option_of(page, title))
    rect, shot = rect_of(page, title), picture(page)
    accent = QColor(theme["accent"])
    rest = {QColor(theme[role]).rgb() for role in ("border", "rule")}  # the pointer may be there
    left = rect.x() + columns.progress
    best = (0, 0)
    for y in range(rect.top() + 5, rect.bottom() - 5):
        line = [shot.pixelColor(x, y) for x in range(left, left + columns.progress_width)]
        done, todo = line.count(accent), sum(each.rgb() in rest for each in line)
        best = max(best, (done, done + todo), key=lambda pair: pair[1])
    return best


@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("The night of 537 weapons", 0.38),
        ("War and Peace", 0.12),
        ("Ähnliche Zebras", 1.0),
        ("The causes of inflation", 0.0),
    ],
)
def test_the_bar_is_as_long_as_what_was_read(
    page: LibraryPage, theme: Theme, title: str, share: float
) -> None:
    done, whole = bar_lengths(page, title, theme)
    assert whole > 60
    assert done / whole == pytest.approx(share, abs=0.04)


def test_a_square_is_in_the_colour_of_the_texts_id(page: LibraryPage, theme: Theme) -> None:
    shot = picture(page)
    for entry in TEXTS:
        rect = rect_of(page, entry.title)
        place = QPoint(rect.x() + 14, rect.center().y() + 18)
        assert shot.pixelColor(place) == QColor(theme[kind_of(entry.id)]), entry.title


def test_rows_grow_with_the_font(page: LibraryPage) -> None:
    before = rect_of(page, "War and Peace").height()
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    page.setFont(font)
    QApplication.processEvents()
    after = rect_of(page, "War and Peace").height()
    assert after / before == pytest.approx(1.35, abs=0.15)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [460, 560, 640, 700, 820, 1000, 1360, 1920])
def test_columns_give_way_to_the_title(make, width: int, scale: float) -> None:
    page = make(*TEXTS, size=(width, 600))
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    page.setFont(font)
    QApplication.processEvents()
    option = option_of(page, "War and Peace")
    columns = delegate(page).columns(option)
    spot = delegate(page).spot_rect(option, Spot.MORE)
    ends = [columns.title + columns.title_width]
    if columns.progress_width:
        assert columns.progress >= ends[-1]
        ends.append(columns.progress + columns.progress_width)
    if columns.marks_width:
        assert columns.marks >= ends[-1]
        ends.append(columns.marks + columns.marks_width)
    if columns.day_width:
        assert columns.day >= ends[-1]
    else:
        assert ends[-1] <= spot.left() - option.rect.left()
    unit = option.fontMetrics.height()
    assert columns.title_width >= min(16 * unit, option.rect.width() - 8 * unit)
    if width >= 1000 * scale:
        assert columns.marks_width
        assert columns.day_width
    if columns.marks_width == 0:  # then the second line says it
        assert "41 highlight" in delegate(page)._about(option, PEACE)


def tip_at(page: LibraryPage, place: QPoint) -> str:
    viewport = page.list.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_a_title_that_is_cut_is_told_whole_and_is_no_html(qtbot: Any, make) -> None:
    long = "<b>A title</b> that goes on & on until nobody remembers how it began " * 3
    page = make(TextEntry("urn:long", long.strip(), opened=NOW), WEAPONS)
    tip = tip_at(page, rect_of(page, long.strip()).center())
    assert "&lt;b&gt;A title&lt;/b&gt; that goes on &amp; on" in tip
    qtbot.waitUntil(lambda: tip_at(page, rect_of(page, "The night of 537 weapons").center()) == "")


def test_the_keyboards_row_is_outlined(page: LibraryPage, theme: Theme) -> None:
    accent = QColor(theme["accent"])

    def outlined(title: str) -> bool:
        rect, shot = rect_of(page, title), picture(page)
        x = rect.x() + delegate(page).columns(option_of(page, title)).title - 9
        column = (shot.pixelColor(x, rect.top() + y) for y in range(4))
        return any(abs(color.red() - accent.red()) < 40 for color in column)

    page.focus()
    assert outlined("The night of 537 weapons")
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert not outlined("The night of 537 weapons")
    assert outlined("War and Peace")


# Staying where one is ----------------------------------------------------------------------------


def many(count: int) -> list[TextEntry]:
    return [
        TextEntry(
            f"urn:{number}", f"Text {number:05}", (f"Author {number % 97}",), "",
            Path(f"/x/{number}.txt"), "en", (number % 100) / 100, NOW - number * 600,
            NOW - number * 700, 20_000 + number, number % 3, number % 7, number % 2,
        )
        for number in range(count)
    ]  # fmt: skip


def test_what_is_seen_stays_where_it_is_when_the_library_changes(make) -> None:
    texts = many(300)
    page = make(*texts)
    page.focus()
    for _ in range(40):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().data() == "Text 00040"
    before = rect_of(page, "Text 00040")
    page.show_texts(TextsByTitle.of(texts[:-1]))
    assert page.list.currentIndex().data() == "Text 00040"
    assert rect_of(page, "Text 00040") == before
    assert page.list.verticalScrollBar().value() > 0


def test_five_thousand_texts_are_not_waited_for(make, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = many(5000)
    page = make(WEAPONS)
    drawn: list[int] = []
    draw = TextDelegate.draw

    def counted(self: TextDelegate, painter: Any, option: Any, index: QModelIndex) -> None:
        drawn.append(index.row())
        draw(self, painter, option, index)

    monkeypatch.setattr(TextDelegate, "draw", counted)
    before = time.perf_counter()
    page.show_texts(TextsByTitle.of(texts))
    page.grab()
    page.filter.setText("00013")
    page.grab()
    took = time.perf_counter() - before
    assert page.chips[Shelf.ALL].text() == "All 5000"
    assert titles(page) == ["Text 00013", DROP]
    assert len(set(drawn)) < 60  # no more than are seen
    assert took < 3.0  # a fifth of a second where nothing else runs


# Dropping files ----------------------------------------------------------------------------------


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def held_over(page: QWidget, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page, event)
    return event


def test_files_can_be_dropped(page: LibraryPage) -> None:
    dropped: list[Path] = []
    page.dropped.connect(dropped.append)
    data = files("/x/one.md", "/x/a copy")
    calm = picture(page)
    assert held_over(page, data).isAccepted()
    assert picture(page) != calm
    event = QDropEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page, event)
    assert dropped == [Path("/x/one.md"), Path("/x/a copy")]
    assert picture(page) == calm


def test_what_is_no_file_cannot_be_dropped(page: LibraryPage) -> None:
    words = QMimeData()
    words.setText("words")
    assert not held_over(page, words).isAccepted()
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/a.md")])
    assert not held_over(page, address).isAccepted()


def test_dragging_away_again_leaves_no_trace(page: LibraryPage) -> None:
    calm = picture(page)
    held_over(page, files("/x/one.md"))
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert picture(page) == calm


def test_a_long_list_shows_that_it_takes_files_too(make, theme: Theme) -> None:
    page = make(*many(300))
    accent = QColor(theme["accent"])
    held_over(page, files("/x/one.md"))
    shot = picture(page)
    middle = shot.width() // 2
    assert any(abs(shot.pixelColor(middle, y).red() - accent.red()) < 40 for y in range(4))


# An empty library --------------------------------------------------------------------------------


def test_an_empty_library_says_what_to_do(qtbot: Any, make) -> None:
    page = make()
    assert not page.list.isVisible()
    assert not page.chips[Shelf.ALL].isVisible()
    assert page.welcome.isVisible()
    page.focus()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(page.open_file_wanted):
        QTest.keyClick(button, Qt.Key.Key_Space)
    page.show_texts(TextsByTitle.of([WEAPONS]))
    assert page.list.isVisible()
    assert page.chips[Shelf.ALL].isVisible()
    assert not page.welcome.isVisible()


def test_the_keyboard_is_not_lost_with_the_last_text(make) -> None:
    page = make(WEAPONS)
    page.focus()
    page.show_texts(TextsByTitle.of([]))
    assert QApplication.focusWidget() is page.welcome.button
