"""Noticing what other windows and programs write to the library."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.ui.timers import timer

_EVERY = 1000
"""Milliseconds between two looks. One costs some microseconds while nothing was written."""


class Elsewhere(QObject):
    """Looks now and then while a window can be seen, and whenever it comes to the front."""

    changed = Signal()
    """Somebody else has written to the library."""

    def __init__(self, library: Library, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._window = library, window
        self._looking = timer(self, self.look, _EVERY)
        window.installEventFilter(self)

    def look(self) -> None:
        """Look now."""
        with suppress(LibraryError):  # whoever wants something of the library is told
            if self._library.changed_elsewhere():
                self.changed.emit()

    def stop(self) -> None:
        """Look no more: the window closes."""
        self._looking.stop()
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin with the window, and end with it."""
        kind = event.type()
        if kind in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self._looking.start()
            self.look()
        elif kind == QEvent.Type.Hide or (
            kind == QEvent.Type.WindowStateChange and self._window.isMinimized()
        ):
            self._looking.stop()
        elif kind == QEvent.Type.WindowStateChange:
            self._looking.start()
        return super().eventFilter(watched, event)
