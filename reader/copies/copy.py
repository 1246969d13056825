"""An annotated copy in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.attachment import Attachment, linked_from
from reader.annotations.model import Annotation
from reader.copies.inside import file_inside, is_file
from reader.copies.manifest import Manifest
from reader.copies.passing import PassingFolder
from reader.problems import Problem
from reader.text.model import Text

if TYPE_CHECKING:
    from reader.copies.layers import Layer


@dataclass(frozen=True)
class Copy:
    """A text with its annotations, all of them attached.

    `path` is what was opened; `folder` is where the copy's pictures lie, None
    for a bare text. `revision` is the hash of the content. `problems` tells what
    could not be read or attached. `layers` are marks that others handed on.
    `passing` keeps a folder that was unpacked for this copy on the disk for as long as
    anybody holds the copy.
    """

    path: Path
    manifest: Manifest
    text: Text
    revision: str
    folder: Path | None = None
    annotations: tuple[Annotation, ...] = ()
    attachment: Attachment = field(default_factory=Attachment)
    problems: tuple[Problem, ...] = ()
    layers: tuple[Layer, ...] = ()
    passing: PassingFolder | None = field(default=None, repr=False, compare=False)

    @cached_property
    def by_id(self) -> dict[str, Annotation]:
        """The annotations by their ids."""
        return {annotation.id: annotation for annotation in self.annotations}

    @cached_property
    def linked_from(self) -> dict[str, tuple[str, ...]]:
        """For each annotation the ids of those whose `see` leads to it."""
        return linked_from(self.annotations)

    def picture(self, name: str) -> Path | None:
        """The file of a picture that the copy names; None when it is not inside the copy."""
        path = file_inside(self.folder, name) if self.folder else None
        return path if path and is_file(path) else None
