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
    assert stack.undo() == (Change(OTHER, MARK),)
    assert stack.undo() == (Change(MARK, None),)
    assert stack.undo() == ()
    assert stack.redo() == (Change(None, MARK),)
    assert stack.redo() == (Change(MARK, OTHER),)
    assert stack.redo() == ()


def test_a_new_change_forgets_what_was_taken_back() -> None:
    stack = UndoStack()
    stack.push(Change(None, MARK))
    stack.undo()
    stack.push(Change(None, OTHER))
    assert not stack.can_redo
    assert stack.undo() == (Change(OTHER, None),)


def test_typing_is_one_step_until_something_else_happens() -> None:
    stack = UndoStack()
    words = [replace(MARK, note="abc"[:length]) for length in range(4)]
    for before, after in pairwise(words):
        stack.push(Change(before, after), "typing")
    assert stack.undo() == (Change(words[3], words[0]),)
    stack.redo()
    stack.push(Change(words[3], OTHER), "typing")
    assert stack.undo() == (Change(OTHER, words[3]),), "after a redo typing is a step of its own"


def test_what_others_did_since_is_not_undone() -> None:
    stack = UndoStack()
    stack.push(Change(None, MARK))
    stack.push(Change(MARK, OTHER))
    theirs = replace(OTHER, tags=("theirs",))
    stack.rebase(OTHER, theirs)
    assert stack.undo() == (Change(theirs, replace(MARK, tags=("theirs",))),)
    assert stack.redo() == (Change(replace(MARK, tags=("theirs",)), theirs),)


def test_a_step_of_which_others_left_nothing_is_forgotten() -> None:
    stack = UndoStack()
    stack.push(Change(MARK, OTHER))
    stack.rebase(OTHER, replace(OTHER, note="theirs"))
    assert not stack.can_undo


def test_the_steps_of_a_mark_that_is_gone_are_forgotten() -> None:
    stack = UndoStack()
    kept = Change(None, replace(MARK, id="urn:uuid:2"))
    stack.push(Change(None, MARK))
    stack.push(kept)
    stack.push(Change(MARK, OTHER))
    stack.rebase(OTHER, None)
    assert stack.undo() == (kept.turned(),)
    assert not stack.can_undo


def test_changes_that_were_made_together_are_taken_back_together() -> None:
    stack = UndoStack()
    second = replace(MARK, id="urn:uuid:2")
    stack.push_all((Change(None, MARK), Change(None, second)))
    stack.push_all(())
    assert len(stack) == 1
    assert stack.undo() == (Change(second, None), Change(MARK, None))
    assert stack.redo() == (Change(None, MARK), Change(None, second))
    stack.rebase(second, None)
    assert stack.undo() == (Change(MARK, None),), "what others deleted is not brought back"
