"""Passages: the pieces of texts, annotations and notes that are searched for words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from reader.annotations.marks import Mark
from reader.copies.copy import Copy

OPENS, CLOSES = "\ufdd0", "\ufdd1"
"""What stands around found words in what SQLite returns: no text has these."""

PART = "\x1e"
"""Stands between a mark's note, its tags and the words that it marks."""

COVER = -1
"""Where title and authors stand: before the text."""

JOINT = "\u200b"
"""Stands after each letter of a script without spaces, so that each is a word."""

LONGEST = 4000
"""Code points of one passage; longer blocks are divided."""

# Compiled when first used, for sets of so many letters take a while: the start needs them not.
_UNSPACED = (
    "([\u0e00-\u0eff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
)
_UNKEPT = f"[\0{OPENS}{CLOSES}\ud800-\udfff]"


class Where(StrEnum):
    """What a passage is part of."""

    TEXT = "text"
    ANNOTATION = "annotation"
    NOTE = "note"
    HIGHLIGHT = "highlight"
    """A mark without a note; the index itself has it among the notes."""


class Passage(NamedTuple):
    """Words that are searched: of which annotation or mark, and where they stand (code points)."""

    where: Where
    id: str
    start: int
    words: str


def keepable(words: str) -> str:
    """Words without what SQLite cannot keep, or what means something to the index."""
    return re.sub(_UNKEPT, "\ufffd", words)


def searchable(words: str) -> str:
    """Words as they are searched."""
    return re.sub(_UNSPACED, rf"\1{JOINT}", keepable(words.replace(JOINT, " ")))


def of_text(copy: Copy) -> Iterator[Passage]:
    """The blocks of a copy's text, and what is written on its cover."""
    string = copy.text.string
    title, authors = copy.manifest.title, copy.manifest.authors
    # A title that is a text's first heading is found there.
    cover = " · ".join(authors if string.startswith(title) else (title, *authors))
    if cover and not string.startswith(cover):
        yield Passage(Where.TEXT, "", COVER, cover)
    for block in copy.text.blocks:
        for start, end in _pieces(string, block.start, block.end):
            if not string[start:end].isspace():
                yield Passage(Where.TEXT, "", start, string[start:end])


def of_annotations(copy: Copy) -> Iterator[Passage]:
    """The authored annotations of a copy, each at its first mention."""
    for annotation in copy.annotations:
        mentions = copy.attachment.of(annotation.id)
        words = f"{annotation.title}\n{annotation.body}"
        yield Passage(Where.ANNOTATION, annotation.id, mentions[0].start if mentions else 0, words)


def of_mark(mark: Mark) -> Passage:
    """What the reader wrote and chose: note, tags, and the words that are marked."""
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    parts = (mark.note, tags, mark.selector.exact)
    words = PART.join(part.replace(PART, " ") for part in parts)
    return Passage(Where.NOTE, mark.id, mark.selector.start or 0, words)


def _pieces(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in pieces that are not too long, divided at spaces where it can be done."""
    while end - start > LONGEST:
        space = string.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space + 1 if space != -1 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end
