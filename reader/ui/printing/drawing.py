"""Laying a print out and drawing its pages away from the window.

A text's layout belongs to the thread that made it, so one thread does both, as long
as this print is looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from reader.ui.background import Cancelled
from reader.ui.printing.printed import PrintedText
from reader.ui.timers import timer

_LOOK = 20
"""Milliseconds between two looks at what has been drawn."""


class Drawing(QObject):
    """One print at a time; another takes its place."""

    laid_out = Signal(int)
    """How many pages there are."""

    drawn = Signal(int, object)
    """The number of a page, from 0, and its QImage."""

    failed = Signal(object)
    """The error that ended it, a fault of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: SimpleQueue[tuple[int, QSize] | None] = SimpleQueue()
        self._said: SimpleQueue[tuple[str, tuple[Any, ...]]] = SimpleQueue()
        self._look = timer(self, self._hear, _LOOK)
        self.paper = QSizeF(1, 1)
        """The size of a page in points."""

    def start(self, make: Callable[[], PrintedText], paper: QSizeF) -> None:
        """Lay out what `make` makes, on its thread, for paper of a size in points."""
        self.stop()
        self.paper = paper
        self._wanted, self._said = SimpleQueue(), SimpleQueue()
        self._look.start()
        threading.Thread(
            target=_work, args=(make, paper, self._wanted, self._said), name="printing", daemon=True
        ).start()

    def draw(self, page: int, size: QSize) -> None:
        """Draw a page in so many pixels; `drawn` has it when it is done."""
        self._wanted.put((page, size))

    def stop(self) -> None:
        """Give up what is being done."""
        self._wanted.put(None)
        self._look.stop()

    def _hear(self) -> None:
        said = self._said
        while said is self._said:
            try:
                what, values = said.get_nowait()
            except Empty:
                return
            getattr(self, what).emit(*values)


def _work(
    make: Callable[[], PrintedText],
    paper: QSizeF,
    wanted: SimpleQueue[tuple[int, QSize] | None],
    said: SimpleQueue[tuple[str, tuple[Any, ...]]],
) -> None:
    def progress(_share: float) -> None:
        if not wanted.empty():  # nothing but the end can be wanted yet
            raise Cancelled

    try:
        printed = make()
        printed.layout(paper, progress)
        said.put(("laid_out", (printed.page_count,)))
        while (request := wanted.get()) is not None:
            page, size = request
            said.put(("drawn", (page, _picture(printed, page, paper, size))))
    except Cancelled:
        pass
    except Exception as error:
        said.put(("failed", (error,)))


def _picture(printed: PrintedText, page: int, paper: QSizeF, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    inch = size.width() / (paper.width() / 72)
    for set_dots in (image.setDotsPerMeterX, image.setDotsPerMeterY):
        set_dots(round(inch / 0.0254))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    # Dots per inch are whole numbers; what is lost by that is made good here.
    exact = inch / image.logicalDpiX()
    painter.scale(exact, exact)
    try:
        printed.paint(painter, page)
    finally:
        painter.end()
    return image
