"""Cards beside their words, while one scrolls, activates, resizes and types."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from reader.copies.copy import Copy
from reader.ui.margin.card import Card
from reader.ui.margin.placement import DRIFT, Placement, Wishes
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme

Settle = Callable[[Any], None]

LEVEL = 10
"""Pixels by which a card may stand above or below its line and still be level with it."""


def cards_in_view(reading: ReadingView) -> list[Card]:
    """The cards of which something is seen, from top to bottom."""
    seen = [card for card in reading.margin.cards().values() if not card.visibleRegion().isEmpty()]
    return sorted((card for card in seen if isinstance(card, Card)), key=QWidget.y)


def line_of(reading: ReadingView, annotation: str, which: int = 0) -> float:
    """Where the line of an annotation's mention stands in the view."""
    assert reading.copy is not None
    mention = reading.copy.attachment.of(annotation)[which]
    return reading.page.words_rect(mention).top() + 2


def assert_in_order(reading: ReadingView) -> None:
    """Cards stand in the order of their words, whole in the margin, and none over another."""
    assert reading.copy is not None
    cards = cards_in_view(reading)
    for above, below in pairwise(cards):
        assert above.geometry().bottom() < below.y()
    order = [
        (line_of(reading, card.content.id), reading.copy.attachment.of(card.content.id)[0].start)
        for card in cards
        if not card.active
    ]
    assert order == sorted(order)
    for card in cards:
        assert (card.x(), card.width()) == (0, reading.margin.width())


def scroll_to(reading: ReadingView, share: float) -> None:
    bar = reading.page.verticalScrollBar()
    bar.setValue(round(share * bar.maximum()))
    wait_for_cards(reading)


def wait_for_cards(reading: ReadingView) -> None:
    """Cards near the view are made a few at a time; on a busy machine that takes longer."""
    deadline = QDeadlineTimer(30_000)
    QCoreApplication.processEvents()
    while reading.margin.busy() and not deadline.hasExpired():
        QCoreApplication.processEvents()


# Where cards stand --------------------------------------------------------------------------------


def test_cards_stand_level_with_their_words_or_below_another(
    make_reading: Callable[..., ReadingView], shipped: Copy
) -> None:
    reading = make_reading(shipped, (1120, 820))
    for share in (0, 0.2, 0.45, 0.7, 1):
        scroll_to(reading, share)
        cards = cards_in_view(reading)
        assert len(cards) >= 3
        assert_in_order(reading)
        above: Card | None = None
        for card in cards:
            line = line_of(reading, card.content.id)
            if abs(card.y() - line) > LEVEL:
                # Pushed down, and then it stands right below the one that pushed it.
                assert card.y() > line
                if above is not None:
                    assert card.y() - above.geometry().bottom() <= 8
            above = card


def test_a_card_with_room_is_whole_and_exactly_level(
    make_reading: Callable[..., ReadingView], make_copy: Callable[..., Copy]
) -> None:
    words = "Many more words follow to fill this paragraph with lines. " * 14
    copy = make_copy(
        f"# Title\n\nThe quay. {words}\n\n{words} Then the harbour comes. {words}\n\n{words}\n",
        "  - {id: quay, kind: place, title: The quay, terms: [quay], body: 'A wall.'}\n"
        "  - {id: harbour, kind: place, title: The harbour, terms: [harbour], body: 'Water.'}\n",
    )
    reading = make_reading(copy)
    for name in ("quay", "harbour"):
        card = reading.margin.card(name)
        assert card is not None
        assert card.whole
        head = card.findChildren(QLabel)[0]
        middle = head.mapTo(reading.margin, head.rect().center()).y()
        line = reading.page.words_rect(copy.attachment.of(name)[0])
        assert middle == pytest.approx(line.center().y(), abs=9), "the first line is level"
        assert card.height() == card.whole_height(card.width())


def test_cards_of_one_line_stand_in_the_order_of_its_words(
    make_reading: Callable[..., ReadingView], make_copy: Callable[..., Copy]
) -> None:
    annotations = "".join(
        f"  - {{id: {word}, kind: place, title: {word}, terms: [{word}]}}\n"
        for word in ("quay", "boats", "crane", "mill")
    )
    copy = make_copy("# Title\n\nThe mill, the boats, the quay, the crane.\n", annotations)
    reading = make_reading(copy)
    assert [card.content.id for card in cards_in_view(reading)] == [
        "mill", "boats", "quay", "crane",
    ]  # fmt: skip


