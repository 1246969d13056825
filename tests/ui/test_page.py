"""The page under mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.ui.page.page import PageView

ARTICLE = """\
# Harbour 🚢

The quay is long. Anna walks on the quay with [her brother](#brother) to see
the [boats](https://example.org/boats?a=1&b=2) and *nobody* minds.

| Who | Where |
|--|--|
| Anna | quay 🐟 |
| Ben | home |

```
first line
second line
```

![A drawing](none.png)

## Evening

Anna sits on the quay.

""" + "\n\n".join(f"Paragraph {number} of many more words." for number in range(60))
ANNOTATIONS = """\
  - {id: quay, kind: place, title: The quay, terms: [quay]}
  - {id: anna, kind: person, title: Anna, terms: [Anna]}
  - {id: brother, kind: person, title: The brother}
  - {id: last, kind: question, title: The last one, terms: ["Paragraph 59"]}
"""


@pytest.fixture
def copy(make_copy: Callable[..., Copy]) -> Copy:
    return make_copy(ARTICLE, ANNOTATIONS)


@pytest.fixture
def page(make_page: Callable[..., PageView], copy: Copy) -> PageView:
    return make_page(copy)


@pytest.fixture
def activated(page: PageView) -> list[Mention]:
    found: list[Mention] = []
    page.mention_activated.connect(found.append)
    return found


def spot(page: PageView, copy: Copy, words: str, which: int = 0) -> QPoint:
    """The middle of some words, in the view."""
    start = -1
    for _ in range(which + 1):
        start = copy.text.string.index(words, start + 1)
    rect = page.words_rect(Mention(start, start + len(words), ""))
    return rect.center().toPoint()


def click(page: PageView, place: QPoint, button: Any = Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(page.viewport(), button, pos=place)


def drag(page: PageView, start: QPoint, end: QPoint) -> None:
    view, left = page.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, pos=end)


def wheel(page: PageView, steps: int, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    middle = QPointF(page.viewport().rect().center())
    event = QWheelEvent(
        middle,
        page.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), event)


def words_of(copy: Copy, mention: Mention | None) -> str:
    assert mention is not None
    return copy.text.string[mention.start : mention.end]


# Tab ----------------------------------------------------------------------------------------------


@pytest.fixture
def between(qtbot: Any, page: PageView) -> Iterator[tuple[QLineEdit, PageView, QLineEdit]]:
    """The page between two fields, as Tab sees it."""
    around = QWidget()
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(around)
    for widget in (before, page, after):
        column.addWidget(widget)
    around.resize(760, 700)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    before.setFocus()
    yield before, page, after
    page.setParent(None)


def test_tab_walks_the_underlined_words_and_leaves_at_the_end(
    between: tuple[QLineEdit, PageView, QLineEdit], copy: Copy
) -> None:
    before, page, after = between
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert page.hasFocus()
    walked = []
    for _ in range(7):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        assert page.hasFocus()
        words = page.focused_words()
        assert words is not None
        walked.append(words)
    assert [copy.text.string[slice(*words)] for words in walked] == [
        "quay", "Anna", "her brother", "boats", "Anna", "quay", "Paragraph 59",
    ]  # fmt: skip
    assert walked == sorted(walked)
    assert page.is_in_view(walked[-1][0])
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert page.focused_mention() is None


def test_shift_tab_walks_back_and_leaves_at_the_start(
    between: tuple[QLineEdit, PageView, QLineEdit], copy: Copy
) -> None:
    before, page, after = between
    page.go_to(0, 0)
    after.setFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.hasFocus()
    walked: list[str] = []
    while page.hasFocus() and len(walked) < 9:
        QTest.keyClick(page, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        if page.focused_mention() is not None:
            walked.append(words_of(copy, page.focused_mention()))
    assert walked == ["quay", "Anna", "her brother", "Anna", "quay"]
    assert before.hasFocus()


def test_tab_begins_at_what_is_in_view(page: PageView, copy: Copy) -> None:
    page.go_to(copy.text.string.index("Evening"), 0)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.focused_mention() == copy.attachment.of("anna")[2]


def test_tab_walks_every_mention_where_every_one_is_underlined(page: PageView, copy: Copy) -> None:
    page.set_underlines("every")
    walked: list[Mention | None] = []
    for _ in range(len(copy.attachment.mentions) + 1):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        walked.append(page.focused_mention())
    assert list(filter(None, walked)) == list(copy.attachment.mentions)
    assert walked.count(None) == 1  # the link that leads outside


def test_tab_and_enter_open_a_link_that_leads_outside(
    make_page: Callable[..., PageView], make_copy: Callable[..., Copy]
) -> None:
    page = make_page(make_copy("Words, [a page](https://example.org/a), and [mail](mailto:a@b.c)."))
    opened: list[str] = []
    page.link_activated.connect(opened.append)
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        assert page.focused_mention() is None
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert opened == ["https://example.org/a", "mailto:a@b.c"]


def test_words_that_lose_their_underline_lose_the_focus(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.focused_mention() is not None
    page.set_underlines("none")
    assert page.focused_mention() is None


# Choosing words -----------------------------------------------------------------------------------


def test_enter_chooses_the_words_in_the_frame(
    page: PageView, copy: Copy, activated: list[Mention]
) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert activated == []
    QTest.keyClick(page, Qt.Key.Key_Tab)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Enter)
    assert activated == [copy.attachment.of("anna")[0]] * 2


@pytest.mark.parametrize(
    ("words", "annotation"), [("quay", "quay"), ("Anna", "anna"), ("her brother", "brother")]
)
def test_a_click_chooses_underlined_words(
    page: PageView, copy: Copy, activated: list[Mention], words: str, annotation: str
) -> None:
    click(page, spot(page, copy, words))
    assert activated == [copy.attachment.of(annotation)[0]]
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.focused_mention() != activated[0], "Tab goes on from there"


def test_a_click_in_a_table_chooses_its_words(
    page: PageView, copy: Copy, activated: list[Mention]
) -> None:
    page.set_underlines("every")
    click(page, spot(page, copy, "quay 🐟") - QPoint(14, 0))
    assert [words_of(copy, mention) for mention in activated] == ["quay"]


@pytest.mark.parametrize("words", ["walks", "nobody", "second line", "Ben"])
def test_a_click_on_plain_words_chooses_nothing(
    page: PageView, copy: Copy, activated: list[Mention], words: str
) -> None:
    click(page, spot(page, copy, words))
    assert activated == []


def test_a_click_beside_the_words_chooses_nothing(
    page: PageView, copy: Copy, activated: list[Mention]
) -> None:
    place = spot(page, copy, "quay")
    click(page, QPoint(3, place.y()))
    click(page, QPoint(page.viewport().width() - 5, place.y()))
    click(page, QPoint(place.x(), 8))
    assert activated == []


def test_selecting_words_with_the_mouse_chooses_nothing(
    page: PageView, copy: Copy, activated: list[Mention]
) -> None:
    drag(page, spot(page, copy, "The"), spot(page, copy, "Anna"))
    assert "quay is long" in page.selected_text()
    assert activated == []
    drag(page, spot(page, copy, "her brother") - QPoint(30, 0), spot(page, copy, "her brother"))
    assert page.selected_text() in "her brother"
    assert activated == []


def test_underlined_words_show_a_hand(page: PageView, copy: Copy) -> None:
    shapes = []
    for words in ("quay", "walks", "boats"):
        QTest.mouseMove(page.viewport(), spot(page, copy, words))
        shapes.append(page.viewport().cursor().shape())
    hand, bar = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.IBeamCursor
    assert shapes == [hand, bar, hand]


def test_the_pointer_has_to_rest_on_words(qtbot: Any, page: PageView, copy: Copy) -> None:
    hovered: list[Mention | None] = []
    page.mention_hovered.connect(hovered.append)
    page._hovering.setInterval(1)
    QTest.mouseMove(page.viewport(), spot(page, copy, "quay"))
    qtbot.waitUntil(lambda: len(hovered) == 1)
    assert hovered == [copy.attachment.of("quay")[0]]
    QTest.mouseMove(page.viewport(), spot(page, copy, "walks"))
    assert hovered[1:] == [None]
    page._hovering.setInterval(100_000)
    QTest.mouseMove(page.viewport(), spot(page, copy, "Anna"))
    QTest.mouseMove(page.viewport(), spot(page, copy, "walks"))
    assert hovered[2:] == [None]


def test_a_link_out_of_the_text_is_announced_as_it_was_written(
    page: PageView, copy: Copy, activated: list[Mention]
) -> None:
    links: list[str] = []
    page.link_activated.connect(links.append)
    click(page, spot(page, copy, "boats"))
    assert links == ["https://example.org/boats?a=1&b=2"]
    click(page, spot(page, copy, "her brother"))
    assert len(links) == 1
    assert [mention.annotation for mention in activated] == ["brother"]


def test_side_buttons_ask_for_back_and_forward(page: PageView, copy: Copy) -> None:
    asked: list[bool] = []
    page.travel_wanted.connect(asked.append)
    click(page, spot(page, copy, "quay"), Qt.MouseButton.BackButton)
    click(page, spot(page, copy, "quay"), Qt.MouseButton.ForwardButton)
    assert asked == [False, True]


# Scrolling ----------------------------------------------------------------------------------------


def test_the_keys_that_scroll(page: PageView) -> None:
    bar = page.verticalScrollBar()
    line, shown = bar.singleStep(), page.viewport().height()

    def scrolled(key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> int:
        before = bar.value()
        QTest.keyClick(page, key, modifiers)
        return bar.value() - before

    key = Qt.Key
    assert scrolled(key.Key_Down) == line
    assert scrolled(key.Key_Up) == -line
    assert scrolled(key.Key_Up) == 0
    leap = scrolled(key.Key_Space)
    assert shown - 2 * line <= leap < shown, "the last line stays in sight"
    assert scrolled(key.Key_PageDown) == leap
    assert scrolled(key.Key_PageUp) == -leap
    assert scrolled(key.Key_Space, Qt.KeyboardModifier.ShiftModifier) == -leap
    scrolled(key.Key_End)
    assert bar.value() == bar.maximum() > 0
    scrolled(key.Key_Home)
    assert bar.value() == 0


def test_the_end_is_in_view_with_air_below_it(page: PageView, copy: Copy) -> None:
    QTest.keyClick(page, Qt.Key.Key_End)
    last = page.words_rect(Mention(len(copy.text.string) - 1, len(copy.text.string), ""))
    assert page.viewport().rect().toRectF().contains(last)
    assert page.progress() == 1


def test_the_wheel_scrolls_and_with_ctrl_asks_for_another_size(page: PageView) -> None:
    asked: list[int] = []
    page.size_wanted.connect(asked.append)
    wheel(page, -2)
    assert page.scroll() > 0
    scroll = page.scroll()
    wheel(page, 1, Qt.KeyboardModifier.ControlModifier)
    wheel(page, -1, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1, -1]
    assert page.scroll() == scroll


# Copying ------------------------------------------------------------------------------------------


def copied(page: PageView) -> str:
    QGuiApplication.clipboard().clear()
    page.copy()
    return QGuiApplication.clipboard().text()


def test_what_is_copied_is_the_text_itself(page: PageView, copy: Copy) -> None:
    drag(page, spot(page, copy, "The quay") - QPoint(30, 0), spot(page, copy, "long"))
    assert "quay is lo" in copied(page)
    string = copy.text.string
    start, end = string.index("Who"), string.index("first line")
    page.select(start, end)
    assert copied(page) == "Who\tWhere\nAnna\tquay 🐟\nBen\thome\n"
    page.select(string.index("first"), string.index("second") + 6)
    assert copied(page) == "first line\nsecond"


def test_everything_copied_is_everything_but_the_pictures(page: PageView, copy: Copy) -> None:
    page.selectAll()
    assert page.selected_range() == (0, len(copy.text.string))
    assert copied(page) == copy.text.string.replace("\ufffc", "")


def test_a_hard_break_is_copied_as_a_line_end(
    make_page: Callable[..., PageView], make_copy: Callable[..., Copy]
) -> None:
    page = make_page(make_copy("One\\\ntwo.\n"))
    page.selectAll()
    assert copied(page) == "One\ntwo."


def test_only_plain_words_are_handed_on(page: PageView) -> None:
    page.select(0, 7)
    data: QMimeData = page.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]


def test_nothing_can_be_typed_or_dropped(page: PageView, copy: Copy) -> None:
    QTest.keyClicks(page, "abc")
    QTest.keyClick(page, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText("pasted")
    page.paste()
    page.cut()
    shown = page.document().toPlainText()
    assert shown == copy.text.string.replace("\t", "\n")


# What is said of it -------------------------------------------------------------------------------


def test_how_far_one_is(page: PageView, copy: Copy) -> None:
    assert page.progress() == 0
    page.go_to(len(copy.text.string) // 2, 0)
    assert 0.3 < page.progress() < 0.7
    assert page.reading_minutes_left() >= 0


def test_it_has_a_name(page: PageView) -> None:
    assert page.accessibleName() == "A test"
    assert page.isReadOnly()
