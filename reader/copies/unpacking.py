"""A container into a folder: all of it, or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from reader.copies.container import Container, open_container
from reader.copies.limits import LIMITS, Limits
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.manifest import Manifest
from reader.copies.manifest_reading import read_manifest
from reader.copies.names import plain_name
from reader.copies.parts import belongs
from reader.copies.sentences import named
from reader.problems import CannotOpen
from reader.text.decoding import UnreadableText, decode
from reader.text.progress import Progress, Steps

UNFINISHED = ".unpacking"
"""How the folder is called that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a container; `left_out` are files that do not belong to a copy."""

    folder: Path
    manifest: Manifest
    files: tuple[str, ...]
    left_out: tuple[str, ...]


def unpack(
    file: Path, folder: Path, limits: Limits = LIMITS, progress: Progress | None = None
) -> Unpacked:
    """Unpack `file` into `folder`, which has to be empty or not there yet.

    It is done beside the folder, which is put in its place at the end. `progress` is called
    with 0.0 to 1.0; what it raises (to cancel) passes through. Raises CannotOpen, with one
    clear sentence, when the file is no sound copy or the folder cannot be made; then
    nothing is left behind.
    """
    folder = Path(os.path.realpath(folder))
    with open_container(file, limits) as container:
        manifest = manifest_of(container, limits)
        try:
            _refuse_taken(folder)
            with fresh_folder(folder) as fresh:
                unpacked = unpack_parts(container, manifest, fresh, Steps(progress).at)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotOpen(
                f"{named(folder)} could not be written ({reason}); choose another place."
            ) from error
    return Unpacked(folder, manifest, *unpacked)


def manifest_of(container: Container, limits: Limits) -> Manifest:
    """What the copy in a container says of itself; raises CannotOpen when it does not."""
    data = container.read(DOCUMENT_FILE, limits.yaml)
    try:
        manifest = read_manifest(decode(data, DOCUMENT_FILE), [])
    except UnreadableText as error:
        raise CannotOpen(str(error)) from error
    if plain_name(manifest.text_file) not in container.names:
        container.read(plain_name(manifest.text_file), limits.text)
    return manifest


def unpack_parts(
    container: Container, manifest: Manifest, folder: Path, done: Callable[[float], None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what belongs to the copy into an empty folder; the names of it, and of the rest."""
    text = plain_name(manifest.text_file)
    files = tuple(name for name in container.names if belongs(name, text))
    size, whole = 0, max(1, container.size)
    for name in files:
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            for chunk in container.chunks(name):
                out.write(chunk)
                size += len(chunk)
                done(size / whole)
            out.flush()
            os.fsync(out.fileno())
    done(1.0)
    return files, tuple(name for name in container.names if name not in set(files))


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """An empty folder that takes the name `target` if all goes well, and vanishes if not."""
    fresh = target.with_name(f".{target.name[:80]}.{token_hex(8)}{UNFINISHED}")
    fresh.mkdir()
    try:
        yield fresh
        if target.is_dir():
            target.rmdir()
        fresh.rename(target)
    except BaseException:
        rmtree(fresh, ignore_errors=True)
        raise


def _refuse_taken(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise CannotOpen(f"There is no folder {folder.parent}; make it, or choose another place.")
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise CannotOpen(
            f"{named(folder)} is there already; name a folder that is empty or not there yet."
        )
