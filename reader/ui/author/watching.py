"""Watching a copy's files, which other programs may change, or put others in the place of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from reader.ui.timers import timer

_QUIET = 200
"""Milliseconds without a change after which whoever changes the files has done so."""

_Stamp = tuple[int, int, int] | None


class FileWatcher(QObject):
    """Tells which files are others than before, once they have come to rest."""

    changed = Signal(object)
    """A set of names: those that were changed, made or taken away."""

    def __init__(self, folder: Path, names: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._names = folder, tuple(dict.fromkeys(names))
        self._known = self._stamps()
        self._watcher = QFileSystemWatcher(self)
        self._settled = timer(self, self._look, _QUIET, once=True)
        self._watcher.fileChanged.connect(lambda _path: self._settled.start())
        self._watcher.directoryChanged.connect(lambda _path: self._settled.start())
        self._watch()

    def forget(self) -> None:
        """What the files are now is known: they were changed here."""
        self._known = self._stamps()
        self._watch()

    def _watch(self) -> None:
        # A file that another was put in the place of is watched no longer.
        watched = {*self._watcher.files(), *self._watcher.directories()}
        paths = [self._folder, *(self._folder / name for name in self._names)]
        missing = [str(path) for path in paths if path.exists() and str(path) not in watched]
        if missing:
            self._watcher.addPaths(missing)

    def _look(self) -> None:
        now = self._stamps()
        changed = {name for name in self._names if now[name] != self._known[name]}
        self._known = now
        self._watch()
        if changed:
            self.changed.emit(changed)

    def _stamps(self) -> dict[str, _Stamp]:
        return {name: _stamp(self._folder / name) for name in self._names}


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
