"""Taking marks in: the file is read and its marks are anchored while the window goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Mark
from reader.annotations.w3c.shapes import LARGEST
from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import Import, import_marks
from reader.text.progress import Progress
from reader.ui.background import Background

SUFFIXES = (".jsonld", ".json", ".annotation")
"""How files of annotations are called."""


class Importing(QObject):
    """One file at a time; another one takes its place."""

    brought = Signal(str, object)
    """The file's name, and the Import that it came to. Nothing of it is kept yet."""

    failed = Signal(str)
    """One sentence: why nothing can be taken in."""

    progressed = Signal(float)
    """How much is done, 0 to 1."""

    ended = Signal()
    """It is over, whatever came of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)

    def start(self, file: Path, copy: Copy, known: list[Mark]) -> None:
        """Read a file's marks for a text, which has the marks `known`."""

        def work(progress: Progress) -> Import:
            manifest = copy.manifest
            return import_marks(
                _read(file),
                file.name,
                manifest.id,
                copy.text.string,
                known,
                source=manifest.source,
                progress=progress,
            )

        self._background.run(
            work,
            lambda brought: self._brought(file, brought),
            lambda error: self._failed(file, error),
            self.progressed.emit,
        )

    def cancel(self) -> None:
        """Give up what is being read."""
        self._background.cancel()
        self.ended.emit()

    def _brought(self, file: Path, brought: Import) -> None:
        self.ended.emit()
        self.brought.emit(file.name, brought)

    def _failed(self, file: Path, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, ExchangeError):
            self.failed.emit(str(error))
        elif isinstance(error, OSError):
            why = error.strerror or str(error)
            self.failed.emit(self.tr("“{0}” could not be read ({1}).").format(file.name, why))
        else:
            self.failed.emit(
                self.tr(
                    "“{0}” could not be taken in, by a fault of this program; report it."
                ).format(file.name)
            )
            raise error


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)
