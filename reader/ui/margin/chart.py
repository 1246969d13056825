"""A figure's numbers, drawn: bars, shares of a whole, or a line over its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QEvent, QLocale, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reader.annotations.model import Chart, ChartKind
from reader.ui.theme import Theme

_NO_BREAK_SPACE = "\u00a0"
_NARROW_NO_BREAK_SPACE = "\u202f"
_MOST_DIGITS = 12
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WRAPPED = int(Qt.TextFlag.TextWordWrap)

# How much of the chart's colour lies on the card: the first bar or part, the next, the last.
_BARS = (1.0, 0.7, 0.6)
_PARTS = (1.0, 0.4, 0.2)
_AREA = 0.13
_TRACK = 0.0
_ROUNDED = 2.0


# Numbers as words --------------------------------------------------------------------------------


def number_words(number: float) -> str:
    """A number as the reader's language writes it, without needless decimals."""
    exact = Decimal(repr(number)).normalize().as_tuple()
    decimals = max(0, -int(exact.exponent))
    if max(len(exact.digits) + int(exact.exponent), decimals) > _MOST_DIGITS:
        return QLocale().toString(number, "g", 6)
    return QLocale().toString(number + 0.0, "f", decimals)


def value_words(number: float, unit: str) -> str:
    """A number with its unit, unbroken: “33 % of the fleet”, “12.7 million people”."""
    if not unit:
        return number_words(number)
    space = _NARROW_NO_BREAK_SPACE if unit.startswith("%") else _NO_BREAK_SPACE
    return f"{number_words(number)}{space}{unit}"


def chart_words(chart: Chart) -> str:
    """All of a chart's data in words, for who cannot see it."""
    return "; ".join(f"{label}: {value_words(value, chart.unit)}" for label, value in chart.values)


# Where everything stands -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    where: QRectF
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A bar, a part of one, or its square in the legend, in `share` of the chart's colour."""

    where: QRectF
    share: float


@dataclass(slots=True)
class _Drawing:
    """A chart laid out for one width."""

    height: int = 0
    words: list[_Words] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    axes: list[tuple[QPointF, QPointF]] = field(default_factory=list)
    line: list[QPointF] = field(default_factory=list)
    dots: list[QPointF] = field(default_factory=list)
    area: list[QPointF] = field(default_factory=list)
    answers: list[tuple[QRectF, str]] = field(default_factory=list)
    """Where the pointer learns which value."""


