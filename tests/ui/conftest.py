"""What the tests of the window share: faces, a theme, copies, and widgets that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from uuid import NAMESPACE_OID, uuid5

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from reader import app
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.ui.fonts import Faces, load_faces
from reader.ui.page import page as page_module
from reader.ui.page.page import PageView
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme, load_theme
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
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        folder.joinpath("document.yaml").write_text(
            f"format: 1\nid: urn:uuid:{uuid5(NAMESPACE_OID, name)}\ntitle: A test\n"
            "text: article.md\n",
            "utf-8",
        )
        folder.joinpath("article.md").write_text(article, "utf-8")
        if annotations:
            folder.joinpath("annotations.yaml").write_text(f"annotations:\n{annotations}", "utf-8")
        return open_copy(folder)

    return make


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


@pytest.fixture(autouse=True)
def _lights_go_out_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flash takes most of a second; nobody watches it here."""
    monkeypatch.setattr(page_module, "_FLASH_TICK", 3)


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
        qtbot.addWidget(window)
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
    for window in made:
        window.close()
        if window._library is not None:
            window._library.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
