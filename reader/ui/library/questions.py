"""What is asked before something cannot be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reader.library.texts import TextEntry
from reader.ui.library.words import count_words, title_words


def ask(
    parent: QWidget, title: str, question: str, more: str, yes: str, then: Callable[[], object]
) -> QMessageBox:
    """Ask, and do it on yes; not to do it is what Enter and Escape mean."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(then)
    box.open()
    return box


def ask_to_bring_back(parent: QWidget, entry: TextEntry, then: Callable[[], object]) -> QMessageBox:
    """Ask whether a text that was removed is to be opened, which brings it back."""
    return ask(
        parent,
        QCoreApplication.translate("Library", "Removed from the library"),
        QCoreApplication.translate(
            "Library", "“{0}” was removed from the library. Bring it back and open it?"
        ).format(title_words(entry)),
        QCoreApplication.translate(
            "Library", "Your marks and the place where you stopped reading are still there."
        ),
        QCoreApplication.translate("Library", "Bring back and open"),
        then,
    )


def ask_to_forget(parent: QWidget, entry: TextEntry, then: Callable[[], object]) -> QMessageBox:
    """Ask whether the marks of a text that was removed are to be deleted."""
    question = QCoreApplication.translate("Library", "Forget “{0}” for ever?")
    more = QCoreApplication.translate(
        "Library",
        "Your marks on it are deleted: {0}. Nothing brings them back but a snapshot "
        "of the library. To keep them, export them first. What the library keeps of the "
        "text itself goes for good.",
    )
    return ask(
        parent,
        QCoreApplication.translate("Library", "Forget for ever"),
        question.format(title_words(entry)),
        more.format(count_words(entry.marks)),
        QCoreApplication.translate("Library", "Forget for ever"),
        then,
    )
