"""Opening texts in the window: at once, in the background, in vain, again, and by dropping."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.library.library import LibraryError
from reader.ui import opener
from tests.ui.conftest import open_text, until_opened

if TYPE_CHECKING:
    from reader.ui.window import Window

MakeWindow = Callable[..., "Window"]


def text_file(folder: Path, name: str = "other.md", words: str = "# Other\n\nWords.\n") -> Path:
    file = folder / name
    file.write_text(words, "utf-8")
    return file


def title(window: Window) -> str:
    return window.windowTitle().removesuffix(" — Annotated Reader")


# At once ------------------------------------------------------------------------------------------


def test_a_text_is_shown_at_once(make_window: MakeWindow, harbour: Copy) -> None:
    window = make_window(harbour.path)
    assert title(window) == "A test"
    assert window.header.title.accessibleName().startswith("A test")
    assert window.reading.page.document().toPlainText().startswith("The Harbour")
    assert window.reading.page.hasFocus()
    assert not window.progress.isVisible()
    assert not window.notice.isVisible()
    assert window.panel.isVisible()


def test_a_bare_text_has_no_margin(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(text_file(tmp_path))
    assert title(window) == "Other"
    assert not window.reading.margin_shown()


# In the background --------------------------------------------------------------------------------


class Slow:
    """Opens a text only when it is told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.waits = threading.Event()
        self.ended = threading.Event()

    def __call__(self, path: Path, progress: Callable[[float], None], *_: object) -> Copy:
        from reader.copies.reading import open_copy

        try:
            progress(0.3)
            self.waits.set()
            assert self.go_on.wait(20)
            progress(0.9)
            return open_copy(path, progress)
        finally:
            self.ended.set()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    monkeypatch.setattr(opener, "AT_ONCE", 10)
    yield slow
    slow.go_on.set()


def begin(window: Window, slow: Slow, path: Path, monkeypatch: Any, qtbot: Any) -> None:
    monkeypatch.setattr(opener, "open_copy", slow)
    window.progress._later.setInterval(0)
    window.open(path)
    qtbot.waitUntil(lambda: window.progress.isVisible() and slow.waits.is_set())


def button(window: QWidget, words: str) -> QPushButton:
    (found,) = [each for each in window.findChildren(QPushButton) if each.text() == words]
    return found


def test_a_large_text_opens_behind_the_one_that_is_read(
    make_window: MakeWindow, harbour: Copy, guide: Copy, slow: Slow, monkeypatch: Any, qtbot: Any
) -> None:
    window = make_window(harbour.path, rest=False)
    qtbot.waitUntil(lambda: title(window) == "A test")
    begin(window, slow, guide.path, monkeypatch, qtbot)
    bar = window.progress.findChildren(QProgressBar)[0]
    qtbot.waitUntil(lambda: bar.value() == 300)
    assert bar.maximum() == 1000
    assert "welcome" in bar.accessibleName()
    assert title(window) == "A test", "one can read on meanwhile"
    QTest.keyClick(window.reading.page, Qt.Key.Key_PageDown)
    assert window.reading.page.scroll() > 0
    slow.go_on.set()
    qtbot.waitUntil(lambda: title(window) == guide.manifest.title)
    assert not window.progress.isVisible()
    assert window.reading.page.document().thread() is window.thread()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_opening_can_be_cancelled_and_the_old_text_stays(
    make_window: MakeWindow,
    harbour: Copy,
    guide: Copy,
    slow: Slow,
    monkeypatch: Any,
    qtbot: Any,
    way: str,
) -> None:
    window = make_window(harbour.path, rest=False)
    qtbot.waitUntil(lambda: title(window) == "A test")
    begin(window, slow, guide.path, monkeypatch, qtbot)
    if way == "button":
        QTest.mouseClick(button(window.progress, "Cancel"), Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(window.reading.page, Qt.Key.Key_Escape)
    assert not window.progress.isVisible()
    slow.go_on.set()
    qtbot.waitUntil(slow.ended.is_set)
    window.opener.wait()
    QCoreApplication.processEvents()
    assert title(window) == "A test"
    assert not window.notice.isVisible()
    assert not window.progress.isVisible()


def test_the_last_of_several_texts_is_the_one_that_is_shown(
    make_window: MakeWindow, harbour: Copy, guide: Copy, slow: Slow, monkeypatch: Any, qtbot: Any
) -> None:
    window = make_window(rest=False)
    begin(window, slow, guide.path, monkeypatch, qtbot)
    monkeypatch.setattr(opener, "AT_ONCE", 10**9)
    monkeypatch.undo()
    open_text(window, harbour.path)
    assert title(window) == "A test"
    slow.go_on.set()
    qtbot.waitUntil(slow.ended.is_set)
    QCoreApplication.processEvents()
    assert title(window) == "A test"


def test_closing_the_window_gives_up_what_is_being_opened(
    make_window: MakeWindow, guide: Copy, slow: Slow, monkeypatch: Any, qtbot: Any
) -> None:
    window = make_window(rest=False)
    begin(window, slow, guide.path, monkeypatch, qtbot)
    window.open(guide.path)
    threading.Timer(0.05, slow.go_on.set).start()
    window.close()
    assert slow.ended.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "opening"]


