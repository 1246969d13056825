"""Copies for everybody, in the library: listed, opened, and never written to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.copies.packing import pack
from reader.ui.library.page import LibraryPage
from reader.ui.library.text_row import Spot
from reader.ui.library.texts_model import Shelf, TextRole
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker

HEADING = "From your school"
DROP = "Drop an annotated copy, a Markdown or a text file here"
RIVERS = "# On rivers\n\nA river begins where water gathers.\n\nIt ends at the sea.\n"


@pytest.fixture
def own(make_copy: CopyMaker) -> Copy:
    """A text of the reader's."""
    return make_copy("# Mine\n\nMy own words.\n", name="mine")


@pytest.fixture
def school(tmp_path: Path, make_copy: CopyMaker, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one copy as a folder and one as a file, which all users are offered."""
    folder = tmp_path / "school"
    folder.mkdir()
    publish(make_copy(RIVERS, name="rivers"), folder / "rivers.annotated", "On rivers")
    mountains = make_copy("# On mountains\n\nSnow melts.\n", name="school/mountains")
    retitle(mountains, "On mountains")
    everyones = tmp_path / "everyones"
    everyones.mkdir()
    (everyones / "settings.json").write_text(json.dumps({"shared-content": str(folder)}))
    monkeypatch.setenv("ANNOTATED_READER_EVERYONE", str(everyones))
    return folder


def retitle(copy: Copy, title: str, revision: int = 1) -> None:
    file = copy.path / "document.yaml"
    words = file.read_text("utf-8").replace("title: A test", f"title: {title}")
    file.write_text(f"{words}revision: {revision}\n", "utf-8")


def publish(copy: Copy, file: Path, title: str, revision: int = 1) -> None:
    retitle(copy, title, revision)
    file.unlink(missing_ok=True)
    pack(copy.path, file)


def page_of(window: Window, qtbot: Any) -> LibraryPage:
    """The texts of the library, when what is offered has been looked for."""
    window.actions_["library"].trigger()
    assert window._desk is not None
    assert window._desk._view is not None
    desk, view = window._desk, window._desk._view
    qtbot.waitUntil(lambda: not desk._looking.busy)
    return view.texts


def rows(page: LibraryPage) -> list[str]:
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def open_row(page: LibraryPage, title: str) -> None:
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.model().index(rows(page).index(title), 0))
    QTest.keyClick(page.list, Qt.Key.Key_Return)


def state(folder: Path) -> dict[str, tuple[int, str]]:
    return {
        str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_they_are_listed_below_the_readers_own(
    make_window: Callable[..., Window], school: Path, own: Copy, qtbot: Any
) -> None:
    page = page_of(make_window(own.path), qtbot)
    assert rows(page) == ["A test", DROP, HEADING, "On mountains", "On rivers"]
    assert page.chips[Shelf.ALL].text().endswith("1"), "they are not in the library yet"
    page.filter.setText("riv")
    assert rows(page) == [DROP, HEADING, "On rivers"]
    page.filter.clear()
    page.show_shelf(Shelf.READING)
    assert HEADING not in rows(page)


def test_an_empty_library_shows_them(
    make_window: Callable[..., Window], school: Path, qtbot: Any
) -> None:
    page = page_of(make_window(), qtbot)
    assert page.list.isVisible()
    assert rows(page) == [DROP, HEADING, "On mountains", "On rivers"]


@pytest.mark.parametrize("title", ["On rivers", "On mountains"])
def test_opened_it_is_the_readers_and_the_folder_stays_as_it_is(
    make_window: Callable[..., Window], school: Path, own: Copy, qtbot: Any, title: str
) -> None:
    before = state(school)
    for path in (school, school / "mountains"):
        path.chmod(0o555)
    window = make_window(own.path)
    open_row(page_of(window, qtbot), title)
    qtbot.waitUntil(lambda: window.copy is not None and window.copy.manifest.title == title)
    assert window.copy is not None
    start = window.copy.text.string.index("On")
    window.reading.page.select(start, start + 2)
    window.marking.color(Color.GREEN)
    for path in (school, school / "mountains"):
        path.chmod(0o755)
    assert state(school) == before
    assert window._library is not None
    assert len(window._library.marks(window.copy.manifest.id)) == 1
    listed = rows(page_of(window, qtbot))
    assert listed.count(title) == 1
    assert listed.index(title) < listed.index(DROP), "it is among the reader's own now"


def test_a_newer_revision_is_offered_again(
    make_window: Callable[..., Window], school: Path, make_copy: CopyMaker, qtbot: Any
) -> None:
    window = make_window()
    open_row(page_of(window, qtbot), "On rivers")
    qtbot.waitUntil(lambda: window.copy is not None)
    assert rows(page_of(window, qtbot)).count("On rivers") == 1
    corrected = make_copy(RIVERS.replace("water", "rain"), name="rivers")
    publish(corrected, school / "rivers.annotated", "On rivers, corrected", 2)
    window.actions_["library"].trigger()
    page = page_of(window, qtbot)
    assert "On rivers, corrected" in rows(page)
    open_row(page, "On rivers, corrected")
    qtbot.waitUntil(lambda: window.copy is not None and "rain gathers" in window.copy.text.string)


def test_they_can_be_opened_and_nothing_else(
    make_window: Callable[..., Window], school: Path, own: Copy, qtbot: Any
) -> None:
    page = page_of(make_window(own.path), qtbot)
    index = page.list.model().index(rows(page).index("On rivers"), 0)
    menu = page.list.menu_of(index.data(TextRole.ENTRY))
    assert [action.text() for action in menu.actions()] == ["Open"]
    assert "from your school" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    page.list.setFocus()
    page.list.setCurrentIndex(index)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert "On rivers" in rows(page)
    option = page.list._option(index)
    spot = page.list._rows.spot_rect(option, Spot.MORE).center()
    assert page.list._spot_at(spot) is None


def test_away_from_the_schools_network_there_are_just_none(
    make_window: Callable[..., Window], school: Path, own: Copy, qtbot: Any
) -> None:
    school.rename(school.with_name("unreachable"))
    window = make_window(own.path)
    assert rows(page_of(window, qtbot)) == ["A test", DROP]
    assert not window.notice.isVisible()
