"""The notes of many texts, each into a file of its own in one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from reader.exchange.errors import ExchangeError
from reader.exchange.notebook import Notebook
from reader.exchange.notes import NotesExport
from reader.exchange.options import NotesOptions
from reader.exchange.saving import files_for
from reader.library.errors import LibraryError
from reader.problems import CannotOpen
from reader.ui.background import Report
from reader.ui.export.formats import Format, Formats
from reader.ui.export.words import could_not_write

CANNOT = (ExchangeError, LibraryError, CannotOpen)
"""What may be raised where a text's notebook is made; each is one sentence."""


@dataclass(frozen=True, slots=True)
class TextNotes:
    """A text whose notes may go out.

    `notebook` makes its notebook when it is needed, on a thread without Qt; it may raise
    ExchangeError, LibraryError or CannotOpen.
    """

    id: str
    title: str
    notebook: Callable[[], Notebook]

    @classmethod
    def of(cls, notebook: Notebook) -> TextNotes:
        """A text whose notebook is at hand."""
        return cls(notebook.document.id, notebook.document.title, lambda: notebook)


@dataclass(frozen=True, slots=True)
class Place:
    """The file of a text, and whether it is there already."""

    path: Path
    exists: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the text `number`: a sentence when it failed, else what was merged.

    `written` is False where nothing had to be written.
    """

    number: int
    written: bool = False
    export: NotesExport | None = None
    failed: str = ""


class _Stopped(Exception):
    """The reader has had enough; the file that was being made stays as it was."""


def places_of(texts: Sequence[TextNotes], folder: Path, suffix: str) -> list[Place]:
    """Where each text's notes go. Raises OSError when the folder cannot be read."""
    paths = files_for([(text.id, text.title) for text in texts], folder, suffix)
    return [Place(path, path.exists()) for path in paths]


def export_many(
    texts: Sequence[tuple[int, TextNotes, Place]],
    formats: Formats,
    way: Format,
    options: NotesOptions,
    choose: Callable[[Notebook], Notebook],
    stop: Event,
    report: Report,
) -> None:
    """Write the notes of texts, each given with its number, and report a Result for each.

    What cannot be done with one text costs that one alone. `choose` takes out what is
    not to go along. Ends soon after `stop` is set; what is written then is whole.
    """

    def go_on(_share: float) -> None:
        report(None)
        if stop.is_set():
            raise _Stopped

    for number, text, place in texts:
        try:
            go_on(0)
            notebook = choose(text.notebook())
            if not notebook.entries and not place.exists:
                report(Result(number))
                continue
            export = formats.save(way, notebook, options, place.path, go_on)
            written = export is None or not export.unchanged
            report(Result(number, written=written, export=export))
        except _Stopped:
            return
        except CANNOT as error:
            report(Result(number, failed=str(error)))
        except OSError as error:
            report(Result(number, failed=could_not_write(place.path.name, error)))