def test_the_active_card_is_whole_and_at_its_words(
    make_reading: Callable[..., ReadingView], shipped: Copy
) -> None:
    reading = make_reading(shipped, (1120, 820))
    reading.page.go_to(2000, 0.5)
    QCoreApplication.processEvents()
    short = [card for card in cards_in_view(reading) if not card.whole and 200 < card.y() < 500]
    assert short, "this place of the text is crowded"
    for name in [card.content.id for card in short]:
        reading.activate(name)
        QCoreApplication.processEvents()
        card = reading.margin.card(name)
        assert card is not None
        assert card.active
        assert card.whole
        mentions = range(len(shipped.attachment.of(name)))
        assert min(abs(card.y() - line_of(reading, name, which)) for which in mentions) <= LEVEL
        assert [each.content.id for each in cards_in_view(reading) if each.active] == [name]
        assert_in_order(reading)


def test_an_active_card_goes_to_the_mention_that_was_chosen(
    make_reading: Callable[..., ReadingView], harbour: Copy
) -> None:
    reading = make_reading(harbour, (1120, 820))
    name = max(harbour.by_id, key=lambda each: len(harbour.attachment.of(each)))
    mentions = harbour.attachment.of(name)
    reading.page.set_underlines("every")
    for which in range(0, len(mentions), 2):
        reading.page.go_to(mentions[which].start, 0.5)
        reading.page.mention_activated.emit(mentions[which])
        card = reading.margin.card(name)
        assert card is not None
        assert card.y() == pytest.approx(line_of(reading, name, which), abs=LEVEL)


# Scrolling ----------------------------------------------------------------------------------------


def test_cards_move_with_the_text_to_the_pixel(
    make_reading: Callable[..., ReadingView], shipped: Copy
) -> None:
    reading = make_reading(shipped, (1120, 700))
    bar = reading.page.verticalScrollBar()
    scroll_to(reading, 0.3)
    for step in (1, 7, 30, 113, -30, -121):
        before = {card.content.id: card.y() for card in cards_in_view(reading)}
        bar.setValue(bar.value() + step)
        after = {name: card.y() for name, card in reading.margin.cards().items()}
        stayed = before.keys() & after.keys()
        assert len(stayed) >= 4
        assert {name: before[name] - after[name] for name in stayed} == dict.fromkeys(stayed, step)


LONG = "\n\n".join(
    f"Paragraph{number} has word{number} in it. " + "lit till ill. " * (number % 23)
    for number in range(2500)
)


def test_cards_stay_at_their_words_while_the_text_above_is_laid_out(
    make_reading: Callable[..., ReadingView],
    make_copy: Callable[..., Copy],
    settle: Settle,
) -> None:
    annotations = "".join(
        f"  - {{id: a{number}, kind: place, title: Card {number}, terms: [word{number}]}}\n"
        for number in range(0, 2500, 3)
    )
    reading = make_reading(make_copy(LONG, annotations), rest=False)
    assert reading.copy is not None
    reading.page.go_to(reading.copy.text.string.index("Paragraph1800"), 0)
    deadline = QDeadlineTimer(30_000)
    while len(cards_in_view(reading)) < 3 and not deadline.hasExpired():
        QCoreApplication.processEvents()
    before = {card.content.id: card.y() for card in cards_in_view(reading)}
    assert len(before) >= 3
    steps = 0
    while reading.busy():
        QCoreApplication.processEvents()
        steps += 1
        for card in cards_in_view(reading):
            assert card.y() == pytest.approx(line_of(reading, card.content.id), abs=LEVEL + 2)
            if card.content.id in before:
                assert card.y() == pytest.approx(before[card.content.id], abs=2)
    assert steps > 3
    settle(reading)


