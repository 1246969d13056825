"""Who has the library open: a lock that says whether this process is alone with its files.

A file that is open elsewhere may not be replaced: SQLite would go on writing into the old
one, and remove the journal of the new one when it closes. Windows itself refuses that, so
there the lock is not needed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.library.errors import LibraryBusy, told

if os.name == "posix":
    import fcntl

_PAUSE = 0.02


class Presence:
    """This library's place among those that have the same folder open.

    `alone` says whether there was nobody else when it was made. Until `settled`
    is called nobody else can open the folder.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        with told(path.parent):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        self.alone = self._locked(exclusive=True)
        if self.alone:
            return
        until = time.monotonic() + patience
        while not self._locked(exclusive=False):
            if time.monotonic() > until:
                os.close(self._handle)
                raise LibraryBusy(
                    f"Another window has kept {path.parent} for itself too long; "
                    "close it, and try again."
                )
            time.sleep(_PAUSE)

    def settled(self) -> None:
        """Let others open the folder too."""
        self._locked(exclusive=False)

    @contextmanager
    def by_itself(self) -> Iterator[None]:
        """Nobody else has the folder open in this block. LibraryBusy when somebody has."""
        if not self._locked(exclusive=True):
            self.settled()  # changing a lock may let go of the old one
            raise LibraryBusy(
                f"A file in {self._path.parent} is damaged, and cannot be mended while another "
                "window has it open; close that window, and try again."
            )
        try:
            yield
        finally:
            self.settled()

    def release(self) -> None:
        """Be gone."""
        with contextlib.suppress(OSError):
            os.close(self._handle)

    def _locked(self, exclusive: bool) -> bool:
        if os.name != "posix":
            return True
        try:
            fcntl.flock(
                self._handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB
            )
        except OSError as error:
            # A file system that knows no locks has no second window to keep apart.
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR)
        return True
