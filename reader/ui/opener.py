"""Opening a text without freezing the window: long work runs on a thread of its own."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from reader.copies.container import is_container
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.revisions import Arrival
from reader.problems import CannotOpen
from reader.text.progress import Progress, share_of
from reader.ui.page.pieces import PreparedText, prepare
from reader.ui.placed_marks import PlacedMarks
from reader.ui.uncollected import uncollected

AT_ONCE = 150_000
"""Bytes of a file that is opened in less time than it takes to notice."""

_PATIENCE = 0.1
"""Seconds in which marks are placed at once; many marks in a small text take longer."""

_TAKING_IN = 0.4
"""How much is done when a file has been taken in, 0 to 1."""


class Cancelled(Exception):
    """The reader thought better of it."""


class _TooLong(Exception):
    """It is not done at once."""


class Opener(QObject):
    """Opens one text at a time; asking for another cancels the one before.

    A copy that is a file is taken into the library, and opened there; its own file may
    vanish. Where there is no library, it is opened from a folder that passes.
    """

    opened = Signal(object, object)
    """A Copy and its PreparedText."""

    failed = Signal(str)
    """One sentence: why it could not be opened."""

    progressed = Signal(float)
    """How much is done, 0 to 1."""

    _done = Signal(int, object, object, object, object)
    _failed = Signal(int, str)
    _progressed = Signal(int, float)

    def __init__(self, library: Library | None = None, parent: QObject | None = None) -> None:
        """Long texts that were parsed once, and the places of marks, come from `library`."""
        super().__init__(parent)
        self._library = library
        self._job = 0
        self.asked = False
        """Whether anything was to be opened yet."""
        self.busy = False
        """Whether what was asked for last is still being opened."""
        self._arrival: Arrival | None = None
        self._placed: PlacedMarks | None = None
        self._running: list[threading.Thread] = []
        self._done.connect(self._finish)
        self._failed.connect(self._fail)
        self._progressed.connect(self._progress)

    def open(self, path: Path, *, at_once: bool = False) -> bool:
        """Open a file or folder; False when that goes on in the background.

        A small text is opened `at_once` where that is said. The signals tell what came of it.
        """
        self.cancel()
        self.asked = self.busy = True
        # A packed file may hold far more than its size tells, and lie on a slow stick.
        if at_once and _size(path) <= AT_ONCE and not is_container(path):
            return self._work(self._job, path, at_once=True)
        self._start(self._job, path)
        return False

    def arrival(self, copy: Copy) -> Arrival | None:
        """The marks of the copy that was opened last, in their places; None for another copy."""
        arrival = self._arrival
        return arrival if arrival is not None and arrival.copy is copy else None

    def take_placed(self, arrival: Arrival | None) -> PlacedMarks | None:
        """What an arrival has placed, in order; it is handed over once."""
        placed, self._placed = self._placed, None
        return placed if arrival is not None and arrival is self._arrival else None

    def cancel(self) -> None:
        """Give up what is being opened."""
        self._job += 1
        self.busy = False

    def wait(self) -> None:
        """Give up, and wait until all threads have ended, before the program does."""
        self.cancel()
        for thread in self._running:
            thread.join()

    def _start(self, job: int, path: Path, read: tuple[Copy, PreparedText] | None = None) -> None:
        def work() -> None:
            with uncollected(lasting=True):
                self._work(job, path, read)

        thread = threading.Thread(target=work, name="opening", daemon=True)
        self._running = [*filter(threading.Thread.is_alive, self._running), thread]
        thread.start()

    def _work(
        self,
        job: int,
        path: Path,
        read: tuple[Copy, PreparedText] | None = None,
        at_once: bool = False,
    ) -> bool:
        """Open `path`, or go on with what was `read` of it; whether that is done."""

        def progress(share: float) -> None:
            if job != self._job:
                raise Cancelled
            self._progressed.emit(job, share)

        home = self.thread()
        try:
            copy, prepared = read or self._read(path, progress)
            arrival = self._arrive(copy, progress, at_once)
            placed = PlacedMarks(arrival.placed if arrival else ())
        except Cancelled:
            return True
        except _TooLong:
            self._start(job, path, (copy, prepared))
            return False
        except CannotOpen as error:
            self._failed.emit(job, str(error))
            return True
        except MemoryError:
            self._failed.emit(job, f"“{path.name}” is too large for this machine's memory.")
            return True
        except Exception:
            self._failed.emit(
                job, f"“{path.name}” could not be opened, by a fault of this program; report it."
            )
            raise
        if prepared.document.thread() is QThread.currentThread() is not home:
            prepared.document.moveToThread(home)
        self._done.emit(job, copy, prepared, arrival, placed)
        return True

    def _read(self, path: Path, progress: Progress) -> tuple[Copy, PreparedText]:
        taking_in = 0.0
        if self._library is not None and is_container(path) and path.is_file():
            from reader.copies.keeping import keep

            taking_in = _TAKING_IN
            store = self._library.store
            path = keep(path, store, progress=share_of(progress, 0, taking_in))
        cache = self._library.parsed if self._library is not None else None
        copy = open_copy(path, share_of(progress, taking_in, 1), cache)
        return ready(copy), prepare(copy.text)

    def _arrive(self, copy: Copy, progress: Progress, at_once: bool) -> Arrival | None:
        """The marks in their places; None where no library tells of any."""
        if self._library is None:
            return None
        until = time.monotonic() + _PATIENCE

        def goes_on(_share: float) -> None:
            if at_once and time.monotonic() > until:
                raise _TooLong
            progress(1.0)

        with suppress(LibraryError):  # whoever asks the library next is told of it
            return self._library.arrive(copy, goes_on)
        return None

    def _finish(
        self,
        job: int,
        copy: Copy,
        prepared: PreparedText,
        arrival: Arrival | None,
        placed: PlacedMarks,
    ) -> None:
        if job == self._job:
            self.busy = False
            self._arrival, self._placed = arrival, placed
            self.opened.emit(copy, prepared)

    def _fail(self, job: int, sentence: str) -> None:
        if job == self._job:
            self.busy = False
            self.failed.emit(sentence)

    def _progress(self, job: int, share: float) -> None:
        if job == self._job:
            self.progressed.emit(share)


def ready(copy: Copy) -> Copy:
    """A copy that has found out what is asked of it as soon as it is shown."""
    copy.attachment.of("")
    _ = copy.by_id, copy.text.sections, copy.text.digest
    return copy


def _size(path: Path) -> int:
    """Bytes to read: of a file, or of the files at the top of a folder."""
    try:
        if path.is_dir():
            return sum(entry.stat().st_size for entry in path.iterdir() if entry.is_file())
        return path.stat().st_size
    except OSError:
        return 0
