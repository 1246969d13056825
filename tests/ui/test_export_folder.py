"""The notes of many texts into one folder: what is listed, written and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Color, Mark, MarkKind, moment, selector_of
from reader.exchange.errors import ExchangeError
from reader.exchange.notebook import Notebook, notebook_of
from reader.locations import bundled
from reader.ui.export.folder_dialog import ExportFolderDialog
from reader.ui.export.formats import Formats
from reader.ui.export.many import TextNotes
from reader.ui.fonts import Faces
from reader.ui.theme import Theme
from tests.ui.conftest import CopyMaker

LEFT = Qt.MouseButton.LeftButton

Make = Callable[..., ExportFolderDialog]


@pytest.fixture
def note(make_copy: CopyMaker) -> Callable[..., Notebook]:
    """Makes a notebook with a mark on each of some words."""

    def note(name: str, *words: str, color: Color = Color.YELLOW) -> Notebook:
        copy = make_copy(f"# {name}\n\nA spring, a mill and the sea.\n", name=name)
        string = copy.text.string
        marks = [
            Mark(
                f"urn:uuid:{name}-{each}",
                MarkKind.HIGHLIGHT,
                selector_of(string, string.index(each), string.index(each) + len(each)),
                color,
                created=moment(),
            )
            for each in words
        ]
        return notebook_of(copy, marks)

    return note


@pytest.fixture
def english(qapp: object) -> Iterator[None]:
    """The plurals of English, as the program speaks it."""
    translator = QTranslator()
    assert translator.load("reader_en", str(bundled("resources") / "translations"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def make(
    qtbot: Any, look: None, english: None, folder: Path, tmp_path: Path, theme: Theme, faces: Faces
) -> Make:
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(*texts: TextNotes | Notebook) -> ExportFolderDialog:
        listed = [TextNotes.of(each) if isinstance(each, Notebook) else each for each in texts]
        formats = Formats(bundled("resources") / "templates", tmp_path / "templates")
        dialog = ExportFolderDialog(listed, formats, folder, theme, faces, parent)
        dialog.open()
        qtbot.waitUntil(dialog.save_button.isEnabled)
        return dialog

    return make


def rows(dialog: ExportFolderDialog) -> list[tuple[str, str, str]]:
    model = dialog.list.model()
    return [
        (model.index(row, 0).data(), model.index(row, 1).data(), model.index(row, 2).data())
        for row in range(model.rowCount())
    ]


def export(qtbot: Any, dialog: ExportFolderDialog) -> None:
    QTest.mouseClick(dialog.save_button, LEFT)
    qtbot.waitUntil(lambda: dialog.leave.text() == "Close")


def titled(notebook: Notebook, title: str) -> Notebook:
    return replace(notebook, document=replace(notebook.document, title=title))


def test_every_text_has_a_file_and_is_found_again(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    one, two = titled(note("one", "spring"), "Springs"), titled(note("two", "mill"), "Mills")
    dialog = make(one, two)
    assert rows(dialog) == [
        ("Springs", "Springs.md", "new file"),
        ("Mills", "Mills.md", "new file"),
    ]
    qtbot.waitUntil(lambda: "> spring" in dialog.preview.toPlainText())
    with qtbot.waitSignal(dialog.saved) as signal:
        export(qtbot, dialog)
    assert signal.args == [folder]
    assert "2 files were written." in dialog.said.text()
    assert [state for _, _, state in rows(dialog)] == ["1 new", "1 new"]
    assert "> mill" in (folder / "Mills.md").read_text("utf-8")
    dialog.reject()

    # The user has renamed one file, and written in it; there is another mark now.
    (folder / "Springs.md").rename(folder / "my springs.md")
    with (folder / "my springs.md").open("a", encoding="utf-8") as file:
        file.write("\nMy own words.\n")
    mills = (folder / "Mills.md").read_bytes()
    again = make(titled(note("one", "spring", "the sea"), "Springs"), two)
    assert rows(again) == [
        ("Springs", "my springs.md", "is there; your own edits stay"),
        ("Mills", "Mills.md", "is there; your own edits stay"),
    ]
    assert "2 of them are there already" in again.said.text()
    export(qtbot, again)
    assert "1 file was written." in again.said.text()
    assert [state for _, _, state in rows(again)] == ["1 new", "nothing new"]
    written = (folder / "my springs.md").read_text("utf-8")
    assert "My own words." in written
    assert "> the sea" in written
    assert (folder / "Mills.md").read_bytes() == mills
    assert sorted(path.name for path in folder.iterdir()) == ["Mills.md", "my springs.md"]
    again.reject()


@pytest.mark.parametrize("name", ["Markdown", "HTML", "PDF"])
def test_texts_of_one_title_do_not_take_each_others_file(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path, name: str
) -> None:
    one, two = note("one", "spring"), note("two", "mill")
    for _ in range(2):  # the second time the same files
        dialog = make(one, two)
        dialog.format.setCurrentText(name)
        qtbot.waitUntil(dialog.save_button.isEnabled)
        names = [file for _, file, _ in rows(dialog)]
        assert len(set(names)) == 2
        export(qtbot, dialog)
        assert sorted(path.name for path in folder.iterdir()) == sorted(names)
        for file, word in zip(names, ("spring", "mill"), strict=True):
            data = (folder / file).read_bytes()
            if name == "PDF":
                assert data.startswith(b"%PDF-")
            else:
                assert (f"{word}</mark>" if name == "HTML" else f"> {word}\n").encode() in data
        dialog.reject()


def test_a_text_that_fails_costs_itself_alone(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    def gone() -> Notebook:
        raise ExchangeError("“Lost” cannot be read.")

    lost = TextNotes("urn:uuid:lost", "Lost", gone)
    dialog = make(lost, note("one", "spring"))
    qtbot.waitUntil(lambda: "cannot be read" in dialog.preview.toPlainText())
    export(qtbot, dialog)
    assert [state for _, _, state in rows(dialog)] == ["“Lost” cannot be read.", "1 new"]
    assert "1 text could not be written" in dialog.said.text()
    assert [path.name for path in folder.iterdir()] == ["A test.md"]
    dialog.reject()


def test_texts_may_be_left_out(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    dialog = make(titled(note("one", "spring"), "One"), titled(note("two", "mill"), "Two"))
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert "1 file will be written." in dialog.said.text()
    export(qtbot, dialog)
    assert [path.name for path in folder.iterdir()] == ["Two.md"]
    dialog.reject()


def test_a_text_without_such_marks_gets_no_file(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    pink = titled(note("two", "mill", color=Color.PINK), "Two")
    dialog = make(titled(note("one", "spring"), "One"), pink)
    for dot in dialog.choices.dots:
        if dot.color is Color.PINK:
            QTest.mouseClick(dot, LEFT)
    export(qtbot, dialog)
    assert [path.name for path in folder.iterdir()] == ["One.md"]
    assert rows(dialog)[1][2] == "no marks"
    dialog.reject()


def test_stop_leaves_whole_files_and_says_how_many(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    go_on, asked = Event(), []
    second = titled(note("two", "mill"), "Two")

    def slow() -> Notebook:
        asked.append("two")
        go_on.wait(20)
        return second

    first = titled(note("one", "spring"), "One")
    dialog = make(first, TextNotes(second.document.id, "Two", slow))
    QTest.mouseClick(dialog.save_button, LEFT)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.waitUntil(lambda: rows(dialog)[0][2] == "1 new")
    assert dialog.progress.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "the first Escape stops"
    go_on.set()
    qtbot.waitUntil(lambda: dialog.leave.text() == "Close")
    assert "Stopped." in dialog.said.text()
    assert "1 file was written." in dialog.said.text()
    assert [path.name for path in folder.iterdir()] == ["One.md"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_place_that_cannot_be_written_says_so(
    qtbot: Any, make: Make, note: Callable[..., Notebook], folder: Path
) -> None:
    folder.write_text("in the way")
    dialog = make(note("one", "spring"))
    export(qtbot, dialog)
    assert "A test.md" in rows(dialog)[0][2]
    assert "could not be written" in dialog.said.text()
    assert folder.read_text() == "in the way"
    dialog.reject()
