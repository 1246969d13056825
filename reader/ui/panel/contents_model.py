"""The sections of a text as rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from reader.text.model import OBJECT, Section
from reader.ui.panel.row_delegate import Index


class SectionRole(IntEnum):
    """What a section's row tells besides its title."""

    PLACE = Qt.ItemDataRole.UserRole + 1  # where it starts, in code points
    DEPTH = Qt.ItemDataRole.UserRole + 2  # 0 for the highest level of this text
    CURRENT = Qt.ItemDataRole.UserRole + 3  # whether it is being read


class ContentsModel(QAbstractListModel):
    """The table of contents, and which of its sections is being read.

    The text's own title, a single heading of level 1 at the very start, is left out
    when other headings follow it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: Sequence[Section] = ()
        self._titles: list[str] = []
        self._starts: list[int] = []
        self._highest = 1
        self._current = -1

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections; none of them is being read yet."""
        self.beginResetModel()
        self._sections = _without_title(sections)
        self._titles = [_one_line(section.title) for section in self._sections]
        self._starts = [section.start for section in self._sections]
        self._highest = min((section.level for section in self._sections), default=1)
        self._current = -1
        self.endResetModel()

    def set_place(self, position: int) -> bool:
        """Mark the section that `position` (code points) is in; False if it was marked already."""
        current = bisect_right(self._starts, position) - 1
        if current == self._current:
            return False
        changed = (self._current, current)
        self._current = current
        roles = [int(SectionRole.CURRENT), int(Qt.ItemDataRole.AccessibleTextRole)]
        for row in changed:
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0), roles)
        return True

    @property
    def current(self) -> QModelIndex:
        """The section that is being read; invalid before the first."""
        return self.index(self._current, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not 0 <= row < len(self._sections):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles[row] or self.tr("Without a title")
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case SectionRole.PLACE:
                return self._starts[row]
            case SectionRole.DEPTH:
                return self._sections[row].level - self._highest
            case SectionRole.CURRENT:
                return row == self._current
        return None

    def _spoken(self, row: int) -> str:
        title = self._titles[row] or self.tr("Without a title")
        level = self._sections[row].level - self._highest + 1
        if level > 1:
            title = self.tr("{title}, level {level}").format(title=title, level=level)
        if row == self._current:
            title = self.tr("{title}, being read").format(title=title)
        return title


def _without_title(sections: Sequence[Section]) -> Sequence[Section]:
    if len(sections) < 2:
        return sections
    first, *others = sections
    alone = first.level == 1 and all(section.level > 1 for section in others)
    return others if alone and first.start == 0 else sections


def _one_line(title: str) -> str:
    return " ".join(title.replace(OBJECT, " ").split())
