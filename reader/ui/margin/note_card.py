"""A note's card: the reader's own words beside the words they are on, written in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
)
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from reader.annotations.marks import MarkKind
from reader.annotations.placing import PlacedMark
from reader.text.model import Text
from reader.ui.announce import tell_state
from reader.ui.dates import date_words
from reader.ui.focus_order import arrange
from reader.ui.letters import pixels
from reader.ui.margin.guide import Guide
from reader.ui.margin.link_line import LinkLabel, link_line, marks_here, nothing
from reader.ui.margin.note_form import GAP, MarkTools, NoteForm
from reader.ui.margin.rewriting import rewrite
from reader.ui.margin.richtext import body_html
from reader.ui.margin.sheet import Sheet, draw_sheet
from reader.ui.mark_words import short_quote
from reader.ui.scripts import slanted
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme

_SIDE = 13

_PARTS = ("head", "quote", "doubt", "body", "form", "tags", "leads_to", "links", "tools")
"""What a card may have, from its top to its bottom."""

_SIZES = {"head": 0.86, "quote": 0.96, "body": 0.98, "tags": 0.86, "leads_to": 0.92, "links": 0.92}
"""The size of a label's letters, beside that of the window's."""


@dataclass(frozen=True, slots=True)
class NoteContent:
    """All that a note's card shows. Links are (words, what stands in a link to it).

    `links` are the notes that lead here, `leads_to` is what this one leads to; `tip` tells
    more of a link.
    """

    placed: PlacedMark
    body: Text
    color_name: str = ""
    links: Sequence[tuple[str, str]] = ()
    leads_to: Sequence[tuple[str, str]] = ()
    tip: Callable[[str], str] = nothing

    @property
    def id(self) -> str:
        """The mark's id."""
        return self.placed.mark.id


