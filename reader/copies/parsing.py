"""Parsing the files of a copy: what `reading` needs of one that was not opened before."""

from __future__ import annotations

from reader.annotations.attaching import attach, footnote_annotations
from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.model import Annotation
from reader.annotations.reading import AnnotationFile, read_annotations
from reader.copies.checking import cross_check
from reader.copies.limits import LIMITS, pieces_in
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.manifest_reading import read_manifest
from reader.copies.parsed import Attached, Declared
from reader.problems import CannotOpen, Problem, quoted
from reader.text.model import Text


def parse_declared(source: str) -> Declared:
    """What a document.yaml says. Raises CannotOpen where it names no text, or has no id."""
    refuse_endless(source, DOCUMENT_FILE)
    problems: list[Problem] = []
    manifest = read_manifest(source, problems)
    return Declared(manifest, tuple(problems))


def attach_written(name: str, source: str, text: Text, written: AnnotationFile) -> Attached:
    """Put the annotations of a copy, and the footnotes of its text, where they belong.

    `source` is the text as it is written in the file `name`.
    """
    annotations = (*written.annotations, *_free_footnotes(text, written))
    attachment = attach(text, annotations)
    problems, pictures = cross_check(name, source, text, written, attachment)
    return Attached(annotations, attachment, (*written.problems, *problems), tuple(pictures))


def parse_annotations(source: str) -> AnnotationFile:
    """What an annotations.yaml holds; what cannot be read of it costs nothing but itself."""
    try:
        refuse_endless(source, ANNOTATIONS_FILE)
    except CannotOpen as error:
        return no_annotations(str(error))
    return read_annotations(source, ANNOTATIONS_FILE)


def no_annotations(why: str) -> AnnotationFile:
    """What a copy has that has no annotations.yaml, or one that cannot be read, as `why` says."""
    if not why:
        return AnnotationFile()
    problem = Problem(ANNOTATIONS_FILE, 0, "unreadable", why)
    return AnnotationFile(problems=[problem], readable=False)


def refuse_endless(source: str, name: str) -> None:
    """Refuse what is of a size to be read, but of a form that would take minutes."""
    if (pieces := pieces_in(source)) > LIMITS.pieces:
        raise CannotOpen(
            f"{quoted(name)} falls into some {pieces:,} paragraphs, items, cells and links, and "
            f"{LIMITS.pieces:,} is the most that can be opened; divide it into parts."
        )


def _free_footnotes(text: Text, written: AnnotationFile) -> list[Annotation]:
    """The text's footnotes, but for those whose id an authored annotation has taken."""
    free = []
    for note in footnote_annotations(text):
        if note.id in written.ids:
            written.problems.append(
                Problem(
                    ANNOTATIONS_FILE,
                    written.lines[note.id, "id"],
                    "duplicate-id",
                    f"The id {quoted(note.id)} belongs to a footnote of the text.",
                    "Choose another.",
                )
            )
        else:
            free.append(note)
    return free
