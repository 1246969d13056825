"""The left panel: where in the text the reader is, and all that is annotated or marked in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reader.annotations.marks import Color
from reader.annotations.placing import PlacedMark
from reader.copies.copy import Copy
from reader.copies.layers import Layer
from reader.problems import Problem
from reader.ui.late import are_imported, import_all
from reader.ui.layers import LayerMark
from reader.ui.letters import pixels
from reader.ui.panel.tabs import Tabs
from reader.ui.theme import Theme
from reader.ui.timers import timer

if TYPE_CHECKING:
    # The pages are made when they are first shown.
    from reader.ui.panel.check import CheckPage
    from reader.ui.panel.contents import Contents
    from reader.ui.panel.index import IndexPage
    from reader.ui.panel.notes import NotesPage

CONTENTS, INDEX, TIMELINE, NOTES, CHECK = "contents", "index", "timeline", "notes", "check"
_PAGES = ("_contents", "_index", "_notes", "_check")
"""What has them, in the order of the tabs."""

_MODULES = tuple(f"reader.ui.panel.{page.strip('_')}" for page in _PAGES)
"""Where they are."""

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

    def __init__(self, theme: Theme, parent: QWidget | None = None, waits: bool = False) -> None:
        """One that `waits` has no page before it is filled: the words of the text come first."""
        super().__init__(parent)
        self._tabs = Tabs(theme, (self.tr("Contents"), self.tr("Index"), self.tr("My notes")))
        self._tabs.setAccessibleName(self.tr("Pages of the left panel"))
        self._theme = theme
        self._copy: Copy | None = None
        self._problems: Sequence[Problem] = ()
        self._marks: tuple[Sequence[PlacedMark], Mapping[Color, str]] = ((), {})
        self._layers: tuple[Sequence[Layer], Sequence[LayerMark]] = ((), ())
        self._place = 0
        self._is_timeline = False
        self._notes_order = ""
        self._stack = QStackedWidget()
        self.waits = waits
        """Whether it has no page yet."""
        self._filling = timer(self, self.fill, once=True)
        self._page = CONTENTS

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
        self.apply_theme(theme)
        if not waits:
            self.fill()

    # Its pages

    def fill(self) -> None:
        """Show the page that was chosen, if it was waited for.

        What it needs is imported before, in a turn of its own.
        """
        module = _MODULES[self._tabs.currentIndex()]
        if self.waits and not are_imported((module,)):
            import_all((module,))
            self._filling.start()
            return
        self.waits = False
        self._show_tab(self._tabs.currentIndex())

    @cached_property
    def _contents(self) -> Contents:
        from reader.ui.panel.contents import Contents

        page = Contents(self._theme)
        page.place_chosen.connect(self.place_chosen)
        if self._copy is not None:
            page.set_copy(self._copy)
            page.set_place(self._place)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _index(self) -> IndexPage:
        from reader.ui.panel.index import IndexPage

        page = IndexPage(self._theme)
        page.show_timeline(self._is_timeline)
        page.order_changed.connect(self._arranged)
        page.annotation_chosen.connect(self.annotation_chosen)
        if self._copy is not None:
            page.set_copy(self._copy)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _notes(self) -> NotesPage:
        from reader.ui.panel.notes import NotesPage

        page = NotesPage(self._theme)
        page.mark_chosen.connect(self.mark_chosen)
        page.delete_wanted.connect(self.mark_delete_wanted)
        page.confirmed.connect(self.mark_confirmed)
        page.words_wanted.connect(self.mark_words_wanted)
        if self._notes_order:
            page.set_order(self._notes_order)
        page.order_changed.connect(self.notes_order_changed)
        page.set_marks(*self._marks)
        page.set_layers(*self._layers)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _check(self) -> CheckPage:
        from reader.ui.panel.check import CheckPage

        page = CheckPage(self._theme)
        page.problem_chosen.connect(self.problem_chosen)
        page.set_problems(self._problems)
        self._stack.addWidget(page)
        return page

    def _is_made(self, page: str) -> bool:
        return page in self.__dict__

    # What is shown

    def set_copy(self, copy: Copy) -> None:
        """Show another copy; its reading place and its marks are not known yet."""
        self._copy, self._marks, self._layers = copy, ((), self._marks[1]), ((), ())
        self._place = 0
        if self._is_made("_contents"):
            self._contents.set_copy(copy)
        if self._is_made("_index"):
            self._index.set_copy(copy)
        if self._is_made("_notes"):
            self._notes.start_anew()

    def renew(self, copy: Copy) -> None:
        """Show a copy of the same text with other annotations."""
        self._copy = copy
        if self._is_made("_index"):
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
        self._problems = problems
        if self._is_made("_check"):
            self._check.set_problems(problems)

    def set_marks(self, marks: Sequence[PlacedMark], color_names: Mapping[Color, str]) -> None:
        """Show these marks, in the order of the text; `color_names` are the reader's own."""
        self._marks = marks, color_names
        if self._is_made("_notes"):
            self._notes.set_marks(marks, color_names)

    def set_layers(self, layers: Sequence[Layer], marks: Sequence[LayerMark]) -> None:
        """Offer other people's marks, in the order of the text, among my notes."""
        self._layers = layers, marks
        if self._is_made("_notes"):
            self._notes.set_layers(layers, marks)

    def set_place(self, position: int) -> None:
        """Follow the page: `position` is the code point at the top of its view."""
        self._place = position
        if self._is_made("_contents"):
            self._contents.set_place(position)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("window"))
        self.setPalette(palette)
        self._tabs.apply_theme(theme)
        for name in _PAGES:
            if self._is_made(name):
                getattr(self, name).apply_theme(theme)

    @property
    def page(self) -> str:
        """contents, index, timeline, notes or check."""
        names = (CONTENTS, TIMELINE if self._is_timeline else INDEX, NOTES, CHECK)
        return names[self._tabs.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show the page `name`: contents, index, timeline, notes, or check where it is there."""
        tab = {CONTENTS: 0, INDEX: 1, TIMELINE: 1, NOTES: 2, CHECK: 3}[name]
        if tab == 1:
            self._is_timeline = name == TIMELINE
            if self._is_made("_index"):
                self._index.show_timeline(self._is_timeline)
        self._tabs.setCurrentIndex(tab)

    def set_notes_order(self, order: str) -> None:
        """Arrange my notes by text, color, tag or date. ValueError when there is no such order."""
        self._notes_order = order
        if self._is_made("_notes"):
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
        width = pixels(self, WIDTH)
        return QSize(width, super().sizeHint().height())

    def _show_tab(self, tab: int) -> None:
        if not self.waits or self.isVisible():
            self.waits = False
            focused = QApplication.focusWidget()
            keep = focused is not None and self._stack.isAncestorOf(focused)
            self._stack.setCurrentWidget(getattr(self, _PAGES[tab]))
            if keep:
                self.focus()
        self._report_page()

    def _arranged(self) -> None:
        self._is_timeline = self._index.is_timeline
        self._report_page()

    def _report_page(self) -> None:
        if self.page != self._page:
            self._page = self.page
            if self._page != CHECK:
                self.page_changed.emit(self._page)
