"""The card of somebody else's mark: it can be read, and copied to one's own notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from reader.annotations.marks import Mark, MarkKind
from reader.text.model import Text
from reader.ui.announce import tell_state
from reader.ui.focus_order import arrange
from reader.ui.layers import LayerMark
from reader.ui.margin.card import short_height
from reader.ui.margin.link_line import LinkLabel, nothing
from reader.ui.margin.note_card import when
from reader.ui.margin.richtext import body_html
from reader.ui.margin.sheet import Sheet, draw_sheet
from reader.ui.mark_words import short_quote
from reader.ui.scripts import slanted
from reader.ui.theme import Theme

_SIDE = 15
_INDENT = 27
"""Pixels left of a single line's words, as on the cards of annotations."""

_STRIPE = 4
"""Pixels of the stripe at the left edge."""


@dataclass(frozen=True, slots=True)
class LayerContent:
    """All that such a card shows; `tip` tells more of a link."""

    of: LayerMark
    body: Text
    tip: Callable[[str], str] = nothing

    @property
    def id(self) -> str:
        """The mark's id."""
        return self.of.id


class LayerCard(Sheet):
    """Shows one mark of a layer, whole or as a single line."""

    copy_wanted = Signal(str)
    """The reader wants a mark like this: the id of the one that is shown."""

    def __init__(self, content: LayerContent, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.content = content
        self._whole = True
        mark = content.of.mark
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDE, 9, _SIDE - 2, 11)
        self._column.setSpacing(3)
        self._tools: QWidget | None = None
        """What can be done with it; a card that was never the active one has nothing of it."""
        self._head = self._label(self._head_words(), 0.86)
        self._quote = self._label(slanted(short_quote(mark), escape(short_quote(mark))), 0.96)
        self._body = self._label(body_html(content.body), 0.98)
        self._tags = self._label(" ".join(escape(f"#{tag}") for tag in mark.tags), 0.86)
        self._body.linkActivated.connect(lambda href: self.follow(unquote(href)))
        self._body.tell_of_links(content.tip)
        self._color()
        self._show_parts()
        self.setAccessibleName(", ".join(filter(None, (self._spoken(), short_quote(mark)))))
        self.setAccessibleDescription(content.body.string)

    # What it shows

    @property
    def id(self) -> str:
        return self.content.id

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return self._whole

    def set_whole(self, whole: bool) -> None:
        """Show everything, or a single line."""
        if whole != self._whole:
            self._whole = whole
            tell_state(self, "expanded")
            self._show_parts()
            self.updateGeometry()
            self.update()

    def set_active(self, active: bool) -> None:
        """Offer what can be done with it, or not."""
        if active != self._active:
            self._active = active
            tell_state(self, "selected")
            self._show_parts()
            self.update()

    def whole_height(self, width: int) -> int:
        """Pixels that the whole card takes at a width."""
        whole, self._whole = self._whole, True
        self._show_parts()
        self._column.invalidate()
        height = self._column.totalHeightForWidth(width)
        self._whole = whole
        self._show_parts()
        return height

    def short_height(self) -> int:
        """Pixels that the card takes as a single line."""
        return short_height(self.font())

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._color()
        self._body.read_again()
        self.update()

    # Parts

    def _label(self, html: str, size: float) -> LinkLabel:
        label = LinkLabel(self, size, html)
        self._column.addWidget(label)
        return label

    def _color(self) -> None:
        muted = self._theme.palette()
        muted.setColor(muted.ColorRole.WindowText, self._theme.color("muted"))
        self.setPalette(self._theme.palette())
        for label in (self._head, self._quote, self._tags):
            label.setPalette(muted)

    def _make_tools(self) -> QWidget:
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 4, 0, 0)
        copy = QToolButton(tools)
        copy.setText(self.tr("Copy to my notes"))
        copy.setToolTip(self.tr("Make a note of my own of it, which I can change"))
        copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        copy.clicked.connect(lambda: self.copy_wanted.emit(self.id))
        row.addStretch()
        row.addWidget(copy)
        self._column.addWidget(tools)
        arrange(self, (self._body, tools))
        return tools

    def _show_parts(self) -> None:
        mark = self.content.of.mark
        self._head.setVisible(self._whole)
        self._quote.setVisible(self._whole and bool(short_quote(mark)))
        self._body.setVisible(self._whole and bool(mark.note.strip()))
        self._tags.setVisible(self._whole and bool(mark.tags))
        if self._active and self._tools is None:
            self._tools = self._make_tools()
        if self._tools is not None:
            self._tools.setVisible(self._whole and self._active)

    def _head_words(self) -> str:
        layer, mark = self.content.of.layer, self.content.of.mark
        maker = mark.creator if mark.creator not in (layer.name, "") else ""
        parts = [maker, kind_words(mark), when(mark.modified or mark.created)]
        words = " · ".join(escape(part) for part in ("", *filter(None, parts)))
        return f"<b>{escape(layer.name)}</b>{words}"

    def _spoken(self) -> str:
        return ", ".join((self.content.of.layer.name, kind_words(self.content.of.mark)))

    # Drawing

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._whole else QSize(hint.width(), self.short_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stripe = self._theme.color(f"stripe_{self.content.of.layer.stripe}")
        body = QRectF(self.rect()).adjusted(2, 1, -2, -3 if self._whole else -1)
        if self._whole:
            lit = self._active or self.underMouse()
            draw_sheet(
                painter, body, self._theme, stripe if lit else self._theme.color("edge"), lit
            )
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(body, 6, 6)
        self.draw_focus(painter, body)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(stripe)
        air = 8 if self._whole else 3
        bar = QRectF(body.left() + 3, body.top() + air, _STRIPE, body.height() - 2 * air)
        painter.drawRoundedRect(bar, _STRIPE / 2, _STRIPE / 2)
        if not self._whole:
            self._paint_line(painter, body.adjusted(_INDENT - 2, 0, 4 - _SIDE, 0))

    def _paint_line(self, painter: QPainter, area: QRectF) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.86)
        metrics, tiny = QFontMetricsF(self.font()), QFontMetricsF(small)
        elide = Qt.TextElideMode.ElideRight
        name = tiny.elidedText(self.content.of.layer.name, elide, area.width() * 0.4)
        room = area.width() - tiny.horizontalAdvance(name) - 12
        words = self.content.body.string.replace("\n", " ") or short_quote(self.content.of.mark)
        painter.setFont(self.font())
        painter.setPen(self._theme.color("text"))
        painter.drawText(
            area, middle | Qt.AlignmentFlag.AlignLeft, metrics.elidedText(words, elide, room)
        )
        painter.setFont(small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, name)


def kind_words(mark: Mark) -> str:
    """What somebody else's mark is called."""
    match mark.kind:
        case MarkKind.NOTE:
            return QCoreApplication.translate("LayerCard", "Note")
        case MarkKind.BOOKMARK:
            return QCoreApplication.translate("LayerCard", "Bookmark")
        case MarkKind.ANSWER:
            return QCoreApplication.translate("LayerCard", "Answer")
    return QCoreApplication.translate("LayerCard", "Highlight")