class NoteCard(Sheet):
    """Shows one mark; the active one can be edited, recoloured and deleted in place."""

    edited = Signal(str, str)
    """The mark's id and the note as it is typed now."""
    tags_edited = Signal(str, object)
    """The mark's id and a tuple of tags."""
    color_wanted = Signal(str, object)
    underline_wanted = Signal(str, bool)
    delete_wanted = Signal(str)
    confirmed = Signal(str)
    """The mark, whose place was in doubt, stands there."""
    words_wanted = Signal(str)
    """Other words are to be chosen for the mark, whose place is in doubt."""
    height_changed = Signal(str)

    def __init__(
        self,
        content: NoteContent,
        theme: Theme,
        guide: Guide,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.content = content
        self._guide = guide
        self._filling = False
        self._reads = False
        self._parts: dict[str, QWidget] = {}
        """What was needed so far of _PARTS."""
        self._form: NoteForm | None = None
        self._tools: MarkTools | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDE, 9, _SIDE, 11)
        self._column.setSpacing(GAP)
        self._head = self._label("head")
        self._quote = self._label("quote")
        self.setPalette(theme.palette())
        self.show_content(content)

    # What it shows

    def show_content(self, content: NoteContent) -> None:
        """Show another state of the same mark; what is being typed stays as it is."""
        self.content = content
        mark = content.placed.mark
        self._head.say(escape(self._head_words()))
        quote = short_quote(mark)
        self._quote.say(slanted(quote, escape(quote)))
        self._fill()
        self._reads = self._reads and bool(mark.note.strip())
        self._show_parts()
        self.setAccessibleName(f"{self._head_words()}, {quote}")
        self.setAccessibleDescription(content.body.string)
        self.update()

    def set_active(self, active: bool) -> None:
        """Let it be edited, or not."""
        if active != self._active:
            self._active = active
            tell_state(self, "selected")
            self._show_parts()
            self.update()

    def show_as_read(self) -> None:
        """Show the note, if there is one, as it reads, until it is chosen or somebody types."""
        self._reads = bool(self.content.placed.mark.note.strip())
        self._show_parts()

    def caret_rect(self) -> QRect:
        """Where the caret of the field that is typed in stands in the card; empty outside it."""
        if self._form is None or not self._form.note.hasFocus():
            return QRect()
        edit = self._form.note
        place = edit.viewport().mapTo(self, edit.cursorRect().topLeft())
        return QRect(place, edit.cursorRect().size())

    def start_typing(self) -> None:
        """Put the caret behind the last word."""
        if self._reads:
            self._reads = False
            self._show_parts()
            self.height_changed.emit(self.content.id)
        if self._form is not None:
            self._form.note.setFocus(Qt.FocusReason.OtherFocusReason)
            self._form.note.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def id(self) -> str:
        return self.content.id

    @property
    def whole(self) -> bool:
        """A reader's own note is never shortened."""
        return True

    def set_whole(self, whole: bool) -> None:
        """Nothing: see `whole`."""

    def whole_height(self, width: int) -> int:
        """Pixels that the card takes at a width."""
        if self._form is not None:
            self._form.set_width(max(40, width - 2 * _SIDE))
        self._column.invalidate()
        return self._column.totalHeightForWidth(width)

    def short_height(self) -> int:
        """As `whole_height` for the present width."""
        return self.height()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.setPalette(theme.palette())
        for name, part in self._parts.items():
            if isinstance(part, LinkLabel):
                self._color(name, part)
                part.read_again()
        if self._tools is not None:
            self._tools.apply_theme(theme)
        self._show_parts()
        self.update()

    # Parts

    def _show_parts(self) -> None:
        """Show what there is to see of the mark as it is now; the rest is not even made."""
        content, mark = self.content, self.content.placed.mark
        writable = self._active and not self._reads and mark.kind is not MarkKind.BOOKMARK
        if content.placed.doubtful and "doubt" not in self._parts:
            self._put("doubt", self._make_doubt())
        if writable and self._form is None:
            self._make_form()
        reads = not writable and bool(mark.note.strip())
        # While it is written its links stand below: those between its words are no links then.
        leads_to = content.leads_to if writable else ()
        self._say("body", body_html(content.body) if reads else "")
        self._say("tags", "" if writable else self._tags_html())
        self._say("leads_to", link_line(self.tr("Links to"), marks_here(leads_to)))
        self._say("links", link_line(self.tr("Linked from"), marks_here(content.links)))
        if self._active and self._tools is None:
            self._tools = self._make_tools()
        for name, shown in (
            ("doubt", content.placed.doubtful),
            ("form", writable),
            ("tools", self._active),
        ):
            if name in self._parts:
                self._parts[name].setVisible(shown)
        arrange(self, self._parts.values())

    def _say(self, name: str, html: str) -> None:
        """Have a label say something, or not be seen."""
        label = self._parts.get(name)
        if label is None and html:
            label = self._label(name)
        if isinstance(label, LinkLabel):
            if html:
                label.say(html)
            label.setVisible(bool(html))

    def _put(self, name: str, part: QWidget) -> None:
        """Have a part stand where it belongs among the others."""
        self._parts[name] = part
        self._parts = {name: self._parts[name] for name in _PARTS if name in self._parts}
        self._column.insertWidget(list(self._parts).index(name), part)

    def _tags_html(self) -> str:
        chosen, text = self._theme["chosen"], self._theme["text"]
        return " ".join(
            f"<span style='background:{chosen}; color:{text}'>&nbsp;{escape(tag)}&nbsp;</span>"
            for tag in self.content.placed.mark.tags
        )

    def _label(self, name: str) -> LinkLabel:
        label = LinkLabel(self, _SIZES[name])
        if name == "head":
            label.setContentsMargins(pixels(self, 14), 0, 0, 0)
        elif name == "quote":
            label.setContentsMargins(10, 3, 0, 4)
        elif name != "tags":
            label.linkActivated.connect(lambda href: self._follow(name, href))
            label.tell_of_links(lambda target: self.content.tip(target))
        self._color(name, label)
        self._put(name, label)
        return label

    def _follow(self, name: str, href: str) -> None:
        self.follow(unquote(href) if name == "body" else href)

    def _color(self, name: str, label: QLabel) -> None:
        if name != "body":
            palette = self._theme.palette()
            palette.setColor(QPalette.ColorRole.WindowText, self._theme.color("muted"))
            label.setPalette(palette)

    def _make_form(self) -> None:
        form = self._form = NoteForm(self._guide, self)
        self._fill()
        form.note.textChanged.connect(self._typed)
        form.note.height_changed.connect(lambda: self.height_changed.emit(self.content.id))
        form.note.done.connect(self.left)
        form.tags.editingFinished.connect(self._tagged)
        self._put("form", form)

    def _make_tools(self) -> MarkTools:
        tools = MarkTools(self._theme, self)
        tools.color_wanted.connect(lambda color: self.color_wanted.emit(self.content.id, color))
        tools.underline_wanted.connect(lambda on: self.underline_wanted.emit(self.content.id, on))
        tools.delete_wanted.connect(lambda: self.delete_wanted.emit(self.content.id))
        tools.show_mark(self.content.placed.mark)
        self._put("tools", tools)
        return tools

    def _make_doubt(self) -> QWidget:
        """What a mark says of whose place nobody is certain, and what can be done about it."""
        doubt = QWidget(self)
        row = StripLayout(doubt, gap=6)
        words = QLabel(self.tr("Is this the place?"), doubt)
        row.addWidget(words)
        for says, signal in (
            (self.tr("Yes, here"), self.confirmed),
            (self.tr("Choose its words…"), self.words_wanted),
        ):
            button = QPushButton(says, doubt)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(self.content.id))
            row.addWidget(button)
        return doubt

    def _fill(self) -> None:
        """Have the fields and the buttons, where there are any, say what the mark is now."""
        mark = self.content.placed.mark
        if self._form is not None:
            self._filling = True
            rewrite(self._form.note, mark.note)
            self._filling = False
            if not self._form.tags.hasFocus():
                self._form.tags.setText(", ".join(mark.tags))
        if self._tools is not None:
            self._tools.show_mark(mark)

    def _typed(self) -> None:
        if self._form is not None and not self._filling:
            self.edited.emit(self.content.id, self._form.note.toPlainText())

    def _tagged(self) -> None:
        given = self._form.tags.tags() if self._form is not None else ()
        if given != self.content.placed.mark.tags:
            self.tags_edited.emit(self.content.id, given)

    def _head_words(self) -> str:
        mark = self.content.placed.mark
        kinds = {
            MarkKind.NOTE: self.tr("My note"),
            MarkKind.HIGHLIGHT: self.tr("My highlight"),
            MarkKind.BOOKMARK: self.tr("My bookmark"),
            MarkKind.ANSWER: self.tr("My answer"),
        }
        doubt = self.tr("place uncertain") if self.content.placed.doubtful else ""
        parts = [kinds[mark.kind], doubt, self.content.color_name, when(mark.modified)]
        return " · ".join(filter(None, parts))

    # Drawing and input

    def sizeHint(self) -> QSize:
        return super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color(f"ink_{self.content.placed.mark.color}")
        body = QRectF(self.rect()).adjusted(2, 1, -2, -3)
        lit = self._active or self.underMouse()
        draw_sheet(painter, body, self._theme, ink if lit else self._theme.color("edge"), lit)
        self.draw_focus(painter, body)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        metrics = QFontMetricsF(self._head.font())
        middle = self._head.geometry().top() + metrics.height() / 2
        side = pixels(self, 8)
        painter.drawRoundedRect(QRectF(_SIDE, middle - side / 2, side, side), 2, 2)
        quote = self._quote.geometry()
        painter.drawRect(QRectF(_SIDE, quote.top() + 4, 2.5, quote.height() - 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.hasFocus():
            self.delete_wanted.emit(self.content.id)
        elif self._reads and event.text().isprintable() and event.text().strip():
            self.start_typing()
            if self._form is not None:
                self._form.note.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)


def when(moment: str) -> str:
    """A moment in UTC (ISO 8601) as one says it: today with the time, else the day."""
    at = QDateTime.fromString(moment, Qt.DateFormat.ISODate).toLocalTime()
    if not at.isValid():
        return ""
    locale = QLocale()
    days = at.date().daysTo(QDateTime.currentDateTime().date())
    time = locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    if days == 0:
        return QCoreApplication.translate("NoteCard", "today, {0}").format(time)
    if days == 1:
        return QCoreApplication.translate("NoteCard", "yesterday, {0}").format(time)
    return date_words(at.date().toString(Qt.DateFormat.ISODate))
