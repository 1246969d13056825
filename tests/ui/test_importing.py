"""Taking notes in: a file's marks are on the page, and what became of each is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reader.annotations.marks import Color, Mark, MarkKind, moment, new_id, selector_of
from reader.copies.copy import Copy
from reader.copies.sharing import Choice, plan_share, share
from reader.exchange.importing import Outcome
from reader.ui.importing.report import ImportReport
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text

ARTICLE = """# On rivers

A river begins where water gathers.

It ends at the sea.
"""


def annotation(number: int, exact: str, note: str = "") -> dict[str, object]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "type": "Annotation",
        "motivation": "commenting" if note else "highlighting",
        "body": [{"type": "TextualBody", "value": note, "purpose": "commenting"}] if note else [],
        "target": {"selector": {"type": "TextQuoteSelector", "exact": exact}},
    }


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy(ARTICLE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "notes of a friend.jsonld"
    brought = [
        annotation(1, "where water gathers", "A *spring*?"),
        annotation(2, "at the sea"),
        annotation(3, "on the moon"),
        {"type": "Annotation", "id": "x:4", "target": {"selector": {"type": "SvgSelector"}}},
    ]
    file.write_text(json.dumps(brought), "utf-8")
    return file


@pytest.fixture
def take_in(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Window, Path], ImportReport]:
    """Chooses a file in the window's own way, and waits for what is said of it."""

    def take_in(window: Window, file: Path) -> ImportReport:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
        window.actions_["import"].trigger()
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportReport))
        report = QApplication.activeModalWidget()
        assert isinstance(report, ImportReport)
        return report

    return take_in


def rows(report: ImportReport) -> list[tuple[str, str]]:
    model = report.list.model()
    return [
        (model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())
    ]


def test_marks_come_in_and_what_became_of_each_is_said(
    make_window: Callable[..., Window],
    copy: Copy,
    file: Path,
    take_in: Callable[[Window, Path], ImportReport],
) -> None:
    window = make_window(copy.path)
    report = take_in(window, file)
    assert "3 marks came in." in report.said.text()
    assert "1 annotation left out." in report.said.text()
    told = rows(report)
    assert len(told) == 4
    assert told[0][0] == "where water gathers"
    assert ("on the moon", "without a place") in told
    report.shown.setCurrentIndex(report.shown.findData(Outcome.SKIPPED))
    assert len(rows(report)) == 1
    report.close()

    notes = {each.mark.note: each for each in window.marks.all()}
    placed = notes["A *spring*?"]
    assert copy.text.string[placed.start : placed.end] == "where water gathers"
    assert window._library is not None
    assert len(window._library.marks(copy.manifest.id)) == 3, "they are on the disk"


def test_the_same_file_again_adds_nothing(
    make_window: Callable[..., Window],
    copy: Copy,
    file: Path,
    take_in: Callable[[Window, Path], ImportReport],
) -> None:
    window = make_window(copy.path)
    take_in(window, file).close()
    window.marks.change(window.marks.all()[0].mark.id, color=Color.PINK)
    again = take_in(window, file)
    assert "Nothing new came in" in again.said.text()
    again.close()
    assert len(window.marks.all()) == 3
    assert window.marks.all()[0].mark.color is Color.PINK, "mine stays as I have it"


def test_enter_travels_to_a_mark_that_came_in(
    make_window: Callable[..., Window],
    copy: Copy,
    file: Path,
    take_in: Callable[[Window, Path], ImportReport],
) -> None:
    window = make_window(copy.path)
    report = take_in(window, file)
    report.list.setFocus()
    report.list.selectRow(0)
    QTest.keyClick(report.list, Qt.Key.Key_Return)
    active = window.marks.get(window.marking.active)
    assert active is not None
    assert active.mark.note == "A *spring*?"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "notes.json"),
        ('{"a": 1}', "has no annotations that can be read"),
        (None, "notes.json"),
    ],
)
def test_what_cannot_be_read_is_said_and_costs_nothing(
    make_window: Callable[..., Window],
    copy: Copy,
    tmp_path: Path,
    qtbot: Any,
    content: str | None,
    said: str,
) -> None:
    window = make_window(copy.path)
    file = tmp_path / "notes.json"
    if content is not None:
        file.write_text(content)
    window.exchanging.import_into(copy, [file])
    qtbot.waitUntil(window.notice.isVisible)
    assert said in window.notice.words
    assert not window.progress.isVisible()
    assert not window.marks.all()


def test_another_text_that_is_shown_meanwhile_gets_none_of_it(
    make_window: Callable[..., Window],
    copy: Copy,
    guide: Copy,
    file: Path,
    qtbot: Any,
) -> None:
    window = make_window(copy.path)
    window.exchanging.import_into(copy, [file])
    assert window.opener.open(guide.path, at_once=True)
    qtbot.waitUntil(window.notice.isVisible)
    assert "Nothing was taken in" in window.notice.words
    assert not window.marks.all()


def test_what_two_students_hand_in_is_two_layers(
    make_window: Callable[..., Window],
    copy: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    start = copy.text.string.index("at the sea")
    selector = selector_of(copy.text.string, start, start + 10)
    files = []
    for name in ("Anna", "Ben"):
        mark = Mark(new_id(), MarkKind.NOTE, selector, note=f"By {name}.", modified=moment())
        files.append(tmp_path / f"{name}.annotated")
        share(plan_share(copy, [mark], Choice(mine="all", name=name)), files[-1])
    window = make_window(copy.path)
    chosen = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.actions_["import"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportReport))
    report = QApplication.activeModalWidget()
    assert isinstance(report, ImportReport)
    assert report.windowTitle() == "Imported from 2 files"
    assert report.said.text() == "2 marks came in."
    report.close()
    assert [layer.name for layer in window.layers.all()] == ["Anna", "Ben"]
    window.actions_["undo"].trigger()
    assert list(window.layers.all()) == []


def test_a_file_that_came_in_is_taken_back_at_once(
    make_window: Callable[..., Window],
    copy: Copy,
    file: Path,
    take_in: Callable[[Window, Path], ImportReport],
) -> None:
    window = make_window(copy.path)
    take_in(window, file).close()
    assert len(window.marks.all()) == 3
    window.actions_["undo"].trigger()
    assert window.marks.all() == []
    assert window._library is not None
    assert window._library.marks(copy.manifest.id) == []
    window.actions_["redo"].trigger()
    assert len(window._library.marks(copy.manifest.id)) == 3


def test_what_is_about_another_text_can_be_taken_in_there(
    make_window: Callable[..., Window],
    make_copy: CopyMaker,
    copy: Copy,
    tmp_path: Path,
    take_in: Callable[[Window, Path], ImportReport],
    qtbot: Any,
) -> None:
    other = make_copy("# On mountains\n\nSnow melts on a mountain.\n", name="mountains")
    window = make_window(other.path)
    open_text(window, copy.path)
    file = tmp_path / "theirs.jsonld"
    about = annotation(1, "Snow melts")
    about["target"] = {"source": other.manifest.id, **about["target"]}  # type: ignore[dict-item]
    file.write_text(json.dumps([about]), "utf-8")
    report = take_in(window, file)
    assert f"about another text: “{other.manifest.title}”" in report.said.text()
    assert rows(report)[0][1] == "is about another text"
    assert report.there_button is not None
    report.there_button.click()
    qtbot.waitUntil(lambda: len(window.marks.all()) == 1)
    assert window.copy is not None
    assert window.copy.manifest.id == other.manifest.id
