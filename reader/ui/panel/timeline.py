"""The timeline: what has a date, in order, along an upright line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from reader.ui.dates import date_words
from reader.ui.kinds import kind_name
from reader.ui.panel.entries import Entry
from reader.ui.panel.entry_model import EntryModel, EntryRole
from reader.ui.panel.painting import LEFT, SMALL, scaled
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.panel.wrapping import Broken

LINE = LEFT + 4
DOT = 4.5
WORDS = LINE + 15


class TimelineModel(EntryModel):
    """Annotations with a date, the earliest first."""

    def arranged(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        dated = (entry for entry in entries if entry.annotation.date)
        # A year comes before its months, a month before its days; one day before a span from it.
        return sorted(dated, key=lambda entry: (entry.annotation.date, entry.annotation.until))

    def spoken(self, entry: Entry) -> str:
        annotation = entry.annotation
        date = date_words(annotation.date, annotation.until)
        parts = [date, entry.title, kind_name(annotation.kind)]
        return ", ".join([*parts, *self.spoken_mentions(entry)])


class TimelineDelegate(RowDelegate):
    """Draws an event: a dot on the line, its date, and its title below."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        small = scaled(option.font, SMALL)
        metrics = QFontMetrics(small)
        top = rect.top() + self._padding(option)
        middle = top + metrics.height() / 2

        painter.setPen(QPen(self.theme.color("rule"), 1.5))
        above = middle if index.row() == 0 else rect.top()
        below = middle if index.row() == index.model().rowCount() - 1 else rect.bottom() + 1
        painter.drawLine(QLineF(LINE, above, LINE, below))
        # A ring of the row's ground sets the dot off from the line.
        ground = self.theme.color(self.ground(option, index) or "window")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(QPointF(LINE, middle), DOT + 2, DOT + 2)
        painter.setBrush(self.theme.color(index.data(EntryRole.KIND)))
        painter.drawEllipse(QPointF(LINE, middle), DOT, DOT)

        date = self._date(option, index).lines
        painter.setFont(small)
        painter.setPen(self.theme.color("muted"))
        _draw_lines(painter, top, date)
        painter.setFont(option.font)
        painter.setPen(self.theme.color("text"))
        _draw_lines(
            painter, top + len(date) * metrics.height() + 1, self._title(option, index).lines
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(scaled(option.font, SMALL))
        date = len(self._date(option, index).lines) * small.height() + 1
        title = len(self._title(option, index).lines) * option.fontMetrics.height()
        return QSize(0, date + title + 2 * self._padding(option))

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return self._title(option, index).cut

    def _padding(self, option: QStyleOptionViewItem) -> int:
        return round(option.fontMetrics.height() * 0.42)

    def _title(self, option: QStyleOptionViewItem, index: Index) -> Broken:
        return self._broken(option.font, option, index.data())

    def _date(self, option: QStyleOptionViewItem, index: Index) -> Broken:
        font = scaled(option.font, SMALL)
        return self._broken(font, option, index.data(EntryRole.DATE))

    def _broken(self, font: QFont, option: QStyleOptionViewItem, words: str) -> Broken:
        width = self.right_edge(option) - WORDS
        return self.wrapping(font).broken(words, width, self.most_lines(option))


def _draw_lines(painter: QPainter, top: int, lines: Sequence[str]) -> None:
    metrics = painter.fontMetrics()
    for number, line in enumerate(lines):
        painter.drawText(WORDS, top + number * metrics.height() + metrics.ascent(), line)
