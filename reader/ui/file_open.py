"""macOS tells a program by events which files and links are to be opened with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class FileOpen(QObject):
    """Hears of them while it is the application's event filter.

    It sees every event of the program, in Python: only where there are such ones is it worth that.
    """

    wanted = Signal(str)
    """A path, or a link of ours."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        self.wanted.emit(event.file() or event.url().toString())
        return True
