"""The page with its margin: choosing words, popovers, previews, and ways back and forward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.ui.margin.card import Card
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme

Settle = Callable[[Any], None]
WIDE, NARROW = (1120, 700), (640, 600)


def spot(reading: ReadingView, mention: Mention) -> QPoint:
    return reading.page.words_rect(mention).center().toPoint()


def click(reading: ReadingView, place: QPoint) -> None:
    QTest.mouseClick(reading.page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QCoreApplication.processEvents()


def in_view(reading: ReadingView, mention: Mention) -> bool:
    rect = reading.page.words_rect(mention)
    return reading.page.viewport().rect().toRectF().contains(rect)


def press(key: Qt.Key) -> None:
    """A key to wherever the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def escape() -> None:
    press(Qt.Key.Key_Escape)
    QCoreApplication.processEvents()


@pytest.fixture
def wide(make_reading: Callable[..., ReadingView], harbour: Copy) -> ReadingView:
    return make_reading(harbour, WIDE)


@pytest.fixture
def narrow(make_reading: Callable[..., ReadingView], harbour: Copy) -> ReadingView:
    return make_reading(harbour, NARROW)


@pytest.fixture
def quay(harbour: Copy) -> list[Mention]:
    mentions = list(harbour.attachment.of("quay"))
    assert len(mentions) == 10
    return mentions


# Beside a margin ----------------------------------------------------------------------------------


def test_a_click_on_words_activates_their_card(wide: ReadingView, quay: list[Mention]) -> None:
    click(wide, spot(wide, quay[0]))
    card = wide.margin.card("quay")
    assert card is not None
    assert (wide.active, card.active, card.whole) == ("quay", True, True)
    assert wide.page.hasFocus(), "the keyboard stays with the words"
    assert not wide.popover.isVisible()


def test_tab_and_enter_activate_a_card(wide: ReadingView) -> None:
    QTest.keyClick(wide.page, Qt.Key.Key_Tab)
    mention = wide.page.focused_mention()
    assert mention is not None
    QTest.keyClick(wide.page, Qt.Key.Key_Return)
    assert wide.active == mention.annotation


def test_a_click_on_a_card_in_view_moves_nothing_but_cards(
    wide: ReadingView, harbour: Copy
) -> None:
    cards = [card for card in wide.margin.cards().values() if 150 < card.y() < 500]
    card = next(card for card in cards if not card.whole)
    scroll = wide.page.scroll()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    assert wide.active == card.content.id
    assert wide.page.scroll() == scroll
    assert not wide.travel.can_go_back


def test_a_card_travels_to_its_mentions(
    wide: ReadingView,
    quay: list[Mention],
    press_link: Callable[[QWidget, str], None],
    theme: Theme,
) -> None:
    click(wide, spot(wide, quay[0]))
    card = wide.margin.card("quay")
    assert card is not None
    wide.page.looks._flash.setInterval(10_000)
    press_link(card, f"mention:{quay[3].start}")
    assert in_view(wide, quay[3])
    assert wide.active == "quay"
    area = wide.page.words_rect(quay[3]).toRect()
    paper = wide.page.viewport().grab(area).toImage()
    flash = QColor(theme["flash"])
    assert any(paper.pixelColor(x, 2) == flash for x in range(paper.width())), "it flashes"
    wide.back()
    assert in_view(wide, quay[0])
    wide.forward()
    assert in_view(wide, quay[3])


def test_a_card_travels_along_its_links(
    wide: ReadingView, harbour: Copy, press_link: Callable[[QWidget, str], None]
) -> None:
    wide.show_annotation("anna")
    assert wide.active == "anna"
    assert in_view(wide, harbour.attachment.of("anna")[0])
    for name in ("brother", "anna"):
        card = wide.margin.card(wide.active)
        assert card is not None
        press_link(card, f"#{name}")
        QCoreApplication.processEvents()
        assert wide.active == name
        assert in_view(wide, harbour.attachment.of(name)[0])


def test_every_see_also_leads_there_and_linked_from_comes_back(
    wide: ReadingView, harbour: Copy
) -> None:
    for annotation in harbour.annotations:
        for other in annotation.see:
            wide.margin.maker.annotation_wanted.emit(other)
            assert wide.active == other
            back = [*harbour.by_id[other].see, *harbour.linked_from.get(other, ())]
            assert annotation.id in back


