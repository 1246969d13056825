"""Cards as the items of a list: which one is of how many, whether it is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from reader.ui.margin.margin import Margin
from reader.ui.margin.sheet import Sheet

_Role = QAccessible.Role

_PRESS = QAccessibleActionInterface.pressAction()
_LEAVE = "Back"


class CardsAccess(QAccessibleWidget):
    """What is said of the margin: a list of the cards near the view, in the order of the text."""

    def __init__(self, margin: Margin) -> None:
        super().__init__(margin, _Role.List)
        self._margin = margin

    def childCount(self) -> int:
        return len(self._margin.cards())

    def child(self, index: int) -> QAccessibleInterface | None:
        cards = self._cards()
        if not 0 <= index < len(cards):
            return None
        return QAccessible.queryAccessibleInterface(cards[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        card = child.object()
        return next((at for at, each in enumerate(self._cards()) if each is card), -1)

    def _cards(self) -> list[Sheet]:
        cards = self._margin.cards()
        return [cards[name] for name in sorted(cards, key=self._margin.number_of)]


class CardAccess(QAccessibleWidget):
    """What is said of a card, be it in the margin or in a popover."""

    def __init__(self, card: Sheet) -> None:
        super().__init__(card, _Role.ListItem)

    def text(self, kind: QAccessible.Text) -> str:
        words = super().text(kind)
        if kind != QAccessible.Text.Description:
            return words
        return "\n".join(filter(None, (self._place(), words)))

    def actionNames(self) -> list[str]:
        return [_PRESS, _LEAVE, *super().actionNames()]

    def localizedActionName(self, name: str) -> str:
        if name == _LEAVE:
            return QCoreApplication.translate("Structure", "Back to the words")
        return super().localizedActionName(name)

    def doAction(self, name: str) -> None:
        card = self.widget()
        if name == _PRESS and isinstance(card, Sheet):
            QTimer.singleShot(0, card, partial(card.activated.emit, card.id))
        elif name == _LEAVE and isinstance(card, Sheet):
            QTimer.singleShot(0, card, card.left.emit)
        else:
            super().doAction(name)

    def state(self) -> QAccessible.State:
        state = super().state()
        card = self.widget()
        if isinstance(card, Sheet):
            state.selectable = state.expandable = True
            state.selected = card.active
            state.expanded, state.collapsed = card.whole, not card.whole
        return state

    def _place(self) -> str:
        """“3 of 14”: only cards near the view are there to be counted."""
        card = self.widget()
        margin = card.parent()
        if not isinstance(card, Sheet) or not isinstance(margin, Margin):
            return ""
        number, count = margin.number_of(card.id), margin.count()
        words = QCoreApplication.translate("Structure", "{0} of {1}")
        return words.format(number, count) if number else ""
