"""The ways out that the dialog offers: what each makes of a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from reader.atomic import write_atomically
from reader.exchange.notebook import Notebook
from reader.exchange.notes import NotesExport, merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.saving import LARGEST, export_notes
from reader.exchange.templates import NotesTemplate, load_template, templates_in
from reader.problems import quoted
from reader.ui.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would hold, and what became of the one that is there.

    `new_lines` are the lines, from 0, that would be new; `export` is None where a
    file is replaced as a whole.
    """

    text: str
    new_lines: tuple[int, ...] = ()
    export: NotesExport | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One way out. `merges` tells whether a file that is there keeps its user's edits."""

    name: str
    suffix: str
    words: str
    merges: bool
    make: Callable[[Notebook], str] | None = None

    @property
    def title(self) -> str:
        """What it is called in the language of the interface."""
        return QCoreApplication.translate("Formats", self.words)


class Formats:
    """All formats. `templates` is the shipped folder, `own` the user's."""

    def __init__(self, templates: Path, own: Path) -> None:
        self._templates, self._own = templates, own
        self.all = (
            Format("markdown", ".md", QT_TRANSLATE_NOOP("Formats", "Markdown"), True),
            Format("obsidian", ".md", QT_TRANSLATE_NOOP("Formats", "Obsidian"), True),
            Format("zotero", ".md", QT_TRANSLATE_NOOP("Formats", "Zotero"), True),
            Format("html", ".html", QT_TRANSLATE_NOOP("Formats", "HTML"), False, self._html),
            Format("csv", ".csv", QT_TRANSLATE_NOOP("Formats", "CSV"), False, _csv),
            Format("jsonld", ".jsonld", QT_TRANSLATE_NOOP("Formats", "W3C"), False, _jsonld),
            Format(
                "readium", ".annotation", QT_TRANSLATE_NOOP("Formats", "Readium"), False, _readium
            ),
        )

    def own_templates(self) -> list[str]:
        """The names of the user's own templates for Markdown."""
        shipped = templates_in(self._templates)
        return [name for name in templates_in(self._templates, self._own) if name not in shipped]

    def template(self, name: str) -> NotesTemplate:
        """A template by its name. Raises ExchangeError when it cannot be used."""
        return load_template(name, self._templates, self._own)

    def preview(
        self, way: Format, notebook: Notebook, options: NotesOptions, file: Path | None
    ) -> Preview:
        """What `file` would hold. Raises ExchangeError when that cannot be told."""
        if way.make is not None:
            return Preview(way.make(notebook))
        before = _words_of(file) if file is not None else None
        export = merge_notes(before, notebook, self.template(way.name), options)
        return Preview(export.text, export.new_lines, export)

    def save(self, way: Format, notebook: Notebook, options: NotesOptions, file: Path) -> None:
        """Write `file`. Raises ExchangeError or OSError; the file is then as it was."""
        if way.make is not None:
            write_atomically(file, way.make(notebook).encode())
        else:
            export_notes(notebook, file, self.template(way.name), options)

    def _html(self, notebook: Notebook) -> str:
        from reader.exchange.page import page_of

        return page_of(notebook, self._templates)


def _csv(notebook: Notebook) -> str:
    from reader.exchange.readwise import csv_of

    return csv_of(notebook)


def _jsonld(notebook: Notebook) -> str:
    from reader.exchange.web_annotations import jsonld_of

    return jsonld_of(notebook)


def _readium(notebook: Notebook) -> str:
    from reader.exchange.readium import annotation_set_of

    return annotation_set_of(notebook)


def _words_of(file: Path) -> str | None:
    """What a file holds now, as far as it can be told; None where there is none."""
    from reader.exchange.errors import ExchangeError

    try:
        if file.stat().st_size > LARGEST:
            raise ExchangeError(f"{quoted(file.name)} is too large to merge notes into.")
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{quoted(file.name)} is not UTF-8; choose another file.") from error
    except OSError as error:
        raise ExchangeError(f"{quoted(file.name)} cannot be read ({error.strerror}).") from error
