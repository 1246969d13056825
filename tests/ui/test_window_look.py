"""The window in every size, with large letters, and in the colours of the system."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from shiboken6 import isValid

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.ui import fonts
from reader.ui import theme as theme_module
from reader.ui.margin.card import Card

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]
Settle = Callable[[Any], None]


def top_of(window: Window, place: int) -> float:
    return window.reading.page.words_rect(Mention(place, place + 1, "")).top()


# The line that is read ----------------------------------------------------------------------------


def test_nothing_around_the_text_moves_the_line_that_is_read(
    make_window: MakeWindow, guide: Copy, settle: Settle
) -> None:
    window = make_window(guide.path)
    window.reading.travel_to(guide.text.string.index("Finding your way"), fraction=0)
    place = window.reading.place()
    top = top_of(window, place)

    def is_there() -> bool:
        settle(window.reading)
        return abs(top_of(window, place) - top) <= 2 and window.reading.place() == place

    for command in ("panel", "panel", "margin", "margin", "theme-dark", "theme-light"):
        window.actions_[command].trigger()
        assert is_there(), command
    for size in ((1100, 880), (1360, 500), (900, 700), (600, 700), (480, 360), (1360, 880)):
        window.resize(*size)
        assert is_there(), size
    for command in ("larger", "larger", "panel", "smaller", "normal", "panel"):
        window.actions_[command].trigger()
        assert is_there(), command
    for mode in ("every", "none", "first"):
        window.actions_[f"underline-{mode}"].trigger()
        assert is_there(), mode
    assert not window.actions_["forward"].isEnabled()


# Sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", [100, 150, 300])
def test_at_a_thousand_pixels_nothing_is_cut(
    make_window: MakeWindow, guide: Copy, percent: int
) -> None:
    window = make_window(guide.path, (1000, 700))
    window.appearance.choose_size(percent)
    layout = window.reading.page.page_layout()
    assert layout is not None
    view = window.reading.page.viewport().width()
    for block in guide.text.blocks:
        for rect in layout.range_rects(block.start, block.end):
            assert rect.left() >= 0
            assert rect.right() <= view


def test_the_smallest_window_still_works(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path, (480, 360))
    assert (window.width(), window.height()) == (480, 360)
    for widget in (window.header.find_field, window.reading.page, *_buttons(window)):
        corner = widget.mapTo(window, QPoint())
        assert corner.x() >= 0
        assert corner.x() + widget.width() <= 480
        assert widget.width() > 20
    for control in (*_buttons(window), window.header.find_field):
        others = [*_buttons(window), window.header.find_field]
        assert not any(
            control.geometry().intersects(other.geometry())
            for other in others
            if other is not control
        )
    window.reading.show_annotation("quay")
    popover = window.reading.popover
    assert popover.isVisible()
    assert window.reading.page.viewport().rect().contains(popover.geometry())
    window.resize(100, 100)
    assert (window.width(), window.height()) == (480, 360)


def _buttons(window: Window) -> list[QToolButton]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return list(window.header.findChildren(QToolButton, options=direct))


def test_the_title_is_shortened_and_never_in_the_way(
    make_window: MakeWindow, make_copy: Callable[..., Copy]
) -> None:
    window = make_window(make_copy("# Title\n\nWords.\n").path)
    long = "A title of many words that nobody will ever read to its end " * 4
    for width in (480, 800, 1360, 1920):
        window.resize(width, 600)
        window.header.title.set_words(long, "annotated by a person of a long name")
        QCoreApplication.processEvents()
        title = window.header.title
        for label in title.findChildren(QLabel):
            if label.text():
                assert title.rect().contains(label.geometry())
        assert title.geometry().right() <= window.header.find_field.geometry().left()
        assert long in title.toolTip()


def test_large_letters_of_the_system_make_everything_larger(
    make_window: MakeWindow, harbour: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    heights, widths = [], []
    for points in (10.0, 15.0):
        monkeypatch.setattr(fonts, "_LEAST_POINTS", points)
        window = make_window(harbour.path, (1700, 900))
        card = window.reading.margin.card("quay")
        assert isinstance(card, Card)
        heights.append(card.whole_height(card.width()))
        widths.append(window.reading.margin.width())
        assert card.height() == (heights[-1] if card.whole else card.short_height())
        for label in card.findChildren(QLabel):
            assert not label.isVisible() or label.height() >= label.heightForWidth(label.width())
        header = window.header
        assert header.find_field.height() <= header.height()
        window.close()
    assert heights[1] > 1.2 * heights[0]
    assert widths[1] > 1.2 * widths[0]


# The system's colours -----------------------------------------------------------------------------


class _Hints:
    """What the system says of its colours; no test may change the system's own."""

    scheme = Qt.ColorScheme.Light

    contrast = Qt.ContrastPreference.NoPreference

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def accessibility(self) -> _Hints:
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.contrast


def test_the_theme_of_the_system_follows_the_system(
    make_window: MakeWindow, harbour: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = _Hints()

    class Application:
        @staticmethod
        def styleHints() -> _Hints:
            return hints

    monkeypatch.setattr(theme_module, "QGuiApplication", Application)
    changed = QGuiApplication.styleHints().colorSchemeChanged
    window = make_window(harbour.path)
    names = [window.theme.name]
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown, Qt.ColorScheme.Dark):
        hints.scheme = scheme
        changed.emit(scheme)
        names.append(window.theme.name)
        paper = window.grab().toImage()
        assert paper.pixelColor(4, 4).name() == window.theme["window"]
    assert [name.lower() for name in names] == ["light", "dark", "light", "dark"]
    window.actions_["theme-sepia"].trigger()
    hints.scheme = Qt.ColorScheme.Light
    changed.emit(hints.scheme)
    assert window.theme.name.lower() == "sepia", "whoever chose a theme keeps it"
    window.actions_["theme-system"].trigger()
    assert window.theme.name.lower() == "light"
    hints.contrast = Qt.ContrastPreference.HighContrast
    accessibility = QGuiApplication.styleHints().accessibility()
    accessibility.contrastPreferenceChanged.emit(hints.contrast)
    assert window.theme.name == "high-contrast-light"
    hints.scheme = Qt.ColorScheme.Dark
    changed.emit(hints.scheme)
    assert window.theme.name == "high-contrast-dark"


def test_a_closed_window_does_not_follow_the_system(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(window)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)


# The wheel ----------------------------------------------------------------------------------------


def test_ctrl_and_the_wheel_change_the_size(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path)
    window.reading.travel_to(harbour.text.string.index("Part 3"), fraction=0)
    place = window.reading.place()
    top = top_of(window, place)
    for step, percent in ((1, 110), (1, 125), (-1, 110)):
        window.reading.page.size_wanted.emit(step)
        assert window._settings["text-size"] == percent
        assert top_of(window, place) == pytest.approx(top, abs=2)


def test_side_buttons_go_back_from_anywhere(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path)
    window.reading.travel_to(3000)
    there = window.reading.place()
    QTest.mouseClick(window, Qt.MouseButton.BackButton, pos=QPoint(2, 2))
    assert window.reading.place() == 0
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, pos=QPoint(2, 2))
    assert window.reading.place() == there


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast-light"])
def test_what_an_empty_field_says_can_be_read(
    make_window: MakeWindow, harbour: Copy, theme: str
) -> None:
    window = make_window(harbour.path, theme=theme)
    shown = window.header.find_field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert shown.name(QColor.NameFormat.HexArgb) == f"#ff{window.theme['muted'][1:]}"
