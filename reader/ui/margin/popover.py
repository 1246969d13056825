"""A popover: a card at the words themselves, where the margin has no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QGraphicsDropShadowEffect,
    QScrollArea,
    QVBoxLayout,
)

from reader.ui.margin.answer_edit import Answer, QuestionCard
from reader.ui.margin.card import Card
from reader.ui.margin.note_card import NoteCard, NoteContent

_WIDTH = 360
_AIR = 8


class Popover(QFrame):
    """Shows one card below (or above) some words of a page. Escape closes it."""

    closed = Signal()

    def __init__(self, page: QAbstractScrollArea) -> None:
        # No child of the viewport, for Qt moves those whenever the page scrolls.
        super().__init__(page)
        self._room = page.viewport()
        self.card: Card | NoteCard | None = None
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self.hide()

    def show_card(self, card: Card | NoteCard, words: QRectF) -> None:
        """Show a card at `words`, a rectangle in pixels of the page."""
        card.set_active(True)
        card.left.connect(self.close_card)
        self.card = card
        unit = max(1.0, self.fontMetrics().height() / 17)
        width = round(min(_WIDTH * unit, self._room.width() - 2 * _AIR))
        height = card.whole_height(width)
        place = _beside(words, width, height, self._room.rect())
        if place.height() < height:
            # What does not fit is scrolled; the bar needs its own room.
            width -= self._area.verticalScrollBar().sizeHint().width()
            height = card.whole_height(width)
        card.resize(width, height)
        if before := self._area.takeWidget():
            # It may be the card whose link has just been chosen.
            before.hide()
            before.deleteLater()
        self._area.setWidget(card)
        self.setGeometry(place)
        self.setAccessibleName(card.accessibleName())
        self.show()
        self.raise_()

    def renew(self, content: NoteContent) -> None:
        """Let the note that is open, if it is this one, show what it says now."""
        card = self.card if self.isVisible() else None
        if isinstance(card, NoteCard) and card.content.id == content.id:
            card.show_content(content)

    def renew_answer(self, question: str, answer: Answer | None) -> None:
        """Let the question that is open, if it is this one, show its answer as it is now."""
        card = self.card if self.isVisible() else None
        if isinstance(card, QuestionCard) and card.id == question:
            card.show_answer(answer)

    def close_card(self) -> None:
        """Close it, if it is open."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Nothing: the card draws itself."""
        QPainter(self).end()


def _beside(words: QRectF, width: int, height: int, room: QRect) -> QRect:
    """Below the words if there is room, else above, else wherever there is more of it."""
    left = round(min(max(_AIR, words.left() - 24), room.width() - width - _AIR))
    below = room.height() - words.bottom() - 2 * _AIR
    above = words.top() - 2 * _AIR
    if height <= below or below >= above:
        height = round(min(height, max(80, below)))
        return QRect(left, round(words.bottom() + _AIR), width, height)
    height = round(min(height, above))
    return QRect(left, round(words.top() - _AIR - height), width, height)
