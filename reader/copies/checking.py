"""What is wrong between the parts of a copy: links, terms, targets and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reader.annotations.anchoring import State
from reader.annotations.attaching import Attachment
from reader.annotations.mentions import IGNORE_CASE, bare_term, terms_found
from reader.annotations.model import Annotation
from reader.annotations.reading import FILE as ANNOTATIONS_FILE
from reader.annotations.reading import AnnotationFile
from reader.copies.inside import file_inside
from reader.problems import Problem
from reader.text.model import BlockKind, Text

IMAGE_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")

_BODY_LINK = re.compile(r"\]\(#([^)\s]+)\)")


def cross_check(
    text_file: str,
    source: str,
    text: Text,
    written: AnnotationFile,
    attachment: Attachment,
    folder: Path | None,
) -> list[Problem]:
    """Everything amiss that shows only when the files of a copy are read together.

    `source` is the text file as written; `folder` is None for a bare text, whose
    missing pictures are nobody's fault.
    """
    return [
        *_dead_hand_links(text_file, source, attachment),
        *_dead_links(written, text),
        *_terms(text, written),
        *_targets(text, written, attachment),
        *_unreachable(written, attachment),
        *_pictures(text_file, source, text, written, folder),
    ]


def line_of(source: str, words: str) -> int:
    """The first line of `source`, from 1, that holds `words`; 0 when none does."""
    position = source.find(words)
    return source.count("\n", 0, position) + 1 if position != -1 else 0


def _dead_hand_links(file: str, source: str, attachment: Attachment) -> Iterator[Problem]:
    for target in dict.fromkeys(target for target, _ in attachment.dead_links):
        yield Problem(
            file,
            line_of(source, f"(#{target})") or line_of(source, f"#{target}"),
            "dead-link",
            f"A link leads to “{target}”, which is no annotation.",
            f"Add it to {ANNOTATIONS_FILE}, or mend the link.",
        )


def _dead_links(written: AnnotationFile, text: Text) -> Iterator[Problem]:
    known = {annotation.id for annotation in written.annotations}
    known |= {f"footnote-{note.label}" for note in text.footnotes}
    for annotation in written.annotations:
        links = [("see", target) for target in annotation.see]
        links += [("body", target) for target in _BODY_LINK.findall(annotation.body)]
        for name, target in links:
            line = written.lines[annotation.id, name]
            if target not in known:
                yield Problem(
                    ANNOTATIONS_FILE,
                    line,
                    "dead-link",
                    f"“{annotation.id}” leads to “{target}”, which is no annotation.",
                    _did_you_mean(target, known),
                )
            elif target == annotation.id:
                yield Problem(
                    ANNOTATIONS_FILE,
                    line,
                    "self-link",
                    f"“{annotation.id}” leads to itself.",
                    "Remove the link.",
                )


def _terms(text: Text, written: AnnotationFile) -> Iterator[Problem]:
    pairs = [(term, each) for each in written.annotations for term in each.terms]
    found = terms_found(text.string, [(term, annotation.id) for term, annotation in pairs])
    owners: dict[str, Annotation] = {}
    for order, (term, annotation) in enumerate(pairs):
        line = written.lines[annotation.id, "terms"]
        owner = owners.setdefault(term, annotation)
        if owner is not annotation:
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "duplicate-term",
                f"The term “{term}” of “{annotation.id}” belongs to “{owner.id}” already.",
                "Keep it in one of the two.",
            )
        if order not in found:
            case = "" if term.startswith(IGNORE_CASE) else f" `{IGNORE_CASE}{term}` ignores case."
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "term-not-found",
                f"The term “{bare_term(term)}” of “{annotation.id}” is not in the text.",
                f"Write it as it stands there, or remove it.{case}",
            )


def _targets(text: Text, written: AnnotationFile, attachment: Attachment) -> Iterator[Problem]:
    for annotation, selector, found in attachment.unsure:
        line = written.lines.get((annotation.id, "target"), 0)
        words = _short(selector.exact)
        if found.state is State.ORPHANED:
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "target-not-found",
                f"The words “{words}” of “{annotation.id}” are not in the text.",
                "Copy them from the text as it is shown.",
            )
        else:
            count = text.string.count(selector.exact)
            reason = (
                f"stand there {count} times" if count > 1 else "stand in another context there"
            )
            yield Problem(
                ANNOTATIONS_FILE,
                line,
                "target-unsure",
                f"The words “{words}” of “{annotation.id}” {reason}.",
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
                f"Nothing in the text leads to “{annotation.id}”.",
                "Give it `terms` or a `target`, link words to it, or write `target: text`.",
            )


def _pictures(
    text_file: str, source: str, text: Text, written: AnnotationFile, folder: Path | None
) -> Iterator[Problem]:
    pictures = [
        (text_file, line_of(source, f"({block.source}"), block.source, block.alt)
        for block in text.blocks
        if block.kind is BlockKind.IMAGE
    ]
    for file, line, name, alt in pictures:
        if not alt.strip():
            yield Problem(
                file,
                line,
                "no-alt",
                f"The picture “{name}” has no description.",
                "Say in the square brackets what it shows, for those who cannot see it.",
            )
    if folder is None:
        return
    pictures += [
        (ANNOTATIONS_FILE, written.lines[each.id, "image"], each.image.file, each.image.alt)
        for each in written.annotations
        if each.image
    ]
    for file, line, name, _ in pictures:
        path = file_inside(folder, name)
        if path is None:
            yield Problem(
                file,
                line,
                "picture-outside",
                f"The picture “{name}” does not lie inside the copy.",
                "Put it into the folder figures and name it from there.",
            )
        elif path.suffix.lower() not in IMAGE_SUFFIXES:
            yield Problem(
                file,
                line,
                "picture-kind",
                f"“{name}” is not a picture that can be shown.",
                f"Use one of {', '.join(IMAGE_SUFFIXES)}.",
            )
        elif not path.is_file():
            yield Problem(
                file,
                line,
                "no-picture",
                f"There is no picture “{name}”.",
                "Put the file there, or mend its name.",
            )


def _did_you_mean(target: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(target, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else "Add it, or remove the link."


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
