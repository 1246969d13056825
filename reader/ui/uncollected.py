"""Work during which Python does not look for cycles: there are none among what it makes.

To look through what is being made, which all threads wait for, takes up to a tenth of a second
where that is much.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Switch:
    """The collector's switch, of which a program has one, for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = 0

    def off(self) -> None:
        """Some work begins."""
        with self._lock:
            self._working += 1
            gc.disable()

    def on(self) -> None:
        """It has ended; the last to end switches the collector on again."""
        with self._lock:
            self._working -= 1
            if not self._working:
                gc.enable()


_switch = _Switch()
pause, resume = _switch.off, _switch.on
"""What begins and ends it, where that is not in one place."""


@contextmanager
def uncollected(*, lasting: bool = False) -> Iterator[None]:
    """Let no thread wait for the collector during some work.

    It passes over what is there afterwards if that is `lasting`, and much.
    """
    pause()
    try:
        yield
    finally:
        if lasting:
            gc.freeze()
        resume()
