"""What the window asks of the library; it goes on reading where there is none, or it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Color
from reader.annotations.revising import Placements
from reader.copies.copy import Copy
from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.places import Place
from reader.library.revisions import Arrival, MarkedBefore, Revision
from reader.library.texts import KnownText
from reader.ui.background import Background

_T = TypeVar("_T")

_FEW_MARKS = 200
"""Marks whose places are written in less time than it takes to notice."""


class Shelf(QObject):
    """Answers with nothing where the library cannot."""

    failed = Signal(str)
    """The library cannot do its work: why. It is said once; more would not help."""

    def __init__(self, library: Library | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._has_failed = False
        self._settling = Background(self)

    def recent(self, most: int = 12) -> list[KnownText]:
        """The texts opened last, newest first."""
        return self._ask(lambda library: library.recent(most), [])

    def path_of(self, text_id: str) -> Path | None:
        """Where a text lay when it was opened last; None for one that the library lacks."""
        known = self._ask(lambda library: library.known(text_id), None)
        return known.path if known is not None else None

    def title_of(self, text_id: str) -> str:
        """The title of a text; empty for one that the library lacks."""
        known = self._ask(lambda library: library.known(text_id), None)
        return known.title if known is not None else ""

    def text_of_mark(self, mark_id: str) -> str:
        """The id of the text that a mark is on; empty when there is no such mark."""
        return self._ask(lambda library: library.text_of_mark(mark_id), "")

    def arrived(self, copy: Copy) -> Arrival | None:
        """The marks of a copy in their places, be it a new revision."""
        return self._ask(lambda library: library.arrive(copy), None)

    def settle(self, arrival: Arrival) -> None:
        """Keep where the marks stand in what was opened; many are written on a thread.

        Whoever asks the library next where they stand is answered when that is done.
        """
        if (library := self.library) is not None:
            few = len(arrival.placed) <= _FEW_MARKS
            self._settling.run(
                lambda _report: library.settle(arrival), _done, self._fail, at_once=few
            )

    def other_revisions(self, copy: Copy) -> list[Revision]:
        """The revisions of a text besides this one that can be read, the newest first."""
        return self._ask(lambda library: library.other_revisions(copy), [])

    def marked_before(self, copy: Copy) -> MarkedBefore | None:
        """The marked text that lay where a bare file lies now."""
        return self._ask(lambda library: library.marked_before(copy), None)

    def take_over(self, old: str, copy: Copy) -> bool:
        """Let the marks of the text `old` be those of `copy`; whether that was done."""

        def take(library: Library) -> bool:
            library.take_over(old, copy)
            return True

        return self._ask(take, False)

    def opened(self, copy: Copy) -> Place | None:
        """Record that a copy is opened; the answer is where the reader was in it."""

        def record(library: Library) -> Place | None:
            library.opened(copy)
            return library.place(copy)

        return self._ask(record, None)

    def keep_place(self, copy: Copy, position: int, progress: float) -> None:
        """Keep where the reader is: a code point, and how far that is (0 to 1)."""
        self._ask(lambda library: library.remember_place(copy, position, progress), None)

    def placements(self, copy: Copy) -> Placements:
        """How marks were found in this revision of a text, and in others."""
        text_id, words = copy.manifest.id, copy.text.digest
        return self._ask(lambda library: library.placements(text_id, words), Placements())

    def deleted_marks(self, copy: Copy) -> list[str]:
        """The ids of the marks that were deleted in a text."""
        return self._ask(
            lambda library: [m.id for m in library.deleted_marks(copy.manifest.id)], []
        )

    def color_names(self) -> Mapping[Color, str]:
        """What the reader means by the colours, of those that have a name."""
        return self._ask(lambda library: library.color_names(), {})

    def name_color(self, color: Color, name: str) -> None:
        """Name a colour; an empty name takes its name away."""
        self._ask(lambda library: library.name_color(color, name), None)

    def _ask(self, question: Callable[[Library], _T], otherwise: _T) -> _T:
        if self.library is None:
            return otherwise
        try:
            return question(self.library)
        except LibraryError as error:
            self._fail(error)
            return otherwise

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, LibraryError):
            raise error
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(str(error))


def _done(_answer: object) -> None:
    """Nobody waits for it."""
