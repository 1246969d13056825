"""What a screen reader is told besides what has the focus: one place for all who have news."""

from __future__ import annotations

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, assertive: bool = False) -> None:
    """Have words said, on behalf of a widget; `assertive` interrupts what is being said.

    Nothing happens where nobody listens, or there is nothing to say.
    """
    if not words or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if assertive:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def tell_state(widget: QWidget, *states: str) -> None:
    """Tell that states of a widget, by Qt's names for them, are others than before."""
    if not QAccessible.isActive():
        return
    changed = QAccessible.State()
    for state in states:
        setattr(changed, state, True)
    QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, changed))


def tell_focus(widget: QWidget, child: int) -> None:
    """Tell that the child of a list, by its number, is the one that keys are for now."""
    if not QAccessible.isActive():
        return
    event = QAccessibleEvent(widget, QAccessible.Event.Focus)
    event.setChild(child)
    QAccessible.updateAccessibility(event)
