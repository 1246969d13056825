"""What is done for the library in the background: one job after another, on a thread of its own.

Texts that are opened come first. What can wait is done while there is nothing else:
indexing again what the search has lost, looking for damaged marks, the day's snapshot.
"""

from __future__ import annotations

import queue
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from time import sleep

from PySide6.QtCore import QObject, Signal

from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.texts import TextEntry
from reader.problems import CannotOpen
from reader.ui.uncollected import uncollected

_NOW, _END, _LATER = range(3)
_PATIENCE = 0.02
"""Seconds in which what was begun may end when the window closes."""
_BREATH = 0.001
"""Seconds now and then in which the window goes on, while a text is parsed again."""


class _Ended(Exception):
    """The window closes."""


class Indexing(QObject):
    """Works off what it is asked for; what can wait is given up when the window closes."""

    failed = Signal(str)
    """Something could not be done: why. The same sentence is said once."""

    lacking = Signal(int, int)
    """How many texts will be found by the search soon, and how many are gone from their place."""

    damaged = Signal(object)
    """Marks that cannot be read: (text's id, its title or nothing, ids of marks) for each text."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._waiting: queue.PriorityQueue[tuple[int, int, Callable[[], object]]] = (
            queue.PriorityQueue()
        )
        self._numbers = count()
        self._thread: threading.Thread | None = None
        self._ending = self._given_up = False
        self._told = ""
        self._lost: set[str] = set()
        self._gone: set[str] = set()

    def add(self, copy: Copy) -> None:
        """Let a copy be found by the search, soon."""
        self._ask(_NOW, lambda: self._index(copy))

    def find_lost(self) -> None:
        """Index the texts again that the search has lost, where their files still are."""
        self._ask(_LATER, self._find_lost)

    def find_damage(self) -> None:
        """Look through all marks for those that cannot be read."""
        self._ask(_LATER, self._find_damage)

    def take_snapshot(self) -> None:
        """Take today's snapshot, if there is none yet."""
        self._ask(_LATER, lambda: self._fail(self._library.snapshot_today()))

    @property
    def lacks(self) -> tuple[int, int]:
        """What `lacking` said last."""
        return len(self._lost), len(self._gone)

    def wait(self) -> None:
        """End, when the texts that were opened are indexed."""
        self._stop(None)

    def close(self) -> None:
        """End soon: texts that are not indexed yet count as lost, and are the next time."""
        self._stop(_PATIENCE)

    def _stop(self, patience: float | None) -> None:
        if self._thread is None:
            return
        self._ending = True
        self._ask(_END, _end)
        self._thread.join(patience)
        self._given_up = True
        self._thread.join()
        self._thread = None
        self._ending = self._given_up = False

    # On the thread

    def _ask(self, urgency: int, job: Callable[[], object]) -> None:
        self._waiting.put((urgency, next(self._numbers), job))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="indexing", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            _, _, job = self._waiting.get()
            try:
                with uncollected():
                    job()
            except _Ended:
                return
            except LibraryError as error:
                self._fail(str(error))

    def _fail(self, why: str) -> None:
        if why and why != self._told:
            self._told = why
            self.failed.emit(why)

    def _index(self, copy: Copy) -> None:
        if self._library.index_text(copy, lambda: not self._given_up):
            self._found(copy.manifest.id)

    def _find_lost(self) -> None:
        lost = self._library.unindexed()
        self._lost, self._gone = {entry.id for entry in lost}, set()
        self.lacking.emit(*self.lacks)
        for entry in lost:
            self._ask(_LATER, partial(self._index_again, entry))

    def _index_again(self, entry: TextEntry) -> None:
        if entry.id not in self._lost:
            return
        try:
            copy = open_copy(entry.path, self._breathe, self._library.parsed)
        except (CannotOpen, OSError, MemoryError):
            copy = None
        if copy is not None and copy.manifest.id == entry.id:
            self._index(copy)
        else:
            self._lost.discard(entry.id)
            self._gone.add(entry.id)
            self.lacking.emit(*self.lacks)

    def _found(self, text_id: str) -> None:
        if text_id in self._lost or text_id in self._gone:
            self._lost.discard(text_id)
            self._gone.discard(text_id)
            self.lacking.emit(*self.lacks)

    def _find_damage(self) -> None:
        found = self._library.damaged_marks(lambda: not self._ending)
        if not found or self._ending:
            return
        titles = {entry.id: entry.title for entry in self._library.texts()}
        texts = Counter(mark.text_id for mark in found)
        self.damaged.emit(
            [
                (id_, titles.get(id_, ""), [mark.id for mark in found if mark.text_id == id_])
                for id_ in texts
            ]
        )

    def _breathe(self, _share: float) -> None:
        if self._ending:
            raise _Ended
        sleep(_BREATH)


def _end() -> None:
    raise _Ended
