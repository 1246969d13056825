"""The margin: cards beside their words, scrolling with them.

Only the cards near the view exist as widgets; of all others the margin knows
where they will stand. Heights of cards that never were in view are guessed, then
measured a few at a time, so that ten thousand annotations cost no more than ten.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.model import Annotation, Kind
from reader.copies.copy import Copy
from reader.ui.margin.card import Card, short_height
from reader.ui.margin.contents import CardContents
from reader.ui.margin.placement import DRIFT, Spot, Wish, place_cards
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


@dataclass(slots=True)
class _Entry:
    annotation: Annotation
    home: int
    row: int = -1
    within: float | None = None


class Margin(QWidget):
    """The cards of one text beside its page. Lies on the page's right side."""

    card_activated = Signal(str)
    travel_wanted = Signal(str, int)
    annotation_wanted = Signal(str)
    link_activated = Signal(str)
    left = Signal()

    def __init__(self, page: PageView, theme: Theme) -> None:
        super().__init__(page)
        self._page = page
        self._theme = theme
        self._copy: Copy | None = None
        self._contents: CardContents | None = None
        self._entries: dict[str, _Entry] = {}
        self._order: list[str] = []
        self._spots: dict[str, Spot] = {}
        self._tops: list[float] = []
        self._heights: dict[str, int] = {}
        self._cards: dict[str, Card] = {}
        self._active = ""
        self._active_position = 0
        self._stale = False
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
        self._drop_cards()
        self._copy = copy
        self._contents = CardContents(copy)
        self._heights.clear()
        self._active = ""
        self._entries = {}
        for annotation in copy.annotations:
            mentions = copy.attachment.of(annotation.id)
            if mentions or annotation.whole_text:
                home = mentions[0].start if mentions else 0
                self._entries[annotation.id] = _Entry(annotation, home)
        self._find_rows()
        if self.isVisible():
            self._place()

    def set_active(self, annotation: str, position: int | None = None) -> None:
        """Make a card the active one, beside the code point `position`; empty for none."""
        self._active = annotation if annotation in self._entries else ""
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

    def card(self, annotation: str) -> Card | None:
        """The widget of a card, if it is near the view."""
        return self._cards.get(annotation)

    def cards(self) -> dict[str, Card]:
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
        top = self._tops[entry.row]
        if entry.within is None and (
            len(self._entries) <= _MEASURED_AHEAD or layout.is_laid(entry.row)
        ):
            entry.within = self._page.line_top(entry.home) - layout.row_top(entry.row)
        if entry.within is not None:
            return top + entry.within
        return top + 0.3 * layout.row_height(entry.row)

    def _place(self) -> None:
        """Find every card's spot, then show those near the view."""
        layout = self._page.page_layout()
        if layout is None or not self._copy or not self.isVisible():
            return
        self._stale = False
        self._tops = layout.row_tops()
        lines = {name: self._line_of(entry) for name, entry in self._entries.items()}
        if self._active:
            lines[self._active] = self._page.line_top(self._active_position)
        # Laying lines out may have moved what stands below them.
        self._order = sorted(lines, key=lines.__getitem__)
        metrics = QFontMetricsF(self.font())
        letters = max(20.0, (self.width() - 26) / metrics.averageCharWidth())
        self._measures = metrics.height(), letters
        short = float(short_height(self.font()))
        wishes = [
            Wish(
                max(0.0, lines[name] - _LIFT),
                float(self._height(name)),
                short,
                _PATIENCE.get(self._entries[name].annotation.kind, DRIFT),
            )
            for name in self._order
        ]
        active = self._order.index(self._active) if self._active else -1
        self._spots = dict(zip(self._order, place_cards(wishes, active), strict=True))
        self._show_near()
        if not self._measuring.isActive() and self._unmeasured():
            self._measuring.start()

    def _height(self, name: str) -> int:
        return self._heights.get(name) or self._guess(self._entries[name].annotation)

    def _guess(self, annotation: Annotation) -> int:
        line, letters = self._measures
        lines = len(annotation.body) / letters + annotation.body.count("\n") + 3.5
        return round(24 + lines * line + (100 if annotation.chart or annotation.image else 0))

    def _scrolled(self) -> None:
        if self.isVisible():
            self._show_near()

    def _show_near(self) -> None:
        """Make, move and drop cards, for the part of the text that is in view."""
        scroll, height = self._page.scroll(), self.height()
        first, last = scroll - _NEAR, scroll + height + _NEAR
        near = [
            name
            for name, spot in self._spots.items()
            if spot.y < last and spot.y + self._height(name) > first
        ]
        wrong = False
        for name in near:
            card = self._cards.get(name) or self._make(name)
            spot = self._spots[name]
            card.set_whole(spot.whole)
            card.set_active(name == self._active)
            tall = self._heights[name] if spot.whole else card.short_height()
            card.setGeometry(0, round(spot.y) - scroll, self.width(), tall)
            card.setVisible(True)
            wrong |= self._stale
        for name in self._cards.keys() - set(near):
            self._drop(name)
        if wrong:
            # A card turned out taller or shorter than was guessed.
            self._place()
            return
        before: QWidget | None = None
        for name in near:
            if before is not None:
                QWidget.setTabOrder(before, self._cards[name])
            before = self._cards[name]

    def _make(self, name: str) -> Card:
        assert self._contents is not None
        card = Card(self._contents.of(name), self._theme, self)
        card.activated.connect(self.card_activated)
        card.travel_wanted.connect(self.travel_wanted)
        card.annotation_wanted.connect(self.annotation_wanted)
        card.link_activated.connect(self.link_activated)
        card.left.connect(self.left)
        card.installEventFilter(self)
        self._cards[name] = card
        if name not in self._heights:
            self._heights[name] = card.whole_height(self.width())
            self._stale = True
        return card

    def _drop_cards(self) -> None:
        for name in list(self._cards):
            self._drop(name)
        self._spots.clear()

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
            assert self._contents is not None
            card = Card(self._contents.of(name), self._theme, self)
            self._heights[name] = card.whole_height(self.width())
            card.deleteLater()
            if time.perf_counter() > until:
                return
        self._measuring.stop()
        self._place()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
        if isinstance(watched, Card):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
                if step:
                    self._focus_beside(watched, step)
                    return True
            elif event.type() == QEvent.Type.FocusIn:
                self._bring_into_view(watched)
        return super().eventFilter(watched, event)

    def _focus_beside(self, card: Card, step: int) -> None:
        index = self._order.index(card.content.annotation.id) + step
        if not 0 <= index < len(self._order):
            return
        name = self._order[index]
        if name not in self._cards:
            self._page.verticalScrollBar().setValue(round(self._spots[name].y) - 120)
        if name in self._cards:
            self._cards[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_view(self, card: Card) -> None:
        spot = self._spots.get(card.content.annotation.id)
        if spot is None:
            return
        scroll, height = self._page.scroll(), self.height()
        if spot.y < scroll or spot.y + min(card.height(), height) > scroll + height:
            self._page.verticalScrollBar().setValue(round(spot.y) - height // 4)
