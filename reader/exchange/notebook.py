"""A notebook: one text's marks as an export sees them, in the order of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from reader.annotations.anchors import ORPHAN, Anchor
from reader.annotations.marks import Color, Mark
from reader.annotations.model import Annotation
from reader.annotations.placing import PlacedMark, in_order
from reader.annotations.revising import Placements, place_revised
from reader.annotations.tags import each_once, tag_of
from reader.copies.copy import Copy
from reader.text.model import OBJECT, BlockKind, Section, Text


@dataclass(frozen=True, slots=True)
class Document:
    """What is told of the text that the marks are on.

    `id` is the text's name for ever, `revision` the author's count from 1,
    `date` an ISO date, and `text_file` the text's path inside its copy.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    source: str = ""
    revision: int = 1
    language: str = ""
    date: str = ""
    text_file: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark in its place: where it stands, under which headings, what it quotes.

    `path` has the headings above it, outermost first. In `quote` a picture is
    the words that stand for it.
    """

    mark: Mark
    anchor: Anchor
    path: tuple[Section, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Notebook:
    """All that an export is made of.

    `entries` are in the order of the text, those without a place last. `deleted`
    names the marks that were deleted. `text` is None when the text is no longer
    to be had. `color_names` has the meanings that the reader gave to colours.
    """

    document: Document
    entries: tuple[Entry, ...]
    color_names: Mapping[Color, str] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    text: Text | None = None
    copy: Copy | None = None

    def color_name(self, color: Color) -> str:
        """What a colour means to the reader, else what it is called."""
        return self.color_names.get(color, "").strip() or color.value

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of all marks, each once, in alphabetical order."""
        return tuple(sorted(each_once(tag for entry in self.entries for tag in entry.mark.tags)))

    def only(
        self,
        colors: Collection[Color] | None = None,
        creators: Collection[str] | None = None,
    ) -> Notebook:
        """This notebook with the marks of these colours and creators; None is all of them."""
        entries = tuple(
            entry
            for entry in self.entries
            if (colors is None or entry.mark.color in colors)
            and (creators is None or entry.mark.creator in creators)
        )
        return replace(self, entries=entries)

    def annotations_in(self, entry: Entry) -> list[Annotation]:
        """The authored annotations that the entry's passage mentions, in the order of the text."""
        start, end = entry.anchor.start, entry.anchor.end
        if self.copy is None or start is None or end is None:
            return []
        found: dict[str, Annotation] = {}
        for mention in self.copy.attachment.mentions:
            if mention.start >= end:
                break
            if mention.end > start and (annotation := self.copy.by_id.get(mention.annotation)):
                found.setdefault(annotation.id, annotation)
        return list(found.values())


def notebook_of(
    copy: Copy,
    marks: Iterable[Mark],
    color_names: Mapping[Color, str] | None = None,
    deleted: Iterable[str] = (),
    known: Placements | None = None,
) -> Notebook:
    """The notebook of a copy: its marks placed in its text, `deleted` being ids.

    `known` tells how marks were found in this and in other revisions of the text.
    """
    manifest, text = copy.manifest, copy.text
    document = Document(
        id=manifest.id,
        title=manifest.title or text.title,
        authors=manifest.authors,
        source=manifest.source,
        revision=manifest.revision,
        language=manifest.language,
        date=manifest.date,
        text_file=manifest.text_file,
    )
    headings = headings_of(text)
    pictures = {b.start: b.alt or b.caption for b in text.blocks if b.kind is BlockKind.IMAGE}
    entries = tuple(
        Entry(
            placed.mark,
            placed.anchor,
            _path(headings, placed.anchor.start),
            _quote(placed, pictures),
        )
        for placed in in_order(
            place_revised(text.string, text.digest, map(_tidy, marks), known or Placements())
        )
    )
    return Notebook(
        document, entries, dict(color_names or {}), frozenset(deleted), text=text, copy=copy
    )


def notebook_without_text(
    document: Document,
    marks: Iterable[Mark],
    color_names: Mapping[Color, str] | None = None,
    deleted: Iterable[str] = (),
) -> Notebook:
    """The notebook of a text that is gone: marks in the order of their recorded positions."""
    ordered = sorted(
        map(_tidy, marks),
        key=lambda mark: (mark.selector.start is None, mark.selector.start or 0, mark.created),
    )
    entries = tuple(
        Entry(mark, ORPHAN, (), mark.selector.exact.replace(OBJECT, "")) for mark in ordered
    )
    return Notebook(document, entries, dict(color_names or {}), frozenset(deleted))


def _tidy(mark: Mark) -> Mark:
    """A mark as it goes out: its tags by the rule of today, no empty lines below its note."""
    tags = each_once(filter(None, map(tag_of, mark.tags)))
    note = mark.note.rstrip()
    same = (tags, note) == (mark.tags, mark.note)
    return mark if same else replace(mark, tags=tags, note=note)


def headings_of(text: Text) -> tuple[Section, ...]:
    """The headings of a text, without the one that is its title."""
    blocks = [block for block in text.blocks if block.kind is BlockKind.HEADING]
    if (
        blocks
        and text.blocks[0] is blocks[0]
        and all(block.level > blocks[0].level for block in blocks[1:])
    ):
        del blocks[0]
    return tuple(
        Section(block.level, text.string[block.start : block.end], block.start) for block in blocks
    )


def _path(headings: tuple[Section, ...], position: int | None) -> tuple[Section, ...]:
    path: list[Section] = []
    if position is None:
        return ()
    for heading in headings:
        if heading.start > position:
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(path)


def _quote(placed: PlacedMark, pictures: Mapping[int, str]) -> str:
    """The words that were marked, as they were then."""
    exact = placed.mark.selector.exact
    if OBJECT not in exact:
        return exact
    start = placed.anchor.start
    words: list[str] = []
    for index, letter in enumerate(exact):
        if letter != OBJECT:
            words.append(letter)
        elif start is not None and (shown := pictures.get(start + index)):
            words.append(f"[{shown}]")
    return "".join(words)
