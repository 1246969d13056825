"""The page of notes: a filter, and all marks of a text in order or by colour, tag or date.

They are the reader's own; other people's are listed only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.ui.layers import LayerMark
from reader.ui.panel.filter_field import FilterField
from reader.ui.panel.notes_groups import Order
from reader.ui.panel.notes_list import NotesList
from reader.ui.panel.notes_model import NoteRole
from reader.ui.panel.tabs import Switch
from reader.ui.panel.whose_box import EVERYBODY, MINE, WhoseBox
from reader.ui.theme import Theme

ORDERS = tuple(Order)


class NotesPage(QWidget):
    """All marks that the reader has made in a text."""

    mark_chosen = Signal(str)
    delete_wanted = Signal(str)
    confirmed = Signal(str)
    words_wanted = Signal(str)
    order_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("My notes"))
        self.filter = FilterField(theme)
        self.filter.setAccessibleName(self.tr("Filter my notes"))
        # As short as they can be: four of them share the width.
        words = (self.tr("In order"), self.tr("Colour"), self.tr("Tag"), self.tr("Date"))
        self.switch = Switch(theme, words)
        self.switch.setAccessibleName(self.tr("Order of my notes"))
        self.whose = WhoseBox(theme)
        self.whose.hide()
        self._own: Sequence[PlacedMark] = ()
        self._names: Mapping[Color, str] = {}
        self._theirs: Sequence[LayerMark] = ()
        self.list = NotesList(theme)
        self.list.setAccessibleName(self.tr("Marks in this text"))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        top = QVBoxLayout()
        top.setContentsMargins(10, 2, 10, 0)
        top.setSpacing(8)
        top.addWidget(self.whose)
        top.addWidget(self.filter)
        top.addWidget(self.switch)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)

        self.filter.textChanged.connect(self._narrow)
        self.filter.left_downwards.connect(self.list.setFocus)
        self.filter.returnPressed.connect(self._choose_first_hit)
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

    def set_marks(self, marks: Sequence[PlacedMark], color_names: Mapping[Color, str]) -> None:
        """Show these marks, given in the order of the text, and what the reader calls colours.

        What is seen stays where it is: the marks may be those from before but one.
        """
        self._own, self._names = marks, color_names
        self._show_marks()

    def set_layers(self, layers: Sequence[Layer], marks: Sequence[LayerMark]) -> None:
        """Offer other people's marks, given in the order of the text, beside the reader's own."""
        self._theirs = marks
        self.whose.fill(layers)
        self._show_whose()

    def _show_marks(self) -> None:
        whose = self.whose.choice
        shown: list[tuple[PlacedMark, Layer | None]] = []
        if whose in (MINE, EVERYBODY):
            shown += [(each, None) for each in self._own]
        shown += [
            (each.placed, each.layer)
            for each in self._theirs
            if whose in (EVERYBODY, each.layer.id)
        ]
        if whose == EVERYBODY:
            shown.sort(key=lambda each: (each[0].start, each[0].end))
        with self.list.staying():
            self.list.notes.set_marks(shown, self._names)

    def _show_whose(self) -> None:
        self._show_marks()
        self._say_why_empty()

    def start_anew(self) -> None:
        """Show nothing, unfiltered: another text is coming, and then its marks."""
        self._own, self._theirs = (), ()
        self.whose.fill(())
        self._show_marks()
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

    def focus_list(self) -> None:
        """Let the keyboard move in the list."""
        self.list.setFocus()

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

    def _choose_first_hit(self) -> None:
        first = self.list.first_row()
        if self.filter.text().strip() and first.isValid():
            self.list.choose(first)
