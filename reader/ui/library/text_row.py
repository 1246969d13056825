"""How a text of the library is drawn: its square, title, progress, marks, and the last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from reader.library.texts import TextEntry
from reader.ui.library.painting import (
    cut,
    dashed,
    draw_square,
    fill,
    in_face,
    initial,
    square_ground,
    tip,
)
from reader.ui.library.texts_model import Row, TextRole
from reader.ui.library.words import (
    about_words,
    day_words,
    is_new,
    mark_words,
    marks_of,
    percent_words,
    said_marks,
    title_words,
)
from reader.ui.panel.painting import heavy
from reader.ui.panel.row_delegate import Index, RowDelegate
from reader.ui.theme import Theme

TITLE = 1.22
"""The size of a title, as a share of the interface's."""

PAD = 10
ABOVE = 14
GAP = 18
BAR = 5


class Spot(StrEnum):
    """A part of a row that does something of its own when it is clicked."""

    MORE = "more"
    FORGET = "forget"


class Columns(NamedTuple):
    """Where the columns of a row begin, and how wide they are; a width of 0: left out."""

    title: int
    title_width: int
    progress: int
    progress_width: int
    marks: int
    marks_width: int
    day: int
    day_width: int


class TextDelegate(RowDelegate):
    """Draws the rows of the library. All of them are equally high."""

    def __init__(self, theme: Theme, face: QFont, today: Callable[[], date] = date.today) -> None:
        super().__init__(theme)
        self._face = face
        self._today = today
        self.dragging = False
        """Whether a file is held over the list."""
        self.hot: tuple[QModelIndex, Spot] | None = None
        """The spot under the pointer."""
        self._columns: dict[tuple[int, str], Columns] = {}

    # What Qt asks for ------------------------------------------------------------------------

    def ground(self, option: QStyleOptionViewItem, index: Index) -> str:
        return ""  # drawn below, with round corners

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(
            0, _square(QRect(), option.fontMetrics).size().toSize().height() + 2 * ABOVE + 1
        )

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        match index.data(TextRole.ROW):
            case Row.TEXT:
                self._draw_text(painter, option, index, index.data(TextRole.ENTRY))
            case Row.DROP:
                self._draw_drop(painter, option, index)
            case Row.OFFERED:
                words = QCoreApplication.translate(
                    "Library", "They are for everybody; the marks that you make in them are yours."
                )
                self._draw_heading(painter, option, index, words)
            case Row.REMOVED:
                words = QCoreApplication.translate(
                    "Library",
                    "The marks stay, and can be exported, until you forget them for ever.",
                )
                self._draw_heading(painter, option, index, words)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        entry = index.data(TextRole.ENTRY) if index.isValid() else None
        if entry is not None:
            spot = self.spot_at(option, index, event.pos())
            words = _spot_words(spot) if spot else self._hidden(option, entry)
            QToolTip.showText(event.globalPos(), words, view, QRect(option.rect))
            return True
        return super().helpEvent(event, view, option, index)

    # Where its parts are ---------------------------------------------------------------------

    def spot_at(self, option: QStyleOptionViewItem, index: Index, place: QPoint) -> Spot | None:
        """The spot of a row at a place of the viewport."""
        entry = index.data(TextRole.ENTRY)
        if entry is None or entry.offered:
            return None
        for spot in Spot:
            if spot is Spot.FORGET and not entry.removed:
                continue
            if self.spot_rect(option, spot).contains(place):
                return spot
        return None

    def spot_rect(self, option: QStyleOptionViewItem, spot: Spot) -> QRect:
        """Where a spot lies in the row of `option`."""
        rect, metrics = option.rect, option.fontMetrics
        side = round(1.7 * metrics.height())
        top = rect.center().y() - side // 2
        more = QRect(rect.right() + 1 - PAD - side, top, side, side)
        if spot is Spot.MORE:
            return more
        width = metrics.horizontalAdvance(_spot_words(spot)) + metrics.height()
        return QRect(more.left() - 4 - width, top, width, side)

    def columns(self, option: QStyleOptionViewItem) -> Columns:
        """The columns that there is room for: the title comes first, progress second."""
        key = option.rect.width(), option.font.key()
        if key not in self._columns:
            if len(self._columns) > 64:
                self._columns.clear()
            self._columns[key] = columns_of(option.rect.width(), option.fontMetrics)
        return self._columns[key]

    def _hidden(self, option: QStyleOptionViewItem, entry: TextEntry) -> str:
        """What the row does not show whole."""
        metrics = QFontMetrics(self._title_font(option))
        width = self.columns(option).title_width
        about = self._about(option, entry)
        whole = (
            metrics.horizontalAdvance(title_words(entry)) <= width
            and option.fontMetrics.horizontalAdvance(about) <= width
        )
        return "" if whole else tip(title_words(entry), about)

    # A text ----------------------------------------------------------------------------------

    def _draw_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        entry: TextEntry,
    ) -> None:
        rect, metrics, theme = option.rect, option.fontMetrics, self.theme
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        ground = "chosen" if current else "hover" if hovered else ""
        if ground:
            fill(painter, QRectF(rect).adjusted(0, 0, 0, -1), theme.color(ground))
        else:
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("border"))

        painter.setFont(in_face(self._face, option.font, 1.32, bold=True))
        ground_color, ink = square_ground(theme, entry.id), theme.color("page")
        if entry.removed:
            ground_color, ink = theme.color("rule"), theme.color("text")
        words = title_words(entry)
        draw_square(
            painter, _square(rect, metrics), ground_color, ink, initial(words, entry.language)
        )

        columns = self.columns(option)
        muted = theme.color("muted")
        self._draw_words(painter, option, entry)
        painter.setFont(option.font)
        painter.setPen(muted)
        base = _middle_base(rect, metrics)
        if columns.marks_width:
            words = cut(marks_of(entry), metrics, columns.marks_width - GAP)
            painter.drawText(rect.x() + columns.marks, base, words)
        if entry.removed:
            self._draw_forget(painter, option, index)
        elif not entry.offered:
            if columns.day_width:
                room = columns.day_width - self.spot_rect(option, Spot.MORE).width()
                words = cut(day_words(entry.opened, self._today()), metrics, room)
                painter.drawText(rect.x() + columns.day, base, words)
            if columns.progress_width:
                self._draw_progress(painter, option, entry, columns, bool(ground))
        if (hovered or current) and not entry.offered:
            self._draw_more(painter, option, index)

    def _draw_words(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: TextEntry
    ) -> None:
        rect, metrics, columns = option.rect, option.fontMetrics, self.columns(option)
        font = self._title_font(option)
        large = QFontMetrics(font)
        width = columns.title_width
        if entry.removed:
            left = self.spot_rect(option, Spot.FORGET).left() - rect.x()
            width = min(width, left - columns.title - GAP)
        gap = round(0.12 * metrics.height())
        top = rect.center().y() - (large.height() + gap + metrics.height()) // 2
        x = rect.x() + columns.title
        painter.setFont(font)
        painter.setPen(self.theme.color("muted" if entry.removed else "text"))
        painter.drawText(x, top + large.ascent(), cut(title_words(entry), large, width))
        painter.setFont(option.font)
        painter.setPen(self.theme.color("muted"))
        base = top + large.height() + gap + metrics.ascent()
        painter.drawText(x, base, cut(self._about(option, entry), metrics, width))

    def _about(self, option: QStyleOptionViewItem, entry: TextEntry) -> str:
        """The second line; it also says what there is no column for."""
        columns = self.columns(option)
        parts = []
        if not (columns.progress_width or entry.removed or entry.offered):
            parts.append(percent_words(entry.progress))
        if not columns.marks_width:
            parts.append("" if is_new(entry) else said_marks(entry))
        return " · ".join(filter(None, [*parts, about_words(entry)]))

    def _draw_progress(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        entry: TextEntry,
        columns: Columns,
        grounded: bool,
    ) -> None:
        metrics = option.fontMetrics
        gap = round(0.22 * metrics.height())
        top = option.rect.center().y() - (metrics.height() + gap + BAR) // 2
        x = option.rect.x() + columns.progress
        painter.drawText(x, top + metrics.ascent(), percent_words(entry.progress))
        width = columns.progress_width - GAP
        bar = QRectF(x, top + metrics.height() + gap, width, BAR)
        # The usual ground would be lost on a row that has one itself.
        fill(painter, bar, self.theme.color("rule" if grounded else "border"), BAR / 2)
        if entry.progress > 0:
            bar.setWidth(max(BAR, width * min(1.0, entry.progress)))
            fill(painter, bar, self.theme.color("accent"), BAR / 2)

    def _draw_more(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(self.spot_rect(option, Spot.MORE))
        hot = self.hot == (index, Spot.MORE)
        if hot:
            fill(painter, rect, self.theme.color("rule", 0.55), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("text" if hot else "muted"))
        apart = 0.31 * option.fontMetrics.height()
        for step in (-1, 0, 1):
            painter.drawEllipse(rect.center() + QPointF(step * apart, 0), 1.6, 1.6)

    def _draw_forget(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = self.spot_rect(option, Spot.FORGET)
        if self.hot == (index, Spot.FORGET):
            fill(painter, QRectF(rect), self.theme.color("danger", 0.14), 6)
        painter.setFont(option.font)
        painter.setPen(self.theme.color("danger"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _spot_words(Spot.FORGET))

    # What is no text -------------------------------------------------------------------------

    def _draw_drop(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        lively = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
        active = self.dragging or bool(state & lively)
        theme = self.theme
        zone = QRectF(option.rect).adjusted(0, 20, 0, -2)
        line = theme.color("accent" if active else "rule")
        dashed(painter, zone, line, theme.tint("accent", "page", 0.1) if self.dragging else None)
        painter.setFont(option.font)
        painter.setPen(theme.color("text" if active else "muted"))
        words = cut(index.data(), option.fontMetrics, zone.width() - 2 * GAP)
        painter.drawText(zone, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, why: str
    ) -> None:
        rect, metrics = option.rect, option.fontMetrics
        base = rect.bottom() - round(0.7 * metrics.height()) - metrics.descent()
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self.theme.color("border"))
        painter.setFont(option.font)
        painter.setPen(self.theme.color("muted"))
        painter.drawText(rect.x() + PAD, base, cut(why, metrics, rect.width() - 2 * PAD))
        painter.setFont(heavy(option.font))
        painter.setPen(self.theme.color("text"))
        painter.drawText(rect.x() + PAD, base - round(1.15 * metrics.height()), index.data())

    def _title_font(self, option: QStyleOptionViewItem) -> QFont:
        return in_face(self._face, option.font, TITLE, bold=True)


def _spot_words(spot: Spot) -> str:
    if spot is Spot.FORGET:
        return QCoreApplication.translate("Library", "Forget for ever")
    return QCoreApplication.translate("Library", "More")


def _square(rect: QRect, metrics: QFontMetrics) -> QRectF:
    """Where a row's square stands."""
    height = metrics.height()
    return QRectF(rect.x() + PAD, rect.y() + ABOVE, round(2.5 * height), round(3.2 * height))


def _middle_base(rect: QRect, metrics: QFontMetrics) -> int:
    return rect.center().y() + (metrics.ascent() - metrics.descent()) // 2


def columns_of(width: int, metrics: QFontMetrics) -> Columns:
    """The columns of rows that are `width` pixels wide."""
    unit = metrics.height()
    title = round(_square(QRect(), metrics).right()) + GAP
    right = width - PAD
    day = max(map(metrics.horizontalAdvance, ("30 September", "30 Sep 2024", "Wednesday")))
    day += round(1.7 * unit) + 6
    marks = metrics.horizontalAdvance(mark_words(888, 88)) + GAP + 4
    many = metrics.horizontalAdvance(mark_words(88_888, 8_888)) + GAP + 4
    progress, narrow = 10 * unit + GAP, round(5.5 * unit) + GAP
    # Where no day is shown, the button of a row still has its place.
    button = round(1.7 * unit)
    taken, widths = button, (0, 0, 0)
    for some in (
        (progress, many, day),
        (progress, marks, day),
        (narrow, marks, day),
        (narrow, 0, day),
        (narrow, 0, 0),
    ):
        needed = sum(some) + (0 if some[2] else button)
        # The column is wide enough for many marks where titles keep ample room.
        if right - title - needed - GAP >= (30 if some[1] == many else 16) * unit:
            taken, widths = needed, some
            break
    start = right - taken
    return Columns(
        title,
        max(0, start - title - GAP),
        start,
        widths[0],
        start + widths[0],
        widths[1],
        start + widths[0] + widths[1],
        widths[2],
    )
