"""The marks of the text that is shown: the one place where they are made and changed.

A change goes down once, through the library, and views follow `changed`. What
could not be written stays in force here and is tried again, so that a full disk
costs nothing that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Color, Mark, MarkKind, moment, new_id, selector_of
from reader.annotations.placing import PlacedMark, place_mark, place_marks
from reader.copies.copy import Copy
from reader.library.library import LibraryError
from reader.ui.timers import timer
from reader.ui.undo import Change, UndoStack

_TAG = re.compile(r"(?:(?<=\s)|^)#([^\W\d_][\w/-]*)")
_AGAIN = 5_000
"""Milliseconds after which what could not be written is tried again."""


class MarkStore(Protocol):
    """Where marks are kept; `reader.library.library.Library` is one."""

    def marks(self, text_id: str) -> list[Mark]:
        """The marks of a text."""

    def save_mark(self, text_id: str, mark: Mark) -> None:
        """Keep a mark; it is on the disk when this returns."""

    def delete_mark(self, text_id: str, mark_id: str) -> None:
        """Delete a mark; that is on the disk when this returns."""


class Marks(QObject):
    """Positions are code points of the shown text's canonical string."""

    changed = Signal(str)
    """A mark was made, changed or deleted: its id; empty when all are others."""

    saved = Signal()
    """All changes are on the disk."""

    failed = Signal(str)
    """A change could not be written: why. It is kept, and tried again."""

    def __init__(self, store: MarkStore | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._text = ""
        self._text_id = ""
        self._placed: dict[str, PlacedMark] = {}
        self._stacks: dict[str, UndoStack] = {}
        self._unsaved: dict[tuple[str, str], Mark | None] = {}
        self._again = timer(self, self._write, _AGAIN, once=True)

    def show_copy(self, copy: Copy) -> None:
        """Turn to another text."""
        self._text, self._text_id = copy.text.string, copy.manifest.id
        marks: Iterable[Mark] = ()
        if self._store is not None:
            try:
                marks = self._store.marks(self._text_id)
            except LibraryError as error:
                self.failed.emit(str(error))
        known = {mark.id: mark for mark in marks}
        for (text_id, mark_id), mark in self._unsaved.items():
            if text_id == self._text_id:
                known.pop(mark_id, None)
                if mark is not None:
                    known[mark_id] = mark
        self._placed = {each.mark.id: each for each in place_marks(self._text, known.values())}
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

    def at(self, position: int) -> PlacedMark | None:
        """The innermost mark on the words at a code point."""
        there = [
            each
            for each in self._placed.values()
            if each.start <= position < each.end and each.mark.kind is not MarkKind.BOOKMARK
        ]
        return min(there, key=lambda each: each.end - each.start, default=None)

    def on(self, start: int, end: int) -> PlacedMark | None:
        """The highlight of exactly these words."""
        for each in self._placed.values():
            if (each.start, each.end) == (start, end) and each.mark.kind is not MarkKind.BOOKMARK:
                return each
        return None

    def bookmark_between(self, start: int, end: int) -> PlacedMark | None:
        """A bookmark that stands in a stretch of text."""
        for each in self._placed.values():
            if each.mark.kind is MarkKind.BOOKMARK and start <= each.start < end:
                return each
        return None

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

    # Changing

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
            after = replace(after, kind=_kind_with(after), tags=_tags_with(before, after))
        if after == before:
            return
        self._make(Change(before, replace(after, modified=moment())), merge)

    def move(self, mark_id: str, start: int, end: int) -> None:
        """Let a mark stand on other words; its note stays."""
        self.change(mark_id, selector=selector_of(self._text, start, end))

    def delete(self, mark_id: str) -> None:
        """Delete a mark. It can be taken back."""
        if (placed := self._placed.get(mark_id)) is not None:
            self._make(Change(placed.mark, None))

    def undo(self) -> str:
        """Take the last change back; the answer is the id of its mark, or empty."""
        return self._apply(self._stack.undo())

    def redo(self) -> str:
        """Make the change again that was taken back last."""
        return self._apply(self._stack.redo())

    def end_typing(self) -> None:
        """What is typed next is undone by itself."""
        self._stack.end_merge()

    # Inside

    @property
    def _stack(self) -> UndoStack:
        return self._stacks.setdefault(self._text_id, UndoStack())

    def _make(self, change: Change, merge: str = "") -> None:
        self._stack.push(change, merge)
        self._apply(change)

    def _apply(self, change: Change | None) -> str:
        if change is None:
            return ""
        mark = change.after or change.before
        assert mark is not None
        if change.after is None:
            self._placed.pop(mark.id, None)
        else:
            self._placed[mark.id] = place_mark(self._text, change.after)
        self._unsaved[self._text_id, mark.id] = change.after
        self._write()
        self.changed.emit(mark.id)
        return mark.id

    def _write(self) -> None:
        if self._store is None:
            return
        try:
            for (text_id, mark_id), mark in list(self._unsaved.items()):
                if mark is None:
                    self._store.delete_mark(text_id, mark_id)
                else:
                    self._store.save_mark(text_id, mark)
                del self._unsaved[text_id, mark_id]
        except LibraryError as error:
            self._again.start()
            self.failed.emit(str(error))
        else:
            self.saved.emit()


def _kind_with(mark: Mark) -> MarkKind:
    """A highlight that is given words is a note; a note that loses them a highlight."""
    if mark.kind in (MarkKind.HIGHLIGHT, MarkKind.NOTE):
        return MarkKind.NOTE if mark.note.strip() else MarkKind.HIGHLIGHT
    return mark.kind


def _tags_with(before: Mark, after: Mark) -> tuple[str, ...]:
    """The tags after a note was changed: those written in it come and go with it."""
    written = set(_TAG.findall(before.note))
    kept = [tag for tag in after.tags if tag not in written]
    return tuple(dict.fromkeys([*kept, *_TAG.findall(after.note)]))
