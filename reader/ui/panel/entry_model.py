"""Annotations as rows, those that a filter lets through."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from reader.annotations.model import Kind
from reader.ui.dates import date_words
from reader.ui.kinds import kind_heading, kind_name
from reader.ui.panel.counted_rows import CountedRows
from reader.ui.panel.entries import Entry, fold, fold_all
from reader.ui.panel.row_delegate import Index
from reader.ui.panel.words import mention_words


class EntryRole(IntEnum):
    """What a row tells besides its title."""

    ID = Qt.ItemDataRole.UserRole + 1  # the annotation's; None for the heading of a group
    KIND = Qt.ItemDataRole.UserRole + 2  # a Kind, of a heading too
    COUNT = Qt.ItemDataRole.UserRole + 3  # of mentions
    PLACES = Qt.ItemDataRole.UserRole + 4  # of mentions, from 0.0 to 1.0
    DATE = Qt.ItemDataRole.UserRole + 5  # in words


class EntryModel(CountedRows):
    """Entries in the order in which they are given; subclasses say how they are arranged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Entry] = ()
        self._rows: Sequence[Entry | Kind] = ()
        self._wanted: list[str] = []

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries; the filter stays."""
        self._entries = self.arranged(entries)
        self._renew()

    def set_filter(self, words: str) -> None:
        """Let through what has each of `words`, in any case and with any accents."""
        wanted = fold(words).split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._renew()

    def _renew(self) -> None:
        hits = self._entries
        if self._wanted:
            fold_all(hits)
        for word in self._wanted:
            hits = [entry for entry in hits if word in (entry.folded or "")]
        self._rows = self.rows_of(hits)
        self.set_count(len(self._rows))

    # What subclasses say ---------------------------------------------------------------------

    def arranged(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Those of `entries` that belong here, in order."""
        return entries

    def rows_of(self, entries: Sequence[Entry]) -> Sequence[Entry | Kind]:
        """The rows that show `entries`: a kind stands for the heading of its group."""
        return entries

    def spoken(self, entry: Entry) -> str:
        """What a screen reader says of an entry."""
        parts = [kind_name(entry.annotation.kind), entry.title]
        return ", ".join([*parts, *self.spoken_mentions(entry)])

    def spoken_mentions(self, entry: Entry) -> list[str]:
        """How often it is mentioned, unless it is about the text as a whole."""
        if entry.annotation.whole_text and not entry.mentions:
            return []
        return [mention_words(len(entry.mentions))]

    # What Qt asks for ------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self._rows) and isinstance(self._rows[index.row()], Kind):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        return _of_heading(row, role) if isinstance(row, Kind) else self._of_entry(row, role)

    def _of_entry(self, entry: Entry, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(entry)
            case EntryRole.ID:
                return entry.annotation.id
            case EntryRole.KIND:
                return entry.annotation.kind
            case EntryRole.COUNT:
                return len(entry.mentions)
            case EntryRole.PLACES:
                return entry.places
            case EntryRole.DATE:
                return date_words(entry.annotation.date, entry.annotation.until)
        return None


def _of_heading(kind: Kind, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
            return kind_heading(kind)
        case EntryRole.KIND:
            return kind
    return None
