"""What later starts of the program ask of this window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.running import Answering


class Requests(QObject):
    """Brings requests, which come in on a thread of their own, to the window's."""

    came = Signal(object)
    """A Request: names and values, both words."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is the library's; whoever shows it is asked."""
        super().__init__(parent)
        self._answering = Answering(folder, self.came.emit)

    def close(self) -> None:
        """Take no more requests."""
        self._answering.close()
