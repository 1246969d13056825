"""What the window does for its library by itself: lost texts, damage, snapshots, removed texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.library import cache, database
from reader.library.library import Library
from reader.locations import user_folders
from reader.ui.export.dialog import ExportDialog
from reader.ui.library.view import LibraryView
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text

RIVERS = "# On rivers\n\nA river begins where water gathers.\n"
LAKES = "# On lakes\n\nA lake rests.\n"


@pytest.fixture
def copies(make_copy: CopyMaker) -> tuple[Copy, Copy]:
    return make_copy(RIVERS, name="rivers"), make_copy(LAKES, name="lakes")


@pytest.fixture
def read(make_window: Callable[..., Window], copies: tuple[Copy, Copy], home: Path) -> Path:
    """The folder of a library in which both texts were read and the first was marked."""
    window = make_window(copies[0].path)
    start = copies[0].text.string.index("water")
    window.reading.page.select(start, start + 5)
    window.marking.color(Color.GREEN)
    open_text(window, copies[1].path)
    assert window._indexing is not None
    window._indexing.wait()
    window.close()
    assert window._library is not None
    window._library.close()
    return user_folders(home).data


def view(window: Window) -> LibraryView:
    assert window._desk is not None
    assert window._desk._view is not None
    return window._desk._view


def found(window: Window, words: str) -> list[str]:
    assert window._library is not None
    return [hit.title for hit in window._library.search(words)]


def test_a_lost_index_is_made_again(
    make_window: Callable[..., Window], read: Path, copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    for path in read.glob(f"{cache.FILE}*"):
        path.unlink()
    window = make_window(copies[1].path)
    window._caretaker.look_after()
    qtbot.waitUntil(lambda: found(window, "gathers") != [])
    window.actions_["search-all"].trigger()
    assert not view(window).search.remark.isVisible()


def test_what_cannot_be_searched_any_more_is_said(
    make_window: Callable[..., Window],
    read: Path,
    copies: tuple[Copy, Copy],
    qtbot: Any,
    tmp_path: Path,
) -> None:
    for path in read.glob(f"{cache.FILE}*"):
        path.unlink()
    copies[0].path.rename(tmp_path / "elsewhere")
    window = make_window(copies[1].path)
    window.actions_["search-all"].trigger()
    remark = view(window).search.remark
    window._caretaker.look_after()
    qtbot.waitUntil(lambda: remark.isVisible() and "gone" in remark.text())
    assert remark.text().startswith("1 text")
    open_text(window, tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: not remark.text())


def test_damage_is_told_once(
    make_window: Callable[..., Window], read: Path, copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    with closing(sqlite3.connect(read / database.FILE)) as connection, connection:
        connection.execute("UPDATE marks SET record = X'00'")
    window = make_window(copies[1].path)
    window._caretaker.look_after()
    qtbot.waitUntil(lambda: "cannot be read" in window.notice.words)
    assert "“A test”" in window.notice.words
    assert "“Restore a snapshot”" in window.notice.words
    window.notice.hide()
    window._caretaker.look_after()
    assert window._indexing is not None
    told: list[object] = []
    window._indexing.damaged.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert window.notice.isHidden()


def test_a_window_that_stays_open_takes_the_next_days_snapshot(
    make_window: Callable[..., Window], read: Path, copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    window = make_window(copies[0].path)
    library, indexing = window._library, window._indexing
    assert library is not None
    assert indexing is not None
    for snapshot in library.snapshots():
        snapshot.path.unlink()
    window._caretaker._hourly.timeout.emit()
    qtbot.waitUntil(lambda: [each.kind for each in library.snapshots()] == ["daily"])
    window._caretaker._hourly.timeout.emit()
    indexing.take_snapshot()
    indexing.wait()
    assert len(library.snapshots()) == 1


def test_a_removed_text_is_brought_back_and_found_again(
    make_window: Callable[..., Window], read: Path, copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    window = make_window(copies[1].path)
    window.actions_["library"].trigger()
    rivers = copies[0].manifest.id
    view(window).remove_wanted.emit(rivers)
    assert found(window, "gathers") == []
    assert "Removed 1" in [chip.text() for chip in view(window).texts.chips.values()]
    tips = [action.toolTip() for action in window.actions_.recent_menu.actions()]
    assert tips == [str(copies[1].path)]
    view(window).bring_back_wanted.emit(rivers)
    qtbot.waitUntil(lambda: found(window, "gathers") != [])
    assert window.copy is not None
    assert window.copy.path == copies[1].path
    assert len(window.actions_.recent_menu.actions()) == 2


def test_the_marks_of_a_text_that_is_gone_can_be_exported(
    make_window: Callable[..., Window],
    read: Path,
    copies: tuple[Copy, Copy],
    tmp_path: Path,
    qtbot: Any,
) -> None:
    window = make_window(copies[1].path)
    window.actions_["library"].trigger()
    copies[0].path.rename(tmp_path / "elsewhere")
    view(window).export_wanted.emit(copies[0].manifest.id)
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert [entry.quote for entry in dialog._notebook.entries] == ["water"]
    dialog.reject()
    assert window.copy is not None
    assert window.copy.path == copies[1].path


def test_the_notebook_is_read_in_the_background_and_follows(
    make_window: Callable[..., Window], read: Path, copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    window = make_window(copies[1].path)
    window.actions_["notebook"].trigger()
    notebook = view(window).notebook
    assert "collected" in notebook.count.text()
    qtbot.waitUntil(lambda: notebook.count.text().startswith("1 mark"))
    with closing(Library(read)) as other:
        kept = other.marks(copies[0].manifest.id)
        other.change_mark(copies[0].manifest.id, kept[0], None)
    window._elsewhere.look()
    qtbot.waitUntil(lambda: notebook.count.text() == "")
    assert notebook.list.accessibleDescription().startswith("Nothing marked yet")


def test_the_orders_are_kept(
    make_window: Callable[..., Window], copies: tuple[Copy, Copy], qtbot: Any
) -> None:
    window = make_window(copies[0].path)
    window.actions_["library"].trigger()
    view(window).set_order("title")
    window.panel._notes.set_order("color")
    again = make_window(copies[0].path)
    again.actions_["library"].trigger()
    assert view(again).texts.list.texts.order == "title"
    assert again.panel._notes.order == "color"
