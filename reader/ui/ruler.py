"""The reading ruler: a band on the page that lets the lines being read stand out from the others.

It follows the pointer, or the caret where the keyboard moves one; while neither moves, it stays
where it is and the text is scrolled through it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reader.text.model import BlockKind
from reader.ui.page.page import PageView
from reader.ui.theme import Theme

_FIRST = 0.3
"""The share of the view's height at which the ruler lies before anything has moved it."""

_VEIL = 0.62
"""How much of the page's ground lies on the lines that are not being read, 0 to 1."""

_AIR = 14
"""Pixels that the band is wider than the column, on either side."""


class Ruler(QWidget):
    """Lies on the page's text and lets the mouse through. Lengths are pixels of the view."""

    def __init__(self, page: PageView, theme: Theme) -> None:
        super().__init__(page)
        self._page, self._theme = page, theme
        self._lines = 1
        self._y = -1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        page.viewport().installEventFilter(self)
        for moved in (page.place_changed, page.geometry_changed):
            moved.connect(self.update)
        page.cursorPositionChanged.connect(self._follow_caret)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def set_lines(self, lines: int) -> None:
        """Let so many lines stand out."""
        self._lines = lines
        self.update()

    def set_on(self, on: bool) -> None:
        """Lie on the page, or not."""
        self.setGeometry(self._page.viewport().geometry())
        self.setVisible(on)
        self._follow_caret()

    def band(self) -> QRectF:
        """What stands out: whole lines, the one nearest to the pointer or the caret first."""
        layout = self._page.page_layout()
        if layout is None or not layout.row_count:
            return QRectF()
        y = self._y if self._y >= 0 else _FIRST * self.height()
        line = layout.line_rect(self._page.caret_at(QPointF(0, y)))
        room = max(line.height(), layout.typography.style(BlockKind.PARAGRAPH, 0).line)
        left, right = self._page.column()
        top = line.center().y() - self._page.scroll() - room / 2
        return QRectF(left - _AIR, top, right - left + 2 * _AIR, room * self._lines)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.viewport().geometry())
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._y = event.position().y()
            self.update()
        return super().eventFilter(watched, event)

    def _follow_caret(self) -> None:
        if self.isVisible() and self._page.caret_mode:
            self._y = float(self._page.cursorRect().center().y())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        band = self.band()
        if band.isEmpty():
            return
        painter = QPainter(self)
        veil = self._theme.color("page", _VEIL)
        height = float(self.height())
        painter.fillRect(QRectF(band.left(), 0, band.width(), max(0.0, band.top())), veil)
        below = max(0.0, height - band.bottom())
        painter.fillRect(QRectF(band.left(), band.bottom(), band.width(), below), veil)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        for y in (band.top(), band.bottom()):
            painter.drawLine(QPointF(band.left(), y), QPointF(band.right(), y))
