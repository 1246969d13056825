"""The margin: cards beside their words, scrolling with them.

Only the cards near the view exist as widgets; of all others the margin knows
where they will stand. Heights of cards that never were in view are guessed, then
measured a few at a time, so that ten thousand annotations cost no more than ten.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from reader.annotations.marks import Color
from reader.annotations.model import Annotation, Kind
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.ui.focus_order import FocusOrder
from reader.ui.layers import LayerMark
from reader.ui.margin.guide import Guide
from reader.ui.margin.placement import DRIFT, Placement, Spot, Wish
from reader.ui.margin.sheet import Sheet
from reader.ui.page.page import PageView
from reader.ui.theme import Theme
from reader.ui.timers import timer

if TYPE_CHECKING:
    # The text is on the screen before there is a card: what makes cards is imported with the first.
    from reader.ui.margin.card import Card, CardContent
    from reader.ui.margin.contents import CardContents
    from reader.ui.margin.layer_card import LayerCard
    from reader.ui.margin.note_card import NoteCard, NoteContent
    from reader.ui.page.layout import PageLayout

    AnyCard = Card | NoteCard | LayerCard

_NEAR = 300
"""Pixels above and below the view in which cards already exist."""

_MEASURED_AHEAD = 400
"""Texts with so many cards or fewer have all of them measured while nothing else happens."""

_MAKING = 0.012
"""Seconds in which cards are made at a time; those in view come first."""

_ROUGHLY = 0.2
"""By which share a card's width changes before the guesses at its height are made anew."""

_SLICE = 0.006
"""Seconds of measuring at a time."""

_PATIENCE = {Kind.FIGURE: 170.0, Kind.EVENT: 140.0, Kind.QUESTION: 110.0}
"""Pixels of drift that a whole card of these kinds is worth: they say most at a glance."""

_LIFT = 9
"""Pixels by which a card stands above its line, so that its first line is level with it."""


@dataclass(slots=True)
class _Entry:
    """A card that has its place: an annotation's, or a mark's, be it somebody else's."""

    home: int
    annotation: Annotation | None = None
    mark: PlacedMark | None = None
    layer: LayerMark | None = None
    row: int = -1
    within: float | None = None
    guess: int = 0
    """How tall its card may be, until that is measured; 0 when it was not guessed either."""
    wish: Wish | None = None


