"""The field in which a note is typed: as tall as its words, with completion after `[[` and `#`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QFrame, QListView, QPlainTextEdit, QWidget

_LEAST_LINES = 2
_MOST_LINES = 18


class NoteEdit(QPlainTextEdit):
    """Edits Markdown. Tab leaves it; Escape says that one is done."""

    done = Signal()
    """Escape: back to the page."""

    height_changed = Signal()

    def __init__(
        self, completions: Callable[[str], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """`completions` gives the words that may follow `[[` or `#`, whichever it is asked for."""
        super().__init__(parent)
        self._completions = completions
        self._opened_by = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._complete)
        self._popup = QListView(self)
        self._completer.setPopup(self._popup)
        self.textChanged.connect(self._fit)

    def wanted_height(self) -> int:
        """Pixels that its words take."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(1, block.lineCount())
            block = block.next()
        return ceil(min(_MOST_LINES, max(_LEAST_LINES, lines)) * line) + 18

    def _fit(self) -> None:
        if self.wanted_height() != self.height():
            self.height_changed.emit()

    # Completion

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.isVisible() and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Escape,
        ):
            event.ignore()  # they are for the list of completions
            return
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)
        self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._popup.hide()
        super().hideEvent(event)

    def _offer(self) -> None:
        before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        opened = max(("[[", "#"), key=before.rfind)
        at = before.rfind(opened)
        typed = before[at + len(opened) :]
        closed = "]]" in typed or (opened == "#" and (" " in typed or not typed))
        if at < 0 or closed or len(typed) > 60:
            self._popup.hide()
            return
        if opened != self._opened_by or not self._popup.isVisible():
            self._opened_by = opened
            self._model.setStringList(list(self._completions(opened)))
        self._completer.setCompletionPrefix(typed)
        count = self._completer.completionCount()
        if count == 0 or (count == 1 and self._completer.currentCompletion() == typed):
            self._popup.hide()
            return
        rect = self.cursorRect()
        rect.setWidth(max(220, self.width() - rect.left()))
        self._completer.complete(rect)
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _complete(self, words: str) -> None:
        typed = self._completer.completionPrefix()
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed)
        )
        cursor.insertText(f"{words}]] " if self._opened_by == "[[" else f"{words} ")
        self.setTextCursor(cursor)
