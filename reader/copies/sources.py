"""The words of a copy as they lie on the disk, and what is left of them when some stay behind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.leaving_out import CannotLeaveOut, only
from reader.annotations.model import Annotation, Kind
from reader.annotations.reading import read_annotations
from reader.copies.container import is_container
from reader.copies.copy import Copy
from reader.copies.inside import file_inside
from reader.copies.limits import LIMITS, megabytes, pieces_in
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.manifest import FORMAT
from reader.copies.names import plain_name
from reader.copies.reading import text_suffix
from reader.copies.sentences import named, why_not
from reader.copies.unlinking import unlinked
from reader.problems import CannotOpen, quoted
from reader.text.decoding import UnreadableText, decode


@dataclass(slots=True)
class Words:
    """A copy's files of words, with what they name.

    `files` are their bytes by their paths in the copy; `counted` the author's annotations in
    them; `gone` the ids of those that stay behind; `pictures` the paths of pictures as they
    are written; `notices` sentences on what the reader may not expect.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    counted: dict[Kind, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    pictures: tuple[str, ...] = ()
    notices: list[str] = field(default_factory=list)


def words_of(copy: Copy, kinds: Collection[Kind]) -> Words:
    """The words of a copy with the author's annotations of these kinds alone.

    What is left alone keeps its bytes. A bare text is given a document.yaml. Raises
    CannotOpen when the files cannot be read, or hold more than a copy may.
    """
    bare = copy.path.is_file() and not is_container(copy.path)
    words = Words()
    kept: list[Annotation] = []
    if bare:
        name = f"article{text_suffix(copy.path)}"
        article = _read(copy.path, LIMITS.text)
        if pieces_in(_decoded(article, copy.path.name)) > LIMITS.pieces:
            raise CannotOpen(
                f"{named(copy.path)} falls into more paragraphs and items than a copy may hold; "
                "divide it into parts."
            )
        words.files[DOCUMENT_FILE] = _document(copy, name)
    else:
        name = plain_name(copy.manifest.text_file)
        article = _part(copy, copy.manifest.text_file, LIMITS.text)
        words.files[DOCUMENT_FILE] = _part(copy, DOCUMENT_FILE, LIMITS.yaml)
        kept = _take_annotations(copy, kinds, words)
    words.files[name] = _without_links(copy, article, words.gone)
    counted = Counter(each.kind for each in kept)
    words.counted = {kind: counted[kind] for kind in Kind if counted[kind]}
    named_by = [block.source for block in copy.text.blocks if block.source]
    named_by += [each.image.file for each in kept if each.image]
    words.pictures = tuple(dict.fromkeys(named_by))
    return words


def _document(copy: Copy, text: str) -> bytes:
    """The document.yaml of a text that had none."""
    import yaml

    manifest = copy.manifest
    fields = {"format": int(FORMAT), "id": manifest.id, "title": manifest.title, "text": text}
    words = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10**9)
    return str(words).encode()


def _take_annotations(copy: Copy, kinds: Collection[Kind], words: Words) -> list[Annotation]:
    """Add annotations.yaml with the entries that go along; they are the answer."""
    if copy.folder is None or not os.path.lexists(copy.folder / ANNOTATIONS_FILE):
        return []
    data = _part(copy, ANNOTATIONS_FILE, LIMITS.yaml)
    source = _decoded(data, ANNOTATIONS_FILE)
    written = read_annotations(source)
    if not written.readable and kinds:
        raise CannotOpen(
            f"{ANNOTATIONS_FILE} cannot be read, so nobody knows what would be shared; "
            "mend what `annotated-reader check` says first."
        )
    kept = [each for each in written.annotations if each.kind in kinds]
    words.gone = frozenset(written.ids - {each.id for each in kept})
    if unread := len(written.ids) - len(written.annotations):
        entries = "1 entry" if unread == 1 else f"{unread} entries"
        words.notices.append(f"{entries} of {ANNOTATIONS_FILE} cannot be read, and will not go.")
    if kept:
        left = _left(source, {each.id for each in kept}, words.gone)
        words.files[ANNOTATIONS_FILE] = data if left == source else left.encode()
    return kept


def _left(source: str, keep: Collection[str], gone: Collection[str]) -> str:
    """An annotations.yaml with these entries alone, in which nothing leads to the others."""
    try:
        left = only(source, keep)
    except CannotLeaveOut as error:
        raise CannotOpen(
            f"{ANNOTATIONS_FILE} is written in a form of which nothing can be left out; "
            "begin each entry with `- id:` on a line of its own, or share all of it."
        ) from error
    bare = unlinked(left, gone)
    # What is not in a body is no link, whatever it looks like.
    return bare if _without_bodies(bare) == _without_bodies(left) else left


def _without_bodies(source: str) -> list[Annotation]:
    return [replace(each, body="") for each in read_annotations(source).annotations]


def _without_links(copy: Copy, article: bytes, gone: Collection[str]) -> bytes:
    """The text without links to what stays behind; not a letter that is read may change."""
    hrefs = {run.href[1:] for block in copy.text.blocks for run in block.runs if run.href}
    noted = " ".join(note.body for note in copy.text.footnotes)
    if hrefs.isdisjoint(gone) and not any(f"#{identifier}" in noted for identifier in gone):
        return article
    from reader.text.markdown import parse_markdown

    source = _decoded(article, copy.manifest.text_file)
    bare = unlinked(source, gone)
    if bare == source:
        return article
    before, after = parse_markdown(source), parse_markdown(bare)
    shapes = [
        [(each.kind, each.start, each.end) for each in text.blocks] for text in (before, after)
    ]
    same = before.string == after.string and shapes[0] == shapes[1]
    return bare.encode() if same else article


def _part(copy: Copy, name: str, most: int) -> bytes:
    """A file of the copy; raises CannotOpen where it is none, or has too many bytes."""
    path = file_inside(copy.folder, name) if copy.folder else None
    if path is None:
        raise CannotOpen(f"{quoted(name)} does not lie inside the copy; put the file itself there.")
    return _read(path, most)


def _read(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise CannotOpen(why_not(path, error)) from error
    if len(data) > most:
        raise CannotOpen(
            f"{named(path)} has more than {megabytes(most)}, the most that a copy may hold; "
            "divide it into parts."
        )
    return data


def _decoded(data: bytes, name: str) -> str:
    try:
        return decode(data, name)
    except UnreadableText as error:
        raise CannotOpen(str(error)) from error