class Margin(QWidget):
    """The cards of one text beside its page. Lies on the page's right side."""

    card_activated = Signal(str)
    travel_wanted = Signal(str, int)
    note_edited = Signal(str, str)
    tags_edited = Signal(str, object)
    color_wanted = Signal(str, object)
    underline_wanted = Signal(str, bool)
    delete_wanted = Signal(str)
    mark_confirmed = Signal(str)
    mark_words_wanted = Signal(str)
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
        self._made: CardContents | None = None
        """What the cards of the copy say, once there is one."""
        self._answers: Mapping[str, str] = {}
        self._entries: dict[str, _Entry] = {}
        self._order: list[str] = []
        self._wishes: list[Wish] = []
        self._spots: list[Spot] = []
        self._index: dict[str, int] = {}
        """Which of the wishes and spots, in the order of the text, is a card's."""
        self._tops: list[float] = []
        self._heights: dict[str, int] = {}
        self._short = 0.0
        self._placement = Placement()
        self._is_stale = False
        """Whether there are other entries than those that have their places."""
        self._set_in: object = None
        """How the text was set when the lines of the cards were found in their paragraphs."""
        self._is_held = self._is_waiting = False
        """Whether cards are placed only when all has changed, and whether they are to be."""
        self._cards: dict[str, AnyCard] = {}
        self._focus_order = FocusOrder(page)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._focus_moved)
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
        self._more = timer(self, self._scrolled, once=True)
        """Makes cards near the view for which there was no time yet."""
        page.place_changed.connect(self._scrolled)
        page.geometry_changed.connect(self.place_soon)
        page.painted.connect(self._place)

    # What is shown

    def show_copy(self, copy: Copy) -> None:
        """Show the cards of a copy, which the page shows already."""
        self.clear()
        self._copy, self._made = copy, None
        self._answers, self._links = {}, {}
        self._add_annotations(copy)
        self._is_stale = True

    def _add_annotations(self, copy: Copy) -> None:
        for annotation in copy.annotations if self._shows_annotations else ():
            mentions = copy.attachment.of(annotation.id)
            if mentions or annotation.whole_text:
                home = mentions[0].start if mentions else 0
                self._entries[annotation.id] = _Entry(home, annotation)

    def renew(self, copy: Copy) -> None:
        """Show other annotations of the same text; cards that stay the same keep their places."""
        before = self._copy
        self._copy, self._made = copy, None
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
        if self._made is not None:
            self._made.note_links = links
        placed = {each.mark.id: each for each in marks if not each.orphaned}
        marked = [name for name, entry in self._entries.items() if entry.mark is not None]
        self._drop_entries(name for name in marked if name not in placed)
        for name, each in placed.items():
            entry = self._entries.get(name)
            if entry is None or entry.mark != each:
                self._entries[name] = _Entry(each.start, mark=each)
                card = self._cards.get(name)
                if entry is not None:
                    self.note_renewed.emit(self._mark_content(each))
                if _is_note(card):
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

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Place cards but once, when all that is done within has been done."""
        self._is_held, held = True, self._is_held
        try:
            yield
        finally:
            self._is_held = held
            if self._is_waiting:
                self._place()

    def _drop_entries(self, names: Iterable[str]) -> None:
        for name in list(names):
            del self._entries[name]
            self._heights.pop(name, None)
            if name in self._cards:
                self._drop(name)

    def _entries_changed(self) -> None:
        if self._active not in self._entries:
            self._active = ""
        self._is_stale = True
        self._place()

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Show what the reader has answered to questions, by their ids."""
        before, self._answers = self._answers, answers
        if self._made is not None:
            self._made.answers = answers
        for name in before.keys() | answers.keys():
            if before.get(name) == answers.get(name):
                continue
            answer = self._contents.answer_to(name)
            self._heights.pop(name, None)
            if (card := self._cards.get(name)) is not None:
                from reader.ui.margin.answer_edit import QuestionCard

                assert isinstance(card, QuestionCard)
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

    def content_of(self, annotation: str) -> CardContent:
        """What the card of an annotation says. KeyError for an unknown id."""
        return self._contents.of(annotation)

    def has_cards(self) -> bool:
        """Whether the text has any cards at all."""
        return bool(self._entries)

    def count(self) -> int:
        """How many cards the text has."""
        return len(self._order)

    def number_of(self, name: str) -> int:
        """Which of the cards one is, from 1 and in the order of the text; 0 if it has no place."""
        return self._index.get(name, -1) + 1

    def busy(self) -> bool:
        """Whether cards are still being measured or placed."""
        unseen = bool(self._copy) and self.isVisible() and not self._page.is_painted
        timers = (self._measuring, self._placing, self._more)
        return unseen or any(each.isActive() for each in timers)

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
        if self._copy and not self._placing.isActive():
            self._placing.start()

    def _prepare(self, layout: PageLayout) -> bool:
        """Find the rows of all entries, and guess heights; False when the time is over."""
        until = time.perf_counter() + _MAKING
        for number, entry in enumerate(self._entries.values()):
            if entry.row >= 0 and entry.guess:
                continue
            if number % 32 == 0 and time.perf_counter() > until:
                return False
            entry.row = layout.row_of(entry.home)
            entry.guess = entry.guess or self._guess(entry)
        return True

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
        # Nobody waits for the cards who does not see the words yet, but for one that was opened.
        shown = self.isVisible() and (self._page.is_painted or bool(self._active))
        self._is_waiting = self._is_held
        if layout is None or not self._copy or not shown or self._is_held:
            return
        if self._set_in is not layout.typography:
            self._set_in = layout.typography
            for entry in self._entries.values():
                entry.within = None
        metrics = QFontMetricsF(self.font())
        letters = max(20.0, (self.width() - 26) / metrics.averageCharWidth())
        tall, before = self._measures
        if tall != metrics.height() or abs(letters - before) > _ROUGHLY * before:
            self._measures = metrics.height(), letters
            for entry in self._entries.values():
                entry.guess = 0
        if not self._prepare(layout):
            self._placing.start()
            return
        # In which lines of their paragraphs words stand; of many, those of paragraphs near by.
        every, scroll = len(self._entries) <= _MEASURED_AHEAD, self._page.scroll()
        first = layout.row_at(scroll - 4 * _NEAR)
        last = layout.row_at(scroll + self.height() + 4 * _NEAR)
        for entry in self._entries.values():
            row = entry.row
            if entry.within is not None or row < 0:
                continue
            if every or (first <= row <= last and layout.is_laid(row)):
                entry.within = self._page.line_top(entry.home) - layout.row_top(row)
        if self._active:
            layout.ensure(layout.row_of(self._active_position))
        # Laying lines out may have moved all that stands below them.
        self._tops = layout.row_tops()
        from reader.ui.margin.card import short_height

        short = float(short_height(self.font()))
        found: list[tuple[float, int, int, str, Wish]] = []
        for name, entry in self._entries.items():
            line, home = self._line_of(entry), entry.home
            if name == self._active:
                home = self._active_position
                line = self._page.line_top(home)
            wish, height = entry.wish, float(self._height(name))
            y = max(0.0, line - _LIFT)
            if wish is None or wish.y != y or wish.whole != height or self._short != short:
                wish = entry.wish = self._wish(entry, y, height, short)
            found.append((line, home, len(found), name, wish))
        found.sort()
        self._short = short
        self._order = [each[3] for each in found]
        self._wishes = [each[4] for each in found]
        self._index = {name: index for index, name in enumerate(self._order)}
        self._spots = self._placement.place(self._wishes, self._index.get(self._active, -1))
        self._is_stale = False
        self._show_near()
        if not self._measuring.isActive() and self._unmeasured():
            self._measuring.start()

    @staticmethod
    def _wish(entry: _Entry, y: float, height: float, short: float) -> Wish:
        if entry.layer is not None:
            return Wish(y, height, short, DRIFT)
        if entry.annotation is None:
            return Wish(y, height, height)
        return Wish(y, height, short, _PATIENCE.get(entry.annotation.kind, DRIFT))

    def _height(self, name: str) -> int:
        return self._heights.get(name) or self._entries[name].guess

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
        if self.isVisible() and not self._is_stale:
            self._show_near()

    def _show_near(self) -> None:
        """Make, move and drop cards, for the part of the text that is in view."""
        until = time.perf_counter() + _MAKING
        near = self._near()
        in_time = True
        while in_time and (guessed := [name for name in near if self._is_guessed(name)]):
            in_time = self._correct(guessed, until)
            near = self._near()
        scroll = self._page.scroll() - self._moved()
        placed: list[QWidget] = []
        for name in near:
            if name not in self._cards and name in self._heights and time.perf_counter() < until:
                self._make(name)
            card = self._cards.get(name)
            if card is None or name not in self._heights:
                in_time = False
                continue
            spot = self._spots[self._index[name]]
            card.set_whole(spot.whole)
            card.set_active(name == self._active)
            tall = self._heights[name] if spot.whole else card.short_height()
            card.setGeometry(0, round(spot.y) - scroll, self.width(), tall)
            card.setVisible(True)
            placed.append(card)
        self._focus_order.keep(placed)
        for name in self._cards.keys() - set(near):
            self._drop(name)
        if not in_time:
            self._more.start()

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

    def _correct(self, names: Sequence[str], until: float = math.inf) -> bool:
        """Measure cards, find their lines, and correct the places of those that they push.

        The active card first, then those in view; whether all of them were done by `until`,
        in seconds of the clock that counts.
        """
        middle = self._page.scroll() - self._moved() + self.height() / 2
        away = {name: abs(self._spots[self._index[name]].y - middle) for name in names}
        done = 0
        for name in sorted(names, key=lambda name: (name != self._active, away[name])):
            if done and time.perf_counter() > until:
                break
            done += 1
            card = self._cards.get(name) or self._make(name)
            self._heights[name] = card.whole_height(self.width())
            wish = self._wishes[self._index[name]]
            line, entry = self._line_now(name), self._entries[name]
            wish = replace(
                wish,
                y=wish.y if line is None else line,
                whole=float(self._heights[name]),
                short=float(self._heights[name]) if _is_note(card) else wish.short,
            )
            self._wishes[self._index[name]] = entry.wish = wish
        self._spots = self._placement.place(self._wishes, self._index.get(self._active, -1))
        return done == len(names)

    @property
    def _contents(self) -> CardContents:
        assert self._copy is not None
        if self._made is None:
            from reader.ui.margin.contents import CardContents

            self._made = CardContents(self._copy, self._guide)
            self._made.answers, self._made.note_links = self._answers, self._links
        return self._made

    def _make(self, name: str) -> AnyCard:
        card = self.new_card(name)
        card.left.connect(self.left)
        card.activated.connect(self.card_activated)
        card.installEventFilter(self)
        self._cards[name] = card
        return card

    def new_card(self, name: str) -> AnyCard:
        """A card that is not placed; what is done on it is told by the margin's signals."""
        mark, layer = self._entries[name].mark, self._entries[name].layer
        if layer is not None:
            from reader.ui.margin.layer_card import LayerCard

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
                from reader.ui.margin.card_tools import CardTools

                tools = CardTools(card, self._theme)
                tools.edit_wanted.connect(lambda: self.edit_wanted.emit(name))
                tools.remove_wanted.connect(lambda: self.remove_wanted.emit(name))
            return card
        from reader.ui.margin.note_card import NoteCard

        note = NoteCard(self._mark_content(mark), self._theme, self._guide, self)
        note.set_active(name == self._active)
        note.annotation_wanted.connect(self.annotation_wanted)
        note.link_activated.connect(self.link_activated)
        note.edited.connect(self.note_edited)
        note.tags_edited.connect(self.tags_edited)
        note.color_wanted.connect(self.color_wanted)
        note.underline_wanted.connect(self.underline_wanted)
        note.delete_wanted.connect(self.delete_wanted)
        note.confirmed.connect(self.mark_confirmed)
        note.words_wanted.connect(self.mark_words_wanted)
        note.height_changed.connect(self._measure_again)
        return note

    def _card_of(self, name: str) -> Card:
        content = self._contents.of(name)
        if content.annotation.kind is not Kind.QUESTION:
            from reader.ui.margin.card import Card

            return Card(content, self._theme, self)
        from reader.ui.margin.answer_edit import QuestionCard

        answer = self._contents.answer_to(name)
        card = QuestionCard(content, answer, self._theme, self._guide, self)
        card.set_active(name == self._active)
        card.answered.connect(self.answered)
        card.height_changed.connect(self._measure_again)
        return card

    def _mark_content(self, mark: PlacedMark) -> NoteContent:
        links = self._links.get(mark.mark.id, ())
        return self._contents.of_mark(mark, self._color_names, links)

    def _links_changed(self, name: str) -> None:
        """Show that other notes lead to a card than before."""
        self._heights.pop(name, None)
        card, entry = self._cards.get(name), self._entries.get(name)
        if _is_note(card) and entry is not None and entry.mark is not None:
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
        if isinstance(watched, Sheet):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
                if step:
                    self._focus_beside(watched, step)
                    return True
            elif event.type() == QEvent.Type.FocusIn:
                self._bring_into_view(watched)
        return super().eventFilter(watched, event)

    def _focus_beside(self, card: Sheet, step: int) -> None:
        index = self._index[card.id] + step
        if not 0 <= index < len(self._order):
            return
        name = self._order[index]
        if name not in self._cards:
            top = round(self._spots[index].y) + self._moved()
            self._page.verticalScrollBar().setValue(top - 120)
            self._correct([name])
            self._show_near()
        if name in self._cards:
            self._cards[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has got the keyboard inside a card, as far as it is not in view."""
        if now is None or now.parent() is self or not self.isAncestorOf(now):
            return
        top = now.mapTo(self, QPoint()).y()
        below = top + now.height() - self.height()
        if top < 0 or below > 0:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + (top if top < 0 else min(top, below)))

    def _bring_into_view(self, card: Sheet) -> None:
        if card.id not in self._index:
            return
        scroll, height = self._page.scroll(), self.height()
        top = round(self._spots[self._index[card.id]].y) + self._moved()
        if top < scroll or top + min(card.height(), height) > scroll + height:
            self._page.verticalScrollBar().setValue(top - height // 4)


def _is_note(card: AnyCard | None) -> TypeGuard[NoteCard]:
    if card is None:
        return False
    from reader.ui.margin.note_card import NoteCard

    return isinstance(card, NoteCard)


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
