"""Chips: what became of marks, each with how many there are; one of them is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.anchors import State
from reader.ui.chip import Chip
from reader.ui.revision.words import state_words
from reader.ui.theme import Theme

STATE_COLORS = {
    State.EXACT: "mark_green",
    State.MOVED: "mark_blue",
    State.DOUBTFUL: "mark_yellow",
    State.ORPHANED: "mark_pink",
}


class StateChip(Chip):
    """A state by its name, behind the number of marks in a pill of its colour."""

    def __init__(self, state: State, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.state = state
        self.count = 0
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Say how many there are."""
        self.count = count
        words = self.tr("{count} {what}")
        self.setAccessibleName(words.format(count=count, what=state_words(self.state)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # As wide as when it is chosen, so that choosing moves nothing.
        metrics = QFontMetrics(_bold(self.font()))
        unit = metrics.height()
        width = metrics.horizontalAdvance(state_words(self.state)) + self._pill(metrics)
        return QSize(width + round(2.2 * unit), unit + 2 * round(0.42 * unit))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_ground(painter)
        theme = self._theme
        bold = _bold(self.font())
        metrics = QFontMetrics(bold)
        unit, pill = metrics.height(), self._pill(metrics)
        left = round(0.7 * unit)
        box = QRectF(left, (self.height() - 1.15 * unit) / 2, pill, 1.15 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(STATE_COLORS[self.state]))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.color("text"))
        painter.setFont(bold)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.count))
        painter.setFont(bold if self.isChecked() else self.font())
        words = QRectF(box.right() + 0.5 * unit, 0, self.width(), self.height())
        painter.drawText(
            words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            state_words(self.state),
        )  # fmt: skip

    def _pill(self, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(str(self.count)) + round(0.95 * metrics.height())


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
