"""The marks of a text as rows, those that a filter lets through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from operator import eq
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Qt

from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.ui.changes import Change, changed
from reader.ui.page.selection_bar import color_word
from reader.ui.panel.counted_rows import CountedRows
from reader.ui.panel.entries import fold, fold_all
from reader.ui.panel.notes_entries import NoteEntry
from reader.ui.panel.notes_groups import Order, Row, color_of, rows_of
from reader.ui.panel.notes_words import count_words, heading_words, row_words, title_of
from reader.ui.panel.row_delegate import Index

_FEW = 20
"""So many rows that follow each other change as single rows; more, and all are shown anew."""


class NoteRole(IntEnum):
    """What a row tells besides its words."""

    ID = Qt.ItemDataRole.UserRole + 1  # the mark's; None for the heading of a group
    ROW = Qt.ItemDataRole.UserRole + 2  # a Row


class NotesModel(CountedRows):
    """Marks in one of several orders. `rows` is another list after every change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._marks: Sequence[PlacedMark] = ()
        self._layers: Mapping[str, Layer] = MappingProxyType({})
        self._entries: list[NoteEntry] = []
        """Those of the marks, each at its place."""
        self._names: Mapping[Color, str] = {}
        self._order = Order.TEXT
        self._wanted: list[str] = []

    def set_marks(
        self,
        marks: Sequence[PlacedMark],
        names: Mapping[Color, str],
        layers: Mapping[str, Layer] = MappingProxyType({}),
    ) -> None:
        """Show other marks, in the order of the text; order and filter stay.

        `layers` are those that marks are in, by their ids, unless they are the reader's own.
        """
        if layers is self._layers:
            change = changed(self._marks, marks)
        else:
            change = Change(0, len(self._marks), len(marks))
        first, last = change.first, change.first + change.gone
        known = {entry.mark.id: entry for entry in self._entries[first:last]}
        self._entries[first:last] = [
            _entry(known, each, layers.get(each.mark.id))
            for each in marks[first : first + change.come]
        ]
        self._marks, self._layers = marks, layers
        renamed = self._names != names
        self._names = dict(names)
        self._renew(anew=renamed)

    def set_filter(self, words: str) -> None:
        """Let through what has each of `words`, in any case and with any accents."""
        wanted = fold(words).split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._renew()

    @property
    def order(self) -> Order:
        return self._order

    def set_order(self, order: Order) -> None:
        if order != self._order:
            self._order = order
            self._renew()

    def _renew(self, *, anew: bool = False) -> None:
        rows = rows_of(self._hits(), self._order)
        first, before, now = changed(self.rows, rows, eq)
        self.rows = rows
        if anew or max(before, now) > _FEW:
            self.set_count(len(rows))
            return
        same = min(before, now)
        if now > before:
            self.insertRows(first + same, now - before)
        elif before > now:
            self.removeRows(first + same, before - now)
        if same:
            self.dataChanged.emit(self.index(first, 0), self.index(first + same - 1, 0))

    def _hits(self) -> list[NoteEntry]:
        hits = self._entries
        if self._wanted:
            fold_all(hits)
        for word in self._wanted:
            colors = self._colors_called(word)
            hits = [
                entry
                for entry in hits
                if word in (entry.folded or "") or (colors and color_of(entry) in colors)
            ]
        return hits

    def _colors_called(self, word: str) -> set[Color | None]:
        """The colours in whose names a word occurs."""
        return {
            color
            for color in Color
            if word in fold(f"{color_word(color)}\n{self._names.get(color, '')}")
        }

    # What Qt asks for ------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self.rows) and self.rows[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == NoteRole.ROW:
            return row
        return self._of_heading(row, role) if row.entry is None else self._of(row.entry, role)

    def _of(self, entry: NoteEntry, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row_words(entry, self._names)
            case NoteRole.ID:
                return entry.mark.id
        return None

    def _of_heading(self, row: Row, role: int) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        # Today is yesterday tomorrow, with the window still open.
        words = heading_words(self._order, row.group, self._names, date.today())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        return f"{words}, {count_words(row.size)}"


def _entry(known: Mapping[str, NoteEntry], placed: PlacedMark, layer: Layer | None) -> NoteEntry:
    """The entry that shows a mark, with all that it worked out unless the mark has changed."""
    entry = known.get(placed.mark.id)
    if entry is None or entry.layer is not layer:
        return NoteEntry(placed, layer)
    if entry.placed is placed or entry.placed == placed:
        return entry
    return NoteEntry(placed, layer)
