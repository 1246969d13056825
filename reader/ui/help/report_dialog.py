"""Reporting a problem: a text for the reader to look through, change and send. Sends nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.atomic import write_atomically

_NAME = "annotated-reader-problem.txt"


class ReportDialog(QDialog):
    """Shows all that a report would say. What is done with it is up to the reader."""

    failed = Signal(str)
    """The file could not be written: a sentence."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report a problem"))
        what = QLabel(
            self.tr(
                "Nothing is sent. This is what helps to find a fault: read it, say above it what "
                "happened, take out what you like, and send it yourself to where you have the "
                "program from. None of your texts, titles and notes are in it."
            )
        )
        what.setWordWrap(True)
        self.words = QPlainTextEdit(words)
        self.words.setAccessibleName(self.tr("The report"))
        self.words.setTabChangesFocus(True)
        self._said = QLabel()
        self._copy = QPushButton(self.tr("&Copy"))
        self._save = QPushButton(self.tr("&Save as a file…"))
        close = QPushButton(self.tr("C&lose"))
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._ask_file)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        for button in (self._copy, self._save, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(what)
        column.addWidget(self.words, 1)
        column.addLayout(row)
        letters = self.fontMetrics().height()
        self.resize(42 * letters, 36 * letters)
        # One begins by saying what happened, below the question.
        self.words.setFocus()
        cursor = self.words.textCursor()
        cursor.movePosition(cursor.MoveOperation.Down)
        cursor.movePosition(cursor.MoveOperation.Down)
        self.words.setTextCursor(cursor)

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        self._say(self.tr("Copied"))

    def save(self, file: Path) -> None:
        """Write the report to a file."""
        try:
            write_atomically(file, self.words.toPlainText().encode("utf-8", "replace"))
        except OSError as error:
            why = error.strerror or str(error)
            self._say(
                self.tr("“{0}” could not be written ({1}); choose another folder.").format(
                    file.name, why
                )
            )
        else:
            self._say(self.tr("Saved"))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setAccessibleDescription(words)

    def _ask_file(self) -> None:
        kinds = self.tr("Text (*.txt)")
        start = str(Path.home() / _NAME)
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), start, kinds)
        if name:
            self.save(Path(name))
