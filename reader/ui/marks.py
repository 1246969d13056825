"""The marks of the text that is shown: the one place where they are made and changed.

A change goes down once, through the library, and views follow `changed`. What
could not be written stays in force here and is tried again, so that a full disk
costs nothing that was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Color, Mark, MarkKind, moment, new_id, selector_of
from reader.annotations.merging import with_settled_kind
from reader.annotations.placing import PlacedMark
from reader.annotations.revising import Placements, place_revised
from reader.annotations.tags import each_once, tag_of, tags_in
from reader.annotations.verbatim import stands
from reader.copies.copy import Copy
from reader.library.library import LibraryError
from reader.ui.timers import timer
from reader.ui.undo import Change, Step, UndoStack

UNSEEN = (MarkKind.BOOKMARK, MarkKind.ANSWER)
"""These colour no words: one is a flag beside them, the other stands in its question's card."""
_AGAIN = 5_000
"""Milliseconds after which what could not be written is tried again."""


class MarkStore(Protocol):
    """Where marks are kept; `reader.library.library.Library` is one."""

    def marks(self, text_id: str) -> list[Mark]:
        """The marks of a text."""

    def change_mark(self, text_id: str, before: Mark | None, after: Mark | None) -> Mark | None:
        """Keep a mark that was read as `before`, or delete it; that is on the disk then.

        The answer is what is kept: `after`, joined with what others made of the mark.
        """


class PlacementStore(Protocol):
    """Where it is kept how marks were found in each revision of their text."""

    def has_revisions(self, text_id: str) -> bool:
        """Whether there are several."""

    def placements(self, text_id: str, words: str) -> Placements:
        """How marks were found in the revision whose digest is `words`, and in others."""

    def place_mark(self, text_id: str, words: str, mark: Mark, stands: bool) -> None:
        """Write down that a mark is found by its own selector there, or no longer by another."""


