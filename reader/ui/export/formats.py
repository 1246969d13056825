"""The ways out that the dialogs offer: what each makes of a notebook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from reader.atomic import write_atomically
from reader.exchange.errors import ExchangeError
from reader.exchange.file_names import safe_name
from reader.exchange.notebook import Notebook
from reader.exchange.notes import NotesExport, merge_notes
from reader.exchange.options import NotesOptions
from reader.exchange.saving import LARGEST, export_notes
from reader.exchange.templates import (
    SUFFIX,
    NotesTemplate,
    copy_template,
    load_template,
    template_source,
    templates_in,
)
from reader.problems import quoted
from reader.text.progress import Progress
from reader.ui.fonts import Faces
from reader.ui.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would hold, and what became of the one that is there.

    `new_lines` are the lines, from 0, that would be new; `export` is None where a
    file is replaced as a whole. Of a file of pages there are pictures of the first
    ones instead of words, and how many pages there are in all. `is_page`: it is a web page.
    """

    text: str
    new_lines: tuple[int, ...] = ()
    export: NotesExport | None = None
    pages: tuple[QImage, ...] = ()
    page_count: int = 0
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One way out. `merges` tells whether a file that is there keeps its user's edits.

    `words` are what it is called, in English; of the user's own template, the name.
    `own` is the file of a template of the user's own. `paged` is a file of pages.
    """

    name: str
    suffix: str
    words: str
    merges: bool
    make: Callable[[Notebook], str] | None = None
    own: Path | None = None
    paged: bool = False

    @property
    def title(self) -> str:
        """What it is called in the language of the interface."""
        if self.words == self.name:  # the user has given it
            return self.words
        return QCoreApplication.translate("Formats", self.words)


class Formats:
    """All formats. `templates` is the shipped folder, `own` the user's.

    Where there are `faces`, there is what is set in them: PDF.
    """

    def __init__(self, templates: Path, own: Path, faces: Faces | None = None) -> None:
        self._templates, self._own, self._faces = templates, own, faces
        self._notes = (
            ("markdown", QT_TRANSLATE_NOOP("Formats", "Markdown")),
            ("obsidian", QT_TRANSLATE_NOOP("Formats", "Obsidian")),
            ("zotero", QT_TRANSLATE_NOOP("Formats", "Zotero")),
        )
        self._paged = (
            (Format("pdf", ".pdf", QT_TRANSLATE_NOOP("Formats", "PDF"), False, paged=True),)
            if faces is not None
            else ()
        )
        self._others = (
            Format("html", ".html", QT_TRANSLATE_NOOP("Formats", "HTML"), False, self._html),
            Format(
                "html-along",
                ".html",
                QT_TRANSLATE_NOOP("Formats", "HTML page to read along"),
                False,
                self._html_along,
            ),
            Format("csv", ".csv", QT_TRANSLATE_NOOP("Formats", "CSV"), False, _csv),
            Format("jsonld", ".jsonld", QT_TRANSLATE_NOOP("Formats", "W3C"), False, _jsonld),
            Format(
                "readium", ".annotation", QT_TRANSLATE_NOOP("Formats", "Readium"), False, _readium
            ),
        )

    @property
    def all(self) -> tuple[Format, ...]:
        """All of them as they are now, the user's own templates last."""
        own = templates_in(self._own)
        shipped = [
            Format(name, ".md", words, True, own=own.pop(name, None)) for name, words in self._notes
        ]
        mine = [Format(name, ".md", name, True, own=path) for name, path in own.items()]
        return (*shipped, *self._others[:2], *self._paged, *self._others[2:], *mine)

    def with_faces(self, faces: Faces) -> Formats:
        """The same with what is set in faces."""
        return Formats(self._templates, self._own, faces)

    # Templates

    def template(self, name: str) -> NotesTemplate:
        """A template by its name. Raises ExchangeError when it cannot be used."""
        return load_template(name, self._templates, self._own)

    def prepare(self, name: str) -> None:
        """Have a format ready, on any thread; what is wrong with it is said where it is used."""
        with suppress(ExchangeError):
            self.template(name)

    def is_free(self, name: str) -> bool:
        """Whether a template may be called so: nothing is yet, on any file system."""
        return name.casefold() not in {way.name.casefold() for way in self.all}

    def can_be_named(self, name: str) -> bool:
        """Whether every system takes `name` as a file's."""
        return bool(name) and safe_name(name, "") == name

    def copy_template(self, way: Format, name: str) -> Format:
        """A copy of a template among the user's own. Raises ExchangeError or OSError."""
        path = copy_template(way.name, self._templates, self._own, name)
        return Format(name, ".md", name, True, own=path)

    def source(self, way: Format) -> str:
        """The words of one of the user's own templates. Raises TemplateError."""
        assert way.own is not None
        return template_source(way.own)

    def save_template(self, way: Format, source: str) -> None:
        """Write one of the user's own templates, whole. Raises OSError."""
        assert way.own is not None
        write_atomically(way.own, source.encode("utf-8", "replace"))

    def delete_template(self, way: Format) -> None:
        """Delete one of the user's own templates. Raises OSError."""
        assert way.own == self._own / f"{way.name}{SUFFIX}"
        way.own.unlink(missing_ok=True)

    # Exports

    def preview(
        self,
        way: Format,
        notebook: Notebook,
        options: NotesOptions,
        file: Path | None,
        source: str | None = None,
        progress: Progress | None = None,
    ) -> Preview:
        """What `file` would hold. Raises ExchangeError when that cannot be told.

        `source` is the template as it is being written, where it is one of the user's own.
        """
        if way.paged:
            return self._pictures(notebook, options, progress)
        if way.make is not None:
            return Preview(way.make(notebook), is_page=way.suffix == ".html")
        if source is not None and way.own is not None:
            template = NotesTemplate(way.own, source)
        else:
            template = self.template(way.name)
        before = _words_of(file) if file is not None else None
        export = merge_notes(before, notebook, template, options, progress=progress)
        return Preview(export.text, export.new_lines, export)

    def save(
        self,
        way: Format,
        notebook: Notebook,
        options: NotesOptions,
        file: Path,
        progress: Progress | None = None,
    ) -> NotesExport | None:
        """Write `file`; the answer is what became of the marks, where notes were merged.

        Raises ExchangeError or OSError, and what `progress` raises; the file is then
        as it was.
        """
        if way.paged:
            from reader.ui.export.paper import print_options
            from reader.ui.printing.pdf import write_pdf

            assert self._faces is not None
            write_pdf(notebook, file, self._faces, print_options(options), progress)
            return None
        if way.make is None:
            template = self.template(way.name)
            return export_notes(notebook, file, template, options, progress=progress)
        data = way.make(notebook).encode()
        if progress is not None:
            progress(0.9)
        write_atomically(file, data)
        return None

    def _pictures(
        self, notebook: Notebook, options: NotesOptions, progress: Progress | None
    ) -> Preview:
        from reader.ui.export.paper import pictures_of

        assert self._faces is not None
        pages, count = pictures_of(notebook, self._faces, options, progress)
        return Preview("", pages=pages, page_count=count)

    def _html(self, notebook: Notebook) -> str:
        from reader.exchange.page import page_of

        return page_of(notebook, self._templates)

    def _html_along(self, notebook: Notebook) -> str:
        from reader.exchange.page import page_of

        return page_of(notebook, self._templates, annotations=True)


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
