"""Drawing the window into a picture file, with or without a screen."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from reader.ui.window import Window

_LONGEST = 60.0
"""Seconds after which a text that is still being opened is given up."""


def take(window: Window, file: Path, annotation: str | None = None) -> int:
    """Draw the window into `file`, once its text is shown; the answer is an exit status.

    With `annotation` its words are travelled to first, and its card is active.
    """
    window.show()
    until = time.monotonic() + _LONGEST
    while window.copy is None and not window.failure and time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    if window.copy is None:
        why = window.failure or f"The text was not open after {_LONGEST:.0f} seconds."
        print(why, file=sys.stderr)
        return 1
    if annotation is not None:
        if annotation not in window.copy.by_id:
            print(f"There is no annotation “{annotation}” in this copy.", file=sys.stderr)
            return 1
        window.reading.show_annotation(annotation)
    _settle(window)
    if not window.grab().save(str(file)):
        print(f"The picture could not be written to {file}.", file=sys.stderr)
        return 1
    window.close()
    return 0


def _settle(window: Window) -> None:
    """Let everything find its place: text laid out, cards measured, lights gone out."""
    quiet = 0
    while quiet < 3:
        QCoreApplication.processEvents()
        quiet = 0 if window.reading.busy() or window.panel.waits else quiet + 1
