"""Enter presses the button that has the keyboard, which Qt does in dialogs alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


def enter_presses(event: QKeyEvent, within: QWidget) -> bool:
    """Press the button inside a widget that has the keyboard, if this is Enter; whether it was."""
    focused = within.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if not isinstance(focused, QAbstractButton) or not focused.hasFocus():
        return False
    focused.click()
    return True
