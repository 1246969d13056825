"""Exports that take long, or are no words: made away from the window, shown as pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.exchange.notebook import Notebook, notebook_of
from reader.locations import bundled
from reader.ui.export.dialog import ExportDialog
from reader.ui.export.formats import Formats
from reader.ui.fonts import Faces
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker

LEFT = Qt.MouseButton.LeftButton

Make = Callable[[Notebook], ExportDialog]


@pytest.fixture
def make(qtbot: Any, look: None, tmp_path: Path, theme: Theme, faces: Faces) -> Make:
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(notebook: Notebook) -> ExportDialog:
        formats = Formats(bundled("resources") / "templates", tmp_path / "templates")
        dialog = ExportDialog(notebook, formats, tmp_path / "notes", theme, faces, parent)
        dialog.open()
        return dialog

    return make


def marked(copy: Copy, every: int) -> Notebook:
    string = copy.text.string
    marks = [
        Mark(f"urn:uuid:{at}", MarkKind.NOTE, selector_of(string, at, at + 9), note="Mine.")
        for at in range(30, len(string) - 10, every)
    ]
    return notebook_of(copy, marks)


def test_a_long_notebook_is_not_waited_for(
    qtbot: Any, make: Make, make_copy: CopyMaker, tmp_path: Path
) -> None:
    notebook = marked(make_copy("# Long\n\n" + "A river begins where water gathers. " * 3000), 90)
    assert len(notebook.entries) > 1000
    dialog = make(notebook)
    assert dialog.isVisible()
    assert not dialog.save_button.isEnabled(), "nothing can be written that was not shown"
    qtbot.waitUntil(dialog.save_button.isEnabled)
    shown = dialog.preview.toPlainText()
    assert shown.endswith("this is its beginning.")
    assert len(shown) < 70_000
    with qtbot.waitSignal(dialog.saved):
        QTest.mouseClick(dialog.save_button, LEFT)
    written = (tmp_path / "notes" / "A test.md").read_text("utf-8")
    assert written.count("Mine.") == len(notebook.entries)


def test_closing_gives_up_what_is_being_made(
    qtbot: Any, make: Make, make_copy: CopyMaker, tmp_path: Path
) -> None:
    notebook = marked(make_copy("# Long\n\n" + "A river begins where water gathers. " * 3000), 90)
    dialog = make(notebook)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not (tmp_path / "notes").exists()


def test_the_last_choice_counts(qtbot: Any, make: Make, make_copy: CopyMaker) -> None:
    notebook = marked(make_copy("# Long\n\n" + "A river begins where water gathers. " * 3000), 90)
    dialog = make(notebook)
    dialog.format.setCurrentText("Zotero")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert "# Annotations" in dialog.preview.toPlainText()
    dialog.reject()


def test_a_pdf_shows_its_pages_and_is_written(
    qtbot: Any, make: Make, harbour: Copy, tmp_path: Path
) -> None:
    dialog = make(marked(harbour, 900))
    dialog.format.setCurrentText("PDF")
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    (first, *others) = dialog.preview.pages.shown()
    assert others
    assert first.accessibleName().startswith("Page 1 of ")
    picture = first.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in (60, 90, 120)}
    assert len(inks) > 1, "an empty page"
    assert not dialog.copy_button.isVisible(), "pages are no words to copy"
    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        QTest.mouseClick(dialog.save_button, LEFT)
    data = (tmp_path / "notes" / "A test.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
