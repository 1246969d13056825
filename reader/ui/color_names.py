"""What the reader's colours mean, in the reader's own words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
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
from reader.ui.button_box import button_box
from reader.ui.letters import bounded
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
        told = QLabel(
            self.tr(
                "A name stands for its colour in My notes and in what you export. "
                "A colour without one goes by its own."
            )
        )
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setForegroundRole(told.palette().ColorRole.PlaceholderText)
        examples = {
            Color.YELLOW: self.tr("such as: important"),
            Color.GREEN: self.tr("such as: I agree"),
            Color.BLUE: self.tr("such as: to look up"),
            Color.PINK: self.tr("such as: I doubt it"),
            Color.PURPLE: self.tr("such as: well said"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for row, color in enumerate(Color):
            dot = ColorDot(color)
            dot.theme = theme
            dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            dot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            label = QLabel(color_word(color))
            field = QLineEdit(names.get(color, ""))
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(examples[color])
            field.setAccessibleName(color_word(color))
            field.editingFinished.connect(
                lambda color=color, field=field: self.named.emit(color, field.text().strip())
            )
            label.setBuddy(field)
            grid.addWidget(dot, row, 0)
            grid.addWidget(label, row, 1)
            grid.addWidget(field, row, 2)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(16)
        column.addWidget(told)
        column.addLayout(grid)
        column.addWidget(buttons)
        wanted = QSize(30 * self.fontMetrics().height(), self.sizeHint().height())
        self.resize(bounded(self, wanted))
