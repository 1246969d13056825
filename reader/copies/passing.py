"""A folder for as long as somebody needs it."""

from __future__ import annotations

import weakref
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


class PassingFolder:
    """A fresh folder among the system's temporary ones; gone with this object, or the program."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="annotated-reader-"))
        weakref.finalize(self, rmtree, self.path, ignore_errors=True)
