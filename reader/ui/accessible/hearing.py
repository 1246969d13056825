"""What whoever listens to a page is told while they move in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent

from reader.ui.accessible.saying import block_words, inline_words
from reader.ui.accessible.structure import Structure
from reader.ui.announce import announce
from reader.ui.page.page import PageView


class Hearing(QObject):
    """Tells which words have the keyboard, and what the caret has come upon."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page)
        self._page = page
        self._block = ""
        self._line = (-1, -1)
        self._at: list[str] = []
        # Qt tells of the page itself first.
        page.mention_focused.connect(lambda _mention: QTimer.singleShot(0, self, self._focused))
        page.cursorPositionChanged.connect(self._moved)
        page.text_shown.connect(self._shown)

    @classmethod
    def of(cls, page: PageView) -> Hearing:
        """The one that a page has."""
        return page.findChild(cls) or cls(page)

    def _focused(self) -> None:
        """Qt tells which widget has the keyboard; this tells which words of the page."""
        if not QAccessible.isActive() or not self._page.hasFocus():
            return
        words = self._page.focused_words()
        structure = QAccessible.queryAccessibleInterface(self._page.viewport())
        node = None
        if words is not None and isinstance(structure, Structure):
            node = structure.link_at(*words)
        if node is not None:
            event = QAccessibleEvent(node, QAccessible.Event.Focus)
        else:
            event = QAccessibleEvent(self._page, QAccessible.Event.Focus)
            if words is not None:
                announce(self._page, "; ".join(inline_words(self._page, *words)))
        QAccessible.updateAccessibility(event)

    def _moved(self) -> None:
        """The caret is elsewhere: say what it has come into, as a heading, a link or a mark.

        On a line all that is on it is told, for it is the line that is read then.
        """
        page = self._page
        if not page.caret_mode or not QAccessible.isActive():
            return
        here = page.caret()
        line, at = page.line_range(here), inline_words(page, here, here + 1)
        before, self._block = self._block, block_words(page, here)
        if line == self._line:
            said = [each for each in at if each not in self._at]
        else:
            said = inline_words(page, *line)
        self._line, self._at = line, at
        announce(page, "; ".join([self._block] * (self._block != before) + said).strip("; "))

    def _shown(self) -> None:
        """Another text is there."""
        self._block, self._line, self._at = "", (-1, -1), []
        announce(self._page, self._page.accessibleName())
