"""What the tests of the window share: faces, a theme, copies, and widgets that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import NAMESPACE_OID, uuid5

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)
from shiboken6 import isValid

from reader import app
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.ui.fonts import Faces, load_faces
from reader.ui.page import word_looks
from reader.ui.page.page import PageView
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme, load_theme

if TYPE_CHECKING:
    from reader.ui.window import Window


class CopyMaker(Protocol):
    """Writes a copy's folder and opens it."""

    def __call__(self, article: str, annotations: str = ..., name: str = ...) -> Copy: ...


class Busy(Protocol):
    def busy(self) -> bool: ...


@pytest.fixture(scope="session")
def faces(qapp: QApplication) -> Faces:
    return load_faces()


@pytest.fixture
def theme() -> Theme:
    return load_theme(bundled("resources") / "themes", "light")


@pytest.fixture
def dark() -> Theme:
    return load_theme(bundled("resources") / "themes", "dark")


@pytest.fixture(scope="session")
def shipped() -> Copy:
    """The article that the program shows the first time."""
    return open_copy(bundled("content") / app.SHIPPED)


@pytest.fixture(scope="session")
def guide() -> Copy:
    """The copy that explains the program, with every kind of block in it."""
    return open_copy(bundled("content") / app.GUIDE)


@pytest.fixture
def make_copy(tmp_path: Path) -> CopyMaker:
    """Makes a copy of Markdown and YAML (the list under `annotations:`), in a folder on disk."""

    def make(article: str, annotations: str = "", name: str = "copy") -> Copy:
        return _written(tmp_path / name, article, annotations)

    return make


HARBOUR = """\
# The Harbour

The quay is long. Anna walks on the quay with her brother to see the boats, before anybody
else is up. The mill stands behind them, and the crane before them.

""" + "\n\n".join(
    f"""## Part {number}

{"The days go by, and nobody minds. " * 9} Then Anna is on the quay again. {"It rains. " * 12}

{"More words follow, which lead nowhere at all. " * 8} The {("mill", "crane", "boats")[number % 3]}
of part {number} is not the one before. {"Words end. " * 9}"""
    for number in range(1, 9)
)
HARBOUR_ANNOTATIONS = """\
  - {id: quay, kind: place, title: The quay, terms: [quay], body: A wall of stone., see: [mill]}
  - {id: anna, kind: person, title: Anna, terms: [Anna], body: She walks., see: [brother, quay]}
  - {id: brother, kind: person, title: The brother, terms: [her brother], see: [anna]}
  - {id: mill, kind: event, title: The mill, terms: [mill], date: 1903, see: [crane]}
  - {id: crane, kind: definition, title: The crane, terms: [crane], body: It lifts., see: [quay]}
  - {id: boats, kind: organisation, title: The boats, terms: [boats], body: "Seven of them."}
  - {id: up, kind: question, title: Who is up?, target: {exact: anybody else is up}}
  - id: stones
    kind: figure
    title: Stones
    terms: [Part 3]
    chart: {kind: bars, unit: stones, values: {quay: 12, mill: 3}}
"""


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of a few annotations with many mentions, several views long."""
    return _written(tmp_path_factory.mktemp("harbour"), HARBOUR, HARBOUR_ANNOTATIONS)


def _written(folder: Path, article: str, annotations: str = "") -> Copy:
    folder.mkdir(exist_ok=True)
    folder.joinpath("document.yaml").write_text(
        f"format: 1\nid: urn:uuid:{uuid5(NAMESPACE_OID, folder.name)}\ntitle: A test\n"
        "text: article.md\n",
        "utf-8",
    )
    folder.joinpath("article.md").write_text(article, "utf-8")
    if annotations:
        folder.joinpath("annotations.yaml").write_text(f"annotations:\n{annotations}", "utf-8")
    return open_copy(folder)


@pytest.fixture
def look(qapp: QApplication, faces: Faces) -> Iterator[None]:
    """The look of the application while a test runs; what the test changes is put back."""
    font, palette = QApplication.font(), QApplication.palette()
    QApplication.setFont(faces.interface)
    yield
    QApplication.setFont(font)
    QApplication.setPalette(palette)
    qapp.setStyleSheet("")


@pytest.fixture
def settle() -> Callable[[Busy], None]:
    """Waits until a view has come to rest: text laid out, cards measured, lights gone out."""

    def settle(view: Busy) -> None:
        deadline, quiet = QDeadlineTimer(30_000), 0
        while quiet < 3 and not deadline.hasExpired():
            QCoreApplication.processEvents()
            quiet = 0 if view.busy() else quiet + 1
        assert not view.busy(), "it never comes to rest"

    return settle


@pytest.fixture
def press_link() -> Callable[[QWidget, str], None]:
    """Clicks the link to `href` in one of the labels of a widget."""

    def press(widget: QWidget, href: str) -> None:
        for label in widget.findChildren(QLabel):
            if escape(href) not in label.text():
                continue
            hovered: list[str] = []
            label.linkHovered.connect(hovered.append)
            for y in range(2, label.height(), 3):
                for x in range(2, label.width(), 5):
                    place = QPointF(x, y)
                    nothing, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
                    move = QMouseEvent(QEvent.Type.MouseMove, place, place, nothing, nothing, none)
                    QCoreApplication.sendEvent(label, move)
                    if hovered and hovered[-1] == href:
                        QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=place.toPoint())
                        return
        raise AssertionError(f"there is no link to {href}")

    return press


LEAST = 24
"""Pixels, high and wide, of what is pressed: WCAG 2.2 asks that much (2.5.8)."""


@pytest.fixture
def small() -> Callable[[QWidget], list[str]]:
    """Tells what can be pressed in a widget and is too small."""
    return _small


def _small(root: QWidget) -> list[str]:
    """What can be pressed in a widget and is too small."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        size = widget.size()
        if isinstance(widget, QAbstractButton) and not isinstance(widget.parent(), QLineEdit):
            pass  # the magnifier in a field is a picture, which nothing happens to
        elif isinstance(widget, QComboBox | QSlider):
            pass
        elif isinstance(widget, QAbstractItemView) and widget.sizeHintForRow(0) >= 0:
            size.setHeight(widget.sizeHintForRow(0))
        else:
            continue
        if size.width() < LEAST or size.height() < LEAST:
            name = widget.accessibleName() or getattr(widget, "text", str)()
            found.append(f"{type(widget).__name__} “{name}” {size.width()} x {size.height()}")
    return found


