"""Joining what two windows made of one mark, so that neither loses the reader's words."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from reader.annotations.marks import Mark, MarkKind

RULE = "— also written elsewhere —"
"""Stands in a note above words that cannot be joined with those before them."""


def merge_marks(before: Mark | None, mine: Mark | None, theirs: Mark | None) -> Mark | None:
    """What a mark becomes that was `before`, and that two sides have changed; None for none.

    Of each field the side holds that changed it; where both did, mine. Tags come and go
    with either side, and a note keeps the words of both. A mark that was deleted on one
    side stays if the other wrote in it.
    """
    if mine == theirs or theirs == before:
        return mine
    if mine == before:
        return theirs
    if mine is None:
        return theirs if before is None or (theirs and theirs.note != before.note) else None
    if theirs is None:
        return mine
    base = before or replace(theirs, note="", tags=())
    changed = {
        name: getattr(theirs, name)
        for name in _FIELDS
        if getattr(mine, name) == getattr(base, name)
    }
    tags = dict.fromkeys((*mine.tags, *theirs.tags))
    gone = {tag for tag in base.tags if tag not in mine.tags or tag not in theirs.tags}
    joined = replace(
        mine,
        **changed,
        note=merge_words(base.note, mine.note, theirs.note),
        tags=tuple(tag for tag in tags if tag not in gone),
        modified=max(mine.modified, theirs.modified),
    )
    return with_settled_kind(joined)


def merge_words(before: str, mine: str, theirs: str) -> str:
    """The words of both sides: joined where each changed another place, else one below the other.

    The idea is diff3's, with a single change on each side.
    """
    if theirs in (before, mine):
        return mine
    if mine == before:
        return theirs
    one, other = _change(before, mine), _change(before, theirs)
    first, second = sorted((one, other))
    if first.end < second.start or (first.end == second.start and first.start < second.end):
        joined = before[: second.start] + second.words + before[second.end :]
        return joined[: first.start] + first.words + joined[first.end :]
    added = other.words if other.start == other.end else theirs
    if not added.strip():
        return mine
    return f"{mine.rstrip()}\n\n{RULE}\n\n{added.strip()}"


def with_settled_kind(mark: Mark) -> Mark:
    """A highlight that is given words is a note; a note that loses them a highlight."""
    if mark.kind not in (MarkKind.HIGHLIGHT, MarkKind.NOTE):
        return mark
    return replace(mark, kind=MarkKind.NOTE if mark.note.strip() else MarkKind.HIGHLIGHT)


_FIELDS = ("selector", "color", "underline", "creator", "answers", "apart")
"""Of these one side's value is taken whole."""


class _Change(NamedTuple):
    """`start:end` of what was there before is now `words`."""

    start: int
    end: int
    words: str


def _change(before: str, after: str) -> _Change:
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    rest = most - start
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return _Change(start, len(before) - tail, after[start : len(after) - tail])
