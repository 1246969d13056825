"""Exports on disk: notes merged into the file that is there, everything written whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from reader.atomic import write_atomically
from reader.exchange.errors import ExchangeError
from reader.exchange.file_names import free_name, safe_name
from reader.exchange.links import handle
from reader.exchange.notebook import Notebook
from reader.exchange.notes import NotesExport, merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.pieces import LEDGER
from reader.exchange.templates import NotesTemplate
from reader.problems import quoted
from reader.text.progress import Progress

LARGEST = 64 * 1024 * 1024
"""Bytes of one file that is read."""

_TRIES = 5


def export_notes(
    notebook: Notebook,
    path: Path,
    template: NotesTemplate,
    options: NotesOptions | None = None,
    now: str = "",
    progress: Progress | None = None,
) -> NotesExport:
    """Write notes to a file, or merge them into it when it is there.

    Raises ExchangeError, in one sentence, when that cannot be done, and whatever
    `progress` raises; the file is then as it was.
    """
    for _ in range(_TRIES):
        before = read_if_there(path)
        export = merge_notes(_decoded(before, path), notebook, template, options, now, progress)
        if export.unchanged:
            return export
        if read_if_there(path) == before:  # else its user has just saved it: merge into that
            write(path, export.text)
            return export
    raise ExchangeError(f"{quoted(path.name)} keeps changing; close it and export again.")


def export_folder(
    notebooks: Iterable[Notebook],
    folder: Path,
    template: NotesTemplate,
    options: NotesOptions | None = None,
    now: str = "",
    progress: Callable[[float], None] | None = None,
) -> list[tuple[Path, NotesExport]]:
    """Write the notes of each text to a file of its own in a folder.

    A text's file is found by what stands in it, whatever its user has called it
    since; a new one is named after the title.
    """
    known = _notes_in(folder)
    written: list[tuple[Path, NotesExport]] = []
    wanted = list(notebooks)
    for number, notebook in enumerate(wanted):
        document = notebook.document
        path = known.get(handle(document.id)) or free_name(
            folder, document.title, document.id, ".md"
        )
        known[handle(document.id)] = path
        written.append((path, export_notes(notebook, path, template, options, now)))
        if progress:
            progress((number + 1) / len(wanted))
    return written


def files_for(texts: Iterable[tuple[str, str]], folder: Path, suffix: str) -> list[Path]:
    """The files in a folder for texts, given by id and title, whether they are there or not.

    Notes in Markdown are found by what stands in them, whatever they are called. Other
    files are named after the title, and where titles are the same, after the id too, so
    that a text has the same file each time.
    """
    wanted = list(texts)
    known = _notes_in(folder) if suffix == ".md" else {}
    there = folder.iterdir() if suffix == ".md" and folder.is_dir() else ()
    taken = {path.name.casefold() for path in there}
    names = [safe_name(title, id_) for id_, title in wanted]
    often = Counter(name.casefold() for name in names)
    found: list[Path] = []
    for (id_, _), name in zip(wanted, names, strict=True):
        if often[name.casefold()] > 1 or f"{name}{suffix}".casefold() in taken:
            name = f"{name} ({handle(id_)})"
        found.append(known.get(handle(id_)) or folder / f"{name}{suffix}")
    return found


def write(path: Path, text: str) -> None:
    """Write a file whole, in UTF-8; raises ExchangeError when that cannot be done."""
    try:
        write_atomically(path, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExchangeError(
            f"{quoted(path.name)} could not be written ({reason}); choose another place."
        ) from error


def read_if_there(path: Path) -> bytes | None:
    """A file's bytes, None when there is none; raises ExchangeError when it cannot be read."""
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise ExchangeError(f"{quoted(path.name)} is not a file; choose another name.")
        if path.stat().st_size > LARGEST:
            raise ExchangeError(
                f"{quoted(path.name)} is larger than {LARGEST // 2**20} MB, which is the most."
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExchangeError(f"{quoted(path.name)} could not be read ({reason}).") from error


def _decoded(data: bytes | None, path: Path) -> str | None:
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExchangeError(
            f"{quoted(path.name)} is there already and is not a text in UTF-8; choose another file."
        ) from error


def _notes_in(folder: Path) -> dict[str, Path]:
    """The files of notes in a folder, by the short names of their texts."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        try:
            data = read_if_there(path) or b""
        except ExchangeError:
            continue
        _, mark, rest = data.rpartition(LEDGER.encode())
        if mark:
            found.setdefault(rest[:12].decode("ascii", "replace"), path)
    return found
