"""The index page: a filter, and the annotations by kind or by date."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from reader.copies.copy import Copy
from reader.ui.panel.entries import entries_of
from reader.ui.panel.entry_model import EntryModel, EntryRole
from reader.ui.panel.filtered_page import FilteredPage
from reader.ui.panel.index_list import IndexDelegate, IndexModel
from reader.ui.panel.row_list import RowList
from reader.ui.panel.tabs import Switch
from reader.ui.panel.timeline import TimelineDelegate, TimelineModel
from reader.ui.theme import Theme

BY_KIND, BY_DATE = range(2)


class IndexPage(FilteredPage):
    """All annotations of a copy, by kind or, those that have one, by date."""

    annotation_chosen = Signal(str)
    order_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("Index"))
        self.switch = Switch(theme, (self.tr("By kind"), self.tr("By date")))
        self.switch.setAccessibleName(self.tr("Order of the index"))
        self._models: tuple[EntryModel, EntryModel] = (IndexModel(self), TimelineModel(self))
        by_kind, by_date = self._models
        self._lists = (
            RowList(by_kind, IndexDelegate(theme), uniform=True),
            RowList(by_date, TimelineDelegate(theme)),
        )
        self._lists[BY_KIND].setAccessibleName(self.tr("Annotations by kind"))
        self._lists[BY_DATE].setAccessibleName(self.tr("Timeline"))
        self._stack = QStackedWidget()
        for each in self._lists:
            self._stack.addWidget(each)
            each.chosen.connect(self._choose)
            each.left_upwards.connect(self.filter.setFocus)
        self._fill(self._stack, self.filter, self.switch)
        self.filter.textChanged.connect(self._narrow)
        self.switch.currentChanged.connect(self._show_order)
        self._say_why_empty()

    def set_copy(self, copy: Copy) -> None:
        entries = entries_of(copy)
        self.filter.clear()
        for model, each in zip(self._models, self._lists, strict=True):
            model.set_entries(entries)
            each.scrollToTop()
        self._say_why_empty()

    def renew(self, copy: Copy) -> None:
        """Show other annotations of the same text; what is filtered and in view stays."""
        places = [each.verticalScrollBar().value() for each in self._lists]
        entries = entries_of(copy)
        for model in self._models:
            model.set_entries(entries)
        self._narrow()
        for each, place in zip(self._lists, places, strict=True):
            each.verticalScrollBar().setValue(place)

    def apply_theme(self, theme: Theme) -> None:
        for each in (self.filter, self.switch, *self._lists):
            each.apply_theme(theme)

    @property
    def is_timeline(self) -> bool:
        """Whether the annotations stand in the order of their dates, not by their kinds."""
        return self._stack.currentIndex() == BY_DATE

    def show_timeline(self, timeline: bool) -> None:
        """Arrange the annotations by their dates, or by their kinds."""
        self.switch.setCurrentIndex(BY_DATE if timeline else BY_KIND)

    @property
    def list(self) -> RowList:
        """The list that is shown."""
        return self._lists[self._stack.currentIndex()]

    def _show_order(self, order: int) -> None:
        self._stack.setCurrentIndex(order)
        self._narrow()
        self.order_changed.emit(order)

    def _narrow(self) -> None:
        # The list that is not shown catches up when it is.
        self._models[self._stack.currentIndex()].set_filter(self.filter.text())
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        if words := self.filter.text().strip():
            nothing = self.tr("Nothing matches “{words}”.").format(words=words)
            by_kind = by_date = nothing
        else:
            by_kind = self.tr("This text has no annotations.")
            by_date = self.tr("No annotation of this text has a date.")
        self._lists[BY_KIND].set_empty_words(by_kind)
        self._lists[BY_DATE].set_empty_words(by_date)

    def _choose(self, index: QModelIndex) -> None:
        self.annotation_chosen.emit(index.data(EntryRole.ID))
