"""Attaching: where each annotation of a text belongs.

Three things lead to an annotation: words that the author linked by hand, the
passages that it names as targets, and its terms. Hand links come first; terms
keep off them. Targets mark passages rather than words, so they may overlap
anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reader.annotations.anchoring import anchor_each
from reader.annotations.anchors import Anchor, State
from reader.annotations.attachment import Attachment, Mention
from reader.annotations.mentions import find_mentions
from reader.annotations.model import Annotation, Kind
from reader.annotations.selectors import Selector
from reader.text.model import Text


def attach(text: Text, annotations: Sequence[Annotation]) -> Attachment:
    """Find where `annotations` (with the text's footnotes among them) belong in `text`."""
    known = {annotation.id for annotation in annotations}
    linked, dead = _hand_links(text, known)
    by_hand = [(mention.start, mention.end) for mention in linked]
    terms = ((term, each.id) for each in annotations for term in each.terms)
    mentions = linked + find_mentions(text.string, terms, by_hand)
    unsure: list[tuple[Annotation, Selector, Anchor]] = []
    targets = [(each, selector) for each in annotations for selector in each.targets]
    anchors = anchor_each(text.string, (selector for _, selector in targets))
    for (annotation, selector), found in zip(targets, anchors, strict=True):
        if found.state in (State.DOUBTFUL, State.ORPHANED):
            unsure.append((annotation, selector, found))
        if found.start is not None and found.end is not None:
            mentions.append(Mention(found.start, found.end, annotation.id))
    # Nearly in order already: that many are sorted in no time then.
    unique = sorted(dict.fromkeys(mentions), key=lambda m: (m.start, -m.end, m.annotation))
    return Attachment(tuple(unique), tuple(dead), tuple(unsure))


def footnote_annotations(text: Text) -> list[Annotation]:
    """The footnotes of a text as annotations of kind reference, one for each label."""
    notes: dict[str, list[Selector]] = defaultdict(list)
    bodies: dict[str, str] = {}
    for note in text.footnotes:
        mark = text.string[note.start : note.end]
        before = text.string[max(0, note.start - 32) : note.start]
        selector = Selector(mark, before, start=note.start, end=note.end)
        notes[note.label].append(selector)
        bodies.setdefault(note.label, note.body)
    return [
        Annotation(
            id=f"footnote-{label}",
            kind=Kind.REFERENCE,
            title=f"Note {label}",
            body=bodies[label],
            targets=tuple(targets),
        )
        for label, targets in notes.items()
    ]


def _hand_links(text: Text, known: set[str]) -> tuple[list[Mention], list[tuple[str, int]]]:
    mentions: list[Mention] = []
    dead: list[tuple[str, int]] = []
    for block in text.blocks:
        for run in block.runs:
            if not run.href.startswith("#"):
                continue
            target = run.href[1:]
            if target not in known:
                dead.append((target, run.start))
            elif mentions and mentions[-1].annotation == target and mentions[-1].end == run.start:
                # One link whose words are styled differently comes as several runs.
                mentions[-1] = Mention(mentions[-1].start, run.end, target)
            else:
                mentions.append(Mention(run.start, run.end, target))
    return mentions, dead
