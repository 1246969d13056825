"""A copy's folder into one file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.atomic import write_atomically
from reader.copies.container import SUFFIX, container_bytes, is_container
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.limits import LIMITS, Limits, megabytes
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.names import collision, composed, fault_of, plain_name, shown
from reader.copies.parts import FIGURES, LAYERS, belongs
from reader.copies.reading import open_copy
from reader.copies.sentences import named, why_not
from reader.copies.severity import is_warning
from reader.problems import CannotOpen, Problem


class CannotPack(CannotOpen):
    """A folder that cannot be handed out; `problems` are what `check` finds, if that is why."""

    def __init__(self, sentence: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(sentence)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed; `left_out` are files, and folders with a slash, that stayed behind."""

    file: Path
    copy: Copy
    size: int
    """Bytes."""
    files: tuple[str, ...]
    left_out: tuple[str, ...]


def pack(folder: Path, file: Path, limits: Limits = LIMITS) -> Packed:
    """Pack the copy in `folder` into `file`, which is replaced only by a whole one.

    The same folder gives the same bytes. Raises CannotPack when the check finds an error,
    a warning is none, or when the copy could not be unpacked everywhere; CannotOpen when it
    cannot be read at all, and where `file` cannot be written.
    """
    if not is_container(file):
        raise CannotPack(f"{named(file)} has to end in {SUFFIX}; give it another name.")
    if not folder.is_dir():
        raise CannotPack(f"{named(folder)} is not a folder; name the folder of a copy.")
    copy = open_copy(folder)
    if errors := [problem for problem in copy.problems if not is_warning(problem)]:
        raise CannotPack(
            f"{named(folder)} was not packed; mend what `annotated-reader check` says first.",
            errors,
        )
    parts = _parts(copy)
    _refuse_names(parts.files)
    if len(parts.files) > limits.files:
        raise CannotPack(
            f"{named(folder)} holds more than {limits.files:,} files; "
            "take out pictures that the text does not need."
        )
    try:
        data = container_bytes(_contents(parts.files, limits))
    except OSError as error:
        raise CannotPack(why_not(folder, error)) from error
    try:
        write_atomically(file, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotPack(
            f"{named(file)} could not be written ({reason}); choose another place."
        ) from error
    return Packed(file, copy, len(data), tuple(sorted(parts.files)), tuple(sorted(parts.left_out)))


@dataclass(slots=True)
class _Parts:
    """The files that go along, by their paths in the container, and the names of the rest."""

    files: dict[str, Path] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def _parts(copy: Copy) -> _Parts:
    """Whatever the copy names, and what lies in its two folders; nothing else leaves."""
    folder = copy.folder or copy.path
    text = plain_name(copy.manifest.text_file)
    parts = _Parts()
    for name in (DOCUMENT_FILE, ANNOTATIONS_FILE, text, *_named_pictures(copy)):
        path = file_inside(folder, name)
        if path and is_file(path):
            parts.files[plain_name(name)] = path
    kept = {name.rpartition("/")[0] for name in parts.files}
    for name, is_folder in _walk(folder, {*kept, FIGURES, LAYERS}):
        known = composed(name)
        path = None if is_folder else file_inside(folder, name)
        wanted = belongs(known, text) and name.startswith((f"{FIGURES}/", f"{LAYERS}/"))
        if wanted and path and is_file(path):
            if known in parts.files and parts.files[known] != path:
                raise CannotPack(
                    f"{shown(name)} lies there twice, written in different ways; remove one."
                )
            parts.files[known] = path
        elif known not in parts.files:
            parts.left_out.append(f"{known}/" if is_folder else known)
    return parts


def _named_pictures(copy: Copy) -> Iterator[str]:
    yield from (block.source for block in copy.text.blocks if block.source)
    yield from (each.image.file for each in copy.annotations if each.image)


def _walk(folder: Path, entered: set[str], inside: str = "") -> Iterator[tuple[str, bool]]:
    """The files in the folder, and the folders that are not entered, by their paths."""
    with os.scandir(folder / inside) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = f"{inside}/{entry.name}" if inside else entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield name, False
        elif _leads_to(name, entered):
            yield from _walk(folder, entered, name)
        else:
            yield name, True


def _leads_to(name: str, entered: set[str]) -> bool:
    if _is_hidden(name):
        return False
    known = f"{composed(name)}/"
    return known.startswith(f"{FIGURES}/") or any(f"{each}/".startswith(known) for each in entered)


def _refuse_names(names: dict[str, Path]) -> None:
    for name in names:
        fault = "is hidden" if _is_hidden(name) else fault_of(name)
        if fault:
            raise CannotPack(
                f"{shown(name)} {fault}, so it cannot be unpacked everywhere; give it another name."
            )
    if both := collision(names):
        raise CannotPack(
            f"{both} are the same on some systems; give one of them quite another name."
        )


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _contents(files: dict[str, Path], limits: Limits) -> Iterator[tuple[str, bytes]]:
    total = 0
    for name, path in sorted(files.items()):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CannotPack(f"{shown(name)} is no file; take it out.")
        if status.st_size > limits.file:
            raise CannotPack(
                f"{shown(name)} has {megabytes(status.st_size)}, and {megabytes(limits.file)} "
                "is the most; make it smaller."
            )
        data = path.read_bytes()
        total += len(data)
        if total > limits.total:
            raise CannotPack(
                f"The copy has more than {megabytes(limits.total)}; make its pictures smaller."
            )
        yield name, data