class Marks(QObject):
    """Positions are code points of the shown text's canonical string."""

    changed = Signal(str)
    """A mark was made, changed or deleted: its id; empty when all are others."""

    saved = Signal()
    """All changes are on the disk."""

    failed = Signal(str)
    """A change could not be written: why. It is kept, and tried again."""

    def __init__(
        self,
        store: MarkStore | None,
        parent: QObject | None = None,
        placements: PlacementStore | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._placements = placements
        self._known: Placements | None = None
        """How marks were found in this and in other revisions; None where there are none."""
        self._expected: dict[str, PlacedMark] = {}
        self._text = self._digest = ""
        self._text_id = ""
        self._placed: dict[str, PlacedMark] = {}
        self._stored: dict[str, dict[str, Mark]] = {}
        """The marks of each text that was shown, as the store is known to have them."""
        self._typed = ""
        """The mark whose note is being written."""
        self._stacks: dict[str, UndoStack] = {}
        self._unsaved: dict[tuple[str, str], Mark | None] = {}
        self._again = timer(self, self._write, _AGAIN, once=True)

    def show_copy(self, copy: Copy, expected: Iterable[PlacedMark] = ()) -> None:
        """Turn to another text; marks that are `expected` have been placed in it already."""
        self._text, self._text_id = copy.text.string, copy.manifest.id
        self._digest = copy.text.digest
        self._typed = ""
        self._expected = {each.mark.id: each for each in expected}
        self._known = None
        self._reread()
        known = dict(self._stored.get(self._text_id, {}))
        for (text_id, mark_id), mark in self._unsaved.items():
            if text_id == self._text_id:
                known.pop(mark_id, None)
                if mark is not None:
                    known[mark_id] = mark
        self._placed = {each.mark.id: each for each in self._placed_of(known.values())}
        self._expected = {}
        self.changed.emit("")

    def are_of(self, copy: Copy) -> bool:
        """Whether these are the marks of a copy's text."""
        return copy.manifest.id == self._text_id

    def refresh(self) -> None:
        """Take in what other windows made of this text's marks; what is typed here stays."""
        if self._reread():
            self.changed.emit("")

    # Asking

    def all(self) -> list[PlacedMark]:
        """All marks of the text, in its order; those that stand nowhere come last."""
        return sorted(
            self._placed.values(), key=lambda each: (each.start, each.end, each.mark.created)
        )

    def get(self, mark_id: str) -> PlacedMark | None:
        """One mark, if it is there."""
        return self._placed.get(mark_id)

    def own(self) -> list[PlacedMark]:
        """The reader's own marks, as `all`; those that were imported from others are not."""
        return [each for each in self.all() if not each.mark.creator]

    def mine(self, mark_id: str) -> PlacedMark | None:
        """One mark, if it is there and the reader's own."""
        placed = self._placed.get(mark_id)
        return None if placed is None or placed.mark.creator else placed

    def at(self, position: int) -> PlacedMark | None:
        """The reader's innermost mark on the words at a code point."""
        there = [
            each
            for each in self._placed.values()
            if each.start <= position < each.end and each.mark.kind not in UNSEEN
            if not each.mark.creator
        ]
        return min(there, key=lambda each: each.end - each.start, default=None)

    def on(self, start: int, end: int) -> PlacedMark | None:
        """The reader's highlight of exactly these words."""
        for each in self.own():
            if (each.start, each.end) == (start, end) and each.mark.kind not in UNSEEN:
                return each
        return None

    def answer_to(self, question: str) -> PlacedMark | None:
        """The reader's own answer to a question, by its id."""
        for each in self._placed.values():
            mark = each.mark
            if mark.kind is MarkKind.ANSWER and mark.answers == question and not mark.creator:
                return each
        return None

    def bookmark_between(self, start: int, end: int) -> PlacedMark | None:
        """The reader's bookmark that stands in a stretch of text."""
        for each in self.own():
            if each.mark.kind is MarkKind.BOOKMARK and start <= each.start < end:
                return each
        return None

    @property
    def steps(self) -> int:
        """How many changes to this text's marks can be taken back."""
        return len(self._stack)

    @property
    def can_undo(self) -> bool:
        """Whether a change to this text's marks can be taken back."""
        return self._stack.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change that was taken back can be made again."""
        return self._stack.can_redo

    @property
    def all_saved(self) -> bool:
        """Whether every change is on the disk."""
        return not self._unsaved

    def unsaved(self) -> list[tuple[str, Mark, bool]]:
        """The changes that are not on the disk: (a text's id, the mark, whether it is deleted)."""
        found = []
        for (text_id, mark_id), mark in self._unsaved.items():
            known = mark or self._stored.get(text_id, {}).get(mark_id)
            if known is not None:
                found.append((text_id, known, mark is None))
        return sorted(found, key=lambda each: (each[0], each[1].selector.start or 0))

    # Changing

    def save(self) -> bool:
        """Try once more what could not be written; whether all is on the disk now."""
        if self._unsaved:
            self._write()
        return self.all_saved

    def add(
        self, kind: MarkKind, start: int, end: int, color: Color, *, underline: bool = False
    ) -> Mark:
        """Mark the words `start:end`."""
        now = moment()
        mark = Mark(
            id=new_id(),
            kind=kind,
            selector=selector_of(self._text, start, end),
            color=color,
            underline=underline,
            created=now,
            modified=now,
        )
        self._make(Change(None, mark))
        return mark

    def change(self, mark_id: str, *, merge: str = "", **fields: Any) -> None:
        """Change fields of a mark. Changes with the same `merge`, one after another, are one."""
        placed = self._placed.get(mark_id)
        if placed is None:
            return
        before = placed.mark
        after = replace(before, **fields)
        if "note" in fields:
            after = with_settled_kind(replace(after, tags=_tags_with(before, after)))
        if after == before:
            return
        self._typed = mark_id if merge else ""
        self._make(Change(before, replace(after, modified=moment())), merge)

    def answer(self, question: str, start: int, end: int, words: str) -> None:
        """Answer a question, which is asked of the words `start:end`; empty: not any more."""
        merge = f"answer {question}"
        placed = self.answer_to(question)
        if placed is not None and words:
            self.change(placed.mark.id, merge=merge, note=words)
        elif placed is not None:
            self.delete(placed.mark.id)
        elif words:
            now = moment()
            mark = Mark(
                id=new_id(),
                kind=MarkKind.ANSWER,
                selector=selector_of(self._text, start, end),
                note=words,
                tags=tags_in(words),
                created=now,
                modified=now,
                answers=question,
            )
            self._typed = mark.id
            self._make(Change(None, mark), merge)

    def take_in(self, marks: Iterable[Mark]) -> None:
        """Add marks that were made elsewhere, or put them in the place of those with their ids.

        To take that back is one step.
        """
        new = {mark.id: mark for mark in marks}
        known = {name: self._placed[name].mark for name in new if name in self._placed}
        self._make_all(tuple(Change(known.get(name), mark) for name, mark in new.items()))

    def delete_all(self, mark_ids: Iterable[str]) -> None:
        """Delete marks. To take that back is one step."""
        placed = (self._placed.get(mark_id) for mark_id in dict.fromkeys(mark_ids))
        self._make_all(tuple(Change(each.mark, None) for each in placed if each is not None))

    def move(self, mark_id: str, start: int, end: int) -> None:
        """Let a mark stand on other words, or confirm that it stands there; its note stays."""
        if (placed := self._placed.get(mark_id)) is not None:
            apart = "" if placed.mark.apart == self._digest else placed.mark.apart
            self.change(mark_id, selector=selector_of(self._text, start, end), apart=apart)

    def keep_apart(self, mark_id: str) -> None:
        """Let a mark have no place in this revision of the text; its quote and note stay."""
        self.change(mark_id, apart=self._digest)

    def delete(self, mark_id: str) -> None:
        """Delete a mark. It can be taken back."""
        if (placed := self._placed.get(mark_id)) is not None:
            self._make(Change(placed.mark, None))

    def undo(self) -> str:
        """Take the last step back; the answer is the id of its mark, the first of several."""
        return self._apply(self._stack.undo())

    def redo(self) -> str:
        """Make the step again that was taken back last; the answer is as `undo` has it."""
        return self._apply(self._stack.redo())

    def end_typing(self) -> None:
        """What is typed next is undone by itself."""
        self._stack.end_merge()
        if self._typed:
            self._typed = ""
            self.refresh()

    # Inside

    @property
    def _stack(self) -> UndoStack:
        return self._stacks.setdefault(self._text_id, UndoStack())

    def _make(self, change: Change, merge: str = "") -> None:
        self._stack.push(change, merge)
        self._apply((change,))

    def _make_all(self, step: Step) -> None:
        self._stack.push_all(step)
        self._apply(step)

    def _apply(self, step: Step) -> str:
        """Make changes, one after another; the answer is the id of the first one's mark."""
        if not step:
            return ""
        self._keep_placements(step)
        names, made = [], []
        for change in step:
            mark = change.after or change.before
            assert mark is not None
            names.append(mark.id)
            self._unsaved[self._text_id, mark.id] = change.after
            if change.after is None:
                self._placed.pop(mark.id, None)
            else:
                made.append(change.after)
        self._placed |= {each.mark.id: each for each in self._placed_of(made)}
        self._write()
        self.changed.emit(names[0] if len(names) == 1 else "")
        return names[0]

    def _place(self, mark: Mark) -> PlacedMark:
        return self._placed_of([mark])[0]

    def _placed_of(self, marks: Iterable[Mark]) -> list[PlacedMark]:
        """Marks in their places, which may be known already."""
        placed, rest = [], []
        for mark in marks:
            known = self._expected.get(mark.id)
            if known and (known.mark.selector, known.mark.apart) == (mark.selector, mark.apart):
                placed.append(PlacedMark(mark, known.anchor))
            else:
                rest.append(mark)
        known_places = self._known or Placements()
        return placed + place_revised(self._text, self._digest, rest, known_places)

    def _keep_placements(self, step: Step) -> None:
        """Write down where marks were put in this revision: others have their own places."""
        put = [
            change.after
            for change in step
            if change.after
            and not (change.before and change.before.selector == change.after.selector)
        ]
        if self._known is None or not put:
            return
        assert self._placements is not None
        with suppress(LibraryError):
            for mark in put:
                there = stands(self._text, mark.selector)
                self._placements.place_mark(self._text_id, self._digest, mark, there)
        self._read_placements()

    def _read_placements(self) -> None:
        if self._placements is None or not self._text_id:
            return
        with suppress(LibraryError):
            several = self._placements.has_revisions(self._text_id)
            self._known = (
                self._placements.placements(self._text_id, self._digest) if several else None
            )

    def _write(self) -> None:
        if self._store is None:
            return
        try:
            for (text_id, mark_id), mark in list(self._unsaved.items()):
                stored = self._stored.setdefault(text_id, {})
                kept = self._store.change_mark(text_id, stored.get(mark_id), mark)
                del self._unsaved[text_id, mark_id]
                self._know(text_id, mark_id, mark, kept)
        except LibraryError as error:
            self._again.start()
            self.failed.emit(str(error))
        else:
            self.saved.emit()

    def _know(self, text_id: str, mark_id: str, wanted: Mark | None, kept: Mark | None) -> None:
        """The store has `kept` where this window had `wanted`; None where there is no mark."""
        stored = self._stored.setdefault(text_id, {})
        if kept is None:
            stored.pop(mark_id, None)
        else:
            stored[mark_id] = kept
        if kept == wanted:
            return
        if wanted is not None and text_id in self._stacks:
            self._stacks[text_id].rebase(wanted, kept)
        if text_id != self._text_id:
            return
        if kept is None:
            self._placed.pop(mark_id, None)
        else:
            self._placed[mark_id] = self._place(kept)

    def _reread(self) -> bool:
        """Read the marks of the text; whether any is another than was known."""
        if self._store is None or not self._text_id:
            return False
        try:
            marks = {mark.id: mark for mark in self._store.marks(self._text_id)}
            self._read_placements()
        except LibraryError as error:
            self.failed.emit(str(error))
            return False
        stored = self._stored.setdefault(self._text_id, {})
        changed = False
        for mark_id in {*stored, *marks}:
            before, now = stored.get(mark_id), marks.get(mark_id)
            if before == now or (self._text_id, mark_id) in self._unsaved:
                continue  # what is not saved yet is joined with it when it can be
            if now is None and mark_id == self._typed:
                continue  # the next letter brings it back
            self._know(self._text_id, mark_id, before, now)
            changed = True
        return changed


def _tags_with(before: Mark, after: Mark) -> tuple[str, ...]:
    """The tags after a note was changed: those written in it come and go with it."""
    written = {tag.casefold() for tag in tags_in(before.note)}
    kept = [tag for tag in after.tags if tag_of(tag).casefold() not in written]
    return each_once([*kept, *tags_in(after.note)])
