"""A dialog in two panes: what is chosen at the left, what comes of it at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.ui.letters import bounded
from reader.ui.theme import Theme

_SHEET = """
QDialog, QWidget#left, QWidget#below {{ background: {card} }}
QScrollArea {{ background: transparent; border: none }}
QWidget#right {{ background: {page}; border-left: 1px solid {border} }}
QWidget#below {{ border-top: 1px solid {border} }}
QWidget#right {{ border-top: none }}
QLabel#above {{ color: {muted} }}
QLabel#said {{ background: {chosen}; color: {text}; border-radius: 7px; padding: 9px 11px }}
QLabel#said[wrong="true"] {{ color: {danger} }}
QLineEdit {{ background: {field}; color: {text}; border: 1px solid {outline}; border-radius: 7px;
    padding: 6px 9px }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 5px 8px }}
QPlainTextEdit {{ background: {page}; color: {text}; border: 2px solid transparent;
    padding: 0 }}
QPlainTextEdit#template {{ background: {field}; border: 1px solid {outline}; border-radius: 7px;
    padding: 5px }}
QTextEdit, QAbstractScrollArea#pages {{ background: {page}; color: {text};
    border: 2px solid transparent }}
QTextEdit:focus, QPlainTextEdit:focus, QAbstractScrollArea#pages:focus {{
    border: 2px solid {accent} }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0 }}
QScrollBar::handle:horizontal {{ background: {rule}; border-radius: 4px; min-width: 36px;
    margin: 2px }}
QAbstractScrollArea::corner {{ background: transparent; border: none }}
QTreeView {{ background: {page}; color: {text}; border: none }}
QTreeView::item {{ padding: 4px 2px }}
QHeaderView::section {{ background: {page}; color: {muted}; border: none;
    border-bottom: 1px solid {border}; padding: 4px 6px }}
QPushButton:disabled {{ color: {muted}; background: transparent; border-color: {border} }}
QPushButton:checked {{ background: {chosen} }}
"""


class Said(QLabel):
    """What will become of a file, or what is wrong, in a box that is there while it has words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("said")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Show these words, or nothing."""
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().polish(self)
        self.setText(words)
        self.setVisible(bool(words))


class LeftPane(QWidget):
    """What is chosen, one thing below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(22, 14, 22, 18)
        self.column.setSpacing(6)

    def add(self, words: str, part: QWidget) -> None:
        """Put something below all that is there, with `words` above it."""
        if words:
            label = QLabel(words)
            label.setObjectName("above")
            label.setContentsMargins(0, 10, 0, 0)
            label.setBuddy(part)
            self.column.addWidget(label)
        self.column.addWidget(part)


class _EnterPresses(QObject):
    """Lets Enter press the button that has the keyboard, not the dialog's default."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QPushButton)
        ):
            watched.click()
            return True
        return super().eventFilter(watched, event)


def furnish(
    dialog: QDialog,
    theme: Theme,
    left: QWidget,
    right: QWidget,
    below: Sequence[QWidget | None],
) -> None:
    """Lay a dialog out; None among what stands below is the room between left and right."""
    left.setObjectName("left")
    right.setObjectName("right")
    right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area = QScrollArea(dialog)  # what is in it is measured with the style of the dialog's window
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(left)
    area.setMinimumWidth(left.minimumSizeHint().width() + 14)
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(area, 7)
    middle.addWidget(right, 13)
    foot = QWidget()
    foot.setObjectName("below")
    foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(foot)
    row.setContentsMargins(22, 14, 22, 14)
    row.setSpacing(10)
    for part in below:
        if part is None:
            row.addStretch()
        else:
            row.addWidget(part)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(middle, 1)
    column.addWidget(foot)
    dialog.setStyleSheet(_SHEET.format(**theme.roles, outline=theme.outline().name()))
    presses = _EnterPresses(dialog)
    for button in dialog.findChildren(QPushButton):
        button.installEventFilter(presses)
        if not button.isDefault():
            # Else the colour of the one that Enter means would go with the keyboard.
            button.setAutoDefault(False)
    unit = dialog.fontMetrics().height()
    dialog.resize(bounded(dialog, QSize(56 * unit, 40 * unit)))