def test_escape_closes_one_thing_at_a_time(wide: ReadingView, quay: list[Mention]) -> None:
    click(wide, spot(wide, quay[0]))
    other = next(m for m in wide.page._index.mentions if m.annotation != "quay")
    wide.page.mention_hovered.emit(other)
    assert wide.preview.isVisible()
    escape()
    assert not wide.preview.isVisible()
    assert wide.active == "quay"
    escape()
    assert wide.active == ""
    assert not wide.deactivate()


def test_nothing_of_the_old_text_stays(
    wide: ReadingView, guide: Copy, quay: list[Mention], settle: Settle
) -> None:
    click(wide, spot(wide, quay[0]))
    wide.travel_to(3000)
    wide.show_copy(guide)
    settle(wide)
    assert wide.active == ""
    assert wide.place() == 0
    assert not wide.travel.can_go_back
    assert {card.content.id for card in wide.margin.cards().values()} <= set(guide.by_id)


# Without one --------------------------------------------------------------------------------------


def assert_fits(reading: ReadingView) -> None:
    QCoreApplication.processEvents()
    view = reading.page.viewport().rect()
    place = reading.popover.geometry()
    assert view.contains(place)
    card = reading.popover.card
    assert card is not None
    assert card.width() <= place.width()
    bar = reading.popover._area.verticalScrollBar()
    free = place.width() - (bar.width() if bar.isVisible() else 0)
    assert card.width() <= free, "nothing of it lies below the scroll bar"


def test_narrow_a_click_opens_a_popover_at_the_words(
    narrow: ReadingView, quay: list[Mention]
) -> None:
    assert not narrow.margin_shown()
    words = narrow.page.words_rect(quay[0])
    click(narrow, spot(narrow, quay[0]))
    assert narrow.active == "quay"
    assert narrow.popover.isVisible()
    assert_fits(narrow)
    place = narrow.popover.geometry()
    assert min(abs(place.top() - words.bottom()), abs(words.top() - place.bottom())) <= 12
    assert place.left() <= words.center().x() <= place.right()
    assert narrow.popover.accessibleName().startswith("Place, ")


@pytest.mark.parametrize("size", [(640, 600), (480, 300), (300, 260), (760, 420)])
@pytest.mark.parametrize("fraction", [0.05, 0.5, 0.85])
def test_a_popover_fits_inside_the_page(
    make_reading: Callable[..., ReadingView],
    harbour: Copy,
    size: tuple[int, int],
    fraction: float,
) -> None:
    reading = make_reading(harbour, size)
    for name in ("anna", "stones"):
        mention = harbour.attachment.of(name)[0]
        reading.page.go_to(mention.start, fraction)
        reading.page.mention_activated.emit(mention)
        assert reading.popover.isVisible()
        assert_fits(reading)
        reading.popover.close_card()


def test_a_popover_closes_on_escape_and_gives_the_keyboard_back(
    narrow: ReadingView, quay: list[Mention]
) -> None:
    click(narrow, spot(narrow, quay[0]))
    assert not narrow.page.hasFocus()
    escape()
    assert not narrow.popover.isVisible()
    assert narrow.active == ""
    assert narrow.page.hasFocus()


def test_a_popover_closes_on_a_click_beside_it(narrow: ReadingView, quay: list[Mention]) -> None:
    click(narrow, spot(narrow, quay[0]))
    click(narrow, QPoint(4, 4))
    assert not narrow.popover.isVisible()


def test_a_popover_stays_on_a_click_inside_it(narrow: ReadingView, quay: list[Mention]) -> None:
    click(narrow, spot(narrow, quay[0]))
    card = narrow.popover.card
    assert card is not None
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() // 2, 6))
    assert narrow.popover.isVisible()


def test_a_popover_closes_on_scrolling(narrow: ReadingView, quay: list[Mention]) -> None:
    click(narrow, spot(narrow, quay[0]))
    narrow.page.verticalScrollBar().triggerAction(
        narrow.page.verticalScrollBar().SliderAction.SliderSingleStepAdd
    )
    assert not narrow.popover.isVisible()


def test_a_popover_stays_while_the_rest_of_the_text_is_laid_out(
    make_reading: Callable[..., ReadingView], make_copy: Callable[..., Copy], settle: Settle
) -> None:
    article = "\n\n".join(
        f"Paragraph{number} is here. " + "lit till ill. " * (number % 23) for number in range(1500)
    )
    copy = make_copy(
        f"{article}\n\nThe quay.\n\n{article}",
        "  - {id: quay, kind: place, title: A, terms: [quay]}\n",
    )
    reading = make_reading(copy, NARROW, rest=False)
    reading.show_annotation("quay")
    assert reading.popover.isVisible()
    words = reading.page.words_rect(copy.attachment.of("quay")[0])
    place = reading.popover.geometry()
    settle(reading)
    assert reading.popover.isVisible()
    assert reading.popover.geometry() == place
    after = reading.page.words_rect(copy.attachment.of("quay")[0])
    assert after.top() == pytest.approx(words.top(), abs=2)


