"""A list that lies on the page: margins at its sides, its scroll bar at the window's edge."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.ui.library.painting import on_page
from reader.ui.panel.row_delegate import RowDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.panel.scroll_bar import THICKNESS, SlimScrollBar
from reader.ui.theme import Theme


class PageScrollBar(SlimScrollBar):
    """Always has its place, so that rows never change their width; shows only when of use."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)
        else:
            QPainter(self).fillRect(self.rect(), self._theme.color("window"))


class PageList(RowList):
    """Rows on the ground of the page, as wide as the words above them."""

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: RowDelegate,
        *,
        uniform: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, delegate, uniform=uniform, parent=parent)
        model.setParent(self)
        self._scroll_bar = PageScrollBar(delegate.theme)
        self.setVerticalScrollBar(self._scroll_bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(20)
        # Qt asks for more rows only at the end of the scroll bar that the view was made with.
        self.verticalScrollBar().valueChanged.connect(self._fetch_more)

    def _fetch_more(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum() and self.model().canFetchMore(QModelIndex()):
            self.model().fetchMore(QModelIndex())

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(on_page(theme))

    def set_side(self, side: int) -> None:
        """How much is left free on either side, in pixels."""
        self.setViewportMargins(side, 0, max(0, side - THICKNESS), 0)
