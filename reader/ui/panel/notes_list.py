"""The list of marks: it stays where it is while marks change, and Delete asks to delete one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from reader.annotations.anchors import State
from reader.ui.panel.notes_groups import Key, Row
from reader.ui.panel.notes_model import NotesModel
from reader.ui.panel.notes_row import NotesDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme

Places = Mapping[tuple[Key, str], int]
"""At which place each row stands, by its key."""

_UNSURE = (State.DOUBTFUL, State.ORPHANED)
_CHOOSING = Qt.Key.Key_F2
"""The key by which lists let what they hold be changed."""

_Flag = QItemSelectionModel.SelectionFlag


class NotesList(RowList):
    """Marks to travel by."""

    delete_wanted = Signal(QModelIndex)
    confirmed = Signal(QModelIndex)
    """A mark whose place is in doubt stands there."""
    words_wanted = Signal(QModelIndex)
    """Words are to be chosen for a mark."""

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
        if self._notes.rows is before:
            return
        kept = chosen or current >= 0 or scrolled
        rows = self._notes.rows if kept else ()
        places = {row.key: place for place, row in enumerate(rows)}
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
        if event.key() == _CHOOSING and self._state_of(self.currentIndex()) in _UNSURE:
            self.words_wanted.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        menu = self.menu_of(index)
        if menu is None:
            return
        self.setCurrentIndex(index)
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu.popup(event.globalPos() if by_mouse else corner)

    def menu_of(self, index: QModelIndex) -> QMenu | None:
        """What can be done with a mark; None for what is none of the reader's own."""
        state = self._state_of(index)
        if state is None:
            return None
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if state is not State.ORPHANED:
            menu.setDefaultAction(menu.addAction(self.tr("Go there"), lambda: self.choose(index)))
        if state is State.DOUBTFUL:
            menu.addAction(self.tr("Yes, here"), lambda: self.confirmed.emit(index))
        if state in _UNSURE:
            words = menu.addAction(
                self.tr("Choose its words…"), lambda: self.words_wanted.emit(index)
            )
            _show_key(words, _CHOOSING)
        menu.addSeparator()
        delete = menu.addAction(self.tr("Delete"), lambda: self.delete_wanted.emit(index))
        _show_key(delete, Qt.Key.Key_Delete)
        return menu

    def _state_of(self, index: QModelIndex) -> State | None:
        """How sure the place of the reader's own mark is; None for what is no such mark."""
        if not 0 <= index.row() < len(self._notes.rows):
            return None
        entry = self._notes.rows[index.row()].entry
        return entry.state if entry is not None and entry.layer is None else None


def _show_key(action: QAction, key: Qt.Key) -> None:
    """Show a key, and bind it to nothing: the list itself listens to it."""
    action.setShortcut(key)
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)


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
