"""Which text a job is about: a copy's path, or the id of a text that the library knows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.library.library import Library, LibraryError
from reader.library.texts import TextEntry
from reader.locations import user_folders
from reader.problems import CannotOpen, quoted


@contextmanager
def opened_library(home: Path | None) -> Iterator[Library]:
    """The user's library while a job needs it. Raises LibraryError."""
    library = Library(user_folders(home).data)
    try:
        if library.notice:
            print(library.notice, file=sys.stderr)
        yield library
    finally:
        library.close()


def find_text(word: str, library: Library) -> Copy | TextEntry:
    """The copy at a path or with an id; what the library knows of it when it is gone.

    Raises CannotOpen when there is neither.
    """
    path = Path(word)
    if os.path.lexists(path):
        return open_copy(path)
    names = (word, word.lower(), f"urn:uuid:{word.lower()}")
    entry = next((each for each in library.texts() if each.id in names), None)
    if entry is None:
        raise CannotOpen(
            f"There is no file or folder {quoted(word)}, and no text with that id in the library."
        )
    try:
        copy = open_copy(entry.path) if entry.path.name else None
    except CannotOpen:
        copy = None
    # A file can be another text by now.
    return copy if copy is not None and copy.manifest.id == entry.id else entry


CANNOT = (CannotOpen, LibraryError)
"""What finding a text may raise; the messages are sentences for the user."""