def test_a_failure_in_the_background_is_told(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path, monkeypatch: Any, qtbot: Any
) -> None:
    monkeypatch.setattr(opener, "AT_ONCE", 10)
    window = make_window(harbour.path, rest=False)
    qtbot.waitUntil(lambda: title(window) == "A test")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    open_text(window, binary)
    qtbot.waitUntil(window.notice.isVisible)
    assert "binary.txt" in window.notice.words
    assert not window.progress.isVisible()
    assert title(window) == "A test"


# In vain ------------------------------------------------------------------------------------------


def files_that_cannot_be_opened(folder: Path) -> list[Path]:
    missing, empty, binary = folder / "missing.md", folder / "empty.md", folder / "binary.txt"
    empty.touch()
    binary.write_bytes(bytes(range(256)) * 20)
    bare = folder / "bare"
    bare.mkdir()
    pdf = folder / "paper.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    return [missing, empty, binary, bare, pdf]


def test_what_cannot_be_opened_is_told_and_the_old_text_stays(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path
) -> None:
    window = make_window(harbour.path)
    window.reading.travel_to(4000)
    place = window.reading.place()
    for file in files_that_cannot_be_opened(tmp_path):
        window.notice.hide()
        open_text(window, file)
        assert window.notice.isVisible()
        assert file.name in window.notice.words
        assert "\n" not in window.notice.words
        assert window.notice.words.endswith(".")
        assert window.notice.accessibleDescription() == window.notice.words
        assert not window.progress.isVisible()
        assert title(window) == "A test"
        assert window.reading.place() == place
    open_text(window, text_file(tmp_path))
    assert title(window) == "Other"
    assert not window.notice.isVisible(), "it is about another text"


def test_a_notice_can_be_closed(make_window: MakeWindow, harbour: Copy, tmp_path: Path) -> None:
    window = make_window(harbour.path)
    open_text(window, tmp_path / "missing.md")
    (close,) = window.notice.findChildren(QToolButton)
    assert close.accessibleName()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()
    open_text(window, tmp_path / "missing.md")
    QTest.keyClick(window.reading.page, Qt.Key.Key_Escape)
    assert not window.notice.isVisible()


