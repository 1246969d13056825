"""Going back to a snapshot, driven as a reader does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from reader.library.snapshots import Snapshot, SnapshotKind
from reader.ui.library.snapshots import SnapshotsDialog
from reader.ui.theme import Theme

TODAY = date(2025, 6, 4)


def snapshot(day: int, kind: SnapshotKind, marks: int) -> Snapshot:
    moment = datetime(2025, 6, day, 9, 12).astimezone()
    return Snapshot(Path(f"/snapshots/{day}.sqlite"), moment, kind, marks)


SNAPSHOTS = (
    snapshot(4, SnapshotKind.DAILY, 41),
    snapshot(3, SnapshotKind.RESTORATION, 39),
    snapshot(1, SnapshotKind.WEEKLY, 12),
)


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def make(qtbot: Any, look: None, theme: Theme) -> Callable[..., SnapshotsDialog]:
    def make(*snapshots: Snapshot) -> SnapshotsDialog:
        dialog = SnapshotsDialog(snapshots, theme, lambda: TODAY)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def question() -> QMessageBox:
    boxes = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QMessageBox) and each.isVisible()
    ]
    assert len(boxes) == 1  # it is asked once
    return boxes[0]


def answer(box: QMessageBox, words: str) -> None:
    button = next(each for each in box.buttons() if each.text().replace("&", "") == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_lists_when_why_and_how_many_marks(make: Callable[..., SnapshotsDialog]) -> None:
    view = make(*SNAPSHOTS).list
    said = [
        view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole).replace("(s)", "s")
        for row in range(view.model().rowCount())
    ]
    assert said == [
        "today, 09:12, daily, 41 marks",
        "yesterday, 09:12, before going back, 39 marks",
        "Sunday, 09:12, weekly, 12 marks",
    ]
    assert view.hasFocus()


def test_asks_once_in_plain_words_and_then_restores(
    qtbot: Any, make: Callable[..., SnapshotsDialog]
) -> None:
    dialog = make(*SNAPSHOTS)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(dialog.restore_wanted):
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        box = question()
    assert box.text() == "Go back to yesterday, 09:12?"
    assert "39 mark" in box.informativeText()
    assert "kept as a snapshot too" in box.informativeText()
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        answer(box, "Restore")
    assert wanted.args == [Path("/snapshots/3.sqlite")]
    assert not dialog.isVisible()


@pytest.mark.parametrize("way", ["Cancel", "Enter", "Escape"])
def test_what_is_not_confirmed_does_not_happen(
    qtbot: Any, make: Callable[..., SnapshotsDialog], way: str
) -> None:
    dialog = make(*SNAPSHOTS)
    with qtbot.assertNotEmitted(dialog.restore_wanted):
        QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
        box = question()
        if way == "Cancel":
            answer(box, "Cancel")
        else:
            QTest.keyClick(box, Qt.Key.Key_Return if way == "Enter" else Qt.Key.Key_Escape)
        QApplication.processEvents()
    assert dialog.isVisible()


def test_a_double_click_asks_too(make: Callable[..., SnapshotsDialog]) -> None:
    dialog = make(*SNAPSHOTS)
    view = dialog.list
    place: QPoint = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box = question()
    assert box.text() == "Go back to Sunday, 09:12?"
    answer(box, "Cancel")


def test_without_snapshots_there_is_nothing_to_restore(
    make: Callable[..., SnapshotsDialog],
) -> None:
    dialog = make()
    assert not dialog.button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
