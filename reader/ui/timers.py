"""Timers: work that is done later, or a little at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def timer(
    owner: QObject, work: Callable[[], object], milliseconds: int = 0, *, once: bool = False
) -> QTimer:
    """A timer, not yet started, that runs `work` every so often, or once.

    With 0 milliseconds it runs whenever there is nothing else to do.
    """
    result = QTimer(owner)
    result.setInterval(milliseconds)
    result.setSingleShot(once)
    result.timeout.connect(work)
    return result
