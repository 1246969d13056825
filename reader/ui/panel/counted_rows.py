"""A list's model for many rows: Qt knows how many there are without asking for each."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QStringListModel, Qt

from reader.ui.panel.row_delegate import Index


class CountedRows(QStringListModel):
    """Subclasses keep the rows, say what is in them, and tell here how many they are.

    A view that lays itself out asks its model twice for each row whether it is there. Where the
    model is written in Python, that takes most of the time; here Qt's own strings, all of them
    empty, are counted instead.
    """

    def set_count(self, count: int) -> None:
        """Have so many rows, all of them others than before."""
        self.setStringList([""] * count)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return QAbstractListModel.flags(self, index)  # nobody writes into them
