"""What is wrong between the parts of a copy: links, terms, targets and descriptions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.annotations.anchors import State
from reader.annotations.attachment import Attachment
from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.mentions import MOST_HITS, has_letters, terms_found
from reader.annotations.model import IGNORE_CASE, Annotation, bare_term
from reader.annotations.reading import AnnotationFile
from reader.copies.parsed import NamedPicture
from reader.problems import Problem, quoted
from reader.text.folding import fold_case, fold_variants
from reader.text.model import BlockKind, Text

if TYPE_CHECKING:
    from reader.text.markdown import MarkdownReader

_LINK = re.compile(r"\](?:\(|:)\s*<?#([^\s)>]+)")
_MOST_SUGGESTIONS = 20
"""Looking for the name that was meant costs time; this many times are enough to help."""
_MOST_COMPARED = 2_000
"""Among more names than these it would take seconds."""


def cross_check(
    text_file: str, source: str, text: Text, written: AnnotationFile, attachment: Attachment
) -> tuple[list[Problem], list[NamedPicture]]:
    """Everything amiss that shows only when the files of a copy are read together.

    `source` is the text file as written. The pictures that are named are for others to
    look for.
    """
    lines = _Lines(source)
    named = _pictures(text_file, lines, text, written)
    problems = [
        *_dead_hand_links(text_file, lines, text, written, attachment),
        *_dead_links(written, text),
        *_terms(text, written),
        *_targets(text, written, attachment),
        *_unreachable(written, attachment),
        *_undescribed(text_file, named, text),
    ]
    return problems, named


class _Lines:
    """A text file as written, and on which line of it something stands."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._newlines: list[int] = []
        self._reached: dict[str, int] = {}

    def of_links(self) -> dict[str, int]:
        """The line of the first link to each id."""
        lines: dict[str, int] = {}
        for link in _LINK.finditer(self._source):
            if link[1] not in lines:
                lines[link[1]] = self._at(link.start())
        return lines

    def of_next(self, words: str) -> int:
        """The line of the next place where `words` stand, each time one further; else 0."""
        place = self._source.find(words, self._reached.get(words, 0))
        if place == -1:
            return 0
        self._reached[words] = place + 1
        return self._at(place)

    def _at(self, place: int) -> int:
        if not self._newlines:
            self._newlines = [match.start() for match in re.finditer("\n", self._source)]
        return bisect_right(self._newlines, place) + 1


def _dead_hand_links(
    file: str, lines: _Lines, text: Text, written: AnnotationFile, attachment: Attachment
) -> Iterator[Problem]:
    """Links in the text, and in its footnotes, that lead to no annotation."""
    if not written.readable:
        return
    known = written.ids | {f"footnote-{note.label}" for note in text.footnotes}
    targets = [target for target, _ in attachment.dead_links]
    bodies = _Bodies()
    targets += [target for note in text.footnotes for target in bodies.links_in(note.body)]
    dead = [target for target in dict.fromkeys(targets) if target not in known]
    line_of = lines.of_links() if dead else {}
    for target in dead:
        yield Problem(
            file,
            line_of.get(target, 0),
            "dead-link",
            f"A link leads to {quoted(target)}, which is no annotation.",
            f"Add it to {ANNOTATIONS_FILE}, or mend the link.",
        )


def _dead_links(written: AnnotationFile, text: Text) -> Iterator[Problem]:
    known = written.ids | {f"footnote-{note.label}" for note in text.footnotes}
    suggestions = _MOST_SUGGESTIONS if len(known) <= _MOST_COMPARED else 0
    bodies = _Bodies()
    for annotation in written.annotations:
        links = [("see", target) for target in annotation.see]
        links += [("body", target) for target in bodies.links_in(annotation.body)]
        for name, target in links:
            line = written.lines[annotation.id, name]
            if target not in known:
                yield Problem(
                    ANNOTATIONS_FILE,
                    line,
                    "dead-link",
                    f"{quoted(annotation.id)} leads to {quoted(target)}, which is no annotation.",
                    _did_you_mean(target, known - {annotation.id} if suggestions > 0 else set()),
                )
                suggestions -= 1
            elif target == annotation.id:
                yield Problem(
                    ANNOTATIONS_FILE,
                    line,
                    "self-link",
                    f"{quoted(annotation.id)} leads to itself.",
                    "Remove the link.",
                )


