"""Undo and redo, step by step."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from reader.annotations.marks import Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.ui.undo import Change, UndoStack

MARK = Mark("urn:uuid:1", MarkKind.HIGHLIGHT, Selector("words"))
OTHER = replace(MARK, note="more")


def test_undo_takes_back_and_redo_makes_again() -> None:
    stack = UndoStack()
    stack.push(Change(None, MARK))
    stack.push(Change(MARK, OTHER))
    assert stack.undo() == Change(OTHER, MARK)
    assert stack.undo() == Change(MARK, None)
    assert stack.undo() is None
    assert stack.redo() == Change(None, MARK)
    assert stack.redo() == Change(MARK, OTHER)
    assert stack.redo() is None


def test_a_new_change_forgets_what_was_taken_back() -> None:
    stack = UndoStack()
    stack.push(Change(None, MARK))
    stack.undo()
    stack.push(Change(None, OTHER))
    assert not stack.can_redo
    assert stack.undo() == Change(OTHER, None)


def test_typing_is_one_step_until_something_else_happens() -> None:
    stack = UndoStack()
    words = [replace(MARK, note="abc"[:length]) for length in range(4)]
    for before, after in pairwise(words):
        stack.push(Change(before, after), "typing")
    assert stack.undo() == Change(words[3], words[0])
    stack.redo()
    stack.push(Change(words[3], OTHER), "typing")
    assert stack.undo() == Change(OTHER, words[3]), "after a redo typing is a step of its own"
