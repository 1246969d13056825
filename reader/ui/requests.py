"""What later starts of the program ask of this window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from reader.running import Answering

_LATER = 60
"""Milliseconds from the start of the event loop."""


class Requests(QObject):
    """Brings requests, which come in on a thread of their own, to the window's."""

    came = Signal(object)
    """A Request: names and values, both words."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is the library's; whoever shows it is asked."""
        super().__init__(parent)
        self._folder = folder
        self._answering: Answering | None = None
        # Its thread would take the time in which the first text is painted.
        QTimer.singleShot(_LATER, self, self._answer)

    def _answer(self) -> None:
        self._answering = Answering(self._folder, self.came.emit)

    def close(self) -> None:
        """Take no more requests."""
        if self._answering is not None:
            self._answering.close()
