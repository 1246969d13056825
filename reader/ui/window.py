"""The window: puts header, panel, page and margin together and gives every command its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.anchoring import anchor
from reader.annotations.marks import Color, MarkKind
from reader.annotations.model import bare_term
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.library.library import Library
from reader.settings import DECLARED, Settings
from reader.text.folding import fold
from reader.ui.actions import Actions
from reader.ui.appearance import INTERFACE_SIZES, TEXT_SIZES, Appearance
from reader.ui.author.authoring import Authoring
from reader.ui.collecting import Collecting
from reader.ui.exchanging import Exchanging
from reader.ui.finder import Finder
from reader.ui.finding import Finding
from reader.ui.focus_order import follow
from reader.ui.fonts import Faces
from reader.ui.header import Header
from reader.ui.helping import Helping
from reader.ui.icons import Icons
from reader.ui.indexing import Indexing
from reader.ui.keymap import Keymap
from reader.ui.layering import Layering
from reader.ui.layers import Layers
from reader.ui.leaving import Leaving
from reader.ui.library.caretaker import Caretaker
from reader.ui.library.elsewhere import Elsewhere
from reader.ui.marking import Marking
from reader.ui.marks import Marks
from reader.ui.note_links import NoteLinks
from reader.ui.notice import Notice, Progress
from reader.ui.opener import Opener
from reader.ui.page.pieces import PreparedText
from reader.ui.panel.panel import Panel
from reader.ui.pressing import enter_presses
from reader.ui.reading import ReadingView
from reader.ui.revision.revising import Revising
from reader.ui.sharing.sharing import Sharing
from reader.ui.shelf import Shelf
from reader.ui.status import Status
from reader.ui.theme import Theme
from reader.ui.timers import timer

if TYPE_CHECKING:
    from reader.ui.author.author import Author
    from reader.ui.library.desk import LibraryDesk
    from reader.ui.palette.palette import CommandPalette

_WORDS = 48
"""Code points by which a place is found again in another revision."""

_MARKING = ("mark-underline", "note", *(f"mark-{color}" for color in Color))
"""The commands that need selected words, or an active mark."""

_QUOTING = ("copy-quote", "look-up")
"""The commands that need selected words."""

_OF_WORDS = (*_MARKING, *_QUOTING, "mark-words", "delete-mark")

_KIND = attrgetter("mark.kind")

_LEAST = (480, 360)
"""Pixels of the smallest window, at the usual size of letters."""

_PLACE_SETTLES = 800
"""Milliseconds after which a place counts as one where somebody reads."""


class Window(QWidget):
    """One window, showing one text at a time."""

    text_shown = Signal()
    """Another text is on the page."""

    new_window_wanted = Signal()
    """Another window is to be opened beside this one."""

    def __init__(
        self,
        *,
        faces: Faces,
        theme_of: Callable[[str], Theme],
        icons: Icons,
        settings: Settings,
        library: Library | None,
        guide: Path,
        templates: tuple[Path, Path],
        data: Path,
        theme: str | None = None,
    ) -> None:
        """`templates` are the folders of the program's and of the user's own templates.

        `data` is the user's folder of data.

        `theme` overrides the setting for this window; without a library nothing is kept.
        """
        super().__init__()
        self._settings = settings
        self._library = library
        self.shelf = Shelf(library, self)
        self._guide = guide
        self._icons = icons
        self.appearance = Appearance(settings, theme_of, icons, faces, theme, self)
        self._faces = faces
        self._palette: CommandPalette | None = None
        self._desk: LibraryDesk | None = None
        self._indexing = Indexing(library, self) if library is not None else None
        self._collecting = Collecting(self)
        self._after: Callable[[], object] | None = None
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.icon("app"))
        self.actions_ = Actions(self, icons, Keymap(settings, self))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.header = Header(self.actions_, self._menu, self._text_menu())
        self.notice = Notice()
        self.failure = ""
        """Why the text that was asked for last cannot be shown; empty when it can."""
        self.progress = Progress()
        self.panel = Panel(self.theme, waits=True)
        self.reading = ReadingView(faces, self.theme)
        self.marks = Marks(library, self, library)
        self._links = NoteLinks(self.shelf, self.marks, self)
        self.layers = Layers(self.marks, settings, self)
        self.marking = Marking(
            self.reading,
            self.marks,
            self.theme,
            self.shelf.color_names,
            self._links,
            Layering(self.reading, self.layers, self.marks, self.theme),
        )
        self.sharing = Sharing(self, self.marks, self.shelf, settings, self.appearance)
        self.revising = Revising(
            self,
            self.shelf,
            self.marks,
            self.marking,
            self.reading,
            self.notice,
            faces.text,
            lambda: self.theme,
        )
        self.leaving = Leaving(self, self.marks, self._title_of)
        self.status = Status()
        self.authoring = Authoring(
            self,
            self._make_author,
            self.marking,
            self.actions_,
            self.panel,
            self.status,
            self.notice,
            self.progress,
            lambda: self.theme,
        )
        self.opener = Opener(library, self)
        self.finder = Finder(self)
        self._finding = Finding(self.reading, self.finder, self.header.find_field)
        self.exchanging = Exchanging(
            self,
            self.marks,
            self.shelf,
            settings,
            templates,
            faces,
            self.appearance,
            self.progress,
        )
        self.helping = Helping(self, faces, self.appearance, settings, self.actions_.keymap, data)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.panel)
        self._splitter.addWidget(self.reading)
        self._splitter.setStretchFactor(1, 1)
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(lambda _page: self._page_changed())
        self._pages.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.notice, self.revising.choosing, self.progress):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        # As one reads: what is made later, such as a page of the library, comes after these.
        follow(self.header, self.panel)
        follow(self.panel, self.reading.page)
        self._settled = timer(self, self._keep_place, _PLACE_SETTLES, once=True)
        self._connect()
        self._look_after_library()
        self._bind()
        self._restore()
        self.appearance.apply()

    # Opening

    def open(self, path: Path, annotation: str = "") -> None:
        """Show another text, or say why it cannot be shown; what is shown stays till then.

        With `annotation`, an id, its card is opened beside its words.
        """
        # The window gets its size, and with it the text its column, when it is shown.
        later = partial(QTimer.singleShot, 0, partial(self._show_named, annotation))
        self._after = later if annotation else None
        self.progress.begin(self.tr("Opening {0} …").format(path.name))
        # Before the window is seen, nobody waits for anything but the text.
        if self.opener.open(path, at_once=not self.isVisible()):
            self.progress.end()

    def last_text(self) -> Path | None:
        """Where the text that was read last lies; None when it is gone, or there is none."""
        recent = self.shelf.recent(1)
        if recent and not recent[0].path.exists():
            self.notice.add(
                self.tr("“{0}” is no longer in {1}.").format(recent[0].title, recent[0].path.parent)
            )
            return None
        return recent[0].path if recent else None

    @property
    def copy(self) -> Copy | None:
        """What is shown; None before the first text."""
        return self.reading.copy

    def _show(self, copy: Copy, prepared: PreparedText) -> None:
        self._collecting.text_came()
        self._keep_place()
        self.progress.end()
        if self.failure and self.notice.words.endswith(self.failure):
            self.notice.hide()
        self.failure = ""
        place, here = self._place_in(copy), self._here_in(copy)
        arrival = self.opener.arrival(copy) or self.shelf.arrived(copy)
        if known := self.shelf.opened(copy):
            place = known.position
        if arrival is not None:
            self.shelf.settle(arrival)
        self._finding.show_text(copy.text.string)
        self.reading.show_copy(copy, prepared, place)
        if here is not None:
            self.reading.page.put(*here)
        self.panel.set_copy(copy)
        self.marking.show_copy(copy, arrival, self.opener.take_placed(arrival))
        self.status.forget()
        self.status.show_counts(len(copy.annotations), len(copy.problems))
        self._place_changed()
        self._fill_recent()
        self.reading.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pages.setCurrentWidget(self._splitter)
        self._show_title()
        if self._indexing is not None and not (arrival and arrival.newest):
            self._indexing.add(copy)
        self.revising.show_copy(copy, arrival)
        self.authoring.show_copy(copy)
        after, self._after = self._after, None
        if after is not None:
            after()
        self.text_shown.emit()

    def _renew(self, copy: Copy, prepared: PreparedText | None) -> None:
        """Show what an author made of the copy; only another text is set anew."""
        if prepared is not None:
            self._show(copy, prepared)
            return
        self.reading.renew(copy)
        self.panel.renew(copy)
        self.marking.renew(copy)
        self.status.show_counts(len(copy.annotations), len(copy.problems))
        self.authoring.renew(copy)
        self._show_title()

    @property
    def author(self) -> Author:
        """Who annotates the copy that is shown."""
        return self.authoring.author

    def _make_author(self) -> Author:
        from reader.ui.author.author import Author

        library = self._library
        # What is shipped, and what the library keeps, stays as it came.
        untouched = (self._guide.parent, *((library.store,) if library is not None else ()))
        parsed = library.parsed if library is not None else None
        return Author(self.reading, self.marking, self.marks, self.theme, parsed, untouched)

    def _authored(self, copy: Copy) -> None:
        """Know of what an author made of the copy."""
        arrival = self.shelf.arrived(copy)
        self.shelf.opened(copy)
        if arrival is not None:
            self.shelf.settle(arrival)
        self.revising.show_copy(copy, None)
        if self._indexing is not None and not (arrival and arrival.newest):
            self._indexing.add(copy)

    def _page_changed(self) -> None:
        """Offer what belongs to the text, or to the library, whichever is shown."""
        self._show_title()
        shown = self._pages.currentWidget() is self._splitter
        self.header.find_field.search_library(not shown)
        self.status.show_text(shown)
        for name in ("panel", "margin", "back", "forward"):
            self.actions_[name].setEnabled(shown)
        if shown:
            self._travelled()

    def _show_title(self) -> None:
        """Say in the header what the window shows."""
        if self._desk is not None and self._desk.shown:
            self.header.title.set_words(self.tr("Library"), "")
            self.setWindowTitle(self.tr("Library") + " — Annotated Reader")
        elif self.copy is not None:
            manifest = self.copy.manifest
            by = ", ".join(manifest.authors)
            words = self.tr("annotated by {0}").format(by) if by and self.copy.annotations else by
            words = self.authoring.title_words(self.copy) or words
            self.header.title.set_words(manifest.title, words)
            self.setWindowTitle(f"{manifest.title} — Annotated Reader")

    def _failed(self, sentence: str) -> None:
        self.progress.end()
        self.failure = sentence
        if self.copy is None:
            self.notice.add(sentence)  # what was said at the start has not been read yet
        else:
            self.notice.say(sentence)

    def _place_in(self, copy: Copy) -> int:
        """Where one reads, in a text that may be another revision of what is shown."""
        if self.copy is None or self.copy.path != copy.path:
            return 0
        here = self.reading.place()
        words = self.copy.text.string[here : here + _WORDS]
        return anchor(copy.text.string, Selector(words, start=here)).start or 0

    def _here_in(self, copy: Copy) -> tuple[int, float] | None:
        """Where one reads, to the pixel, in the same words opened again; None in others."""
        before = self.copy
        if before is None or before.path != copy.path or before.text.string != copy.text.string:
            return None
        return self.reading.page.here()

    def _library_failed(self, why: str) -> None:
        self.notice.say(
            self.tr("The reading place could not be kept ({0}); check the disk.").format(why)
        )

    def _ask_file(self) -> None:
        kinds = self.tr(
            "Texts (*.annotated *.md *.markdown *.txt document.yaml);;"
            "Annotated copies (*.annotated);;All files (*)"
        )
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a text"), self._folder(), kinds)
        if name:
            self.open(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Open a copy's folder"), self._folder()
        )
        if name:
            self.open(Path(name))

    def _folder(self) -> str:
        return str(self.copy.path.parent) if self.copy else str(Path.home())

    def _reload(self) -> None:
        if self.copy:
            self._keep_place()
            self.open(self.copy.path)

    def _fill_recent(self) -> None:
        menu = self.actions_.recent_menu
        menu.clear()
        recent = self.shelf.recent()
        for text in recent:
            action = QAction(text.title.replace("&", "&&"), menu)
            action.setToolTip(str(text.path))
            action.triggered.connect(lambda _checked, path=text.path: self.open(path))
            menu.addAction(action)
        menu.setEnabled(bool(recent))

    # The commands

    def _bind(self) -> None:
        reading, page = self.reading, self.reading.page
        handlers: dict[str, Callable[..., object]] = {
            "open": self._ask_file,
            "open-folder": self._ask_folder,
            "reload": self._reload,
            "library": lambda: self._show_library("texts"),
            "search-all": lambda: self._show_library("search"),
            "notebook": lambda: self._show_library("notebook"),
            "snapshots": self._show_snapshots,
            "export": self._export,
            "print": self._print,
            "export-all": self.exchanging.export_all,
            "import": self._import,
            "share": self._share,
            "new-window": self.new_window_wanted.emit,
            "about-text": self._show_about,
            "problems": self._show_problems,
            "quit": self.close,
            "copy": self._copy,
            "select-all": page.selectAll,
            "find": self._find,
            "find-next": lambda: self._finding.step(True),
            "find-previous": lambda: self._finding.step(False),
            "mark-underline": self.marking.underline,
            "note": self.marking.note,
            "mark-words": lambda: self.revising.choose_words(self.marking.active),
            "delete-mark": self.marking.delete,
            "copy-quote": self.marking.copy_quote,
            "look-up": self.marking.look_up,
            "sentence": self.marking.select_sentence,
            "bookmark": self.marking.bookmark,
            "caret": page.set_caret_mode,
            "colors": self._name_colors,
            "panel": self._set_panel,
            "contents": lambda: self._show_panel("contents"),
            "index": lambda: self._show_panel("index"),
            "timeline": lambda: self._show_panel("timeline"),
            "notes": lambda: self._show_panel("notes"),
            "margin": lambda shown: self._keep("margin", shown),
            "layers": self._show_layers,
            "larger": lambda: self.appearance.resize(1),
            "smaller": lambda: self.appearance.resize(-1),
            "normal": lambda: self.appearance.choose_size(100),
            "larger-interface": lambda: self.appearance.resize_interface(1),
            "smaller-interface": lambda: self.appearance.resize_interface(-1),
            "back": reading.back,
            "forward": reading.forward,
            "next-section": lambda: reading.next_section(1),
            "previous-section": lambda: reading.next_section(-1),
            "start": lambda: reading.travel_to(0, fraction=0),
            "end": self._to_end,
            "next-pane": lambda: self._next_pane(1),
            "previous-pane": lambda: self._next_pane(-1),
            "palette": self._open_palette,
            "shortcuts": self._show_shortcuts,
            "preferences": self._show_preferences,
            "usual-setting": self.appearance.compose_as_usual,
            "ruler": lambda on: self._keep("ruler", on),
            "help": self._show_help,
            "guide": lambda: self.open(self._guide),
            "news": lambda: self.helping.show("news"),
            "report": self.helping.report,
            "about": self._show_about_app,
        }
        for name in DECLARED["theme"].choices:
            handlers[f"theme-{name}"] = lambda name=name: self.appearance.choose_theme(name)
        for color in Color:
            handlers[f"mark-{color}"] = lambda color=color: self.marking.color(color)
        for name in ("first", "every", "none"):
            handlers[f"underline-{name}"] = lambda name=name: self._keep("underline", name)
        self.actions_.bind(handlers | self.authoring.handlers())

    def _connect(self) -> None:
        self.leaving.said.connect(self.status.say)
        self.leaving.failed.connect(self.notice.say)
        self.exchanging.said.connect(self.status.say)
        self.exchanging.failed.connect(self.notice.say)
        self.exchanging.mark_wanted.connect(self.marking.travel)
        self.exchanging.import_wanted.connect(self._import_there)
        self.sharing.said.connect(self.status.say)
        self.sharing.failed.connect(self.notice.say)
        self.helping.failed.connect(self.notice.say)
        self.exchanging.shown.connect(self.helping.on)
        self.sharing.shown.connect(self.helping.on)
        self.layers.changed.connect(self._layers_changed)
        self.appearance.themed.connect(self._apply_theme)
        self.appearance.sized.connect(self._show_text_size)
        self.appearance.composed.connect(self._compose)
        self.appearance.interface_changes.connect(self.reading.margin.let_cards_go)
        self.appearance.interface_sized.connect(self._show_interface_size)
        self.reading.page.looks.is_calm = lambda: self.appearance.calm
        self.actions_.keymap.changed.connect(self._show_keys)
        self._settings.follow(self._setting_changed)
        self.shelf.failed.connect(self._library_failed)
        self.opener.opened.connect(self._show)
        self.opener.failed.connect(self._failed)
        self.opener.progressed.connect(self.progress.advance)
        self.progress.cancelled.connect(self._cancel)
        self.panel.place_chosen.connect(self._from_panel)
        self.reading.page.painted.connect(timer(self, self.panel.fill, once=True).start)
        self.panel.annotation_chosen.connect(self.reading.show_annotation)
        self.panel.page_changed.connect(lambda page: self._keep("panel-page", page))
        self.panel.mark_chosen.connect(self.marking.travel)
        self.panel.mark_delete_wanted.connect(self.marks.delete)
        for asking in (self.panel, self.reading.margin.maker):
            asking.mark_confirmed.connect(self.revising.confirm)
            asking.mark_words_wanted.connect(self.revising.choose_words)
        self.revising.open_wanted.connect(self.open)
        self.revising.taken_over.connect(self._reload)
        self.panel.notes_order_changed.connect(lambda order: self._keep("notes-order", order))
        self.marking.look_up_wanted.connect(self._look_up)
        self.marking.selection_changed.connect(self._can_mark)
        self.marking.link_wanted.connect(self.open_link)
        self.marking.link_failed.connect(self.notice.say)
        self.marks.changed.connect(self._marks_changed)
        self.marks.saved.connect(lambda: self.status.say(self.tr("Saved"), quietly=True))
        self.marks.failed.connect(self._not_saved)
        # How far one is depends on how high the whole text is, too, which is found out bit by bit.
        for moved in (self.reading.place_changed, self.reading.page.geometry_changed):
            moved.connect(self._place_changed)
        self.reading.travelled.connect(self._travelled)
        self.reading.link_activated.connect(self._leave)
        self.reading.size_wanted.connect(self.appearance.resize)
        self.status.problems_wanted.connect(self._show_problems)
        self.authoring.renewed.connect(self._renew)
        self.authoring.changed.connect(self._marks_changed)
        self.authoring.changed.connect(self._show_title)
        self.authoring.open_wanted.connect(self.open)
        self.authoring.ended.connect(self._authored)
        self.authoring.check_wanted.connect(lambda: self._show_panel("check"))
        self._splitter.splitterMoved.connect(self._keep_panel_width)

    def _title_of(self, text_id: str) -> str:
        if self.copy is not None and self.copy.manifest.id == text_id:
            return self.copy.manifest.title
        return self.shelf.title_of(text_id)

    def _cancel(self) -> None:
        self.opener.cancel()
        self.progress.end()

    def _copy(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self.reading.page and hasattr(focused, "copy"):
            focused.copy()
        else:
            self.reading.page.copy()

    def _show_about(self) -> None:
        if self.copy:
            others = [
                (each.edition, each.opened, each.kept)
                for each in self.shelf.other_revisions(self.copy)
                if each.kept is not None
            ]
            from reader.ui import dialogs

            dialogs.about_text(self.copy, self, others, self.open).open()

    def _show_about_app(self) -> None:
        from reader.ui import dialogs

        dialogs.about_app(self).open()

    def _show_layers(self) -> None:
        from reader.ui.layer_list import LayersDialog

        if self.copy:
            count = len(self.copy.annotations)
            dialog = LayersDialog(self.layers, count, self.marks, self.theme, self)
            self.helping.on(dialog, "layers")
            dialog.open()

    def _layers_changed(self) -> None:
        self.panel.set_layers(self.layers.all(), self.layers.marks(hidden=True))

    def _show_problems(self) -> None:
        if self.authoring.on:
            self._show_panel("check")
        elif self.copy:
            from reader.ui import dialogs

            dialogs.problems(self.copy, self).open()

    def _show_shortcuts(self) -> None:
        from reader.ui.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self.actions_.keymap, self)
        self.helping.on(dialog, "keys")
        dialog.open()

    def _show_preferences(self) -> None:
        from reader.ui.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self.actions_.keymap, self)
        self.helping.on(dialog, "preferences")
        dialog.open()

    def _show_help(self) -> None:
        """Show what is said of what one is doing, else the guides."""
        if self._desk is not None and self._desk.shown:
            self.helping.show("library")
        else:
            self.helping.show("author" if self.authoring.on else "")

    def _open_palette(self) -> None:
        if self._palette is None:
            from reader.ui.palette.palette import CommandPalette
            from reader.ui.places import places_of

            places = partial(places_of, self.reading)
            self._palette = CommandPalette(self, self.actions_, self._icons, self.theme, places)
        self._palette.open()

    def _leave(self, address: str) -> None:
        from reader.ui import dialogs

        if dialogs.wants_to_leave(address, self):
            QDesktopServices.openUrl(QUrl(address))

    # Places

    def _place_changed(self) -> None:
        if not self.copy:
            return
        page = self.reading.page
        self.status.show_place(page.progress(), page.reading_minutes_left())
        self.panel.set_place(self.reading.place())
        self._settled.start()

    def _travelled(self) -> None:
        travel = self.reading.travel
        if self._pages.currentWidget() is not self._splitter:
            return  # there is no way back in what is not shown
        self.actions_["back"].setEnabled(travel.can_go_back)
        self.actions_["forward"].setEnabled(travel.can_go_forward)

    def _keep_place(self) -> None:
        self._settled.stop()
        if self.copy:
            place, progress = self.reading.place(), self.reading.page.progress()
            self.shelf.keep_place(self.copy, place, progress)

    def _from_panel(self, place: int) -> None:
        self.reading.travel_to(place, fraction=0)

    def _to_end(self) -> None:
        if self.copy:
            self.reading.travel_to(max(0, len(self.copy.text.string) - 1), fraction=0)

    # The library

    def _look_after_library(self) -> None:
        """Follow what others write to it, and have done in the background what it needs."""
        if self._library is None or self._indexing is None:
            return
        restoring = self.actions_["snapshots"].text().replace("&", "")
        self._caretaker = Caretaker(self._indexing, self._settings, restoring, self)
        self._caretaker.said.connect(self.notice.add)
        self._elsewhere = Elsewhere(self._library, self)
        self._elsewhere.changed.connect(self._changed_elsewhere)

    def _changed_elsewhere(self) -> None:
        self.marks.refresh()
        self.marking.bar.name_colors(self.shelf.color_names())
        self.marking.refresh()
        self._marks_changed()
        self._fill_recent()
        if self._desk is not None and self._desk.shown:
            self._desk.refresh()

    def _library_desk(self) -> LibraryDesk | None:
        """The library's desk; None, and a notice, where there is no library."""
        if self._library is None:
            self.notice.say(self.tr("There is no library to show; see the folder's rights."))
            return None
        if self._desk is None:
            from reader.ui.library.desk import LibraryDesk

            self._desk = desk = LibraryDesk(
                self._library, self._faces, self.theme, self._icons, self._settings, self._pages
            )
            if self._indexing is not None:
                self._indexing.lacking.connect(desk.say_lacking)
                desk.say_lacking(*self._indexing.lacks)
                desk.changed.connect(self._indexing.find_lost)
            desk.changed.connect(self._fill_recent)
            desk.text_wanted.connect(self.open)
            desk.file_wanted.connect(self._ask_file)
            desk.mark_wanted.connect(
                lambda path, name: self._open_at(path, lambda: self._show_card(name))
            )
            desk.place_wanted.connect(
                lambda path, place: self._open_at(path, lambda: self.reading.travel_to(place))
            )
            field = self.header.find_field
            field.library_wanted.connect(desk.narrow)
            field.library_entered.connect(desk.focus)
            desk.export_wanted.connect(self.exchanging.export_text)
            desk.share_wanted.connect(self.sharing.share_text)
            desk.failed.connect(self.notice.say)
            desk.restored.connect(self._restored)
        return self._desk

    def _show_library(self, page: str) -> None:
        if (desk := self._library_desk()) is not None:
            self._keep_place()
            if desk.shown and page == "texts":
                self._pages.setCurrentWidget(self._splitter)
                self.reading.page.setFocus()
            else:
                desk.show(page)

    def _show_snapshots(self) -> None:
        if (desk := self._library_desk()) is not None:
            desk.show_snapshots(self)

    def open_link(self, document: str, annotation: str) -> None:
        """Open a text of the library by its id, at an annotation or a mark of it, if one is named.

        A text that is not there is said so, and nothing is opened; without an id, the link
        was not whole.
        """
        path = self.shelf.path_of(document) if document else None
        if not document:
            self.notice.say(
                self.tr("This link is not complete: it names no text. Copy it anew, and whole.")
            )
        elif path is None:
            self.notice.say(
                self.tr("The text that this link leads to is not in your library; open it once.")
            )
        elif annotation:
            self._open_at(path, lambda: self._show_card(annotation))
        else:
            self.open(path)

    def _open_at(self, path: Path, go: Callable[[], object]) -> None:
        """Open a text, unless it is the one that is shown, and go to a place in it."""
        if self.copy is not None and self.copy.path == path:
            self._pages.setCurrentWidget(self._splitter)
            go()
            return
        self.open(path)
        if self.copy is not None and self.copy.path == path:
            go()
        else:
            self._after = go

    def _export(self) -> None:
        if self.copy is not None:
            self.exchanging.export(self.copy)

    def _print(self) -> None:
        if self.copy is not None:
            self.exchanging.print(self.copy)

    def _import(self) -> None:
        if self.copy is not None:
            self.exchanging.ask_import(self.copy)

    def _import_there(self, text_id: str, files: Sequence[Path]) -> None:
        """Open another text, and take the marks in files in there."""

        def go() -> None:
            if self.copy is not None and self.copy.manifest.id == text_id:
                self.exchanging.import_into(self.copy, files)

        if (path := self.shelf.path_of(text_id)) is not None:
            self._open_at(path, go)

    def _share(self) -> None:
        if self.copy is not None:
            self.sharing.share(self.copy)

    def _show_named(self, name: str) -> None:
        """Open a card that somebody named by its id, who may be wrong."""
        if self.copy is not None and (
            name in self.copy.by_id or self.marks.get(name) or self.layers.get(name)
        ):
            self._show_card(name)
        else:
            self.notice.say(self.tr("There is no annotation “{0}” in this copy.").format(name))

    def _show_card(self, name: str) -> None:
        self.marking.follow(name)

    def _restored(self) -> None:
        """Show what a snapshot has, instead of what there was."""
        if self.copy is not None:
            self.marking.show_copy(self.copy)
        self._fill_recent()

    def come_to_front(self) -> None:
        """Be the window in front of all others, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # Marks

    def _marks_changed(self) -> None:
        marks = self.marks.own()
        self.panel.set_marks(marks, self.shelf.color_names())
        kinds = Counter(map(_KIND, marks))
        self.status.show_marks(
            kinds[MarkKind.HIGHLIGHT], kinds[MarkKind.NOTE], kinds[MarkKind.ANSWER]
        )
        self.actions_["undo"].setEnabled(self.marks.can_undo or self.authoring.can_undo)
        self.actions_["redo"].setEnabled(self.marks.can_redo or self.authoring.can_redo)
        self._can_mark()

    def _can_mark(self) -> None:
        possible = self.marking.can_mark
        for name in _MARKING:
            self.actions_[name].setEnabled(possible)
        start, end = self.reading.page.selected_range()
        for name in _QUOTING:
            self.actions_[name].setEnabled(start < end)
        for name in ("mark-words", "delete-mark"):
            self.actions_[name].setEnabled(bool(self.marking.active))

    def _not_saved(self, why: str) -> None:
        self.status.say(self.tr("Not saved"), stays=True)
        self.notice.say(
            self.tr(
                "Your last change is not saved yet; it is kept here and tried again. {0}"
            ).format(why)
        )

    def _look_up(self, words: str) -> None:
        """Show what the index knows of some words: their annotation, or all that is near."""
        folded = fold(words)
        for annotation in self.copy.annotations if self.copy else ():
            names = [annotation.title, *(bare_term(term) for term in annotation.terms)]
            if folded in (fold(name) for name in names):
                self.reading.activate(annotation.id)
                return
        self._show_panel("index")
        self.panel.filter_index(words)

    def _name_colors(self) -> None:
        from reader.ui.color_names import ColorNamesDialog

        if self._library is None:
            return
        dialog = ColorNamesDialog(self.shelf.color_names(), self.theme, self)
        dialog.named.connect(self._color_named)
        dialog.open()

    def _color_named(self, color: Color, name: str) -> None:
        self.shelf.name_color(color, name)
        self.marking.bar.name_colors(self.shelf.color_names())
        self.marking.refresh()
        self._marks_changed()

    # Finding

    def _find(self) -> None:
        if self._desk is not None and self._desk.shown:
            self._desk.focus_field()
        else:
            self._finding.start()

    # What is shown, and how

    def _keep(self, name: str, value: object) -> None:
        self._settings[name] = value

    def _set_panel(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        self._keep("panel", shown)

    def _show_panel(self, page: str) -> None:
        self.actions_["panel"].setChecked(True)
        self._set_panel(True)
        self.panel.show_page(page)
        self.panel.focus()

    def _setting_changed(self, name: str) -> None:
        """Show what was chosen, wherever it was."""
        value = self._settings[name]
        if name == "margin":
            self.reading.set_margin_wanted(value)
            self.actions_["margin"].setChecked(value)
        elif name == "underline":
            self.reading.set_underlines(value)
            self.actions_[f"underline-{value}"].setChecked(True)
        elif name == "notes-order":
            self.panel.set_notes_order(value)
        elif name == "signs":
            self.reading.page.set_signs(value)
        elif name == "ruler":
            self.reading.ruler.set_on(value)
            self.actions_["ruler"].setChecked(value)
        elif name == "ruler-lines":
            self.reading.ruler.set_lines(value)

    def _compose(self) -> None:
        self.reading.set_composition(self.appearance.composition, self.appearance.margin)

    def _show_keys(self) -> None:
        words = self.actions_.keymap.words
        self.marking.bar.show_keys(words)
        hint = self.tr("{0}: move a caret; Tab: next annotation").format(words("caret"))
        self.reading.page.setAccessibleDescription(hint if words("caret") else "")

    def _show_text_size(self, percent: int) -> None:
        self.reading.set_scale(percent / 100)
        self.actions_["larger"].setEnabled(percent < TEXT_SIZES[-1])
        self.actions_["smaller"].setEnabled(percent > TEXT_SIZES[0])

    def _show_interface_size(self, percent: int) -> None:
        self.actions_["larger-interface"].setEnabled(percent < INTERFACE_SIZES[-1])
        self.actions_["smaller-interface"].setEnabled(percent > INTERFACE_SIZES[0])
        # Every button stays in view, and half of the window is left to the text.
        self.setMinimumSize(max(_LEAST[0], self.header.minimumSizeHint().width()), _LEAST[1])
        width = min(int(self._settings["panel-width"]) * percent // 100, self.width() // 2)
        self._splitter.setSizes([width, max(1, self.width() - width)])

    def _keep_panel_width(self) -> None:
        width = self.panel.width() * 100 // self.appearance.interface_size
        self._keep("panel-width", max(60, min(900, width)))

    def _apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.setStyleSheet(self.appearance.sheet)
        self.actions_.retheme(self._icons)
        for widget in (self.header, self.notice):
            widget.apply_theme(theme, self._icons)
        for part in (
            self.status,
            self.panel,
            self.reading,
            self.marking,
            self.authoring,
            self.revising.choosing,
        ):
            part.apply_theme(theme)
        if self._desk is not None:
            self._desk.apply_theme(theme, self._icons)
        if self._palette is not None:
            self._palette.apply_theme(theme, self._icons)
        self.actions_[f"theme-{self.appearance.theme_name}"].setChecked(True)

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self.appearance.theme

    def _fill_menu(self) -> None:
        """Put the menu of all commands together, when it is wanted first."""
        if self._menu.isEmpty():
            for menu in self.actions_.menus(self):
                self._menu.addMenu(menu)

    def _text_menu(self) -> QMenu:
        """What the Aa button opens: size, theme and underlines."""
        menu = QMenu(self)
        groups = (
            ("larger", "smaller", "normal"),
            tuple(f"theme-{name}" for name in DECLARED["theme"].choices),
            ("underline-first", "underline-every", "underline-none"),
        )
        for group in groups:
            menu.addSeparator()
            menu.addActions([self.actions_[name] for name in group])
        return menu

    def _restore(self) -> None:
        """Be as one left it."""
        settings = self._settings
        self.resize(1360, 880)
        if settings["window"]:
            self.restoreGeometry(QByteArray.fromBase64(settings["window"].encode()))
        self.panel.setVisible(bool(settings["panel"]))
        self.panel.show_page(str(settings["panel-page"]))
        self.panel.set_notes_order(str(settings["notes-order"]))
        for name in ("margin", "underline", "signs", "ruler-lines", "ruler"):
            self._setting_changed(name)
        self._compose()
        self._show_text_size(self.appearance.size)
        self._show_interface_size(self.appearance.interface_size)
        self._show_keys()
        self.actions_["panel"].setChecked(bool(settings["panel"]))
        self._travelled()
        self._marks_changed()
        self._fill_recent()
        if settings.notice:
            self.notice.add(settings.notice)
        if self._library is not None and self._library.notice:
            self.notice.add(self._library.notice)

    # Keyboard, drops and the end

    def _next_pane(self, step: int) -> None:
        """Move the keyboard between panel, page and margin."""
        panes: list[tuple[QWidget, Callable[[], object]]] = []
        if self.panel.isVisible():
            panes.append((self.panel, self.panel.focus))
        to_page = partial(self.reading.page.setFocus, Qt.FocusReason.ShortcutFocusReason)
        panes.append((self.reading.page, to_page))
        focused = QApplication.focusWidget()
        in_margin = focused is not None and (
            self.reading.margin.isAncestorOf(focused)
            or self.reading.popover.isAncestorOf(focused)
            or self.authoring.form_has(focused)
        )
        here = len(panes) if in_margin else 0
        for index, (pane, _) in enumerate(panes):
            inside = focused is not None and (pane is focused or pane.isAncestorOf(focused))
            if inside and not in_margin:
                here = index
        margin = self.author.focus_form if self.authoring.writing else self.reading.focus_margin
        ways = [way for _, way in panes] + [margin]
        for ahead in range(1, len(ways) + 1):
            if ways[(here + step * ahead) % len(ways)]() is not False:
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.progress.isVisible():
                self._cancel()
            elif self.reading.deactivate():
                pass
            elif self.marking.active:
                self.marking.close()
            else:
                self.notice.hide()
        elif enter_presses(event, self):
            pass
        elif event.key() == Qt.Key.Key_F10:
            self.header.open_menu()
        elif self.copy is not None and self._lacks_words(event):
            self.status.say(self.tr("Select words first"))
        else:
            super().keyPressEvent(event)

    def _lacks_words(self, event: QKeyEvent) -> bool:
        """Whether a key means a command for which there is nothing to act on."""
        keys = QKeySequence(event.keyCombination())
        actions = (self.actions_[name] for name in _OF_WORDS)
        return any(keys in each.shortcuts() and not each.isEnabled() for each in actions)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.reading.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.reading.forward()
        else:
            super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.open(Path(url.toLocalFile()))
                return

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.authoring.may_close() or not self.leaving.may_close():
            event.ignore()
            return
        self.authoring.close()
        self._keep_place()
        self._keep("window", bytes(self.saveGeometry().toBase64().data()).decode())
        self.opener.wait()
        self.revising.close()
        self.helping.close()
        self._links.close()
        if self._desk is not None:
            self._desk.wait()
        if self._indexing is not None:
            self._elsewhere.stop()
            self._caretaker.stop()
            self._indexing.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self._keep_place()
