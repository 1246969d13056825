"""The library's desk: what is done with its view, and what the window is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.texts import TextEntry
from reader.settings import Settings
from reader.ui.background import Background, Report
from reader.ui.fonts import Faces
from reader.ui.icons import Icons
from reader.ui.library.gathering import Gathering
from reader.ui.library.texts_model import TextsByTitle
from reader.ui.library.view import NOTEBOOK, SEARCH, TEXTS, LibraryView
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.copies.offering import Offer
    from reader.library.search import Hit
    from reader.library.snapshots import Snapshot

_AT_ONCE = 2_000
"""Texts and marks that are read in less time than it takes to notice."""


class LibraryDesk(QObject):
    """Makes the view when it is first wanted, and keeps it in step with the library."""

    text_wanted = Signal(object)
    """The Path of a text to open."""

    file_wanted = Signal()
    """A text is to be chosen from the disk."""

    mark_wanted = Signal(object, str)
    """The Path of a text, and the id of a mark or an annotation in it."""

    place_wanted = Signal(object, int)
    """The Path of a text, and a code point in it."""

    export_wanted = Signal(str)
    share_wanted = Signal(str)
    failed = Signal(str)
    changed = Signal()
    """Texts were removed, brought back or forgotten."""

    restored = Signal()
    """A snapshot is in force now."""

    def __init__(
        self,
        library: Library,
        faces: Faces,
        theme: Theme,
        icons: Icons,
        settings: Settings,
        pages: QStackedWidget,
    ) -> None:
        super().__init__(pages)
        self._library = library
        self._faces, self._theme, self._icons = faces, theme, icons
        self._settings = settings
        self._pages = pages
        self._lacking = (0, 0)
        self._view: LibraryView | None = None
        self._paths: dict[str, Path] = {}
        self._offers: Sequence[Offer] = ()
        self._texts: TextsByTitle | None = None
        self._looking, self._reading = Background(self), Background(self)
        self._gathering = Gathering(library, self)
        self._gathering.failed.connect(self.failed)

    @property
    def shown(self) -> bool:
        """Whether the library is what the window shows."""
        return self._view is not None and self._pages.currentWidget() is self._view

    def show(self, page: str = TEXTS) -> None:
        """Show the library: texts, notebook or search."""
        if self._view is None:
            self._view = self._make()
            self._pages.addWidget(self._view)
        self.refresh()
        self._look_for_offers()
        self._pages.setCurrentWidget(self._view)
        self._view.show_page(page)
        if page == SEARCH:
            self._view.focus_field()
        else:
            self._view.focus()

    def focus_field(self) -> None:
        """Let the keyboard write in the field that narrows what is shown."""
        if self._view is not None:
            self._view.focus_field()

    def narrow(self, words: str) -> None:
        """Show what has these words on the page that is shown."""
        if self._view is not None:
            self._view.narrow(words)

    def focus(self) -> None:
        """Let the keyboard move in what is shown."""
        if self._view is not None:
            self._view.focus()

    def path_of(self, text_id: str) -> Path | None:
        """Where a text of the library lies."""
        return self._paths.get(text_id)

    def refresh(self) -> None:
        """Show the library as it is now, soon: many texts are read on a thread."""
        if self._view is None:
            return
        view, known = self._view, self._texts
        view.expect()

        def read(_report: Report) -> TextsByTitle:
            return TextsByTitle.of(self._library.texts(), known)

        def fail(error: Exception) -> None:
            if not isinstance(error, LibraryError):
                raise error
            self.failed.emit(str(error))

        try:
            at_once = self._library.extent() <= _AT_ONCE
        except LibraryError as error:
            fail(error)
            return
        self._reading.run(read, self._show_texts, fail, at_once=at_once)

    @property
    def busy(self) -> bool:
        """Whether the texts are still being read."""
        return self._reading.busy

    def _show_texts(self, texts: TextsByTitle) -> None:
        assert self._view is not None
        changed, self._texts = texts is not self._texts, texts
        if changed:
            self._paths = {entry.id: entry.path for entry in texts.entries}
        self._view.show_texts(texts)
        if self._view.page == NOTEBOOK:
            self._view.notebook.expect(texts.entries)
            self._gathering.gather(texts.entries)
        self._show_offers(texts.entries)

    def say_lacking(self, soon: int, gone: int) -> None:
        """Say how many texts the search will know soon, and how many it cannot any more."""
        self._lacking = soon, gone
        if self._view is not None:
            self._view.say_lacking(soon, gone)

    def apply_theme(self, theme: Theme, icons: Icons) -> None:
        """Draw in other colours."""
        self._theme, self._icons = theme, icons
        if self._view is not None:
            self._view.apply_theme(theme, icons)

    def show_snapshots(self, parent: QWidget) -> None:
        """Let a snapshot be chosen and restored."""
        from reader.ui.library.snapshots import SnapshotsDialog

        try:
            snapshots = self._library.snapshots()
        except LibraryError as error:
            self.failed.emit(str(error))
            return
        dialog = SnapshotsDialog(snapshots, self._theme, parent=parent)
        by_path = {snapshot.path: snapshot for snapshot in snapshots}
        dialog.restore_wanted.connect(lambda path: self._restore(by_path[path]))
        dialog.open()

    def wait(self) -> None:
        """End what goes on in the background, before the program ends."""
        self._looking.wait()
        self._reading.wait()
        self._gathering.close()
        if self._view is not None:
            self._view.wait()

    def _look_for_offers(self) -> None:
        """Look what there is for everybody; the folder may be on a slow network."""

        def take(found: Sequence[Offer]) -> None:
            self._offers = found
            self.refresh()

        def fail(error: Exception) -> None:
            raise error

        if folder := str(self._settings["shared-content"]):
            self._looking.run(partial(_offers_in, Path(folder)), take, fail)

    def _show_offers(self, entries: Sequence[TextEntry]) -> None:
        """Show what is for everybody and not in the library, or there in an earlier revision."""
        assert self._view is not None
        known = {entry.id: entry for entry in entries if not entry.removed}
        offered = []
        for offer in self._offers:
            manifest, path = offer.manifest, offer.path
            here = known.get(manifest.id)
            if here is None or (here.path != path and here.edition < manifest.revision):
                offered.append(
                    TextEntry(
                        id=str(path),
                        title=manifest.title or path.stem,
                        authors=manifest.authors,
                        source=manifest.source,
                        path=path,
                        language=manifest.language,
                        edition=manifest.revision,
                        offered=True,
                    )
                )
        self._paths.update({entry.id: entry.path for entry in offered})
        self._view.show_offered(offered)

    def _setting_changed(self, name: str) -> None:
        if name == "library-order" and self._view is not None:
            self._view.set_order(self._settings[name])

    def _make(self) -> LibraryView:
        view = LibraryView(self._faces, self._theme, self._icons, self._library.search)
        view.set_order(self._settings["library-order"])
        self._settings.follow(self._setting_changed)
        view.order_changed.connect(lambda order: self._settings.__setitem__("library-order", order))
        view.say_lacking(*self._lacking)
        view.page_changed.connect(lambda _page: self.refresh())
        view.open_wanted.connect(lambda id_: self._open(id_, self.text_wanted.emit))
        view.open_file_wanted.connect(self.file_wanted)
        view.dropped.connect(self.text_wanted)
        view.remove_wanted.connect(lambda id_: self._change(self._library.remove_text, id_))
        view.bring_back_wanted.connect(lambda id_: self._change(self._library.bring_back, id_))
        view.forget_wanted.connect(lambda id_: self._change(self._library.forget_text, id_))
        view.export_wanted.connect(self.export_wanted)
        view.share_wanted.connect(self.share_wanted)
        self._gathering.gathered.connect(lambda marked, last: view.notebook.take_in(marked, last))
        view.mark_chosen.connect(
            lambda id_, mark: self._open(id_, lambda path: self.mark_wanted.emit(path, mark))
        )
        view.hit_chosen.connect(self._open_hit)
        return view

    def _open_hit(self, hit: Hit) -> None:
        def go(path: Path) -> None:
            if hit.id:
                self.mark_wanted.emit(path, hit.id)
            else:
                self.place_wanted.emit(path, hit.start)

        self._open(hit.text_id, go)

    def _open(self, text_id: str, go: Callable[[Path], object]) -> None:
        path = self._paths.get(text_id) or self._known_path(text_id)
        if path is None:
            self.failed.emit(self.tr("This text is not in the library any longer."))
        else:
            go(path)

    def _known_path(self, text_id: str) -> Path | None:
        """Where a text lies that was found before all texts were read."""
        with suppress(LibraryError):
            known = self._library.known(text_id)
            return known.path if known is not None else None
        return None

    def _change(self, change: Callable[[str], None], text_id: str) -> None:
        try:
            change(text_id)
        except LibraryError as error:
            self.failed.emit(str(error))
        self.refresh()
        self.changed.emit()

    def _restore(self, snapshot: Snapshot) -> None:
        try:
            self._library.restore(snapshot)
        except LibraryError as error:
            self.failed.emit(str(error))
            return
        self.refresh()
        self.restored.emit()


def _offers_in(folder: Path, _report: Report) -> Sequence[Offer]:
    from reader.copies.offering import offers

    return offers(folder)
