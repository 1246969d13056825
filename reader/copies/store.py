"""The folder in which the library keeps copies: a folder for each text, in it its revisions."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

STORE = "copies"
"""The folder of the user's data in which copies are kept."""

HASH = 32
"""Letters of a hash: 128 bits, and Windows' paths stay short enough."""


def home_of(text_id: str, store: Path) -> Path:
    """The folder in which all that is kept of a text lies."""
    return store / sha256(text_id.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]


def is_inside(path: Path, store: Path) -> bool:
    """Whether a path leads into a folder below `store`, links followed."""
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(store))
    return root in real.parents


def discard(folder: Path, store: Path) -> None:
    """Remove a folder, if it lies below `store`; what cannot be removed stays."""
    if is_inside(folder, store):
        rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # the text's folder goes with the last of its revisions
            if is_inside(folder.parent, store):
                folder.parent.rmdir()
