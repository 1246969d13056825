"""Marks as CSV with Readwise's columns (its bulk import of highlights; RFC 4180, UTF-8).

`Location` is the code point at which the words begin. Tags stand at the start
of the note, each with a dot before it, as Readwise reads them.
"""

from __future__ import annotations

import csv
import io
import re

from reader.annotations.note_links import without_links
from reader.exchange.filters import tag_word
from reader.exchange.notebook import Entry, Notebook
from reader.text.cleaning import LINE_BREAK, clean

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What makes a spreadsheet run the cell: OWASP's list, with the full-width signs."""


def csv_of(notebook: Notebook) -> str:
    """All marks that quote words, one a row; cells that look like formulas begin with `'`."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in notebook.entries:
        if entry.quote.strip():
            writer.writerow([_guarded(cell) for cell in _row(notebook, entry)])
    return file.getvalue()


def _row(notebook: Notebook, entry: Entry) -> list[str]:
    document, mark = notebook.document, entry.mark
    start = entry.anchor.start if entry.anchor.start is not None else mark.selector.start
    tags = " ".join(f".{tag_word(tag)}" for tag in mark.tags)
    return [
        entry.quote.replace(LINE_BREAK, "\n"),
        document.title,
        ", ".join(document.authors),
        document.source if document.source.startswith(("https://", "http://")) else "",
        "\n".join(filter(None, [tags, without_links(mark.note)])),
        "" if start is None else str(start),
        mark.created.replace("T", " ").removesuffix("Z"),
    ]


def _guarded(cell: str) -> str:
    words = clean(cell)
    return f"'{words}" if _FORMULA.match(words) else words
