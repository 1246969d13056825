"""Draws the pictures of the documentation with the program itself, without a screen.

    python build/screenshots.py docs/screenshots [NAME...]

Each is drawn light and dark, for Help shows the one that fits its window.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QDeadlineTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader import app
from reader.annotations.marks import Color, MarkKind
from reader.locations import bundled
from reader.ui.window import Window

USUAL = (1360, 880)
SMALL = (1000, 700)
AT = "operation-spiderweb"
HOME = Path(tempfile.gettempdir()) / "reader"
"""Dialogs show where files lie; this is a place that tells nothing of whoever draws them."""

_COLORS = 256
"""Colours of a picture: PNG keeps one byte for each of its pixels then."""

_INDEXED = QImage.Format.Format_Indexed8


def main(folder: Path, names: list[str]) -> int:
    """Draw all pictures into `folder`, or those that are named; the answer is an exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(["annotated-reader"])
    application.setStyle("fusion")
    for name, (act, size, themes) in PICTURES.items():
        for theme in themes:
            if not names or name in names:
                _draw(folder / f"{name}-{theme}.png", act, theme, size)
    return 0


# What is on the pictures: what is done in the window, and what is drawn then --------------------


def _card(window: Window) -> QWidget:
    window.reading.show_annotation(AT)
    return window


def _index(window: Window) -> QWidget:
    window.actions_["index"].trigger()
    window.reading.show_annotation(AT)
    return window


def _selection(window: Window) -> QWidget:
    window.actions_["panel"].trigger()
    _settle(window)
    _select(window, "most massive air attack")
    _settle(window)
    return window


def _notes(window: Window) -> QWidget:
    _mark(window)
    return window


def _library(window: Window) -> QWidget:
    window.open(bundled("content") / app.GUIDE)
    _settle(window)
    window.open(bundled("content") / app.SHIPPED)
    _settle(window)
    _mark(window)
    window.marking.close()
    window.reading.page.go_to(5000)
    window.actions_["library"].trigger()
    return window


def _export(window: Window) -> QWidget:
    _mark(window)
    window.actions_["export"].trigger()
    return _dialog(window)


def _print(window: Window) -> QWidget:
    _mark(window)
    window.actions_["print"].trigger()
    return _dialog(window)


def _preferences(window: Window) -> QWidget:
    window.actions_["preferences"].trigger()
    return _dialog(window)


def _share(window: Window) -> QWidget:
    _mark(window)
    window.actions_["share"].trigger()
    return _dialog(window)


def _author(window: Window) -> QWidget:
    """A copy of one's own, in which some words are being annotated."""
    window.open(_own_copy())
    _settle(window)
    window.actions_["author"].trigger()
    _select(window, "F-16 pilot")
    window.actions_["annotate"].trigger()
    form = window.author.form
    form.title.setText("F-16")
    form.body.setPlainText("A fighter aircraft. Allies have given *Ukraine* some of theirs.")
    window.actions_["panel"].setChecked(True)
    window._show_panel("check")
    form.body.setFocus()
    return window


def _revision(window: Window) -> QWidget:
    """What a corrected text did to the marks in it."""
    folder = _own_copy()
    window.open(folder)
    _settle(window)
    for words, color, note in (
        ("most massive air attack", Color.PINK, ""),
        ("Neither side looks ready for a meaningful compromise", Color.BLUE, "Why?"),
        ("a sign that he would sooner have a longer war than a compromise", Color.YELLOW, "#essay"),
        ("Both show resilience", Color.GREEN, ""),
        ("to have Ukraine blamed because the war continues", Color.PURPLE, "Says who?"),
    ):
        start = _place(window, words)
        mark = window.marks.add(MarkKind.HIGHLIGHT, start, start + len(words), color)
        window.marks.change(mark.id, note=note)
    article = folder / "article.md"
    words = article.read_text("utf-8")
    for old, new in (
        (
            "a sign that he would sooner have a longer war than a compromise",
            "a sign that he prefers more of this war to any compromise",
        ),
        ("Both show resilience.", ""),
        (
            "to have Ukraine blamed because the war continues",
            "to put the blame for a longer war on Ukraine",
        ),
        ("In a single night Russia", "In one night of late June, Russia"),
    ):
        assert old in words
        words = words.replace(old, new)
    article.write_text(words, "utf-8")
    manifest = folder / "document.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("revision: 1", "revision: 2"), "utf-8")
    window.actions_["reload"].trigger()
    _settle(window)
    window.notice.take_offer()
    return _dialog(window)


def _help(window: Window) -> QWidget:
    window.helping.show("library")
    assert window.helping.window is not None
    window.helping.window.resize(*SMALL)
    return window.helping.window


