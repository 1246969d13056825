"""The palette finds, ranks, runs, and gives the focus back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.locations import bundled
from reader.settings import Settings
from reader.ui.actions import Actions
from reader.ui.commands import COMMANDS
from reader.ui.icons import Icons
from reader.ui.keymap import Keymap
from reader.ui.palette.matching import Query, folded
from reader.ui.palette.offered import Entry
from reader.ui.palette.palette import CommandPalette
from reader.ui.theme import NAMES, Theme, load_theme

RESOURCES = bundled("resources")
CONTROL = Qt.KeyboardModifier.ControlModifier


def theme(name: str) -> Theme:
    return load_theme(RESOURCES / "themes", name)


class Stage:
    """A window with a page, a palette over it, and a note of what was run."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.page = QTextEdit()
        QVBoxLayout(self.window).addWidget(self.page)
        self.ran: list[str] = []
        self.entries = [
            Entry("Operation Spiderweb", "Event", "", self.note("spiderweb"), "event"),
            Entry("Volodymyr Zelenskyy", "Person", "", self.note("person"), "person"),
            Entry("Économie", "Section", "", self.note("section")),
        ]
        icons = Icons(RESOURCES / "icons", theme("light"))
        self.icons = icons
        self.actions = Actions(self.window, icons, Keymap(Settings(Path("none"), keeps=False)))
        self.palette = CommandPalette(
            self.window, self.actions, icons, theme("light"), lambda: self.entries
        )
        handlers = {command.id: self.note(command.id) for command in COMMANDS}
        handlers["palette"] = self.palette.open
        for name in ("panel", "margin"):
            handlers[name] = lambda _on, name=name: self.ran.append(name)
        self.actions.bind(handlers)
        self.window.resize(900, 600)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.page.setFocus()

    def note(self, name: str):
        return lambda: self.ran.append(name)

    def open(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_K, CONTROL)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.field, words)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.field, key)

    @property
    def field(self) -> QLineEdit:
        field = self.palette.findChild(QLineEdit)
        assert field is not None
        return field

    @property
    def view(self) -> QListView:
        view = self.palette.findChild(QListView)
        assert view is not None
        return view

    @property
    def rows(self) -> list[str]:
        model = self.view.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def chosen(self) -> str:
        return self.view.currentIndex().data()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


# Matching


def rank(query: str, words: str, detail: str = "") -> tuple[int, int]:
    match = Query(query).match(folded(words), folded(detail))
    assert match is not None
    return match.rank


def letters(query: str, words: str) -> str:
    match = Query(query).match(folded(words))
    assert match is not None
    return "".join(words[place] for place in match.letters)


def test_the_better_match_ranks_before() -> None:
    ranks = [
        rank("find", "Find next"),
        rank("next", "Find next"),
        rank("text open", "Open a text"),
        rank("ext", "Find next"),
        rank("view dark", "Dark theme", "View"),
        rank("fdnx", "Find next"),
    ]
    assert ranks == sorted(ranks)
    assert [tier for tier, _ in ranks] == [0, 1, 2, 3, 4, 5]


def test_initials_and_skipped_letters_match() -> None:
    assert letters("fn", "Find next") == "Fn"
    assert letters("opn", "Open a text") == "Opn"
    assert letters("osw", "Operation Spiderweb") == "OSw"


@pytest.mark.parametrize(
    ("query", "words"),
    [("xyz", "Find next"), ("nf", "Find next"), ("ix", "Find next"), ("fx", "Find next")],
)
def test_letters_that_are_merely_there_do_not_match(query: str, words: str) -> None:
    assert Query(query).match(folded(words)) is None


def test_case_and_accents_do_not_matter() -> None:
    assert letters("economie", "Économie") == "Économie"
    assert letters("ÉCO", "Economy") == "Eco"
    assert folded("Straße İzmir Łódź").isprintable()
    assert len(folded("Straße İzmir Łódź")) == len("Straße İzmir Łódź")


@pytest.mark.parametrize("query", ["[^a]", "-", "\\", "a.*", "]", "(("])
def test_signs_are_letters_like_others(query: str) -> None:
    assert Query(query).match("a plain name") is None
    assert Query(query).match(f"about {query}") is not None


