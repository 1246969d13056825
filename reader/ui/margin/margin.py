"""The margin: cards beside their words, scrolling with them.

Only the cards near the view exist as widgets; of all others the margin knows
where they will stand. Heights of cards that never were in view are guessed, then
measured a few at a time, so that ten thousand annotations cost no more than ten.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Color
from reader.annotations.model import Annotation, Kind
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.ui.layers import LayerMark
from reader.ui.margin.answer_edit import QuestionCard
from reader.ui.margin.card import Card, short_height
from reader.ui.margin.card_tools import CardTools
from reader.ui.margin.contents import CardContents
from reader.ui.margin.guide import Guide
from reader.ui.margin.layer_card import LayerCard
from reader.ui.margin.note_card import NoteCard, NoteContent
from reader.ui.margin.placement import DRIFT, Spot, Wish, place_again, place_cards
from reader.ui.page.page import PageView
from reader.ui.theme import Theme
from reader.ui.timers import timer

_NEAR = 300
"""Pixels above and below the view in which cards already exist."""

_MEASURED_AHEAD = 400
"""Texts with so many cards or fewer have all of them measured while nothing else happens."""

_SLICE = 0.006
"""Seconds of measuring at a time."""

_PATIENCE = {Kind.FIGURE: 170.0, Kind.EVENT: 140.0, Kind.QUESTION: 110.0}
"""Pixels of drift that a whole card of these kinds is worth: they say most at a glance."""

_LIFT = 9
"""Pixels by which a card stands above its line, so that its first line is level with it."""


AnyCard = Card | NoteCard | LayerCard


@dataclass(slots=True)
class _Entry:
    """A card that has its place: an annotation's, or a mark's, be it somebody else's."""

    home: int
    annotation: Annotation | None = None
    mark: PlacedMark | None = None
    layer: LayerMark | None = None
    row: int = -1
    within: float | None = None