def full_placement(reading: ReadingView) -> dict[str, tuple[int, bool]]:
    """Where all cards stand in the view, and which are whole, were each of them measured."""
    assert reading.copy is not None
    margin, page = reading.margin, reading.page
    lines, wholes = [], []
    names = [each.annotation for each in reading.copy.attachment.mentions]
    for name in names:
        card = margin.new_card(name)
        lines.append(page.line_top(reading.copy.attachment.of(name)[0].start) - 9)
        wholes.append(float(card.whole_height(margin.width())))
        short = float(card.short_height())
        card.deleteLater()
    placement = Placement()
    placement.place(Wishes(lines, wholes, [short] * len(names), [DRIFT] * len(names)))
    tops = [round(top) - page.scroll() for top in placement.tops]
    return dict(zip(names, zip(tops, placement.whole, strict=True), strict=True))


@pytest.mark.parametrize(("step", "more"), [(4, 41), (2, 1)], ids=["few", "many"])
def test_cards_in_view_stand_where_placing_all_would_put_them(
    make_reading: Callable[..., ReadingView],
    make_copy: Callable[..., Copy],
    settle: Settle,
    step: int,
    more: int,
) -> None:
    # Of few cards all are measured, so that they may crowd; of many those near the view are.
    annotations = "".join(
        f"  - {{id: a{number}, kind: definition, title: Card {number}, terms: [word{number}],"
        f" body: What it means. {'And more. ' * (number % more)}}}\n"
        for number in range(0, 1200, step)
    )
    reading = make_reading(make_copy(LONG, annotations), (1300, 800))
    settle(reading)
    for share in (0.02, 0.45, 0.2):
        scroll_to(reading, share)
        settle(reading)
        placed = full_placement(reading)
        cards = cards_in_view(reading)
        assert len(cards) >= 3
        for card in cards:
            top, whole = placed[card.content.id]
            assert card.y() == pytest.approx(top, abs=1)
            assert card.whole == whole


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of 10,000 annotations."""
    from reader.copies.reading import open_copy

    folder = tmp_path_factory.mktemp("crowded")
    article = "\n\n".join(
        " ".join(f"word{number}" for number in range(start, start + 20))
        for start in range(0, 10_000, 20)
    )
    annotations = "annotations:\n" + "".join(
        f"  - {{id: a{number}, kind: definition, title: Word {number}, terms: [word{number}],"
        f" body: What word {number} means. {'And more. ' * (number % 9)}}}\n"
        for number in range(10_000)
    )
    folder.joinpath("document.yaml").write_text(
        "format: 1\nid: urn:uuid:7ef70d57-4ea1-4b78-90d2-5a7a1a3f9d53\ntitle: Crowded\n"
        "text: article.md\n"
    )
    folder.joinpath("article.md").write_text(article)
    folder.joinpath("annotations.yaml").write_text(annotations)
    return open_copy(folder)


def test_ten_thousand_cards_are_never_more_than_a_few_widgets(
    make_reading: Callable[..., ReadingView], crowded: Copy, settle: Settle
) -> None:
    reading = make_reading(crowded)
    bar = reading.page.verticalScrollBar()
    for share in (0.0, 0.31, 0.6, 0.94, 1.0, 0.5):
        scroll_to(reading, share)
        for _ in range(4):
            bar.setValue(bar.value() + 90)
            wait_for_cards(reading)
            assert len(cards_in_view(reading)) >= 5
            assert_in_order(reading)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert len(reading.margin.findChildren(Card)) < 60
    settle(reading)
    assert_in_order(reading)


# Widths, fonts, themes ----------------------------------------------------------------------------


def test_a_narrow_window_has_no_margin_and_a_wide_one_has_it_again(
    make_reading: Callable[..., ReadingView], harbour: Copy, settle: Settle
) -> None:
    reading = make_reading(harbour)
    assert reading.margin_shown()
    left, right = reading.page.column()
    assert right <= reading.margin.x()
    reading.resize(900, 700)
    assert not reading.margin_shown()
    left, right = reading.page.column()
    view = reading.page.viewport().width()
    assert left == pytest.approx(view - right, abs=2), "the text stands in the middle"
    reading.resize(1300, 700)
    settle(reading)
    assert reading.margin_shown()
    assert_in_order(reading)
    margin = reading.margin.geometry()
    assert 300 <= margin.width() <= 420
    assert margin.right() < reading.page.viewport().width()


def test_cards_are_measured_again_in_another_width(
    make_reading: Callable[..., ReadingView], harbour: Copy, settle: Settle
) -> None:
    reading = make_reading(harbour, (1060, 820))
    narrow = reading.margin.width()
    for width in (1060, 1400, 1100):
        reading.resize(width, 820)
        settle(reading)
        for card in cards_in_view(reading):
            wanted = card.whole_height(card.width()) if card.whole else card.short_height()
            assert card.height() == wanted
        assert_in_order(reading)
    reading.resize(1060, 820)
    assert reading.margin.width() == narrow


def test_another_height_measures_nothing_again(
    make_reading: Callable[..., ReadingView],
    harbour: Copy,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = make_reading(harbour, (1120, 700))
    measured: list[int] = []
    whole_height = Card.whole_height

    def counted(card: Card, width: int) -> int:
        measured.append(width)
        return whole_height(card, width)

    monkeypatch.setattr(Card, "whole_height", counted)
    before = [(card.content.id, card.y(), card.whole) for card in cards_in_view(reading)]
    reading.resize(1120, 760)
    settle(reading)
    after = [(card.content.id, card.y(), card.whole) for card in cards_in_view(reading)]
    assert after[: len(before)] == before
    assert measured == []


def test_cards_wear_another_theme(
    make_reading: Callable[..., ReadingView], harbour: Copy, dark: Theme
) -> None:
    reading = make_reading(harbour)
    (card, *_) = [each for each in cards_in_view(reading) if each.whole]
    inside = QPoint(card.width() - 8, card.height() // 2)
    reading.apply_theme(dark)
    assert card.grab().toImage().pixelColor(inside).name() == dark["card"]


# Keyboard -----------------------------------------------------------------------------------------


def press(key: Qt.Key) -> None:
    """A key to wherever the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def focused_card() -> str:
    widget = QApplication.focusWidget()
    return widget.content.id if isinstance(widget, Card) else ""


