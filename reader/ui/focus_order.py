"""The order in which Tab goes through parts of the window: a part, all in it, the next part."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class FocusOrder:
    """Keeps cards in an order, and asks Qt for no more than has changed."""

    def __init__(self, first: QWidget) -> None:
        """The cards come after `first`."""
        self._first = first
        self._before: dict[QWidget, QWidget] = {}

    def keep(self, cards: Iterable[QWidget]) -> None:
        """Have the keyboard go through these cards one after another.

        Qt moves the one widget that it is told of, and none of those in it.
        """
        before: dict[QWidget, QWidget] = {}
        last = self._first
        for card in cards:
            before[card] = last
            if self._before.get(card) is not last:
                follow(last, card, whole=last is not self._first)
            last = card
        self._before = before


def follow(before: QWidget, part: QWidget, *, whole: bool = True) -> None:
    """Have the keyboard come to a part, and to all in it, after another.

    That is after the `whole` of that one, or after it alone.
    """
    stop = [before, *(_stops(before) if whole else ())][-1]
    for each in (part, *_stops(part)):
        QWidget.setTabOrder(stop, each)
        stop = each


def _stops(part: QWidget) -> list[QWidget]:
    """What in a part can have the keyboard, in the order in which it was made."""
    tab = Qt.FocusPolicy.TabFocus
    return [each for each in part.findChildren(QWidget) if each.focusPolicy() & tab]
