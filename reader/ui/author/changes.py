"""The changes that an author makes to a copy: each written at once, and taken back in turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTime, Signal

from reader.copies.editing import Conflict, CopyEditor
from reader.ui.author.workshop import Edit, Workshop
from reader.ui.marks import Marks

Then = Callable[[], object]


def _nothing_more() -> None:
    pass


class Changes(QObject):
    """Writes to one copy at a time, and does nothing while there is none.

    Marks are undone by others; which comes first is known from how many marks there were to
    undo when a change was made.
    """

    conflicting = Signal(object)
    """A Conflict with the file, over a change whose maker does not settle it."""

    failed = Signal(str)
    """A change cannot be written: why."""

    said = Signal(str)
    """What was done, in a word or two."""

    def __init__(self, marks: Marks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._workshop: Workshop | None = None
        self._done: list[int] = []
        self._undone: list[int] = []
        """How many marks could be undone when each change was made, or was taken back."""
        self.saved_at = QTime()
        """When the copy was written last, here; invalid before."""

    def begin(self, workshop: Workshop) -> None:
        """Write to another copy; nothing can be taken back yet."""
        self._workshop = workshop
        self._done, self._undone = [], []
        self.saved_at = QTime()

    def end(self) -> None:
        """Write no more."""
        self._workshop = None

    @property
    def editor(self) -> CopyEditor | None:
        """The editor of the copy."""
        return self._workshop.editor if self._workshop else None

    @property
    def busy(self) -> bool:
        """Whether a change is being written; no other can be made meanwhile."""
        return self._workshop is not None and self._workshop.busy

    def write(
        self,
        edit: Edit,
        then: Then = _nothing_more,
        conflicting: Callable[[Conflict], object] | None = None,
        *,
        step: bool = True,
    ) -> None:
        """Make a change; `step` says that it is one of those that can be taken back.

        `then` is called when it is on the disk, `conflicting` when the file was changed
        meanwhile; without that the signal is emitted.
        """
        workshop = self._workshop
        if workshop is None or workshop.busy:
            return

        def done(conflict: Conflict | None) -> None:
            if conflict is not None:
                (conflicting or self.conflicting.emit)(conflict)
                return
            self.saved_at = QTime.currentTime()
            if step:
                self._done.append(self._marks.steps)
                self._undone.clear()
            then()

        workshop.write(edit, done, self.failed.emit)

    def reopen(self) -> None:
        """Show the copy as its files are now."""
        if self._workshop is not None:
            self._workshop.reopen()

    # Taking back

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return self.editor is not None and self.editor.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change can be made again."""
        return self.editor is not None and self.editor.can_redo

    @property
    def undo_comes_first(self) -> bool:
        """Whether a change is to be taken back before any mark."""
        before = self._done[-1] if self._done else 0
        return self.can_undo and not (self._marks.can_undo and self._marks.steps > before)

    @property
    def redo_comes_first(self) -> bool:
        """Whether a change is to be made again before any mark."""
        before = self._undone[-1] if self._undone else 0
        return self.can_redo and not (self._marks.can_redo and self._marks.steps < before)

    def undo(self) -> None:
        """Take the last change back."""
        self.write(lambda editor: editor.undo(), self._undid, step=False)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self.write(lambda editor: editor.redo(), self._redid, step=False)

    def _undid(self) -> None:
        self._undone.append(self._done.pop() if self._done else 0)
        self.said.emit(self.tr("Taken back"))

    def _redid(self) -> None:
        self._done.append(self._undone.pop() if self._undone else 0)
        self.said.emit(self.tr("Made again"))
