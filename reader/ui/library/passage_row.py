"""How a passage is drawn: what it is at the left, its words beside that, a note below them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from reader.annotations.marks import MarkKind
from reader.ui.library.lines import Lines, Styled, on_ground, underlined
from reader.ui.library.painting import cut, draw_square, fill, in_face, initial, square_ground, tip
from reader.ui.library.passages import Group, Passage, PassageRole
from reader.ui.panel.notes_signs import draw_sign, sign_size
from reader.ui.panel.painting import SMALL, scaled
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.panel.wrapping import MOST_LINES
from reader.ui.theme import Theme

PAD = 10
GAP = 8
WORDS = 1.06
TITLE = 1.16
MEASURE = 46
"""Lines of words are at most this wide, in heights of a line: longer ones are hard to read."""


class Frame(NamedTuple):
    """Where the parts of a row stand, in pixels from its left edge; `below` the label or not."""

    label: int
    words: int
    width: int
    aside: int
    below: bool


class PassageDelegate(RowDelegate):
    """Draws passages and the titles of their texts."""

    def __init__(self, theme: Theme, face: QFont) -> None:
        super().__init__(theme)
        self._face = face

    def ground(self, option: QStyleOptionViewItem, index: Index) -> str:
        return ""  # drawn below, with round corners

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        unit = option.fontMetrics.height()
        if self.most_lines(option) == 1:
            return QSize(0, round(4.1 * unit))
        if (passage := index.data(PassageRole.PASSAGE)) is None:
            return QSize(0, round(3.5 * unit))
        words, note = self._set(option, passage)
        height = words.height + (note.height + 0.2 * unit if note else 0)
        if self._frame(option).below:
            height += 1.1 * unit
        return QSize(0, round(height) + 2 * _padding(unit))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        group = index.data(PassageRole.GROUP)
        if group is not None:
            self._draw_group(painter, option, group, index.data(PassageRole.COUNT))
            return
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if hovered or current:
            ground = self.theme.color("chosen" if current else "hover")
            fill(painter, QRectF(option.rect).adjusted(0, 1, 0, -1), ground)
        elif not index.data(PassageRole.LAST):
            frame, rect = self._frame(option), option.rect
            left = rect.x() + frame.label
            painter.fillRect(
                left, rect.bottom(), rect.right() - left, 1, self.theme.color("border", 0.7)
            )
        self._draw_passage(painter, option, index.data(PassageRole.PASSAGE))

    # A text ----------------------------------------------------------------------------------

    def _draw_group(
        self, painter: QPainter, option: QStyleOptionViewItem, group: Group, words: str
    ) -> None:
        rect, metrics, theme = option.rect, option.fontMetrics, self.theme
        unit = metrics.height()
        high = round(1.7 * unit)
        square = QRectF(
            rect.x() + PAD, rect.bottom() - high - round(0.35 * unit), round(1.32 * unit), high
        )
        painter.setFont(in_face(self._face, option.font, 0.95, bold=True))
        sign = initial(group.title, group.language)
        ground = square_ground(theme, group.text_id)
        draw_square(painter, square, ground, theme.color("page"), sign)
        font = in_face(self._face, option.font, TITLE, bold=True)
        large = QFontMetrics(font)
        x = round(square.right()) + GAP + 4
        base = round(square.center().y() + large.capHeight() / 2)
        count = metrics.horizontalAdvance(words) + PAD
        title = cut(group.title, large, rect.right() - x - count - PAD)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(x, base, title)
        painter.setFont(option.font)
        painter.setPen(theme.color("muted"))
        painter.drawText(x + large.horizontalAdvance(title) + PAD, base, words)

    # A passage -------------------------------------------------------------------------------

    def _draw_passage(
        self, painter: QPainter, option: QStyleOptionViewItem, passage: Passage
    ) -> None:
        rect, theme, frame = option.rect, self.theme, self._frame(option)
        unit = option.fontMetrics.height()
        words, note = self._set(option, passage)
        top = rect.y() + _padding(unit)
        small = scaled(option.font, SMALL * 1.04)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        first = QFontMetrics(self._words_font(option)) if not frame.below else metrics
        base = top + first.ascent()
        aside = metrics.horizontalAdvance(passage.aside)
        painter.drawText(rect.right() - PAD - aside, base, passage.aside)
        x = rect.x() + frame.label
        if passage.mark is not None:
            draw_sign(painter, theme, passage.mark, metrics, x, base - metrics.ascent())
            painter.setPen(theme.color("muted"))
        x += sign_size(option.fontMetrics) + GAP
        room = frame.words - x + rect.x() - GAP
        if frame.below:
            room = rect.right() - aside - 2 * PAD - x
        painter.drawText(x, base, cut(passage.what, metrics, room))
        y = float(top + (round(1.1 * unit) if frame.below else 0))
        painter.setPen(theme.color("text"))
        words.draw(painter, QPointF(rect.x() + frame.words, y))
        if note:
            y += words.height + 0.2 * unit
            note.draw(painter, QPointF(rect.x() + frame.words, y))

    def _styles(self, passage: Passage) -> list[Styled]:
        """What of the words has a ground: all of them as marked, and what was looked for."""
        theme, mark = self.theme, passage.mark
        ink = theme.color("text")
        styles = []
        if mark is not None and passage.marked and mark.kind is not MarkKind.BOOKMARK:
            whole = (
                underlined(theme.color(f"ink_{mark.color}"))
                if mark.underline
                else on_ground(theme.color(f"mark_{mark.color}"), ink)
            )
            styles.append(Styled(0, len(passage.words), whole))
        found = on_ground(theme.color("found"), ink)
        return [*styles, *(Styled(start, end, found) for start, end in passage.found)]

    def _set(self, option: QStyleOptionViewItem, passage: Passage) -> tuple[Lines, Lines | None]:
        frame = self._frame(option)
        most = MOST_LINES
        if self.most_lines(option) == 1 and passage.note:
            most = 1
        words = Lines(
            passage.words, self._words_font(option), frame.width, most, self._styles(passage)
        )
        note = Lines(passage.note, option.font, frame.width, most) if passage.note else None
        return words, note

    def _words_font(self, option: QStyleOptionViewItem) -> QFont:
        return in_face(self._face, option.font, WORDS)

    def _frame(self, option: QStyleOptionViewItem) -> Frame:
        unit, width = option.fontMetrics.height(), option.rect.width()
        label = PAD + round(1.32 * unit) + GAP + 4 - sign_size(option.fontMetrics) - GAP
        label = max(PAD, label)
        aside = 6 * unit
        if width < 44 * unit:
            words = label + sign_size(option.fontMetrics) + GAP
            return Frame(label, words, width - words - PAD, aside, True)
        words = label + 8 * unit
        return Frame(label, words, min(MEASURE * unit, width - words - aside - PAD), aside, False)

    # The whole of it -------------------------------------------------------------------------

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        passage = index.data(PassageRole.PASSAGE) if index.isValid() else None
        if passage is None:
            return super().helpEvent(event, view, option, index)
        words, note = self._set(option, passage)
        whole = not words.cut and not (note and note.cut)
        words_whole = "" if whole else tip(passage.words, passage.note)
        QToolTip.showText(event.globalPos(), words_whole, view, QRect(option.rect))
        return True


def _padding(unit: int) -> int:
    return round(0.55 * unit)
