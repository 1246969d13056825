"""The list of marks: it stays where it is while marks change, and Delete asks to delete one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from reader.annotations.anchors import State
from reader.ui.panel.notes_model import NotesModel
from reader.ui.panel.notes_moves import Moves
from reader.ui.panel.notes_row import NotesDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme

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
        moves = Moves(before, self._notes.rows)
        for row in chosen:
            self.selectionModel().select(self._index(moves.of(row)), _Flag.ClearAndSelect)
        if current >= 0:
            place = moves.of(current)
            self.setCurrentIndex(self._index(moves.near(current) if place is None else place))
        if scrolled:
            self._scroll_to(self._index(moves.near(top.row(), headings=True)), offset)
        else:
            self.scrollToTop()

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
