"""Putting texts into the library's search, in the background."""

from __future__ import annotations

import queue
import threading

from PySide6.QtCore import QObject, Signal

from reader.copies.copy import Copy
from reader.library.errors import LibraryError
from reader.library.library import Library


class Indexing(QObject):
    """One text after another, on a thread of its own."""

    failed = Signal(str)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._waiting: queue.SimpleQueue[Copy | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def add(self, copy: Copy) -> None:
        """Let a copy be found by the search, soon."""
        self._waiting.put(copy)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="indexing", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """End, when what has been asked for is done."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (copy := self._waiting.get()) is not None:
            try:
                self._library.index_text(copy)
            except LibraryError as error:
                self.failed.emit(str(error))
