"""A note's card: the reader's own words beside the words they are on, written in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Color, MarkKind
from reader.annotations.placing import PlacedMark
from reader.text.model import Text
from reader.ui.announce import tell_state
from reader.ui.dates import date_words
from reader.ui.letters import pixels
from reader.ui.margin.guide import Guide
from reader.ui.margin.link_line import LinkLabel, link_line, nothing, reach_links, tell_of_links
from reader.ui.margin.note_edit import NoteEdit
from reader.ui.margin.rewriting import rewrite
from reader.ui.margin.richtext import body_html
from reader.ui.margin.sheet import Sheet, draw_sheet
from reader.ui.margin.tag_field import TagField
from reader.ui.mark_words import short_quote
from reader.ui.page.selection_bar import ColorDot, color_word
from reader.ui.scripts import slanted
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme

_SIDE = 13


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
        self._filling = False
        self._reads = False
        self._head = self._label(0.86)
        self._head.setContentsMargins(pixels(self, 14), 0, 0, 0)
        self._quote = self._label(0.96)
        self._quote.setContentsMargins(10, 3, 0, 4)
        self._body = self._label(0.98)
        self._body.linkActivated.connect(lambda href: self.follow(unquote(href)))
        self._tags = self._label(0.86)
        self._leads_to = self._label(0.92)
        self._links = self._label(0.92)
        for label in (self._leads_to, self._links):
            label.linkActivated.connect(self.follow)
        for label in (self._body, self._leads_to, self._links):
            tell_of_links(label, lambda target: self.content.tip(target))
        self._doubt = self._make_doubt()
        self._edit = NoteEdit(guide, self)
        self._edit.setPlaceholderText(self.tr("Write a note …"))
        self._edit.setAccessibleName(self.tr("Note"))
        self._edit.textChanged.connect(self._typed)
        self._edit.height_changed.connect(self._fit_edit)
        self._edit.done.connect(self.left)
        self._tag_field = TagField(guide, self)
        self._tag_field.setPlaceholderText(self.tr("Tags, such as essay, negotiation"))
        self._tag_field.setAccessibleName(self.tr("Tags"))
        self._tag_field.editingFinished.connect(self._tagged)
        self._tools = self._make_tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 9, _SIDE, 11)
        column.setSpacing(3)
        for part in (
            self._head,
            self._quote,
            self._doubt,
            self._body,
            self._edit,
            self._tags,
            self._tag_field,
            self._leads_to,
            self._links,
            self._tools,
        ):
            column.addWidget(part)
        self._column = column
        self.apply_theme(theme)
        self.show_content(content)

    # What it shows

    def show_content(self, content: NoteContent) -> None:
        """Show another state of the same mark; what is being typed stays as it is."""
        self.content = content
        mark = content.placed.mark
        self._filling = True
        self._head.setText(escape(self._head_words()))
        quote = short_quote(mark)
        self._quote.setText(slanted(quote, escape(quote)))
        self._body.setText(body_html(content.body))
        rewrite(self._edit, mark.note)
        self._reads = self._reads and bool(mark.note.strip())
        if not self._tag_field.hasFocus():
            self._tag_field.setText(", ".join(mark.tags))
        self._tags.setText(self._tags_html())
        self._leads_to.setText(link_line(self.tr("Links to"), _here(content.leads_to)))
        self._links.setText(link_line(self.tr("Linked from"), _here(content.links)))
        for label in (self._body, self._leads_to, self._links):
            reach_links(label)
        for color, dot in self._dots.items():
            dot.setChecked(color is mark.color)
        self._underline.setChecked(mark.underline)
        self._filling = False
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
        if not self._edit.hasFocus():
            return QRect()
        place = self._edit.viewport().mapTo(self, self._edit.cursorRect().topLeft())
        return QRect(place, self._edit.cursorRect().size())

    def start_typing(self) -> None:
        """Put the caret behind the last word."""
        if self._reads:
            self._reads = False
            self._show_parts()
            self.height_changed.emit(self.content.id)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit.moveCursor(self._edit.textCursor().MoveOperation.End)

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
        self._edit.setFixedWidth(max(40, width - 2 * _SIDE))
        self._edit.setFixedHeight(self._edit.wanted_height())
        self._column.invalidate()
        return self._column.totalHeightForWidth(width)

    def short_height(self) -> int:
        """As `whole_height` for the present width."""
        return self.height()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        palette = theme.palette()
        self.setPalette(palette)
        muted = theme.palette()
        muted.setColor(muted.ColorRole.WindowText, theme.color("muted"))
        for label in (self._head, self._quote, self._tags, self._leads_to, self._links):
            label.setPalette(muted)
        for dot in self._dots.values():
            dot.theme = theme
        field = (
            f"background: {theme['page']}; color: {theme['text']};"
            f" border: 1px solid {theme.outline().name()}; border-radius: 6px;"
        )
        focus = f"border: 2px solid {theme['accent']};"
        self._edit.setStyleSheet(f"QPlainTextEdit {{ {field} }} QPlainTextEdit:focus {{ {focus} }}")
        self._tag_field.setStyleSheet(
            f"QLineEdit {{ {field} padding: 3px 6px }}"
            f"QLineEdit:focus {{ {focus} padding: 2px 5px }}"
        )
        self._filling = True
        for label in (self._head, self._quote, self._body, self._leads_to, self._links):
            # A label sets the colours of its words and links when it reads them.
            words = label.text()
            label.setText("")
            label.setText(words)
        self._tags.setText(self._tags_html())
        self._filling = False
        self.update()

    # Parts

    def _tags_html(self) -> str:
        chosen, text = self._theme["chosen"], self._theme["text"]
        return " ".join(
            f"<span style='background:{chosen}; color:{text}'>&nbsp;{escape(tag)}&nbsp;</span>"
            for tag in self.content.placed.mark.tags
        )

    def _label(self, size: float) -> QLabel:
        label = LinkLabel(self)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * size)
        label.setFont(font)
        return label

    def _make_tools(self) -> QWidget:
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(1)
        self._dots = {color: ColorDot(color, tools) for color in Color}
        group = QButtonGroup(self)
        for number, (color, dot) in enumerate(self._dots.items(), 1):
            dot.key = str(number)
            dot.setCheckable(True)
            dot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dot.set_words(color_word(color))
            dot.clicked.connect(
                lambda _checked=False, color=color: self.color_wanted.emit(self.content.id, color)
            )
            group.addButton(dot)
            row.addWidget(dot)
        self._underline = QToolButton(tools)
        self._underline.setText("U")
        font = self._underline.font()
        font.setUnderline(True)
        self._underline.setFont(font)
        self._underline.setCheckable(True)
        self._underline.setToolTip(self.tr("Underline instead of a ground"))
        self._underline.setAccessibleName(self.tr("Underline instead of a ground"))
        self._underline.clicked.connect(lambda on: self.underline_wanted.emit(self.content.id, on))
        row.addWidget(self._underline)
        row.addStretch()
        delete = QToolButton(tools)
        delete.setText(self.tr("Delete"))
        delete.setAccessibleName(self.tr("Delete this mark"))
        delete.clicked.connect(lambda: self.delete_wanted.emit(self.content.id))
        row.addWidget(delete)
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

    def _show_parts(self) -> None:
        mark = self.content.placed.mark
        self._doubt.setVisible(self.content.placed.doubtful)
        writable = self._active and not self._reads and mark.kind is not MarkKind.BOOKMARK
        self._edit.setVisible(writable)
        self._tag_field.setVisible(writable)
        self._tools.setVisible(self._active)
        self._body.setVisible(not writable and bool(mark.note.strip()))
        self._tags.setVisible(not writable and bool(mark.tags))
        # While it is written its links stand below: those between its words are no links then.
        self._leads_to.setVisible(writable and bool(self.content.leads_to))
        self._links.setVisible(bool(self.content.links))

    def _fit_edit(self) -> None:
        self.height_changed.emit(self.content.id)

    def _typed(self) -> None:
        if not self._filling:
            self.edited.emit(self.content.id, self._edit.toPlainText())

    def _tagged(self) -> None:
        given = self._tag_field.tags()
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
            self._edit.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)


def _here(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(words, f"#{target}") for words, target in links]


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
