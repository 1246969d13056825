"""The pages of a print, one below the other; they are drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.ui.printing.drawing import Drawing
from reader.ui.theme import Theme

_GAP = 16
_KEPT = 8
"""Pictures of pages kept; one takes some 3 MB."""
_WIDEST = 860
"""Pixels of a page at most; beyond that lines are too long to look over."""


class PagesView(QAbstractScrollArea):
    """Shows a print that is laid out, as wide as there is room."""

    page_changed = Signal(int)
    """The page that is looked at, from 0."""

    def __init__(self, drawing: Drawing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing, self._theme = drawing, theme
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, QSize] = {}
        self._page = 0
        self.page_count = 0
        """How many pages there are."""
        self.setObjectName("pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        drawing.laid_out.connect(self._laid_out)
        drawing.drawn.connect(self._drawn)

    def picture(self, page: int) -> QImage | None:
        """A page as it is shown; None while it is being drawn."""
        return self._pictures.get(page)

    def page_rect(self, page: int) -> QRect:
        """Where a page is, in pixels of the whole column of pages."""
        width = min(_WIDEST, self.viewport().width() - 2 * _GAP)
        paper = self._drawing.paper
        height = round(width * paper.height() / paper.width())
        left = (self.viewport().width() - width) // 2
        return QRect(left, _GAP + page * (height + _GAP), width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = self._page
        self._measure()
        if page:
            self.verticalScrollBar().setValue(self.page_rect(page).top() - _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        for page in range(self.page_count):
            rect = self.page_rect(page).translated(0, -top)
            if rect.top() > self.viewport().height():
                break
            if rect.bottom() >= 0:
                if (picture := self._wanted(page)) is not None:
                    painter.drawImage(rect, picture)
                else:
                    painter.fillRect(rect, Qt.GlobalColor.white)
                painter.setPen(self._theme.color("border"))
                painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def _wanted(self, page: int) -> QImage | None:
        """A page's picture; one of another size stands in for it while it is drawn."""
        size = self.page_rect(page).size() * self.devicePixelRatioF()
        picture = self._pictures.get(page)
        if picture is not None:
            self._pictures.move_to_end(page)
            if picture.size() == size:
                return picture
        if self._asked.get(page) != size:
            self._asked[page] = size
            self._drawing.draw(page, size)
        return picture

    def _laid_out(self, pages: int) -> None:
        self.page_count = pages
        self._pictures.clear()
        self._asked.clear()
        self._measure()
        self._scrolled(self.verticalScrollBar().value())

    def _drawn(self, page: int, picture: QImage) -> None:
        self._asked.pop(page, None)
        self._pictures[page] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        last = self.page_rect(max(0, self.page_count - 1))
        bar.setRange(0, max(0, last.bottom() + _GAP - self.viewport().height()))
        bar.setPageStep(max(1, last.height() + _GAP))
        bar.setSingleStep(60)

    def _scrolled(self, value: int) -> None:
        step = self.page_rect(1).top() - self.page_rect(0).top()
        page = max(0, min(self.page_count - 1, (value + self.viewport().height() // 2) // step))
        self._page = max(0, page)
        self.page_changed.emit(self._page)
        self.viewport().update()
