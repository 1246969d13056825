"""Leaving while marks are not on the disk: nothing is lost unasked."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from reader import app
from reader.copies.copy import Copy
from reader.exchange.rescue import rescue_folders, rescued
from reader.library.errors import LibraryError
from reader.ui.window import Window
from tests.ui.conftest import CopyMaker


@pytest.fixture
def copy(make_copy: CopyMaker) -> Copy:
    return make_copy("# On rivers\n\nA river begins where water gathers.\n")


class Disk:
    """A disk that is full until there is room on it."""

    def __init__(self, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        assert window._library is not None
        write = window._library.change_marks

        def change(*given: Any) -> Any:
            if self.full:
                raise LibraryError("The disk is full.")
            return write(*given)

        monkeypatch.setattr(window._library, "change_marks", change)


@pytest.fixture
def window(make_window: Callable[..., Window], copy: Copy) -> Window:
    return make_window(copy.path)


@pytest.fixture
def disk(window: Window, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A full one, and a note that is not saved because of it."""
    disk = Disk(window, monkeypatch)
    assert window.copy is not None
    start = window.copy.text.string.index("water")
    window.reading.page.select(start, start + len("water"))
    window.marking.note()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Mine alone")
    assert window.status._said.text() == "Not saved"
    yield disk
    disk.full = False


def question(window: Window) -> QMessageBox:
    assert not window.close()
    assert window.isVisible()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "could not be saved" in box.text()
    return box


def press(box: QMessageBox, words: str) -> None:
    next(each for each in box.buttons() if each.text().replace("&", "") == words).click()


def test_the_window_stays_unless_it_is_told_to_go(window: Window, disk: Disk, qtbot: Any) -> None:
    box = question(window)
    default = box.defaultButton()
    assert default is not None
    assert default.text().replace("&", "") == "Keep the window open"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert window.isVisible()
    press(question(window), "Close without it")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_can_be_saved_after_all_is_not_asked_about(
    window: Window, disk: Disk, copy: Copy
) -> None:
    disk.full = False
    library = window._library
    assert library is not None
    assert window.close()
    assert [mark.note for mark in library.marks(copy.manifest.id)] == ["Mine alone"]


def test_what_is_not_saved_can_be_copied(window: Window, disk: Disk) -> None:
    press(question(window), "Copy what is not saved")
    copied = QGuiApplication.clipboard().text()
    assert "> water\n\nMine alone" in copied
    assert "## A test" in copied
    assert window.isVisible(), "a clipboard may forget what a program that ended has copied"


def test_what_is_not_saved_can_be_saved_elsewhere(
    window: Window, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    nowhere = tmp_path / "copy" / "article.md" / "notes.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere), ""))
    press(question(window), "Save it elsewhere …")
    qtbot.waitUntil(lambda: "could not be written" in window.notice.words)
    assert window.isVisible()
    file = tmp_path / "notes.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(question(window), "Save it elsewhere …")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "Mine alone" in file.read_text("utf-8")


@pytest.fixture
def signals_put_back() -> Iterator[None]:
    """What is done about signals is put back."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    wakeup = signal.set_wakeup_fd(-1)
    yield
    signal.set_wakeup_fd(wakeup)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="it ends windows in another way")
def test_who_is_told_to_end_at_once_leaves_a_file(
    window: Window,
    make_window: Callable[..., Window],
    disk: Disk,
    home: Path,
    signals_put_back: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    qtbot: Any,
) -> None:
    monkeypatch.setattr(Path, "home", lambda: home / "user")
    app._close_on_signals(window, app.Start(home=home))
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: not window.isVisible())
    (file,) = rescued(rescue_folders(home))
    assert "Mine alone" in file.read_text("utf-8")
    assert str(file) in capsys.readouterr().err
    disk.full = False
    again = make_window()
    assert str(file) in again.notice.words
