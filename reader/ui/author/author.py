"""Author mode: what an author does to a copy on the page, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTime, Signal
from PySide6.QtWidgets import QApplication

from reader.annotations.writing.errors import CannotEdit
from reader.copies.copy import Copy
from reader.copies.editing import CopyEditor
from reader.copies.parsed import ParsedCache
from reader.problems import Problem
from reader.ui.author.changes import Changes
from reader.ui.author.composing import Composing
from reader.ui.author.host import FormHost
from reader.ui.author.permission import why_not
from reader.ui.author.problem_place import place_of
from reader.ui.author.saving import Saving
from reader.ui.author.workshop import Workshop
from reader.ui.marking import Marking
from reader.ui.marks import Marks
from reader.ui.page.pieces import PreparedText
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme


class Author(QObject):
    """Annotates one copy at a time."""

    changed = Signal()
    """Author mode began or ended, or there is more, or less, to undo."""

    renewed = Signal(object, object)
    """The Copy is another than before, with its PreparedText if its text is."""

    failed = Signal(str)
    """Something could not be done: why, and what to do."""

    said = Signal(str)
    """What was done, in a word or two."""

    def __init__(
        self,
        reading: ReadingView,
        marking: Marking,
        marks: Marks,
        theme: Theme,
        cache: ParsedCache | None,
        untouched: tuple[Path, ...],
    ) -> None:
        """Copies in the folders `untouched` are never written."""
        super().__init__(reading)
        self._reading, self._marking = reading, marking
        self._cache, self._untouched = cache, untouched
        self._workshop: Workshop | None = None
        self.host = FormHost(reading, theme)
        self.form = self.host.form
        self._composing = Composing(self.host, reading, marking, theme, self)
        self._changes = Changes(marks, self)
        self._saving = Saving(self._composing, self._changes, theme, self)
        self._active_soon = ""
        """The annotation whose card is to be the active one when the copy is opened again."""
        self._connect()

    def _connect(self) -> None:
        self._composing.failed.connect(self.failed)
        self._changes.failed.connect(self._composing.tell_failure)
        self._changes.said.connect(self.said)
        self._saving.saved.connect(self._saved)
        self._saving.failed.connect(self.failed)
        self.form.delete_wanted.connect(self._delete_shown)
        self._reading.margin.maker.edit_wanted.connect(self.edit)
        self._reading.margin.maker.remove_wanted.connect(self.delete)
        self._marking.bar.annotate_wanted.connect(self.annotate)

    # Author mode

    @property
    def on(self) -> bool:
        """Whether the copy that is shown is being annotated."""
        return self._workshop is not None

    @property
    def writing(self) -> bool:
        """Whether the form is open."""
        return self._composing.is_open

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        return self._composing.is_unsaved

    @property
    def saved_at(self) -> QTime:
        """When the file was written last, here; invalid before."""
        return self._changes.saved_at

    def why_not(self, copy: Copy) -> str:
        """Why a copy cannot be annotated where it lies; empty when it can."""
        return why_not(copy, self._untouched)

    def start(self, copy: Copy) -> bool:
        """Annotate the copy that is shown; False, and why is told, when it cannot be."""
        self.stop()
        try:
            workshop = self._workshop = Workshop(copy, self._cache, self)
        except CannotEdit as error:
            self.failed.emit(str(error))
            return False
        workshop.renewed.connect(self._renewed)
        workshop.changed_outside.connect(self._changed_outside)
        workshop.failed.connect(self._broken)
        workshop.mended.connect(lambda: self.said.emit(self.tr("The file can be read again")))
        self._changes.begin(workshop)
        self._composing.show_copy(copy)
        self._reading.set_authored(True)
        self._reading.margin.set_authored(self.is_authored)
        self._marking.bar.set_authored(True)
        self.changed.emit()
        self._composing.take_up(workshop.editor.annotations)
        return True

    def stop(self) -> None:
        """End author mode; what is being written is kept until it begins again."""
        workshop = self._workshop
        if workshop is None:
            return
        if self._composing.set_aside():
            self.failed.emit(
                self.tr(
                    "What you were writing is kept until you close the program; annotate "
                    "“{0}” again to go on."
                ).format(workshop.copy.manifest.title)
            )
        workshop.close()
        self._workshop = None
        self._changes.end()
        workshop.deleteLater()
        self._reading.margin.set_authored(None)
        self._reading.set_authored(False)
        self._marking.bar.set_authored(False)
        self.changed.emit()

    def show_copy(self, copy: Copy) -> None:
        """The page shows another copy, or the same one opened again."""
        workshop = self._workshop
        if workshop is None:
            return
        if copy.path != workshop.folder:
            self.stop()
            return
        workshop.copy = copy
        self._composing.show_copy(copy)
        self._reading.margin.set_authored(self.is_authored)
        self._composing.stand()

    def is_authored(self, annotation: str) -> bool:
        """Whether an annotation stands in the file, and can be changed."""
        workshop = self._workshop
        return workshop is not None and annotation in workshop.editor.annotations

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._saving.apply_theme(theme)
        self._composing.apply_theme(theme)
        if self._workshop is not None:
            self._reading.margin.set_authored(self.is_authored)

    def close(self) -> None:
        """Have done with all files, before the program ends."""
        if self._workshop is not None:
            self._workshop.close()

    # What an author can do

    def annotate(self) -> None:
        """Annotate the selected words, or the text as a whole; in the form, add the words to it."""
        if self._workshop is not None:
            self._composing.annotate(self._marking.selected())

    def edit(self, identifier: str, field: str = "") -> None:
        """Change an annotation, at one of its fields."""
        workshop = self._workshop
        if workshop is None or not identifier:
            return
        found = workshop.editor.annotations.get(identifier)
        if found is None:
            self.failed.emit(
                self.tr("This is no annotation of the file, or it cannot be read; mend it there.")
            )
            return
        self._composing.change(found, field)

    def focus_form(self) -> None:
        """Give the keyboard to the form."""
        self.form.go_to("title")

    def edit_active(self) -> None:
        """Change the annotation whose card is open, or that the keyboard is at."""
        if name := self._active():
            self.edit(name)
        elif self.on:
            self.said.emit(self.tr("Open a card first"))

    def delete(self, identifier: str) -> None:
        """Delete an annotation. It can be taken back."""
        if self.is_authored(identifier):
            self._changes.write(
                lambda editor: editor.delete(identifier),
                lambda: self.said.emit(self.tr("Deleted")),
            )

    def delete_active(self) -> None:
        """Delete the annotation whose card is open, or that the keyboard is at."""
        self.delete(self._active())

    def undo(self) -> None:
        """Take the last change back, be it to an annotation or to a mark."""
        if self._changes.undo_comes_first:
            self._changes.undo()
        else:
            self._marking.undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._changes.redo_comes_first:
            self._changes.redo()
        else:
            self._marking.redo()

    @property
    def can_undo(self) -> bool:
        """Whether a change to an annotation can be taken back."""
        return self._changes.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change to an annotation can be made again."""
        return self._changes.can_redo

    def go_to_problem(self, problem: Problem) -> None:
        """Go where a problem lies: into the form, or to the words."""
        workshop = self._workshop
        if workshop is None:
            return
        identifier, field, place = place_of(problem, workshop.copy, workshop.editor)
        if identifier and identifier in workshop.editor.annotations:
            self.edit(identifier, field)
        elif place is not None:
            self._reading.travel_to(*place)
        else:
            self.failed.emit(problem.sentence)

    def set_document(self, **fields: str | int) -> None:
        """Write what the copy says of itself, in document.yaml."""

        def edit(editor: CopyEditor) -> None:
            editor.set_document(**fields)

        self._changes.write(edit, step=False)

    # What became of it

    def _saved(self, identifier: str) -> None:
        self._composing.close()
        self._reading.page.setFocus()
        self._active_soon = identifier

    def _delete_shown(self) -> None:
        seen = self.form.seen
        if seen is not None:
            self._composing.close()
            self.delete(seen.id)

    def _renewed(self, copy: Copy, prepared: PreparedText | None) -> None:
        self._composing.show_copy(copy)
        focused = QApplication.focusWidget()
        self.renewed.emit(copy, prepared)
        if focused is not None and self.host.isAncestorOf(focused):
            focused.setFocus()
        self._composing.stand()
        name, self._active_soon = self._active_soon, ""
        for mention in copy.attachment.of(name) if name else ():
            if self._reading.page.is_in_view(mention.start):
                self._reading.activate(name)
                break
        self.changed.emit()

    def _changed_outside(self, changed: frozenset[str]) -> None:
        assert self._workshop is not None
        self._composing.read_again(changed, self._workshop.editor.annotations)
        self.said.emit(self.tr("Read again: the file was changed"))

    def _broken(self, why: str) -> None:
        self.failed.emit(self.tr("{0} What was read before is still shown.").format(why))

    def _active(self) -> str:
        """The annotation that one is at: its card is open, has the keyboard, or its words have."""
        active = self._reading.active
        if self.is_authored(active):
            return active
        for name, card in self._reading.margin.cards().items():
            if card.hasFocus():
                return name
        focused = self._reading.page.focused_mention()
        return focused.annotation if focused is not None else ""
