"""Searching on a thread of its own: the newest question wins, and nothing waits for an answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from reader.library.errors import LibraryError

Search = Callable[[str], Sequence[object]]


class Finding(QObject):
    """Asks one question at a time; of those asked meanwhile only the last is asked at all."""

    found = Signal(str, object)
    """The hits of the question that was asked last."""

    failed = Signal(str, str)
    """It could not be answered: why, in one sentence."""

    _answered = Signal(int, str, object, str)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._condition = threading.Condition()
        self._asked: tuple[int, str] | None = None
        self._closed = False
        self._number = 0
        self._busy = False
        self._thread: threading.Thread | None = None
        self._answered.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def ask(self, question: str) -> None:
        """Look for something; what was asked before is answered no more."""
        self._number += 1
        self._busy = True
        with self._condition:
            self._asked = self._number, question
            self._condition.notify()
        if self._thread is None or not self._thread.is_alive():
            # One thread for all: the library keeps a connection for each.
            self._thread = threading.Thread(target=self._work, name="searching", daemon=True)
            self._thread.start()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._number += 1
        self._busy = False
        with self._condition:
            self._asked = None

    def close(self) -> None:
        """End the thread, and wait until it has ended."""
        self.forget()
        with self._condition:
            self._closed = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._asked is not None or self._closed)
                if self._closed or self._asked is None:
                    return
                (number, question), self._asked = self._asked, None
            try:
                self._answer(number, question, self._search(question))
            except LibraryError as error:
                self._answer(number, question, (), str(error))
            except Exception as error:
                self._answer(number, question, (), repr(error))
                raise

    def _answer(self, number: int, question: str, hits: Sequence[object], why: str = "") -> None:
        with self._condition:
            if not self._closed and isValid(self):
                self._answered.emit(number, question, hits, why)

    def _tell(self, number: int, question: str, hits: Sequence[object], why: str) -> None:
        if number != self._number:
            return
        self._busy = False
        if why:
            self.failed.emit(question, why)
        else:
            self.found.emit(question, hits)
