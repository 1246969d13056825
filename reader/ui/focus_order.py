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


def arrange(whole: QWidget, parts: Iterable[QWidget]) -> None:
    """Have the keyboard go from something to its parts, and all in them, in this order."""
    stop = whole
    for part in parts:
        stop = _put_after(stop, part)


def follow(before: QWidget, part: QWidget, *, whole: bool = True) -> None:
    """Have the keyboard come to a part, and to all in it, after another.

    That is after the `whole` of that one, or after it alone.
    """
    _put_after([before, *(_stops(before) if whole else ())][-1], part)


def _put_after(stop: QWidget, part: QWidget) -> QWidget:
    """Have the keyboard come to a part, and to all in it, after `stop`; the last of them."""
    for each in _stops(part):
        QWidget.setTabOrder(stop, each)
        stop = each
    return stop


def _stops(part: QWidget) -> list[QWidget]:
    """What can have the keyboard of a part and all in it, in the order in which it was made.

    Qt does not hear of anything else: it passes over an order that names it.
    """
    tab = Qt.FocusPolicy.TabFocus
    return [each for each in (part, *part.findChildren(QWidget)) if each.focusPolicy() & tab]
