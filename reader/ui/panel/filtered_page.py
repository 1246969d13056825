"""A page of the panel that lists what its filter leaves."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.ui.panel.filter_field import FilterField
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme


class FilteredPage(QWidget):
    """A filter above a list, into which Down leads; Enter in the filter chooses the first hit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = FilterField(theme)

    @property
    def list(self) -> RowList:
        """The list that is shown."""
        raise NotImplementedError

    def focus_list(self) -> None:
        """Let the keyboard move in the list."""
        self.list.setFocus()

    def _fill(self, listed: QWidget, *above: QWidget) -> None:
        """Have the list, or what holds several, below all that is `above`."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        top = QVBoxLayout()
        top.setContentsMargins(10, 2, 10, 0)
        top.setSpacing(8)
        for each in above:
            top.addWidget(each)
        layout.addLayout(top)
        layout.addWidget(listed, 1)
        self.filter.left_downwards.connect(self.focus_list)
        self.filter.returnPressed.connect(self._choose_first_hit)

    def _choose_first_hit(self) -> None:
        first = self.list.first_row()
        if self.filter.text().strip() and first.isValid():
            self.list.choose(first)
