"""Help: the guides in their window, what is new, and the report of a problem."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QTreeWidgetItem

from reader import __version__, crash
from reader.annotations.marks import Color, MarkKind
from reader.copies.copy import Copy
from reader.locations import bundled, user_folders
from reader.settings import FILE
from reader.ui.help.guides import NAMES, NEWS, USERS, Guide, newer, read_guides
from reader.ui.help.report_dialog import ReportDialog
from reader.ui.helping import TOPICS

if TYPE_CHECKING:
    from reader.ui.help.window import HelpWindow
    from reader.ui.window import Window

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MakeWindow = Callable[..., "Window"]


@pytest.fixture(scope="module")
def guides() -> dict[str, Guide]:
    return read_guides(bundled("docs"), bundled("CHANGELOG.md"))


@pytest.fixture
def window(make_window: MakeWindow, harbour: Copy) -> Window:
    return make_window(harbour.path)


@pytest.fixture
def help_window(window: Window, qtbot: Any, settle: Callable[[Any], None]) -> HelpWindow:
    QTest.keyClick(window.reading.page, KEY.Key_F1)
    shown = window.helping.window
    assert shown is not None
    qtbot.waitUntil(shown.isActiveWindow)
    settle(shown)
    return shown


def shown_words(shown: HelpWindow) -> str:
    return shown.page.page.document().toPlainText()


def lines(shown: HelpWindow) -> list[str]:
    """The first words of every line at the left."""
    found: list[str] = []

    def walk(item: QTreeWidgetItem | None) -> None:
        assert item is not None
        found.append(item.text(0).split("\n")[0])
        for number in range(item.childCount()):
            walk(item.child(number))

    tree = shown.contents
    for number in range(tree.topLevelItemCount()):
        walk(tree.topLevelItem(number))
    return found


# The guides themselves -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_guide_leads_to_a_place(guides: dict[str, Guide], name: str) -> None:
    guide = guides[name]
    for link in guide.links.values():
        if not link.address:
            assert not link.heading or link.heading in guides[link.guide].headings, link
    shown = {mention.annotation for mention in guide.attachment.mentions}
    assert shown == set(guide.links)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_a_guide_is_there_for_light_and_dark(
    guides: dict[str, Guide], name: str
) -> None:
    for block in guides[name].text.blocks:
        if block.source:
            light = guides[name].picture(block.source)
            dark = Guide(**{**vars_of(guides[name]), "dark": True}).picture(block.source)
            assert light is not None
            assert light.name.endswith("-light.png")
            assert dark is not None
            assert dark.name == light.name.replace("-light", "-dark")
            assert block.alt, block.source


def vars_of(guide: Guide) -> dict[str, Any]:
    return {name: getattr(guide, name) for name in guide.__dataclass_fields__}


def test_no_picture_outside_the_guides_is_shown(guides: dict[str, Guide]) -> None:
    assert guides[USERS].picture("../../content/welcome/figures/window.svg") is None


def test_no_guide_shows_comments_or_raw_markdown(guides: dict[str, Guide]) -> None:
    for name in NAMES:
        assert "<!-- generated" not in guides[name].text.string
        assert "<!-- end -->" not in guides[name].text.string


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_told_of(guides: dict[str, Guide], topic: str) -> None:
    name, heading = TOPICS[topic]
    assert not heading or heading in guides[name].headings


# The window ------------------------------------------------------------------------------------


def test_f1_shows_the_guides_and_the_text_stays(
    window: Window, help_window: HelpWindow, harbour: Copy
) -> None:
    assert shown_words(help_window).startswith("User's guide\n")
    assert help_window.windowTitle() == "Help — Annotated Reader"
    assert "Teacher's guide" in lines(help_window)
    assert "Snapshots" in lines(help_window)
    assert window.copy is not None
    assert window.copy.path == harbour.path


def test_nothing_of_it_comes_into_the_library(window: Window, help_window: HelpWindow) -> None:
    help_window.page.travel_to(4000)
    help_window.close()
    assert window._library is not None
    assert [entry.title for entry in window._library.texts()] == ["A test"]


def test_a_section_at_the_left_is_gone_to_and_back(
    help_window: HelpWindow, guides: dict[str, Guide]
) -> None:
    tree = help_window.contents
    (item,) = tree.findItems("Snapshots", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(item)
    tree.setFocus()
    QTest.keyClick(tree, KEY.Key_Return)
    assert help_window.page.place() == guides[USERS].headings["snapshots"]
    QTest.keyClick(help_window, KEY.Key_Left, ALT)
    assert help_window.page.place() == 0
    QTest.keyClick(help_window, KEY.Key_Right, ALT)
    assert help_window.page.place() == guides[USERS].headings["snapshots"]


def test_a_link_leads_to_another_guide_by_keyboard(
    help_window: HelpWindow, settle: Callable[[Any], None]
) -> None:
    page = help_window.page.page
    page.setFocus()
    for _ in range(3):
        QTest.keyClick(page, KEY.Key_Tab)
    mention = page.focused_mention()
    assert mention is not None
    assert shown_words(help_window)[mention.start : mention.end] == "teacher's guide"
    QTest.keyClick(page, KEY.Key_Return)
    settle(help_window)
    assert shown_words(help_window).startswith("Teacher's guide\n")
    help_window.back()
    assert shown_words(help_window).startswith("User's guide\n")


def test_an_address_outside_is_asked_about_first(
    help_window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    asked: list[str] = []

    def answer(button: int) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.informativeText())
        box.buttons()[button].click()

    help_window.show_place("exporting.md")
    guide = help_window.guide
    assert guide is not None
    (link,) = (each for each in guide.links.values() if "annotation-model" in each.address)
    for words in ("Cancel", "Open in the browser"):
        QTimer.singleShot(
            0,
            lambda words=words: answer(
                [each.text().replace("&", "") for each in _buttons()].index(words)
            ),
        )
        help_window.follow(link)
    assert asked == [link.address] * 2
    assert opened == [link.address]


def _buttons() -> list[Any]:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box.buttons()


def test_a_search_finds_in_all_guides(
    help_window: HelpWindow, settle: Callable[[Any], None]
) -> None:
    QTest.keyClick(help_window.page.page, KEY.Key_F, CTRL)
    assert help_window.field.hasFocus()
    QTest.keyClicks(help_window.field, "quietuninst")
    assert lines(help_window) == ["Rolling it out in a school", "Putting it on the computers"]
    QTest.keyClick(help_window.field, KEY.Key_Return)
    settle(help_window)
    assert shown_words(help_window).startswith("Rolling it out in a school\n")
    page, start = help_window.page.page, shown_words(help_window).index("QuietUninst")
    assert page.is_in_view(start)
    QTest.keyClick(help_window, KEY.Key_Escape)
    assert help_window.field.text() == ""
    assert "User's guide" in lines(help_window)


def test_the_places_on_the_page_are_walked(help_window: HelpWindow) -> None:
    help_window.find()
    QTest.keyClicks(help_window.field, "SNAPSHOT")
    first = help_window._finder.current
    QTest.keyClick(help_window.field, KEY.Key_Return)
    QTest.keyClick(help_window, KEY.Key_F3)
    second = help_window._finder.current
    assert second is not None
    assert second != first
    QTest.keyClick(help_window, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert help_window._finder.current != second


def test_words_that_no_guide_has_are_said(help_window: HelpWindow) -> None:
    help_window.find()
    QTest.keyClicks(help_window.field, "zyxwv")
    assert lines(help_window) == ["No guide has these words."]


def test_escape_closes_it_and_the_size_is_kept(
    window: Window, help_window: HelpWindow, home: Path
) -> None:
    help_window.resize(700, 510)
    QTest.keyClick(help_window.page.page, KEY.Key_Escape)
    assert not help_window.isVisible()
    window.close()
    stored = json.loads((user_folders(home).settings / FILE).read_text("utf-8"))
    assert stored["help-window"]


def test_it_follows_the_theme_and_the_size_of_the_text(
    window: Window, help_window: HelpWindow, settle: Callable[[Any], None]
) -> None:
    guide = help_window.guide
    assert guide is not None
    assert not guide.dark
    help_window.show_place(USERS, "the-library")
    window.actions_["theme-dark"].trigger()
    settle(help_window)
    assert help_window.guide is not None
    assert help_window.guide.dark
    assert help_window.page.place() == help_window.guide.headings["the-library"]
    before = help_window.page.column_pixels()
    window.actions_["smaller"].trigger()
    settle(help_window)
    assert help_window.page.column_pixels() < before


def test_it_opens_at_what_one_is_doing(
    window: Window, guides: dict[str, Guide], qtbot: Any
) -> None:
    window.actions_["library"].trigger()
    window.actions_["help"].trigger()
    shown = window.helping.window
    assert shown is not None
    assert shown.page.place() == guides[USERS].headings["the-library"]
    window.actions_["preferences"].trigger()
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, KEY.Key_F1)
    assert shown.page.place() == guides[USERS].headings["preferences"]
    dialog.close()


def test_it_ends_with_its_window(window: Window, help_window: HelpWindow) -> None:
    window.close()
    assert window.helping.window is None


# What is new -----------------------------------------------------------------------------------


def told(home: Path, version: str) -> None:
    folder = user_folders(home).settings
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(json.dumps({"news-told": version}), "utf-8")


def close(window: Window) -> None:
    window.close()
    if window._library is not None:
        window._library.close()


def test_a_first_start_has_no_news(make_window: MakeWindow) -> None:
    assert not make_window().notice.isVisible()


def test_after_an_update_the_news_are_offered_once(make_window: MakeWindow, home: Path) -> None:
    told(home, "0.0.9")
    window = make_window()
    assert window.notice.words == f"Annotated Reader is {__version__} now."
    assert window.notice.offered == "What is new"
    window.notice.take_offer()
    shown = window.helping.window
    assert shown is not None
    assert shown_words(shown).startswith(f"What's new\n{__version__}")
    assert not window.notice.isVisible()
    close(window)
    assert not make_window().notice.isVisible()


def test_an_older_version_has_no_news(make_window: MakeWindow, home: Path) -> None:
    told(home, "99.0")
    assert not make_window().notice.isVisible()


def test_versions_are_compared_as_numbers() -> None:
    assert newer("0.10.0", "0.9.2")
    assert not newer("0.9.2", "0.10.0")
    assert not newer("1.0", "1.0")


def test_the_news_leave_out_what_is_for_those_who_write_them(guides: dict[str, Guide]) -> None:
    words = guides[NEWS].text.string
    assert "Keep a Changelog" not in words
    assert "Installers" in words


# A report of a problem -------------------------------------------------------------------------

CANARY = "Zanzibar canary"


@pytest.fixture
def full_of_secrets(
    make_window: MakeWindow, tmp_path: Path, home: Path, settle: Callable[[Any], None]
) -> Window:
    """A window whose library, settings and last fault have words that nobody else may read."""
    folder = tmp_path / "canary-folder"
    folder.mkdir()
    (folder / "canary.md").write_text(f"# {CANARY}\n\nThe {CANARY} sings.\n", "utf-8")
    with pytest.raises(ValueError, match=CANARY), crash.reporting(user_folders(home).data):
        raise ValueError(f"{CANARY} in {folder}")
    window = make_window(folder / "canary.md")
    window._settings["share-name"] = CANARY
    window._settings["export-folder"] = str(folder)
    window._settings["measure"] = 72
    mark = window.marks.add(MarkKind.HIGHLIGHT, 0, 8, Color.PINK)
    window.marks.change(mark.id, note=f"A note on the {CANARY} #canary")
    settle(window.reading)
    return window


def test_a_report_says_what_helps_and_nothing_of_the_reader(
    full_of_secrets: Window, tmp_path: Path, home: Path
) -> None:
    window = full_of_secrets
    window.actions_["report"].trigger()
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    words = dialog.words.toPlainText()
    assert f"Annotated Reader {__version__}" in words
    assert "PySide6" in words
    assert "Theme light" in words
    assert "measure: 72" in words
    assert "share-name: (set)" in words
    assert "ValueError" in words
    for secret in ("canary", "zanzibar", str(tmp_path), str(home), str(Path.home())):
        assert secret.casefold() not in words.casefold()
    assert not dialog.words.isReadOnly()
    dialog.close()


def test_a_report_is_copied_and_saved_as_it_was_changed(window: Window, tmp_path: Path) -> None:
    window.actions_["report"].trigger()
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.words, "It stood still.")
    dialog.copy()
    words = dialog.words.toPlainText()
    assert words.splitlines()[2] == "It stood still."
    assert QGuiApplication.clipboard().text() == words
    dialog.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == words
    dialog.save(tmp_path / "report.txt" / "below-a-file.txt")
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(each.startswith("“below-a-file.txt” could not be written") for each in said)
    dialog.close()