def test_nothing_typed_is_no_query() -> None:
    assert not Query("  ")
    assert Query(" a ")


# The palette


def test_ctrl_k_opens_it_and_escape_returns_the_focus(stage: Stage) -> None:
    stage.open()
    assert stage.palette.isVisible()
    assert stage.field.hasFocus()
    stage.press(Qt.Key.Key_Escape)
    assert not stage.palette.isVisible()
    assert stage.page.hasFocus()
    assert stage.ran == []


def test_ctrl_k_once_more_closes_it(stage: Stage) -> None:
    stage.open()
    QTest.keyClick(stage.field, Qt.Key.Key_K, CONTROL)
    assert not stage.palette.isVisible()
    assert stage.page.hasFocus()


def test_all_commands_and_places_are_listed(stage: Stage) -> None:
    stage.open()
    words = [command.plain_words for command in COMMANDS if command.id != "palette"]
    assert stage.rows == [*words, *(entry.words for entry in stage.entries)]
    assert stage.chosen == words[0]


def test_typing_finds_and_enter_runs(stage: Stage) -> None:
    stage.open()
    stage.type("find p")
    assert stage.rows[0] == stage.chosen == "Find previous"
    stage.press(Qt.Key.Key_Return)
    assert stage.ran == ["find-previous"]
    assert not stage.palette.isVisible()
    assert stage.page.hasFocus()


def test_a_place_is_gone_to(stage: Stage) -> None:
    stage.open()
    stage.type("spider")
    assert stage.rows == ["Operation Spiderweb"]
    stage.press(Qt.Key.Key_Enter)
    assert stage.ran == ["spiderweb"]


def test_places_are_asked_for_whenever_it_opens(stage: Stage) -> None:
    stage.open()
    stage.press(Qt.Key.Key_Escape)
    stage.entries.append(Entry("Stalemate", "Section", "", stage.note("new")))
    stage.open()
    stage.type("stalemate")
    stage.press(Qt.Key.Key_Return)
    assert stage.ran == ["new"]


def test_up_and_down_move_and_go_around(stage: Stage) -> None:
    stage.open()
    first, last = stage.rows[0], stage.rows[-1]
    stage.press(Qt.Key.Key_Down)
    assert stage.chosen == stage.rows[1]
    stage.press(Qt.Key.Key_Up)
    assert stage.chosen == first
    stage.press(Qt.Key.Key_Up)
    assert stage.chosen == last
    stage.press(Qt.Key.Key_Down)
    assert stage.chosen == first
    stage.press(Qt.Key.Key_PageDown)
    assert stage.chosen == stage.rows[9]
    stage.press(Qt.Key.Key_PageUp)
    assert stage.chosen == first


def test_what_is_disabled_is_skipped_and_not_run(stage: Stage) -> None:
    for name in ("find", "find-previous"):
        stage.actions[name].setEnabled(False)
    stage.open()
    stage.type("find")
    assert stage.rows[:3] == ["Find next", "Find previous", "Find in the text"]
    assert stage.chosen == "Find next"
    stage.press(Qt.Key.Key_Down)
    assert stage.chosen not in ("Find previous", "Find in the text")
    at = stage.view.visualRect(stage.view.model().index(1, 0)).center()
    QTest.mouseClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stage.ran == []
    assert stage.palette.isVisible()


def test_only_what_is_disabled_runs_nothing(stage: Stage) -> None:
    stage.actions["reload"].setEnabled(False)
    stage.open()
    stage.type("read the file")
    assert stage.rows == ["Read the file again"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        stage.press(key)
    assert stage.ran == []


def test_nothing_found_says_so(stage: Stage) -> None:
    stage.open()
    stage.type("xyz")
    label = next(one for one in stage.palette.findChildren(QLabel) if one.text())
    assert label.isVisible()
    assert not stage.view.isVisible()
    assert label.text() == "Nothing is called “xyz”."
    stage.press(Qt.Key.Key_Return)
    assert stage.palette.isVisible()
    stage.field.clear()
    stage.type("f")
    assert stage.view.isVisible()
    assert not label.isVisible()


def test_what_was_run_last_comes_first(stage: Stage) -> None:
    for words in ("dark theme", "zelenskyy"):
        stage.open()
        stage.type(words)
        stage.press(Qt.Key.Key_Return)
    stage.open()
    assert stage.rows[:3] == ["Volodymyr Zelenskyy", "Dark theme", "Open a text"]
    stage.type("theme")
    assert stage.rows[:2] == ["Theme of the system", "Dark theme"]


def test_a_click_runs_and_a_click_beside_closes(stage: Stage) -> None:
    stage.open()
    at = stage.view.visualRect(stage.view.model().index(2, 0)).center()
    QTest.mouseClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stage.ran == ["new-window"]
    stage.open()
    QTest.mouseClick(stage.palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 590))
    assert not stage.palette.isVisible()
    assert stage.page.hasFocus()


