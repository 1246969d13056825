"""What macOS asks of the running program, as the events by which it does so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from reader import app
from reader.copies.copy import Copy
from reader.copies.packing import pack
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker, open_text, until_opened


@pytest.fixture
def copies(make_copy: CopyMaker) -> tuple[Copy, Copy]:
    return make_copy("# One\n\nWords.\n", name="one"), make_copy("# Two\n\nMore.\n", name="two")


@pytest.fixture
def window(
    make_window: Callable[..., Window], copies: tuple[Copy, Copy], qapp: QApplication
) -> Window:
    window = make_window(copies[0].path)
    app._hear_of_files(qapp, window)
    return window


def post(qapp: QApplication, url: QUrl) -> None:
    QCoreApplication.postEvent(qapp, QFileOpenEvent(url))
    QCoreApplication.processEvents()


def test_a_file_is_opened(
    window: Window, copies: tuple[Copy, Copy], qapp: QApplication, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "Zwei für alle.annotated"
    pack(copies[1].path, file)
    post(qapp, QUrl.fromLocalFile(str(file)))
    qtbot.waitUntil(lambda: window.copy is not None and "Two" in window.copy.text.string)


def test_a_link_leads_to_its_text(
    window: Window, copies: tuple[Copy, Copy], qapp: QApplication
) -> None:
    open_text(window, copies[1].path)
    post(qapp, QUrl(f"annotated-reader:open?document={copies[0].manifest.id}"))
    until_opened(window)
    assert window.copy is not None
    assert window.copy.manifest.id == copies[0].manifest.id


def test_a_minimized_window_comes_back(
    window: Window, copies: tuple[Copy, Copy], qapp: QApplication
) -> None:
    window.showMinimized()
    post(qapp, QUrl.fromLocalFile(str(copies[1].path)))
    until_opened(window)
    assert not window.isMinimized()
    assert window.copy is not None
    assert window.copy.path == copies[1].path
