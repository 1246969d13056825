"""The copies that lie in a folder for everybody: a school's, on a disk that only it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.copies.container import is_container, open_container
from reader.copies.inside import is_file
from reader.copies.limits import LIMITS, Limits
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.manifest import Manifest
from reader.copies.manifest_reading import read_manifest
from reader.copies.unpacking import manifest_of
from reader.problems import CannotOpen
from reader.text.decoding import UnreadableText, decode


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy to be opened: where it lies, and what it says of itself."""

    path: Path
    manifest: Manifest


def offers(folder: Path, limits: Limits = LIMITS) -> list[Offer]:
    """The copies in `folder`, folders and files, by their names; nothing is written there.

    Of several revisions of a text the newest is offered. What cannot be read is left out, and a
    folder that is not there has none: a computer may be away from the school's network.
    """
    newest: dict[str, Offer] = {}
    for path in _entries(folder):
        try:
            manifest = _manifest(path, limits)
        except (CannotOpen, UnreadableText, OSError):
            continue
        other = newest.get(manifest.id)
        if other is None or other.manifest.revision < manifest.revision:
            newest[manifest.id] = Offer(path, manifest)
    return sorted(newest.values(), key=lambda offer: offer.path.name)


def _entries(folder: Path) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir())
    except (OSError, ValueError):
        return
    for path in inside:
        if is_file(path / DOCUMENT_FILE) or (is_container(path) and is_file(path)):
            yield path


def _manifest(path: Path, limits: Limits) -> Manifest:
    if is_container(path) and is_file(path):
        with open_container(path, limits) as container:
            return manifest_of(container, limits)
    with (path / DOCUMENT_FILE).open("rb") as file:
        data = file.read(limits.yaml + 1)
    if len(data) > limits.yaml:
        raise CannotOpen(f"{DOCUMENT_FILE} is too large.")
    return read_manifest(decode(data, DOCUMENT_FILE), [])
