"""Passages as rows, grouped by the text that they stand in: what search and notebook share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from reader.annotations.marks import Mark
from reader.ui.panel.row_delegate import Index

AT_ONCE = 1000
"""Rows that a view is told of: more than those whose heights may differ, which are counted."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of the passages of a text, and how many there are."""

    text_id: str
    title: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """How one passage is shown.

    `what` says what it is; `found` are the ranges (code points) of `words` that were
    looked for; `mark` is the reader's mark, if it is one, and `marked` says that `words`
    are those it stands on; `aside` stands at the right edge; `spoken` is all of it as a
    screen reader says it.
    """

    what: str
    words: str
    spoken: str
    found: Sequence[tuple[int, int]] = ()
    mark: Mark | None = None
    marked: bool = False
    note: str = ""
    aside: str = ""


class PassageRole(IntEnum):
    """What a row tells besides its words."""

    ITEM = Qt.ItemDataRole.UserRole + 1  # what the row stands for; None for a heading
    GROUP = Qt.ItemDataRole.UserRole + 2  # a Group; None for a passage
    PASSAGE = Qt.ItemDataRole.UserRole + 3  # a Passage; None for a heading
    COUNT = Qt.ItemDataRole.UserRole + 4  # of a heading, in words
    LAST = Qt.ItemDataRole.UserRole + 5  # whether it is the last one of its group


class PassageModel(QAbstractListModel):
    """Items under headings. What they look like is worked out when they are shown.

    A view asks a model for every row before it shows the first, so it is told of a
    few at a time, and of more when it is scrolled to the end of those.
    """

    def __init__(
        self,
        describe: Callable[[Any], Passage],
        count_words: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._count_words = count_words
        self._rows: Sequence[Group | Any] = ()
        self._told = 0

    def set_rows(self, rows: Sequence[Group | Any], *, at_least: int = 0) -> None:
        """Show other rows, each heading before its items; tell of so many at once.

        Where there are as many as that, more may be put at their end later.
        """
        self.beginResetModel()
        self._rows = rows
        self._told = min(len(rows), max(AT_ONCE, at_least))
        self.endResetModel()

    def row_where(self, wanted: Callable[[Any], bool]) -> QModelIndex:
        """The first item told of that is wanted; invalid when there is none."""
        for row, each in enumerate(self._rows[: self._told]):
            if not isinstance(each, Group) and wanted(each):
                return self.index(row, 0)
        return QModelIndex()

    # What Qt asks for ------------------------------------------------------------------------

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._told < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        more = min(len(self._rows), self._told + AT_ONCE)
        self.beginInsertRows(QModelIndex(), self._told, more - 1)
        self._told = more
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._told

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self._rows) and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return self._of_group(row, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._describe(row).words
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(row).spoken
            case PassageRole.ITEM:
                return row
            case PassageRole.PASSAGE:
                return self._describe(row)
            case PassageRole.LAST:
                following = index.row() + 1
                return following == len(self._rows) or isinstance(self._rows[following], Group)
        return None

    def _of_group(self, group: Group, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return group.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{group.title}, {self._count_words(group.count)}"
            case PassageRole.GROUP:
                return group
            case PassageRole.COUNT:
                return self._count_words(group.count)
        return None


def grouped(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Items by a key, in the order in which the keys come first."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
