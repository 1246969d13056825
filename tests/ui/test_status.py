"""The status line: how long it takes to the end, and nothing where there is nothing to say."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from reader.ui.status import Status
from tests.ui.conftest import shown


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 %"), (45, "0 % · 45 min left"), (2309, "0 % · 38 h left"), (100, "0 % · 2 h left")],
)
def test_a_novel_is_reckoned_in_hours(qtbot: Any, minutes: int, said: str) -> None:
    status = Status()
    qtbot.addWidget(status)
    status.show_place(0.0, minutes)
    assert said in [label.text() for label in status.findChildren(QLabel)]


def test_what_is_not_there_leaves_no_gap(qtbot: Any) -> None:
    status = Status()
    shown(qtbot, status, (900, 30))
    status.show_place(0.5, 3)
    status.show_counts(0, 0)
    status.show_marks(300, 0, 2)
    labels = [each for each in status.findChildren(QLabel) if each.isVisible() and each.text()]
    place, marks = sorted(labels, key=QLabel.x)
    assert marks.text().startswith("300 highlight")
    assert marks.x() - place.geometry().right() < 25


def test_what_has_happened_is_not_said_for_ever(qtbot: Any) -> None:
    status = Status()
    shown(qtbot, status, (900, 30))
    status._is_over.setInterval(5)
    status.say("Exported")
    assert "Exported" in words_of(status)
    qtbot.waitUntil(lambda: "Exported" not in words_of(status))
    status._is_over.setInterval(60_000)
    status.say("Exported")
    status.show_text(False)
    assert "Exported" not in words_of(status)


def test_what_is_so_is_said_until_it_is_otherwise(qtbot: Any) -> None:
    status = Status()
    shown(qtbot, status, (900, 30))
    status._is_over.setInterval(5)
    status.say("Not saved", stays=True)
    qtbot.wait(30)
    status.show_text(False)
    assert "Not saved" in words_of(status)
    status.say("Saved")
    assert "Not saved" not in words_of(status)


def words_of(status: Status) -> list[str]:
    return [label.text() for label in status.findChildren(QLabel)]