class _Bodies:
    """Bodies, which are Markdown, one after another."""

    def __init__(self) -> None:
        self._reader: MarkdownReader | None = None

    def links_in(self, body: str) -> list[str]:
        """The ids that a body links to."""
        if not _LINK.search(body):
            return []
        if self._reader is None:
            from reader.text.markdown import MarkdownReader

            self._reader = MarkdownReader()
        runs = (run for block in self._reader.parse(body).blocks for run in block.runs)
        return list(dict.fromkeys(run.href[1:] for run in runs if run.href.startswith("#")))


def _terms(text: Text, written: AnnotationFile) -> Iterator[Problem]:
    claims = [(term, each) for each in written.annotations for term in each.terms]
    found = terms_found(text.string, [term for term, _ in claims])
    if found is None:
        yield Problem(
            ANNOTATIONS_FILE,
            0,
            "too-many-mentions",
            f"The terms stand in the text more than {MOST_HITS:,} times; those further on are "
            "not shown.",
            "Take out terms that are everyday words.",
        )
    owners: dict[tuple[str, bool], Annotation] = {}
    for order, (term, annotation) in enumerate(claims):
        line = written.lines[annotation.id, "terms"]
        what = f"The term {quoted(term)} of {quoted(annotation.id)}"
        any_case = term.startswith(IGNORE_CASE)
        words = fold_variants(bare_term(term))
        owner = owners.setdefault((fold_case(words) if any_case else words, any_case), annotation)
        if owner is not annotation:
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "duplicate-term",
                f"{what} belongs to {quoted(owner.id)} already.",
                "Keep it in one of the two.",
            )
        if not has_letters(term):
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "term-not-found",
                f"{what} has no letter or digit, so it is never found.",
                "Add a word to it, or use a `target`.",
            )
        elif found is not None and order not in found:
            case = "" if any_case else f" `{IGNORE_CASE}` before it ignores capitals."
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "term-not-found",
                f"{what} is not in the text.",
                f"Write it as it stands there, or remove it.{case}",
            )


def _targets(text: Text, written: AnnotationFile, attachment: Attachment) -> Iterator[Problem]:
    for annotation, selector, found in attachment.unsure:
        line = written.lines.get((annotation.id, "target"), 0)
        what = f"The words {quoted(selector.exact)} of {quoted(annotation.id)}"
        count = text.string.count(selector.exact)
        if not count and found.state is State.ORPHANED:
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "target-not-found",
                f"{what} are not in the text.",
                "Copy them from the text as it is shown.",
            )
        elif not count:
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "target-unsure",
                f"{what} are not in the text; what is most like them is not very much so.",
                "Copy them from the text as it is shown.",
            )
        else:
            reason = f"stand there {count} times" if count > 1 else "stand in another context there"
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "target-unsure",
                f"{what} {reason}.",
                "Say which with `prefix` and `suffix`.",
            )


def _unreachable(written: AnnotationFile, attachment: Attachment) -> Iterator[Problem]:
    for annotation in written.annotations:
        named = annotation.terms or annotation.targets or annotation.whole_text
        if not named and not attachment.of(annotation.id):
            yield Problem(
                ANNOTATIONS_FILE,
                written.lines[annotation.id, "id"],
                "no-place",
                f"Nothing in the text leads to {quoted(annotation.id)}.",
                "Give it `terms` or a `target`, link words to it, or write `target: text`.",
            )


def _pictures(
    text_file: str, lines: _Lines, text: Text, written: AnnotationFile
) -> list[NamedPicture]:
    """The pictures of the text, in its order, then those of the annotations."""
    named = []
    for block in text.blocks:
        if block.kind is BlockKind.IMAGE:
            line = lines.of_next(f"({block.source}") or lines.of_next(block.source)
            named.append(NamedPicture(text_file, line, block.source))
    for annotation in written.annotations:
        if annotation.image:
            line = written.lines[annotation.id, "image"]
            named.append(NamedPicture(ANNOTATIONS_FILE, line, annotation.image.file))
    return named


def _undescribed(text_file: str, named: list[NamedPicture], text: Text) -> Iterator[Problem]:
    """Pictures of the text without words for those who cannot see them."""
    blocks = (block for block in text.blocks if block.kind is BlockKind.IMAGE)
    for block, picture in zip(blocks, named, strict=False):
        if not block.alt.strip():
            yield Problem(
                text_file,
                picture.line,
                "no-alt",
                f"The picture {quoted(block.source)} has no description.",
                "Say in the square brackets what it shows, for those who cannot see it.",
            )


def _did_you_mean(target: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(target, sorted(known), n=1)
    return f"Did you mean {quoted(near[0])}?" if near else "Add it, or remove the link."
