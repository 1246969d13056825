"""What the reader's colours mean, in the reader's own words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Color
from reader.ui.page.selection_bar import ColorDot, color_word
from reader.ui.theme import Theme

_LONGEST = 60


class ColorNamesDialog(QDialog):
    """A line for each colour. What is typed holds at once."""

    named = Signal(object, str)
    """A Color, and what it means now; empty for nothing."""

    def __init__(self, names: Mapping[Color, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the colours mean"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for row, color in enumerate(Color):
            dot = ColorDot(color)
            dot.theme = theme
            label = QLabel(color_word(color))
            field = QLineEdit(names.get(color, ""))
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(self.tr("for example: important"))
            field.setAccessibleName(color_word(color))
            field.editingFinished.connect(
                lambda color=color, field=field: self.named.emit(color, field.text().strip())
            )
            label.setBuddy(field)
            grid.addWidget(dot, row, 0)
            grid.addWidget(label, row, 1)
            grid.addWidget(field, row, 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addLayout(grid)
        column.addWidget(buttons)
        self.resize(26 * self.fontMetrics().height(), self.sizeHint().height())
