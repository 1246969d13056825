"""The index: annotations by kind, each with a bar that shows where in the text it is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from reader.annotations.model import Kind
from reader.ui.letters import pixels
from reader.ui.panel.entries import Entry
from reader.ui.panel.entry_model import EntryModel, EntryRole
from reader.ui.panel.painting import LEFT, SMALL, heavy, scaled
from reader.ui.panel.row_delegate import Index, RowDelegate

SQUARE = 8
GAP = 7
BAR = 3
TICK = QSize(2, 7)
_ORDER = {kind: place for place, kind in enumerate(Kind)}


class IndexModel(EntryModel):
    """Annotations grouped by kind, in the order of the kinds; a group without hits vanishes."""

    def arranged(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return sorted(entries, key=lambda entry: _ORDER[entry.annotation.kind])

    def rows_of(self, entries: Sequence[Entry]) -> Sequence[Entry | Kind]:
        rows: list[Entry | Kind] = []
        for kind, group in groupby(entries, key=lambda entry: entry.annotation.kind):
            rows.append(kind)
            rows.extend(group)
        return rows


class IndexDelegate(RowDelegate):
    """Draws an annotation: its kind's square, title, number of mentions, and the bar below.

    All rows are equally high, so that a long index stays quick; titles take one line.
    """

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(EntryRole.ID) is None:
            self._draw_heading(painter, option, index)
            return
        rect, right = option.rect, self.right_edge(option)
        color = self.theme.color(index.data(EntryRole.KIND))
        metrics = option.fontMetrics
        top = rect.top() + self._padding(metrics)
        side = pixels(option.font, SQUARE)
        square = QRectF(LEFT, top + (metrics.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(square, 2, 2)

        base = top + metrics.ascent()
        painter.setPen(self.theme.color("text"))
        painter.setFont(option.font)
        painter.drawText(_words(option), base, self._title(option, index))
        if count := _count(index):
            painter.setPen(self.theme.color("muted"))
            painter.setFont(scaled(option.font, SMALL))
            width = painter.fontMetrics().horizontalAdvance(count)
            painter.drawText(right - width, base, count)
        bar = QRectF(LEFT, top + metrics.height() + 5, right - LEFT, BAR)
        # The usual ground would be lost on a row that has one itself.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("rule" if self.ground(option, index) else "border"))
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        for tick in _ticks(bar, index.data(EntryRole.PLACES)):
            painter.fillRect(tick, color)

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(self.theme.color("muted"))
        painter.setFont(heavy(scaled(option.font, SMALL)))
        metrics = painter.fontMetrics()
        base = option.rect.bottom() - self._padding(metrics) - metrics.descent()
        painter.drawText(LEFT, base, index.data())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = option.fontMetrics
        return QSize(0, metrics.height() + 5 + BAR + 2 * self._padding(metrics))

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return index.data(EntryRole.ID) is not None and self._title(option, index) != index.data()

    def _padding(self, metrics: QFontMetrics) -> int:
        return round(metrics.height() * 0.44)

    def _title(self, option: QStyleOptionViewItem, index: Index) -> str:
        """The title, cut to what the number of mentions leaves of the line."""
        width = self.right_edge(option) - _words(option)
        if count := _count(index):
            width -= QFontMetrics(option.font).horizontalAdvance(count) + GAP
        return self.wrapping(option.font).broken(index.data(), width, 1).lines[0]


def _words(option: QStyleOptionViewItem) -> int:
    """Where a title begins, behind the square of its kind."""
    return LEFT + pixels(option.font, SQUARE + GAP)


def _count(index: Index) -> str:
    """The number of mentions; nothing for what is not mentioned but about the whole text."""
    return str(index.data(EntryRole.COUNT) or "")


def _ticks(bar: QRectF, places: Sequence[float]) -> Iterator[QRectF]:
    """Where on a bar to mark `places`; what would fall on the same pixel is marked once."""
    room = int(bar.width()) - TICK.width()
    first = QRectF(bar.topLeft(), QSizeF(TICK)).translated(0, (BAR - TICK.height()) / 2)
    for offset in {round(place * room) for place in places}:
        yield first.translated(offset, 0)