def test_the_pointer_chooses_when_it_moves(stage: Stage) -> None:
    stage.open()
    for row in (1, 3):
        at = stage.view.visualRect(stage.view.model().index(row, 0)).center()
        QTest.mouseMove(stage.view.viewport(), at)
    assert stage.chosen == stage.rows[3]


def test_tab_stays_in_the_field(stage: Stage) -> None:
    stage.open()
    stage.press(Qt.Key.Key_Tab)
    assert stage.field.hasFocus()
    assert stage.palette.isVisible()


def test_another_commands_key_closes_it(stage: Stage) -> None:
    stage.open()
    stage.press(Qt.Key.Key_F5)
    assert stage.ran == ["reload"]
    assert not stage.palette.isVisible()


def test_it_closes_when_the_focus_goes_elsewhere(stage: Stage) -> None:
    stage.open()
    stage.page.setFocus()
    assert not stage.palette.isVisible()


def test_the_focus_does_not_return_to_what_is_gone(stage: Stage) -> None:
    passing = QLineEdit(stage.window)
    passing.show()
    passing.setFocus()
    stage.palette.open()
    passing.deleteLater()
    QTest.qWait(1)
    stage.press(Qt.Key.Key_Escape)
    assert not stage.palette.isVisible()


def test_it_lies_over_the_top_third_of_the_window(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    card = stage.field.parentWidget()
    assert card is not None
    assert abs(card.geometry().center().x() - 450) <= 1
    assert card.y() < 600 / 3
    stage.window.resize(500, 320)
    assert stage.palette.size() == stage.window.size()
    assert stage.palette.rect().contains(card.geometry())


def test_a_screen_reader_hears_all_of_a_row(stage: Stage) -> None:
    stage.actions["theme-dark"].setChecked(True)
    stage.open()
    spoken = [
        stage.view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(len(stage.rows))
    ]
    assert "Open a text, File, Ctrl+O" in spoken
    assert "Dark theme, View, chosen" in spoken
    assert "Operation Spiderweb, Event" in spoken
    for widget in (stage.palette, stage.field, stage.view):
        assert widget.accessibleName()


def test_a_screen_reader_follows_the_chosen_row(stage: Stage) -> None:
    QAccessible.setActive(True)
    try:
        stage.open()
        stage.press(Qt.Key.Key_Down)
        stage.type("xyz")
        stage.press(Qt.Key.Key_Escape)
    finally:
        QAccessible.setActive(False)
    assert stage.page.hasFocus()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_in_the_themes_colours(stage: Stage, name: str) -> None:
    colours = theme(name)
    stage.icons.set_theme(colours)
    stage.palette.apply_theme(colours, stage.icons)
    stage.open()
    stage.type("spider")
    picture = stage.view.grab().toImage()
    seen = {picture.pixelColor(x, 10).name() for x in range(picture.width())}
    assert colours["chosen"] in seen
    middle = picture.height() // 2
    squares = {picture.pixelColor(x, middle).name() for x in range(30)}
    assert QColor(colours["event"]).name() in squares


def test_ten_thousand_places_do_not_hold_it_up(stage: Stage) -> None:
    run = stage.note("one of many")
    stage.entries += [Entry(f"Annotation number {n}", "Person", "", run) for n in range(10_000)]
    stage.open()
    started = time.perf_counter()
    stage.type("number 4711")
    assert (time.perf_counter() - started) / len("number 4711") < 0.5
    assert stage.chosen == "Annotation number 4711"
