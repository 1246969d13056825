"""The palette's list: rows of which the keys and the pointer choose one that can be run."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from reader.ui.announce import tell_focus
from reader.ui.palette.offered import Row
from reader.ui.palette.row_model import RowModel
from reader.ui.palette.row_painter import RowPainter, row_height
from reader.ui.theme import Theme

_MOST_IN_VIEW = 10


class RowView(QListView):
    """Never has the keyboard: whatever has it hands keys on to `take_key`."""

    run_wanted = Signal(object)
    """A Row, which can be run."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self._painter = RowPainter(self._rows, theme, self)
        self._pointer = QPoint()
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.clicked.connect(self._run)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows.rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; none of them is chosen yet."""
        self._rows.show(list(rows))

    def fit(self, room: int) -> None:
        """Be as tall as the rows, or as many of them as `room` pixels hold; at least one."""
        row = row_height(self.font())
        self.setFixedHeight(max(row, min(self.count, _MOST_IN_VIEW, room // row) * row))

    def choose_first(self) -> None:
        """Choose the first row that can be run, with the beginning in view."""
        self._choose(next(iter(self._able()), -1))
        self.scrollToTop()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the list; False for what it leaves alone."""
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1, around=True)
            case Qt.Key.Key_Up:
                self._move(-1, around=True)
            case Qt.Key.Key_PageDown:
                self._move(_MOST_IN_VIEW - 1, around=False)
            case Qt.Key.Key_PageUp:
                self._move(1 - _MOST_IN_VIEW, around=False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self.currentIndex())
            case _:
                return False
        return True

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._painter.theme = theme
        self.viewport().update()

    # Inside

    def _able(self) -> list[int]:
        return [place for place, row in enumerate(self._rows.rows) if row.enabled]

    def _choose(self, row: int) -> None:
        index = self._rows.index(row)
        self.setCurrentIndex(index)
        if index.isValid():
            tell_focus(self, row)

    def _move(self, step: int, *, around: bool) -> None:
        """Choose the row `step` further that can be run; from one end `around` to the other."""
        able = self._able()
        if not able:
            return
        place = bisect_left(able, self.currentIndex().row()) + step
        place = place % len(able) if around else max(0, min(place, len(able) - 1))
        self._choose(able[place])

    def _run(self, index: QModelIndex) -> None:
        if index.isValid() and (row := self._rows.rows[index.row()]).enabled:
            self.run_wanted.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is chosen when the pointer moves, not when the list does."""
        before, self._pointer = self._pointer, event.globalPosition().toPoint()
        index = self.indexAt(event.position().toPoint())
        if self._pointer != before and index.isValid() and self._rows.rows[index.row()].enabled:
            self.setCurrentIndex(index)
        super().mouseMoveEvent(event)
