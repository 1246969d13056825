"""From the form into the file; where that has something else by now, the author decides."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from reader.annotations.model import Annotation
from reader.annotations.writing.data import as_read
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.merging import Difference
from reader.copies.editing import Conflict, CopyEditor
from reader.ui.author.changes import Changes
from reader.ui.author.composing import Composing
from reader.ui.author.conflict import ConflictDialog
from reader.ui.author.written import Written
from reader.ui.theme import Theme


class Saving(QObject):
    """Saves what is written, and shows what is in conflict with the file."""

    saved = Signal(str)
    """What was written is in the file: the annotation's id."""

    failed = Signal(str)
    """The file cannot be read: why."""

    def __init__(
        self,
        composing: Composing,
        changes: Changes,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._composing, self._changes, self._theme = composing, changes, theme
        self._form = composing.form
        self._form.save_wanted.connect(self.save)
        self._form.compare_wanted.connect(self._compare)
        changes.conflicting.connect(self._settle)

    def save(self, written: Written) -> None:
        """Write a new entry, or in the place of the one that was seen."""
        if self._changes.busy:  # else nobody would let go of the form
            return
        annotation, seen = written.annotation, written.seen
        name = [seen.id if seen else ""]

        def edit(editor: CopyEditor) -> Conflict | None:
            whole = _with_picture(editor, written)
            if seen is None:
                name[0] = editor.new_id(annotation.title, annotation.kind.value)
                return editor.add(replace(whole, id=name[0]))
            return editor.replace(seen.id, whole, seen)

        def conflicting(conflict: Conflict) -> None:
            self._form.hold(False)
            self._settle(conflict, written)

        self._form.say("")
        self._form.hold(True)
        self._changes.write(edit, lambda: self.saved.emit(name[0]), conflicting)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme

    # Conflicts

    def _compare(self) -> None:
        """Show what the file has beside what is being written."""
        seen, editor = self._form.seen, self._changes.editor
        if seen is None or editor is None:
            return
        written = self._form.written()
        now = editor.annotations.get(seen.id)
        dialog = self._dialog((Difference(seen.id, seen, as_read(written.annotation), now),))
        dialog.mine_wanted.connect(lambda: self._prefer_mine(now))
        dialog.theirs_wanted.connect(lambda: self._prefer_theirs(seen.id))
        dialog.both_wanted.connect(lambda: self._save_as_new(written))
        dialog.open()

    def _settle(self, conflict: Conflict, written: Written | None = None) -> None:
        """Ask what is to stand in the file; both versions can where one is `written` anew."""
        dialog = self._dialog(conflict.differences, both=written is not None)
        identifier = written.seen.id if written and written.seen else ""
        dialog.mine_wanted.connect(lambda: self._keep_ours(conflict))
        dialog.theirs_wanted.connect(lambda: self._take_theirs(identifier))
        if written is not None:
            dialog.both_wanted.connect(lambda: self._save_as_new(written))
        dialog.open()

    def _dialog(self, differences: tuple[Difference, ...], *, both: bool = True) -> ConflictDialog:
        return ConflictDialog(differences, self._theme, self._form.window(), both=both)

    def _prefer_mine(self, now: Annotation | None) -> None:
        if now is not None:
            self._form.see_anew(now)
        else:
            self._form.save_as_new()

    def _prefer_theirs(self, identifier: str) -> None:
        editor = self._changes.editor
        now = editor.annotations.get(identifier) if editor else None
        self._composing.close()
        if now is not None:
            self._composing.open_again(now)

    def _save_as_new(self, written: Written) -> None:
        self.save(replace(written, seen=None))

    def _keep_ours(self, conflict: Conflict) -> None:
        self._changes.write(lambda editor: editor.keep_ours(conflict), self._composing.close)

    def _take_theirs(self, identifier: str) -> None:
        editor = self._changes.editor
        if editor is None:
            return
        try:
            editor.reload()
        except CannotEdit as error:
            self.failed.emit(str(error))
            return
        if identifier:
            self._prefer_theirs(identifier)
        self._changes.reopen()


def _with_picture(editor: CopyEditor, written: Written) -> Annotation:
    """The annotation, with its picture in the copy."""
    picture, annotation = written.picture, written.annotation
    if picture is None or annotation.image is None:
        return annotation
    alt, caption = annotation.image.alt, annotation.image.caption
    if picture.path is not None:
        image = editor.add_picture(picture.path, alt, caption)
    else:
        image = editor.add_picture_data(picture.data, picture.name, alt, caption)
    return replace(annotation, image=image)
