"""Reuse: the annotations of one text, applied to another.

Quotes are anchored in the other text, terms are looked for, and words that the first text
linked by hand are looked for as quotes. A quote that is found for certain is written as the
other text has it. One that is doubtful or orphaned is kept as it was: `check` reports it, and
an author decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from reader.annotations.anchoring import Anchoring
from reader.annotations.anchors import Anchor, State
from reader.annotations.attaching import attach
from reader.annotations.marks import CONTEXT
from reader.annotations.model import Annotation
from reader.annotations.reading import read_annotations
from reader.annotations.selecting import unique_target
from reader.annotations.selectors import Selector
from reader.annotations.writing.changes import Replace, edited
from reader.annotations.writing.errors import CannotEdit
from reader.copies.copy import Copy
from reader.copies.limits import LIMITS
from reader.copies.making import Made, make_copy
from reader.copies.manuscripts import Manuscript, from_copy
from reader.copies.reading import open_copy
from reader.copies.sentences import named, why_not
from reader.problems import CannotOpen
from reader.text.decoding import UnreadableText, decode
from reader.text.model import Text

_SURE = (State.EXACT, State.MOVED)


class Outcome(StrEnum):
    """What became of an annotation: the least sure of its quotes, or what its terms found."""

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    ORPHANED = "orphaned"
    TERMS = "terms"
    WHOLE_TEXT = "whole text"
    NOTHING = "nothing"


_WORST_FIRST = (State.ORPHANED, State.DOUBTFUL, State.MOVED, State.EXACT)


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """Annotations to apply: the source of an annotations.yaml, and what it says.

    `linked` are the words that lead to an annotation by hand in the text they come from;
    `copy` is the copy that holds them, None for a file of its own.
    """

    source: str
    annotations: tuple[Annotation, ...]
    linked: Mapping[str, Sequence[Selector]]
    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of an annotation and where it stands in the other text.

    `words` are those that stand there now; `by_hand` says that the first text linked to the
    annotation from these words.
    """

    selector: Selector
    anchor: Anchor
    words: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class AppliedAnnotation:
    """One annotation in the other text; `mentions` counts the words that lead to it there."""

    old: Annotation
    new: Annotation
    outcome: Outcome
    quotes: tuple[Quote, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class Applied:
    """A set applied to a text: each annotation, and the annotations.yaml for it."""

    annotations: tuple[AppliedAnnotation, ...]
    source: str

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many annotations came to which outcome."""
        counted = Counter(each.outcome for each in self.annotations)
        return {outcome: counted[outcome] for outcome in Outcome}


def annotation_set(path: Path) -> AnnotationSet:
    """The annotations of a copy, or of an annotations.yaml that lies alone. Raises CannotOpen."""
    if path.is_file() and path.suffix.lower() in (".yaml", ".yml"):
        return _file_set(path)
    return copy_set(open_copy(path))


def copy_set(copy: Copy) -> AnnotationSet:
    """The annotations of a copy that is open. Raises CannotOpen if they cannot be read."""
    source = from_copy(copy).annotations
    file = read_annotations(source) if source else None
    if file is not None and not file.readable:
        raise CannotOpen(file.problems[-1].sentence)
    string = copy.text.string
    linked: dict[str, list[Selector]] = {}
    for block in copy.text.blocks:
        for run in block.runs:
            if run.href.startswith("#"):
                words = _in_context(string, run.start, run.end)
                linked.setdefault(run.href[1:], []).append(words)
    return AnnotationSet(source, tuple(file.annotations) if file else (), linked, copy)


def apply_annotations(annotations: AnnotationSet, text: Text) -> Applied:
    """Find the places of annotations in another text, and write their quotes as it has them."""
    file = read_annotations(annotations.source)
    there = attach(text, [replace(each, targets=()) for each in file.annotations])
    linked = {run.href[1:] for block in text.blocks for run in block.runs if run.href[:1] == "#"}
    selectors = [target for each in file.annotations for target in each.targets]
    selectors += [each for several in annotations.linked.values() for each in several]
    anchoring = Anchoring(text.string, selectors)
    source = annotations.source
    applied: list[AppliedAnnotation] = []
    for old in file.annotations:
        places = {(mention.start, mention.end) for mention in there.of(old.id)}
        quotes = [_quote(text, anchoring, target) for target in old.targets]
        if old.id not in linked:  # else the other text has links of its own
            by_hand = annotations.linked.get(old.id, ())
            found = [_quote(text, anchoring, target, by_hand=True) for target in by_hand]
            quotes += [each for each in found if _place(each) not in places]
        certain = {_place(each) for each in quotes if each.anchor.state in _SURE}
        if places or certain:
            # Other words lead to it: those that were linked but are gone need no place.
            quotes = [each for each in quotes if not each.by_hand or _place(each) in certain]
        new = replace(old, targets=tuple(_target(text, each) for each in quotes))
        if new.targets != old.targets:
            source = _written(source, new)
        places |= certain
        applied.append(
            AppliedAnnotation(old, new, _outcome(old, quotes, places), tuple(quotes), len(places))
        )
    return Applied(tuple(applied), source)


def apply_to(
    annotations: AnnotationSet, manuscript: Manuscript, folder: Path
) -> tuple[Applied, Made]:
    """Make a copy in `folder` of a text with the annotations of another. Raises CannotOpen.

    The pictures of the annotations go along. What the text does not say of itself, its title
    and its language, is what the annotated one says; source and licence are the text's alone.
    """
    applied = apply_annotations(annotations, manuscript.text)
    pictures, notices = dict(manuscript.pictures), list(manuscript.notices)
    if annotations.copy is not None:
        there = from_copy(annotations.copy).pictures
        for each in annotations.annotations:
            name = each.image.file if each.image else ""
            if name in there and pictures.setdefault(name, there[name]) != there[name]:
                notices.append(f"The text has another picture “{name}”, which {each.id} now shows.")
    manifest = manuscript.manifest
    if annotations.copy is not None:
        first = annotations.copy.manifest
        untitled = not manifest.id and not manuscript.text.title
        manifest = replace(
            manifest,
            id=manifest.id or first.id,
            title=first.title if untitled else manifest.title,
            language=manifest.language or first.language,
        )
    whole = replace(
        manuscript,
        manifest=manifest,
        annotations=applied.source,
        pictures=pictures,
        notices=tuple(notices),
    )
    return applied, make_copy(whole, folder)


def _file_set(path: Path) -> AnnotationSet:
    try:
        if path.stat().st_size > LIMITS.yaml:
            raise CannotOpen(f"{named(path)} is too large to be annotations.")
        source = decode(path.read_bytes(), path.name)
    except UnreadableText as error:
        raise CannotOpen(str(error)) from error
    except OSError as error:
        raise CannotOpen(why_not(path, error)) from error
    file = read_annotations(source, path.name)
    if not file.readable:
        raise CannotOpen(file.problems[-1].sentence)
    return AnnotationSet(source, tuple(file.annotations), {})


def _in_context(text: str, start: int, end: int) -> Selector:
    """`start:end` as a quote, with some whole words before and after."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = before[before.find(" ") + 1 :]
    if end + CONTEXT < len(text) and " " in after.strip():
        after = after[: after.rindex(" ")]
    return Selector(text[start:end], before, after)


def _quote(text: Text, anchoring: Anchoring, selector: Selector, by_hand: bool = False) -> Quote:
    found = anchoring.anchor(selector)
    words = text.string[found.start : found.end] if found.start is not None else ""
    return Quote(selector, found, words, by_hand)


def _place(quote: Quote) -> tuple[int, int]:
    return quote.anchor.start or 0, quote.anchor.end or 0


def _target(text: Text, quote: Quote) -> Selector:
    """A quote as the other text has it; what is not sure stays as it was."""
    found = quote.anchor
    if found.state not in _SURE or (found.state is State.EXACT and not quote.by_hand):
        return quote.selector
    return unique_target(text.string, *_place(quote))


def _outcome(old: Annotation, quotes: Sequence[Quote], places: set[tuple[int, int]]) -> Outcome:
    states = {quote.anchor.state for quote in quotes}
    for state in _WORST_FIRST:
        if state in states:
            return Outcome(state.value)
    if places:
        return Outcome.TERMS
    return Outcome.WHOLE_TEXT if old.whole_text else Outcome.NOTHING


def _written(source: str, new: Annotation) -> str:
    try:
        return edited(source, Replace(new.id, new))
    except CannotEdit as error:
        raise CannotOpen(str(error)) from error