class Margin(QWidget):
    """The cards of one text beside its page. Lies on the page's right side."""

    card_activated = Signal(str)
    travel_wanted = Signal(str, int)
    note_edited = Signal(str, str)
    tags_edited = Signal(str, object)
    color_wanted = Signal(str, object)
    underline_wanted = Signal(str, bool)
    delete_wanted = Signal(str)
    annotation_wanted = Signal(str)
    link_activated = Signal(str)
    left = Signal()
    edit_wanted = Signal(str)
    remove_wanted = Signal(str)
    """An annotation is to be changed, or deleted, by its author."""
    copy_wanted = Signal(str)
    """The id of somebody else's mark, of which the reader wants one too."""
    answered = Signal(str, str)
    """A question's id, and what is answered to it."""
    answer_renewed = Signal(str, object)
    """A question's id, and the Answer to it, or None, that is another than before."""
    note_renewed = Signal(object)
    """The NoteContent of a mark that is another than before."""

    def __init__(self, page: PageView, theme: Theme) -> None:
        super().__init__(page)
        self._page = page
        self._theme = theme
        self._copy: Copy | None = None
        self._contents: CardContents | None = None
        self._entries: dict[str, _Entry] = {}
        self._order: list[str] = []
        self._wishes: list[Wish] = []
        self._spots: list[Spot] = []
        self._index: dict[str, int] = {}
        """Which of the wishes and spots, in the order of the text, is a card's."""
        self._tops: list[float] = []
        self._heights: dict[str, int] = {}
        self._cards: dict[str, AnyCard] = {}
        self._color_names: Mapping[Color, str] = {}
        self._links: Mapping[str, Sequence[tuple[str, str]]] = {}
        self._guide = Guide()
        self._shows_annotations = True
        self._may_change: Callable[[str], bool] = _nothing
        self._active = ""
        self._active_position = 0
        self._refocused = ""
        """The card that is made anew while it has the keyboard."""
        self._measures = (17.0, 50.0)
        """Pixels of a line and letters in one, for guessing how tall a card is."""
        self.setAccessibleName(self.tr("Cards"))
        self._measuring = timer(self, self._measure_some)
        self._placing = timer(self, self._place, once=True)
        page.place_changed.connect(self._scrolled)
        page.geometry_changed.connect(self.place_soon)

    # What is shown

    def show_copy(self, copy: Copy) -> None:
        """Show the cards of a copy, which the page shows already."""
        self.clear()
        self._copy = copy
        self._contents = CardContents(copy, self._guide)
        self._add_annotations(copy)
        self._find_rows()
        if self.isVisible():
            self._place()

    def _add_annotations(self, copy: Copy) -> None:
        for annotation in copy.annotations if self._shows_annotations else ():
            mentions = copy.attachment.of(annotation.id)
            if mentions or annotation.whole_text:
                home = mentions[0].start if mentions else 0
                self._entries[annotation.id] = _Entry(home, annotation)

    def renew(self, copy: Copy) -> None:
        """Show other annotations of the same text; cards that stay the same keep their places."""
        before, contents = self._copy, self._contents
        self._copy, self._contents = copy, CardContents(copy, self._guide)
        if contents is not None:
            self._contents.answers = contents.answers
            self._contents.note_links = contents.note_links
        focused = next((name for name, card in self._cards.items() if card.hasFocus()), "")
        active, position = self._active, self._active_position
        kept = {}
        for name in [name for name, each in self._entries.items() if each.annotation]:
            if before is not None and _card_says(before, name) == _card_says(copy, name):
                kept[name] = self._entries[name]
                continue
            self._heights.pop(name, None)
            if name in self._cards:
                self._drop(name)
            del self._entries[name]
        self._add_annotations(copy)
        self._entries |= kept
        self._entries_changed()
        if active and active in self._entries and active != self._active:
            self.set_active(active, position)
        if focused in self._cards:
            self._cards[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_authored(self, may_change: Callable[[str], bool] | None) -> None:
        """Let the annotations for which `may_change` is true be changed from their cards."""
        self._may_change = may_change or _nothing
        for name, entry in self._entries.items():
            if entry.annotation is not None and name in self._cards:
                self._drop(name)
        self._place()

    def set_annotations_shown(self, shown: bool) -> None:
        """Show cards for the author's annotations, or only those for marks."""
        if shown == self._shows_annotations:
            return
        self._shows_annotations = shown
        if self._copy is not None:
            self._drop_entries([name for name, each in self._entries.items() if each.annotation])
            self._add_annotations(self._copy)
            self._entries_changed()

    def clear(self) -> None:
        """Show nothing, before the page shows another copy."""
        self._drop_cards()
        self._heights.clear()
        self._entries = {}
        self._active = ""

    def set_guide(self, guide: Guide) -> None:
        """Have notes written with the help of `guide`, from the next copy on."""
        self._guide = guide

    def set_marks(
        self,
        marks: Iterable[PlacedMark],
        color_names: Mapping[Color, str],
        links: Mapping[str, Sequence[tuple[str, str]]],
    ) -> None:
        """Show cards for these marks of the reader, beside those of the annotations.

        `links` are the notes that lead to a card, as (words, what stands in a link to them).
        """
        self._color_names = color_names
        before, self._links = self._links, links
        if self._contents is not None:
            self._contents.note_links = links
        placed = {each.mark.id: each for each in marks if not each.orphaned}
        marked = [name for name, entry in self._entries.items() if entry.mark is not None]
        self._drop_entries(name for name in marked if name not in placed)
        for name, each in placed.items():
            entry = self._entries.get(name)
            if entry is None or entry.mark != each:
                self._entries[name] = _Entry(each.start, mark=each)
                card = self._cards.get(name)
                if entry is not None and self._contents is not None:
                    self.note_renewed.emit(self._mark_content(each))
                if isinstance(card, NoteCard) and self._contents is not None:
                    card.show_content(self._mark_content(each))
                    self._heights[name] = card.whole_height(self.width())
                else:
                    self._heights.pop(name, None)
        for name in before.keys() | links.keys():
            if before.get(name) != links.get(name):
                self._links_changed(name)
        self._entries_changed()
        refocused, self._refocused = self._refocused, ""
        if refocused in self._cards:
            self._cards[refocused].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_layer_marks(self, marks: Iterable[LayerMark]) -> None:
        """Show cards for these marks of other people, too."""
        wanted = {each.id: each for each in marks if not each.placed.orphaned}
        theirs = {name: entry.layer for name, entry in self._entries.items() if entry.layer}
        if theirs == wanted:
            return
        self._drop_entries(name for name, each in theirs.items() if wanted.get(name) != each)
        for name, each in wanted.items():
            if name not in self._entries:
                self._entries[name] = _Entry(each.placed.start, layer=each)
        self._entries_changed()

    def _drop_entries(self, names: Iterable[str]) -> None:
        for name in list(names):
            del self._entries[name]
            self._heights.pop(name, None)
            if name in self._cards:
                self._drop(name)

    def _entries_changed(self) -> None:
        if self._active not in self._entries:
            self._active = ""
        self._find_rows()
        self._place()

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Show what the reader has answered to questions, by their ids."""
        if self._contents is None:
            return
        before, self._contents.answers = self._contents.answers, answers
        for name in before.keys() | answers.keys():
            if before.get(name) == answers.get(name):
                continue
            answer = self._contents.answer_to(name)
            self._heights.pop(name, None)
            if isinstance(card := self._cards.get(name), QuestionCard):
                card.show_answer(answer)
                self._heights[name] = card.whole_height(self.width())
            self.answer_renewed.emit(name, answer)
        if before != answers:
            self._place()

    def set_active(self, annotation: str, position: int | None = None) -> None:
        """Make a card the active one, beside the code point `position`; empty for none."""
        before, self._active = self._active, annotation if annotation in self._entries else ""
        for name in {before, self._active}:
            self._heights_of_note(name)
        if self._active:
            home = self._entries[annotation].home
            self._active_position = home if position is None else position
        self._place()

    @property
    def active(self) -> str:
        """The id of the annotation whose card is active, or empty."""
        return self._active

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for card in self._cards.values():
            card.apply_theme(theme)

    def card(self, annotation: str) -> AnyCard | None:
        """The widget of a card, if it is near the view."""
        return self._cards.get(annotation)

    def cards(self) -> dict[str, AnyCard]:
        """The cards that exist as widgets now, by their annotations' ids."""
        return dict(self._cards)

    def has_cards(self) -> bool:
        """Whether the text has any cards at all."""
        return bool(self._entries)

    def busy(self) -> bool:
        """Whether cards are still being measured or placed."""
        return self._measuring.isActive() or self._placing.isActive()

    def take_focus(self) -> bool:
        """Give the keyboard to the active card, or the first in view; False without cards."""
        height = self.height()
        in_view = [
            name
            for name in self._order
            if (card := self._cards.get(name))
            and card.y() + card.height() > 8
            and card.y() < height
        ]
        name = self._active if self._active in in_view else next(iter(in_view), "")
        if not name:
            return False
        self._cards[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # Where cards stand

    def place_soon(self) -> None:
        """Place the cards anew when the page has come to rest."""
        for entry in self._entries.values():
            entry.within = None
        if self._copy and not self._placing.isActive():
            self._placing.start()

    def _find_rows(self) -> None:
        layout = self._page.page_layout()
        if layout is not None:
            for entry in self._entries.values():
                entry.row = layout.row_of(entry.home)

    def _line_of(self, entry: _Entry) -> float:
        """The height of an entry's line; guessed where the text is not laid out yet."""
        layout = self._page.page_layout()
        if layout is None or entry.row < 0:
            return 0.0
        within = entry.within
        return self._tops[entry.row] + (
            0.3 * layout.row_height(entry.row) if within is None else within
        )

    def _moved(self) -> int:
        """By how many pixels what is in view stands lower than when the cards were placed."""
        layout = self._page.page_layout()
        row = layout.row_at(self._page.scroll()) if layout is not None else -1
        if layout is None or not 0 <= row < len(self._tops):
            return 0
        return round(layout.row_top(row) - self._tops[row])

    def _place(self) -> None:
        """Find every card's spot, then show those near the view."""
        layout = self._page.page_layout()
        if layout is None or not self._copy or not self.isVisible():
            return
        for entry in self._entries.values():
            known = len(self._entries) <= _MEASURED_AHEAD or layout.is_laid(entry.row)
            if entry.within is None and known and entry.row >= 0:
                entry.within = self._page.line_top(entry.home) - layout.row_top(entry.row)
        if self._active:
            layout.ensure(layout.row_of(self._active_position))
        # Laying lines out may have moved all that stands below them.
        self._tops = layout.row_tops()
        lines = {name: self._line_of(entry) for name, entry in self._entries.items()}
        homes = {name: entry.home for name, entry in self._entries.items()}
        if self._active:
            lines[self._active] = self._page.line_top(self._active_position)
            homes[self._active] = self._active_position
        self._order = sorted(lines, key=lambda name: (lines[name], homes[name]))
        metrics = QFontMetricsF(self.font())
        letters = max(20.0, (self.width() - 26) / metrics.averageCharWidth())
        self._measures = metrics.height(), letters
        short = float(short_height(self.font()))
        self._index = {name: index for index, name in enumerate(self._order)}
        self._wishes = [
            self._wish(self._entries[name], lines[name], float(self._height(name)), short)
            for name in self._order
        ]
        self._spots = place_cards(self._wishes, self._index.get(self._active, -1))
        self._show_near()
        if not self._measuring.isActive() and self._unmeasured():
            self._measuring.start()

    @staticmethod
    def _wish(entry: _Entry, line: float, height: float, short: float) -> Wish:
        y = max(0.0, line - _LIFT)
        if entry.layer is not None:
            return Wish(y, height, short, DRIFT)
        if entry.annotation is None:
            return Wish(y, height, height)
        return Wish(y, height, short, _PATIENCE.get(entry.annotation.kind, DRIFT))

    def _height(self, name: str) -> int:
        return self._heights.get(name) or self._guess(self._entries[name])

    def _guess(self, entry: _Entry) -> int:
        line, letters = self._measures
        placed = entry.layer.placed if entry.layer else entry.mark
        if placed is not None:
            note = placed.mark.note
            return round(24 + (len(note) / letters + note.count("\n") + 3.5) * line)
        annotation = entry.annotation
        assert annotation is not None
        lines = len(annotation.body) / letters + annotation.body.count("\n") + 3.5
        return round(24 + lines * line + (100 if annotation.chart or annotation.image else 0))

    def _scrolled(self) -> None:
        if self.isVisible():
            self._show_near()

    def _show_near(self) -> None:
        """Make, move and drop cards, for the part of the text that is in view."""
        near = self._near()
        while guessed := [name for name in near if self._is_guessed(name)]:
            self._correct(guessed)
            near = self._near()
        scroll = self._page.scroll() - self._moved()
        before: QWidget | None = None
        for name in near:
            card = self._cards.get(name) or self._make(name)
            spot = self._spots[self._index[name]]
            card.set_whole(spot.whole)
            card.set_active(name == self._active)
            tall = self._heights[name] if spot.whole else card.short_height()
            card.setGeometry(0, round(spot.y) - scroll, self.width(), tall)
            card.setVisible(True)
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card
        for name in self._cards.keys() - set(near):
            self._drop(name)

    def _near(self) -> list[str]:
        """The cards that stand near the view."""
        scroll = self._page.scroll() - self._moved()
        first = bisect_right(self._spots, scroll - _NEAR, key=attrgetter("y")) - 1
        last = bisect_left(self._spots, scroll + self.height() + _NEAR, key=attrgetter("y"))
        return self._order[max(0, first) : last]

    def _is_guessed(self, name: str) -> bool:
        """Whether a card's height was never measured, or its line stands elsewhere by now."""
        line = self._line_now(name)
        strayed = line is not None and abs(self._wishes[self._index[name]].y - line) > 1
        return strayed or name not in self._heights

    def _line_now(self, name: str) -> float | None:
        """Where a card wants to stand; None while its line is not laid out."""
        layout, entry = self._page.page_layout(), self._entries[name]
        position = self._active_position if name == self._active else entry.home
        if layout is None or not layout.is_laid(layout.row_of(position)):
            return None
        return max(0.0, self._page.line_top(position) - self._moved() - _LIFT)

    def _correct(self, names: Sequence[str]) -> None:
        """Measure cards, find their lines, and correct the places of those that they push."""
        for name in names:
            card = self._cards.get(name) or self._make(name)
            self._heights[name] = card.whole_height(self.width())
            wish = self._wishes[self._index[name]]
            line = self._line_now(name)
            self._wishes[self._index[name]] = replace(
                wish,
                y=wish.y if line is None else line,
                whole=float(self._heights[name]),
                short=float(self._heights[name]) if isinstance(card, NoteCard) else wish.short,
            )
        changed = range(self._index[names[0]], self._index[names[-1]] + 1)
        active = self._index.get(self._active, -1)
        if not place_again(self._wishes, self._spots, changed, active):
            self._spots = place_cards(self._wishes, active)

    def _make(self, name: str) -> AnyCard:
        card = self.new_card(name)
        card.left.connect(self.left)
        card.activated.connect(self.card_activated)
        card.installEventFilter(self)
        self._cards[name] = card
        return card

    def new_card(self, name: str) -> AnyCard:
        """A card that is not placed; what is done on it is told by the margin's signals."""
        assert self._contents is not None
        mark, layer = self._entries[name].mark, self._entries[name].layer
        if layer is not None:
            theirs = LayerCard(self._contents.of_layer(layer), self._theme, self)
            theirs.set_active(name == self._active)
            theirs.annotation_wanted.connect(self.annotation_wanted)
            theirs.link_activated.connect(self.link_activated)
            theirs.copy_wanted.connect(self.copy_wanted)
            return theirs
        if mark is None:
            card = self._card_of(name)
            card.travel_wanted.connect(self.travel_wanted)
            card.annotation_wanted.connect(self.annotation_wanted)
            card.link_activated.connect(self.link_activated)
            if self._may_change(name):
                tools = CardTools(card, self._theme)
                tools.edit_wanted.connect(lambda: self.edit_wanted.emit(name))
                tools.remove_wanted.connect(lambda: self.remove_wanted.emit(name))
            return card
        note = NoteCard(self._mark_content(mark), self._theme, self._guide, self)
        note.set_active(name == self._active)
        note.annotation_wanted.connect(self.annotation_wanted)
        note.link_activated.connect(self.link_activated)
        note.edited.connect(self.note_edited)
        note.tags_edited.connect(self.tags_edited)
        note.color_wanted.connect(self.color_wanted)
        note.underline_wanted.connect(self.underline_wanted)
        note.delete_wanted.connect(self.delete_wanted)
        note.height_changed.connect(self._measure_again)
        return note

    def _card_of(self, name: str) -> Card:
        assert self._contents is not None
        content = self._contents.of(name)
        if content.annotation.kind is not Kind.QUESTION:
            return Card(content, self._theme, self)
        answer = self._contents.answer_to(name)
        card = QuestionCard(content, answer, self._theme, self._guide, self)
        card.set_active(name == self._active)
        card.answered.connect(self.answered)
        card.height_changed.connect(self._measure_again)
        return card

    def _mark_content(self, mark: PlacedMark) -> NoteContent:
        assert self._contents is not None
        links = self._links.get(mark.mark.id, ())
        return self._contents.of_mark(mark, self._color_names, links)

    def _links_changed(self, name: str) -> None:
        """Show that other notes lead to a card than before."""
        self._heights.pop(name, None)
        card, entry = self._cards.get(name), self._entries.get(name)
        if isinstance(card, NoteCard) and entry is not None and entry.mark is not None:
            # Somebody may be writing in it.
            card.show_content(self._mark_content(entry.mark))
        elif card is not None:
            self._refocused = name if card.hasFocus() else self._refocused
            self._drop(name)

    def _heights_of_note(self, name: str) -> None:
        """A note, or a question, has more to show while it is the active card."""
        entry = self._entries.get(name)
        asked = entry is not None and entry.annotation and entry.annotation.kind is Kind.QUESTION
        if entry is not None and (entry.mark is not None or entry.layer is not None or asked):
            self._heights.pop(name, None)
            card = self._cards.get(name)
            if card is not None:
                card.set_active(name == self._active)
                self._heights[name] = card.whole_height(self.width())

    def _measure_again(self, name: str) -> None:
        """A note grew or shrank while it was typed."""
        card = self._cards.get(name)
        if card is not None and self._heights.get(name) != (
            height := card.whole_height(self.width())
        ):
            self._heights[name] = height
            self._place()

    def _drop_cards(self) -> None:
        for name in list(self._cards):
            self._drop(name)
        self._order, self._index, self._wishes, self._spots = [], {}, [], []

    def _drop(self, name: str) -> None:
        card = self._cards.pop(name)
        if card.isAncestorOf(self.focusWidget() or self) or card.hasFocus():
            # Whoever reads on in the page does so with the keyboard there.
            self._page.setFocus()
        card.hide()
        card.deleteLater()

    # Measuring while nothing else happens

    def _unmeasured(self) -> list[str]:
        if len(self._entries) > _MEASURED_AHEAD:
            return []
        return [name for name in self._order if name not in self._heights]

    def _measure_some(self) -> None:
        until = time.perf_counter() + _SLICE
        for name in self._unmeasured():
            card = self.new_card(name)
            self._heights[name] = card.whole_height(self.width())
            card.deleteLater()
            if time.perf_counter() > until:
                return
        self._measuring.stop()
        self._place()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._heights.clear()
            for name, card in self._cards.items():
                self._heights[name] = card.whole_height(self.width())
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._copy:
            active, position = self._active, self._active_position
            self.show_copy(self._copy)
            self.set_active(active, position)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys walk from card to card; one that gets the focus comes into view."""
        if isinstance(watched, AnyCard):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
                if step:
                    self._focus_beside(watched, step)
                    return True
            elif event.type() == QEvent.Type.FocusIn:
                self._bring_into_view(watched)
        return super().eventFilter(watched, event)

    def _focus_beside(self, card: AnyCard, step: int) -> None:
        index = self._index[card.content.id] + step
        if not 0 <= index < len(self._order):
            return
        name = self._order[index]
        if name not in self._cards:
            top = round(self._spots[index].y) + self._moved()
            self._page.verticalScrollBar().setValue(top - 120)
        if name in self._cards:
            self._cards[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_view(self, card: AnyCard) -> None:
        if card.content.id not in self._index:
            return
        scroll, height = self._page.scroll(), self.height()
        top = round(self._spots[self._index[card.content.id]].y) + self._moved()
        if top < scroll or top + min(card.height(), height) > scroll + height:
            self._page.verticalScrollBar().setValue(top - height // 4)


def _nothing(_name: str) -> bool:
    return False


def _card_says(copy: Copy, name: str) -> object:
    """All that an annotation's card says of a copy; None where it has none."""
    annotation = copy.by_id.get(name)
    if annotation is None:
        return None
    others = (*annotation.see, *copy.linked_from.get(name, ()))
    titles = [(each, copy.by_id[each].title) for each in others if each in copy.by_id]
    return annotation, titles, list(copy.attachment.of(name))
