"""Charts have the right proportions, the right colours, and words for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.annotations.model import Chart, ChartKind
from reader.locations import bundled
from reader.ui.margin.chart import ChartView, chart_words, number_words, value_words
from reader.ui.theme import NAMES, Theme, load_theme

NARROW = "\u202f"
NO_BREAK = "\u00a0"
WIDTH = 300


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def theme(name: str = "light") -> Theme:
    return load_theme(bundled("resources") / "themes", name)


def chart(kind: ChartKind, unit: str = "", title: str = "", **values: float) -> Chart:
    return Chart(kind, tuple(values.items()), unit, title)


def view_of(qtbot: QtBot, shown: Chart, colours: Theme | None = None) -> ChartView:
    view = ChartView(shown, "figure")
    qtbot.addWidget(view)
    view.apply_theme(colours or theme())
    view.resize(WIDTH, view.heightForWidth(WIDTH))
    return view


def picture_of(view: ChartView) -> QImage:
    ground = view.palette()
    ground.setColor(view.backgroundRole(), theme().color("card"))
    view.setPalette(ground)
    return view.grab().toImage()


def runs(picture: QImage, colour: QColor) -> list[tuple[int, int, int]]:
    """Every stretch of a colour of at least four pixels in a row: y, start and length."""
    found = []
    for y in range(picture.height()):
        row = [picture.pixelColor(x, y).rgb() == colour.rgb() for x in range(picture.width())]
        start = 0
        for there, pixels in groupby(row):
            length = len(list(pixels))
            if there and length >= 4:
                found.append((y, start, length))
            start += length
    return found


def longest(picture: QImage, colour: QColor) -> tuple[int, int]:
    """Where the longest stretch of a colour starts, and its length."""
    _, start, length = max(runs(picture, colour), key=lambda run: run[2])
    return start, length


# Words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (33.0, "33"),
        (6.9, "6.9"),
        (16.70, "16.7"),
        (10000.0, "10,000"),
        (0.0, "0"),
        (-0.0, "0"),
        (-12.5, "-12.5"),
        (0.1 + 0.2, "0.3"),
        (1234567.25, "1,234,567.25"),
    ],
)
def test_numbers_have_no_needless_decimals(number: float, words: str) -> None:
    assert number_words(number) == words


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert number_words(12345.5) == "12.345,5"


def test_very_large_and_very_small_numbers_stay_short() -> None:
    assert len(number_words(1e300)) < 12
    assert len(number_words(1.2345678e-20)) < 15


def test_a_unit_never_leaves_its_number() -> None:
    assert value_words(33, "% of the fleet") == f"33{NARROW}% of the fleet"
    assert value_words(12.7, "million people") == f"12.7{NO_BREAK}million people"
    assert value_words(5, "") == "5"


def test_a_screen_reader_hears_the_data(qtbot: QtBot) -> None:
    shown = chart(ChartKind.SHARE, "% of the fleet", "Bombers", damaged=33, other=67)
    view = view_of(qtbot, shown)
    assert view.accessibleName() == "Bombers"
    assert view.accessibleDescription() == chart_words(shown)
    assert chart_words(shown) == (
        f"damaged: 33{NARROW}% of the fleet; other: 67{NARROW}% of the fleet"
    )


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_chart_without_a_title_is_named_by_its_kind(qtbot: QtBot, kind: ChartKind) -> None:
    assert view_of(qtbot, chart(kind, a=1)).accessibleName()


# Bars


@pytest.mark.parametrize("name", NAMES)
def test_bars_are_as_long_as_their_values(qtbot: QtBot, name: str) -> None:
    colours = theme(name)
    view = view_of(qtbot, chart(ChartKind.BARS, "m", "Title", one=6.9, two=12.7), colours)
    picture = picture_of(view)
    start, length = longest(picture, colours.color("figure"))
    assert start <= 2
    # Round corners cost a pixel or two.
    assert abs(length - WIDTH * 6.9 / 12.7) <= 3
    start, length = longest(picture, colours.tint("figure", "card", 0.7))
    assert start <= 2
    assert abs(length - WIDTH) <= 3


def test_negative_bars_go_the_other_way_from_zero(qtbot: QtBot) -> None:
    picture = picture_of(view_of(qtbot, chart(ChartKind.BARS, loss=-100, gain=200)))
    start, length = longest(picture, theme().color("figure"))
    assert start <= 2
    assert abs(length - 100) <= 3
    start, length = longest(picture, theme().tint("figure", "card", 0.7))
    assert abs(start - 100) <= 3
    assert abs(length - 200) <= 3


def test_all_negative_bars_hang_from_the_end(qtbot: QtBot) -> None:
    picture = picture_of(view_of(qtbot, chart(ChartKind.BARS, small=-50, large=-100)))
    start, length = longest(picture, theme().color("figure"))
    assert abs(start - WIDTH / 2) <= 3
    assert abs(length - WIDTH / 2) <= 3


def test_a_tiny_bar_can_be_seen_and_none_can_not(qtbot: QtBot) -> None:
    tiny = picture_of(view_of(qtbot, chart(ChartKind.BARS, tiny=1, huge=1_000_000)))
    none = picture_of(view_of(qtbot, chart(ChartKind.BARS, none=0, huge=1_000_000)))

    def left_edge(picture: QImage) -> int:
        """How many pixels of the first two columns are somewhat in the chart's colour."""
        pixels = [picture.pixelColor(x, y) for x in (0, 1) for y in range(picture.height() // 2)]
        return sum(pixel.hslHue() == theme().color("figure").hslHue() for pixel in pixels)

    assert left_edge(tiny) > left_edge(none)


@pytest.mark.parametrize("kind", list(ChartKind))
def test_zeros_draw_no_bar_and_do_no_harm(qtbot: QtBot, kind: ChartKind) -> None:
    picture = picture_of(view_of(qtbot, chart(kind, a=0, b=0)))
    assert not picture.isNull()


# Shares


@pytest.mark.parametrize("name", NAMES)
def test_parts_are_as_long_as_their_shares(qtbot: QtBot, name: str) -> None:
    colours = theme(name)
    view = view_of(qtbot, chart(ChartKind.SHARE, "weapons", drones=30, missiles=90), colours)
    picture = picture_of(view)
    start, length = longest(picture, colours.color("figure"))
    assert start <= 2
    assert abs(length - WIDTH / 4) <= 4
    start, length = longest(picture, colours.tint("figure", "card", 0.4))
    assert abs(start - WIDTH / 4) <= 3
    assert abs(length - WIDTH * 3 / 4) <= 4


def test_what_is_missing_to_a_hundred_is_track(qtbot: QtBot) -> None:
    picture = picture_of(view_of(qtbot, chart(ChartKind.SHARE, "% of all", women=25)))
    assert abs(longest(picture, theme().color("figure"))[1] - WIDTH / 4) <= 4
    start, length = longest(picture, theme().color("edge"))
    assert abs(start - WIDTH / 4) <= 3
    assert abs(length - WIDTH * 3 / 4) <= 4


def test_one_part_of_anything_else_is_all_of_it(qtbot: QtBot) -> None:
    picture = picture_of(view_of(qtbot, chart(ChartKind.SHARE, "drones", all=25)))
    assert abs(longest(picture, theme().color("figure"))[1] - WIDTH) <= 3


# Lines


def test_a_line_falls_from_its_first_value_to_its_last(qtbot: QtBot) -> None:
    picture = picture_of(view_of(qtbot, chart(ChartKind.LINE, "index", y2021=100, y2025=50)))
    figure = theme().color("figure").rgb()
    tops = {}
    for x in (WIDTH // 4, WIDTH * 3 // 4):
        column = [y for y in range(picture.height()) if picture.pixelColor(x, y).rgb() == figure]
        tops[x] = sum(column) / len(column)
    assert tops[WIDTH // 4] < tops[WIDTH * 3 // 4] - 5


def test_years_stand_as_far_apart_as_they_are(qtbot: QtBot) -> None:
    values = (("2000", 0.0), ("2001", 100.0), ("2010", 0.0))
    picture = picture_of(view_of(qtbot, Chart(ChartKind.LINE, values)))
    figure = theme().color("figure").rgb()
    highest = next(
        x
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).rgb() == figure
    )
    assert abs(highest - WIDTH / 10) <= 8


@pytest.mark.parametrize("count", [1, 2, 7, 40, 200])
@pytest.mark.parametrize("width", [90, 300, 800])
def test_labels_never_touch(qtbot: QtBot, count: int, width: int) -> None:
    values = tuple((f"{1800 + n}", float(n * n % 17)) for n in range(count))
    view = view_of(qtbot, Chart(ChartKind.LINE, values, "t"))
    labels = sorted(
        (one.where.left(), one.where.right())
        for one in view._drawing(width).words
        if one.role == "muted"
    )
    assert labels[0][0] >= 0
    assert labels[-1][1] <= width + 1
    for (_, end), (start, _) in pairwise(labels):
        assert end < start
    assert count == 1 or len(labels) >= 2


def test_highest_and_lowest_value_are_named(qtbot: QtBot) -> None:
    view = view_of(qtbot, chart(ChartKind.LINE, "°C", jan=-5, feb=3, mar=12, apr=2))
    named = [one.text for one in view._drawing(WIDTH).words if one.role == "text"]
    assert named == [f"12{NO_BREAK}°C", f"-5{NO_BREAK}°C"]


# Size


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("points", [8, 10, 15, 24])
@pytest.mark.parametrize("width", [80, 200, 311, 700])
def test_everything_stays_inside(qtbot: QtBot, kind: ChartKind, points: int, width: int) -> None:
    values = {
        "soldiers’ bodies exchanged in several rounds of talks": 12000.0,
        "Russian casualties in 2025": 200000.0,
        "none": 0.0,
    }
    shown = Chart(kind, tuple(values.items()), "people of every kind", "Three numbers of many")
    view = ChartView(shown, "figure")
    qtbot.addWidget(view)
    view.setFont(QFont(view.font().family(), points))
    drawing = view._drawing(width)
    for where in [*(one.where for one in drawing.words), *(one.where for one in drawing.blocks)]:
        assert where.left() >= 0
        assert where.right() <= width + 0.5
        assert where.top() >= 0
        assert where.bottom() <= view.heightForWidth(width)
    for one, other in pairwise(drawing.words):
        assert not one.where.intersects(other.where)


def test_the_height_follows_the_width_and_the_font(qtbot: QtBot) -> None:
    view = view_of(qtbot, chart(ChartKind.BARS, "million people", "A title", displaced=6.9))
    assert view.heightForWidth(60) > view.heightForWidth(300)
    assert view.sizeHint().height() == view.heightForWidth(view.sizeHint().width())
    before = view.heightForWidth(300)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.heightForWidth(300) > before * 1.5


def test_a_layout_gives_it_the_height_that_it_asks_for(qtbot: QtBot) -> None:
    card = QWidget()
    qtbot.addWidget(card)
    column = QVBoxLayout(card)
    view = ChartView(chart(ChartKind.BARS, "million people", "A title", a=6.9, b=1), "figure")
    column.addWidget(view)
    column.addStretch(1)
    card.resize(200, 600)
    card.show()
    qtbot.waitExposed(card)
    assert view.height() == view.heightForWidth(view.width())


def test_right_to_left_it_is_mirrored(qtbot: QtBot) -> None:
    view = view_of(qtbot, chart(ChartKind.BARS, one=50, two=100))
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    start, length = longest(picture_of(view), theme().color("figure"))
    assert abs(start - WIDTH / 2) <= 3
    assert abs(length - WIDTH / 2) <= 3


# The pointer


@pytest.mark.parametrize("kind", list(ChartKind))
def test_the_pointer_learns_a_value(qtbot: QtBot, kind: ChartKind) -> None:
    view = view_of(qtbot, chart(kind, "%", first=40, second=60))
    view.show()
    qtbot.waitExposed(view)
    where = {
        ChartKind.BARS: QPoint(20, view.height() - 5),
        ChartKind.SHARE: QPoint(WIDTH - 20, 5),
        ChartKind.LINE: QPoint(WIDTH - 20, view.height() // 2),
    }[kind]
    event = QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where))
    QApplication.sendEvent(view, event)
    assert QToolTip.text() == f"second: 60{NARROW}%"
    QToolTip.hideText()


def test_without_a_theme_nothing_is_drawn(qtbot: QtBot) -> None:
    view = ChartView(chart(ChartKind.BARS, a=1), "figure")
    qtbot.addWidget(view)
    view.resize(WIDTH, 50)
    picture = view.grab().toImage()
    assert len({picture.pixel(x, 25) for x in range(WIDTH)}) == 1
