"""Handles at both ends of a mark, to let it stand on more words or on fewer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.ui.page.page import PageView
from reader.ui.theme import Theme

_WIDTH = 24
_KNOB = 5


class MarkHandles(QObject):
    """Two handles on the page. Positions are code points."""

    dragged = Signal(int, int)
    """The mark would stand on these words if it were let go."""

    dropped = Signal(int, int)
    """It was let go here."""

    def __init__(self, page: PageView, theme: Theme) -> None:
        super().__init__(page)
        self._page = page
        self._range: tuple[int, int] | None = None
        self._ends = (_Handle(page.viewport(), theme), _Handle(page.viewport(), theme))
        for first, handle in zip((True, False), self._ends, strict=True):
            handle.moved.connect(lambda point, first=first: self._move(point, first))
            handle.released.connect(self._drop)
        page.place_changed.connect(self._place)
        page.geometry_changed.connect(self._place)

    def show_for(self, start: int, end: int, role: str) -> None:
        """Stand at both ends of the words `start:end`, in the colour of a role."""
        self._range = (start, end)
        for handle in self._ends:
            handle.role = role
        self._place()

    def hide(self) -> None:
        """Stand nowhere."""
        self._range = None
        for handle in self._ends:
            handle.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for handle in self._ends:
            handle.theme = theme
            handle.update()

    def _place(self) -> None:
        layout = self._page.page_layout()
        if self._range is None or layout is None:
            return
        rects = layout.range_rects(*self._range)
        if not rects:
            self.hide()
            return
        scroll = self._page.scroll()
        for handle, x, rect in (
            (self._ends[0], rects[0].left(), rects[0]),
            (self._ends[1], rects[-1].right(), rects[-1]),
        ):
            top, height = round(rect.top()) - scroll - 4, round(rect.height()) + 8
            handle.setGeometry(round(x) - _WIDTH // 2, top, _WIDTH, height)
            handle.show()
            handle.raise_()

    def _move(self, point: QPointF, first: bool) -> None:
        if self._range is None:
            return
        start, end = self._range
        there = self._page.caret_at(point)
        self._range = (min(there, end - 1), end) if first else (start, max(there, start + 1))
        self._place()
        self.dragged.emit(*self._range)

    def _drop(self) -> None:
        if self._range is not None:
            self.dropped.emit(*self._range)


class _Handle(QWidget):
    moved = Signal(QPointF)
    released = Signal()

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme
        self.role = "accent"
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            at = self._view.mapFromGlobal(event.globalPosition())
            self.moved.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.released.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(self.role))
        middle = self.width() // 2
        painter.drawRect(middle - 1, _KNOB, 2, self.height() - 2 * _KNOB)
        painter.drawEllipse(QPoint(middle, self.height() - _KNOB - 1), _KNOB, _KNOB)
