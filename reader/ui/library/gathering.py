"""Reading the marks of all texts on a thread of its own, a text at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from time import monotonic, sleep

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.marks import State
from reader.library.texts import TextEntry
from reader.ui.library.marked import MarkedText
from reader.ui.uncollected import uncollected

_FIRST = 0.1
"""Seconds after which there is something to see."""

_BREATH = 0.0005
"""Seconds after each text in which the window goes on."""

_MANY = 10_000
"""So many marks, and looking for cycles among them would be noticed."""


class Gathering(QObject):
    """What was read once is read again only where it has changed."""

    gathered = Signal(object, bool)
    """A dict of MarkedText by their texts' ids, and whether that was the last of them."""

    failed = Signal(str)

    _read = Signal(int, object, object)
    _failed = Signal(int, str)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._number = 0
        self._state: State | None = None
        self._running: list[threading.Thread] = []
        self._read.connect(self._tell)
        self._failed.connect(self._fail)

    def gather(self, texts: Sequence[TextEntry]) -> None:
        """Read the marks of these texts; what was asked before is answered no more."""
        self._number += 1
        thread = threading.Thread(
            target=self._work, args=(self._number, texts, self._state), daemon=True
        )
        self._running = [*filter(threading.Thread.is_alive, self._running), thread]
        thread.start()

    def close(self) -> None:
        """Give up what is being read, and wait until all threads have ended."""
        self._number += 1
        for thread in self._running:
            thread.join()

    def _work(self, number: int, texts: Sequence[TextEntry], since: State | None) -> None:
        many = since is None and sum(text.marks for text in texts) > _MANY
        with uncollected(lasting=True) if many else nullcontext():
            self._gather(number, texts, since)

    def _gather(self, number: int, texts: Sequence[TextEntry], since: State | None) -> None:
        piece: dict[str, MarkedText] = {}
        shown = monotonic() + _FIRST
        try:
            state = self._library.marks_state()
            changed = self._library.marked_since(since) if since is not None else None
            for text in texts:
                if number != self._number or not isValid(self):
                    return
                if text.id not in changed if changed is not None else not text.marks:
                    continue
                marks = [mark for mark in self._library.marks(text.id) if not mark.creator]
                piece[text.id] = MarkedText(text.id, [(text.id, mark) for mark in marks])
                piece[text.id].name(text)
                piece[text.id].fold()
                sleep(_BREATH)
                if since is None and shown and monotonic() > shown:
                    self._read.emit(number, piece, None)
                    piece, shown = {}, 0.0
            self._read.emit(number, piece, state)
        except LibraryError as error:
            self._failed.emit(number, str(error))

    def _tell(self, number: int, piece: dict[str, MarkedText], state: State | None) -> None:
        if number == self._number:
            self._state = state or self._state
            self.gathered.emit(piece, state is not None)

    def _fail(self, number: int, why: str) -> None:
        if number == self._number:
            self.failed.emit(why)
