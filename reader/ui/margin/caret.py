"""The caret of somebody who writes in a card, while that card gives way to another of the same."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class Caret(NamedTuple):
    """In a field of which kind somebody writes, and where: UTF-16 units, as Qt counts them."""

    field: type[QWidget]
    words: str
    anchor: int
    position: int


def caret_in(*places: QWidget) -> Caret | None:
    """Where somebody writes inside one of these widgets; None where nobody does."""
    focused = places[0].window().focusWidget()
    if focused is None or not any(place.isAncestorOf(focused) for place in places):
        return None
    if isinstance(focused, QPlainTextEdit):
        cursor = focused.textCursor()
        words = focused.toPlainText()
        return Caret(type(focused), words, cursor.anchor(), cursor.position())
    if isinstance(focused, QLineEdit):
        at = focused.cursorPosition()
        return Caret(type(focused), focused.text(), at, at)
    return None


def put_caret(caret: Caret, card: QWidget) -> None:
    """Let somebody write on in the same field of a card, which is open for that."""
    field = card.findChild(caret.field)
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(caret.anchor)
        cursor.setPosition(caret.position, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    elif isinstance(field, QLineEdit):
        field.setText(caret.words)
        field.setCursorPosition(caret.position)
        field.setFocus()
