"""`annotated-reader export`: the marks of a text in one of the formats that others read."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.copies.copy import Copy
from reader.exchange.errors import ExchangeError
from reader.exchange.notebook import Document, Notebook, notebook_of, notebook_without_text
from reader.jobs.printing import counted, fail, print_whole
from reader.jobs.which_text import CANNOT, find_text, opened_library
from reader.library.library import Library
from reader.locations import bundled, user_folders
from reader.problems import quoted

DATA_FORMATS = ("jsonld", "readium", "csv", "html")
"""Those that are written anew each time; all others are templates of Markdown notes."""

PAPERS = ("a4", "letter")
"""The papers that a PDF is made for."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = "Export the marks of a text."
    parser.add_argument("text", metavar="COPY-or-ID", help="a copy, or a text's id in the library")
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help="markdown (the default, unless the ending of FILE says another), obsidian, zotero, or "
        "a template of your own; "
        "jsonld (W3C Web Annotations), readium (.annotation), csv (Readwise's columns), html, "
        "pdf (the text with the notes in its margin)",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="notes are merged into a file that is there, and get a name of their own in a "
        "folder; without this option the export is printed",
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a FILE that was not exported from here"
    )
    parser.add_argument(
        "--figures", action="store_true", help="add the figures of marked passages to notes"
    )
    parser.add_argument(
        "--mentions",
        action="store_true",
        help="add what marked passages mention to notes; to a PDF or an HTML page, all of the "
        "author's annotations",
    )
    parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="the paper of a PDF")


def run(options: argparse.Namespace) -> int:
    """Export the marks."""
    try:
        _choose_format(options)
        with opened_library(options.home) as library:
            notebook = notebook_named(options.text, library)
        return _export(notebook, options)
    except (*CANNOT, ExchangeError) as error:
        return fail(error)


def notebook_named(word: str, library: Library) -> Notebook:
    """The notebook of a copy at a path, or of a text by its id, be it gone from its place.

    Raises CannotOpen or LibraryError.
    """
    found = find_text(word, library)
    identifier = found.manifest.id if isinstance(found, Copy) else found.id
    marks, names = library.marks(identifier), library.color_names()
    deleted = [mark.id for mark in library.deleted_marks(identifier)]
    if isinstance(found, Copy):
        known = library.placements(identifier, found.text.digest)
        return notebook_of(found, marks, names, deleted, known)
    document = Document(
        id=found.id,
        title=found.title,
        authors=found.authors,
        source=found.source,
        revision=found.edition,
        language=found.language,
        text_file=found.path.name,
    )
    return notebook_without_text(document, marks, names, deleted)


def _choose_format(options: argparse.Namespace) -> None:
    """Settle which format it is, and whether it may go where it is to go. Raises ExchangeError."""
    from reader.exchange.files_there import NOTES, check_file, format_of
    from reader.exchange.templates import templates_in

    file = options.output
    to_file = file is not None and not file.is_dir()
    if options.format is None:
        options.format = format_of(file) if to_file else NOTES
    notes = templates_in(bundled("resources") / "templates", _own_templates(options))
    if options.format not in (*notes, *DATA_FORMATS, "pdf"):
        known = ", ".join((*notes, *DATA_FORMATS, "pdf"))
        raise ExchangeError(f"There is no format {quoted(options.format)}; there is: {known}.")
    if to_file:
        check_file(file, options.format, options.force)


def _own_templates(options: argparse.Namespace) -> Path:
    return user_folders(options.home).data / "templates"


def _export(notebook: Notebook, options: argparse.Namespace) -> int:
    from reader.exchange.saving import write

    if options.format == "pdf":
        return _export_pdf(notebook, options)
    if options.format not in DATA_FORMATS:
        return _export_notes(notebook, options)
    text = _data(notebook, options.format, options.mentions)
    if options.output is None:
        print_whole(text)
        return 0
    write(options.output, text)
    print(f"{options.output}: {_marks(len(notebook.entries))}")
    return 0


def _data(notebook: Notebook, name: str, annotations: bool) -> str:
    if name == "jsonld":
        from reader.exchange.web_annotations import jsonld_of

        return jsonld_of(notebook)
    if name == "readium":
        from reader.exchange.readium import annotation_set_of

        return annotation_set_of(notebook)
    if name == "csv":
        from reader.exchange.readwise import csv_of

        return csv_of(notebook)
    from reader.exchange.page import page_of

    return page_of(notebook, bundled("resources") / "templates", annotations)


def _export_pdf(notebook: Notebook, options: argparse.Namespace) -> int:
    """Have a PDF drawn by `options.write_pdf`, which the command line gives: no job knows Qt."""
    if options.output is None:
        raise ExchangeError("A PDF is not printed in a terminal; name its file with -o FILE.")
    if options.output.is_dir():
        raise ExchangeError(
            f"{quoted(options.output.name)} is a folder; name the PDF in it too, as -o FILE."
        )
    options.write_pdf(notebook, options.output, options.paper, options.mentions)
    print(f"{options.output}: {_marks(len(notebook.entries))}")
    return 0


def _export_notes(notebook: Notebook, options: argparse.Namespace) -> int:
    from reader.exchange.notes import merge_notes
    from reader.exchange.options import NotesOptions
    from reader.exchange.saving import export_folder, export_notes
    from reader.exchange.templates import load_template

    own = _own_templates(options)
    template = load_template(options.format, bundled("resources") / "templates", own)
    chosen = NotesOptions(figures=options.figures, annotations=options.mentions)
    if options.output is None:
        print_whole(merge_notes(None, notebook, template, chosen).text)
        return 0
    if options.output.is_dir():
        [(path, done)] = export_folder([notebook], options.output, template, chosen)
    else:
        path, done = options.output, export_notes(notebook, options.output, template, chosen)
    told = [_marks(len(notebook.entries))]
    for words, marks in (
        ("new", done.added),
        ("changed", done.changed),
        ("changed on both sides, and kept both", done.conflicts),
        ("struck", done.struck),
        ("left out, as you took them out", done.left_out),
    ):
        told += [f"{len(marks)} {words}"] if marks else []
    print(f"{path}: {', '.join(told)}")
    return 0


def _marks(count: int) -> str:
    return counted(count, "mark")