BOTH = ("light", "dark")
PICTURES: dict[str, tuple[Callable[[Window], QWidget], tuple[int, int], tuple[str, ...]]] = {
    "window": (_card, USUAL, (*BOTH, "sepia", "high-contrast-dark")),
    "narrow": (_card, (800, 640), BOTH),
    "index": (_index, SMALL, BOTH),
    "selection": (_selection, (800, 520), BOTH),
    "notes": (_notes, USUAL, BOTH),
    "library": (_library, (1000, 480), BOTH),
    "export": (_export, USUAL, BOTH),
    "print": (_print, USUAL, BOTH),
    "preferences": (_preferences, USUAL, BOTH),
    "share": (_share, USUAL, BOTH),
    "author": (_author, USUAL, BOTH),
    "revision": (_revision, USUAL, BOTH),
    "help": (_help, SMALL, BOTH),
}
"""By name: what is done, the size of the window in pixels, and the themes."""


def _mark(window: Window) -> None:
    """A few marks and a note, as a reader makes them."""
    for words, color in (("most massive", Color.PINK), ("two hard questions", Color.BLUE)):
        _select(window, words)
        window.marking.color(color)
    window._color_named(Color.YELLOW, "important")
    start, end = _select(window, "new peace talks")
    window.marking.color(Color.YELLOW)
    mark = window.marks.on(start, end)
    assert mark is not None
    note = "Compare with the demand for a [[Ceasefire]] of thirty days. Which comes first? #essay"
    window.marks.change(mark.mark.id, note=note)
    window.marking.activate(mark.mark.id)
    window.actions_["notes"].trigger()
    window.reading.page.setFocus()


def _place(window: Window, words: str) -> int:
    assert window.copy is not None
    return window.copy.text.string.index(words)


def _select(window: Window, words: str) -> tuple[int, int]:
    start = _place(window, words)
    window.reading.page.select(start, start + len(words))
    window.reading.page.selection_made.emit()
    return start, start + len(words)


def _own_copy() -> Path:
    folder = HOME / "Documents" / "my-copy"
    shutil.copytree(bundled("content") / app.SHIPPED, folder)
    return folder


def _dialog(window: Window) -> QDialog:
    """The dialog that was asked for; what it shows may have to be put together first."""
    waited = QDeadlineTimer(30_000)
    while not waited.hasExpired():
        for each in window.findChildren(QDialog):
            if each.isVisible():
                return each
        QCoreApplication.processEvents()
    raise TimeoutError("no dialog came up")


# How they are drawn -----------------------------------------------------------------------------


def _draw(file: Path, act: Callable[[Window], QWidget], theme: str, size: tuple[int, int]) -> None:
    with _window(theme, size) as window:
        drawn = act(window)
        _settle(window)
        if not reduced(drawn.grab().toImage()).save(str(file)):
            raise SystemExit(f"{file} could not be written")
        if isinstance(drawn, QDialog):
            drawn.close()
    print(file)


def reduced(image: QImage) -> QImage:
    """A picture in few colours: those that are most of it, and of the others what is nearest."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    counted = [color for color, _ in Counter(pixels).most_common()]
    kept: dict[int, int] = {}
    for bits in (4, 3, 2):  # from colours that are far apart to those that are near
        apart = {tuple(part >> bits for part in _parts(color)) for color in kept}
        for color in counted:
            near = tuple(part >> bits for part in _parts(color))
            if near not in apart and len(kept) < _COLORS:
                apart.add(near)
                kept.setdefault(color, len(kept))
    numbers = {color: _nearest(color, kept) for color in counted}
    data = bytes(map(numbers.__getitem__, pixels))
    result = QImage(data, image.width(), image.height(), image.width(), _INDEXED).copy()
    result.setColorTable(list(kept))
    return result


def _nearest(color: int, kept: dict[int, int]) -> int:
    if color in kept:
        return kept[color]
    parts = _parts(color)
    found = min(
        kept, key=lambda each: sum((a - b) ** 2 for a, b in zip(parts, _parts(each), strict=True))
    )
    return kept[found]


def _parts(color: int) -> tuple[int, int, int]:
    return color >> 16 & 255, color >> 8 & 255, color & 255


@contextmanager
def _window(theme: str, size: tuple[int, int]) -> Iterator[Window]:
    shutil.rmtree(HOME, ignore_errors=True)
    (HOME / "Documents").mkdir(parents=True)
    start = app.Start(home=HOME / "settings", theme=theme)
    window: Window = app._make_window(start, keeps=True)
    for name in ("export-folder", "share-folder"):
        window._settings[name] = str(HOME / "Documents")
    window._settings["share-name"] = "A teacher"
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.open(bundled("content") / app.SHIPPED)
    _settle(window)
    yield window
    window.author.stop() if window.authoring.on else None
    window.close()
    if window._library is not None:
        window._library.close()
    shutil.rmtree(HOME, ignore_errors=True)


def _settle(window: Window) -> None:
    """Let everything find its place, what is looked at on threads too."""
    deadline, quiet = QDeadlineTimer(700), 0
    while quiet < 5 or not deadline.hasExpired():
        QCoreApplication.processEvents()
        quiet = 0 if window.reading.busy() else quiet + 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
