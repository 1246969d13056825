"""Marks: what a reader adds to a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from reader.annotations.selectors import Selector

CONTEXT = 32
"""Code points kept of what stands before and after a mark, to find it again."""


class MarkKind(StrEnum):
    """What a mark is. A highlight that is given words becomes a note."""

    HIGHLIGHT = "highlight"
    NOTE = "note"
    BOOKMARK = "bookmark"
    ANSWER = "answer"


class Color(StrEnum):
    """The five colours of a highlight. The reader may give each a meaning."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on one passage.

    `id` is a urn:uuid, the same for ever. `note` is Markdown. `tags` have no `#`.
    `creator` is empty for the reader's own marks. `created` and `modified` are
    moments in UTC as ISO 8601 with seconds. `underline` draws a line in the colour
    instead of a fill. `answers` is the id of the question that an answer is to. `apart`
    is the digest of a text in which, as its reader says, it has no place.
    """

    id: str
    kind: MarkKind
    selector: Selector
    color: Color = Color.YELLOW
    underline: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    creator: str = ""
    created: str = ""
    modified: str = ""
    answers: str = ""
    apart: str = ""


def new_id() -> str:
    """A name that no other mark has."""
    from uuid import uuid4

    return f"urn:uuid:{uuid4()}"


def moment() -> str:
    """Now, as marks write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def selector_of(text: str, start: int, end: int) -> Selector:
    """How to find `start:end` (code points) of the canonical string again."""
    return Selector(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )
