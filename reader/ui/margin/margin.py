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
from operator import attrgetter
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from reader.annotations.attachment import Mention
from reader.annotations.marks import Color
from reader.annotations.model import Kind
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.text.model import BlockKind
from reader.ui.focus_order import FocusOrder
from reader.ui.late import are_imported, import_all
from reader.ui.layers import LayerMark
from reader.ui.margin.card_maker import MAKERS, CardMaker
from reader.ui.margin.entries import (
    LIFT,
    PATIENCE,
    Entry,
    between,
    guessed_height,
    in_order,
    lines_of,
    moved,
    wishes_of,
)
from reader.ui.margin.placement import DRIFT, Placement
from reader.ui.margin.sheet import Sheet
from reader.ui.page.page import PageView
from reader.ui.theme import Theme
from reader.ui.timers import timer

if TYPE_CHECKING:
    from reader.ui.margin.card_maker import AnyCard
    from reader.ui.margin.note_card import NoteCard
    from reader.ui.page.layout import PageLayout

_NEAR = 300
"""Pixels above and below the view in which cards already exist."""

_MEASURED_AHEAD = 400
"""Texts with so many cards or fewer have all of them measured while nothing else happens."""

_MAKING = 0.008
"""Seconds in which cards are made at a time; those in view come first."""

_PAUSE = 1
"""Milliseconds until more are made, so that what else waits is not done in the same breath."""

_ROUGHLY = 0.2
"""By which share a card's width changes before the guesses at its height are made anew."""

_SLICE = 0.006
"""Seconds of measuring at a time."""


