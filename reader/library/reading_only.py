"""A library that may not be written, lent out for reading: its files, copied for the time being.

SQLite cannot read a file with a journal where it may not make files beside it; of a copy
it can, and an older library is brought up to date there, and searched.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.library import cache
from reader.library.connections import TAILS, with_tail
from reader.library.database import FILE


def lend(folder: Path) -> TemporaryDirectory[str] | None:
    """A copy of what can be read in `folder`; None when there is nothing, or no room for it."""
    path = folder / FILE
    lent = None
    try:
        if not path.is_file():
            return None
        lent = TemporaryDirectory(prefix="annotated-reader-", ignore_cleanup_errors=True)
        _copy(path, Path(lent.name))
    except OSError:
        if lent is not None:
            lent.cleanup()
        return None
    with suppress(OSError):  # without it the texts are put into the index again
        _copy(folder / cache.FILE, Path(lent.name))
    return lent


def _copy(path: Path, folder: Path) -> None:
    journal = with_tail(path, TAILS[0])
    for each in (path, journal):
        if each == path or each.exists():
            shutil.copyfile(each, folder / each.name)
