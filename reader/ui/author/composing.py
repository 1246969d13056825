"""Writing one annotation: the form is opened at its words, and shows what leads there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from reader.annotations.model import Annotation, Kind
from reader.annotations.selecting import unique_target
from reader.annotations.selectors import Selector
from reader.annotations.writing.data import as_read
from reader.copies.copy import Copy
from reader.ui.author.counting import Counting, first_kind
from reader.ui.author.host import FormHost
from reader.ui.author.leading_field import QUOTES, TERMS, mention_count
from reader.ui.author.written import Written
from reader.ui.marking import Marking
from reader.ui.page.decorations import Look
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme
from reader.ui.timers import timer

_COUNTING = 120
"""Milliseconds after the last letter until mentions are counted."""

_LONGEST_TERM = 60
"""Code points: longer words are taken for a passage, which is marked only where it stands."""

_LONGEST_TITLE = 80


class Composing(QObject):
    """Opens and closes the form for annotations of the copy that is shown."""

    failed = Signal(str)
    """Something could not be done: why, and what to do."""

    def __init__(
        self, host: FormHost, reading: ReadingView, marking: Marking, theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._host, self._reading, self._marking, self._theme = host, reading, marking, theme
        self.form = host.form
        self._copy: Copy | None = None
        self._position = 0
        self._last_kind: Kind | None = None
        self._kept: dict[Path, Written] = {}
        """What was being written when another text was opened, by the copy's folder."""
        self._counting = Counting(self)
        self._count_soon = timer(self, self._count, _COUNTING, once=True)
        self.form.leading_changed.connect(self._count_soon.start)
        self.form.cancelled.connect(self.close)
        self.form.save_wanted.connect(self._remember_kind)

    @property
    def is_open(self) -> bool:
        """Whether the form is open."""
        return not self._host.isHidden()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        return (self.is_open and self.form.is_changed) or bool(self._kept)

    def show_copy(self, copy: Copy) -> None:
        """Write annotations of this copy."""
        self._copy = copy
        self._counting.show_copy(copy)

    def stand(self) -> None:
        """Have the form, if it is open, stand at its words in the text that is shown by now."""
        if self.is_open and self._copy is not None:
            self.form.know(self._copy.by_id)
            self._host.raise_()
            self._host.place()
            self._count()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._host.apply_theme(theme)
        self._count()

    # Opening

    def annotate(self, selected: tuple[int, int] | None) -> None:
        """Annotate words, or the text as a whole; in the form, add the words to it."""
        copy = self._copy
        if copy is None:
            return
        if self.is_open:
            self._add_words(selected)
            return
        string = copy.text.string
        passage = string[slice(*selected)] if selected else ""
        words = " ".join(passage.replace("\ufffc", " ").split())
        if selected and not words:
            self.failed.emit(
                self.tr("A picture has no words; write its annotation on its caption.")
            )
            return
        long = len(words) > _LONGEST_TERM or "\n" in passage
        annotation = Annotation(
            id="",
            kind=self._last_kind or first_kind(copy),
            title=words if len(words) <= _LONGEST_TITLE else "",
            terms=() if long or not words else (words,),
            whole_text=not words,
        )
        quotes = (unique_target(string, *selected),) if selected else ()
        self._open(annotation, selected[0] if selected else self._reading.place(), quotes)
        if long:
            self.form.leading.set_way(QUOTES)
        self.form.go_to("title" if not annotation.title else "body")

    def change(self, annotation: Annotation, field: str = "") -> None:
        """Change an annotation, at one of its fields; what is being written comes first."""
        if self._copy is None:
            return
        if self.is_open:
            if self.form.seen is not None and self.form.seen.id == annotation.id:
                self.form.go_to(field)
                return
            if self.form.is_changed:
                self.form.leave()
                return
        mentions = self._copy.attachment.of(annotation.id)
        in_view = [each for each in mentions if self._reading.page.is_in_view(each.start)]
        if mentions and not in_view:
            self._reading.travel_to(mentions[0].start, mentions[0].end)
        shown = (in_view or mentions)[:1]
        self._open(annotation, shown[0].start if shown else self._reading.place(), new=False)
        self.form.go_to(field or "title")

    def open_again(self, annotation: Annotation) -> None:
        """Change an annotation where the form stood last."""
        self._open(annotation, self._position, new=False)

    def take_up(self, now: Mapping[str, Annotation]) -> None:
        """Go on with what was set aside, if anything; `now` are the file's annotations."""
        copy = self._copy
        draft = self._kept.pop(copy.path, None) if copy else None
        if copy is None or draft is None:
            return
        seen, image = draft.seen, draft.annotation.image
        self._open(seen or draft.annotation, self._reading.place(), new=seen is None)
        self.form.go_on(draft, copy.picture(image.file) if image and image.file else None)
        if seen is not None and now.get(seen.id) != as_read(seen):
            self.form.tell_changed(True, gone=seen.id not in now)
        self.form.go_to("body")
        self._count()

    def _open(
        self,
        annotation: Annotation,
        position: int,
        quotes: tuple[Selector, ...] = (),
        *,
        new: bool = True,
    ) -> None:
        assert self._copy is not None
        copy = self._copy
        self._marking.bar.hide()
        self._marking.close()
        self._reading.close_popover()
        self._reading.margin.set_active("")
        self._reading.page.looks.set_active("")
        self._reading.page.clear_selection()
        image = annotation.image
        hand = {run.href for block in copy.text.blocks for run in block.runs if run.href}
        self._position = position
        self.form.setEnabled(True)
        self.form.begin(
            annotation,
            copy.by_id,
            new=new,
            quotes=quotes,
            picture=copy.picture(image.file) if image else None,
            by_hand=bool(annotation.id) and f"#{annotation.id}" in hand,
        )
        self._host.open(position)
        self._count()

    # While it is open

    def read_again(self, changed: Collection[str], now: Mapping[str, Annotation]) -> None:
        """The file's annotations are others by now: those with the ids `changed`."""
        seen = self.form.seen if self.is_open else None
        if seen is None or seen.id not in changed:
            return
        there = now.get(seen.id)
        if there == as_read(seen):
            self.form.tell_changed(False)
        elif self.form.is_changed or there is None:
            self.form.tell_changed(True, gone=there is None)
        else:
            self.open_again(there)

    def tell_failure(self, why: str) -> None:
        """Say why a change cannot be written: in the form while it is open, for all to read."""
        if self.is_open:
            self.form.hold(False)
            self.form.say(why)
        else:
            self.failed.emit(why)

    def _add_words(self, selected: tuple[int, int] | None) -> None:
        """Let other words lead to what is being written."""
        if selected is None or self._copy is None:
            self.form.go_to("title")
            return
        string = self._copy.text.string
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
        if not self.is_open:
            return
        leading, seen = self.form.leading, self.form.seen
        self._counting.find(
            leading.chosen_terms(), leading.targets(), seen.id if seen else "", self._show_places
        )

    def _show_places(self, places: list[tuple[int, int]], count: int, section: str) -> None:
        if not self.is_open:
            return
        kind = self.form.kind.kind.value
        look = Look(fill=self._theme.tint(kind, "page", 0.16), underline=self._theme.color(kind))
        self._reading.page.looks.set_proposed([(start, end, look) for start, end in places])
        typed = self.form.leading.chosen_terms()
        self.form.leading.say_count(mention_count(count, section) if typed else "")

    def _remember_kind(self, written: Written) -> None:
        """The next new annotation is most likely of the kind that was written last."""
        self._last_kind = written.annotation.kind

    # Closing

    def close(self) -> None:
        """Close the form; what is in it is given up."""
        if not self.is_open:
            return
        self._count_soon.stop()
        had_focus = self._host.isAncestorOf(QApplication.focusWidget() or self._reading)
        self._host.close_form()
        self._reading.page.looks.set_proposed(())
        if had_focus or QApplication.focusWidget() is None:
            self._reading.page.setFocus()

    def set_aside(self) -> bool:
        """Close the form, and keep what is in it for the next time, which is told by True."""
        kept = self._copy is not None and self.is_open and self.form.is_changed
        if kept and self._copy is not None:
            self._kept[self._copy.path] = self.form.written()
        self.close()
        return kept
