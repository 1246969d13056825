"""Keeping Python's search for cycles short, however large what is shown is."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject

from reader.ui.timers import timer

_LATER = 1_000
"""Milliseconds after which all is there that belongs to a text."""


class Collecting(QObject):
    """Lets the collector pass over a text and its marks: they are freed without it.

    Else it looks through all of them now and then, which with ten thousand marks takes a tenth
    of a second. Of what is passed over, cycles are lost for good; there are some in the views,
    which stay, and none in texts and marks.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._soon = timer(self, gc.freeze, _LATER, once=True)

    def text_came(self) -> None:
        """Pass over what there is now, and what is made of it soon."""
        gc.freeze()
        self._soon.start()
