"""Draws the pictures of the documentation with the program itself, without a screen.

python build/screenshots.py docs/screenshots
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from reader import app
from reader.annotations.marks import Color
from reader.locations import bundled
from reader.ui.theme import NAMES
from reader.ui.window import Window

SIZES = ((1360, 880), (1000, 700), (1920, 1080))
USUAL = SIZES[0]
AT = "operation-spiderweb"


def main(folder: Path) -> int:
    """Draw every picture into `folder`; the answer is an exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(["annotated-reader"])
    application.setStyle("fusion")
    for theme in NAMES:
        for size in SIZES:
            _draw(folder, "window", theme, size, lambda window: _go(window))
    for theme in ("light", "dark"):
        _draw(folder, "notes", theme, USUAL, _mark)
        _draw(folder, "library", theme, USUAL, _library)
        _draw(folder, "index", theme, USUAL, lambda window: window.actions_["index"].trigger())
    return 0


def _go(window: Window) -> None:
    window.reading.show_annotation(AT)


def _mark(window: Window) -> None:
    """A few marks and a note, as a reader makes them."""
    assert window.copy is not None
    string = window.copy.text.string
    for words, color in (("most massive", Color.PINK), ("two hard questions", Color.BLUE)):
        start = string.index(words)
        window.reading.page.select(start, start + len(words))
        window.marking.color(color)
    window._color_named(Color.YELLOW, "important")
    start = string.index("new peace talks")
    window.reading.page.select(start, start + len("new peace talks"))
    window.marking.color(Color.YELLOW)
    mark = window.marks.on(start, start + len("new peace talks"))
    assert mark is not None
    note = "Compare with the demand for a [[Ceasefire]] of thirty days. Which comes first? #essay"
    window.marks.change(mark.mark.id, note=note)
    window.marking.activate(mark.mark.id)
    window.actions_["notes"].trigger()
    window.reading.page.setFocus()


def _library(window: Window) -> None:
    window.open(bundled("content") / app.GUIDE)
    window.open(bundled("content") / app.SHIPPED)
    _mark(window)
    window.marking.close()
    window.reading.page.go_to(5000)
    window.actions_["library"].trigger()


def _draw(
    folder: Path, name: str, theme: str, size: tuple[int, int], act: Callable[[Window], object]
) -> None:
    file = folder / f"{name}-{theme}-{size[0]}x{size[1]}.png"
    with _window(theme, size) as window:
        act(window)
        _settle(window)
        if not window.grab().save(str(file)):
            raise SystemExit(f"{file} could not be written")
    print(file)


@contextmanager
def _window(theme: str, size: tuple[int, int]) -> Iterator[Window]:
    with tempfile.TemporaryDirectory() as home:
        window: Window = app._make_window(app.Start(home=Path(home), theme=theme), keeps=True)
        window.resize(*size)
        window.show()
        window.activateWindow()
        window.open(bundled("content") / app.SHIPPED)
        _settle(window)
        yield window
        window.close()
        if window._library is not None:
            window._library.close()


def _settle(window: Window) -> None:
    quiet = 0
    while quiet < 5:
        QCoreApplication.processEvents()
        quiet = 0 if window.reading.busy() else quiet + 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
