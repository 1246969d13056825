"""What the window remembers from one time to the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from reader import app
from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from tests.ui.conftest import open_text

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]


def closed(window: Window) -> None:
    window.close()
    QCoreApplication.processEvents()


def top_words(window: Window) -> str:
    assert window.copy is not None
    place = window.reading.place()
    return window.copy.text.string[place : place + 30]


def test_a_text_opens_where_one_left_it(make_window: MakeWindow, harbour: Copy) -> None:
    first = make_window(harbour.path)
    first.reading.travel_to(harbour.text.string.index("Part 5"), fraction=0)
    QTest.keyClick(first.reading.page, Qt.Key.Key_Down)
    words, place = top_words(first), first.reading.place()
    top = first.reading.page.words_rect(Mention(place, place + 3, "")).top()
    closed(first)
    second = make_window(harbour.path)
    assert top_words(second) == words
    again = second.reading.page.words_rect(Mention(place, place + 3, "")).top()
    assert again == pytest.approx(top, abs=31), "to the line"
    assert not second.actions_["back"].isEnabled()


@pytest.mark.parametrize("percent", [50, 300])
def test_it_does_not_creep_however_often_one_comes_back(
    make_window: MakeWindow, harbour: Copy, percent: int
) -> None:
    window = make_window(harbour.path, (1000, 700))
    window.appearance.choose_size(percent)
    window.reading.travel_to(harbour.text.string.index("Part 4") + 200, fraction=0)
    words = top_words(window)
    for _ in range(2):
        closed(window)
        window = make_window(harbour.path, None)
        assert top_words(window) == words


def test_each_text_has_a_place_of_its_own(
    make_window: MakeWindow, harbour: Copy, guide: Copy
) -> None:
    window = make_window(harbour.path)
    window.reading.travel_to(harbour.text.string.index("Part 5"), fraction=0)
    open_text(window, guide.path)
    assert window.reading.place() == 0
    window.reading.travel_to(guide.text.string.index("Finding your way"), fraction=0)
    open_text(window, harbour.path)
    assert top_words(window).startswith("Part 5")
    open_text(window, guide.path)
    assert top_words(window).startswith("Finding your way")


def test_the_last_text_is_opened_next_time(
    make_window: MakeWindow, home: Path, harbour: Copy, guide: Copy
) -> None:
    start = app.Start(home=home)
    window = make_window()
    assert app._first_text(start, window).name == app.SHIPPED
    open_text(window, guide.path)
    open_text(window, harbour.path)
    closed(window)
    window = make_window()
    assert app._first_text(start, window) == harbour.path
    assert app._first_text(app.Start(copy=guide.path), window) == guide.path
    assert app._first_text(app.Start(screenshot=Path("a.png")), window).name == app.SHIPPED


def test_a_last_text_that_is_gone_is_told_and_another_is_shown(
    make_window: MakeWindow, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "gone.md"
    file.write_text("# Gone\n\nWords.\n")
    closed(make_window(file))
    file.unlink()
    window = make_window()
    path = app._first_text(app.Start(home=home), window)
    assert path.name == app.SHIPPED
    open_text(window, path)
    assert window.notice.isVisible()
    assert "Gone" in window.notice.words
    assert str(tmp_path) in window.notice.words


def test_the_window_is_as_one_left_it(make_window: MakeWindow, harbour: Copy) -> None:
    first = make_window(harbour.path, (720, 560))
    for name in ("margin", "index", "larger", "underline-every", "theme-sepia"):
        first.actions_[name].trigger()
    first.panel.show_page("timeline")
    first._splitter.setSizes([260, 460])
    first._splitter.splitterMoved.emit(260, 1)
    width, column = first.panel.width(), first.reading.page.column()
    closed(first)
    second = make_window(harbour.path, None)
    assert (second.width(), second.height()) == (720, 560)
    assert second.panel.isVisible()
    assert second.panel.page == "timeline"
    assert second.panel.width() == pytest.approx(width, abs=2)
    assert not second.reading.margin_shown()
    assert second.reading.page.column() == pytest.approx(column, abs=2)
    assert second.theme.name.lower() == "sepia"
    for name in ("underline-every", "theme-sepia"):
        assert second.actions_[name].isChecked()
    assert not second.actions_["margin"].isChecked()
    second.actions_["panel"].trigger()
    closed(second)
    third = make_window(harbour.path, None)
    assert not third.panel.isVisible()
    assert not third.actions_["panel"].isChecked()
    third.actions_["panel"].trigger()
    assert third.panel.isVisible()
    assert third.panel.page == "timeline"


def test_the_ends_of_the_text_sizes_are_known_from_the_start(
    make_window: MakeWindow, harbour: Copy
) -> None:
    window = make_window(harbour.path)
    window.appearance.choose_size(300)
    closed(window)
    window = make_window(harbour.path)
    assert not window.actions_["larger"].isEnabled()
    assert window.actions_["smaller"].isEnabled()


def test_a_theme_for_this_time_only_is_not_remembered(
    make_window: MakeWindow, harbour: Copy
) -> None:
    window = make_window(harbour.path, theme="dark")
    assert window.theme.name.lower() == "dark"
    closed(window)
    assert make_window(harbour.path).theme.name.lower() == "light"


def test_damaged_settings_are_told_and_set_aside(
    make_window: MakeWindow, home: Path, harbour: Copy
) -> None:
    home.joinpath("settings.json").write_text("{ no json")
    window = make_window(harbour.path)
    assert window.notice.isVisible(), "opening a text does not hide it"
    (aside,) = home.glob("settings.damaged*")
    assert aside.name in window.notice.words
    assert aside.read_text() == "{ no json"


@pytest.mark.parametrize(
    "stored",
    [
        {"window": "no base 64 ☃", "theme": "pink", "text-size": 7, "panel-width": -3},
        {"window": "AAAA", "panel-page": 5, "underline": None, "panel": "yes"},
        {"unknown": [1, 2], "text-size": 117},
    ],
)
def test_strange_settings_do_no_harm(
    make_window: MakeWindow, home: Path, harbour: Copy, stored: dict[str, Any]
) -> None:
    home.joinpath("settings.json").write_text(json.dumps(stored))
    window = make_window(harbour.path, None)
    assert window.width() >= 480
    window.actions_["larger"].trigger()
    window.actions_["theme-dark"].trigger()
    assert window.theme.name.lower() == "dark"


def test_nothing_is_written_where_nothing_is_kept(
    make_window: MakeWindow, home: Path, harbour: Copy
) -> None:
    window = make_window(harbour.path, keeps=False)
    window.reading.travel_to(3000)
    for name in ("theme-dark", "larger", "margin", "index", "underline-none"):
        window.actions_[name].trigger()
    assert window.theme.name.lower() == "dark"
    closed(window)
    assert list(home.iterdir()) == []


def test_the_place_is_kept_when_one_has_come_to_rest(
    make_window: MakeWindow, harbour: Copy, qtbot: Any
) -> None:
    window = make_window(harbour.path)
    library = window._library
    assert library is not None
    window._settled.setInterval(1)
    window.reading.travel_to(harbour.text.string.index("Part 6"), fraction=0)

    def kept() -> bool:
        place = library.place(harbour)
        return place is not None and place.position == harbour.text.string.index("Part 6")

    qtbot.waitUntil(kept)


def test_how_far_one_is_is_told_by_the_true_heights(
    make_window: MakeWindow, tmp_path: Path, settle: Callable[[Any], None]
) -> None:
    narrow = "\n\n".join("ill, till, lilt. " * 30 for _ in range(80))
    wide = "\n\n".join("WWWW MMMM WWWW. " * 30 for _ in range(80))
    file = tmp_path / "uneven.md"
    file.write_text(f"{narrow}\n\n## The middle\n\n{wide}", "utf-8")
    window = make_window(file)
    assert window.copy is not None
    window.reading.travel_to(window.copy.text.string.index("The middle"), fraction=0)
    told = window.status._place.text()
    for percent in (150, 100):
        window.appearance.choose_size(percent)
        assert window.reading.page.busy(), "the text was too short to prove anything"
        settle(window.reading)
    assert window.status._place.text() == told


def test_at_the_end_other_sizes_of_text_and_back_move_nothing(
    make_window: MakeWindow, shipped: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(shipped.path)
    page = window.reading.page
    QTest.keyClick(page, Qt.Key.Key_End)
    settle(window.reading)
    before = page.scroll()
    for command in ("larger", "smaller", "smaller", "smaller", "normal"):
        window.actions_[command].trigger()
        settle(window.reading)
    assert page.scroll() == before


def test_the_same_text_chosen_in_the_library_stands_where_it_stood(
    make_window: MakeWindow, harbour: Copy, settle: Callable[[Any], None]
) -> None:
    window = make_window(harbour.path)
    page = window.reading.page
    window.reading.travel_to(harbour.text.string.index("Part 5"), fraction=0)
    page.verticalScrollBar().setValue(page.scroll() + 11)
    settle(window.reading)
    scroll, before = page.scroll(), page.viewport().grab().toImage()
    window.actions_["library"].trigger()
    open_text(window, harbour.path)
    settle(window.reading)
    assert page.scroll() == scroll
    assert page.viewport().grab().toImage() == before
