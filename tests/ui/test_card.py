"""A card: what it shows, says and does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.copies.copy import Copy
from reader.locations import bundled
from reader.ui.margin.card import Card
from reader.ui.margin.chart import ChartView
from reader.ui.margin.contents import CardContents
from reader.ui.theme import NAMES, Theme, load_theme

ARTICLE = "# Harbour\n\nThe quay.\n\n## Evening\n\nThe quay, the quay.\n\n" + "\n\n".join(
    f"## Part {number}\n\nA mill." for number in range(20)
)
ANNOTATIONS = """\
  - id: quay
    kind: place
    title: The quay & <the wall>
    terms: [quay]
    body: |
      A *wall* of [stone](https://example.org/stone?a=1&b=2), near the [mill](#mill).
    see: [mill]
    date: 1903-05
    until: 1910
  - {id: mill, kind: event, title: The mill, terms: [mill], see: [crane]}
  - {id: crane, kind: person, title: The crane, terms: [Harbour], see: [quay]}
  - id: stones
    kind: figure
    title: Stones
    terms: [Evening]
    chart: {kind: bars, unit: stones, values: {quay: 12, mill: 3}}
  - id: drawing
    kind: figure
    title: A drawing
    terms: [Part 1]
    image: {file: red.png, alt: A red field, caption: Drawn by nobody}
  - id: lost
    kind: figure
    title: A lost drawing
    terms: [Part 2]
    image: {file: none.png, alt: What it would show}
"""


@pytest.fixture
def copy(make_copy: Callable[..., Copy], tmp_path: Any, qapp: object) -> Copy:
    tmp_path.joinpath("copy").mkdir()
    red = QImage(80, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    red.save(str(tmp_path / "copy" / "red.png"))
    return make_copy(ARTICLE, ANNOTATIONS)


@pytest.fixture
def make_card(qtbot: Any, look: None, copy: Copy, theme: Theme) -> Callable[..., Card]:
    def make(annotation: str, width: int = 340) -> Card:
        holder = QWidget()
        qtbot.addWidget(holder)
        card = Card(CardContents(copy).of(annotation), theme, holder)
        card.resize(width, card.whole_height(width))
        holder.resize(card.size())
        holder.show()
        holder.activateWindow()
        qtbot.waitUntil(holder.isActiveWindow)
        card.clearFocus()
        card.holder = holder  # type: ignore[attr-defined]  # which nothing else keeps alive
        return card

    return make


def labels(card: Card, role: str) -> list[QLabel]:
    return [each for each in card.findChildren(QLabel) if each.property("role") == role]


# What it says -------------------------------------------------------------------------------------


def test_it_shows_kind_date_title_and_body(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    assert [label.text() for label in labels(card, "head")] == ["Place · May 1903 – 1910"]
    assert [label.text() for label in labels(card, "title")] == [
        "<b>The quay &amp; &lt;the wall&gt;</b>"
    ]
    (body,) = labels(card, "body")
    assert "<i>wall</i>" in body.text()


def test_it_lists_its_links(make_card: Callable[..., Card]) -> None:
    mentions, see, linked_from = (label.text() for label in labels(make_card("quay"), "links"))
    assert mentions.startswith("3 mention")
    for words in ("Harbour", "Evening", "(2)"):
        assert f">{words}</a>" in mentions
    assert 'href="#mill"' in see
    assert 'href="#crane"' in linked_from
    assert len(labels(make_card("crane"), "links")) == 2, "one mention needs no list"


def test_many_mentions_are_cut_short(make_card: Callable[..., Card], copy: Copy) -> None:
    assert len(copy.attachment.of("mill")) == 20
    mentions = labels(make_card("mill"), "links")[0].text()
    assert mentions.count("<a ") == 12
    assert mentions.endswith("…")


def test_a_screen_reader_hears_all_of_it(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    assert card.accessibleName() == "Place, The quay & <the wall>, May 1903 – 1910"
    assert card.accessibleDescription() == "A wall of stone, near the mill."
    assert card.plain_words() == "\n".join((card.accessibleName(), card.accessibleDescription()))
    chart = make_card("stones")
    assert "12\u00a0stones" in chart.accessibleDescription()
    assert make_card("drawing").accessibleDescription() == "A red field"
    assert make_card("lost").accessibleDescription() == "What it would show"


def test_nothing_of_it_is_cut(make_card: Callable[..., Card]) -> None:
    for width in (300, 420):
        for name in ("quay", "mill", "stones", "drawing", "lost"):
            card = make_card(name, width)
            for label in card.findChildren(QLabel):
                assert label.height() >= label.heightForWidth(label.width())
                assert card.rect().contains(label.geometry())


# What it draws ------------------------------------------------------------------------------------


def test_a_chart_and_a_picture_are_drawn(make_card: Callable[..., Card], theme: Theme) -> None:
    card = make_card("stones")
    (chart,) = card.findChildren(ChartView)
    assert card.rect().contains(chart.geometry())
    picture = chart.grab().toImage()
    color = QColor(theme["figure"])
    assert any(
        picture.pixelColor(x, y) == color
        for x in range(picture.width())
        for y in range(picture.height())
    )
    drawing = make_card("drawing").grab().toImage()
    red = [
        (x, y)
        for x in range(drawing.width())
        for y in range(drawing.height())
        if drawing.pixelColor(x, y) == QColor("#ff0000")
    ]
    assert len(red) == 80 * 40


@pytest.mark.parametrize("name", NAMES)
def test_it_wears_its_kind_and_theme(make_card: Callable[..., Card], name: str) -> None:
    theme = load_theme(bundled("resources") / "themes", name)
    card = make_card("quay")
    card.apply_theme(theme)
    paper = card.grab().toImage()
    assert paper.pixelColor(card.width() - 8, card.height() // 2).name() == theme["card"]
    head = labels(card, "head")[0].geometry().center().y()
    assert paper.pixelColor(17, head).name() == theme["place"]


def test_the_active_card_has_an_edge_in_the_kinds_colour(
    make_card: Callable[..., Card], theme: Theme
) -> None:
    card = make_card("quay")
    place = QColor(theme["place"])

    def distance() -> int:
        """How far from the kind's colour the edge is, where it comes nearest to it."""
        paper, middle = card.grab().toImage(), card.height() // 2
        return min(
            abs(color.red() - place.red()) + abs(color.blue() - place.blue())
            for color in (paper.pixelColor(x, middle) for x in range(5))
        )

    quiet = distance()
    card.set_active(True)
    assert distance() < quiet / 2


def test_short_it_is_one_line(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    tall = card.whole_height(340)
    card.set_whole(False)
    assert card.short_height() < tall / 3
    assert not any(label.isVisible() for label in card.findChildren(QLabel))
    assert card.whole_height(340) == tall, "measuring it does not make it whole"
    assert not any(label.isVisible() for label in card.findChildren(QLabel))
    assert card.accessibleDescription(), "a screen reader still hears all of it"
    card.set_whole(True)
    assert all(label.isVisible() for label in card.findChildren(QLabel))


@pytest.mark.parametrize("name", NAMES)
def test_what_was_one_line_has_the_theme_that_came_meanwhile(
    make_card: Callable[..., Card], name: str
) -> None:
    whole, short = make_card("quay"), make_card("quay")
    theme = load_theme(bundled("resources") / "themes", name)
    whole.apply_theme(theme)
    short.set_whole(False)
    short.apply_theme(theme)
    short.set_whole(True)
    assert short.grab().toImage() == whole.grab().toImage()


# What it does -------------------------------------------------------------------------------------


def test_links_lead_where_they_say(
    make_card: Callable[..., Card], copy: Copy, press_link: Callable[..., None]
) -> None:
    card = make_card("quay")
    told: list[tuple[object, ...]] = []
    card.travel_wanted.connect(lambda name, at: told.append((name, at)))
    card.annotation_wanted.connect(lambda name: told.append((name,)))
    card.link_activated.connect(lambda address: told.append((address,)))
    card.activated.connect(lambda name: told.append(("activated", name)))
    second = copy.attachment.of("quay")[1].start
    press_link(card, f"mention:{second}")
    press_link(card, "#crane")
    press_link(card, "https://example.org/stone?a=1&b=2")
    assert told == [("quay", second), ("crane",), ("https://example.org/stone?a=1&b=2",)]


def test_a_click_and_enter_and_space_choose_it(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    chosen: list[str] = []
    card.activated.connect(chosen.append)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 6, 6))
    assert chosen == ["quay"]
    card.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(card, key)
    assert chosen == ["quay"] * 4
    title = labels(card, "title")[0]
    QTest.mouseClick(title, Qt.MouseButton.LeftButton, pos=title.rect().center())
    assert chosen == ["quay"] * 5, "and so does one on its words"


def test_a_press_that_ends_elsewhere_chooses_nothing(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    chosen: list[str] = []
    card.activated.connect(chosen.append)
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 6))
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=QPoint(20, card.height() + 60))
    assert chosen == []


def test_escape_leaves_it(make_card: Callable[..., Card]) -> None:
    card = make_card("quay")
    left: list[bool] = []
    card.left.connect(lambda: left.append(True))
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert left == [True]


def test_the_keyboard_reaches_the_card_and_its_links(
    qtbot: Any, look: None, copy: Copy, theme: Theme
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    card = Card(CardContents(copy).of("quay"), theme)
    column.addWidget(card)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    followed: list[str] = []
    card.annotation_wanted.connect(followed.append)
    card.link_activated.connect(followed.append)
    card.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        QTest.keyClick(holder.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(holder.focusWidget(), Qt.Key.Key_Return)
    assert "https://example.org/stone?a=1&b=2" in followed
    assert "mill" in followed


def test_the_keyboards_frame_is_seen_and_a_clicks_is_not(
    make_card: Callable[..., Card], theme: Theme
) -> None:
    card = make_card("quay")
    accent = QColor(theme["accent"])

    def framed() -> bool:
        paper = card.grab().toImage()
        return any(paper.pixelColor(x, card.height() // 2) == accent for x in range(8))

    assert not framed()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    assert framed()
    card.clearFocus()
    card.setFocus(Qt.FocusReason.PopupFocusReason)
    assert not framed()
