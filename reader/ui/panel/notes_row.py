"""How a mark's row is drawn: a sign in its colour, its words, the note, the tags."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from reader.annotations.anchors import State
from reader.ui.panel.notes_entries import NoteEntry
from reader.ui.panel.notes_groups import Row
from reader.ui.panel.notes_model import NoteRole
from reader.ui.panel.notes_signs import draw_sign, sign_size
from reader.ui.panel.notes_words import state_words, title_of
from reader.ui.panel.painting import LEFT, SMALL, heavy, scaled
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.panel.words import shortened
from reader.ui.panel.wrapping import MOST_LINES, Broken
from reader.ui.scripts import upright
from reader.ui.theme import Theme

GAP = 7
LEADING = 2
_ROLES = {State.DOUBTFUL: "link", State.ORPHANED: "danger"}
_MOST_IN_TIP = 1200


class Part(NamedTuple):
    """Words on a line, in one font and one colour of the theme."""

    words: str
    font: QFont
    role: str


class NotesDelegate(RowDelegate):
    """Draws a mark: its sign and its quote, below them the note, what is amiss, and the tags.

    Where all rows are equally high they have two lines. Then the second has all that
    would have lines of its own, and a quote that stands alone has both.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._measured: tuple[QFont, tuple[int, int, int]] | None = None
        """A font, and the heights of rows that are set in it."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(NoteRole.ROW)
        if row.entry is None:
            self._draw_heading(painter, option, index.data(), str(row.size))
            return
        top = option.rect.top() + _padding(option)
        stripe = row.entry.layer.stripe if row.entry.layer else None
        draw_sign(painter, self.theme, row.entry.mark, option.fontMetrics, LEFT, top, stripe)
        for line in self._lines(option, row.entry):
            metrics = max((QFontMetrics(part.font) for part in line), key=QFontMetrics.ascent)
            x, right = _words_left(option), self.right_edge(option)
            for part in line:
                words = self._fitted(part, right - x).lines[0]
                painter.setFont(part.font)
                painter.setPen(self.theme.color(part.role))
                painter.drawText(x, top + metrics.ascent(), words)
                x += painter.fontMetrics().horizontalAdvance(words) + GAP
                if right - x < metrics.height():
                    break
            top += metrics.height() + LEADING

    def _draw_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, words: str, count: str
    ) -> None:
        small = scaled(option.font, SMALL)
        metrics = QFontMetrics(small)
        base = option.rect.bottom() - _padding(option) // 2 - metrics.descent()
        right = self.right_edge(option) - metrics.horizontalAdvance(count)
        painter.setPen(self.theme.color("muted"))
        painter.setFont(small)
        painter.drawText(right, base, count)
        painter.setFont(heavy(small))
        heading = self._heading(option, words, right - GAP - LEFT).lines[0]
        painter.drawText(LEFT, base, heading)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high, small, padding = self._heights(option)
        if self.most_lines(option) == 1:
            return QSize(0, 2 * high + LEADING + padding)
        row: Row = index.data(NoteRole.ROW)
        if row.entry is None:
            return QSize(0, small + padding)
        entry, words = row.entry, title_of(row.entry)
        width = self.right_edge(option) - _words_left(option)
        large_lines = self.wrapping(_quoting(option, words)).lines(words, width) + entry.has_note
        small_lines = sum(map(bool, (entry.state in _ROLES, entry.mark.tags, entry.layer)))
        leading = LEADING * (large_lines + small_lines - 1)
        return QSize(0, large_lines * high + small_lines * small + leading + padding)

    def _heights(self, option: QStyleOptionViewItem) -> tuple[int, int, int]:
        """Of a line, of a small one, and of what is above and below them all."""
        font = option.font
        if self._measured is None or self._measured[0] != font:
            small = QFontMetrics(scaled(font, SMALL)).height()
            heights = (QFontMetrics(font).height(), small, 2 * _padding(option))
            self._measured = QFont(font), heights
        return self._measured[1]

    # The words -------------------------------------------------------------------------------

    def _lines(self, option: QStyleOptionViewItem, entry: NoteEntry) -> list[list[Part]]:
        more = _below(option, entry)
        equal = self.most_lines(option) == 1
        quote = self._quote(option, entry, 1 if equal and more else MOST_LINES)
        # Where the reader wrote something, that is what is read first.
        role = "muted" if entry.has_note else "text"
        lines = [[Part(words, _quoting(option, title_of(entry)), role)] for words in quote.lines]
        if equal:
            return [*lines, more] if more else lines
        return lines + [[part] for part in more]

    def _quote(self, option: QStyleOptionViewItem, entry: NoteEntry, most: int) -> Broken:
        words, width = title_of(entry), self.right_edge(option) - _words_left(option)
        return self.wrapping(_quoting(option, words)).broken(words, width, most)

    def _heading(self, option: QStyleOptionViewItem, words: str, width: int) -> Broken:
        return self.wrapping(heavy(scaled(option.font, SMALL))).broken(words, width, 1)

    def _fitted(self, part: Part, width: int) -> Broken:
        return self.wrapping(part.font).broken(part.words, width, 1)

    # The whole of it -------------------------------------------------------------------------

    def is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        row: Row = index.data(NoteRole.ROW)
        if row.entry is None:
            metrics = QFontMetrics(scaled(option.font, SMALL))
            width = self.right_edge(option) - metrics.horizontalAdvance(str(row.size)) - GAP - LEFT
            return self._heading(option, index.data(), width).cut
        more = _below(option, row.entry)
        equal = self.most_lines(option) == 1
        if self._quote(option, row.entry, 1 if equal and more else MOST_LINES).cut:
            return True
        width = self.right_edge(option) - _words_left(option)
        return any(self._fitted(part, width).cut for part in more) or (equal and len(more) > 1)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        if index.isValid() and self.is_cut(option, index):
            row: Row = index.data(NoteRole.ROW)
            tip = _tip(row.entry) if row.entry else f"<p>{escape(index.data())}</p>"
            QToolTip.showText(event.globalPos(), tip, view, QRect(option.rect))
        else:
            QToolTip.hideText()
        return True


def _below(option: QStyleOptionViewItem, entry: NoteEntry) -> list[Part]:
    """What stands below the quote."""
    small = scaled(option.font, SMALL)
    parts = (
        Part(state_words(entry.state), small, _ROLES.get(entry.state, "text")),
        Part(entry.note, option.font, "text"),
        Part(entry.tags, small, "muted"),
        Part(entry.layer.name if entry.layer else "", small, "muted"),
    )
    return [part for part in parts if part.words]


def _tip(entry: NoteEntry) -> str:
    """All of a mark, as far as a tool tip goes, for Qt to break into lines."""
    quote = shortened(entry.mark.selector.exact, _MOST_IN_TIP)
    note = shortened(entry.mark.note, _MOST_IN_TIP)
    name = entry.layer.name if entry.layer else ""
    parts = (f"“{quote}”" if quote else "", note, entry.tags, name)
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def _quoting(option: QStyleOptionViewItem, words: str) -> QFont:
    font = QFont(option.font)
    font.setItalic(True)
    return upright(font, words)


def _words_left(option: QStyleOptionViewItem) -> int:
    return LEFT + sign_size(option.fontMetrics) + GAP


def _padding(option: QStyleOptionViewItem) -> int:
    return round(option.fontMetrics.height() * 0.42)
