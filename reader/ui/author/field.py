"""A field of the form: words above it, and below it what is wrong with what it says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.problems import CannotOpen
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
        self._fault = FaultLabel()
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
        self._fault.say(words)
        self.editor.setAccessibleDescription(words)
        if self.editor.property("wrong") != bool(words):
            self.editor.setProperty("wrong", bool(words))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


def small_label(name: str) -> QLabel:
    """A label for what is said in passing, in as many lines as it needs."""
    return _Small(name)


class _Small(QLabel):
    """Keeps its letters at a share of the window's."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(scaled(QApplication.font(), SMALL))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Letters of another size come with another style sheet.
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(scaled(QApplication.font(), SMALL))


class FaultLabel(_Small):
    """Says in a plain sentence what is wrong; while nothing is, it takes no room."""

    def __init__(self) -> None:
        super().__init__("fault")
        self.hide()

    def say(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self.setText(words)
        self.setVisible(bool(words))

    def tell(self, error: Exception) -> None:
        """Say what cannot be opened, and why. Any other error is raised: it is a mistake here."""
        if not isinstance(error, CannotOpen):
            raise error
        self.say(str(error))
