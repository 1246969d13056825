"""What was found out by parsing the files of a copy, each part with what it goes by.

Parsing takes longer than keeping the outcome and fetching it again, and needs much that a
copy which was opened before does without.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from reader.annotations.attachment import Attachment
from reader.annotations.model import Annotation
from reader.copies.manifest import Manifest
from reader.problems import Problem
from reader.text.model import Text


class Declared(NamedTuple):
    """What a document.yaml says, and what is amiss with it."""

    manifest: Manifest
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture that a copy names: on which line of which of its files, and how."""

    file: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The annotations of a copy where they belong in its text, and what is amiss with them.

    `pictures` are still to be looked for, since they come and go without the other files.
    """

    annotations: tuple[Annotation, ...] = ()
    attachment: Attachment = field(default_factory=Attachment)
    problems: tuple[Problem, ...] = ()
    pictures: tuple[NamedPicture, ...] = ()


class ParsedCache(Protocol):
    """Keeps what was parsed, by keys that tell the content and the way it was parsed.

    The library is one. What it cannot keep or find, it leaves out.
    """

    def text_of(self, content: str) -> Text | None:
        """The text that was parsed from some content before."""

    def keep_text(self, content: str, text: Text) -> None:
        """Keep a text."""

    def declared_of(self, content: str) -> Declared | None:
        """What a document.yaml said before."""

    def keep_declared(self, content: str, declared: Declared) -> None:
        """Keep what one says."""

    def attached_of(self, content: str) -> Attached | None:
        """The annotations that were attached before."""

    def keep_attached(self, content: str, attached: Attached) -> None:
        """Keep annotations with their places."""
