"""A field of the form: words above it, and below it what is wrong with what it says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.panel.painting import SMALL, scaled


class Field(QWidget):
    """Shows an editor under its name."""

    def __init__(
        self,
        words: str,
        editor: QWidget,
        aside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`aside` stands at the right of the name."""
        super().__init__(parent)
        self.editor = editor
        self._fault = small_label("fault")
        self._fault.hide()
        above = small_label("above")
        above.setText(words)
        above.setBuddy(editor)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(above, 1)
        if aside is not None:
            head.addWidget(aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._fault)
        if not editor.accessibleName():
            editor.setAccessibleName(words)

    @property
    def fault(self) -> str:
        """What is wrong, as it is said; empty when nothing is."""
        return self._fault.text()

    def say_fault(self, words: str) -> None:
        """Say what is wrong in a plain sentence, or nothing."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        if self.editor.property("wrong") != bool(words):
            self.editor.setProperty("wrong", bool(words))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


def small_label(name: str) -> QLabel:
    """A label for what is said in passing, in as many lines as it needs."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(scaled(label.font(), SMALL))
    return label
