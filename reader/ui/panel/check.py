"""What is wrong with a copy, for its author: a list, each a click away from its place."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from reader.copies.severity import is_warning
from reader.problems import Problem
from reader.ui.panel.check_words import problem_label
from reader.ui.panel.painting import LEFT, SMALL, heavy, scaled
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.panel.row_list import RowList
from reader.ui.theme import Theme

_AIR = 9
_PADDING = 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)


class _Role(IntEnum):
    PROBLEM = Qt.ItemDataRole.UserRole


class CheckModel(QAbstractListModel):
    """The problems of a copy, in the order of its files."""

    def __init__(self) -> None:
        super().__init__()
        self._problems: list[Problem] = []

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Show these."""
        if list(problems) != self._problems:
            self.beginResetModel()
            self._problems = list(problems)
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        if role == _Role.PROBLEM:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return problem_words(problem)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{problem_label(problem.code)}: {problem_words(problem)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{problem.file}:{problem.line}" if problem.line else problem.file
        return None


def problem_words(problem: Problem) -> str:
    """What is wrong, and what to do."""
    return f"{problem.message} {problem.advice}".strip().replace("`", "")


class CheckDelegate(RowDelegate):
    """Draws a label in the colour of a mark, and below it the sentence."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        problem: Problem = index.data(_Role.PROBLEM)
        font = heavy(scaled(option.font, SMALL))
        metrics = QFontMetrics(font)
        label = problem_label(problem.code)
        color = "yellow" if is_warning(problem) else "pink"
        top = option.rect.top() + _AIR
        width = metrics.horizontalAdvance(label) + 2 * _PADDING
        pill = QRectF(LEFT - _PADDING, top, width, metrics.height() + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(f"mark_{color}"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, label)
        painter.setFont(option.font)
        words = self._words_rect(option, index)
        painter.drawText(words, _WRAP, index.data())
        painter.setPen(self.theme.color("border"))
        bottom = option.rect.bottom()
        painter.drawLine(LEFT - _PADDING, bottom, self.right_edge(option), bottom)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self.most_lines(option) == 1:
            # A long list has rows of one height, so that it is there at once.
            lines = 4 * option.fontMetrics.height()
            return QSize(0, self._label_height(option) + lines + 2 * _AIR + 4)
        words = self._words_rect(option, index)
        return QSize(0, self._label_height(option) + words.height() + 2 * _AIR + 4)

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return True  # the tip tells the file and the line

    def _label_height(self, option: QStyleOptionViewItem) -> int:
        return QFontMetrics(heavy(scaled(option.font, SMALL))).height() + 2

    def _words_rect(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        left = LEFT - _PADDING
        top = option.rect.top() + _AIR + self._label_height(option) + 4
        room = QRect(left, top, self.right_edge(option) - left, 10_000)
        return option.fontMetrics.boundingRect(room, _WRAP, str(index.data()))


class CheckPage(RowList):
    """The list of problems."""

    problem_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._problems = CheckModel()
        super().__init__(self._problems, CheckDelegate(theme), parent=parent)
        self._problems.setParent(self)
        self.setAccessibleName(self.tr("Problems in this copy"))
        self.set_empty_words(self.tr("Nothing is wrong with this copy. It can be handed out."))
        self.chosen.connect(lambda index: self.problem_chosen.emit(index.data(_Role.PROBLEM)))

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems; the list stays where it is scrolled to."""
        place = self.verticalScrollBar().value()
        self._problems.set_problems(problems)
        self.verticalScrollBar().setValue(place)