def test_arrow_keys_walk_all_cards_in_their_order(
    make_reading: Callable[..., ReadingView], harbour: Copy
) -> None:
    reading = make_reading(harbour)
    assert reading.focus_margin()
    walked = [focused_card()]
    for _ in range(7):
        press(Qt.Key.Key_Down)
        walked.append(focused_card())
        card = reading.margin.card(walked[-1])
        assert card is not None
        assert -card.height() < card.y() < reading.margin.height(), "it has come into view"
    assert len(set(walked)) == 8
    press(Qt.Key.Key_Down)
    assert focused_card() == walked[-1], "there is nothing below the last"
    back = []
    for _ in range(7):
        press(Qt.Key.Key_Up)
        back.append(focused_card())
    assert back == walked[-2::-1]
    press(Qt.Key.Key_Up)
    assert focused_card() == walked[0], "there is nothing above the first"


def test_enter_and_space_make_a_card_the_active_one_and_escape_returns(
    make_reading: Callable[..., ReadingView], harbour: Copy
) -> None:
    reading = make_reading(harbour)
    reading.focus_margin()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        press(Qt.Key.Key_Down)
        name = focused_card()
        press(key)
        assert reading.active == name
        assert focused_card() == name
    press(Qt.Key.Key_Escape)
    assert reading.page.hasFocus()


def test_a_card_that_scrolls_away_with_the_keyboard_gives_it_to_the_page(
    make_reading: Callable[..., ReadingView], harbour: Copy
) -> None:
    reading = make_reading(harbour)
    reading.focus_margin()
    assert focused_card()
    scroll_to(reading, 1)
    assert reading.page.hasFocus()


def test_the_margin_without_cards_takes_no_focus(
    make_reading: Callable[..., ReadingView], make_copy: Callable[..., Copy]
) -> None:
    reading = make_reading(make_copy("# Bare\n\nWords alone.\n"))
    assert not reading.margin_shown()
    assert not reading.focus_margin()


def test_cards_that_come_later_have_the_colours_of_now(
    make_reading: Callable[..., ReadingView], shipped: Copy, dark: Theme
) -> None:
    reading = make_reading(shipped, (1120, 820))
    reading.apply_theme(dark)
    there = set(reading.margin.cards())
    scroll_to(reading, 1)
    come = [card for card in cards_in_view(reading) if card.content.id not in there and card.whole]
    assert come
    for card in come:
        assert card.grab().toImage().pixelColor(card.width() // 2, 8) == dark.color("card")
