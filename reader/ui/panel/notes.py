"""The page of notes: a filter, and all marks of a text in order or by colour, tag or date.

They are the reader's own; other people's are listed only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.ui.layers import LayerMark
from reader.ui.panel.filtered_page import FilteredPage
from reader.ui.panel.notes_groups import Order
from reader.ui.panel.notes_list import NotesList
from reader.ui.panel.notes_model import NoteRole
from reader.ui.panel.tabs import Switch
from reader.ui.panel.whose_box import EVERYBODY, MINE, WhoseBox
from reader.ui.theme import Theme

ORDERS = tuple(Order)


class NotesPage(FilteredPage):
    """All marks that the reader has made in a text."""

    mark_chosen = Signal(str)
    delete_wanted = Signal(str)
    confirmed = Signal(str)
    words_wanted = Signal(str)
    order_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("My notes"))
        self.filter.setAccessibleName(self.tr("Filter my notes"))
        # As short as they can be: four of them share the width.
        words = (self.tr("In order"), self.tr("Colour"), self.tr("Tag"), self.tr("Date"))
        self.switch = Switch(theme, words)
        self.switch.setAccessibleName(self.tr("Order of my notes"))
        self.whose = WhoseBox(theme)
        self.whose.hide()
        self._own: Sequence[PlacedMark] = ()
        self._names: Mapping[Color, str] = {}
        self._layers: Sequence[Layer] = ()
        self._theirs: Sequence[LayerMark] = ()
        self._layer_of: Mapping[str, Layer] = {}
        self._is_stale = False
        """Whether there are other marks than those that the list has."""
        self._list = NotesList(theme)
        self.list.setAccessibleName(self.tr("Marks in this text"))
        self._fill(self.list, self.whose, self.filter, self.switch)
        self.filter.textChanged.connect(self._narrow)
        self.whose.chosen.connect(self._show_whose)
        self.switch.currentChanged.connect(self._show_order)
        self.list.left_upwards.connect(self.filter.setFocus)
        self.list.chosen.connect(self._choose)
        self.list.delete_wanted.connect(self._want_delete)
        self.list.confirmed.connect(lambda index: self.confirmed.emit(index.data(NoteRole.ID)))
        self.list.words_wanted.connect(
            lambda index: self.words_wanted.emit(index.data(NoteRole.ID))
        )
        self._say_why_empty()

    @property
    def list(self) -> NotesList:
        """The list of marks."""
        return self._list

    def set_marks(self, marks: Sequence[PlacedMark], color_names: Mapping[Color, str]) -> None:
        """Show these marks, given in the order of the text, and what the reader calls colours.

        What is seen stays where it is: the marks may be those from before but one.
        """
        self._own, self._names = marks, color_names
        self._show_soon()

    def set_layers(self, layers: Sequence[Layer], marks: Sequence[LayerMark]) -> None:
        """Offer other people's marks, given in the order of the text, beside the reader's own."""
        if (layers, marks) == (self._layers, self._theirs):
            return  # others of them are seen on the page
        self._layers, self._theirs = layers, marks
        self._layer_of = {each.mark.id: each.layer for each in marks}
        self.whose.fill(layers)
        self._show_whose()

    def _show_marks(self) -> None:
        whose = self.whose.choice
        shown = list(self._own) if whose in (MINE, EVERYBODY) else []
        if whose != MINE:
            shown += [each.placed for each in self._theirs if whose in (EVERYBODY, each.layer.id)]
        if whose == EVERYBODY:
            shown.sort(key=lambda each: (each.start, each.end))
        with self.list.staying():
            self.list.notes.set_marks(shown, self._names, self._layer_of)
        self._is_stale = False

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._show_marks()
        super().showEvent(event)

    def _show_soon(self) -> None:
        """Show the marks when they are seen, as they are then."""
        self._is_stale = True
        if self.isVisible():
            self._show_marks()

    def _show_whose(self) -> None:
        self._show_soon()
        self._say_why_empty()

    def start_anew(self) -> None:
        """Show nothing, unfiltered: another text is coming, and then its marks."""
        self._own, self._layers, self._theirs, self._layer_of = (), (), (), {}
        self.whose.fill(())
        self._show_soon()
        self.filter.clear()

    def apply_theme(self, theme: Theme) -> None:
        for each in (self.whose, self.filter, self.switch, self.list):
            each.apply_theme(theme)

    @property
    def order(self) -> Order:
        """How the marks are arranged."""
        return self.list.notes.order

    def set_order(self, order: Order | str) -> None:
        """Arrange the marks in another way. ValueError when there is no such order."""
        self.switch.setCurrentIndex(ORDERS.index(Order(order)))

    def _show_order(self, place: int) -> None:
        self.list.notes.set_order(ORDERS[place])
        self.list.scrollToTop()
        self.order_changed.emit(self.order)

    def _narrow(self) -> None:
        self.list.notes.set_filter(self.filter.text())
        self.list.scrollToTop()
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        if words := self.filter.text().strip():
            why = self.tr("Nothing matches “{words}”.").format(words=words)
        elif self.whose.choice not in (MINE, EVERYBODY):
            why = self.tr("Nothing is marked in this layer.")
        else:
            why = self.tr("Nothing marked yet. Select words and press 1 to 5, or N for a note.")
        self.list.set_empty_words(why)

    def _choose(self, index: QModelIndex) -> None:
        self.mark_chosen.emit(index.data(NoteRole.ID))

    def _want_delete(self, index: QModelIndex) -> None:
        entry = index.data(NoteRole.ROW).entry
        if entry is not None and entry.layer is None:  # what others made is theirs
            self.delete_wanted.emit(entry.mark.id)
