"""The marks of the text that is shown: the one place where they are made and changed.

A change goes down once, through the library, and views follow `changed`. What
could not be written stays in force here and is tried again, so that a full disk
costs nothing that was typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Color, Mark, MarkKind, moment, new_id, selector_of
from reader.annotations.merging import with_settled_kind
from reader.annotations.placing import PlacedMark
from reader.annotations.revising import Placements, place_revised
from reader.annotations.tags import each_once, tag_of, tags_in
from reader.copies.copy import Copy
from reader.library.library import LibraryError
from reader.library.marks import Changed, State
from reader.library.revisions import Arrival
from reader.ui.mark_order import MarkOrder
from reader.ui.placed_marks import PlacedMarks
from reader.ui.timers import timer
from reader.ui.undo import Change, Step, UndoStack

UNSEEN = (MarkKind.BOOKMARK, MarkKind.ANSWER)
"""These colour no words: one is a flag beside them, the other stands in its question's card."""
_MANY = 50
"""So many marks, and to sort all anew is quicker than to find the place of each."""
_WRITTEN = 50
"""So many marks are written at a time; the window goes on before the next."""
_AGAIN = 5_000
"""Milliseconds after which what could not be written is tried again."""


class MarkStore(Protocol):
    """Where marks are kept; `reader.library.library.Library` is one."""

    def marks(self, text_id: str) -> list[Mark]:
        """The marks of a text."""

    def marks_state(self) -> State:
        """How far changes to marks are counted now."""

    def marks_since(
        self, text_id: str, state: State
    ) -> tuple[State, dict[str, Mark | None]] | None:
        """The marks of a text that were changed after `state`, and the state now.

        None when all may have been changed.
        """

    def change_marks(self, text_id: str, changes: Sequence[Changed]) -> list[Mark | None]:
        """Keep marks, or delete them, all or none: as (what was read, what is to be kept).

        That is on the disk then. The answers are what is kept: what was to be, joined with what
        others made of the mark.
        """


class PlacementStore(Protocol):
    """Where it is kept how marks were found in each revision of their text."""

    def has_revisions(self, text_id: str) -> bool:
        """Whether there are several."""

    def placements(
        self, text_id: str, words: str, marks: Collection[str] | None = None
    ) -> Placements:
        """How marks, by their ids, were found in the revision `words` (a digest), and in others."""

    def place_marks(self, text_id: str, words: str, marks: Iterable[tuple[Mark, bool]]) -> None:
        """Write down that marks are found by their own selectors there, or no longer by others."""


