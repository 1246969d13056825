"""Author mode: what an author does to a copy on the page, and what becomes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTime, Signal
from PySide6.QtWidgets import QApplication

from reader.annotations.model import Annotation, Kind
from reader.annotations.reading import FILE as ANNOTATIONS_FILE
from reader.annotations.selecting import unique_target
from reader.annotations.writing.data import as_read
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.merging import Difference
from reader.copies.copy import Copy
from reader.copies.editing import Conflict, CopyEditor
from reader.copies.reading import TextCache
from reader.problems import Problem
from reader.ui.author.conflict import ConflictDialog
from reader.ui.author.counting import Counting, first_kind
from reader.ui.author.form import Written
from reader.ui.author.host import FormHost
from reader.ui.author.leading_field import QUOTES, TERMS, mention_count
from reader.ui.author.problem_place import place_of
from reader.ui.author.workshop import Edit, Workshop
from reader.ui.marking import Marking
from reader.ui.marks import Marks
from reader.ui.page.decorations import Look
from reader.ui.page.pieces import PreparedText
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme
from reader.ui.timers import timer

_COUNTING = 120
"""Milliseconds after the last letter until mentions are counted."""

_LONGEST_TERM = 60
"""Code points: longer words are taken for a passage, which is marked only where it stands."""

_LONGEST_TITLE = 80


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
        cache: TextCache | None,
        untouched: tuple[Path, ...],
    ) -> None:
        """Copies in the folders `untouched` are never written."""
        super().__init__(reading)
        self._reading, self._marking, self._marks = reading, marking, marks
        self._theme, self._cache, self._untouched = theme, cache, untouched
        self._workshop: Workshop | None = None
        self._kept: dict[Path, Written] = {}
        """What was being written when another text was opened, by the copy's folder."""
        self._depths: list[int] = []
        self._undone: list[int] = []
        """How many marks could be undone when the author's steps were done, or undone."""
        self._position = 0
        self.saved_at = QTime()
        """When the file was written last, here; invalid before."""
        self.host = FormHost(reading, theme)
        self.form = self.host.form
        self._counting = Counting(self)
        self._count_soon = timer(self, self._count, _COUNTING, once=True)
        self._connect()

    # Author mode

    @property
    def on(self) -> bool:
        """Whether the copy that is shown is being annotated."""
        return self._workshop is not None

    @property
    def writing(self) -> bool:
        """Whether the form is open."""
        return not self.host.isHidden()

    @property
    def editor(self) -> CopyEditor | None:
        """The editor of the copy that is being annotated."""
        return self._workshop.editor if self._workshop else None

    def why_not(self, copy: Copy) -> str:
        """Why a copy cannot be annotated where it lies; empty when it can."""
        if not copy.path.is_dir():
            return self.tr("This is a text by itself, or a copy in one file.")
        real = Path(os.path.realpath(copy.path))
        for folder in self._untouched:
            root = Path(os.path.realpath(folder))
            if real == root or root in real.parents:
                return self.tr("This copy is kept as it came.")
        file = copy.path / ANNOTATIONS_FILE
        there = file if file.exists() else copy.path
        if not (os.access(copy.path, os.W_OK) and os.access(there, os.W_OK)):
            return self.tr("This copy may not be written.")
        return ""

    def start(self, copy: Copy) -> bool:
        """Annotate the copy that is shown; False, and why is told, when it cannot be."""
        self.stop()
        try:
            self._workshop = Workshop(copy, self._cache, self)
        except CannotEdit as error:
            self.failed.emit(str(error))
            return False
        workshop = self._workshop
        workshop.renewed.connect(self._renewed)
        workshop.changed_outside.connect(self._changed_outside)
        workshop.failed.connect(self._broken)
        workshop.mended.connect(lambda: self.said.emit(self.tr("The file can be read again")))
        self._counting.show_copy(copy)
        self._depths, self._undone = [], []
        self.saved_at = QTime()
        self._reading.set_authored(True)
        self._reading.margin.set_authored(self.is_authored)
        self._marking.bar.set_authored(True)
        self.changed.emit()
        if (draft := self._kept.pop(copy.path, None)) is not None:
            self._take_up(draft)
        return True

    def stop(self) -> None:
        """End author mode; what is being written is kept until it begins again."""
        workshop = self._workshop
        if workshop is None:
            return
        if self.writing and self.form.is_changed:
            self._kept[workshop.folder] = self.form.written()
            self.failed.emit(
                self.tr(
                    "What you were writing is kept until you close the program; annotate "
                    "“{0}” again to go on."
                ).format(workshop.copy.manifest.title)
            )
        self._close_form()
        workshop.close()
        self._workshop = None
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
        self._counting.show_copy(copy)
        self._reading.margin.set_authored(self.is_authored)
        if self.writing:
            self.host.raise_()
            self.host.place()
            self._count()

    def is_authored(self, annotation: str) -> bool:
        """Whether an annotation stands in the file, and can be changed."""
        return self.editor is not None and annotation in self.editor.annotations

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        return (self.writing and self.form.is_changed) or bool(self._kept)

    # What an author can do

    def annotate(self) -> None:
        """Annotate the selected words, or the text as a whole; in the form, add the words to it."""
        workshop = self._workshop
        if workshop is None:
            return
        selected = self._marking.selected()
        string = workshop.copy.text.string
        if self.writing:
            self._add_words(selected)
            return
        words = (
            " ".join(string[slice(*selected)].replace("\ufffc", " ").split()) if selected else ""
        )
        if selected and not words:
            self.failed.emit(
                self.tr("A picture has no words; write its annotation on its caption.")
            )
            return
        long = len(words) > _LONGEST_TERM or "\n" in string[slice(*(selected or (0, 0)))]
        annotation = Annotation(
            id="",
            kind=self._last_kind or first_kind(workshop.copy),
            title=words if len(words) <= _LONGEST_TITLE else "",
            terms=() if long or not words else (words,),
            whole_text=not words,
        )
        quotes = (unique_target(string, *selected),) if selected else ()
        self._open_form(annotation, selected[0] if selected else self._reading.place(), quotes)
        if long:
            self.form.leading.set_way(QUOTES)
        self.form.go_to("title" if not annotation.title else "body")

    _last_kind: Kind | None = None

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
        if self.writing:
            if self.form.seen is not None and self.form.seen.id == identifier:
                self.form.go_to(field)
                return
            if self.form.is_changed:
                self.form.leave()
                return
        mentions = workshop.copy.attachment.of(identifier)
        in_view = [each for each in mentions if self._reading.page.is_in_view(each.start)]
        if mentions and not in_view:
            self._reading.travel_to(mentions[0].start, mentions[0].end)
        shown = (in_view or mentions)[:1]
        self._open_form(found, shown[0].start if shown else self._reading.place(), new=False)
        self.form.go_to(field or "title")

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
            self._write(
                lambda editor: editor.delete(identifier),
                lambda: self.said.emit(self.tr("Deleted")),
                self._settle_conflict,
            )

    def delete_active(self) -> None:
        """Delete the annotation whose card is open, or that the keyboard is at."""
        self.delete(self._active())

    @property
    def has_active(self) -> bool:
        """Whether there is an annotation to change or delete."""
        return self.is_authored(self._active())

    def undo(self) -> None:
        """Take the last change back, be it to an annotation or to a mark."""
        editor = self.editor
        depth = self._depths[-1] if self._depths else 0
        if (
            editor is None
            or not editor.can_undo
            or (self._marks.can_undo and self._marks.steps > depth)
        ):
            self._marking.undo()
        else:
            self._write(
                lambda editor: editor.undo(), self._undid, self._settle_conflict, step=False
            )

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        editor = self.editor
        depth = self._undone[-1] if self._undone else 0
        if (
            editor is None
            or not editor.can_redo
            or (self._marks.can_redo and self._marks.steps < depth)
        ):
            self._marking.redo()
        else:
            self._write(
                lambda editor: editor.redo(), self._redid, self._settle_conflict, step=False
            )

    @property
    def can_undo(self) -> bool:
        """Whether a change to an annotation can be taken back."""
        return self.editor is not None and self.editor.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change to an annotation can be made again."""
        return self.editor is not None and self.editor.can_redo

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

        self._write(edit, lambda: None, self._settle_conflict, step=False)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.host.apply_theme(theme)
        if self._workshop is not None:
            self._reading.margin.set_authored(self.is_authored)
        if self.writing:
            self._count()

    def close(self) -> None:
        """Have done with all files, before the program ends."""
        if self._workshop is not None:
            self._workshop.close()

    # The form

    def _connect(self) -> None:
        form, margin = self.form, self._reading.margin
        form.save_wanted.connect(self._save)
        form.cancelled.connect(self._close_form)
        form.delete_wanted.connect(self._delete_shown)
        form.compare_wanted.connect(self._compare)
        form.leading_changed.connect(self._count_soon.start)
        margin.edit_wanted.connect(self.edit)
        margin.remove_wanted.connect(self.delete)
        self._marking.bar.annotate_wanted.connect(self.annotate)

    def _open_form(
        self,
        annotation: Annotation,
        position: int,
        quotes: tuple[object, ...] = (),
        *,
        new: bool = True,
    ) -> None:
        assert self._workshop is not None
        copy = self._workshop.copy
        self._marking.bar.hide()
        self._marking.close()
        self._reading.close_popover()
        self._reading.margin.set_active("")
        self._reading.page.set_active("")
        self._reading.page.clear_selection()
        image = annotation.image
        hand = {run.href for block in copy.text.blocks for run in block.runs if run.href}
        self._position = position
        self.form.setEnabled(True)
        self.form.begin(
            annotation,
            copy.by_id,
            new=new,
            quotes=quotes,  # type: ignore[arg-type]
            picture=copy.picture(image.file) if image else None,
            by_hand=bool(annotation.id) and f"#{annotation.id}" in hand,
        )
        self.host.open(position)
        self._count()

    def _take_up(self, draft: Written) -> None:
        """Go on with what was being written."""
        assert self._workshop is not None
        seen = draft.seen
        self._open_form(seen or draft.annotation, self._reading.place(), new=seen is None)
        copy, image = self._workshop.copy, draft.annotation.image
        path = copy.picture(image.file) if image and image.file else None
        self.form.go_on(draft, path)
        now = self._workshop.editor.annotations.get(seen.id) if seen else None
        if seen is not None and now != as_read(seen):
            self.form.tell_changed(True, gone=now is None)
        self.form.go_to("body")
        self._count()

    def _close_form(self) -> None:
        if not self.writing:
            return
        self._count_soon.stop()
        had_focus = self.host.isAncestorOf(QApplication.focusWidget() or self._reading)
        self.host.close_form()
        self._reading.page.set_proposed(())
        if had_focus or QApplication.focusWidget() is None:
            self._reading.page.setFocus()

    def _add_words(self, selected: tuple[int, int] | None) -> None:
        """Let other words lead to what is being written."""
        if selected is None or self._workshop is None:
            self.form.go_to("title")
            return
        string = self._workshop.copy.text.string
        words = " ".join(string[slice(*selected)].split())
        leading = self.form.leading
        if leading.way == TERMS and len(words) <= _LONGEST_TERM:
            leading.terms.set_values((*leading.terms.all_values, words))
            leading.changed.emit()
        else:
            leading.add_quote(unique_target(string, *selected))
        self._reading.page.clear_selection()
        self._marking.bar.hide()

    def _count(self) -> None:
        """Find and light up the words that lead to what is being written."""
        if not self.writing:
            return
        leading, seen = self.form.leading, self.form.seen
        self._counting.find(
            leading.chosen_terms(), leading.targets(), seen.id if seen else "", self._show_places
        )

    def _show_places(self, places: list[tuple[int, int]], count: int, section: str) -> None:
        if not self.writing:
            return
        kind = self.form.kind.kind.value
        look = Look(fill=self._theme.tint(kind, "page", 0.16), underline=self._theme.color(kind))
        self._reading.page.set_proposed([(start, end, look) for start, end in places])
        typed = self.form.leading.chosen_terms()
        self.form.leading.say_count(mention_count(count, section) if typed else "")

    # Writing

    def _save(self, written: Written) -> None:
        annotation, seen = written.annotation, written.seen
        self._last_kind = annotation.kind
        name = [seen.id if seen else ""]

        def edit(editor: CopyEditor) -> Conflict | None:
            whole = _with_picture(editor, written)
            if seen is None:
                name[0] = editor.new_id(whole.title, whole.kind.value)
                return editor.add(replace(whole, id=name[0]))
            return editor.replace(seen.id, whole, seen)

        def saved() -> None:
            self._close_form()
            self._reading.page.setFocus()
            self._active_soon = name[0]

        def conflicting(conflict: Conflict) -> None:
            self.form.hold(False)
            self._show_conflict(conflict, written)

        self.form.say("")
        self.form.hold(True)
        self._write(edit, saved, conflicting)

    _active_soon = ""
    """The annotation whose card is to be the active one when the copy is opened again."""

    def _delete_shown(self) -> None:
        seen = self.form.seen
        if seen is not None:
            self._close_form()
            self.delete(seen.id)

    def _write(
        self,
        edit: Edit,
        then: Callable[[], object],
        conflicting: Callable[[Conflict], object],
        *,
        step: bool = True,
    ) -> None:
        """Make a change; `step` says that it is one of those that can be taken back."""
        workshop = self._workshop
        if workshop is None or workshop.busy:
            return

        def done(conflict: Conflict | None) -> None:
            if conflict is not None:
                conflicting(conflict)
                return
            self.saved_at = QTime.currentTime()
            if step:
                self._depths.append(self._marks.steps)
                self._undone.clear()
            then()

        def failed(why: str) -> None:
            if self.writing:
                self.form.hold(False)
                self.form.say(why)
            else:
                self.failed.emit(why)

        workshop.write(edit, done, failed)

    def _undid(self) -> None:
        self._undone.append(self._depths.pop() if self._depths else 0)
        self.said.emit(self.tr("Taken back"))

    def _redid(self) -> None:
        self._depths.append(self._undone.pop() if self._undone else 0)
        self.said.emit(self.tr("Made again"))

    # The files

    def _renewed(self, copy: Copy, prepared: PreparedText | None) -> None:
        self._counting.show_copy(copy)
        focused = QApplication.focusWidget()
        self.renewed.emit(copy, prepared)
        if focused is not None and self.host.isAncestorOf(focused):
            focused.setFocus()
        if self.writing:
            self.form.know(copy.by_id)
            self.host.raise_()
            self.host.place()
            self._count()
        name, self._active_soon = self._active_soon, ""
        for mention in copy.attachment.of(name) if name else ():
            if self._reading.page.is_in_view(mention.start):
                self._reading.activate(name)
                break
        self.changed.emit()

    def _changed_outside(self, changed: frozenset[str]) -> None:
        assert self._workshop is not None
        seen = self.form.seen if self.writing else None
        if seen is not None and seen.id in changed:
            now = self._workshop.editor.annotations.get(seen.id)
            if now == as_read(seen):
                self.form.tell_changed(False)
            elif self.form.is_changed or now is None:
                self.form.tell_changed(True, gone=now is None)
            else:
                self._open_form(now, self._position, new=False)
        self.said.emit(self.tr("Read again: the file was changed"))

    def _broken(self, why: str) -> None:
        self.failed.emit(self.tr("{0} What was read before is still shown.").format(why))

    # Conflicts

    def _compare(self) -> None:
        """Show what the file has beside what is being written."""
        seen = self.form.seen
        if seen is None or self.editor is None:
            return
        written = self.form.written()
        now = self.editor.annotations.get(seen.id)
        difference = Difference(seen.id, seen, as_read(written.annotation), now)
        dialog = self._dialog((difference,))
        dialog.mine_wanted.connect(lambda: self._prefer_mine(now))
        dialog.theirs_wanted.connect(lambda: self._prefer_theirs(seen.id))
        dialog.both_wanted.connect(lambda: self._save(replace(written, seen=None)))
        dialog.open()

    def _prefer_mine(self, now: Annotation | None) -> None:
        if now is not None:
            self.form.see_anew(now)
        else:
            self.form.save_as_new()

    def _prefer_theirs(self, identifier: str) -> None:
        now = self.editor.annotations.get(identifier) if self.editor else None
        self._close_form()
        if now is not None:
            self._open_form(now, self._position, new=False)

    def _show_conflict(self, conflict: Conflict, written: Written) -> None:
        dialog = self._dialog(conflict.differences)
        identifier = written.seen.id if written.seen else ""
        dialog.mine_wanted.connect(lambda: self._keep_ours(conflict))
        dialog.theirs_wanted.connect(lambda: self._take_theirs(identifier))
        dialog.both_wanted.connect(lambda: self._save(replace(written, seen=None)))
        dialog.open()

    def _settle_conflict(self, conflict: Conflict) -> None:
        """As `_show_conflict`, for what was not written in the form."""
        dialog = self._dialog(conflict.differences, both=False)
        dialog.mine_wanted.connect(lambda: self._keep_ours(conflict))
        dialog.theirs_wanted.connect(lambda: self._take_theirs(""))
        dialog.open()

    def _keep_ours(self, conflict: Conflict) -> None:
        self._write(
            lambda editor: editor.keep_ours(conflict), self._close_form, self._settle_conflict
        )

    def _take_theirs(self, identifier: str) -> None:
        workshop = self._workshop
        if workshop is None:
            return
        try:
            workshop.editor.reload()
        except CannotEdit as error:
            self.failed.emit(str(error))
            return
        if identifier:
            self._prefer_theirs(identifier)
        workshop.reopen()

    def _dialog(self, differences: tuple[Difference, ...], *, both: bool = True) -> ConflictDialog:
        return ConflictDialog(differences, self._theme, self._reading.window(), both=both)

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
