"""Undo and redo of changes to marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import NamedTuple

from reader.annotations.marks import Mark

_MOST = 1000


class Change(NamedTuple):
    """A mark before and after; None where there was none."""

    before: Mark | None
    after: Mark | None

    def turned(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)


Step = tuple[Change, ...]
"""Changes that were made together, and are taken back together."""


class UndoStack:
    """The changes of one text, in order; any number of steps back and forth."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._merge = ""

    def push(self, change: Change, merge: str = "") -> None:
        """Remember a change. One with the same `merge` as the last continues it: typing is one."""
        if merge and merge == self._merge and self._done:
            self._undone.clear()
            self._done[-1] = (Change(self._done[-1][0].before, change.after),)
        else:
            self.push_all((change,))
        self._merge = merge

    def push_all(self, step: Step) -> None:
        """Remember changes that are one step; none are nothing to remember."""
        if step:
            self._undone.clear()
            self._done.append(step)
            del self._done[:-_MOST]
        self._merge = ""

    def end_merge(self) -> None:
        """What comes next is a step of its own."""
        self._merge = ""

    def rebase(self, old: Mark, new: Mark | None) -> None:
        """Something else than this stack made `new` of a mark: to go back must not undo that.

        Steps keep what they change besides; those of which nothing is left, or whose marks
        are gone, are forgotten.
        """
        self.end_merge()
        self._done = list(_rebased(self._done, old, new))
        self._undone = list(_rebased(self._undone, old, new))

    def undo(self) -> Step:
        """The changes to make in order to take the last step back; none at the beginning."""
        self._merge = ""
        if not self._done:
            return ()
        step = self._done.pop()
        self._undone.append(step)
        return tuple(change.turned() for change in reversed(step))

    def redo(self) -> Step:
        """The step that was taken back last; none when there is none."""
        self._merge = ""
        if not self._undone:
            return ()
        step = self._undone.pop()
        self._done.append(step)
        return step

    def __len__(self) -> int:
        """How many steps can be taken back."""
        return len(self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._undone)


def _rebased(steps: Iterable[Step], old: Mark, new: Mark | None) -> Iterable[Step]:
    for step in steps:
        if rest := tuple(_rebased_changes(step, old, new)):
            yield rest


def _rebased_changes(step: Step, old: Mark, new: Mark | None) -> Iterable[Change]:
    for change in step:
        mark = change.after or change.before
        if mark is None or mark.id != old.id:
            yield change
        elif new is not None:
            before = change.before and _taking_over(change.before, old, new)
            after = change.after and _taking_over(change.after, old, new)
            if before != after:
                yield Change(before, after)


def _taking_over(mark: Mark, old: Mark, new: Mark) -> Mark:
    """`mark` with what differs between `old` and `new`."""
    changed = {
        field.name: getattr(new, field.name)
        for field in fields(Mark)
        if getattr(old, field.name) != getattr(new, field.name)
    }
    return replace(mark, **changed)
