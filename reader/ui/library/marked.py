"""A text with the marks on it, as the notebook lists and filters them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from reader.annotations.marks import Mark
from reader.library.texts import TextEntry
from reader.text.folding import fold
from reader.ui.library.words import title_words

_BETWEEN = "\x1e"
_NOWHERE = 2**53

Marked = tuple[str, Mark]
"""The id of a text, and a mark in it."""


class MarkedText:
    """A text with its marks in their order."""

    def __init__(self, id_: str, marks: Sequence[Marked]) -> None:
        self.id = id_
        self.title = ""
        self.language = ""
        self.marks = sorted(marks, key=_place)
        self._folded: Sequence[str] | None = None
        self._title = ""

    def name(self, text: TextEntry | None) -> None:
        """Say how it is called; a text that is not known has no title."""
        title = (
            QCoreApplication.translate("Library", "Without a title")
            if text is None
            else title_words(text)
        )
        self.language = text.language if text is not None else ""
        if title != self.title:
            self.title, self._title = title, fold(title)

    def fold(self) -> None:
        """Make ready what the filter looks through."""
        if self._folded is None:
            every = (_searched(mark).replace(_BETWEEN, " ") for _, mark in self.marks)
            # One long string is folded in a fraction of the time that many short ones take.
            self._folded = fold(_BETWEEN.join(every)).split(_BETWEEN)

    def hits(self, wanted: Sequence[str]) -> Sequence[Marked]:
        """The marks that have each of the words, which are folded, or whose text's title has."""
        if not wanted:
            return self.marks
        self.fold()
        pairs = list(zip(self.marks, self._folded or (), strict=False))
        for word in wanted:
            if word not in self._title:
                pairs = [pair for pair in pairs if word in pair[1]]
        return [mark for mark, _ in pairs]


def _place(each: Marked) -> tuple[int, str]:
    start = each[1].selector.start
    return (_NOWHERE if start is None else start, each[1].created)


def _searched(mark: Mark) -> str:
    return "\n".join((mark.selector.exact, mark.note, *(f"#{tag}" for tag in mark.tags)))
