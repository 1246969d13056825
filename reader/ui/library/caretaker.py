"""Looking after the library while the window is open: what was lost, damage, the daily snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from PySide6.QtCore import QObject, Signal

from reader.settings import Settings
from reader.ui.indexing import Indexing
from reader.ui.timers import timer

_QUIET = 3_000
"""Milliseconds after the start in which nobody wants to wait for this."""

_HOUR = 3_600_000
_TITLES = 3
"""So many texts are named; of the others it is said that there are some."""


class Caretaker(QObject):
    """Has it done in the background, and says what the reader has to know."""

    said = Signal(str)
    """One sentence."""

    def __init__(
        self, indexing: Indexing, settings: Settings, restoring: str, parent: QObject
    ) -> None:
        """`restoring` is what the command is called that goes back to a snapshot."""
        super().__init__(parent)
        self._indexing, self._settings = indexing, settings
        self._restoring = restoring
        indexing.failed.connect(self.said)
        indexing.damaged.connect(self._tell_damage)
        self._soon = timer(self, self.look_after, _QUIET, once=True)
        # A window may stay open for days.
        self._hourly = timer(self, indexing.take_snapshot, _HOUR)
        for each in (self._soon, self._hourly):
            each.start()

    def stop(self) -> None:
        """Ask for nothing more: the window closes."""
        self._soon.stop()
        self._hourly.stop()

    def look_after(self) -> None:
        """Do all that can be done now."""
        self._indexing.find_lost()
        self._indexing.find_damage()

    def _tell_damage(self, texts: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """Say it once, and again when more is damaged."""
        names = sorted(f"{text_id} {mark}" for text_id, _, marks in texts for mark in marks)
        damage = sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if self._settings["damage-told"] == damage:
            return
        self._settings["damage-told"] = damage
        marks = self.tr("%n mark(s)", "", len(names))
        titles = [title or self.tr("a text without a title") for _, title, _ in texts]
        named = ", ".join(f"“{title}”" for title in titles[:_TITLES])
        if len(titles) > _TITLES:
            named = self.tr("{0} and others").format(named)
        words = self.tr(
            "{marks} in {texts} cannot be read any more; a snapshot of the library may have "
            "them: see “{command}” in the menu."
        )
        self.said.emit(words.format(marks=marks, texts=named, command=self._restoring.rstrip("… ")))
