"""A popover: a card at the words themselves, where the margin has no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QGraphicsDropShadowEffect,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from reader.ui.margin.answer_edit import Answer
    from reader.ui.margin.card import Card
    from reader.ui.margin.layer_card import LayerCard
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
        self.card: Card | NoteCard | LayerCard | None = None
        self._words = QRectF()
        self._below: bool | None = None
        """Whether it stands below the words; None before that is decided."""
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setViewport(QWidget())  # which has no ground of its own
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self.hide()

    def show_card(self, card: Card | NoteCard | LayerCard, words: QRectF) -> None:
        """Show a card at `words`, a rectangle in pixels of the page. A note is read first."""
        # Where there is a card, its kinds were imported; the popover is there before any.
        from reader.ui.margin.answer_edit import QuestionCard
        from reader.ui.margin.note_card import NoteCard

        if isinstance(card, NoteCard):
            card.show_as_read()
        card.set_active(True)
        card.left.connect(self.close_card)
        if isinstance(card, NoteCard):
            card.activated.connect(card.start_typing)
        if isinstance(card, NoteCard | QuestionCard):
            card.height_changed.connect(self._fit)
        self.card, self._words, self._below = card, words, None
        place = self._measured(card)
        if before := self._area.takeWidget():
            # It may be the card whose link has just been chosen.
            before.hide()
            before.deleteLater()
        self._area.setWidget(card)
        self.setGeometry(place)
        self.setAccessibleName(card.accessibleName())
        self.show()
        self.raise_()

    def _measured(self, card: Card | NoteCard | LayerCard) -> QRect:
        """Let the card be as tall as it has to be; the answer is where the popover stands then."""
        unit = max(1.0, self.fontMetrics().height() / 17)
        width = round(min(_WIDTH * unit, self._room.width() - 2 * _AIR))
        height = card.whole_height(width)
        place = beside(self._words, width, height, self._room.rect(), self._below)
        if place.height() < height:
            # What does not fit is scrolled; the bar needs its own room.
            width -= self._area.verticalScrollBar().sizeHint().width()
            height = card.whole_height(width)
        card.resize(width, height)
        self._below = place.top() > self._words.top()
        return place

    def _fit(self) -> None:
        """Follow the card, which is taller or less tall than it was; the caret stays in view."""
        if self.card is None or self.isHidden():
            return
        from reader.ui.margin.note_card import NoteCard

        self.setGeometry(self._measured(self.card))
        if isinstance(self.card, NoteCard) and not (caret := self.card.caret_rect()).isEmpty():
            self._area.ensureVisible(caret.center().x(), caret.center().y(), 0, caret.height())

    def follow(self, words: QRectF) -> None:
        """Stand at the same words, which are somewhere else now."""
        self._words = words
        self._fit()

    def renew(self, content: NoteContent) -> None:
        """Let the note that is open, if it is this one, show what it says now."""
        if self.card is None or not self.isVisible():
            return
        from reader.ui.margin.note_card import NoteCard

        card = self.card
        if isinstance(card, NoteCard) and card.content.id == content.id:
            card.show_content(content)
            self._fit()

    def renew_answer(self, question: str, answer: Answer | None) -> None:
        """Let the question that is open, if it is this one, show its answer as it is now."""
        if self.card is None or not self.isVisible():
            return
        from reader.ui.margin.answer_edit import QuestionCard

        card = self.card
        if isinstance(card, QuestionCard) and card.id == question:
            card.show_answer(answer)
            self._fit()

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


def beside(
    words: QRectF, width: int, height: int, room: QRect, wanted: bool | None = None
) -> QRect:
    """Where something stands at words: below them if there is room, else above.

    Where it fits nowhere, it stands where there is more room. Whether it is to be below them may
    be `wanted` already.
    """
    left = round(min(max(_AIR, words.left() - 24), room.width() - width - _AIR))
    below = room.height() - words.bottom() - 2 * _AIR
    above = words.top() - 2 * _AIR
    if wanted or (wanted is None and (height <= below or below >= above)):
        height = round(min(height, max(80, below)))
        return QRect(left, round(words.bottom() + _AIR), width, height)
    height = round(min(height, above))
    return QRect(left, round(words.top() - _AIR - height), width, height)
