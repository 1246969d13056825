"""The field in which a note is typed: as tall as its words, with completion after `[[` and `#`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from reader.ui.margin.guide import Guide, Offer
from reader.ui.margin.offers import OfferList

_LEAST_LINES = 2
_MOST_LINES = 18

_OPENED = re.compile(
    r"(?P<link>\[\[)(?P<name>[^\[\]|\n]{0,60})$|(?<!\S)#(?P<tag>[^\W\d_][\w/-]{0,60})$"
)
"""What is being typed, before the caret."""

_REST = re.compile(r"[^\[\]\n]{0,300}\]\]")
"""What was left of a link behind the caret."""


class NoteEdit(QPlainTextEdit):
    """Edits Markdown. Tab leaves it; Escape says that one is done."""

    done = Signal()
    """Escape: back to the page."""

    height_changed = Signal()

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guide = guide
        self._asked = ("", "")
        """What opened the list of offers, and what was typed since."""
        self._dismissed = -1
        """Where the words begin to which no offers are wanted any more."""
        self._closed = (-1, 0)
        """Where the caret was after a link was completed, and how many of its brackets may
        still be typed over."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        self._list = OfferList(self)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._list.chosen.connect(self._complete)
        self.textChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self._moved)
        guide.more.connect(self._offer_more)

    def wanted_height(self) -> int:
        """Pixels that its words take."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(1, block.lineCount())
            block = block.next()
        return ceil(min(_MOST_LINES, max(_LEAST_LINES, lines)) * line) + 18

    def set_width(self, width: int) -> None:
        """Be so many pixels wide, and as tall as the words are then."""
        self.setFixedWidth(width)
        self.setFixedHeight(self.wanted_height())

    def _fit(self) -> None:
        if self.wanted_height() != self.height():
            self.height_changed.emit()

    # Completion

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.take_key(event):
            if event.key() == Qt.Key.Key_Escape and (found := self._typing()) is not None:
                self._dismissed = self._begins(found)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        if self._types_over(event):
            return
        super().keyPressEvent(event)
        if event.text():
            self._offer()

    def _types_over(self, event: QKeyEvent) -> bool:
        """Whether what is typed is a bracket that completing the link has written already."""
        place, left = self._closed
        cursor = self.textCursor()
        if event.text() == "]" and left and cursor.position() == place:
            if not cursor.hasSelection():
                self._closed = place, left - 1
                return True
        elif event.text():
            self._closed = (-1, 0)
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab comes here first; while the list is open it is for that.
        if self._list.isVisible():
            return False
        return super().focusNextPrevChild(forward)

    def _beside(self, to: QTextCursor.MoveOperation) -> str:
        """The words between the caret and where `to` leads."""
        cursor = QTextCursor(self.textCursor())
        cursor.setPosition(cursor.position())
        cursor.movePosition(to, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _typing(self) -> re.Match[str] | None:
        return _OPENED.search(self._beside(QTextCursor.MoveOperation.StartOfBlock))

    def _begins(self, found: re.Match[str]) -> int:
        return self.textCursor().position() - _units(found[0])

    def _offer(self) -> None:
        found = self._typing()
        if found is None:
            self._dismissed = -1
            self._list.hide()
        elif self._begins(found) != self._dismissed:
            self._dismissed = -1
            self._asked = ("[[", found["name"]) if found["link"] else ("#", found["tag"])
            offers = self._guide.offers(*self._asked)
            self._list.show_offers(offers, self.cursorRect(), first=bool(found["link"]))

    def _offer_more(self, opened: str, typed: str, offers: Sequence[Offer]) -> None:
        found = self._typing() if self.hasFocus() and (opened, typed) == self._asked else None
        if found is not None and offers and self._begins(found) != self._dismissed:
            self._list.add_offers(offers, self.cursorRect(), first=bool(found["link"]))

    def _moved(self) -> None:
        found = self._typing()
        if found is None or (found["name"] or found["tag"] or "") != self._asked[1]:
            self._list.hide()

    def _complete(self, offer: Offer) -> None:
        """Write an offer in place of what was typed, as one step that can be undone."""
        found = self._typing()
        if found is None:
            return
        after = self._beside(QTextCursor.MoveOperation.EndOfBlock)
        rest = _REST.match(after) if found["link"] else None
        cursor = self.textCursor()
        end = cursor.position() + (_units(rest[0]) if rest else 0)
        cursor.setPosition(self._begins(found))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(
            offer.written if after[rest.end() if rest else 0 :] else f"{offer.written} "
        )
        self.setTextCursor(cursor)
        self._closed = (cursor.position(), 2) if found["link"] else (-1, 0)


def _units(words: str) -> int:
    """How many UTF-16 units Qt counts in some words."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
