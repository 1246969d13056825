"""A card: one annotation as the margin shows it, whole or as a single line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.annotations.model import Annotation
from reader.text.model import Text
from reader.ui.announce import tell_state
from reader.ui.dates import date_words
from reader.ui.kinds import kind_name
from reader.ui.letters import pixels
from reader.ui.margin.chart import ChartView
from reader.ui.margin.link_line import LinkLabel, link_line, marks_here, nothing
from reader.ui.margin.picture import PictureView
from reader.ui.margin.richtext import body_html
from reader.ui.margin.sheet import Sheet, draw_sheet
from reader.ui.page.pictures import Picture
from reader.ui.theme import Theme

_SIDE = 13

_SIZES = {"head": 0.86, "title": 1.06, "body": 0.98, "links": 0.92}
"""Of the letters of each part, 1.0 being the size of the card's."""


@dataclass(frozen=True, slots=True)
class CardContent:
    """All that a card shows. Links are (words, where): a code point, or what a note's link says.

    `tip` tells more of a link.
    """

    annotation: Annotation
    body: Text
    mentions: Sequence[tuple[str, int]] = ()
    see: Sequence[tuple[str, str]] = ()
    linked_from: Sequence[tuple[str, str]] = ()
    picture: Picture | None = None
    tip: Callable[[str], str] = nothing

    @property
    def id(self) -> str:
        """The annotation's id."""
        return self.annotation.id


