"""The texts of the library as rows: those that a shelf and a filter let through, in an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cmp_to_key
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
)

from reader.library.texts import TextEntry
from reader.ui.library.words import spoken, title_words
from reader.ui.panel.counted_rows import CountedRows
from reader.ui.panel.entries import collator, fold
from reader.ui.panel.row_delegate import Index
from reader.ui.translation import QT_TRANSLATE_NOOP


class TextRole(IntEnum):
    """What a row tells besides its title."""

    ENTRY = Qt.ItemDataRole.UserRole + 1  # a TextEntry; None for a row that is no text
    ROW = Qt.ItemDataRole.UserRole + 2  # a Row


class Row(StrEnum):
    """What a row is."""

    TEXT = "text"
    DROP = "drop"  # where a file may be dropped
    OFFERED = "offered"  # heads the texts that are for everybody
    REMOVED = "removed"  # heads the texts that were removed


class Shelf(StrEnum):
    """A part of the library."""

    ALL = "all"
    READING = "reading"
    OTHERS = "others"
    NOTES = "notes"
    REMOVED = "removed"


class Order(StrEnum):
    """What texts are sorted by."""

    READ = "read"
    TITLE = "title"
    PROGRESS = "progress"
    ADDED = "added"


_HEADINGS = (Row.OFFERED, Row.REMOVED)
SHELF_NAMES = {
    Shelf.ALL: QT_TRANSLATE_NOOP("Library", "All"),
    Shelf.READING: QT_TRANSLATE_NOOP("Library", "Reading"),
    Shelf.OTHERS: QT_TRANSLATE_NOOP("Library", "From others"),
    Shelf.NOTES: QT_TRANSLATE_NOOP("Library", "With my notes"),
    Shelf.REMOVED: QT_TRANSLATE_NOOP("Library", "Removed"),
}
ORDER_NAMES = {
    Order.READ: QT_TRANSLATE_NOOP("Library", "Last read"),
    Order.TITLE: QT_TRANSLATE_NOOP("Library", "Title"),
    Order.PROGRESS: QT_TRANSLATE_NOOP("Library", "Progress"),
    Order.ADDED: QT_TRANSLATE_NOOP("Library", "Added"),
}
_ON: Mapping[Shelf, Callable[[TextEntry], object]] = {
    Shelf.ALL: lambda _entry: True,
    Shelf.READING: lambda entry: entry.opened and 0 < entry.progress < 1,
    Shelf.OTHERS: lambda entry: entry.annotations,
    Shelf.NOTES: lambda entry: entry.marks,
    Shelf.REMOVED: lambda entry: entry.removed,
}
_BY: Mapping[Order, Callable[[TextEntry], tuple[float, ...]]] = {
    # What was never read stands where it came in: a new text is not to be looked for at the end.
    Order.READ: lambda entry: (-(entry.opened or entry.added), -entry.added),
    Order.TITLE: lambda _entry: (),
    Order.PROGRESS: lambda entry: (-entry.progress, -entry.opened),
    Order.ADDED: lambda entry: (-entry.added,),
}


@dataclass(frozen=True, slots=True, eq=False)
class TextsByTitle:
    """The texts of a library, and those of them that are listed, sorted by title."""

    entries: Sequence[TextEntry] = ()
    by_title: Sequence[TextEntry] = ()

    @classmethod
    def of(cls, entries: Sequence[TextEntry], known: TextsByTitle | None = None) -> TextsByTitle:
        """Sort texts; `known` itself when it has just these. May be called on a thread."""
        if known is not None and entries == known.entries:
            return known
        listed = (entry for entry in entries if not entry.removed or entry.marks)
        return cls(entries, sorted_by_title(listed))


class TextsModel(CountedRows):
    """Texts, then the place to drop more, then those that were removed and still have marks."""

    def __init__(
        self, today: Callable[[], date] = date.today, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._by_title: Sequence[TextEntry] = ()
        self._offered: Sequence[TextEntry] = ()
        self._counts = _counted(())
        self._folded: dict[str, str] = {}
        self._rows: Sequence[TextEntry | Row] = ()
        self._wanted: list[str] = []
        self.shelf = Shelf.ALL
        self.order = Order.READ

    # What it shows ---------------------------------------------------------------------------

    def set_texts(self, texts: TextsByTitle) -> None:
        """Show other texts; shelf, filter and order stay."""
        self._by_title = texts.by_title
        self._counts = _counted(texts.by_title)
        self._folded = {}
        self._renew()

    def set_offered(self, entries: Iterable[TextEntry]) -> None:
        """Show other texts below a heading of their own, which are not in the library yet."""
        offered = sorted_by_title(entries)
        if offered != self._offered:
            self._offered = offered
            self._renew()

    def set_filter(self, words: str) -> None:
        """Let through what has each of `words` in its title, authors or source."""
        wanted = fold(words).split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._renew()

    def set_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._renew()

    def set_order(self, order: Order) -> None:
        self.order = order
        self._renew()

    def counts(self) -> dict[Shelf, int]:
        """How many texts there are on each shelf, whatever the filter says."""
        return self._counts

    @property
    def has_texts(self) -> bool:
        """Whether there is anything at all, removed or not."""
        return bool(self._by_title or self._offered)

    def row_of(self, text_id: str) -> QModelIndex:
        """Where a text stands; invalid when it is not shown."""
        for row, each in enumerate(self._rows):
            if isinstance(each, Row):
                continue
            if each.id == text_id:
                return self.index(row, 0)
        return QModelIndex()

    def index_of(self, wanted: Row) -> QModelIndex:
        """Where a row stands that is no text; invalid when it is not shown."""
        rows = (row for row, each in enumerate(self._rows) if each is wanted)
        return self.index(next(rows, -1), 0)

    def _renew(self) -> None:
        on = _ON[self.shelf]
        shown = [entry for entry in self._by_title if on(entry) and self._has(entry)]
        shown.sort(key=_BY[self.order])
        rows: list[TextEntry | Row] = [entry for entry in shown if not entry.removed]
        removed = [entry for entry in shown if entry.removed]
        everything = self.shelf is Shelf.ALL
        offered = [entry for entry in self._offered if everything and self._has(entry)]
        if rows or offered:
            rows.append(Row.DROP)
        if offered:
            rows += [Row.OFFERED, *offered]
        if removed:
            rows += [Row.REMOVED, *removed]
        self._rows = rows
        self.set_count(len(rows))

    def _has(self, entry: TextEntry) -> bool:
        if not self._wanted:
            return True
        folded = self._folded.get(entry.id)
        if folded is None:
            words = (entry.title, *entry.authors, entry.source)
            folded = self._folded[entry.id] = fold("\n".join(words))
        return all(word in folded for word in self._wanted)

    # What Qt asks for ------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self._rows) and self._rows[index.row()] in _HEADINGS:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Row):
            return self._of_row(row, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row, self._today())
            case TextRole.ENTRY:
                return row
            case TextRole.ROW:
                return Row.TEXT
        return None

    def _of_row(self, row: Row, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.AccessibleTextRole if row is Row.DROP:
                return QCoreApplication.translate("Library", "Open a text, or drop a file here")
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(row)
            case TextRole.ROW:
                return row
        return None

    def _words(self, row: Row) -> str:
        if row is Row.OFFERED:
            return QCoreApplication.translate("Library", "From your school")
        if row is Row.REMOVED:
            return QCoreApplication.translate("Library", "Removed, with your marks")
        return QCoreApplication.translate(
            "Library", "Drop an annotated copy, a Markdown or a text file here"
        )


def _counted(entries: Iterable[TextEntry]) -> dict[Shelf, int]:
    counts = dict.fromkeys(Shelf, 0)
    for entry in entries:
        if entry.removed:
            counts[Shelf.REMOVED] += 1
            continue
        for shelf, on in _ON.items():
            if on(entry):
                counts[shelf] += 1
    return counts


def sorted_by_title(entries: Iterable[TextEntry]) -> list[TextEntry]:
    """Texts by their titles, as the reader's language sorts."""
    # Comparing by the rules of a language is slow; little is left to compare after this.
    result = sorted(entries, key=lambda entry: fold(title_words(entry)))
    compare = collator().compare
    result.sort(key=cmp_to_key(lambda one, other: compare(one.title, other.title)))
    return result
