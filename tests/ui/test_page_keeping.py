"""The line that is being read stays where it is, whatever happens around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.ui.appearance import TEXT_SIZES
from reader.ui.page.layout import PageLayout
from reader.ui.page.page import PageView
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme

Settle = Callable[[Any], None]


def long_article(paragraphs: int) -> str:
    """Paragraphs whose heights nobody guesses right."""
    kinds = (
        "WWWW MMMM WWWW. ",
        "ill, till, lilt. ",
        "Plain words, as ever. ",
        "Emoji 🍒 🧑🏽‍🚀 too. ",
    )
    parts = []
    for number in range(paragraphs):
        if number % 50 == 0:
            parts.append(f"## Chapter {number // 50}")
        words = kinds[number % 4] * (3 + number * 7 % 31)
        parts.append(f"Paragraph{number} begins. {words}")
    return "\n\n".join(parts)


def opened(folder: Path, paragraphs: int) -> Copy:
    file = folder / f"{paragraphs}.md"
    file.write_text(long_article(paragraphs), "utf-8")
    return open_copy(file)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return opened(tmp_path_factory.mktemp("long"), 2000)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return opened(tmp_path_factory.mktemp("short"), 60)


def top_of(page: PageView, position: int) -> float:
    """Where a code point's line stands in the view."""
    return page.words_rect(Mention(position, position + 1, "")).top()


def rest_at(page: PageView, position: int) -> int:
    """Scroll there as a reader does, by hand; the answer is the place."""
    page.go_to(position, 0)
    page.verticalScrollBar().setValue(page.scroll() - 1)
    return page.place()


