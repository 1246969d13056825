"""The texts whose notes go out, with their files, as rows that can be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QStandardItemModel

TEXT, FILE, STATE = range(3)

_AT_ONCE = 200

_Index = QModelIndex | QPersistentModelIndex

_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_CHECKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable

_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class FilesModel(QStandardItemModel):
    """Qt counts the rows, and holds none of them; what is in one is asked for when it is seen.

    A view looks at each row whenever it is laid out, so it is told of more as it is scrolled.
    """

    chosen = Signal()
    """Others of the texts are to go out."""

    def __init__(
        self,
        texts: Sequence[str],
        headers: Sequence[str],
        told: Callable[[int, int, bool], str],
        ink: Callable[[int], QColor],
        parent: QObject | None = None,
    ) -> None:
        """`texts` are titles. `told` says what stands in a row's column, or in its tool tip.

        `ink` is the colour of what becomes of a file.
        """
        super().__init__(min(len(texts), _AT_ONCE), len(headers), parent)
        self.setHorizontalHeaderLabels(headers)
        self._texts, self._told, self._ink = texts, told, ink
        self._left_out: set[int] = set()

    def is_chosen(self, row: int) -> bool:
        """Whether a text is to go out."""
        return row not in self._left_out

    def renew(self, row: int | None = None) -> None:
        """Ask anew what is said of a file, or of all."""
        first, last = (0, self.rowCount() - 1) if row is None else (row, row)
        if 0 <= last < self.rowCount():
            self.dataChanged.emit(self.index(first, FILE), self.index(last, STATE))

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self.rowCount() < len(self._texts)

    def fetchMore(self, parent: _Index) -> None:
        self.setRowCount(min(len(self._texts), self.rowCount() + _AT_ONCE))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return _CHECKED if index.column() == TEXT else _PLAIN

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in _WORDS:
            tip = role == Qt.ItemDataRole.ToolTipRole
            return self._texts[row] if column == TEXT else self._told(row, column, tip)
        if role == Qt.ItemDataRole.CheckStateRole and column == TEXT:
            state = Qt.CheckState.Checked if self.is_chosen(row) else Qt.CheckState.Unchecked
            return state.value
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            return self._ink(row)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TEXT:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(index.row())
        else:
            self._left_out.add(index.row())
        self.dataChanged.emit(index, index, [role])
        self.chosen.emit()
        return True
