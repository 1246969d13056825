"""Sharing, as the window offers it: the text that is shown, or one of the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.annotations.marks import Mark
from reader.copies.copy import Copy
from reader.library.errors import LibraryError
from reader.problems import CannotOpen
from reader.settings import Settings
from reader.ui.appearance import Appearance
from reader.ui.background import Background, Report
from reader.ui.late import are_imported, import_all
from reader.ui.marks import Marks
from reader.ui.shelf import Shelf

if TYPE_CHECKING:
    from reader.copies.sharing import Shared


_SHOWING = ("reader.ui.sharing.dialog",)


class Sharing(QObject):
    """What is heavy is imported when it is first asked for."""

    said = Signal(str)
    """Something went well: a few words."""

    failed = Signal(str)
    """Something could not be done: a sentence."""

    shown = Signal(object, str)
    """A dialog, and the topic of Help that tells of it."""

    def __init__(
        self,
        window: QWidget,
        marks: Marks,
        shelf: Shelf,
        settings: Settings,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._window, self._marks, self._shelf = window, marks, shelf
        self._settings, self._appearance = settings, appearance
        self._importing = Background(self)

    def share(self, copy: Copy) -> None:
        """Share the text that is shown."""

        def take(_nothing: None) -> None:
            if self._marks.are_of(copy):  # else another text is shown by now
                self._show(copy, [placed.mark for placed in self._marks.all()])

        def fail(error: Exception) -> None:
            raise error

        at_once = are_imported(_SHOWING)
        self._importing.run(lambda _progress: import_all(_SHOWING), take, fail, at_once=at_once)

    def share_text(self, text_id: str) -> None:
        """Share a text of the library, which is read from where it lies."""
        from reader.copies.reading import open_copy

        library, path = self._shelf.library, self._shelf.path_of(text_id)
        if library is None or path is None:
            self.failed.emit(self.tr("This text is not in the library any longer."))
            return

        def read(_progress: Report) -> tuple[Copy, list[Mark]]:
            import_all(_SHOWING)
            return open_copy(path, cache=library.parsed), library.marks(text_id)

        def show(found: tuple[Copy, list[Mark]]) -> None:
            copy, marks = found
            if copy.manifest.id == text_id:
                self._show(copy, marks)
            else:
                words = self.tr("“{0}” holds another text by now; open it and look.")
                self.failed.emit(words.format(path.name))

        def fail(error: Exception) -> None:
            if not isinstance(error, CannotOpen | LibraryError):
                raise error
            self.failed.emit(str(error))

        Background(self).run(read, show, fail)

    def _show(self, copy: Copy, marks: Sequence[Mark]) -> None:
        from reader.ui.sharing.dialog import ShareDialog

        folder = Path(self._settings["share-folder"] or Path.home())
        dialog = ShareDialog(
            copy, marks, folder, self._appearance.theme, self._settings, self._window
        )
        dialog.saved.connect(self._saved)
        self.shown.emit(dialog, "share")
        dialog.open()

    def _saved(self, shared: Shared) -> None:
        from reader.ui.sharing.words import size_words

        words = self.tr("Shared: {0}, {1}, in {2}")
        folder = str(shared.file.parent)
        self.said.emit(words.format(shared.file.name, size_words(shared.size), folder))
