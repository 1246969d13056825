"""The table of contents: the sections of a text, the one being read marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from reader.copies.copy import Copy
from reader.ui.panel.contents_model import ContentsModel, SectionRole
from reader.ui.panel.painting import LEFT, heavy
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.panel.wrapping import Broken, Wrapping
from reader.ui.theme import Theme

INDENT = 14
MOST_INDENTS = 4
BAR = 3


class ContentsDelegate(RowDelegate):
    """Draws a section: indented by its level, the one being read in bold beside a bar."""

    def ground(self, option: QStyleOptionViewItem, index: Index) -> str:
        if index.data(SectionRole.CURRENT):
            return "chosen"
        # The row that the keyboard is on is outlined, not filled: it is not being read.
        return "hover" if super().ground(option, index) == "hover" else ""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        current = index.data(SectionRole.CURRENT)
        if current:
            bar = rect.adjusted(0, 0, BAR - rect.width(), 0)
            painter.fillRect(bar, self.theme.color("accent"))
        quiet = index.data(SectionRole.DEPTH) > 0 and not current
        painter.setPen(self.theme.color("muted" if quiet else "text"))
        painter.setFont(heavy(option.font) if current else option.font)
        lines = self._title(option, index).lines
        metrics = painter.fontMetrics()
        top = rect.top() + (rect.height() - len(lines) * metrics.height()) // 2
        for number, line in enumerate(lines):
            base = top + number * metrics.height() + metrics.ascent()
            painter.drawText(_indent(index), base, line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        wrapping, width = self._wrapping(option, index)
        lines = wrapping.lines(index.data(), width, self.most_lines(option))
        return QSize(0, lines * height + 2 * round(height * 0.42))

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return self._title(option, index).cut

    def _title(self, option: QStyleOptionViewItem, index: Index) -> Broken:
        wrapping, width = self._wrapping(option, index)
        return wrapping.broken(index.data(), width, self.most_lines(option))

    def _wrapping(self, option: QStyleOptionViewItem, index: Index) -> tuple[Wrapping, int]:
        """What breaks a title, and the width for it."""
        # Broken as if it were bold, so that no row changes its height when it is marked.
        font: QFont = heavy(option.font)
        return self.wrapping(font), self.right_edge(option) - _indent(index)


def _indent(index: Index) -> int:
    return LEFT + INDENT * min(index.data(SectionRole.DEPTH), MOST_INDENTS)


class Contents(RowList):
    """The sections of a text. It follows the reading place and never takes the focus."""

    place_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._sections = ContentsModel()
        super().__init__(self._sections, ContentsDelegate(theme), parent=parent)
        self._sections.setParent(self)
        self.setAccessibleName(self.tr("Contents"))
        self.set_empty_words(self.tr("This text has no headings."))
        self.chosen.connect(self._choose)

    def set_copy(self, copy: Copy) -> None:
        self._sections.set_sections(copy.text.sections)
        self.scrollToTop()

    def set_place(self, position: int) -> None:
        """Mark the section that `position` (code points) is in and bring it into sight."""
        if self._sections.set_place(position):
            self._follow()

    def starting_row(self) -> QModelIndex:
        current = self._sections.current
        return current if current.isValid() else super().starting_row()

    def _follow(self) -> None:
        current = self._sections.current
        if not self.hasFocus():
            # The arrow keys start from here; where they are in use they stay where they are.
            # Qt brings this row into sight when a hidden list is shown.
            self.setCurrentIndex(current)
        if not current.isValid():
            self.scrollToTop()
        elif not self.viewport().rect().contains(self.visualRect(current)):
            self.scrollTo(current, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        self.place_chosen.emit(index.data(SectionRole.PLACE))