class Marks(QObject):
    """Positions are code points of the shown text's canonical string."""

    changed = Signal(str)
    """A mark was made, changed or deleted: its id; empty when all are others."""

    stepped = Signal(object)
    """A Step was made, or taken back: what has changed."""

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
        self._several = False
        """Whether several revisions of the text were opened."""
        self._expected: dict[str, PlacedMark] = {}
        self._text = self._digest = ""
        self._text_id = ""
        self._placed = PlacedMarks()
        self._stored: dict[str, dict[str, Mark]] = {}
        """The marks of each text that was shown, as the store is known to have them."""
        self._read: dict[str, State] = {}
        """How far changes were counted when that was read."""
        self._typed = ""
        """The mark whose note is being written."""
        self._stacks: dict[str, UndoStack] = {}
        self._unsaved: dict[tuple[str, str], Mark | None] = {}
        self._again = timer(self, self._write, _AGAIN, once=True)
        self._rest = timer(self, self._write, once=True)

    def show_copy(
        self, copy: Copy, arrival: Arrival | None = None, placed: PlacedMarks | None = None
    ) -> None:
        """Turn to another text; the marks that have arrived with it are read and placed already.

        They are in order already if they are `placed`.
        """
        self._text, self._text_id = copy.text.string, ""
        self._digest = copy.text.digest
        self._typed = ""
        placed = placed or PlacedMarks(arrival.placed if arrival else ())
        expected = self._expected = placed.by_id
        self._take_read(copy.manifest.id, arrival)
        here = self._text_id = copy.manifest.id
        self._look_for_revisions()
        known: dict[str, Mark | None] = dict(self._stored.get(self._text_id, {}))
        known |= {mark_id: mark for (of, mark_id), mark in self._unsaved.items() if of == here}
        others = [
            mark
            for mark_id, mark in known.items()
            if mark is not None and not (mark_id in expected and expected[mark_id].mark is mark)
        ]
        gone = [mark_id for mark_id in expected if known.get(mark_id) is None]
        placed.change([*gone, *(mark.id for mark in others)], self._placed_of(others))
        self._placed, self._expected = placed, {}
        self.changed.emit("")

    def are_of(self, copy: Copy) -> bool:
        """Whether these are the marks of a copy's text."""
        return copy.manifest.id == self._text_id

    def refresh(self) -> None:
        """Take in what other windows made of this text's marks; what is typed here stays."""
        if self._text_id and self._reread(self._text_id):
            self._look_for_revisions()
            self.changed.emit("")

    # Asking

    def all(self) -> list[PlacedMark]:
        """All marks of the text, in its order; those that stand nowhere come last."""
        return list(self._placed.order)

    def get(self, mark_id: str) -> PlacedMark | None:
        """One mark, if it is there."""
        return self._placed.by_id.get(mark_id)

    def own(self) -> list[PlacedMark]:
        """The reader's own marks, as `all`; those that were imported from others are not."""
        return list(self._placed.own)

    def noted(self) -> dict[str, PlacedMark]:
        """Those of them that say something, by their ids."""
        return dict(self._placed.noted)

    def imported(self) -> list[Mark]:
        """The marks that were imported from others, in the order of the text."""
        placed = self._placed
        if len(placed.own) == len(placed.order):
            return []
        return [each.mark for each in placed.order if each.mark.creator]

    def own_in_order(self) -> MarkOrder:
        """The same, to be asked for those that touch some words; till the next change."""
        return self._placed.own

    def mine(self, mark_id: str) -> PlacedMark | None:
        """One mark, if it is there and the reader's own."""
        placed = self._placed.by_id.get(mark_id)
        return None if placed is None or placed.mark.creator else placed

    def at(self, position: int) -> PlacedMark | None:
        """The reader's innermost mark on the words at a code point."""
        there = [
            each
            for each in self._placed.own.touching(position, position + 1)
            if each.mark.kind not in UNSEEN and not each.orphaned
        ]
        return min(there, key=lambda each: each.end - each.start, default=None)

    def on(self, start: int, end: int) -> PlacedMark | None:
        """The reader's highlight of exactly these words."""
        for each in self._placed.own.touching(start, end):
            if (each.start, each.end) == (start, end) and each.mark.kind not in UNSEEN:
                return each
        return None

    def answer_to(self, question: str) -> PlacedMark | None:
        """The reader's own answer to a question, by its id."""
        return next(iter(self._placed.answers_to(question)), None)

    def answers(self) -> dict[str, PlacedMark]:
        """The reader's own answers, by their questions' ids."""
        return self._placed.answers()

    def bookmark_between(self, start: int, end: int) -> PlacedMark | None:
        """The reader's bookmark that stands in a stretch of text."""
        for each in self._placed.own.touching(start, end):
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
        while self._unsaved and self._write():
            pass
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
        placed = self._placed.by_id.get(mark_id)
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
        there = self._placed.by_id
        known = {name: there[name].mark for name in new if name in there}
        self._make_all(tuple(Change(known.get(name), mark) for name, mark in new.items()))

    def delete_all(self, mark_ids: Iterable[str]) -> None:
        """Delete marks. To take that back is one step."""
        placed = map(self._placed.by_id.get, dict.fromkeys(mark_ids))
        self._make_all(tuple(Change(each.mark, None) for each in placed if each is not None))

    def move(self, mark_id: str, start: int, end: int) -> None:
        """Let a mark stand on other words, or confirm that it stands there; its note stays."""
        if (placed := self._placed.by_id.get(mark_id)) is not None:
            apart = "" if placed.mark.apart == self._digest else placed.mark.apart
            self.change(mark_id, selector=selector_of(self._text, start, end), apart=apart)

    def keep_apart(self, mark_id: str) -> None:
        """Let a mark have no place in this revision of the text; its quote and note stay."""
        self.change(mark_id, apart=self._digest)

    def delete(self, mark_id: str) -> None:
        """Delete a mark. It can be taken back."""
        if (placed := self._placed.by_id.get(mark_id)) is not None:
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
            if change.after is not None:
                made.append(change.after)
        self._placed.change(names, self._placed_of(made))
        self._write()
        self.stepped.emit(step)
        self.changed.emit(names[0] if len(names) == 1 else "")
        return names[0]

    def _placed_of(self, marks: Iterable[Mark]) -> list[PlacedMark]:
        """Marks in their places, which may be known already."""
        placed, rest = [], []
        for mark in marks:
            known = self._expected.get(mark.id)
            if known and (known.mark.selector, known.mark.apart) == (mark.selector, mark.apart):
                placed.append(known if known.mark is mark else PlacedMark(mark, known.anchor))
            else:
                rest.append(mark)
        return placed + place_revised(self._text, self._digest, rest, self._places_of(rest))

    def _keep_placements(self, step: Step) -> None:
        """Write down where marks were put in this revision: others have their own places."""
        put = [
            change.after
            for change in step
            if change.after
            and not (change.before and change.before.selector == change.after.selector)
        ]
        if not (self._several and put):
            return
        assert self._placements is not None
        with suppress(LibraryError):
            there = [(mark, mark.selector.stands_in(self._text)) for mark in put]
            self._placements.place_marks(self._text_id, self._digest, there)

    def _look_for_revisions(self) -> None:
        self._several = False
        if self._placements is not None:
            with suppress(LibraryError):
                self._several = self._placements.has_revisions(self._text_id)

    def _places_of(self, marks: Sequence[Mark]) -> Placements:
        """How marks were found in this and in other revisions, where they do not say it."""
        asked = [mark.id for mark in marks if not mark.selector.stands_in(self._text)]
        if asked and self._several and self._placements is not None:
            with suppress(LibraryError):
                some = asked if len(asked) <= _MANY else None
                return self._placements.placements(self._text_id, self._digest, some)
        return Placements()

    def _write(self) -> bool:
        """Write what is not saved yet, or the first of it; whether that could be done."""
        if self._store is None:
            return False
        if not self._unsaved:
            return True
        text_id = next(iter(self._unsaved))[0]
        here = ((each[1], mark) for each, mark in self._unsaved.items() if each[0] == text_id)
        wanted = dict(islice(here, _WRITTEN))
        stored = self._stored.setdefault(text_id, {})
        try:
            changes = [(stored.get(mark_id), mark) for mark_id, mark in wanted.items()]
            written = self._store.change_marks(text_id, changes)
        except LibraryError as error:
            self._again.start()
            self.failed.emit(str(error))
            return False
        for (mark_id, mark), kept in zip(wanted.items(), written, strict=True):
            del self._unsaved[text_id, mark_id]
            self._know(text_id, mark_id, mark, kept)
        if self._unsaved:
            self._rest.start()
        else:
            self.saved.emit()
        return True

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
            self._placed.change([mark_id], ())
        else:
            self._placed.put(self._placed_of([kept]))

    def _take_read(self, text_id: str, arrival: Arrival | None) -> None:
        """Know what the store has of a text that is not shown yet."""
        if arrival is not None and arrival.read is not None:
            waits = any(of == text_id for of, _ in self._unsaved)
            if text_id in self._stored:
                self._reread(text_id)  # what can be undone goes by what was known before
            if not waits:
                self._stored[text_id] = {each.mark.id: each.mark for each in arrival.placed}
                self._read[text_id] = arrival.read
        self._reread(text_id)

    def _reread(self, text_id: str) -> bool:
        """Read what was changed of a text's marks; whether any is another than was known."""
        if self._store is None:
            return False
        try:
            changes, state = self._read_changes(self._store, text_id)
            return self._take_changes(text_id, changes, state)
        except LibraryError as error:
            self.failed.emit(str(error))
            return False

    def _read_changes(self, store: MarkStore, text_id: str) -> tuple[dict[str, Mark | None], State]:
        """The marks that may be others than is known, None for those that are gone."""
        if (read := self._read.get(text_id)) is not None:
            since = store.marks_since(text_id, read)
            if since is not None:
                return since[1], since[0]
        state = store.marks_state()
        marks = {mark.id: mark for mark in store.marks(text_id)}
        return {**dict.fromkeys(self._stored.get(text_id, ())), **marks}, state

    def _take_changes(self, text_id: str, changes: Mapping[str, Mark | None], state: State) -> bool:
        """Know what the store has in a state; whether any of it is other than was known."""
        stored = self._stored.setdefault(text_id, {})
        changed = passed_over = False
        for mark_id, now in changes.items():
            before = stored.get(mark_id)
            if before is now or before == now:
                continue
            # What is not saved yet is joined with it when it can be, and what is deleted while
            # it is written is brought back by the next letter.
            if (text_id, mark_id) in self._unsaved or (now is None and mark_id == self._typed):
                passed_over = True
                continue
            self._know(text_id, mark_id, before, now)
            changed = True
        if not passed_over:  # else it is read again
            self._read[text_id] = state
        return changed


def _tags_with(before: Mark, after: Mark) -> tuple[str, ...]:
    """The tags after a note was changed: those written in it come and go with it."""
    written = {tag.casefold() for tag in tags_in(before.note)}
    kept = [tag for tag in after.tags if tag_of(tag).casefold() not in written]
    return each_once([*kept, *tags_in(after.note)])
