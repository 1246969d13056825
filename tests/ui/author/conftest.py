"""What the tests of author mode share: a copy on disk, and a window in which it is annotated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from reader.ui.window import Window

ARTICLE = """\
# The Harbour

The quay is long. Anna walks on the quay with her brother to see the boats.

## The mill

The mill stands behind them, and the crane before them. The quay ends here.
"""

ANNOTATIONS = """\
# What hangs on the text.
annotations:
  - id: quay
    kind: place
    title: The quay
    terms: [quay]   # wherever it stands
    body: A wall of stone.

  # People.
  - id: anna
    kind: person
    title: Anna
    terms: [Anna]
    see: [quay]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy that may be written."""
    copy = tmp_path / "harbour"
    copy.mkdir()
    (copy / "document.yaml").write_text(
        "format: 1\nid: urn:uuid:0b0a8f0e-6a5a-4f57-9d0b-51f6f0f3a001\nrevision: 3\n"
        "title: The Harbour\ndate: 2024-01-01  # first printed\ntext: article.md\n",
        "utf-8",
    )
    (copy / "article.md").write_text(ARTICLE, "utf-8")
    (copy / "annotations.yaml").write_text(ANNOTATIONS, "utf-8")
    return copy


@pytest.fixture
def authored(
    make_window: Callable[..., Window], folder: Path, settle: Callable[[Any], None]
) -> Iterator[Window]:
    """A window in which the copy is being annotated."""
    window = make_window(folder)
    QTest.keyClick(
        window.reading.page,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.author.on
    settle(window.reading)
    yield window
    # A test may leave the form open; the window would ask before it closes.
    window.authoring._may_lose = True


def select(window: Window, words: str, nth: int = 0) -> None:
    """Select words of the text, as the mouse does."""
    assert window.copy is not None
    text = window.copy.text.string
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    page = window.reading.page
    page.setFocus()
    page.select(start, start + len(words))
    page.selection_made.emit()


def press(key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    """Press a key wherever the keyboard is."""
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def type_into(widget: QWidget, words: str) -> None:
    """Type words into a field."""
    widget.setFocus()
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, words)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
