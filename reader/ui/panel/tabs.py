"""Flat tabs, and a switch of a few parts: one of several is chosen, by mouse or arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from reader.ui.panel.painting import BY_KEYS, draw_outline, fill_rounded, heavy, scaled
from reader.ui.theme import Theme

PADDING = 8
MARGIN = 5
LEAST_SCALE = 0.72
"""Where room is short, words shrink to this share of their size before they are cut."""


class Tabs(QTabBar):
    """A row of words, the chosen one bold and on a ground of its own."""

    gap = 6

    def __init__(self, theme: Theme, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = -1
        self._outlined = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        for word in words:
            self.addTab(word)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    # How large -------------------------------------------------------------------------------

    def tabSizeHint(self, index: int) -> QSize:
        # As wide as when it is chosen, so that choosing moves nothing.
        words = QFontMetrics(heavy(self.font()))
        width = words.horizontalAdvance(self.tabText(index)) + 2 * PADDING + self.gap
        return QSize(width, words.height() + 2 * round(words.height() * 0.3))

    def minimumTabSizeHint(self, index: int) -> QSize:
        # Qt takes as much from a short word as from a long one: leave each its share.
        words = [self._words_width(each) for each in range(self.count())]
        share = min(1.0, self.width() / max(1, sum(words)))
        return QSize(int(words[index] * share), self.tabSizeHint(index).height())

    def minimumSizeHint(self) -> QSize:
        words = sum(self._words_width(each) for each in range(self.count()))
        return QSize(int(words * LEAST_SCALE), self.sizeHint().height())

    def _words_width(self, index: int) -> int:
        metrics = QFontMetrics(heavy(self.font()))
        return metrics.horizontalAdvance(self.tabText(index)) + 2 * MARGIN + self.gap // 2

    # How it looks ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_ground(painter)
        font = scaled(self.font(), self._scale())
        for index in range(self.count()):
            chosen = index == self.currentIndex()
            rect = QRectF(self.tabRect(index)).adjusted(0, 0, -self._gap_after(index), 0)
            if chosen or index == self._hovered:
                ground = self._theme.color("chosen" if chosen else "hover")
                fill_rounded(painter, self.inner(rect), ground)
            lively = chosen or index == self._hovered
            painter.setPen(self._theme.color("text" if lively else "muted"))
            painter.setFont(heavy(font) if chosen else font)
            words = painter.fontMetrics().elidedText(
                self.tabText(index), Qt.TextElideMode.ElideRight, int(rect.width())
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
            if chosen and self._outlined and self.hasFocus():
                draw_outline(painter, self.inner(rect), self._theme.color("accent"))

    def _gap_after(self, index: int) -> int:
        """The space after a tab; where room is short, words have half of it."""
        squeezed = self.tabRect(index).width() < self.tabSizeHint(index).width()
        return self.gap // 2 if squeezed else self.gap

    def _scale(self) -> float:
        """At what share of their size all words fit, as far as they may shrink."""
        metrics = QFontMetrics(heavy(self.font()))
        fits = 1.0
        for index in range(self.count()):
            room = self.tabRect(index).width() - self._gap_after(index) - MARGIN
            fits = min(fits, room / max(1, metrics.horizontalAdvance(self.tabText(index))))
        return max(LEAST_SCALE, fits)

    def draw_ground(self, painter: QPainter) -> None:
        """Draw what lies behind all the tabs."""

    def inner(self, rect: QRectF) -> QRectF:
        """What of a tab is filled when it is chosen."""
        return rect

    # How it is worked ------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._outlined = event.reason() in BY_KEYS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._outlined = True
        self.update()
        # The arrow keys are Qt's own.
        if event.key() == Qt.Key.Key_Home:
            self.setCurrentIndex(0)
        elif event.key() == Qt.Key.Key_End:
            self.setCurrentIndex(self.count() - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()


class Switch(Tabs):
    """A few parts in a common frame, sharing its width."""

    gap = 0

    def __init__(self, theme: Theme, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self.setExpanding(True)

    def draw_ground(self, painter: QPainter) -> None:
        fill_rounded(
            painter, QRectF(self.rect()), self._theme.color("window"), self._theme.color("border")
        )

    def inner(self, rect: QRectF) -> QRectF:
        return rect.adjusted(2, 2, -2, -2)
