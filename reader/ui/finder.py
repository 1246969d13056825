"""Finding words in the text: all places, a slice of the work at a time."""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject, Signal

from reader.text.folding import fold
from reader.ui.timers import timer

_SLICE = 0.008
_EVERY = 256
_PIECE = 50_000
_SPACE = re.compile(r"\s")


class Finder(QObject):
    """Finds one query at a time, whatever its case, accents and quotation marks."""

    changed = Signal()
    """More places are known, or another one is current."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[tuple[int, int]] = []
        """What was found so far, in the order of the text (code points)."""
        self.current: tuple[int, int] | None = None
        self._text = ""
        self._folded = ""
        self._pieces: list[str] = []
        self._to_fold = 0
        """From where on the text is not folded yet (code points)."""
        self._query = ""
        self._at = -1
        self._timer = timer(self, self._search_some)

    def set_text(self, text: str) -> None:
        """Search in another text from now on."""
        self._text, self._folded, self._pieces, self._to_fold = text, "", [], 0
        self.search("")

    def prepare(self) -> None:
        """Get ready to search: a query may be about to come."""
        if not self.ready:
            self._timer.start()

    @property
    def ready(self) -> bool:
        """Whether the first places of any query are known at once."""
        return self._to_fold == len(self._text)

    @property
    def searching(self) -> bool:
        """Whether there may be more places than are known."""
        return self._at >= 0

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def search(self, query: str) -> None:
        """Begin to search; the first places are known at once, or once all is ready.

        An empty query finds nothing.
        """
        self._timer.stop()
        self.places, self.current, self._at = [], None, -1
        self._query = fold(query)
        if self._query.strip():
            self._at = 0
            self._search_some()
        else:
            self._query = ""
            self.changed.emit()

    def go(self, position: int, forward: bool = True) -> tuple[int, int] | None:
        """Make the first place from a code point on (or the last before it) the current one.

        At either end it goes on from the other.
        """
        if not self.places:
            return None
        if forward:
            index = bisect_left(self.places, (position, 0)) % len(self.places)
        else:
            index = bisect_left(self.places, (position, 0)) - 1
        self.current = self.places[index]
        self.changed.emit()
        return self.current

    def number(self) -> int:
        """Which of the places is current, from 1; 0 when none is."""
        return bisect_right(self.places, self.current) if self.current else 0

    def _search_some(self) -> None:
        until = time.perf_counter() + _SLICE
        while not self.ready:
            self._fold_some()
            if not self.ready and time.perf_counter() > until:
                self._timer.start()
                return
        length, find, places = len(self._query), self._folded.find, self.places
        was_searching = self.searching
        while self._at >= 0:
            for _ in range(_EVERY):
                self._at = find(self._query, self._at)
                if self._at < 0:
                    break
                places.append((self._at, self._at + length))
                self._at += length
            if time.perf_counter() > until:
                break
        if self._at >= 0:
            self._timer.start()
        else:
            self._timer.stop()
        if was_searching:
            self.changed.emit()

    def _fold_some(self) -> None:
        # A piece ends with a word: how a letter is folded may depend on those beside it.
        start, text = self._to_fold, self._text
        space = _SPACE.search(text, start + _PIECE)
        self._to_fold = space.end() if space else len(text)
        self._pieces.append(fold(text[start : self._to_fold]).replace("\n", " "))
        if self._to_fold == len(text):
            self._folded, self._pieces = "".join(self._pieces), []