@pytest.fixture(autouse=True)
def _lights_go_out_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flash takes most of a second; nobody watches it here."""
    monkeypatch.setattr(word_looks, "_FLASH_TICK", 3)


def shown(qtbot: Any, widget: QWidget, size: tuple[int, int]) -> None:
    """Show a widget in a size, active, as the one window of a screen."""
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


@pytest.fixture
def make_page(
    qtbot: Any, look: None, faces: Faces, theme: Theme, settle: Callable[[Busy], None]
) -> Callable[..., PageView]:
    """Makes a page that shows a copy, at rest and with the keyboard."""

    def make(copy: Copy, size: tuple[int, int] = (760, 600), rest: bool = True) -> PageView:
        page = PageView(faces, theme)
        page.resized.connect(lambda: page.set_column(40, page.viewport().width() - 80))
        shown(qtbot, page, size)
        page.show_copy(copy)
        page.setFocus()
        if rest:
            settle(page)
        return page

    return make


@pytest.fixture
def make_reading(
    qtbot: Any, look: None, faces: Faces, theme: Theme, settle: Callable[[Busy], None]
) -> Callable[..., ReadingView]:
    """Makes a page with its margin that shows a copy, at rest and with the keyboard."""

    def make(copy: Copy, size: tuple[int, int] = (1120, 700), rest: bool = True) -> ReadingView:
        reading = ReadingView(faces, theme)
        shown(qtbot, reading, size)
        reading.show_copy(copy)
        reading.page.setFocus()
        if rest:
            settle(reading)
        return reading

    return make


def open_text(window: Window, path: Path, annotation: str = "") -> None:
    """Open a text in a window that is shown, and wait until that is done, or has failed."""
    window.open(path, annotation)
    until_opened(window)


def until_opened(window: Window) -> None:
    """Wait until the text that was asked for is shown, or cannot be."""
    deadline = QDeadlineTimer(30_000)
    while window.opener.busy and not deadline.hasExpired():
        QTest.qWait(1)
    assert not window.opener.busy


@pytest.fixture
def make_window(
    qtbot: Any, look: None, home: Path, settle: Callable[[Busy], None]
) -> Iterator[Callable[..., Window]]:
    """Makes the window as the program does, on this test's home, with a text on its page."""
    made: list[Window] = []

    def make(
        path: Path | None = None,
        size: tuple[int, int] | None = (1360, 880),
        theme: str | None = None,
        keeps: bool = True,
        rest: bool = True,
    ) -> Window:
        window: Window = app._make_window(app.Start(home=home, theme=theme), keeps=keeps)
        made.append(window)
        if size:
            window.resize(*size)
        if path is not None:
            window.open(path)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if rest:
            settle(window.reading)
        return window

    yield make
    for window in filter(isValid, made):
        window.close()
        if window._library is not None:
            window._library.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
