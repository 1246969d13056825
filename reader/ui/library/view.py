"""The library: a heading, and below it the texts, the notebook or the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.marks import Mark
from reader.library.texts import TextEntry
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.library.page import LibraryPage
from reader.ui.library.painting import in_face
from reader.ui.library.texts_model import TextsByTitle
from reader.ui.panel.painting import heavy
from reader.ui.panel.tabs import Tabs
from reader.ui.strip_layout import StripLayout
from reader.ui.theme import Theme

if TYPE_CHECKING:
    # These pages are made when they are first shown.
    from reader.ui.library.finding import Search
    from reader.ui.library.notebook import NotebookPage
    from reader.ui.library.search import SearchPage

TEXTS, NOTEBOOK, SEARCH = _PAGES = "texts", "notebook", "search"
"""What has them, in the order of the tabs."""


class LibraryView(QWidget):
    """Everything that this reader has, on three pages."""

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
    """The Path of a file or folder."""

    hit_chosen = Signal(object)
    """A Hit of the search."""

    mark_chosen = Signal(str, str)
    """The id of a text, and that of a mark in it."""

    order_changed = Signal(str)
    """Texts are sorted in another way: by read, title, progress or added."""

    page_changed = Signal(str)
    """Another page is shown: texts, notebook or search."""

    def __init__(
        self,
        faces: Faces,
        theme: Theme,
        icons: Icons,
        search: Search,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        """`search` answers from a thread of its own; it may raise LibraryError."""
        super().__init__(parent)
        self._faces, self._theme, self._today = faces, theme, today
        self._find = search
        self._lacking = (0, 0)
        self._texts = TextsByTitle()
        self._languages: dict[str, str] = {}
        self.setAccessibleName(self.tr("Library"))
        self.setAutoFillBackground(True)
        self.texts = LibraryPage(faces, theme, icons, today)
        self._build(theme)
        self._connect()
        self.apply_theme(theme, icons)
        self._fit()

    def _build(self, theme: Theme) -> None:
        self._heading = QLabel(self.tr("Library"))
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = Tabs(theme, (self.tr("Texts"), self.tr("Notebook"), self.tr("Search")))
        self.tabs.setAccessibleName(self.tr("Pages of the library"))
        self.button = QPushButton(self.tr("Open a text…"))
        self.button.setDefault(True)
        head = StripLayout(gap=14)
        head.addWidget(self._heading)
        head.addWidget(self.tabs)
        head.turn()
        head.addWidget(self.button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.texts)
        self._top = QVBoxLayout()
        self._top.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(self._top)
        column.addWidget(self._stack, 1)
        QWidget.setTabOrder(self.tabs, self.button)
        QWidget.setTabOrder(self.button, self._stack)

    def _connect(self) -> None:
        texts = self.texts
        texts.open_wanted.connect(self.open_wanted)
        texts.remove_wanted.connect(self.remove_wanted)
        texts.bring_back_wanted.connect(self.bring_back_wanted)
        texts.export_wanted.connect(self.export_wanted)
        texts.share_wanted.connect(self.share_wanted)
        texts.forget_wanted.connect(self.forget_wanted)
        texts.open_file_wanted.connect(self.open_file_wanted)
        texts.dropped.connect(self.dropped)
        texts.order_changed.connect(self.order_changed)
        self.button.clicked.connect(self.open_file_wanted)
        self.tabs.currentChanged.connect(self._show_tab)

    @cached_property
    def notebook(self) -> NotebookPage:
        """All marks."""
        from reader.ui.library.notebook import NotebookPage

        page = NotebookPage(self._theme, self._faces.text, self._today)
        page.mark_chosen.connect(self.mark_chosen)
        self._stack.addWidget(page)
        page.set_side(self._side())
        return page

    @cached_property
    def search(self) -> SearchPage:
        """What is found in all texts."""
        from reader.ui.library.search import SearchPage

        page = SearchPage(self._theme, self._faces.text, self._find)
        page.hit_chosen.connect(self.hit_chosen)
        page.say_lacking(*self._lacking)
        page.renew(self._languages)
        self._stack.addWidget(page)
        page.set_side(self._side())
        return page

    def _made(self) -> list[LibraryPage | NotebookPage | SearchPage]:
        """The pages that were shown."""
        return [getattr(self, name) for name in _PAGES if self._is_made(name)]

    def _is_made(self, page: str) -> bool:
        return page in self.__dict__

    # What it shows ---------------------------------------------------------------------------

    def expect(self) -> None:
        """The library is being read; what is shown stays till that is done."""
        self.texts.expect()
        if self.page == NOTEBOOK:
            self.notebook.expect(self._texts.entries)

    def show_texts(self, texts: TextsByTitle) -> None:
        """Show the library as it is now; what is seen stays where it is."""
        if texts is not self._texts:
            self._texts = texts
            self.texts.show_texts(texts)
            self._languages = {entry.id: entry.language for entry in texts.entries}
        if self._is_made(SEARCH):
            self.search.renew(self._languages)
        self._offer()

    def show_offered(self, entries: Sequence[TextEntry]) -> None:
        """Show texts that are for everybody, and not in the library yet."""
        self.texts.show_offered(entries)
        self._offer()

    def show_marks(self, marks: Iterable[tuple[str, Mark]]) -> None:
        """Show marks, each with its text's id, under the titles of the texts shown last."""
        self.notebook.show_marks(marks, self._texts.entries)

    def say_lacking(self, soon: int, gone: int) -> None:
        """Say how many texts the search will know soon, and how many it cannot any more."""
        self._lacking = soon, gone
        if self._is_made(SEARCH):
            self.search.say_lacking(soon, gone)

    @property
    def page(self) -> str:
        """texts, notebook or search."""
        return _PAGES[self.tabs.currentIndex()]

    @property
    def _shown(self) -> LibraryPage | NotebookPage | SearchPage:
        page: LibraryPage | NotebookPage | SearchPage = getattr(self, self.page)
        return page

    def show_page(self, name: str) -> None:
        """Show the page `name`: texts, notebook or search. ValueError when there is none."""
        self.tabs.setCurrentIndex(list(_PAGES).index(name))

    def set_order(self, order: str) -> None:
        """Sort the texts by read, title, progress or added. ValueError for anything else."""
        self.texts.set_order(order)

    def focus(self) -> None:
        """Let the keyboard move on the page that is shown."""
        self._shown.focus()

    def focus_field(self) -> None:
        """Let the keyboard write in the field of the page that is shown."""
        self._shown.focus_field()

    def narrow(self, words: str) -> None:
        """Show what has these words on the page that is shown."""
        page = self._shown
        (page.filter if isinstance(page, LibraryPage) else page.field).setText(words)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme = theme
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.color("page"))
        self.setPalette(palette)
        self.tabs.apply_theme(theme)
        self.texts.apply_theme(theme, icons)
        for page in self._made():
            if not isinstance(page, LibraryPage):
                page.apply_theme(theme)

    def wait(self) -> None:
        """End the thread that searches, before the program ends."""
        if self._is_made(SEARCH):
            self.search.close_search()

    def _show_tab(self) -> None:
        focused = QApplication.focusWidget()
        keep = focused is not None and self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(self._shown)
        self._offer()
        if keep or self.page == SEARCH:
            self.focus()
        self.page_changed.emit(self.page)

    def _offer(self) -> None:
        """An empty library has a button of its own."""
        self.button.setVisible(self.page != TEXTS or self.texts.list.texts.has_texts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._heading.setFont(in_face(self._faces.text, self.font(), 2.05, bold=True))
        self.button.setFont(heavy(self.font()))
        side = self._side()
        self._top.setContentsMargins(side, side // 2, side, 0)
        for page in self._made():
            page.set_side(side)

    def _side(self) -> int:
        """How much is left free on either side, in pixels."""
        return max(20, min(56, self.width() // 24))
