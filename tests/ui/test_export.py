"""Taking notes out: what the dialog shows beforehand is what lies on the disk afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from reader.annotations.marks import Color
from reader.copies.copy import Copy
from reader.exchange.links import open_link
from reader.ui.export.dialog import ExportDialog
from reader.ui.folders import shown_folder
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, until_opened

ARTICLE = """# On rivers

## Beginnings

A river begins where water gathers.

## Ends

At the sea.
"""


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy, tmp_path: Path) -> Window:
    window = make_window(copy.path)
    window._settings["export-folder"] = str(tmp_path)
    mark(window, "where water gathers", Color.YELLOW, "A *spring*, perhaps.")
    return window


def mark(window: Window, words: str, color: Color, note: str = "") -> str:
    assert window.copy is not None
    start = window.copy.text.string.index(words)
    window.reading.page.select(start, start + len(words))
    window.marking.color(color)
    placed = window.marks.on(start, start + len(words))
    assert placed is not None
    if note:
        window.marks.change(placed.mark.id, note=note)
    return placed.mark.id


def dialog(window: Window) -> ExportDialog:
    window.actions_["export"].trigger()
    while (found := QApplication.activeModalWidget()) is None:
        QTest.qWait(5)
    assert isinstance(found, ExportDialog)
    return found


def test_what_is_shown_is_what_is_written(window: Window, tmp_path: Path) -> None:
    shown = dialog(window)
    preview = shown.preview.toPlainText()
    assert "> where water gathers" in preview
    assert "A *spring*, perhaps." in preview
    assert "## Beginnings" in preview
    shown.save_button.click()
    file = tmp_path / "A test.md"
    written = file.read_text("utf-8")
    assert _without_time(written) == _without_time(preview)
    assert "A test.md" in window.status._said.text()


def _without_time(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if not line.startswith("exported:")]


def test_a_second_export_keeps_what_was_written_by_hand(window: Window, tmp_path: Path) -> None:
    dialog(window).save_button.click()
    file = tmp_path / "A test.md"
    file.write_text(file.read_text("utf-8") + "\nMy own words.\n", "utf-8")
    mark(window, "At the sea", Color.PINK)
    shown = dialog(window)
    assert "Your own edits in it stay" in shown.said.text()
    assert "1 new" in shown.said.text()
    assert shown.preview.lit(), "what is new is lit up"
    shown.save_button.click()
    written = file.read_text("utf-8")
    assert "My own words." in written
    assert "> At the sea" in written
    assert written.count("> where water gathers") == 1


def test_exporting_again_changes_nothing(window: Window, tmp_path: Path) -> None:
    dialog(window).save_button.click()
    file = tmp_path / "A test.md"
    before = file.read_bytes()
    shown = dialog(window)
    assert "nothing in it will change" in shown.said.text()
    shown.save_button.click()
    assert file.read_bytes() == before


def test_only_the_chosen_colours_go_out(window: Window, tmp_path: Path) -> None:
    mark(window, "At the sea", Color.PINK)
    shown = dialog(window)
    for dot in shown.choices.dots:
        dot.setChecked(dot.color is Color.PINK)
    shown.save_button.click()
    written = (tmp_path / "A test.md").read_text("utf-8")
    assert "> At the sea" in written
    assert "where water gathers" not in written


@pytest.mark.parametrize(
    "name", ["Markdown", "Obsidian", "Zotero", "HTML", "CSV", "W3C", "Readium"]
)
def test_every_format_can_be_written(window: Window, tmp_path: Path, name: str) -> None:
    shown = dialog(window)
    shown.format.setCurrentText(name)
    assert "where water gathers" in shown.preview.toPlainText()
    shown.save_button.click()
    (file,) = (file for file in tmp_path.iterdir() if file.name.startswith("A test."))
    assert file.suffix == shown.way.suffix
    assert "where water gathers" in file.read_text("utf-8")


def test_the_clipboard_has_all_of_it(window: Window) -> None:
    shown = dialog(window)
    shown.copy_button.click()
    assert "> where water gathers" in QGuiApplication.clipboard().text()
    shown.reject()


def test_a_file_that_is_not_text_is_not_touched(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "A test.md"
    file.write_bytes(b"\xff\xfe\x00 not UTF-8")
    shown = dialog(window)
    assert "A test.md" in shown.said.text()
    assert not shown.save_button.isEnabled()
    shown.reject()
    assert file.read_bytes() == b"\xff\xfe\x00 not UTF-8"


def test_a_folder_that_cannot_be_written_says_so(window: Window, tmp_path: Path) -> None:
    blocker = tmp_path / "a file"
    blocker.write_text("in the way")
    shown = dialog(window)
    shown.file.setText(str(blocker / "notes.md"))
    shown.save_button.click()
    assert shown.isVisible()
    assert "notes.md" in shown.said.text()
    shown.reject()


def test_a_link_in_the_notes_opens_the_text_at_the_mark(
    window: Window, copy: Copy, make_window: Callable[..., Window]
) -> None:
    mark_id = window.marks.all()[0].mark.id
    link = open_link(copy.manifest.id, mark_id)
    shown = dialog(window)
    assert link in shown.preview.toPlainText()
    shown.reject()
    other = make_window()
    other.open_link(copy.manifest.id, mark_id)
    until_opened(other)
    assert other.copy is not None
    assert other.copy.manifest.id == copy.manifest.id
    assert other.marking.active == mark_id


def test_a_link_to_a_text_that_is_not_there_says_so(window: Window) -> None:
    window.open_link("urn:uuid:00000000-0000-0000-0000-000000000000", "")
    assert "not in your library" in window.notice.words


def test_a_web_page_is_shown_as_it_is_read(window: Window) -> None:
    window.shelf.name_color(Color.YELLOW, "evidence & doubt")
    shown = dialog(window)
    shown.format.setCurrentIndex(shown.format.findText("HTML"))
    words = shown.preview.toPlainText()
    assert "A river begins where water gathers" in words
    assert "A spring, perhaps." in words
    assert "{" not in words
    assert "<p" not in words
    assert "evidence & doubt" in [label.text() for label in shown.findChildren(QLabel)]
    shown.reject()


def test_the_folder_is_named_before_and_after(window: Window, tmp_path: Path) -> None:
    shown = dialog(window)
    assert str(tmp_path) in shown.where.accessibleName()
    shown.save_button.click()
    assert str(tmp_path) in window.status._said.text()


def test_the_home_is_no_mere_sign() -> None:
    assert shown_folder(Path.home()) == str(Path.home())
    assert shown_folder(Path.home() / "notes") == str(Path("~") / "notes")
