"""A folder copy that is being annotated: each change is on the disk when its method returns.

The files stay the author's: another program may change them meanwhile. What it changes is
taken over; where both have changed the same entry, both are handed back and nothing is
decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.annotations.fields import FILE
from reader.annotations.model import Annotation, Image
from reader.annotations.naming import new_id
from reader.annotations.reading import AnnotationFile, read_annotations
from reader.annotations.writing.changes import Add, Change, Delete, Rename, Replace, edited
from reader.annotations.writing.data import as_read
from reader.annotations.writing.document import edited_document
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.merging import Difference, merged
from reader.annotations.writing.values import Value
from reader.atomic import write_atomically
from reader.copies.figures import take_picture
from reader.copies.inside import file_inside
from reader.copies.limits import LIMITS, megabytes
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.sentences import named, why_not
from reader.problems import quoted
from reader.text.decoding import UnreadableText, decode

_NONE = "annotations: []\n"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not written, since somebody else has changed the same entries.

    Hand it to `keep_ours`, or call `reload` to keep theirs.
    """

    differences: tuple[Difference, ...]
    _base: str = field(repr=False)
    _ours: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Step:
    before: str
    after: str


class CopyEditor:
    """The annotations of the copy in a folder, and what it says of itself.

    All methods that write raise CannotEdit, with one clear sentence, when a change cannot be
    made or written; the files are then as they were. For one thread at a time.
    """

    def __init__(self, folder: Path) -> None:
        """Raises CannotEdit if the annotations cannot be read."""
        self.folder = folder
        self._source = self._read(FILE)
        self._file = self._parsed(self._source)
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def annotations(self) -> Mapping[str, Annotation]:
        """The annotations by id, as this editor last read or wrote them."""
        return {each.id: each for each in self._file.annotations}

    def entry_at(self, line: int) -> str:
        """The id of the entry that a line of annotations.yaml (from 1) is in; empty for none."""
        starts: dict[str, int] = {}
        for (identifier, _), at in self._file.lines.items():
            starts[identifier] = min(at, starts.get(identifier, at))
        before = [(at, identifier) for identifier, at in starts.items() if at <= line]
        return max(before)[1] if before else ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back."""
        return bool(self._undone)

    def new_id(self, title: str, otherwise: str = "annotation") -> str:
        """An id for a new annotation; see `naming.new_id`."""
        return new_id(title, self._file.ids, otherwise)

    def add(self, annotation: Annotation, after: str = "") -> Conflict | None:
        """Put an annotation in, after that of an id or where its kind stands."""
        return self._apply(Add(annotation, after))

    def replace(
        self, identifier: str, annotation: Annotation, seen: Annotation | None = None
    ) -> Conflict | None:
        """Write an annotation anew.

        `seen` is what it was when the author began to change it: if it is another by now, the
        answer is a conflict, although the editor has read the file since.
        """
        now = self.annotations.get(identifier)
        if seen is not None and now != as_read(seen):
            wanted = Replace(identifier, annotation) if now else Add(annotation)
            ours = edited(self._source, wanted)
            return Conflict(
                (Difference(identifier, seen, as_read(annotation), now),), self._source, ours
            )
        return self._apply(Replace(identifier, annotation))

    def delete(self, identifier: str) -> Conflict | None:
        """Take an annotation out, and its id out of every `see`."""
        return self._apply(Delete(identifier))

    def rename(self, identifier: str, new: str) -> Conflict | None:
        """Give an annotation another id; `see` and links in bodies follow, the text's do not."""
        return self._apply(Rename(identifier, new))

    def undo(self) -> Conflict | None:
        """Take the last change back, byte for byte where nobody else has been at the file."""
        return self._step(self._done, self._undone)

    def redo(self) -> Conflict | None:
        """Make the change again that was last taken back."""
        return self._step(self._undone, self._done)

    def keep_ours(self, conflict: Conflict) -> None:
        """Write a change over what somebody else made of the same entries."""
        theirs = self._read(FILE)
        result = merged(conflict._base, conflict._ours, theirs, FILE, ours_wins=True)
        self._write(result.source)
        self._did(_Step(theirs, result.source))

    def reload(self) -> frozenset[str]:
        """Read the annotations again; the ids of those that have changed.

        Raises CannotEdit, and keeps what was read before, when the file cannot be read now.
        """
        before = self.annotations
        source = self._read(FILE)
        self._file, self._source = self._parsed(source), source
        now = self.annotations
        return frozenset(
            name for name in before.keys() | now.keys() if before.get(name) != now.get(name)
        )

    def changed_outside(self) -> bool:
        """Whether the file is another than this editor last read or wrote."""
        return self._read(FILE) != self._source

    def add_picture(self, picture: Path, alt: str, caption: str = "") -> Image:
        """Copy a picture into the copy, to be named by an annotation."""
        try:
            if picture.stat().st_size > LIMITS.file:
                size = megabytes(picture.stat().st_size)
                raise CannotEdit(f"{named(picture)} has {size}; save it smaller.")
            data = picture.read_bytes()
        except OSError as error:
            raise CannotEdit(why_not(picture, error)) from error
        return self.add_picture_data(data, picture.name, alt, caption)

    def add_picture_data(self, data: bytes, name: str, alt: str, caption: str = "") -> Image:
        """As `add_picture`, one that was pasted or dropped without a file."""
        return take_picture(self.folder, data, name, alt, caption)

    def set_document(self, **fields: Value | None) -> None:
        """Set fields of document.yaml; None takes one out."""
        source = self._read(DOCUMENT_FILE)
        result = edited_document(source, fields)
        if result != source:
            self._put(DOCUMENT_FILE, result)

    def _apply(self, change: Change) -> Conflict | None:
        return self._join(self._source, edited(self._source, change, FILE), self._did)

    def _join(self, base: str, ours: str, written: Callable[[_Step], None]) -> Conflict | None:
        theirs = self._read(FILE)
        result = merged(base, ours, theirs, FILE)
        if result.conflicts:
            return Conflict(result.conflicts, base, ours)
        self._write(result.source)
        written(_Step(theirs, result.source))
        return None

    def _did(self, step: _Step) -> None:
        if step.before != step.after:
            self._done.append(step)
            self._undone.clear()

    def _step(self, steps: list[_Step], back: list[_Step]) -> Conflict | None:
        if not steps:
            return None
        step = steps[-1]

        def stepped(made: _Step) -> None:
            steps.pop()
            back.append(made)

        return self._join(step.after, step.before, stepped)

    def _write(self, source: str) -> None:
        source = source or _NONE  # there was no file before
        if source != self._read(FILE):
            self._put(FILE, source)
        self._file, self._source = self._parsed(source), source

    def _put(self, name: str, source: str) -> None:
        data = source.encode()
        if len(data) > LIMITS.yaml:
            raise CannotEdit(
                f"{name} would have {megabytes(len(data))}, and {megabytes(LIMITS.yaml)} is the "
                "most that can be opened; divide the text into parts."
            )
        try:
            write_atomically(self.folder / name, data)
        except OSError as error:
            raise CannotEdit(
                f"{name} could not be written ({error.strerror or error}); check the disk's space "
                "and your rights."
            ) from error

    def _parsed(self, source: str) -> AnnotationFile:
        file = read_annotations(source, FILE)
        if not file.readable and any(
            line.strip()[:1] not in ("", "#") for line in source.splitlines()
        ):
            raise CannotEdit(file.problems[-1].sentence)
        return file

    def _read(self, name: str) -> str:
        path = file_inside(self.folder, name)
        if path is None:
            raise CannotEdit(f"{quoted(name)} is a link that leads out of the copy.")
        try:
            if path.exists() and path.stat().st_size > LIMITS.yaml:
                raise CannotEdit(f"{quoted(name)} is too large; divide the text into parts.")
            data = path.read_bytes()
            return decode(data, name) if data.strip() else ""
        except FileNotFoundError:
            return ""
        except UnreadableText as error:
            raise CannotEdit(str(error)) from error
        except OSError as error:
            raise CannotEdit(why_not(self.folder / name, error)) from error
