"""How a long reading tells how far it has come, and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with a share from 0.0 to 1.0 that never falls; what it raises stops the reading."""


class Steps:
    """Reports the shares of a whole, at most once a hundredth.

    `report` may be None: then nothing is said.
    """

    def __init__(self, report: Progress | None) -> None:
        self._report = report
        self._said = -1.0

    def at(self, share: float) -> None:
        """Say that `share` (0.0 to 1.0) is done; passes on what the receiver raises."""
        if self._report is None:
            return
        share = min(1.0, max(0.0, share))
        if share >= self._said + 0.01 or (share == 1.0 > self._said):
            self._said = share
            self._report(share)


def share_of(report: Progress | None, start: float, end: float) -> Progress | None:
    """The receiver of a part that goes from `start` to `end` (0.0 to 1.0) of the whole."""
    if report is None:
        return None
    return lambda share: report(start + (end - start) * share)
