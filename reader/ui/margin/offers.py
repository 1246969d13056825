"""Offers: what may go on with the words that are being typed, in a list below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.ui.announce import tell_focus
from reader.ui.margin.guide import Offer

_DETAIL = Qt.ItemDataRole.UserRole
_OFFER = Qt.ItemDataRole.UserRole + 1
_MOST_ROWS = 8
_SIDE = 9


class OfferList(QListWidget):
    """Shows offers beside the caret of a field, which keeps the keyboard and hands keys on.

    It lies in the field's window, so that no system takes the keyboard from the field.
    """

    chosen = Signal(object)
    """An Offer."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("offers")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_OfferDelegate(self))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._choose)
        self.currentItemChanged.connect(self._say)
        self.hide()

    def show_offers(self, offers: Sequence[Offer], caret: QRect, first: bool) -> None:
        """Show these beside `caret`, a rectangle of the field; `first` chooses the first at once.

        Without offers the list is closed.
        """
        if not offers:
            self.hide()
            return
        self.clear()
        for offer in offers:
            self._add(offer)
        self.setCurrentRow(0 if first else -1)
        self._place(caret)

    def add_offers(self, offers: Sequence[Offer], caret: QRect, first: bool) -> None:
        """Show these after those that are shown."""
        if not self.isVisible():
            self.show_offers(offers, caret, first)
            return
        shown = {self.item(row).data(_OFFER).written for row in range(self.count())}
        for offer in offers:
            if offer.written not in shown:
                self._add(offer)
        self._place(caret)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the list while it is open; False for what it leaves alone.

        Tab takes the chosen offer, or the first; Enter the chosen one only, so that new
        words are not taken for the beginning of others.
        """
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, count = event.key(), self.count()
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _MOST_ROWS,
            Qt.Key.Key_PageUp: -_MOST_ROWS,
        }.get(Qt.Key(key), 0)
        if step:
            row = self.currentRow() + step
            if row < 0 and self.currentRow() < 0:
                row = count - 1
            elif abs(step) == 1:
                row %= count
            self.setCurrentRow(min(max(0, row), count - 1))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_Tab:
            self._choose(self.currentItem() or self.item(0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._choose(self.currentItem())
        else:
            return False
        event.accept()
        return True

    def sizeHint(self) -> QSize:
        rows = min(self.count(), _MOST_ROWS)
        widest = max(
            (
                self.sizeHintForIndex(self.model().index(row, 0)).width()
                for row in range(self.count())
            ),
            default=0,
        )
        edge = 2 * self.frameWidth()
        return QSize(
            widest + edge + (14 if self.count() > rows else 0), rows * self.sizeHintForRow(0) + edge
        )

    # Inside

    def _add(self, offer: Offer) -> None:
        item = QListWidgetItem(offer.words)
        item.setData(_DETAIL, offer.detail)
        item.setData(_OFFER, offer)
        spoken = f"{offer.words}, {offer.detail}" if offer.detail else offer.words
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(f"{offer.words} — {offer.detail}" if offer.detail else offer.words)
        self.addItem(item)

    def _place(self, caret: QRect) -> None:
        """Below the caret, or above it where there is no room below."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.setFont(self._field.font())
        room = window.rect().adjusted(4, 4, -4, -4)
        at = self._field.mapTo(window, caret.topLeft())
        size = self.sizeHint()
        width = min(max(size.width(), 220), room.width())
        below, above = room.bottom() - at.y() - caret.height() - 4, at.y() - 4 - room.top()
        is_below = size.height() <= below or below >= above
        height = min(size.height(), max(self.sizeHintForRow(0), below if is_below else above))
        y = at.y() + caret.height() + 4 if is_below else at.y() - 4 - height
        self.setGeometry(min(max(room.left(), at.x()), room.right() - width), y, width, height)
        self.show()
        self.raise_()

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(_OFFER))

    def _say(self, item: QListWidgetItem | None) -> None:
        """Let a screen reader say the chosen offer, though the field has the keyboard."""
        if item is not None and self.isVisible():
            tell_focus(self, self.row(item))


class _OfferDelegate(QStyledItemDelegate):
    """Draws the words of an offer, and after them what they are of."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = QFontMetrics(option.font)
        detail = index.data(_DETAIL)
        width = metrics.horizontalAdvance(index.data()) + 2 * _SIDE
        if detail:
            width += min(metrics.horizontalAdvance(detail), 24 * metrics.averageCharWidth()) + 18
        return QSize(min(width, 64 * metrics.averageCharWidth()), metrics.height() + 9)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette, metrics = option.palette, QFontMetrics(option.font)
        painter.save()
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.highlight())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.midlight())
        area = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        if detail := index.data(_DETAIL):
            wanted = metrics.horizontalAdvance(index.data())
            most = max(area.width() - wanted - 18, area.width() // 3)
            detail = metrics.elidedText(detail, elide, most)
            painter.setPen(palette.placeholderText().color())
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, detail)
            area.setRight(area.right() - metrics.horizontalAdvance(detail) - 18)
        painter.setPen(palette.text().color())
        words = metrics.elidedText(index.data(), elide, area.width())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
