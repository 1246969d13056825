"""Reading: the page with its margin, and every way of going from one place to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from reader.annotations.attachment import Mention
from reader.copies.copy import Copy
from reader.ui.announce import announce
from reader.ui.fonts import Faces
from reader.ui.margin.caret import Caret, caret_in, put_caret
from reader.ui.margin.margin import Margin
from reader.ui.margin.popover import Popover
from reader.ui.margin.preview import Preview
from reader.ui.page.composition import Composition
from reader.ui.page.focus_frame import FocusFrame
from reader.ui.page.page import PageView
from reader.ui.page.pieces import PreparedText
from reader.ui.page.typography import column_width
from reader.ui.ruler import Ruler
from reader.ui.theme import Theme
from reader.ui.travel import Travel

if TYPE_CHECKING:
    from reader.ui.margin.card_maker import AnyCard

_AIR = (32, 56)
"""Pixels between the text and what stands beside it, at least and at most."""

_MARGIN = (300, 420)
"""Pixels of the margin's width, at least and at most, at the usual size of letters."""


class ReadingView(QWidget):
    """Shows one copy. Positions are code points of its canonical string."""

    place_changed = Signal()
    """Another part of the text is in view."""

    travelled = Signal()
    """There is more, or less, to go back or forward to."""

    link_activated = Signal(str)
    """An address outside the text was chosen."""

    closed = Signal()
    """No card is active any longer."""

    annotations_wanted = Signal()
    """One of the author's annotations is to be shown while they are hidden."""

    arranged = Signal()
    """Text and margin have other places than before."""

    size_wanted = Signal(int)
    """The wheel asks for larger (1) or smaller (-1) text."""

    def __init__(self, faces: Faces, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._copy: Copy | None = None
        self._scale = 1.0
        self._composition = Composition()
        self._least_air = _AIR[0]
        self._faces = faces
        self._margin_wanted = True
        self._is_authored = False
        self._is_noted = False
        self._underlines = "first"
        self._shows_annotations = True
        self.travel = Travel[int]()
        self.page = PageView(faces, theme, self)
        self.ruler = Ruler(self.page, theme)
        self._frame = FocusFrame(self.page, theme)
        self.margin = Margin(self.page, theme)
        self.preview = Preview(self.page, theme)
        self.popover = Popover(self.page)
        self._popped = Mention(0, 0, "")
        self._popped_at = 0.0
        self._arranging = False
        self.page.resized.connect(self._arrange)
        self.page.place_changed.connect(self._page_moved)
        self.page.mention_activated.connect(self._activate_mention)
        self.page.mention_hovered.connect(self._preview)
        self.page.link_activated.connect(self.link_activated)
        self.page.size_wanted.connect(self.size_wanted)
        self.page.travel_wanted.connect(lambda forward: self.forward() if forward else self.back())
        self.margin.maker.travel_wanted.connect(self._follow_mention)
        self.margin.maker.annotation_wanted.connect(self.show_annotation)
        self.margin.maker.link_activated.connect(self.link_activated)
        self.margin.card_activated.connect(self._activate_card)
        self.margin.left.connect(self._leave_card)
        self.popover.closed.connect(self._popover_closed)
        self.margin.note_renewed.connect(self.popover.renew)
        self.margin.answer_renewed.connect(self.popover.renew_answer)
        self.page.viewport().installEventFilter(self)

    # The text

    @property
    def copy(self) -> Copy | None:
        """What is shown, None before the first."""
        return self._copy

    def show_copy(self, copy: Copy, prepared: PreparedText | None = None, place: int = 0) -> None:
        """Show a copy, with the code point `place` at the top."""
        self.popover.close_card()
        self.margin.clear()
        self._copy = copy
        self._is_noted = False
        self.travel.clear()
        self.page.show_copy(copy, prepared)
        self._arrange()
        if place:
            self.page.go_to(place, 0)
        self.margin.show_copy(copy)
        self.travelled.emit()
        self.place_changed.emit()

    def renew(self, copy: Copy) -> None:
        """Show a copy of the same text with other annotations; no word moves."""
        self.preview.hide()
        if self.popover.isVisible() and self.active in (self._copy or copy).by_id:
            self.popover.close_card()
        self._copy = copy
        self.page.renew(copy)
        self.margin.renew(copy)
        self._arrange()

    def set_authored(self, authored: bool) -> None:
        """Keep room for cards where there are none yet, for they are being written."""
        if authored != self._is_authored:
            self._is_authored = authored
            self._arrange()

    def keep_room_for_notes(self) -> None:
        """Keep room for cards from now on, for there are notes of the reader's or of others.

        The room stays until another text is shown: no text moves aside because a note is gone.
        """
        if not self._is_noted:
            self._is_noted = True
            self._arrange()

    def line_at(self, position: int) -> str:
        """The words of the line that a code point is in."""
        start, end = self.page.line_range(position)
        return self._copy.text.string[start:end].strip() if self._copy else ""

    def place(self) -> int:
        """The code point at the top of the view."""
        return self.page.place()

    def set_scale(self, scale: float) -> None:
        """Set the text in another size; 1.0 is 100 %."""
        self._scale = scale
        self._arrange()

    def set_composition(self, composition: Composition, air: int) -> None:
        """Set the text in another manner, with at least `air` pixels beside it."""
        self._composition, self._least_air = composition, air
        self.page.set_composition(composition)
        self._arrange()

    def set_underlines(self, mode: str) -> None:
        """Underline `first` (in each section), `every` or `none` of the mentions."""
        self._underlines = mode
        self.page.set_underlines(mode if self._shows_annotations else "none")

    def set_annotations_shown(self, shown: bool) -> None:
        """Show the author's annotations, or the text without them."""
        if shown != self._shows_annotations:
            self._shows_annotations = shown
            self.set_underlines(self._underlines)
            self.margin.set_annotations_shown(shown)

    def set_margin_wanted(self, wanted: bool) -> None:
        """Show cards beside the text where there is room, or never."""
        self._margin_wanted = wanted
        self._arrange()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.page.set_theme(theme)
        self.ruler.apply_theme(theme)
        self._frame.apply_theme(theme)
        self.margin.apply_theme(theme)
        self.preview.apply_theme(theme)
        if self.popover.card:
            self.popover.card.apply_theme(theme)

    # Travelling

    def travel_to(self, start: int, end: int | None = None, fraction: float = 0.25) -> None:
        """Jump to a code point, remembering where one was; words up to `end` light up."""
        self.travel.leave(self.place())
        self.page.go_to(start, fraction)
        if end is not None:
            self.page.looks.flash(start, end)
        self.travelled.emit()

    def back(self) -> None:
        """Go back to where the last jump began."""
        self._return(self.travel.back(self.place()))

    def forward(self) -> None:
        """Go where `back` came from."""
        self._return(self.travel.forward(self.place()))

    def next_section(self, step: int) -> None:
        """Go to the heading after (1) or before (-1) the one being read."""
        if not self._copy:
            return
        here = self.place()
        starts = [section.start for section in self._copy.text.sections]
        later = [start for start in starts if start > here]
        earlier = [start for start in starts if start < here]
        if step > 0 and later:
            self.travel_to(later[0], fraction=0)
        elif step < 0:
            self.travel_to(earlier[-1] if earlier else 0, fraction=0)

    def show_annotation(self, annotation: str) -> None:
        """Travel to an annotation's first mention and make its card the active one."""
        if not self._copy or annotation not in self._copy.by_id:
            return
        mentions = self._copy.attachment.of(annotation)
        if mentions:
            self._travel_to_mention(mentions[0])
        else:
            self._activate(annotation, 0)

    def activate(self, annotation: str) -> None:
        """Make a card the active one where its words are in view, else travel to them."""
        if not self._copy:
            return
        for mention in self._copy.attachment.of(annotation):
            if self.page.is_in_view(mention.start):
                self._activate(annotation, mention.start)
                return
        self.show_annotation(annotation)

    def open_card(self, name: str, start: int, end: int) -> None:
        """Open the card of a mark that stands on `start:end`."""
        self.preview.hide()
        self.page.looks.set_active("")
        if self.margin_shown():
            self.margin.set_active(name, start)
        else:
            self._pop_up(name, Mention(start, end, name))

    def type_note(self, name: str) -> None:
        """Put the caret into the note, or the answer, of an open card."""
        if (card := self._open_card(name)) is not None:
            from reader.ui.margin.answer_edit import QuestionCard
            from reader.ui.margin.note_card import NoteCard

            if isinstance(card, NoteCard | QuestionCard):
                card.start_typing()

    def close_popover(self) -> None:
        """Close the popover, if it is open."""
        self.popover.close_card()

    def deactivate(self) -> bool:
        """Close what is open, one thing at a time; False when nothing was."""
        if self.preview.isVisible():
            self.preview.hide()
        elif self.popover.isVisible():
            self.popover.close_card()
        elif self.margin.active:
            self.margin.set_active("")
            self.page.looks.set_active("")
            self.closed.emit()
        else:
            return False
        return True

    @property
    def active(self) -> str:
        """The id of the annotation whose card is active, or empty."""
        if self.popover.isVisible() and self.popover.card:
            return self.popover.card.content.id
        return self.margin.active

    def busy(self) -> bool:
        """Whether something still moves: text being laid out, cards measured, words lit up."""
        return self.page.busy() or self.margin.busy()

    def margin_shown(self) -> bool:
        """Whether cards stand beside the text now."""
        return not self.margin.isHidden()

    def focus_margin(self) -> bool:
        """Give the keyboard to a card; False when there is none."""
        if self.popover.isVisible() and self.popover.card:
            self.popover.card.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return self.margin_shown() and self.margin.take_focus()

    # Inside

    def _return(self, place: int | None) -> None:
        if place is not None:
            self.page.go_to(place, 0)
            self.travelled.emit()

    def _activate_mention(self, mention: Mention) -> None:
        self.preview.hide()
        self._activate(mention.annotation, mention.start)

    def _activate_card(self, name: str) -> None:
        if self._copy and name in self._copy.by_id:
            self.activate(name)

    def _follow_mention(self, annotation: str, position: int) -> None:
        if not self._copy:
            return
        for mention in self._copy.attachment.of(annotation):
            if mention.start == position:
                self._travel_to_mention(mention)
                return

    def _travel_to_mention(self, mention: Mention) -> None:
        self.travel_to(mention.start, mention.end)
        self._activate(mention.annotation, mention.start)

    def _activate(self, annotation: str, position: int) -> None:
        """Make a card active, in the margin if there is one, else in a popover."""
        if not self._shows_annotations:
            self.annotations_wanted.emit()
        self.page.looks.set_active(annotation)
        if self.margin_shown():
            self.margin.set_active(annotation, position)
            if (card := self.margin.card(annotation)) is not None:
                from reader.ui.margin.card import Card

                if isinstance(card, Card):
                    announce(card, card.plain_words())
            return
        if not self._copy:
            return
        self._pop_up(annotation, self._copy.attachment.at(annotation, position))
        self.page.looks.set_active(annotation)

    def _pop_up(self, name: str, words: Mention) -> None:
        self.popover.close_card()
        rect = self.page.words_rect(words)
        self._popped, self._popped_at = words, rect.top()
        self.popover.show_card(self.margin.new_card(name), rect)
        assert self.popover.card is not None
        self.popover.card.setFocus(Qt.FocusReason.PopupFocusReason)

    def _popover_closed(self) -> None:
        self.page.looks.set_active("")
        self.page.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def _leave_card(self) -> None:
        """Go back to the words that a card belongs to."""
        cards = self.margin.cards().items()
        left = next((name for name, card in cards if card.hasFocus()), "")
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        for mention in self._copy.attachment.of(left) if self._copy else ():
            shown = mention in self.page.mentions_in(mention.start, mention.end)
            if shown and self.page.is_in_view(mention.start):
                self.page.focus_mention(mention)
                return

    def _preview(self, mention: Mention | None) -> None:
        if mention is None:
            self.preview.hide()
        elif mention.annotation != self.active and not self.popover.isVisible():
            content = self.margin.maker.content_of(mention.annotation)
            self.preview.show_for(content, self.page.words_rect(mention))

    def _page_moved(self) -> None:
        # While text above is laid out the page scrolls, but its words stay where they are.
        popped = self.popover.isVisible() and not self._arranging
        if popped and abs(self.page.words_rect(self._popped).top() - self._popped_at) > 2:
            self.popover.close_card()
        self.place_changed.emit()

    def _arrange(self) -> None:
        """Divide the width between the text and its margin, and place the cards once.

        The words of an open card stay where they are, and the card is where there is room for it,
        with the caret of who writes in it.
        """
        self.preview.hide()
        words, caret, had_margin = (
            self._open_words(),
            caret_in(self.margin, self.popover),
            self.margin_shown(),
        )
        if words is not None and self.page.is_in_view(words.start):
            self.page.hold(words.start)
        self._arranging = True
        with self.margin.at_once():
            self._divide()
        if words is not None:
            self._keep_open(words, caret, had_margin)
        self._arranging = False
        self.arranged.emit()

    def _open_words(self) -> Mention | None:
        """The words at which a card is open."""
        return self._popped if self.popover.isVisible() else self.margin.active_words()

    def _keep_open(self, words: Mention, caret: Caret | None, had_margin: bool) -> None:
        """Have a card that was open be so where it can be seen."""
        popped, wanted = self.popover.isVisible(), caret is not None
        if self.margin_shown():
            if popped:
                self.popover.hide()
                self.margin.set_active(words.annotation, words.start)
                self.page.setFocus(Qt.FocusReason.PopupFocusReason)
                self._type_at(words.annotation, caret)
            return
        if not self.page.is_in_view(words.start):
            if not wanted:
                self.popover.close_card()
                return
            self.page.go_to(words.start)
        if popped:
            rect = self.page.words_rect(words)
            self._popped_at = rect.top()
            self.popover.follow(rect)
        elif had_margin:
            self.margin.set_active("")
            self._pop_up(words.annotation, words)
            self._type_at(words.annotation, caret)

    def _type_at(self, name: str, caret: Caret | None) -> None:
        """Let somebody write on in a card that is somewhere else now."""
        if caret is not None:
            self.type_note(name)
            if (card := self._open_card(name)) is not None:
                put_caret(caret, card)

    def _open_card(self, name: str) -> AnyCard | None:
        """The widget of an open card, wherever it is."""
        return self.popover.card if self.popover.isVisible() else self.margin.card(name)

    def _divide(self) -> None:
        width, height = self.page.viewport().width(), self.page.viewport().height()
        unit = self.fontMetrics().height() / 17
        least_margin, most_margin = (round(side * unit) for side in _MARGIN)
        full = self._composition.width(self._faces)
        least_air, most_air = self._least_air, max(self._least_air, _AIR[1])
        ideal = column_width(self._scale, width, full)
        free = width - ideal - least_margin - 16
        has_cards = self._copy is None or bool(self._copy.annotations or self._copy.layers)
        has_cards = has_cards or self._is_authored or self._is_noted
        if self._margin_wanted and has_cards and free >= 2 * least_air:
            air = min(most_air, free // 2)
            margin = min(most_margin, least_margin + free - 2 * air)
            rest = width - ideal - margin - 2 * air - 16
            left = air + max(0, rest) // 2
            self.page.set_column(left, ideal, self._scale)
            self.margin.setGeometry(left + ideal + air, 0, margin, height)
            self.margin.show()
            self.margin.raise_()
        else:
            room = width - 2 * least_air
            left = (width - column_width(self._scale, room, full)) // 2
            self.page.set_column(left, room, self._scale)
            if self.margin.isAncestorOf(QApplication.focusWidget() or self):
                self.page.setFocus(Qt.FocusReason.OtherFocusReason)
            self.margin.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.page.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._copy:
            popped, caret = self.popover.isVisible(), caret_in(self.margin, self.popover)
            self._arrange()
            if popped and self.popover.isVisible():
                # A card takes its letters when it is made.
                self._pop_up(self._popped.annotation, self._popped)
                self._type_at(self._popped.annotation, caret)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside an open popover closes it."""
        if event.type() == QEvent.Type.MouseButtonPress and watched is self.page.viewport():
            self.popover.close_card()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.deactivate():
            return
        super().keyPressEvent(event)