def test_links_in_a_popover_lead_on(
    narrow: ReadingView,
    harbour: Copy,
    quay: list[Mention],
    press_link: Callable[[QWidget, str], None],
) -> None:
    narrow.show_annotation("anna")
    for name in ("brother", "anna"):
        card = narrow.popover.card
        assert card is not None
        press_link(card, f"#{name}")
        QCoreApplication.processEvents()
        assert narrow.popover.isVisible()
        assert narrow.active == name
        assert in_view(narrow, harbour.attachment.of(name)[0])
        assert_fits(narrow)
    narrow.show_annotation("quay")
    card = narrow.popover.card
    assert card is not None
    press_link(card, f"mention:{quay[4].start}")
    assert narrow.active == "quay"
    assert in_view(narrow, quay[4])
    assert [each for each in narrow.findChildren(Card) if each.isVisible()] == [narrow.popover.card]


def test_enter_in_a_popover_leaves_it_open(narrow: ReadingView, quay: list[Mention]) -> None:
    click(narrow, spot(narrow, quay[0]))
    press(Qt.Key.Key_Return)
    assert narrow.popover.isVisible()


def test_a_popover_becomes_a_card_where_there_is_room_again(
    narrow: ReadingView, quay: list[Mention], settle: Settle
) -> None:
    click(narrow, spot(narrow, quay[0]))
    narrow.resize(1120, 700)
    settle(narrow)
    assert not narrow.popover.isVisible()
    assert narrow.active == "quay"
    card = narrow.margin.card("quay")
    assert card is not None
    assert card.active


def test_a_popover_never_stands_beside_other_words(
    narrow: ReadingView, quay: list[Mention], settle: Settle
) -> None:
    click(narrow, spot(narrow, quay[0]))
    narrow.resize(420, 600)
    settle(narrow)
    if narrow.popover.isVisible():
        words = narrow.page.words_rect(quay[0])
        place = narrow.popover.geometry()
        assert min(abs(place.top() - words.bottom()), abs(words.top() - place.bottom())) <= 12
        assert_fits(narrow)


def test_an_active_card_is_still_there_after_a_narrow_while(
    wide: ReadingView, quay: list[Mention], settle: Settle
) -> None:
    click(wide, spot(wide, quay[0]))
    wide.resize(640, 700)
    settle(wide)
    wide.resize(1120, 700)
    settle(wide)
    assert wide.active == "quay"


def test_cards_can_be_had_in_popovers_only(wide: ReadingView, quay: list[Mention]) -> None:
    wide.set_margin_wanted(False)
    assert not wide.margin_shown()
    click(wide, spot(wide, quay[0]))
    assert wide.popover.isVisible()


# The preview --------------------------------------------------------------------------------------


def test_resting_on_words_shows_a_preview(
    qtbot: Any, wide: ReadingView, harbour: Copy, quay: list[Mention]
) -> None:
    wide.page._hovering.setInterval(1)
    QTest.mouseMove(wide.page.viewport(), spot(wide, quay[0]))
    qtbot.waitUntil(wide.preview.isVisible)
    words = wide.preview.findChildren(QLabel)[0].text()
    assert harbour.by_id["quay"].title in words
    assert wide.page.viewport().rect().contains(wide.preview.geometry())
    assert not wide.preview.geometry().contains(spot(wide, quay[0]))
    QTest.mouseMove(wide.page.viewport(), QPoint(5, 5))
    assert not wide.preview.isVisible()


def test_a_preview_goes_when_one_scrolls_or_clicks(wide: ReadingView, quay: list[Mention]) -> None:
    wide.page.mention_hovered.emit(quay[0])
    assert wide.preview.isVisible()
    click(wide, spot(wide, quay[0]))
    assert not wide.preview.isVisible()
    wide.page.mention_hovered.emit(quay[0])
    assert not wide.preview.isVisible(), "its card is open"
    escape()
    wide.page._hovered = quay[0]
    wide.page.mention_hovered.emit(quay[0])
    assert wide.preview.isVisible()
    wide.page.verticalScrollBar().setValue(60)
    assert not wide.preview.isVisible()


