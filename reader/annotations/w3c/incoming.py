"""An annotation out of a file, on its way to becoming a mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.annotations.w3c.shapes import LONGEST, TooLong

MOST_TAGS = 100
LONGEST_NAME = 200
"""Code points of a name or a tag, and of what stands around a quote that is looked at."""
_LONGEST_QUOTE = 100_000
_UUID = re.compile(
    r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)


class Skip(Exception):
    """Why an annotation cannot become a mark; the message goes on from "it …"."""


@dataclass(slots=True)
class Incoming:
    """What one annotation of a file says.

    `about` names the text that it is about, as the file calls it. `selector`
    has a position only when that counts in the text at hand. `parent` is the id
    of the annotation that this one replies to.
    """

    id: str
    about: str = ""
    kind: MarkKind = MarkKind.HIGHLIGHT
    selector: Selector = field(default_factory=lambda: Selector(""))
    color: Color = Color.YELLOW
    underline: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    creator: str = ""
    created: str = ""
    modified: str = ""
    answers: str = ""
    parent: str = ""

    def check(self) -> None:
        """Raise Skip when it says more than a mark can."""
        if not self.selector.exact.strip():
            raise Skip("has no quote to be found by")
        if len(self.selector.exact) > _LONGEST_QUOTE or len(self.note) > LONGEST:
            raise TooLong
        if len(self.tags) > MOST_TAGS or any(len(tag) > LONGEST_NAME for tag in self.tags):
            raise Skip(f"has more than {MOST_TAGS} tags, or one that is no word")

    def __post_init__(self) -> None:
        self.creator = self.creator[:LONGEST_NAME]
        at = self.selector
        prefix, suffix = at.prefix[-LONGEST_NAME:], at.suffix[:LONGEST_NAME]
        self.selector = replace(at, prefix=prefix, suffix=suffix)

    @property
    def mark_id(self) -> str:
        """The id of its mark: its own where that is a urn:uuid, else one made of it."""
        if _UUID.fullmatch(self.id):
            return self.id.lower()
        return f"urn:uuid:{uuid5(NAMESPACE_URL, self.id or self.fingerprint)}"

    @property
    def fingerprint(self) -> str:
        """What tells it from other annotations that have the same id, or none."""
        at = self.selector
        parts = (self.about, at.prefix, at.exact, at.suffix, self.note, *self.tags, self.created)
        return "\0".join(parts)

    def mark(self, identifier: str, selector: Selector) -> Mark:
        """The mark that it becomes."""
        return Mark(
            id=identifier,
            kind=self.kind,
            selector=selector,
            color=self.color,
            underline=self.underline,
            note=self.note,
            tags=self.tags,
            creator=self.creator,
            created=self.created or self.modified,
            modified=self.modified or self.created,
            answers=self.answers,
        )
