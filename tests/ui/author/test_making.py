"""Copies are made in the window: of files, of the clipboard, of texts that may not be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.ui.author.new_copy import CLIPBOARD, NewCopyDialog
from reader.ui.author.reuse import ReuseDialog

if TYPE_CHECKING:
    from reader.ui.window import Window


def dialog_of(window: Window) -> NewCopyDialog:
    [dialog] = window.findChildren(NewCopyDialog)
    return dialog


def test_what_is_shipped_is_not_written_but_copied(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    window = make_window(bundled("content") / "welcome")
    window.actions_["author"].trigger()
    assert not window.author.on
    assert not window.actions_["author"].isChecked()
    dialog = dialog_of(window)
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    assert window.copy is not None
    assert dialog.title.text() == window.copy.manifest.title
    dialog.title.setText("Mine")
    dialog.folder.set_path(tmp_path / "mine")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.author.on, timeout=10_000)
    assert window.copy.path == tmp_path / "mine"
    assert "author mode, revision 1" in window.header.title.accessibleName()
    made = open_copy(tmp_path / "mine")
    assert made.manifest.title == "Mine"
    assert made.manifest.id != open_copy(bundled("content") / "welcome").manifest.id


def test_a_bare_text_becomes_a_copy(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "story.txt"
    file.write_text("A STORY\n\nOnce there was a quay.\n", "utf-8")
    window = make_window(file)
    window.actions_["author"].trigger()
    dialog = dialog_of(window)
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    dialog.folder.set_path(tmp_path / "story")
    dialog.make_button.click()
    qtbot.waitUntil(lambda: window.author.on, timeout=10_000)
    assert "Once there was a quay." in (tmp_path / "story" / "article.md").read_text("utf-8")
    assert file.read_text("utf-8").startswith("A STORY")
    # There is room to annotate though nothing is annotated yet.
    assert window.reading.margin_shown()


def test_the_clipboards_words_become_a_copy(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    window = make_window(bundled("content") / "welcome")
    QApplication.clipboard().setText("")
    window.actions_["new-copy"].trigger()
    dialog = dialog_of(window)
    assert not dialog.make_button.isEnabled()
    dialog.source.setCurrentIndex(CLIPBOARD)
    qtbot.waitUntil(dialog.fault.isVisible, timeout=10_000)
    assert dialog.fault.text() == "The clipboard holds no words; copy a text first."
    QApplication.clipboard().setText("The harbour\n\nIt is old.\n")
    dialog.source.setCurrentIndex(0)
    dialog.source.setCurrentIndex(CLIPBOARD)
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    dialog.title.setText("Harbour")
    dialog.folder.set_path(tmp_path / "h")
    dialog.make_button.click()
    qtbot.waitUntil(lambda: window.author.on, timeout=10_000)
    assert "It is old." in (tmp_path / "h" / "article.md").read_text("utf-8")


def test_a_folder_that_is_taken_is_told(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "story.md"
    file.write_text("# A story\n\nIt begins.\n", "utf-8")
    window = make_window(bundled("content") / "welcome")
    window.actions_["new-copy"].trigger()
    dialog = dialog_of(window)
    dialog.file.set_path(file)
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    assert dialog.title.text() == "A story"
    dialog.folder.set_path(tmp_path)
    dialog.make_button.click()
    qtbot.waitUntil(dialog.fault.isVisible, timeout=10_000)
    assert "is there already" in dialog.fault.text()
    assert dialog.isVisible()


def test_annotations_of_another_copy_are_applied(
    make_window: Callable[..., Window], folder: Path, tmp_path: Path, qtbot: Any
) -> None:
    text = tmp_path / "other.md"
    text.write_text("# Other\n\nAnna stands on the quay.\n", "utf-8")
    window = make_window(text)
    window.actions_["apply"].trigger()
    [dialog] = window.findChildren(ReuseDialog)
    assert not dialog.make_button.isEnabled()
    dialog.source.set_path(folder)
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=10_000)
    assert dialog.counts.text() == "2 mentioned"
    rows = [dialog.report.topLevelItem(row) for row in range(dialog.report.topLevelItemCount())]
    assert [(row.text(0), row.text(1)) for row in rows if row is not None] == [
        ("The quay", "mentioned"),
        ("Anna", "mentioned"),
    ]
    dialog.folder.set_path(tmp_path / "applied")
    dialog.make_button.click()
    qtbot.waitUntil(lambda: window.author.on, timeout=10_000)
    assert window.copy is not None
    assert set(window.copy.by_id) == {"quay", "anna"}
    assert window.copy.path == tmp_path / "applied"
