"""Templates of one's own in the export dialog: copied, changed with a live preview, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.exchange.notebook import Notebook, notebook_of
from reader.locations import bundled
from reader.settings import Settings
from reader.ui.export.dialog import ExportDialog
from reader.ui.export.formats import Formats
from reader.ui.export.template_name import TemplateNameDialog
from reader.ui.fonts import Faces
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def notebook(make_copy: CopyMaker) -> Notebook:
    copy = make_copy("# On rivers\n\n## Ends\n\nAt the sea, slowly.\n")
    start = copy.text.string.index("the sea")
    selector = selector_of(copy.text.string, start, start + 7)
    return notebook_of(copy, [Mark("urn:uuid:1", MarkKind.NOTE, selector, note="Salt.")])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "templates"


@pytest.fixture
def make_dialog(
    qtbot: Any,
    look: None,
    notebook: Notebook,
    own: Path,
    tmp_path: Path,
    theme: Theme,
    faces: Faces,
) -> Callable[[], ExportDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    settings = Settings(tmp_path / "settings")

    def make() -> ExportDialog:
        formats = Formats(bundled("resources") / "templates", own)
        dialog = ExportDialog(
            notebook, formats, tmp_path / "notes", theme, faces, parent, settings=settings
        )
        dialog.open()
        qtbot.waitUntil(dialog.save_button.isEnabled)
        return dialog

    return make


def copied(dialog: ExportDialog, name: str) -> None:
    """Copy the template that is chosen, under a name that is typed."""
    QTest.mouseClick(dialog.choices.copy_button, LEFT)
    asking = dialog.findChild(TemplateNameDialog)
    assert asking is not None
    asking.name.selectAll()
    QTest.keyClick(asking.name, Qt.Key.Key_Delete)
    QTest.keyClicks(asking.name, name)
    QTest.mouseClick(asking.button, LEFT)


def replaced(dialog: ExportDialog, old: str, new: str) -> None:
    """Type `new` over the first `old` in the editor."""
    words = dialog.editor.words
    place = words.toPlainText().index(old)
    cursor = words.textCursor()
    cursor.setPosition(place)
    cursor.setPosition(place + len(old), QTextCursor.MoveMode.KeepAnchor)
    words.setTextCursor(cursor)
    QTest.keyClicks(words, new)


def answer(dialog: QWidget, words: str) -> None:
    """Press a button of the question that is asked."""
    (box,) = dialog.findChildren(QMessageBox)
    (button,) = (each for each in box.findChildren(QPushButton) if each.text() == words)
    QTest.mouseClick(button, LEFT)


def test_a_copy_is_changed_while_one_looks_at_what_comes_of_it(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], own: Path, tmp_path: Path
) -> None:
    dialog = make_dialog()
    assert not dialog.editor.isVisible()
    copied(dialog, "For class")
    assert dialog.format.currentText() == "For class"
    assert dialog.editor.isVisible()
    shipped = (bundled("resources") / "templates" / "markdown.md.j2").read_bytes()
    assert (own / "For class.md.j2").read_bytes() == shipped

    replaced(dialog, "{{ mark.note }}", "NOTE: {{ mark.note }}")
    qtbot.waitUntil(lambda: "NOTE: Salt." in dialog.preview.toPlainText())
    assert (own / "For class.md.j2").read_bytes() == shipped, "not saved yet"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.editor.words, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert b"NOTE: {{ mark.note }}" in (own / "For class.md.j2").read_bytes()
    assert not dialog.editor.save_button.isEnabled()

    QTest.mouseClick(dialog.save_button, LEFT)
    file = tmp_path / "notes" / "A test.md"
    qtbot.waitUntil(file.exists)
    assert "NOTE: Salt." in file.read_text("utf-8")


def test_what_was_chosen_is_chosen_again(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], tmp_path: Path
) -> None:
    dialog = make_dialog()
    copied(dialog, "For class")
    dialog.choices.figures.click()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    with qtbot.waitSignal(dialog.saved):
        QTest.mouseClick(dialog.save_button, LEFT)
    again = make_dialog()
    assert again.format.currentText() == "For class"
    assert again.choices.figures.isChecked()
    assert not again.choices.annotations.isChecked()
    again.reject()


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("{{ document.title | yaml }}", "{{ document.tilte }}", 4, "`document` has no 'tilte'"),
        ("{% if document.authors %}", "{% if %}", 5, "Expected an expression"),
        ("{{ mark.note }}", "{{ remark }}", 32, "'remark' is undefined"),
    ],
)
def test_a_fault_is_told_and_marked_where_it_is(
    qtbot: Any,
    make_dialog: Callable[[], ExportDialog],
    old: str,
    new: str,
    line: int,
    said: str,
) -> None:
    dialog = make_dialog()
    copied(dialog, "Mine")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    before = dialog.preview.toPlainText()
    replaced(dialog, old, new)
    qtbot.waitUntil(dialog.editor.said.isVisible)
    assert f"line {line}: " in dialog.editor.said.text()
    assert said in dialog.editor.said.text()
    (mark,) = dialog.editor.words.extraSelections()
    assert mark.cursor.blockNumber() == line - 1
    assert dialog.preview.toPlainText() == before, "what it made last stays in sight"
    assert not dialog.save_button.isEnabled()
    replaced(dialog, new, old)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert not dialog.editor.said.isVisible()
    assert not dialog.editor.words.extraSelections()
    dialog.reject()


def test_leaving_saves_the_template(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], own: Path
) -> None:
    dialog = make_dialog()
    copied(dialog, "Mine")
    replaced(dialog, "*{{ names", "_{{ names")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert "_{{ names" in (own / "Mine.md.j2").read_text("utf-8")


def test_another_format_saves_and_closes_the_template(
    make_dialog: Callable[[], ExportDialog], own: Path
) -> None:
    dialog = make_dialog()
    copied(dialog, "Mine")
    replaced(dialog, "*{{ names", "_{{ names")
    dialog.format.setFocus()
    QTest.keyClick(dialog.format, Qt.Key.Key_Home)
    assert dialog.format.currentText() == "Markdown"
    assert not dialog.editor.isVisible()
    assert "_{{ names" in (own / "Mine.md.j2").read_text("utf-8")
    dialog.reject()


def test_a_template_that_cannot_be_saved_is_not_given_up_unasked(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], own: Path
) -> None:
    dialog = make_dialog()
    copied(dialog, "Mine")
    replaced(dialog, "*{{ names", "_{{ names")
    (own / "Mine.md.j2").unlink()
    own.rmdir()
    own.write_text("in the way")
    dialog.reject()
    assert dialog.isVisible()
    assert "Mine.md.j2 could not be written" in dialog.said.text()
    assert "_{{ names" in dialog.editor.source
    answer(dialog, "Leave without saving")
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("markdown", "already"),
        ("HTML", "already"),
        ("mine", "already"),
        ("../out", "cannot be called so"),
        ("con", "cannot be called so"),
        ("", ""),
    ],
)
def test_a_name_that_will_not_do_is_not_taken(
    make_dialog: Callable[[], ExportDialog], own: Path, name: str, said: str
) -> None:
    own.mkdir()
    (own / "Mine.md.j2").write_text("old", "utf-8")
    dialog = make_dialog()
    copied(dialog, name)
    asking = dialog.findChild(TemplateNameDialog)
    assert asking is not None
    assert asking.isVisible()
    assert not asking.button.isEnabled()
    assert said in asking.said.text()
    assert [path.name for path in own.iterdir()] == ["Mine.md.j2"]
    assert (own / "Mine.md.j2").read_text("utf-8") == "old"
    asking.reject()
    dialog.reject()


def test_a_template_is_deleted_after_a_question(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], own: Path
) -> None:
    dialog = make_dialog()
    copied(dialog, "Mine")
    QTest.mouseClick(dialog.choices.delete_button, LEFT)
    assert (own / "Mine.md.j2").exists(), "not before the answer"
    answer(dialog, "Delete")
    assert not (own / "Mine.md.j2").exists()
    assert dialog.format.currentText() == "Markdown"
    assert not dialog.choices.delete_button.isVisible(), "what is shipped cannot be deleted"
    dialog.reject()


def test_a_changed_shipped_template_can_be_given_up(
    qtbot: Any, make_dialog: Callable[[], ExportDialog], own: Path
) -> None:
    own.mkdir()
    shipped = (bundled("resources") / "templates" / "markdown.md.j2").read_text("utf-8")
    (own / "markdown.md.j2").write_text(shipped.replace("# {{", "# OURS {{"), "utf-8")
    dialog = make_dialog()
    assert "# OURS A test" in dialog.preview.toPlainText()
    QTest.mouseClick(dialog.choices.delete_button, LEFT)
    answer(dialog, "Delete")
    qtbot.waitUntil(lambda: "\n# A test" in dialog.preview.toPlainText())
    assert dialog.format.currentText() == "Markdown"
    dialog.reject()
