"""The left panel: where in the text the reader is, and all that is annotated or marked in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.copies.layers import Layer
from reader.problems import Problem
from reader.ui.layers import LayerMark
from reader.ui.panel.check import CheckPage
from reader.ui.panel.contents import Contents
from reader.ui.panel.index import BY_DATE, BY_KIND, IndexPage
from reader.ui.panel.notes import NotesPage
from reader.ui.panel.tabs import Tabs
from reader.ui.theme import Theme

CONTENTS, INDEX, TIMELINE, NOTES, CHECK = "contents", "index", "timeline", "notes", "check"
WIDTH = 232
LEAST_WIDTH = 180


class Panel(QWidget):
    """Contents, index and marks of a copy, under tabs. The timeline is the index by date."""

    page_changed = Signal(str)
    place_chosen = Signal(int)
    """A place to travel to, in code points."""
    annotation_chosen = Signal(str)
    mark_chosen = Signal(str)
    mark_delete_wanted = Signal(str)
    problem_chosen = Signal(object)
    """A Problem of the copy."""
    mark_confirmed = Signal(str)
    """A mark whose place was in doubt stands there."""
    mark_words_wanted = Signal(str)
    """Words are to be chosen for a mark."""
    notes_order_changed = Signal(str)
    """My notes are arranged in another way: in the order of the text, by color, tag or date."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = Tabs(theme, (self.tr("Contents"), self.tr("Index"), self.tr("My notes")))
        self._tabs.setAccessibleName(self.tr("Pages of the left panel"))
        self._contents = Contents(theme)
        self._index = IndexPage(theme)
        self._notes = NotesPage(theme)
        self._check = CheckPage(theme)
        self._stack = QStackedWidget()
        for each in (self._contents, self._index, self._notes, self._check):
            self._stack.addWidget(each)
        self._page = self.page

        self.setAccessibleName(self.tr("Left panel"))
        self.setAutoFillBackground(True)
        self.setMinimumWidth(LEAST_WIDTH)
        row = QHBoxLayout()
        row.setContentsMargins(10, 10, 4, 0)
        row.addWidget(self._tabs)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)

        self._tabs.currentChanged.connect(self._show_tab)
        self._index.order_changed.connect(self._report_page)
        self._contents.place_chosen.connect(self.place_chosen)
        self._index.annotation_chosen.connect(self.annotation_chosen)
        self._notes.mark_chosen.connect(self.mark_chosen)
        self._notes.delete_wanted.connect(self.mark_delete_wanted)
        self._notes.confirmed.connect(self.mark_confirmed)
        self._notes.words_wanted.connect(self.mark_words_wanted)
        self._notes.order_changed.connect(self.notes_order_changed)
        self._check.problem_chosen.connect(self.problem_chosen)
        self.apply_theme(theme)

    def set_copy(self, copy: Copy) -> None:
        """Show another copy; its reading place and its marks are not known yet."""
        self._contents.set_copy(copy)
        self._index.set_copy(copy)
        self._notes.start_anew()

    def renew(self, copy: Copy) -> None:
        """Show a copy of the same text with other annotations."""
        self._index.renew(copy)

    def set_problems(self, problems: Sequence[Problem] | None) -> None:
        """Show what is wrong with the copy, on a page of its own; None: without that page."""
        check = 3
        if problems is None:
            if self._tabs.count() > check:
                self._tabs.removeTab(check)
            return
        words = self.tr("Check {0}").format(len(problems)) if problems else self.tr("Check")
        if self._tabs.count() > check:
            self._tabs.setTabText(check, words)
        else:
            self._tabs.addTab(words)
        self._check.set_problems(problems)

    def set_marks(self, marks: Sequence[PlacedMark], color_names: Mapping[Color, str]) -> None:
        """Show these marks, in the order of the text; `color_names` are the reader's own."""
        self._notes.set_marks(marks, color_names)

    def set_layers(self, layers: Sequence[Layer], marks: Sequence[LayerMark]) -> None:
        """Offer other people's marks, in the order of the text, among my notes."""
        self._notes.set_layers(layers, marks)

    def set_place(self, position: int) -> None:
        """Follow the page: `position` is the code point at the top of its view."""
        self._contents.set_place(position)

    def apply_theme(self, theme: Theme) -> None:
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("window"))
        self.setPalette(palette)
        for each in (self._tabs, self._contents, self._index, self._notes, self._check):
            each.apply_theme(theme)

    @property
    def page(self) -> str:
        """contents, index, timeline, notes or check."""
        if self._stack.currentWidget() is self._contents:
            return CONTENTS
        if self._stack.currentWidget() is self._check:
            return CHECK
        if self._stack.currentWidget() is self._notes:
            return NOTES
        return TIMELINE if self._index.order == BY_DATE else INDEX

    def show_page(self, name: str) -> None:
        """Show the page `name`: contents, index, timeline, notes, or check where it is there."""
        tab = {CONTENTS: 0, INDEX: 1, TIMELINE: 1, NOTES: 2, CHECK: 3}[name]
        if tab == 1:
            self._index.set_order(BY_DATE if name == TIMELINE else BY_KIND)
        self._tabs.setCurrentIndex(tab)

    def set_notes_order(self, order: str) -> None:
        """Arrange my notes by text, color, tag or date. ValueError when there is no such order."""
        self._notes.set_order(order)

    def filter_index(self, words: str) -> None:
        """Narrow the index to what has to do with some words."""
        self._index.filter.setText(words)

    def focus(self) -> None:
        """Let the keyboard move in the list of the page that is shown."""
        if self.page == CONTENTS:
            self._contents.setFocus()
        elif self.page == CHECK:
            self._check.setFocus()
        elif self.page == NOTES:
            self._notes.focus_list()
        else:
            self._index.focus_list()

    def sizeHint(self) -> QSize:
        width = max(WIDTH, 14 * self.fontMetrics().height())
        return QSize(width, super().sizeHint().height())

    def _show_tab(self, tab: int) -> None:
        focused = QApplication.focusWidget()
        keep = focused is not None and self._stack.isAncestorOf(focused)
        self._stack.setCurrentIndex(tab)
        if keep:
            self.focus()
        self._report_page()

    def _report_page(self) -> None:
        if self.page != self._page:
            self._page = self.page
            if self._page != CHECK:
                self.page_changed.emit(self._page)
