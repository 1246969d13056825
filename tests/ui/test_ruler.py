"""The reading ruler lies on whole lines, follows pointer and caret, and is in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.copies.copy import Copy
from reader.ui.reading import ReadingView


@pytest.fixture
def reading(make_reading: Callable[..., ReadingView], harbour: Copy) -> ReadingView:
    reading = make_reading(harbour)
    reading.ruler.set_on(True)
    return reading


def point_at(reading: ReadingView, position: int) -> None:
    """Move the pointer to a code point's line."""
    view = reading.page.viewport()
    y = round(reading.page.line_top(position) - reading.page.scroll()) + 4
    QTest.mouseMove(view, QPoint(reading.page.column()[0] + 30, y))
    QApplication.processEvents()


def top_of(reading: ReadingView, position: int) -> float:
    return reading.page.line_top(position) - reading.page.scroll()


def test_it_follows_the_pointer_line_by_line(reading: ReadingView, harbour: Copy) -> None:
    for words in ("The quay is long", "The mill stands", "Then Anna is on"):
        position = harbour.text.string.index(words)
        point_at(reading, position)
        band = reading.ruler.band()
        assert band.top() <= top_of(reading, position)
        assert band.bottom() >= top_of(reading, position) + 18
        assert band.height() < 40
        left, right = reading.page.column()
        assert band.left() < left
        assert band.right() > right


def test_it_can_be_several_lines_high(reading: ReadingView) -> None:
    one = reading.ruler.band().height()
    reading.ruler.set_lines(3)
    assert reading.ruler.band().height() == pytest.approx(3 * one)


def test_it_follows_the_caret(reading: ReadingView, harbour: Copy) -> None:
    page = reading.page
    page.set_caret_mode(True)
    start = harbour.text.string.index("The quay is long")
    page.select(start, start)
    assert abs(reading.ruler.band().top() - top_of(reading, start)) < 12
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.caret() > start
    assert abs(reading.ruler.band().top() - top_of(reading, page.caret())) < 12


def test_the_keyboard_scrolls_the_text_through_it(reading: ReadingView) -> None:
    before = reading.ruler.band()
    for _ in range(6):
        QTest.keyClick(reading.page, Qt.Key.Key_Down)
    after = reading.ruler.band()
    assert reading.page.scroll() > 0
    assert abs(after.top() - before.top()) < before.height() * 2


def test_only_what_is_not_being_read_is_veiled(reading: ReadingView, harbour: Copy) -> None:
    def darkest(image: QImage, top: float, bottom: float) -> int:
        left, right = reading.page.column()
        return min(
            image.pixelColor(x, y).lightness()
            for y in range(round(top), round(bottom))
            for x in range(left, right, 1)
        )

    point_at(reading, harbour.text.string.index("The quay is long"))
    band = reading.ruler.band()
    image = reading.page.grab().toImage()
    assert darkest(image, band.top() + 4, band.bottom() - 4) < 60
    assert darkest(image, band.bottom() + 4, band.bottom() + 3 * band.height()) > 90


def test_clicks_go_through_it(reading: ReadingView, harbour: Copy) -> None:
    mention = harbour.attachment.of("quay")[0]
    place = reading.page.words_rect(mention).center().toPoint()
    QTest.mouseClick(reading.page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reading.active == "quay"


def test_the_command_switches_it(make_window: Callable[..., Any], harbour: Copy) -> None:
    window = make_window(harbour.path)
    ruler = window.reading.ruler
    assert not ruler.isVisible()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.reading.page, Qt.Key.Key_R, held)
    assert ruler.isVisible()
    assert ruler.geometry() == window.reading.page.viewport().geometry()
    window.resize(900, 600)
    QApplication.processEvents()
    assert ruler.geometry() == window.reading.page.viewport().geometry()
    QTest.keyClick(window.reading.page, Qt.Key.Key_R, held)
    assert not ruler.isVisible()
