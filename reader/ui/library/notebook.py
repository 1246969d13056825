"""The notebook: everything that the reader has marked, in all texts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Mark
from reader.library.texts import TextEntry
from reader.text.folding import fold
from reader.ui.library.marked import Marked, MarkedText
from reader.ui.library.passage_page import PassagePage
from reader.ui.library.passages import AT_ONCE, Group, Passage, PassageRole, grouped
from reader.ui.library.words import count_words, said_day
from reader.ui.panel.notes_entries import plain
from reader.ui.panel.notes_words import mark_word
from reader.ui.panel.words import shortened
from reader.ui.theme import Theme
from reader.ui.timers import timer

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
        self._entries: Sequence[TextEntry] = ()
        self._marked: dict[str, MarkedText] = {}
        self._texts: Sequence[MarkedText] = ()
        self._loaded = self._waiting = False
        self._count = 0
        self._unfolded: Iterator[MarkedText] = iter(())
        self._ahead = timer(self, self._fold_some)
        self._rows: list[Group | Marked] = []
        self._unfiltered: Iterator[MarkedText] = iter(())
        self._is_new = True
        """Whether the list has those from before still."""
        self._going_on = timer(self, self._filter_some)
        self._wanted: list[str] = []
        self.setAccessibleName(self.tr("Notebook"))
        self.field.setPlaceholderText(self.tr("Filter by words, notes and tags"))
        self.field.setAccessibleName(self.tr("Filter the notebook"))
        self.list.setAccessibleName(self.tr("All marks"))
        self.field.textChanged.connect(self._narrow)
        self.item_chosen.connect(lambda item: self.mark_chosen.emit(item[0], item[1].id))
        self._renew()

    def show_marks(self, marks: Iterable[Marked], texts: Sequence[TextEntry]) -> None:
        """Show marks, each with its text's id, in the order of `texts`; filter and place stay."""
        groups = grouped(marks, lambda each: each[0])
        self.expect(texts)
        self._marked = {}
        self.take_in({id_: MarkedText(id_, group) for id_, group in groups.items()}, last=True)

    def expect(self, texts: Sequence[TextEntry]) -> None:
        """The marks of these texts are being read; what is shown stays till they are there."""
        self._entries = texts
        if not self._loaded:
            self._waiting = True
            self._marked = {}
            self._say_what()

    def take_in(self, marked: Mapping[str, MarkedText], last: bool) -> None:
        """Show the marks of some texts, in the order of those expected; filter and place stay."""
        self._marked.update(marked)
        self._loaded = self._loaded or last
        self._waiting = self._waiting and not last
        known = {text.id: text for text in self._entries}
        order = [text_id for text_id in known if text_id in self._marked]
        order += [text_id for text_id in self._marked if text_id not in known]
        texts = [self._marked[text_id] for text_id in order if self._marked[text_id].marks]
        names = [(text.title, text.language) for text in texts]
        for text in texts:
            text.name(known.get(text.id))
        same_names = names == [(text.title, text.language) for text in texts]
        if last and not marked and same_names and texts == self._texts:
            self._say_what()
            return
        self._texts = texts
        self._unfolded = iter(self._texts)
        self._ahead.start()
        self._show_again()

    def _show_again(self) -> None:
        """Show other marks; what is seen stays where it is."""
        place = self.list.verticalScrollBar().value()
        told = self.passages.rowCount()
        current = self.list.currentIndex().data(PassageRole.ITEM)
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
        """Show what the filter leaves, the beginning at once; of so many rows the list is told."""
        self._rows, self._count, self._is_new = [], 0, True
        self._unfiltered = iter(self._texts)
        self._filter_some(told)

    def _filter_some(self, least: int = 0) -> None:
        """Look through texts for a while, and until there are so many rows."""
        until = monotonic() + _SLICE
        done = True
        for text in self._unfiltered:
            if hits := text.hits(self._wanted):
                self._rows += [Group(text.id, text.title, text.language, len(hits)), *hits]
                self._count += len(hits)
            if monotonic() > until and len(self._rows) >= least:
                done = False
                break
        if self._is_new and (done or len(self._rows) >= AT_ONCE):
            self._is_new = False
            self.passages.set_rows(self._rows, at_least=least)
        if done:
            self._going_on.stop()
            self._say_what()
        else:
            self._going_on.start()

    def choose_first(self) -> None:
        """Choose the first passage of all that match."""
        if self._going_on.isActive():
            self._filter_some(sys.maxsize)
        super().choose_first()

    def _say_what(self) -> None:
        """Say how much there is, and why where there is nothing."""
        if self._waiting:
            count = why = self.tr("Your marks are being collected…")
        else:
            count = count_words(self._count) if self._count else ""
            why = self.tr(
                "Nothing marked yet. What you mark and note in any text is collected here."
            )
        if self._wanted:
            words = self.field.text().strip()
            why = self.tr("Nothing matches “{words}”.").format(words=words)
        self.list.set_empty_words(why)
        self.say_count(count)


@lru_cache(maxsize=2048)
def _passage(mark: Mark, today: date) -> Passage:
    what = mark_word(mark)
    quote = shortened(mark.selector.exact)
    note = shortened(plain(mark.note)) if mark.note else ""
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
