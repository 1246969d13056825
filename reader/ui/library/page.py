"""The texts of the library: shelves, a filter, an order, and the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from reader.library.texts import TextEntry
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.library.chips import ShelfChip
from reader.ui.library.choice import Choice
from reader.ui.library.questions import ask_to_bring_back, ask_to_forget
from reader.ui.library.text_list import TextList
from reader.ui.library.texts_model import (
    ORDER_NAMES,
    SHELF_NAMES,
    Order,
    Shelf,
    TextRole,
    TextsByTitle,
)
from reader.ui.library.welcome import Welcome
from reader.ui.panel.filter_field import FilterField
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme


class LibraryPage(QWidget):
    """All texts that this reader has."""

    open_wanted = Signal(str)
    """A text by its id."""

    remove_wanted = Signal(str)
    bring_back_wanted = Signal(str)
    """A text that was removed."""

    export_wanted = Signal(str)
    share_wanted = Signal(str)
    forget_wanted = Signal(str)
    """The reader was asked, and said yes."""

    open_file_wanted = Signal()
    dropped = Signal(object)
    """The Path of a file or folder that was dropped."""

    order_changed = Signal(str)
    """Texts are sorted in another way: an Order."""

    def __init__(
        self,
        faces: Faces,
        theme: Theme,
        icons: Icons,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Texts"))
        self.setAcceptDrops(True)
        self.list = TextList(theme, faces.text, today)
        self.welcome = Welcome(theme, icons, faces.text)
        self.filter = FilterField(theme)
        self.filter.setPlaceholderText(self.tr("Filter by title or author"))
        self.filter.setAccessibleName(self.tr("Filter the texts"))
        self.filter.setMinimumWidth(100)
        self.filter.setAcceptDrops(False)  # files are for the page
        names = {key: QCoreApplication.translate("Library", name) for key, name in _orders()}
        self.order = Choice(theme, self.tr("Sort by"), names)
        self.chips = {
            shelf: ShelfChip(theme, QCoreApplication.translate("Library", name))
            for shelf, name in SHELF_NAMES.items()
        }
        self._build()
        self._connect()
        self._is_known = False
        """Whether any texts were read, be it none."""

    def _build(self) -> None:
        self._strip = QWidget()
        self._strip.setAccessibleName(self.tr("What is shown, and in which order"))
        strip = StripLayout(self._strip, gap=6)
        self._group = QButtonGroup(self)
        for chip in self.chips.values():
            self._group.addButton(chip)
            strip.addWidget(chip)
        self.chips[Shelf.ALL].setChecked(True)
        strip.turn()
        strip.addWidget(self.filter)
        strip.addWidget(self.order)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._framed = QWidget()
        frame = QVBoxLayout(self._framed)
        frame.addWidget(self.welcome)
        self._stack.addWidget(self._framed)
        self._top = QVBoxLayout()
        self._top.addWidget(self._strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top)
        column.addWidget(self._stack, 1)
        ways = [*self.chips.values(), self.filter, self.order, self.list, self.welcome.button]
        for one, other in pairwise(ways):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        for shelf, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, shelf=shelf: self.show_shelf(shelf))
        self.filter.textChanged.connect(self._narrow)
        self.filter.left_downwards.connect(self.list.setFocus)
        self.filter.returnPressed.connect(self._open_first)
        self.order.chosen.connect(self._sort)
        self.order.chosen.connect(self.order_changed)
        rows = self.list
        rows.left_upwards.connect(self.filter.setFocus)
        rows.open_wanted.connect(self._open)
        rows.remove_wanted.connect(self.remove_wanted)
        rows.bring_back_wanted.connect(self.bring_back_wanted)
        rows.export_wanted.connect(self.export_wanted)
        rows.share_wanted.connect(self.share_wanted)
        rows.forget_wanted.connect(self._ask_to_forget)
        rows.open_file_wanted.connect(self.open_file_wanted)
        self.welcome.open_file_wanted.connect(self.open_file_wanted)

    # What it shows ---------------------------------------------------------------------------

    def expect(self) -> None:
        """Texts are being read; what is shown stays till they are there."""
        if not self._is_known:
            self._stack.setCurrentWidget(self.list)
            self._say_why_empty()

    def show_texts(self, texts: TextsByTitle) -> None:
        """Show the library as it is now; filter, order and place in the list stay."""
        self._is_known = True
        place = self.list.verticalScrollBar().value()
        self.list.texts.set_texts(texts)
        self._show_whether_empty()
        self.list.executeDelayedItemsLayout()
        self.list.verticalScrollBar().setValue(place)

    def show_offered(self, entries: Sequence[TextEntry]) -> None:
        """Show texts that are for everybody, and not in the library yet."""
        place = self.list.verticalScrollBar().value()
        self.list.texts.set_offered(entries)
        self._show_whether_empty()
        self.list.executeDelayedItemsLayout()
        self.list.verticalScrollBar().setValue(place)

    def _show_whether_empty(self) -> None:
        for shelf, count in self.list.texts.counts().items():
            self.chips[shelf].set_count(count)
            if shelf is Shelf.REMOVED:
                self.chips[shelf].setVisible(count > 0)
                if not count and self.list.texts.shelf is shelf:
                    self.show_shelf(Shelf.ALL)
        has_texts = self.list.texts.has_texts
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._strip.setVisible(has_texts)
        self._stack.setCurrentWidget(self.list if has_texts else self._framed)
        if had_focus and not has_texts:
            self.focus()
        self._say_why_empty()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show a part of the library."""
        self.chips[shelf].setChecked(True)
        self.list.texts.set_shelf(shelf)
        self._say_why_empty()
        self.list.scrollToTop()

    def set_order(self, order: str) -> None:
        """Sort by read, title, progress or added. ValueError when there is no such order."""
        self.order.choose(Order(order))

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        for each in (self.list, self.filter, self.order):
            each.apply_theme(theme)
        for chip in self.chips.values():
            chip.apply_theme(theme)
        self.welcome.apply_theme(theme, icons)

    def set_side(self, side: int) -> None:
        """How much is left free on either side, in pixels."""
        self._top.setContentsMargins(side, 0, side, 0)
        self.filter.setMaximumWidth(21 * self.fontMetrics().height())
        self.list.set_side(side)
        layout = self._framed.layout()
        if layout is not None:
            layout.setContentsMargins(side, 0, side, side)

    def focus(self) -> None:
        """Let the keyboard move in the list."""
        there = self.list.texts.has_texts or not self._is_known
        (self.list if there else self.welcome.button).setFocus()

    def focus_field(self) -> None:
        """Let the keyboard write in the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _narrow(self) -> None:
        self.list.texts.set_filter(self.filter.text())
        self._say_why_empty()
        self.list.scrollToTop()

    def _sort(self, order: str) -> None:
        self.list.texts.set_order(Order(order))
        self.list.scrollToTop()

    def _open_first(self) -> None:
        first = self.list.first_row()
        if self.filter.text().strip() and first.data(TextRole.ENTRY) is not None:
            self.list.choose(first)

    def _say_why_empty(self) -> None:
        if not self._is_known:
            why = self.tr("Your texts are being read…")
        elif words := self.filter.text().strip():
            why = self.tr("Nothing matches “{words}”.").format(words=words)
        else:
            why = {
                Shelf.ALL: "",
                Shelf.READING: self.tr("You are in the middle of no text."),
                Shelf.OTHERS: self.tr("No text here was annotated by others."),
                Shelf.NOTES: self.tr("You have marked nothing yet."),
                Shelf.REMOVED: "",
            }[self.list.texts.shelf]
        self.list.set_empty_words(why)

    def _open(self, text_id: str) -> None:
        entry = self.list.texts.row_of(text_id).data(TextRole.ENTRY)
        if entry is not None and entry.removed:
            ask_to_bring_back(self, entry, lambda: self.open_wanted.emit(text_id))
        else:
            self.open_wanted.emit(text_id)

    def _ask_to_forget(self, text_id: str) -> None:
        entry = self.list.texts.row_of(text_id).data(TextRole.ENTRY)
        if entry is not None:
            ask_to_forget(self, entry, lambda: self.forget_wanted.emit(text_id))

    # Dropping --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._set_dragging(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dragging(False)
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(Path(url.toLocalFile()))

    def _set_dragging(self, dragging: bool) -> None:
        self.list.set_dragging(dragging)
        self.welcome.set_dragging(dragging)


def _orders() -> Sequence[tuple[str, str]]:
    return [(str(order), name) for order, name in ORDER_NAMES.items()]
