"""Other words in a field in which somebody may be typing: the caret stays where it is."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from reader.ui.page.offsets import Offsets

_AS_SHOWN = {ord("\u00a0"): " ", ord("\u2028"): "\n", ord("\u2029"): "\n"}


def rewrite(edit: QPlainTextEdit, words: str) -> None:
    """Have `edit` say `words`, by changing only the stretch in which they differ."""
    before = edit.toPlainText()
    after = words.replace("\r\n", "\n").replace("\r", "\n").translate(_AS_SHOWN)
    if before == after:
        return
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    rest = most - start
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    offsets = Offsets(before)
    cursor = QTextCursor(edit.document())
    cursor.setPosition(offsets.to_units(start))
    cursor.setPosition(offsets.to_units(len(before) - tail), QTextCursor.MoveMode.KeepAnchor)
    caret = edit.textCursor()
    place = caret.position()
    stays = place == cursor.selectionStart() and not cursor.hasSelection()
    cursor.insertText(after[start : len(after) - tail])
    if stays:
        # Qt takes a caret along with what is put in right where it stands.
        caret.setPosition(place)
        edit.setTextCursor(caret)
    # To take back what was typed before would take back others' words.
    edit.document().clearUndoRedoStacks()
