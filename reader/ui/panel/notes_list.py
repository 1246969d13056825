"""The list of marks: it stays where it is while marks change, and Delete asks to delete one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reader.ui.panel.notes_groups import Key, Row
from reader.ui.panel.notes_model import NotesModel
from reader.ui.panel.notes_row import NotesDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme

Places = Mapping[tuple[Key, str], int]
"""At which place each row stands, by its key."""

_Flag = QItemSelectionModel.SelectionFlag


class NotesList(RowList):
    """Marks to travel by."""

    delete_wanted = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._notes = NotesModel()
        super().__init__(self._notes, NotesDelegate(theme), parent=parent)
        self._notes.setParent(self)

    @property
    def notes(self) -> NotesModel:
        """What it shows."""
        return self._notes

    @contextmanager
    def staying(self) -> Iterator[None]:
        """The view, the current row and the chosen one stay with their marks meanwhile.

        Where a mark vanishes, the one after it takes its place.
        """
        before = self._notes.rows
        scrolled = self.verticalScrollBar().value() > 0
        top = self.indexAt(QPoint(0, 0))
        offset = self.visualRect(top).top()
        current = self.currentIndex().row()
        chosen = [index.row() for index in self.selectedIndexes()]
        yield
        places = {row.key: place for place, row in enumerate(self._notes.rows)}
        for row in chosen:
            again = self._index(self._same(before[row], places))
            self.selectionModel().select(again, _Flag.ClearAndSelect)
        if current >= 0:
            place = self._same(before[current], places)
            if place is None:
                place = _next(before, current, places)
            self.setCurrentIndex(self._index(place))
        if scrolled:
            self._scroll_to(self._index(_next(before, top.row(), places, headings=True)), offset)
        else:
            self.scrollToTop()

    def _same(self, row: Row, places: Places) -> int | None:
        """Where the mark of a row stands now, if need be in another group."""
        if (place := places.get(row.key)) is not None or row.entry is None:
            return place
        wanted = row.entry.mark.id
        return next((place for (_, mark), place in places.items() if mark == wanted), None)

    def _index(self, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self._notes.index(place, 0)

    def _scroll_to(self, index: QModelIndex, offset: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(index).top() - offset)

    # Input -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Here Delete is this list's, whatever command has it elsewhere.
        if event.type() == QEvent.Type.ShortcutOverride and _is_delete(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_delete(event):
            if self.currentIndex().isValid():
                self.delete_wanted.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _is_delete(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Delete:
        return False
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _next(before: Sequence[Row], row: int, places: Places, *, headings: bool = False) -> int | None:
    """Where the row is now that stood at `row`, or the nearest after it, or else before it."""
    order = chain(range(row, len(before)), range(row - 1, -1, -1))
    rows = (before[each] for each in order)
    found = (places.get(each.key) for each in rows if headings or each.entry is not None)
    return next((place for place in found if place is not None), None)
