"""Holding a copy that may be changed where it lies: what it says now is kept in the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.atomic import write_atomically
from reader.copies.copy import Copy
from reader.copies.inside import file_inside, is_file
from reader.copies.limits import LIMITS
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.names import plain_name
from reader.copies.parts import LAYERS
from reader.copies.reading import open_copy, text_suffix
from reader.copies.store import HASH, home_of
from reader.copies.unpacking import fresh_folder
from reader.problems import CannotOpen


class CannotHold(Exception):
    """It is too much, it is not there any more, or it says something else already."""


def hold(copy: Copy, store: Path) -> Path:
    """The folder below `store` that holds what `copy` says; it is made if it is not there.

    A bare text becomes a folder with its id. Raises CannotHold, and leaves nothing.
    """
    home = home_of(copy.manifest.id, store) / copy.revision.removeprefix("sha256:")[:HASH]
    if (home / DOCUMENT_FILE).is_file():
        return home
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), fresh_folder(home) as fresh:
            bare = not copy.path.is_dir()
            if bare:
                _fill_from_file(copy, fresh, copy.manifest.id)
            else:
                _fill_from_folder(copy, fresh)
            held = open_copy(fresh)
            if held.text.digest != copy.text.digest or not (bare or held.revision == copy.revision):
                raise CannotHold("it was changed meanwhile")
    except (OSError, CannotOpen) as error:
        raise CannotHold(str(error)) from error
    return home


def give_id(held: Path, text_id: str) -> None:
    """Let a bare text that is held be a revision of another. Raises OSError, CannotOpen."""
    copy = open_copy(held)
    _describe(held, text_id, copy.manifest.title, copy.manifest.text_file)


def _fill_from_file(copy: Copy, fresh: Path, text_id: str) -> None:
    if copy.path.stat().st_size > LIMITS.text:
        raise CannotHold("it is too large")
    name = f"text{text_suffix(copy.path)}"
    copyfile(copy.path, fresh / name)
    _describe(fresh, text_id, copy.manifest.title, name)


def _describe(folder: Path, text_id: str, title: str, text: str) -> None:
    from reader.annotations.writing.document import new_document

    document = new_document({"format": 1, "id": text_id, "title": title, "text": text})
    write_atomically(folder / DOCUMENT_FILE, document.encode())


def _fill_from_folder(copy: Copy, fresh: Path) -> None:
    total = 0
    for name in dict.fromkeys(_names(copy)):
        path = file_inside(copy.path, name)
        if path is None or not is_file(path):
            continue
        total += path.stat().st_size
        if total > LIMITS.total:
            raise CannotHold("it is too large")
        target = fresh.joinpath(*plain_name(name).split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(path, target)


def _names(copy: Copy) -> Iterator[str]:
    yield from (DOCUMENT_FILE, ANNOTATIONS_FILE, copy.manifest.text_file)
    yield from (block.source for block in copy.text.blocks if block.source)
    yield from (each.image.file for each in copy.annotations if each.image)
    layers = copy.path / LAYERS
    if layers.is_dir():
        yield from (f"{LAYERS}/{each.name}" for each in sorted(layers.iterdir()))