def test_a_preview_of_hostile_words_is_words(
    make_reading: Callable[..., ReadingView], make_copy: Callable[..., Copy]
) -> None:
    copy = make_copy(
        "# Title\n\nThe quay.\n",
        "  - {id: quay, kind: place, title: '<img src=a>', terms: [quay], body: '<b>x</b> '}\n",
    )
    reading = make_reading(copy)
    reading.page.mention_hovered.emit(copy.attachment.of("quay")[0])
    words = reading.preview.findChildren(QLabel)[0].text()
    assert "&lt;img src=a&gt;" in words
    assert "&lt;b&gt;x&lt;/b&gt;" in words


# Back and forward ---------------------------------------------------------------------------------


def test_every_jump_can_be_taken_back(wide: ReadingView, harbour: Copy) -> None:
    told: list[tuple[bool, bool]] = []
    wide.travelled.connect(
        lambda: told.append((wide.travel.can_go_back, wide.travel.can_go_forward))
    )
    places = [wide.place()]
    for jump in (
        lambda: wide.next_section(1),
        lambda: wide.travel_to(4000),
        lambda: wide.show_annotation("stones"),
        lambda: wide.next_section(-1),
    ):
        jump()
        places.append(wide.place())
    assert len(set(places)) == 5
    back = []
    for _ in range(4):
        wide.back()
        back.append(wide.place())
    assert back == places[-2::-1]
    assert not wide.travel.can_go_back
    wide.back()
    assert wide.place() == places[0]
    forward = []
    for _ in range(4):
        wide.forward()
        forward.append(wide.place())
    assert forward == places[1:]
    wide.back()
    wide.travel_to(300)
    assert not wide.travel.can_go_forward, "another way was taken"
    assert told[0] == (True, False)
    assert told[-1] == (True, False)


def test_side_buttons_of_the_mouse_go_back_and_forward(wide: ReadingView) -> None:
    wide.travel_to(4000)
    there = wide.place()
    view = wide.page.viewport()
    QTest.mouseClick(view, Qt.MouseButton.BackButton, pos=QPoint(100, 100))
    assert wide.place() == 0
    QTest.mouseClick(view, Qt.MouseButton.ForwardButton, pos=QPoint(100, 100))
    assert wide.place() == there


def test_sections_follow_each_other(wide: ReadingView, harbour: Copy) -> None:
    starts = [section.start for section in harbour.text.sections]
    seen = []
    for _ in starts[1:]:
        wide.next_section(1)
        seen.append(wide.place())
    # The last ones fit into one view at the end of the text.
    assert seen[:-2] == starts[1:-2]
    wide.travel_to(starts[4], fraction=0)
    wide.next_section(-1)
    assert wide.place() == starts[3]
    wide.page.verticalScrollBar().setValue(wide.page.scroll() + 200)
    wide.next_section(-1)
    assert wide.place() == starts[3], "first to the start of the one that is read"


def test_what_is_not_there_leads_nowhere(wide: ReadingView) -> None:
    wide.show_annotation("nobody")
    wide.activate("nobody")
    assert wide.place() == 0
    assert wide.active == ""
    assert not wide.travel.can_go_back


# Sizes --------------------------------------------------------------------------------------------


def test_the_column_keeps_its_measure_and_its_distance(
    make_reading: Callable[..., ReadingView], harbour: Copy, settle: Settle
) -> None:
    reading = make_reading(harbour)
    widths = set()
    for width in (1060, 1200, 1500, 1900, 900, 720):
        reading.resize(width, 700)
        settle(reading)
        left, right = reading.page.column()
        widths.add(right - left)
        view = reading.page.viewport().width()
        assert left >= 32 - 1
        beside = reading.margin.x() if reading.margin_shown() else view
        assert beside - right >= 32 - 1
    assert widths == {634}


@pytest.mark.parametrize("percent", [150, 300])
def test_large_text_is_never_cut_at_the_side(
    make_reading: Callable[..., ReadingView], guide: Copy, settle: Settle, percent: int
) -> None:
    reading = make_reading(guide, (768, 700))
    reading.set_scale(percent / 100)
    settle(reading)
    layout = reading.page.page_layout()
    assert layout is not None
    view = reading.page.viewport().width()
    for block in guide.text.blocks:
        for rect in layout.range_rects(block.start, block.end):
            assert rect.left() >= 0
            assert rect.right() <= view
