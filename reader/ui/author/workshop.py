"""A copy that is being annotated: its editor, its files, and the copy as it is now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.writing.errors import CannotEdit
from reader.copies.copy import Copy
from reader.copies.editing import Conflict, CopyEditor
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.parsed import ParsedCache
from reader.copies.reading import open_copy
from reader.problems import CannotOpen
from reader.ui.author.watching import FileWatcher
from reader.ui.background import Background, Report
from reader.ui.page.pieces import PreparedText, prepare

_AT_ONCE = 8_000
"""Bytes of a copy that is written and opened again in less time than it takes to notice."""

Edit = Callable[[CopyEditor], Conflict | None]


class Workshop(QObject):
    """Writes one change after another, and opens the copy again after each.

    What is short is done at once, what is long on a thread.
    """

    renewed = Signal(object, object)
    """The Copy as it is now, and a PreparedText if its text is another."""

    changed_outside = Signal(object)
    """Another program changed the annotations: the ids of those that are others."""

    failed = Signal(str)
    """A file cannot be read as it is now: why. What was read before stays."""

    mended = Signal()
    """The files can be read again."""

    def __init__(
        self, copy: Copy, cache: ParsedCache | None = None, parent: QObject | None = None
    ) -> None:
        """Raises CannotEdit if the annotations cannot be read."""
        super().__init__(parent)
        self.editor = CopyEditor(copy.path)
        self.copy = copy
        self._cache = cache
        self._writing = Background(self)
        self._opening = Background(self)
        self._broken = False
        names = (ANNOTATIONS_FILE, DOCUMENT_FILE, copy.manifest.text_file)
        self._watcher = FileWatcher(copy.path, names, self)
        self._watcher.changed.connect(self._look)

    @property
    def folder(self) -> Path:
        """Where the copy lies."""
        return self.copy.path

    @property
    def busy(self) -> bool:
        """Whether a change is being written."""
        return self._writing.busy

    def write(
        self,
        edit: Edit,
        then: Callable[[Conflict | None], object],
        failed: Callable[[str], object],
    ) -> None:
        """Make a change; `then` is called when it is on the disk, or is in conflict."""

        def done(conflict: Conflict | None) -> None:
            self._watcher.forget()
            then(conflict)
            if conflict is None:
                self.reopen()

        def not_done(error: Exception) -> None:
            if isinstance(error, CannotEdit | CannotOpen | OSError):
                failed(str(error))
            else:
                raise error

        def work(_report: Report) -> Conflict | None:
            return edit(self.editor)

        self._writing.run(work, done, not_done, at_once=self._is_short())

    def reopen(self) -> None:
        """Open the copy again, quietly."""
        before, path, cache = self.copy, self.folder, self._cache
        home = self.thread()

        def work(_report: Report) -> tuple[Copy, PreparedText | None]:
            copy = open_copy(path, None, cache)
            if copy.text == before.text:
                return copy, None
            prepared = prepare(copy.text)
            prepared.document.moveToThread(home)
            return copy, prepared

        def done(opened: tuple[Copy, PreparedText | None]) -> None:
            self.copy = opened[0]
            if self._broken:
                self._broken = False
                self.mended.emit()
            self.renewed.emit(*opened)

        def not_done(error: Exception) -> None:
            if not isinstance(error, CannotOpen):
                raise error
            self._tell_broken(str(error))

        self._opening.run(work, done, not_done, at_once=self._is_short())

    def close(self) -> None:
        """Have done with the copy; what is being written is written first."""
        self._watcher.blockSignals(True)
        self._opening.cancel()
        if self._writing.busy:
            self._writing.wait()

    def _look(self, _names: object) -> None:
        """Take in what another program made of the files."""
        try:
            changed = self.editor.reload()
        except CannotEdit as error:
            self._tell_broken(str(error))
            return
        if changed:
            self.changed_outside.emit(changed)
        self.reopen()

    def _tell_broken(self, why: str) -> None:
        self._broken = True
        self.failed.emit(why)

    def _is_short(self) -> bool:
        names = (ANNOTATIONS_FILE, self.copy.manifest.text_file)
        return sum(_size(self.folder / name) for name in names) <= _AT_ONCE


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
