"""Long work away from the window, which goes on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject

from reader.ui.timers import timer
from reader.ui.uncollected import uncollected

T = TypeVar("T")

Report = Callable[[Any], None]
"""Tells how far the work is, in whatever form; raises Cancelled when nobody waits for it."""

_LOOK = 20
"""Milliseconds between two looks at what has been done."""

_PATIENCE = 3.0
"""Seconds that the program waits for a thread before it ends."""


class Cancelled(Exception):
    """Nobody waits for it any more."""


class Background(QObject):
    """One piece of work at a time; what is asked for next takes the place of what was.

    The thread knows nothing of Qt: what it has to say lies in a queue, which the
    window looks into. So the window may be closed at any moment.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job = 0
        self._said: SimpleQueue[tuple[int, str, Any]] = SimpleQueue()
        self._then: dict[str, Callable[[Any], object]] = {}
        self._look = timer(self, self._hear, _LOOK)
        self._thread: threading.Thread | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.wait)

    @property
    def busy(self) -> bool:
        """Whether something is still being done."""
        return self._look.isActive()

    def run(
        self,
        work: Callable[[Report], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Any], object] = lambda _said: None,
        *,
        at_once: bool = False,
    ) -> None:
        """Do `work`, then hand on what it answered or raised, in the window's thread.

        `work` is given what to call with how far it is; that raises Cancelled when
        the work is not wanted any more. `at_once` does it here and now.
        """
        self.cancel()
        self._then = {"done": then, "failed": failed, "progressed": progressed}
        job = self._job
        if at_once:
            self._work(job, work)
            self._hear()
            return
        self._look.start()
        self._thread = threading.Thread(
            target=self._work, args=(job, work), name="exporting", daemon=True
        )
        self._thread.start()

    def cancel(self) -> None:
        """Give up what is being done."""
        self._job += 1
        self._look.stop()

    def wait(self) -> None:
        """Give up, and let the thread end before what it draws with does."""
        self.cancel()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _work(self, job: int, work: Callable[[Report], Any]) -> None:
        def progress(said: Any) -> None:
            if job != self._job:
                raise Cancelled
            self._said.put((job, "progressed", said))

        try:
            with uncollected():
                done = work(progress)
        except Cancelled:
            return
        except Exception as error:
            self._said.put((job, "failed", error))
        else:
            self._said.put((job, "done", done))

    def _hear(self) -> None:
        while True:
            try:
                job, what, value = self._said.get_nowait()
            except Empty:
                return
            if job != self._job:
                continue
            if what != "progressed":
                self._look.stop()
            self._then[what](value)
