"""Changing an annotations.yaml: one entry is put in, written anew, taken out or renamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.annotations import fields
from reader.annotations.fields import FILE
from reader.annotations.model import Annotation
from reader.annotations.reading import AnnotationFile, read_annotations
from reader.annotations.writing.data import as_read, default_title, fields_of
from reader.annotations.writing.entries import Entries, links_to
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.mapping import changes
from reader.annotations.writing.tree import Splice, spliced
from reader.annotations.writing.values import Value
from reader.problems import quoted

_LIST = "annotations"
_ID = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Add:
    """Put an annotation in, after that of id `after`; empty: see `place_for`."""

    annotation: Annotation
    after: str = ""


@dataclass(frozen=True, slots=True)
class Replace:
    """Write the annotation of this id anew. If it gets another id, `see` and links follow."""

    id: str
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Delete:
    """Take an annotation out, and its id out of every `see`."""

    id: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Give an annotation another id; `see` and the links in bodies follow."""

    id: str
    new: str


Change = Add | Replace | Delete | Rename


def edited(source: str, change: Change, file: str = FILE) -> str:
    """The text of an annotations.yaml with a change, all else byte for byte as it was.

    Raises CannotEdit, naming `file` and the line, if the source is no such file or the change
    cannot be made in it: an id that is taken or not there, numbers that no chart has. What
    comes back has been read again and says what was asked for.
    """
    source = source.removeprefix("\ufeff")
    newline = "\r\n" if "\r\n" in source else "\n"
    if all(line.strip()[:1] in ("", "#") for line in source.splitlines()):
        source = _ended(source, newline) if source else ""
        source += f"{_LIST}: []{newline}"
    before = read_annotations(source, file)
    if not before.readable:
        raise CannotEdit(before.problems[-1].sentence)
    if isinstance(change, Rename):
        old = _annotation(before, change.id, file)
        change = Replace(change.id, replace(old, id=change.new))
    if isinstance(change, Add | Replace):
        change = replace(change, annotation=as_read(change.annotation))
    if isinstance(change, Replace) and change.annotation.id != change.id:
        own = _relinked(change.annotation, change.id, change.annotation.id)
        change = replace(change, annotation=own)
    entries = Entries(source, file)
    match change:
        case Add(annotation, after):
            _refuse_taken(before, annotation.id, file)
            result = entries.with_new(
                fields_of(annotation), after or place_for(annotation, before.annotations)
            )
        case Replace(identifier, annotation):
            old = _annotation(before, identifier, file)
            if annotation.id != identifier:
                _refuse_taken(before, annotation.id, file)
            result = spliced(source, _replaced(entries, old, annotation))
        case Delete(identifier):
            if identifier not in before.ids:
                raise CannotEdit(f"{file}: there is no annotation {quoted(identifier)} any more.")
            result = entries.without(identifier, _unlinked(entries, identifier))
    # A file that ends without a newline goes on doing so.
    ended = source.endswith(("\r", "\n"))
    result = _ended(result, newline) if ended else result.rstrip("\r\n")
    _prove(read_annotations(result, file), before, change, file)
    return result


def place_for(annotation: Annotation, others: Sequence[Annotation]) -> str:
    """The id after which a person would put an annotation; empty for the end.

    Where all of its kind stand together, as in a file that goes kind by kind, it comes after
    the last of them; else at the end.
    """
    places = [index for index, each in enumerate(others) if each.kind is annotation.kind]
    if places and places[-1] - places[0] + 1 == len(places):
        return others[places[-1]].id
    return ""


def _refuse_taken(before: AnnotationFile, identifier: str, file: str) -> None:
    if not _ID.fullmatch(identifier):
        raise CannotEdit(
            f"{quoted(identifier)} cannot be an id; use letters, digits, - and _ only."
        )
    if identifier in before.ids:
        line = before.lines[identifier, "id"]
        raise CannotEdit(
            f"{file}, line {line}: the id {quoted(identifier)} is taken already; choose another."
        )


def _annotation(before: AnnotationFile, identifier: str, file: str) -> Annotation:
    for annotation in before.annotations:
        if annotation.id == identifier:
            return annotation
    if (line := before.lines.get((identifier, "id"))) is not None:
        raise CannotEdit(
            f"{file}, line {line}: {quoted(identifier)} could not be read; mend it there first."
        )
    raise CannotEdit(f"{file}: there is no annotation {quoted(identifier)} any more.")


def _replaced(entries: Entries, old: Annotation, new: Annotation) -> Iterator[Splice]:
    node = entries.node(old.id)
    before, after = fields_of(old), fields_of(new)
    if not entries.has(node, "title") and new.title == default_title(new.id, new.terms):
        before.pop("title", None)
        after.pop("title", None)
    elif not entries.has(node, "title"):
        before.pop("title", None)
    yield from changes(entries.tree, node, before, after, list(fields.ANNOTATION), entries.style)
    if old.id != new.id:
        yield from entries.renamed_links(old.id, new.id)


def _unlinked(entries: Entries, identifier: str) -> Iterator[Splice]:
    for node, see in entries.seeing(identifier):
        left: dict[str, Value] = {}
        if rest := [word for word in see if word != identifier]:
            left["see"] = rest
        yield from changes(
            entries.tree, node, {"see": see}, left, list(fields.ANNOTATION), entries.style
        )


def _ended(source: str, newline: str) -> str:
    return source if source.endswith(("\r", "\n")) else source + newline


def _prove(now: AnnotationFile, before: AnnotationFile, change: Change, file: str) -> None:
    """Read what was written: nothing goes to the disk that says anything but what was asked."""
    expected = list(expected_after(before.annotations, change))
    if sorted(now.annotations, key=_by_id) != sorted(expected, key=_by_id):
        # A problem that was there before may have moved to another line.
        known = {(each.code, each.message) for each in before.problems}
        new = [each for each in now.problems if (each.code, each.message) not in known]
        if new:
            raise CannotEdit(f"The change was not made: {new[0].message} {new[0].advice}".strip())
        raise CannotEdit(
            f"The change was not made, for {file} is written in a way that cannot be changed "
            "here; change it in a text editor."
        )


def expected_after(annotations: Sequence[Annotation], change: Change) -> Iterator[Annotation]:
    """The annotations after a change, as a file gives them; a new one comes last."""
    old = "" if isinstance(change, Add) else change.id
    match change:
        case Rename(_, new):
            renamed = new
        case Replace(_, annotation):
            renamed = annotation.id
        case _:
            renamed = old
    for each in annotations:
        if each.id == old:
            if isinstance(change, Delete):
                continue
            each = change.annotation if isinstance(change, Replace) else replace(each, id=renamed)
            each = as_read(each)
        if isinstance(change, Delete):
            yield replace(each, see=tuple(word for word in each.see if word != old))
        elif renamed != old:
            yield _relinked(each, old, renamed)
        else:
            yield each
    if isinstance(change, Add):
        yield as_read(change.annotation)


def _relinked(annotation: Annotation, old: str, new: str) -> Annotation:
    return replace(
        annotation,
        see=tuple(dict.fromkeys(new if word == old else word for word in annotation.see)),
        body=links_to(old).sub(rf"\g<1>{new}", annotation.body),
    )


def _by_id(annotation: Annotation) -> str:
    return annotation.id
