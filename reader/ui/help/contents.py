"""What stands at the left of Help: the guides with their sections, or what a search found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from reader.text.folding import fold
from reader.text.model import BlockKind
from reader.ui.help.guides import Guide
from reader.ui.theme import Theme

_PLACE = Qt.ItemDataRole.UserRole
_DEEPEST = 3
_BEFORE, _AFTER = 12, 60
"""Code points of a finding's line that stand before and after the words that were found."""

_SHEET = """
QTreeWidget {{ background: {window}; border: none; outline: none }}
QTreeWidget::item {{ padding: 5px 6px; color: {text} }}
QTreeWidget::item:hover {{ background: {hover} }}
QTreeWidget::item:selected {{ background: {chosen}; color: {text} }}
QTreeWidget::item:focus {{ border: 2px solid {accent}; padding: 3px 4px }}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A section in which words were found: its title, the first place, and a line around that."""

    guide: str
    title: str
    place: int
    line: str


def search(guides: Iterable[Guide], words: str) -> list[Found]:
    """The sections that have words, whatever their case, accents and quotation marks.

    Those whose titles have them come first, guide by guide.
    """
    wanted = fold(words).strip()
    if not wanted:
        return []
    named: list[Found] = []
    others: list[Found] = []
    for guide in guides:
        string = guide.text.string
        folded = fold(string).replace("\n", " ")
        starts = [section.start for section in guide.text.sections]
        at, last = folded.find(wanted), -2
        while at >= 0:
            number = bisect_right(starts, at) - 1
            if number != last:
                section = guide.text.sections[number] if number >= 0 else None
                title = section.title if section else guide.title
                found = Found(guide.name, title, at, _line(string, at, len(wanted)))
                (named if wanted in fold(title) else others).append(found)
            last = number
            at = folded.find(wanted, at + len(wanted))
    return named + others


def _line(string: str, at: int, length: int) -> str:
    start = string.rfind("\n", 0, at) + 1
    end = string.find("\n", at)
    end = len(string) if end < 0 else end
    first = start if at - start <= _BEFORE else string.find(" ", at - _BEFORE, at) + 1 or at
    last = min(end, at + length + _AFTER)
    words = string[first:last].replace("\t", " · ")
    return ("…" if first > start else "") + words + ("…" if last < end else "")


class HelpContents(QTreeWidget):
    """A tree of guides and sections, or a list of findings."""

    chosen = Signal(str, int)
    """A guide's name, and a code point of its text."""

    left_upwards = Signal()
    """The Up key was pressed on the first line."""

    def __init__(
        self, guides: Mapping[str, Guide], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._guides = guides
        self._sections: dict[str, list[tuple[int, QTreeWidgetItem]]] = {}
        self._finding = False
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Guides"))
        self.itemClicked.connect(self._choose)
        self.apply_theme(theme)
        self._fill()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.setStyleSheet(_SHEET.format(**theme.roles))

    def follow(self, guide: str, place: int) -> None:
        """Mark the section that one reads; the keyboard's line stays while it is in use."""
        if self._finding or self.hasFocus():
            return
        sections = self._sections[guide]
        number = bisect_right(sections, place, key=lambda each: each[0]) - 1
        item = sections[max(0, number)][1]
        if item is self.currentItem():
            return
        top = sections[0][1]
        for others in self._sections.values():
            others[0][1].setExpanded(others[0][1] is top)
        self.setCurrentItem(item)

    def show_found(self, words: str) -> int:
        """Show the sections that have words, or the guides again; how many there are."""
        if not words.strip():
            if self._finding:
                self._finding = False
                self._fill()
            return 0
        self._finding = True
        found = search(self._guides.values(), words)
        self.clear()
        top: QTreeWidgetItem | None = None
        for guide in self._guides.values():
            lines = [each for each in found if each.guide == guide.name]
            if not lines:
                continue
            top = QTreeWidgetItem(self, [guide.title])
            top.setData(0, _PLACE, (guide.name, lines[0].place))
            _embolden(top)
            for each in lines:
                words = each.title if each.line == each.title else f"{each.title}\n{each.line}"
                item = QTreeWidgetItem(top, [words])
                item.setData(0, _PLACE, (each.guide, each.place))
                item.setToolTip(0, each.line)
            top.setExpanded(True)
        if top is None:
            nothing = QTreeWidgetItem(self, [self.tr("No guide has these words.")])
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        return len(found)

    def first_found(self) -> tuple[str, int] | None:
        """Where the first of the findings is."""
        top = self.topLevelItem(0) if self._finding else None
        return top.data(0, _PLACE) if top else None

    def _fill(self) -> None:
        self.clear()
        self._sections = {}
        for guide in self._guides.values():
            top = QTreeWidgetItem(self, [guide.title])
            top.setData(0, _PLACE, (guide.name, 0))
            _embolden(top)
            lines = [(0, top)]
            above = top
            for block in guide.text.blocks:
                if block.kind is not BlockKind.HEADING or not 2 <= block.level <= _DEEPEST:
                    continue
                title = guide.text.string[block.start : block.end]
                item = QTreeWidgetItem(above if block.level > 2 else top, [title])
                item.setData(0, _PLACE, (guide.name, block.start))
                if block.level == 2:
                    above = item
                lines.append((block.start, item))
            self._sections[guide.name] = lines

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (place := item.data(0, _PLACE)):
            self.chosen.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(item)
        elif event.key() == Qt.Key.Key_Up and item is self.topLevelItem(0):
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


def _embolden(item: QTreeWidgetItem) -> None:
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
