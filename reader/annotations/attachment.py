"""Attachment: where the annotations of a text belong, once that was found out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reader.annotations.anchors import Anchor
from reader.annotations.model import Annotation
from reader.annotations.selectors import Selector


class Mention(NamedTuple):
    """An annotation's words `start:end` (code points)."""

    start: int
    end: int
    annotation: str


@dataclass(frozen=True)
class Attachment:
    """Every mention in the order of the text, outer ones before those inside them.

    `dead_links` are the hand links that lead to no annotation, as (id, start);
    `unsure` are the targets that were not found for certain.
    """

    mentions: tuple[Mention, ...] = ()
    dead_links: tuple[tuple[str, int], ...] = ()
    unsure: tuple[tuple[Annotation, Selector, Anchor], ...] = ()

    def of(self, annotation: str) -> Sequence[Mention]:
        """The mentions of one annotation, in the order of the text."""
        return self._by_annotation.get(annotation, ())

    def at(self, annotation: str, position: int) -> Mention:
        """The mention of one annotation that begins at a code point, or else that place itself."""
        for mention in self.of(annotation):
            if mention.start == position:
                return mention
        return Mention(position, position, annotation)

    @cached_property
    def _by_annotation(self) -> dict[str, list[Mention]]:
        by_annotation: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            by_annotation[mention.annotation].append(mention)
        return dict(by_annotation)


def linked_from(annotations: Iterable[Annotation]) -> dict[str, tuple[str, ...]]:
    """For each annotation the ids of those that name it in `see`, in the order of the file."""
    sources: dict[str, list[str]] = defaultdict(list)
    for annotation in annotations:
        for other in annotation.see:
            sources[other].append(annotation.id)
    return {target: tuple(origins) for target, origins in sources.items()}