def picture(page: PageView) -> QImage:
    return page.viewport().grab().toImage()


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows that were laid out since the list was last emptied."""
    rows: list[int] = []
    lay_out = PageLayout._lay_out

    def counted(layout: PageLayout, row: int, *lines_of: Any) -> float:
        rows.append(row)
        return lay_out(layout, row, *lines_of)

    monkeypatch.setattr(PageLayout, "_lay_out", counted)
    return rows


# While the rest of the text is laid out -----------------------------------------------------------


@pytest.mark.parametrize("paragraph", [300, 1000, 1990])
def test_nothing_moves_while_the_text_above_is_laid_out(
    make_page: Callable[..., PageView], settle: Settle, long: Copy, paragraph: int
) -> None:
    page = make_page(long, rest=False)
    page.go_to(long.text.string.index(f"Paragraph{paragraph} begins"), 0)
    place = page.place()
    assert long.text.string[place:].startswith(f"Paragraph{paragraph} begins")
    top, before = top_of(page, place), picture(page)
    moved: list[bool] = []
    page.words_moved.connect(lambda: moved.append(True))
    slices = 0
    while page.busy():
        QCoreApplication.processEvents()
        assert top_of(page, place) == pytest.approx(top, abs=1.5)
        slices += 1
    assert slices > 3, "the text was too short to prove anything"
    settle(page)
    assert top_of(page, place) == pytest.approx(top, abs=1.5)
    assert page.place() == place
    assert moved == []
    page.verticalScrollBar().setValue(page.scroll() + 1)
    page.verticalScrollBar().setValue(page.scroll() - 1)
    assert len(moved) == 2
    after = picture(page)
    # To the pixel, or to one: rows may begin between two pixels.
    shifted = [before.copy(0, 1 + by, 700, 400) == after.copy(0, 1, 700, 400) for by in (-1, 0, 1)]
    assert any(shifted)


def test_another_text_is_seen_before_heights_are_found_out(
    make_page: Callable[..., PageView], long: Copy, short: Copy
) -> None:
    page = make_page(short)
    page.show_copy(long)
    page.set_scale(1.5)
    assert page.busy()
    assert not page._keeping.settles
    page.repaint()
    assert page._keeping.settles


def test_a_text_is_passed_when_its_end_is_in_view(
    make_page: Callable[..., PageView], make_copy: Callable[..., Copy], short: Copy
) -> None:
    assert make_page(make_copy("# A letter\n\nA line or two.")).progress() == 1.0
    page = make_page(short)
    assert page.progress() == 0.0
    end = page.line_rect(len(short.text.string) - 1).bottom()
    page.verticalScrollBar().setValue(round(end) - page.viewport().height() - 40)
    assert page.progress() == pytest.approx(1, abs=0.01)
    assert page.progress() < 1
    page.verticalScrollBar().setValue(page.scroll() + 60)
    assert page.progress() == 1.0


def test_the_scroll_bar_knows_the_whole_text_in_the_end(
    make_page: Callable[..., PageView], long: Copy
) -> None:
    page = make_page(long)
    layout = page.page_layout()
    assert layout is not None
    end = len(long.text.string) - 1
    assert page.verticalScrollBar().maximum() == pytest.approx(
        layout.documentSize().height() - page.viewport().height(), abs=1
    )
    page.go_to(end, 0.6)
    assert page.is_in_view(end)


def test_a_jump_lands_where_it_should_before_anything_is_known(
    make_page: Callable[..., PageView], settle: Settle, long: Copy
) -> None:
    page = make_page(long, rest=False)
    for paragraph in (1500, 3, 1990, 700):
        position = long.text.string.index(f"Paragraph{paragraph} begins")
        page.go_to(position, 0.25)
        assert top_of(page, position) == pytest.approx(0.25 * page.viewport().height(), abs=6)
    settle(page)
    assert top_of(page, position) == pytest.approx(0.25 * page.viewport().height(), abs=6)


def test_scrolling_while_the_text_is_laid_out_goes_as_far_as_it_says(
    make_page: Callable[..., PageView], long: Copy
) -> None:
    page = make_page(long, rest=False)
    page.go_to(long.text.string.index("Paragraph1000 begins"), 0)
    for _ in range(20):
        place = page.place()
        top = top_of(page, place)
        bar = page.verticalScrollBar()
        bar.setValue(bar.value() + 31)
        assert top_of(page, place) == pytest.approx(top - 31, abs=1.5)
        QCoreApplication.processEvents()


# Place and back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_a_place_leads_back_to_itself(
    make_page: Callable[..., PageView], settle: Settle, short: Copy, percent: int
) -> None:
    page = make_page(short, rest=False)
    page.set_scale(percent / 100)
    settle(page)
    for paragraph in (0, 7, 20, 33):
        page.go_to(short.text.string.index(f"Paragraph{paragraph} begins") + 120, 0)
        place = page.place()
        for _ in range(3):
            scroll = page.scroll()
            page.go_to(place, 0)
            assert page.place() == place
        assert page.scroll() == scroll


def test_the_place_at_the_start_is_the_start(
    make_page: Callable[..., PageView], short: Copy
) -> None:
    assert make_page(short).place() == 0


# Sizes --------------------------------------------------------------------------------------------


def test_larger_and_smaller_text_keeps_the_words_at_the_top(
    make_page: Callable[..., PageView], settle: Settle, long: Copy
) -> None:
    page = make_page(long)
    rest_at(page, long.text.string.index("Paragraph1001 begins") + 90)
    for percent in (110, 300, 50, 100):
        place = page.place()
        top = top_of(page, place)
        page.set_scale(percent / 100)
        assert top_of(page, place) == pytest.approx(top, abs=2)
        settle(page)
        assert top_of(page, place) == pytest.approx(top, abs=2)


def test_there_and_back_again_shows_the_same_picture(
    make_page: Callable[..., PageView], settle: Settle, short: Copy
) -> None:
    page = make_page(short)
    rest_at(page, short.text.string.index("Paragraph30 begins") + 200)
    before = picture(page)
    for percent in (110, 125, 150, 175, 200, 175, 150, 125, 110, 100):
        page.set_scale(percent / 100)
        settle(page)
    assert picture(page) == before


def test_a_column_made_narrow_keeps_the_words_at_the_top(
    make_reading: Callable[..., ReadingView], settle: Settle, short: Copy
) -> None:
    reading = make_reading(short)
    page = reading.page
    place = rest_at(page, short.text.string.index("Paragraph30 begins") + 200)
    top, before = top_of(page, place), picture(page)
    for width in (1000, 800, 640, 500, 420, 380, 500, 900, 1120):
        reading.resize(width, 700)
        QCoreApplication.processEvents()
        assert top_of(page, place) == pytest.approx(top, abs=2)
    settle(reading)
    assert picture(page) == before


def test_larger_text_in_a_narrow_window_keeps_the_words_at_the_top(
    make_reading: Callable[..., ReadingView], settle: Settle, short: Copy
) -> None:
    reading = make_reading(short, (700, 600))
    page = reading.page
    place = rest_at(page, short.text.string.index("Paragraph30 begins") + 200)
    top = top_of(page, place)
    for percent in (125, 200, 300, 150, 100):
        reading.set_scale(percent / 100)
        settle(reading)
        assert top_of(page, place) == pytest.approx(top, abs=2)


def test_another_theme_moves_nothing(
    make_page: Callable[..., PageView], long: Copy, dark: Theme, theme: Theme
) -> None:
    page = make_page(long)
    page.go_to(long.text.string.index("Paragraph1001 begins"), 0)
    place, scroll = page.place(), page.scroll()
    top, before = top_of(page, place), picture(page)
    page.set_theme(dark)
    assert (page.place(), page.scroll(), top_of(page, place)) == (place, scroll, top)
    assert picture(page) != before
    page.set_theme(theme)
    assert picture(page) == before


# What is laid out, and what is not ----------------------------------------------------------------


def test_a_resize_at_the_same_column_lays_nothing_out_again(
    make_reading: Callable[..., ReadingView], settle: Settle, guide: Copy, laid_out: list[int]
) -> None:
    reading = make_reading(guide, (1120, 700))
    page = reading.page
    page.go_to(guide.text.string.index("Finding your way"), 0)
    settle(reading)
    place = page.place()
    top = top_of(page, place)
    laid_out.clear()
    for width, height in ((1400, 700), (1400, 900), (1100, 500), (1060, 400), (1120, 700)):
        reading.resize(width, height)
        settle(reading)
        assert reading.margin_shown()
        assert top_of(page, place) == top
    reading.set_margin_wanted(False)
    settle(reading)
    assert top_of(page, place) == top
    reading.set_margin_wanted(True)
    settle(reading)
    assert top_of(page, place) == top
    assert laid_out == []


def test_a_jump_lays_out_little_more_than_what_is_seen(
    make_page: Callable[..., PageView], long: Copy, laid_out: list[int]
) -> None:
    page = make_page(long, rest=False)
    picture(page)
    page._keeping._settling.stop()
    laid_out.clear()
    page.go_to(long.text.string.index("Paragraph1700 begins"), 0)
    picture(page)
    assert 0 < len(laid_out) < 60


def test_each_row_of_a_book_is_laid_out_once(
    make_page: Callable[..., PageView], long: Copy, laid_out: list[int]
) -> None:
    page = make_page(long)
    layout = page.page_layout()
    assert layout is not None
    assert sorted(set(laid_out)) == list(range(layout.row_count))
    assert len(laid_out) <= layout.row_count + 10
    assert sum(layout.is_laid(row) for row in range(layout.row_count)) <= 700
