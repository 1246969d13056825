"""Chips: what became of marks, each with how many there are; one of them is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from reader.annotations.anchoring import State
from reader.ui.revision.words import state_words
from reader.ui.theme import Theme

STATE_COLORS = {
    State.EXACT: "mark_green",
    State.MOVED: "mark_blue",
    State.DOUBTFUL: "mark_yellow",
    State.ORPHANED: "mark_pink",
}


class StateChip(QRadioButton):
    """One of several, with round ends. The arrow keys go from one to another."""

    def __init__(self, state: State, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._theme = theme
        self.count = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
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

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "chosen" if self.isChecked() else "hover" if self.underMouse() else "card"
        outlined = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if outlined else "border"), 2 if outlined else 1))
        painter.setBrush(theme.color(ground))
        inset = 0.5 if outlined else 0
        rect.adjust(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
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