class Margin(QWidget):
    """The cards of one text beside its page. Lies on the page's right side."""

    card_activated = Signal(str)
    left = Signal()
    answer_renewed = Signal(str, object)
    """A question's id, and the Answer to it, or None, that is another than before."""
    note_renewed = Signal(object)
    """The NoteContent of a mark that is another than before."""

    def __init__(self, page: PageView, theme: Theme) -> None:
        super().__init__(page)
        self._page = page
        self._copy: Copy | None = None
        self.maker = CardMaker(theme, self)
        """Makes the cards, and tells what is done on them."""
        self.maker.height_changed.connect(self._measure_again)
        self._entries: dict[str, Entry] = {}
        self._hidden: dict[str, Entry] = {}
        """The entries of the author's annotations, while those are not shown."""
        self._listed: list[Entry] = []
        """The entries by their homes; those that have their places."""
        self._order: list[str] = []
        self._index: dict[str, int] = {}
        """Which of the spots, in the order of the text, is a card's."""
        self._tops: list[float] = []
        self._heights: dict[str, int] = {}
        self._placement = Placement()
        self._is_stale = False
        """Whether there are other entries than those that have their places."""
        self._set_in: object = None
        """How the text was set when the cards were placed; None while some wait for a place."""
        self._is_held = self._is_waiting = False
        """Whether cards are placed only when all has changed, and whether they are to be."""
        self._cards: dict[str, AnyCard] = {}
        self._focus_order = FocusOrder(page)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._shows_annotations = True
        self._active = ""
        self._active_position = 0
        self._refocused = ""
        """The card that is made anew while it has the keyboard."""
        self._measures = (17.0, 50.0)
        """Pixels of a line and letters in one, for guessing how tall a card is."""
        self.setAccessibleName(self.tr("Cards"))
        self._measuring = timer(self, self._measure_some)
        self._placing = timer(self, self._place_again, once=True)
        self._more = timer(self, self._show_more, _PAUSE, once=True)
        """Makes cards near the view for which there was no time yet."""
        page.place_changed.connect(self._scrolled)
        page.geometry_changed.connect(self.place_soon)
        page.painted.connect(self._place)

    # What is shown

    def show_copy(self, copy: Copy) -> None:
        """Show the cards of a copy, which the page shows already."""
        self.clear()
        self._copy = copy
        self.maker.show_copy(copy)
        self._add_annotations(copy)
        self._is_stale = True
        self._hidden = {}

    def _add_annotations(self, copy: Copy) -> None:
        for annotation in copy.annotations if self._shows_annotations else ():
            mentions = copy.attachment.of(annotation.id)
            if mentions or annotation.whole_text:
                home = mentions[0].start if mentions else 0
                drift = PATIENCE.get(annotation.kind, DRIFT)
                self._entries[annotation.id] = Entry(annotation.id, home, annotation, drift=drift)

    def renew(self, copy: Copy) -> None:
        """Show other annotations of the same text; cards that stay the same keep their places."""
        before = self._copy
        self._copy = copy
        self.maker.renew(copy)
        self._hidden = {}
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
        self.maker.may_change = may_change
        for name, entry in self._entries.items():
            if entry.annotation is not None and name in self._cards:
                self._drop(name)
        self._place()

    def set_annotations_shown(self, shown: bool) -> None:
        """Show cards for the author's annotations, or only those for marks."""
        if shown == self._shows_annotations:
            return
        self._shows_annotations = shown
        if self._copy is None:
            return
        if not shown:
            self._hidden = {name: each for name, each in self._entries.items() if each.annotation}
            self._drop_entries(self._hidden)
        elif self._hidden:
            for entry in self._hidden.values():
                entry.within = None
            self._entries |= self._hidden
        else:
            self._add_annotations(self._copy)
        self._entries_changed()

    def clear(self) -> None:
        """Show nothing, before the page shows another copy."""
        self._drop_cards()
        self._heights.clear()
        self._entries = {}
        self._active = ""

    def set_marks(
        self,
        marks: Iterable[PlacedMark],
        color_names: Mapping[Color, str],
        links: Mapping[str, Sequence[tuple[str, str]]],
    ) -> None:
        """Show cards for these marks of the reader, beside those of the annotations.

        `links` are the notes that lead to a card, as (words, what stands in a link to them).
        """
        self.maker.color_names = color_names
        before, self.maker.links = self.maker.links, links
        placed = {each.mark.id: each for each in marks if not each.orphaned}
        marked = [name for name, entry in self._entries.items() if entry.mark is not None]
        gone = [name for name in marked if name not in placed]
        changed = bool(gone)
        self._drop_entries(gone)
        for name, each in placed.items():
            entry = self._entries.get(name)
            if entry is None or (entry.mark is not each and entry.mark != each):
                changed = True
                self._entries[name] = Entry(name, each.start, mark=each)
                card = self._cards.get(name)
                if entry is not None:
                    self.note_renewed.emit(self.maker.content_of_mark(each))
                if _is_note(card):
                    card.show_content(self.maker.content_of_mark(each))
                    self._heights[name] = card.whole_height(self.width())
                else:
                    self._heights.pop(name, None)
        for name in before.keys() | links.keys():
            if before.get(name) != links.get(name):
                changed = True
                self._links_changed(name)
        if changed:
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
                self._entries[name] = Entry(name, each.placed.start, layer=each)
        self._entries_changed()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Place cards but once, when all that is done within has been done."""
        self._is_held, held = True, self._is_held
        try:
            yield
        finally:
            self._is_held = held
            if self._is_waiting and self._placing.isActive() and self._are_many():
                # The page is being set anew: they are placed once, when that has been done.
                self._set_in = None
            elif self._is_waiting:
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
        before, self.maker.answers = self.maker.answers, answers
        for name in before.keys() | answers.keys():
            if before.get(name) == answers.get(name):
                continue
            answer = self.maker.answer_to(name)
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

    def active_words(self) -> Mention | None:
        """The words beside which the active card stands; None where none is active."""
        if not self._active or self._copy is None:
            return None
        entry, position = self._entries[self._active], self._active_position
        placed = entry.layer.placed if entry.layer is not None else entry.mark
        if placed is not None:
            return Mention(placed.start, placed.end, entry.name)
        return self._copy.attachment.at(entry.name, position)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.maker.theme = theme
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

    def _place_again(self) -> None:
        """Place the cards anew if words stand elsewhere, else show those near the view."""
        layout = self._page.page_layout()
        if layout is None or not self._has_places() or self._tops != layout.row_tops():
            self._place()
        else:
            self._scrolled()
            self._measure_rest()

    def _has_places(self) -> bool:
        """Whether all cards have places in the text as it is set now."""
        layout = self._page.page_layout()
        return layout is not None and not self._is_stale and self._set_in is layout.typography

    def _prepare(self, layout: PageLayout, until: float) -> bool:
        """Find the rows of all entries, and guess heights; False when the time is over."""
        if self._is_stale:
            self._listed = sorted(self._entries.values(), key=attrgetter("home"))
        for number, entry in enumerate([each for each in self._listed if not each.guess]):
            if number % 32 == 31 and time.perf_counter() > until:
                return False
            if entry.row < 0:
                entry.row, entry.share = layout.row_and_share(entry.home)
            entry.guess = guessed_height(entry, *self._measures)
        return True

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
        missing = [name for name in MAKERS if not are_imported((name,))]
        if missing and not self._active:
            import_all(missing[:1])
            self._placing.start()
            return
        if self._set_in is not layout.typography:
            self._set_in = None
            for entry in self._entries.values():
                entry.within = None
        metrics = QFontMetricsF(self.font())
        letters = max(20.0, (self.width() - 26) / metrics.averageCharWidth())
        tall, before = self._measures
        if tall != metrics.height() or abs(letters - before) > _ROUGHLY * before:
            self._measures, self._set_in = (metrics.height(), letters), None
            for entry in self._entries.values():
                entry.guess = 0
        until = _soon()
        if not self._prepare(layout, until):
            self._placing.start()
            return
        # In which lines of their paragraphs words stand, as far as those are near by.
        scroll = self._page.scroll()
        first = layout.row_at(scroll - 4 * _NEAR)
        last = layout.row_at(scroll + self.height() + 4 * _NEAR)
        for entry in between(self._listed, first, last + 1):
            if entry.within is None and layout.is_laid(entry.row):
                entry.within = self._page.line_top(entry.home) - layout.row_top(entry.row)
        if self._active:
            layout.ensure(layout.row_of(self._active_position))
        # Laying lines out may have moved all that stands below them.
        self._tops = layout.row_tops()
        self._place_all(layout)
        self._is_stale, self._set_in = False, layout.typography
        self._show_near(until)
        self._measure_rest()

    def _place_all(self, layout: PageLayout) -> None:
        """Find every card's spot. There may be very many: each step is done for all of them."""
        listed, tops, tall = self._listed, self._tops, layout.row_heights()
        line = layout.typography.style(BlockKind.PARAGRAPH, 0).line
        active = self._entries[self._active] if self._active else None
        if active is not None:
            listed = moved(listed, active, self._active_position)
        lines = lines_of(listed, tops, tall, line)
        if active is not None:
            lines[listed.index(active)] = self._page.line_top(self._active_position) - LIFT
        listed, lines = in_order(listed, lines)
        from reader.ui.margin.card import short_height

        wishes = wishes_of(listed, lines, self._heights, float(short_height(self.font())))
        self._order = [each.name for each in listed]
        self._index = {name: index for index, name in enumerate(self._order)}
        self._placement.place(wishes, self._index.get(self._active, -1))

    def _scrolled(self) -> None:
        if self.isVisible() and self._has_places():
            # Those that wait to be made do so until there is time, however one scrolls.
            self._show_near(0.0 if self._more.isActive() else _soon())

    def _show_more(self) -> None:
        if self.isVisible() and self._has_places():
            self._show_near(_soon())

    def _show_near(self, until: float) -> None:
        """Make, move and drop cards, for the part of the text that is in view.

        Those that are not made or measured `until` then, in seconds of the clock that counts,
        are so later.
        """
        near, active = self._near(), self._active
        if active in near and (active not in self._cards or self._is_guessed(active)):
            # It was asked for: nobody waits for it.
            self._correct([active])
            near = self._near()
        in_time = time.perf_counter() < until
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
            if card is None:
                continue
            index = self._index[name]
            whole = self._placement.whole[index]
            card.set_whole(whole)
            card.set_active(name == self._active)
            tall = card.short_height()
            if whole:
                tall = self._heights.get(name) or self._entries[name].guess
            card.setGeometry(0, self._top(index) - scroll, self.width(), tall)
            card.setVisible(True)
            placed.append(card)
        self._focus_order.keep(placed)
        for name in self._cards.keys() - set(near):
            self._drop(name)
        if not in_time:
            self._more.start()

    def _near(self) -> list[str]:
        """The cards that stand near the view."""
        scroll, tops = self._page.scroll() - self._moved(), self._placement.tops
        first = bisect_right(tops, scroll - _NEAR) - 1
        last = bisect_left(tops, scroll + self.height() + _NEAR)
        return self._order[max(0, first) : last]

    def _top(self, index: int) -> int:
        """Where a card stands, in pixels from the top of the text as it was when it was placed."""
        return round(self._placement.tops[index])

    def _is_guessed(self, name: str) -> bool:
        """Whether a card's height was never measured, or its line stands elsewhere by now."""
        if name not in self._heights:
            return True
        line = self._line_now(name)
        return line is not None and abs(self._placement.line(self._index[name]) - line) > 1

    def _line_now(self, name: str) -> float | None:
        """Where a card wants to stand; None while its line is not laid out."""
        layout, entry = self._page.page_layout(), self._entries[name]
        is_active = name == self._active
        position = self._active_position if is_active else entry.home
        if layout is None or not layout.is_laid(layout.row_of(position)):
            return None
        line = self._page.line_top(position)
        if not is_active:
            entry.within = line - layout.row_top(entry.row)
        return max(0.0, line - self._moved() - LIFT)

    def _correct(self, names: Sequence[str], until: float = math.inf) -> bool:
        """Measure cards, find their lines, and correct the places of those that they push.

        The active card first, then those in view; whether all of them were done by `until`,
        in seconds of the clock that counts.
        """
        middle, placement = self._page.scroll() - self._moved() + self.height() / 2, self._placement
        away = {name: abs(placement.tops[self._index[name]] - middle) for name in names}
        done: list[int] = []
        for name in sorted(names, key=lambda name: (name != self._active, away[name])):
            if done and time.perf_counter() > until:
                break
            card, index = self._cards.get(name) or self._make(name), self._index[name]
            height = self._heights[name] = card.whole_height(self.width())
            line, short = self._line_now(name), placement.short(index)
            placement.correct(
                index,
                placement.line(index) if line is None else line,
                float(height),
                float(height) if _is_note(card) else short,
            )
            done.append(index)
        corrected = range(min(done), max(done) + 1)
        placement.place_again(corrected, self._index.get(self._active, -1))
        return len(done) == len(names)

    def _make(self, name: str) -> AnyCard:
        card = self.new_card(name)
        card.left.connect(self.left)
        card.activated.connect(self.card_activated)
        card.installEventFilter(self)
        self._cards[name] = card
        return card

    def new_card(self, name: str) -> AnyCard:
        """A card that is not placed."""
        return self.maker.make(self._entries[name], name == self._active)

    def _links_changed(self, name: str) -> None:
        """Show that other notes lead to a card than before."""
        self._heights.pop(name, None)
        card, entry = self._cards.get(name), self._entries.get(name)
        if _is_note(card) and entry is not None and entry.mark is not None:
            # Somebody may be writing in it.
            card.show_content(self.maker.content_of_mark(entry.mark))
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

    def let_cards_go(self) -> None:
        """Let cards be made anew, in other letters and as tall as they come out, when placed."""
        self._drop_cards()
        self._heights.clear()
        self._hidden, self._is_stale = {}, True

    def _drop_cards(self) -> None:
        for name in list(self._cards):
            self._drop(name)
        self._listed, self._order, self._index = [], [], {}
        self._placement = Placement()

    def _drop(self, name: str) -> None:
        card = self._cards.pop(name)
        if card.isAncestorOf(self.focusWidget() or self) or card.hasFocus():
            # Whoever reads on in the page does so with the keyboard there.
            self._page.setFocus()
        card.hide()
        card.deleteLater()

    # Measuring while nothing else happens

    def _unmeasured(self) -> list[Entry]:
        """The entries of which a card, or the line of its words, is guessed; of few cards all."""
        if self._are_many():
            return []
        # Where no row grows any more a line can be found without moving the page.
        is_set = self._page.is_set()
        return [
            each
            for each in self._listed
            if each.name not in self._heights or (is_set and each.within is None)
        ]

    def _are_many(self) -> bool:
        return len(self._entries) > _MEASURED_AHEAD

    def _measure_rest(self) -> None:
        if not self._measuring.isActive() and self._unmeasured():
            self._measuring.start()

    def _measure_some(self) -> None:
        until = time.perf_counter() + _SLICE
        layout = self._page.page_layout()
        for entry in self._unmeasured() if layout is not None else ():
            if entry.name not in self._heights:
                card = self.new_card(entry.name)
                self._heights[entry.name] = card.whole_height(self.width())
                card.deleteLater()
            elif layout is not None:
                entry.within = self._page.line_top(entry.home) - layout.row_top(entry.row)
            if time.perf_counter() > until:
                return
        self._measuring.stop()
        self._place()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            self._place_again()
            return
        for name in self._heights.keys() & self._entries.keys():
            self._entries[name].guess = self._heights[name]
        self._heights.clear()
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._copy:
            self.let_cards_go()
            self._place()

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
            top = self._top(index) + self._moved()
            self._page.verticalScrollBar().setValue(top - 120)
            self._correct([name])
            self._show_near(_soon())
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
        top = self._top(self._index[card.id]) + self._moved()
        if top < scroll or top + min(card.height(), height) > scroll + height:
            self._page.verticalScrollBar().setValue(top - height // 4)


def _is_note(card: AnyCard | None) -> TypeGuard[NoteCard]:
    if card is None:
        return False
    from reader.ui.margin.note_card import NoteCard

    return isinstance(card, NoteCard)


def _soon() -> float:
    """Until when cards may be made without keeping anybody waiting."""
    return time.perf_counter() + _MAKING


def _card_says(copy: Copy, name: str) -> object:
    """All that an annotation's card says of a copy; None where it has none."""
    annotation = copy.by_id.get(name)
    if annotation is None:
        return None
    others = (*annotation.see, *copy.linked_from.get(name, ()))
    titles = [(each, copy.by_id[each].title) for each in others if each in copy.by_id]
    return annotation, titles, list(copy.attachment.of(name))