class Card(Sheet):
    """Shows one annotation."""

    travel_wanted = Signal(str, int)
    """A mention was chosen: the annotation's id and a code point of the text."""

    def __init__(self, content: CardContent, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.content = content
        self._whole = True
        self._is_faded = False
        """Whether what a single line does not show still has the colours of before."""
        annotation = content.annotation
        self._parts: list[LinkLabel] = []
        self._chart: ChartView | None = None
        self._picture: PictureView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDE, 9, _SIDE, 11)
        self._column.setSpacing(0)
        words = " · ".join(
            filter(
                None, (kind_name(annotation.kind), date_words(annotation.date, annotation.until))
            )
        )
        self._head = self._label(escape(words), "head", indent=pixels(self, 14))
        self._title = self._label(f"<b>{escape(annotation.title)}</b>", "title")
        if annotation.body:
            self._add(body_html(content.body), "body", 3)
        if annotation.chart:
            self._chart = ChartView(annotation.chart, annotation.kind.value)
            self._column.addSpacing(7)
            self._column.addWidget(self._chart)
        if content.picture is not None and annotation.image:
            self._picture = PictureView(content.picture, annotation.image, theme)
            self._column.addSpacing(8)
            self._column.addWidget(self._picture)
        for html in self._links():
            self._add(html, "links", 7)
        self._apply_theme()
        self.setAccessibleName(self._spoken())
        self.setAccessibleDescription(self._spoken_body())

    # What it shows

    def set_whole(self, whole: bool) -> None:
        """Show everything, or a single line."""
        if whole == self._whole:
            return
        self._whole = whole
        if whole and self._is_faded:
            self._apply_theme()
        tell_state(self, "expanded")
        for widget in self._widgets:
            widget.setVisible(whole)
        self.updateGeometry()
        self.update()

    def set_active(self, active: bool) -> None:
        """Show that this is the card of the words that are being looked at."""
        if active != self._active:
            self._active = active
            tell_state(self, "selected")
            self.update()

    @property
    def _widgets(self) -> list[QWidget]:
        return [part for part in (*self._parts, self._chart, self._picture) if part is not None]

    @property
    def id(self) -> str:
        return self.content.id

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return self._whole

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._is_faded = not self._whole
        if self._whole:
            self._apply_theme()
        self.update()

    def whole_height(self, width: int) -> int:
        """Pixels that the whole card takes at a width."""
        if self._whole:
            return self._column.totalHeightForWidth(width)
        for widget in self._widgets:
            widget.setVisible(True)
        self._column.invalidate()
        height = self._column.totalHeightForWidth(width)
        for widget in self._widgets:
            widget.setVisible(False)
        return height

    def short_height(self) -> int:
        """Pixels that the card takes as a single line."""
        return short_height(self.font())

    def plain_words(self) -> str:
        """All that the card says, as a screen reader reads it."""
        return "\n".join(filter(None, (self._spoken(), self._spoken_body())))

    # Parts

    def _label(self, html: str, role: str, indent: int = 0) -> LinkLabel:
        label = LinkLabel(self, _SIZES[role], html)
        label.setProperty("role", role)
        label.setContentsMargins(indent, 0, 0, 0)
        label.tell_of_links(self.content.tip)
        # What stands in a link of Markdown is written as in an address.
        plain = unquote if role == "body" else str
        label.linkActivated.connect(lambda href: self._follow(plain(href)))
        self._column.addWidget(label)
        self._parts.append(label)
        return label

    def _add(self, html: str, role: str, space: int) -> None:
        label = self._label(html, role)
        label.setContentsMargins(0, space, 0, 0)

    def _links(self) -> list[str]:
        content = self.content
        mentions = [(words, f"mention:{at}") for words, at in content.mentions]
        count = QCoreApplication.translate("Card", "%n mention(s)", "", len(mentions))
        lines = (
            link_line(count, mentions if len(mentions) > 1 else (), " · "),
            link_line(self.tr("See also"), marks_here(content.see)),
            link_line(self.tr("Linked from"), marks_here(content.linked_from)),
        )
        return [line for line in lines if line]

    def _follow(self, href: str) -> None:
        if href.startswith("mention:"):
            self.travel_wanted.emit(self.content.annotation.id, int(href.removeprefix("mention:")))
        else:
            self.follow(href)

    def _apply_theme(self) -> None:
        self._is_faded = False
        for view in (self._chart, self._picture):
            if view is not None:
                view.apply_theme(self._theme)
        palette = self._theme.palette()
        for label in self._parts:
            own = self._theme.palette()
            if label.property("role") in ("head", "links"):
                own.setColor(own.ColorRole.WindowText, self._theme.color("muted"))
                own.setColor(own.ColorRole.Text, self._theme.color("muted"))
            label.setPalette(own)
            label.read_again()
        self.setPalette(palette)

    def _spoken(self) -> str:
        annotation = self.content.annotation
        kind = kind_name(annotation.kind)
        return ", ".join(filter(None, (kind, annotation.title, _when(annotation))))

    def _spoken_body(self) -> str:
        parts = [self.content.body.string]
        if self._chart:
            parts.append(self._chart.accessibleDescription())
        if self._picture:
            parts.append(self._picture.accessibleName())
        return "\n".join(filter(None, parts))

    # Drawing and input

    def sizeHint(self) -> QSize:
        if self._whole:
            return super().sizeHint()
        return QSize(super().sizeHint().width(), self.short_height())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, kind = self._theme, self.content.annotation.kind.value
        body = QRectF(self.rect()).adjusted(2, 1, -2, -3 if self._whole else -1)
        if self._whole:
            self._paint_sheet(painter, body)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(body, 6, 6)
        self.draw_focus(painter, body)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(kind))
        side = pixels(self, 8)
        if self._whole:
            middle = self._head.geometry().center().y() + 0.5
            painter.drawRoundedRect(QRectF(_SIDE, middle - side / 2, side, side), 2, 2)
            return
        painter.drawRoundedRect(QRectF(_SIDE, body.center().y() - side / 2, side, side), 2, 2)
        self._paint_line(painter, body)

    def _paint_sheet(self, painter: QPainter, body: QRectF) -> None:
        theme, kind = self._theme, self.content.annotation.kind.value
        edge = theme.color("edge")
        if self._active:
            edge = theme.color(kind)
        elif self.underMouse():
            edge = theme.tint(kind, "card", 0.45)
        draw_sheet(painter, body, theme, edge, self._active)

    def _paint_line(self, painter: QPainter, body: QRectF) -> None:
        annotation = self.content.annotation
        font = QFont(self.font())
        font.setBold(True)
        area = body.adjusted(_SIDE + pixels(self, 14) - 2, 0, -_SIDE, 0)
        metrics = QFontMetricsF(font)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.86)
        kind = kind_name(annotation.kind)
        kind_width = QFontMetricsF(small).horizontalAdvance(kind)
        title_room = area.width() - kind_width - 12
        title = metrics.elidedText(annotation.title, Qt.TextElideMode.ElideRight, title_room)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, kind)


def short_height(font: QFont) -> int:
    """Pixels that any card takes as a single line in this font."""
    return round(QFontMetricsF(font).height()) + 6


def _when(annotation: Annotation) -> str:
    return date_words(annotation.date, annotation.until)
