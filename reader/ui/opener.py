"""Opening a text without freezing the window: long work runs on a thread of its own."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from reader.copies.copy import Copy
from reader.copies.reading import TextCache, open_copy
from reader.problems import CannotOpen
from reader.ui.page.pieces import prepare

AT_ONCE = 150_000
"""Bytes of a file that is opened in less time than it takes to notice."""


class Cancelled(Exception):
    """The reader thought better of it."""


class Opener(QObject):
    """Opens one text at a time; asking for another cancels the one before."""

    opened = Signal(object, object)
    """A Copy and its PreparedText."""

    failed = Signal(str)
    """One sentence: why it could not be opened."""

    progressed = Signal(float)
    """How much is done, 0 to 1."""

    _done = Signal(int, object, object)
    _failed = Signal(int, str)
    _progressed = Signal(int, float)

    def __init__(self, cache: TextCache | None = None, parent: QObject | None = None) -> None:
        """Long texts that were parsed once come from `cache`."""
        super().__init__(parent)
        self._cache = cache
        self._job = 0
        self.asked = False
        """Whether anything was to be opened yet."""
        self._running: list[threading.Thread] = []
        self._done.connect(self._finish)
        self._failed.connect(self._fail)
        self._progressed.connect(self._progress)

    def open(self, path: Path) -> bool:
        """Open a file or folder; False when that goes on in the background.

        The signals tell what came of it.
        """
        self.cancel()
        self.asked = True
        if _size(path) <= AT_ONCE:
            self._work(self._job, path)
            return True
        thread = threading.Thread(
            target=self._work, args=(self._job, path), name="opening", daemon=True
        )
        self._running = [*filter(threading.Thread.is_alive, self._running), thread]
        thread.start()
        return False

    def cancel(self) -> None:
        """Give up what is being opened."""
        self._job += 1

    def wait(self) -> None:
        """Give up, and wait until all threads have ended, before the program does."""
        self.cancel()
        for thread in self._running:
            thread.join()

    def _work(self, job: int, path: Path) -> None:
        def progress(share: float) -> None:
            if job != self._job:
                raise Cancelled
            self._progressed.emit(job, share)

        home = self.thread()
        try:
            copy = open_copy(path, progress, self._cache)
            prepared = prepare(copy.text)
        except Cancelled:
            return
        except CannotOpen as error:
            self._failed.emit(job, str(error))
            return
        except MemoryError:
            self._failed.emit(job, f"“{path.name}” is too large for this machine's memory.")
            return
        except Exception:
            self._failed.emit(
                job, f"“{path.name}” could not be opened, by a fault of this program; report it."
            )
            raise
        if QThread.currentThread() is not home:
            prepared.document.moveToThread(home)
        self._done.emit(job, copy, prepared)

    def _finish(self, job: int, copy: Copy, prepared: object) -> None:
        if job == self._job:
            self.opened.emit(copy, prepared)

    def _fail(self, job: int, sentence: str) -> None:
        if job == self._job:
            self.failed.emit(sentence)

    def _progress(self, job: int, share: float) -> None:
        if job == self._job:
            self.progressed.emit(share)


def _size(path: Path) -> int:
    """Bytes to read: of a file, or of the files at the top of a folder."""
    try:
        if path.is_dir():
            return sum(entry.stat().st_size for entry in path.iterdir() if entry.is_file())
        return path.stat().st_size
    except OSError:
        return 0
