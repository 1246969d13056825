"""Taking a container in: its copy lies in a folder of the library, and the file may vanish."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from reader.copies.container import Container, open_container
from reader.copies.limits import LIMITS, Limits
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.sentences import named
from reader.copies.store import HASH, home_of
from reader.copies.store import STORE as STORE
from reader.copies.unpacking import UNFINISHED, fresh_folder, manifest_of, unpack_parts
from reader.problems import CannotOpen
from reader.text.progress import Progress, Steps

_HASHING = 0.3  # the share of the work
_ABANDONED = 3600  # seconds after which nobody is unpacking there any more


def keep(
    file: Path, store: Path, limits: Limits = LIMITS, progress: Progress | None = None
) -> Path:
    """The folder below `store` that holds what is in `file`; unpacked only if it is not there.

    The folder is `<hash of the document's id>/<hash of the file>`: revisions of a text lie
    side by side, and the same file comes to the same place from wherever it is opened. It
    appears whole or not at all. For any thread; `progress` is called with 0.0 to 1.0, and
    what it raises (to cancel) passes through. Raises CannotOpen with one clear sentence.
    """
    steps = Steps(progress)
    with open_container(file, limits) as container:
        manifest = manifest_of(container, limits)
        content = _hash(container, lambda share: steps.at(_HASHING * share))
        home = home_of(manifest.id, store) / content
        try:
            if not _is_kept(home):
                home.parent.mkdir(parents=True, exist_ok=True)
                _sweep(store)
                with suppress(FileExistsError), fresh_folder(home) as fresh:
                    unpack_parts(
                        container,
                        manifest,
                        fresh,
                        lambda share: steps.at(_HASHING + (1 - _HASHING) * share),
                    )
        except OSError as error:
            if not _is_kept(home):  # or another window was quicker
                reason = error.strerror or str(error)
                raise CannotOpen(
                    f"{named(file)} could not be taken into the library ({reason}); "
                    "check the disk's space and your folder's rights."
                ) from error
    steps.at(1.0)
    return home


def _is_kept(home: Path) -> bool:
    return (home / DOCUMENT_FILE).is_file()


def _hash(container: Container, done: Callable[[float], None]) -> str:
    digest, size = sha256(), 0
    for chunk in container.raw():
        digest.update(chunk)
        size += len(chunk)
        done(size / max(1, size, container.size))
    return digest.hexdigest()[:HASH]


def _sweep(store: Path) -> None:
    """Remove what a crash left behind; what somebody may still be at stays."""
    before = time.time() - _ABANDONED
    for folder in store.glob(f"*/.*{UNFINISHED}"):
        with suppress(OSError):
            if os.lstat(folder).st_mtime < before:
                rmtree(folder, ignore_errors=True)
