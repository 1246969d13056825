"""Taking marks in: the file is read and its marks are anchored while the window goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Mark
from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import Import
from reader.exchange.incoming_files import import_files
from reader.text.progress import Progress
from reader.ui.background import Background

SUFFIXES = (".jsonld", ".json", ".annotation")
"""How files of annotations are called."""


class Importing(QObject):
    """Some files at a time; others take their place."""

    brought = Signal(object)
    """The Import that they came to. Nothing of it is kept yet."""

    failed = Signal(str)
    """One sentence: why nothing can be taken in."""

    progressed = Signal(float)
    """How much is done, 0 to 1."""

    ended = Signal()
    """It is over, whatever came of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)

    def start(self, files: Sequence[Path], copy: Copy, known: list[Mark]) -> None:
        """Read the marks in files for a text, which has the marks `known`."""

        def work(progress: Progress) -> Import:
            manifest = copy.manifest
            return import_files(
                files,
                manifest.id,
                copy.text.string,
                known,
                source=manifest.source,
                progress=progress,
            )

        self._background.run(work, self._brought, self._failed, self.progressed.emit)

    def cancel(self) -> None:
        """Give up what is being read."""
        self._background.cancel()
        self.ended.emit()

    def _brought(self, brought: Import) -> None:
        self.ended.emit()
        self.brought.emit(brought)

    def _failed(self, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, ExchangeError):
            self.failed.emit(str(error))
        else:
            self.failed.emit(
                self.tr("Nothing could be taken in, by a fault of this program; report it.")
            )
            raise error