class _Layout:
    """Lays a chart out from the top down."""

    def __init__(self, chart: Chart, font: QFont, width: float, mirrored: bool) -> None:
        self._chart = chart
        self._metrics = QFontMetricsF(font)
        self._width = max(width, 1.0)
        self._mirrored = mirrored
        self._line = self._metrics.height()
        self._thick = max(4.0, round(self._line * 0.5))
        self._gap = max(2.0, round(self._line * 0.2))
        self._y = 0.0
        self._drawing = _Drawing()

    def drawing(self) -> _Drawing:
        if self._chart.title:
            self._y += self._words(self._chart.title, "muted", 0, self._y, self._width) + self._gap
        match self._chart.kind:
            case ChartKind.BARS:
                self._bars()
            case ChartKind.SHARE:
                self._share()
            case ChartKind.LINE:
                self._line_over_labels()
        self._drawing.height = ceil(self._y)
        return self._drawing

    def _bars(self) -> None:
        values = [value for _, value in self._chart.values]
        low, high = min(0.0, *values), max(0.0, *values)
        scale = self._width / ((high - low) or 1.0)
        zero = -low * scale
        for (label, value), share in zip(
            self._chart.values, _graded(_BARS, len(values)), strict=True
        ):
            top = self._y
            self._row(label, value, 0)
            self._y += 1
            length = value * scale
            if value and abs(length) < _ROUNDED:
                length = _ROUNDED if value > 0 else -_ROUNDED
            start = min(zero, self._width - max(length, 0.0))
            self._block(QRectF(start, self._y, length, self._thick).normalized(), share)
            if low < 0:
                self._axis(QPointF(zero, self._y - 2), QPointF(zero, self._y + self._thick + 2))
            self._y += self._thick
            self._answer(QRectF(0, top, self._width, self._y - top), label, value)
            self._y += self._gap * 2
        self._y -= self._gap

    def _share(self) -> None:
        values = [value for _, value in self._chart.values]
        shares = _graded(_PARTS, len(values))
        total = sum(values)
        whole = max(total, 100.0) if self._chart.unit.startswith("%") else total
        room = self._width
        if total < whole or not total:
            self._block(QRectF(0, self._y, room, self._thick), _TRACK)
        reached = 0.0
        for (label, value), share in zip(self._chart.values, shares, strict=True):
            start, reached = reached, reached + value
            if value:
                left, right = room * start / whole, room * reached / whole
                between = 1.0 if reached < total else 0.0
                part = QRectF(left, self._y, max(right - left - between, 1.0), self._thick)
                self._block(part, share)
                self._answer(part, label, value)
        self._y += self._thick + self._gap
        square = min(self._thick, 10.0)
        for (label, value), share in zip(self._chart.values, shares, strict=True):
            top = self._y
            self._block(QRectF(0, top + (self._line - square) / 2, square, square), share)
            self._row(label, value, square + self._gap * 2)
            self._answer(QRectF(0, top, self._width, self._y - top), label, value)
            self._y += 1

    def _line_over_labels(self) -> None:
        values = [value for _, value in self._chart.values]
        low, high = _span(values)
        radius = max(2.0, self._line * 0.17)
        plot = QRectF(radius + 1, self._y + self._line + radius + 2, 0, round(self._line * 4.5))
        plot.setWidth(max(1.0, self._width - 2 * plot.left()))

        def height_of(value: float) -> float:
            return plot.bottom() - plot.height() * (value - low) / (high - low)

        points = [
            QPointF(plot.left() + plot.width() * along, height_of(value))
            for along, value in zip(_along(self._chart.values), values, strict=True)
        ]
        most, least = values.index(max(values)), values.index(min(values))
        self._value_at(points[most], values[most], -radius - 2 - self._line)
        bottom = plot.bottom() + radius
        if values[least] < values[most]:
            self._value_at(points[least], values[least], radius + 2)
            bottom = max(bottom, points[least].y() + radius + 2 + self._line)
        self._drawing.line = points
        if low <= 0 <= high:
            floor = height_of(0)
            self._drawing.axes.append((QPointF(0, floor), QPointF(self._width, floor)))
            ends = QPointF(points[-1].x(), floor), QPointF(points[0].x(), floor)
            self._drawing.area = [*points, *ends]
        apart = min((b.x() - a.x() for a, b in pairwise(points)), default=plot.width())
        self._drawing.dots = (
            points if apart >= 3 * radius else [points[0], points[-1], points[most], points[least]]
        )
        self._y = bottom + self._gap
        self._labels_under(points)
        self._strips(points, plot.top())

    def _value_at(self, point: QPointF, value: float, above: float) -> None:
        words = value_words(value, self._chart.unit)
        width = min(self._metrics.horizontalAdvance(words) + 1, self._width)
        left = min(max(0.0, point.x() - width / 2), self._width - width)
        where = QRectF(left, point.y() + above, width, self._line)
        self._drawing.words.append(_Words(where, self._elided(words, width), "text"))

    def _labels_under(self, points: Sequence[QPointF]) -> None:
        most = self._width if len(points) == 1 else (self._width - self._gap * 2) / 2
        labels = [self._elided(label, most) for label, _ in self._chart.values]
        spans = []
        for point, label in zip(points, labels, strict=True):
            width = self._metrics.horizontalAdvance(label) + 1
            left = min(max(0.0, point.x() - width / 2), self._width - width)
            spans.append((left, left + width))
        for index in _not_colliding(spans, self._gap * 2):
            left, right = spans[index]
            where = QRectF(left, self._y, right - left, self._line)
            self._drawing.words.append(_Words(where, labels[index], "muted"))
        self._y += self._line

    def _strips(self, points: Sequence[QPointF], top: float) -> None:
        """Every point answers halfway to its neighbours, from top to bottom."""
        edges = [0.0, *((a.x() + b.x()) / 2 for a, b in pairwise(points)), self._width]
        for (left, right), (label, value) in zip(pairwise(edges), self._chart.values, strict=True):
            strip = QRectF(left, top, right - left, self._y - top)
            self._drawing.answers.append(
                (strip, f"{label}: {value_words(value, self._chart.unit)}")
            )

    def _row(self, label: str, value: float, indent: float) -> None:
        """A label, and at the other end its value; one above the other where it is narrow."""
        words = value_words(value, self._chart.unit)
        room = self._width - indent
        value_width = self._metrics.horizontalAdvance(words) + 1
        label_room = room - value_width - self._gap * 3
        label_width = self._metrics.horizontalAdvance(label) + 1
        if label_room >= min(label_width, room * 0.4):
            self._words(words, "text", self._width - value_width, self._y, value_width)
            self._y += self._words(label, "muted", indent, self._y, min(label_width, label_room))
        else:
            for text, role in ((label, "muted"), (words, "text")):
                self._y += self._words(text, role, indent, self._y, room)

    def _words(self, text: str, role: str, left: float, top: float, width: float) -> float:
        """Set words, in as many lines as they need; returns their height."""
        around = self._metrics.boundingRect(QRectF(0, 0, width, 1e6), _WRAPPED, text)
        height = max(self._line, around.height())
        if around.width() > width:
            text = self._elided(text, width)
        where = self._placed(QRectF(left, top, width, height))
        self._drawing.words.append(_Words(where, text, role))
        return height

    def _elided(self, text: str, width: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _block(self, where: QRectF, share: float) -> None:
        self._drawing.blocks.append(_Block(self._placed(where), share))

    def _axis(self, start: QPointF, end: QPointF) -> None:
        column = self._placed(QRectF(start, end))
        self._drawing.axes.append((column.topLeft(), column.bottomLeft()))

    def _answer(self, where: QRectF, label: str, value: float) -> None:
        words = f"{label}: {value_words(value, self._chart.unit)}"
        self._drawing.answers.append((self._placed(where), words))

    def _placed(self, where: QRectF) -> QRectF:
        if self._mirrored:
            where.moveLeft(self._width - where.right())
        return where


def _graded(shares: tuple[float, float, float], count: int) -> list[float]:
    """The first of `shares`, then from the second down to the last in equal steps."""
    first, second, last = shares
    step = (second - last) / max(1, count - 2)
    return [first, *(second - step * index for index in range(count - 1))]


def _span(values: Iterable[float]) -> tuple[float, float]:
    """What a line's height covers: from zero, unless that would flatten the line."""
    values = list(values)
    low, high = min(values), max(values)
    if low < 0 < high:
        return low, high
    if high - low >= 0.25 * max(abs(low), abs(high)) or low == high:
        low, high = min(0.0, low), max(0.0, high)
        return (low, high) if low < high else (0.0, 1.0)
    return low - (high - low) * 0.2, high


def _along(values: Sequence[tuple[str, float]]) -> list[float]:
    """Where each label lies from 0 to 1: by date when all are dates, else evenly."""
    times = [_time(label) for label, _ in values]
    dated = [time for time in times if time is not None]
    if len(dated) < len(times) or any(a >= b for a, b in pairwise(dated)):
        dated = [float(index) for index in range(len(values))]
    length = dated[-1] - dated[0]
    return [(time - dated[0]) / length if length else 0.5 for time in dated]


def _time(label: str) -> float | None:
    """A year, month or day as a number of years."""
    if not (match := _DATE.fullmatch(label.strip())):
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year + (month - 1) / 12 + (day - 1) / 366


def _not_colliding(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """Which labels to keep so that none touch: the first, the last, and every so many between."""
    last = len(spans) - 1
    for step in range(1, last + 1):
        kept = [*range(0, last, step), last]
        while len(kept) > 2 and spans[kept[-2]][1] + gap > spans[last][0]:
            del kept[-2]
        if all(spans[a][1] + gap <= spans[b][0] for a, b in pairwise(kept)):
            return kept
    return sorted({0, last})


# The widget --------------------------------------------------------------------------------------


class ChartView(QWidget):
    """A chart in the colour of `role`, as wide as it is given room and as high as it needs."""

    def __init__(self, chart: Chart, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._role = role
        self._theme: Theme | None = None
        self._laid_out: tuple[int, _Drawing] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.installEventFilter(self)  # for tool tips
        self._name()

    def apply_theme(self, theme: Theme) -> None:
        """Draw with this theme's roles from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        width = round(self.fontMetrics().averageCharWidth() * 44)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self.fontMetrics().averageCharWidth() * 16), self.fontMetrics().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._drawing(width).height

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.LocaleChange,
            QEvent.Type.StyleChange,
        ):
            self._laid_out = None
            self._name()
            self.updateGeometry()
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            where, words = self._answer_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self, where.toAlignedRect())
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QEvent) -> None:
        if self._theme is None:
            return
        drawing = self._drawing(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, drawing, self._theme)
        painter.setPen(Qt.PenStyle.NoPen)
        for block in drawing.blocks:
            painter.setBrush(
                self._theme.tint(self._role, "card", block.share)
                if block.share
                else self._theme.color("edge")
            )
            painter.drawRoundedRect(block.where, _ROUNDED, _ROUNDED)
        for words in drawing.words:
            painter.setPen(self._theme.color(words.role))
            painter.drawText(words.where, _WRAPPED, words.text)
        painter.end()

    def _paint_line(self, painter: QPainter, drawing: _Drawing, theme: Theme) -> None:
        if drawing.area:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint(self._role, "card", _AREA))
            painter.drawPolygon(QPolygonF(drawing.area))
        painter.setPen(QPen(theme.color("rule"), 1))
        for start, end in drawing.axes:
            painter.drawLine(start, end)
        colour = theme.color(self._role)
        pen = QPen(colour, 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(drawing.line))
        radius = max(2.0, self.fontMetrics().height() * 0.17)
        painter.setPen(QPen(theme.color("card"), 1.5))
        painter.setBrush(colour)
        for dot in drawing.dots:
            painter.drawEllipse(dot, radius + 0.75, radius + 0.75)

    def _drawing(self, width: int) -> _Drawing:
        if self._laid_out is None or self._laid_out[0] != width:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            layout = _Layout(self._chart, self.font(), width, mirrored)
            self._laid_out = width, layout.drawing()
        return self._laid_out[1]

    def _answer_at(self, point: QPointF) -> tuple[QRectF, str]:
        """The words for what lies under the pointer, and how far they hold."""
        for where, words in self._drawing(self.width()).answers:
            if where.contains(point):
                return where, words
        return QRectF(), ""

    def _name(self) -> None:
        kinds = {
            ChartKind.BARS: self.tr("Bar chart"),
            ChartKind.SHARE: self.tr("Shares of a whole"),
            ChartKind.LINE: self.tr("Line chart"),
        }
        self.setAccessibleName(self._chart.title or kinds[self._chart.kind])
        self.setAccessibleDescription(chart_words(self._chart))
