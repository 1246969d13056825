"""The row of buttons below a dialog."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox


def button_box(buttons: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """A box with such buttons, which have words alone, whatever desktops put on them."""
    box = QDialogButtonBox(buttons)
    for button in box.buttons():
        button.setIcon(QIcon())
    return box