def test_a_title_of_markup_is_shown_as_words(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(text_file(tmp_path, words="# A \\<b>bold\\</b> & title\n\nWords.\n"))
    assert title(window) == "A <b>bold</b> & title"
    assert "<b>bold</b>" in window.header.title.accessibleName()
    recent = window.actions_.recent_menu.actions()
    assert [action.text() for action in recent] == ["A <b>bold</b> && title"]


# Again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keeps", [True, False])
def test_reading_the_file_again_keeps_the_place(
    make_window: MakeWindow, make_copy: Callable[..., Copy], keeps: bool
) -> None:
    words = "\n\n".join(f"Paragraph{number} of several words." for number in range(300))
    copy = make_copy(f"# Title\n\n{words}\n")
    window = make_window(copy.path, keeps=keeps)
    page = window.reading.page
    page.go_to(copy.text.string.index("Paragraph150"), 0)
    top = page.words_rect(Mention(page.place(), page.place() + 5, "")).top()
    make_copy(f"# Title\n\nNew words at the start.\n\n{words}\n\nAnd at the end.\n")
    window.actions_["reload"].trigger()
    until_opened(window)
    assert window.copy is not None
    string = window.copy.text.string
    assert "New words" in string
    assert string[window.reading.place() :].startswith("Paragraph150 ")
    place = page.place()
    assert page.words_rect(Mention(place, place + 5, "")).top() == pytest.approx(top, abs=2)


def test_a_bare_file_that_was_changed_keeps_the_place_too(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    words = "\n\n".join(f"Paragraph{number} of several words." for number in range(300))
    file = text_file(tmp_path, words=f"# Title\n\n{words}\n")
    window = make_window(file)
    assert window.copy is not None
    window.reading.page.go_to(window.copy.text.string.index("Paragraph150"), 0)
    text_file(tmp_path, words=f"# Title\n\nNew words at the start.\n\n{words}\n")
    QTest.keyClick(window.reading.page, Qt.Key.Key_F5)
    until_opened(window)
    assert "New words" in window.copy.text.string
    assert window.copy.text.string[window.reading.place() :].startswith("Paragraph150 ")


def test_recent_texts_are_in_the_menu_newest_first(
    make_window: MakeWindow, harbour: Copy, tmp_path: Path
) -> None:
    window = make_window(harbour.path)
    open_text(window, text_file(tmp_path))
    menu = window.actions_.recent_menu
    assert [action.text() for action in menu.actions()] == ["Other", "A test"]
    menu.actions()[1].trigger()
    until_opened(window)
    assert title(window) == "A test"
    assert [action.text() for action in menu.actions()] == ["A test", "Other"]


# Dropping -----------------------------------------------------------------------------------------


def drop(window: Window, *urls: QUrl) -> bool:
    data = QMimeData()
    data.setUrls(urls)
    copying, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), copying, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(QPointF(400, 300), copying, data, left, none)
    QApplication.sendEvent(window, dropped)
    return dropped.isAccepted()


def test_a_dropped_file_is_opened(
    make_window: MakeWindow, harbour: Copy, guide: Copy, tmp_path: Path
) -> None:
    window = make_window(harbour.path)
    assert drop(window, QUrl.fromLocalFile(str(text_file(tmp_path))))
    until_opened(window)
    assert title(window) == "Other"
    assert drop(window, QUrl.fromLocalFile(str(guide.path)))
    until_opened(window)
    assert title(window) == guide.manifest.title
    assert drop(window, QUrl("https://example.org/a.md"), QUrl.fromLocalFile(str(harbour.path)))
    until_opened(window)
    assert title(window) == "A test"
    assert not drop(window, QUrl("https://example.org/a.md"))
    assert not drop(window)
    assert title(window) == "A test"


# Leaving ------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that the browser was asked for."""
    addresses: list[str] = []

    def open_url(url: QUrl) -> bool:
        addresses.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return addresses


LINKED = "# Title\n\nAn [outside link](https://example.org/a?b=1&c=2) and words.\n"


def follow(window: Window, answer: str) -> str:
    """Click the link, press a button of the question; the answer is what was asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(f"{box.text()} {box.informativeText()}")
        if answer == "Escape":
            QTest.keyClick(box, Qt.Key.Key_Escape)
            return
        default = box.defaultButton()
        assert default is not None
        assert default.text().replace("&", "") == "Cancel", "Enter stays"
        buttons: list[QAbstractButton] = box.buttons()
        next(each for each in buttons if each.text().replace("&", "") == answer).click()

    QTimer.singleShot(0, press)
    assert window.copy is not None
    at = window.copy.text.string.index("outside")
    place = window.reading.page.words_rect(Mention(at, at + 7, "")).center().toPoint()
    QTest.mouseClick(window.reading.page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return asked[0]


@pytest.mark.parametrize("answer", ["Cancel", "Escape"])
def test_a_link_out_of_the_text_asks_first(
    make_window: MakeWindow, tmp_path: Path, opened: list[str], answer: str
) -> None:
    window = make_window(text_file(tmp_path, words=LINKED))
    asked = follow(window, answer)
    assert "https://example.org/a?b=1&c=2" in asked
    assert opened == []


def test_a_link_is_followed_when_that_is_wanted(
    make_window: MakeWindow, tmp_path: Path, opened: list[str]
) -> None:
    window = make_window(text_file(tmp_path, words=LINKED))
    follow(window, "Open in the browser")
    assert opened == ["https://example.org/a?b=1&c=2"]
    follow(window, "Copy the address")
    assert QGuiApplication.clipboard().text() == "https://example.org/a?b=1&c=2"
    assert len(opened) == 1


# A library that fails -----------------------------------------------------------------------------


def test_a_home_that_cannot_be_written_is_told_and_one_can_read(
    make_window: MakeWindow, home: Path, harbour: Copy
) -> None:
    home.rmdir()
    home.write_text("no folder")
    window = make_window(harbour.path)
    assert title(window) == "A test"
    assert window.notice.isVisible(), "opening a text does not hide it"
    assert str(home) in window.notice.words
    QTest.keyClick(window.reading.page, Qt.Key.Key_PageDown)
    window.actions_["larger"].trigger()
    window.close()
    assert home.read_text() == "no folder"


def test_a_library_that_fails_later_is_told_once(
    make_window: MakeWindow, harbour: Copy, guide: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(harbour.path)
    library = window._library
    assert library is not None

    def fail(*_: object) -> None:
        raise LibraryError("disk I/O error")

    for name in ("remember_place", "opened", "place", "recent"):
        monkeypatch.setattr(library, name, fail)
    QTest.keyClick(window.reading.page, Qt.Key.Key_PageDown)
    window._settled.setInterval(0)
    window._settled.start()
    QCoreApplication.processEvents()
    assert window.notice.isVisible()
    assert "disk I/O error" in window.notice.words
    window.notice.hide()
    for path in (guide.path, harbour.path):
        QTest.keyClick(window.reading.page, Qt.Key.Key_PageDown)
        QCoreApplication.processEvents()
        open_text(window, path)
        assert not window.notice.isVisible(), "it has been said"
    assert title(window) == "A test"
