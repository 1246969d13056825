"""Undo and redo of changes to marks."""

from __future__ import annotations

from dataclasses import dataclass

from reader.annotations.marks import Mark

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """A mark before and after; None where there was none."""

    before: Mark | None
    after: Mark | None

    def turned(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)


class UndoStack:
    """The changes of one text, in order; any number of steps back and forth."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._merge = ""

    def push(self, change: Change, merge: str = "") -> None:
        """Remember a change. One with the same `merge` as the last continues it: typing is one."""
        self._undone.clear()
        if merge and merge == self._merge and self._done:
            self._done[-1] = Change(self._done[-1].before, change.after)
        else:
            self._done.append(change)
            del self._done[:-_MOST]
        self._merge = merge

    def end_merge(self) -> None:
        """What comes next is a step of its own."""
        self._merge = ""

    def undo(self) -> Change | None:
        """The change to make in order to take the last one back; None at the beginning."""
        self._merge = ""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        return change.turned()

    def redo(self) -> Change | None:
        """The change that was taken back last; None when there is none."""
        self._merge = ""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._done.append(change)
        return change

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._undone)
