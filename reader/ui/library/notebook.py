"""The notebook: everything that the reader has marked, in all texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Mark
from reader.library.texts import TextEntry
from reader.text.folding import fold
from reader.text.markdown import parse_markdown
from reader.ui.library.passage_page import PassagePage
from reader.ui.library.passages import Group, Passage, PassageRole, grouped
from reader.ui.library.words import count_words, said_day, title_words
from reader.ui.panel.notes_entries import shortened
from reader.ui.panel.notes_words import mark_word
from reader.ui.theme import Theme
from reader.ui.timers import timer

_BETWEEN = "\x1e"
_LINK = re.compile(r"\[\[([^\[\]]+)\]\]")
_NOWHERE = 2**53
_SLICE = 0.005


class NotebookPage(PassagePage):
    """All marks by text, those of one text in its order."""

    mark_chosen = Signal(str, str)
    """The id of a text, and that of a mark in it."""

    def __init__(
        self,
        theme: Theme,
        face: QFont,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, face, lambda item: _passage(item[1], today()), count_words, parent)
        self._texts: Sequence[_Marked] = ()
        self._unfolded: Iterator[_Marked] = iter(())
        self._ahead = timer(self, self._fold_some)
        self._wanted: list[str] = []
        self.setAccessibleName(self.tr("Notebook"))
        self.field.setPlaceholderText(self.tr("Filter by words, notes and tags"))
        self.field.setAccessibleName(self.tr("Filter the notebook"))
        self.list.setAccessibleName(self.tr("All marks"))
        self.field.textChanged.connect(self._narrow)
        self.item_chosen.connect(lambda item: self.mark_chosen.emit(item[0], item[1].id))
        self._renew()

    def show_marks(self, marks: Iterable[tuple[str, Mark]], texts: Iterable[TextEntry]) -> None:
        """Show marks, each with its text's id, in the order of `texts`; filter and place stay."""
        place = self.list.verticalScrollBar().value()
        told = self.passages.rowCount()
        current = self.list.currentIndex().data(PassageRole.ITEM)
        known = {text.id: text for text in texts}
        groups = grouped(marks, lambda each: each[0])
        order = [text_id for text_id in known if text_id in groups]
        order += [text_id for text_id in groups if text_id not in known]
        self._texts = [_marked(known.get(text_id), groups[text_id]) for text_id in order]
        self._unfolded = iter(self._texts)
        self._ahead.start()
        self._renew(told)
        self.list.executeDelayedItemsLayout()
        self.list.verticalScrollBar().setValue(place)
        if current is not None:
            again = self.passages.row_where(lambda item: item[1].id == current[1].id)
            if again.isValid():
                self.list.setCurrentIndex(again)

    def focus(self) -> None:
        """Let the keyboard move in the list, or write in the field where that is empty."""
        (self.field if self.list.is_empty else self.list).setFocus()

    def _fold_some(self) -> None:
        """Fold a text's marks while there is nothing else to do, so that filtering is quick."""
        until = monotonic() + _SLICE
        for text in self._unfolded:
            text.fold()
            if monotonic() > until:
                return
        self._ahead.stop()

    def _narrow(self, words: str) -> None:
        wanted = fold(words).split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._renew()
            self.list.scrollToTop()

    def _renew(self, told: int = 0) -> None:
        rows: list[Group | tuple[str, Mark]] = []
        texts = 0
        for text in self._texts:
            if hits := text.hits(self._wanted):
                rows += [Group(text.id, text.title, text.language, len(hits)), *hits]
                texts += 1
        if self._wanted:
            words = self.field.text().strip()
            self.list.set_empty_words(self.tr("Nothing matches “{words}”.").format(words=words))
        else:
            self.list.set_empty_words(
                self.tr("Nothing marked yet. What you mark and note in any text is collected here.")
            )
        self.passages.set_rows(rows, at_least=told)
        self.say_count(count_words(len(rows) - texts) if rows else "")


class _Marked:
    """A text with its marks in their order."""

    def __init__(
        self, id_: str, title: str, language: str, marks: Sequence[tuple[str, Mark]]
    ) -> None:
        self.id = id_
        self.title = title
        self.language = language
        self.marks = marks
        self._folded: Sequence[str] | None = None
        self._title = ""

    def fold(self) -> None:
        """Make ready what the filter looks through."""
        every = (_searched(mark).replace(_BETWEEN, " ") for _, mark in self.marks)
        # One long string is folded in a fraction of the time that many short ones take.
        self._title, *self._folded = fold(_BETWEEN.join((self.title, *every))).split(_BETWEEN)

    def hits(self, wanted: Sequence[str]) -> Sequence[tuple[str, Mark]]:
        """The marks that have each of the words, which are folded, or whose text's title has."""
        if not wanted:
            return self.marks
        if self._folded is None:
            self.fold()
        pairs = list(zip(self.marks, self._folded or (), strict=False))
        for word in wanted:
            if word not in self._title:
                pairs = [pair for pair in pairs if word in pair[1]]
        return [mark for mark, _ in pairs]


def _marked(text: TextEntry | None, marks: list[tuple[str, Mark]]) -> _Marked:
    marks.sort(key=_place)
    if text is None:
        words = QCoreApplication.translate("Library", "Without a title")
        return _Marked(marks[0][0], words, "", marks)
    return _Marked(text.id, title_words(text).replace(_BETWEEN, " "), text.language, marks)


def _place(each: tuple[str, Mark]) -> tuple[int, str]:
    start = each[1].selector.start
    return (_NOWHERE if start is None else start, each[1].created)


def _searched(mark: Mark) -> str:
    return "\n".join((mark.selector.exact, mark.note, *(f"#{tag}" for tag in mark.tags)))


@lru_cache(maxsize=2048)
def _passage(mark: Mark, today: date) -> Passage:
    what = mark_word(mark)
    quote = shortened(mark.selector.exact)
    note = shortened(parse_markdown(_LINK.sub(r"\1", mark.note)).string) if mark.note else ""
    tags = " ".join(f"#{tag}" for tag in mark.tags if f"#{tag}" not in note)
    note = " ".join(filter(None, (note, tags)))
    day = _day(mark, today)
    return Passage(
        what=what,
        words=quote or note or what,
        spoken=", ".join(filter(None, (what, quote and f"“{quote}”", note, day))),
        mark=mark,
        marked=bool(quote),
        note=note if quote else "",
        aside=day,
    )


def _day(mark: Mark, today: date) -> str:
    try:
        return said_day(datetime.fromisoformat(mark.created).astimezone().date(), today)
    except (ValueError, OverflowError, OSError):
        return ""
