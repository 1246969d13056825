"""A text as the paragraphs of a QTextDocument.

The document's plain text is the canonical string, letter for letter, so that a
position there is a position here (see `offsets`). Only what Qt would take for
something else is replaced, one letter by one: line ends inside code become line
separators, and every cell of a table is a paragraph of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtGui import QTextDocument

from reader.text.model import BlockKind, Text
from reader.ui.page.offsets import Offsets

_FORBIDDEN = re.compile("[\x00\x0b-\x0d\x1c-\x1e\x85\u2029\ufdd0-\ufdef]")
"""What Qt reads as an end of paragraph or of a frame."""


class Row(NamedTuple):
    """What stands beside each other: one paragraph, or one row of a table's cells.

    `block` is the index of its block in the text, `first` the number of its first
    paragraph in the document, `cells` how many paragraphs it has, `number` which
    row of the table it is (-1 outside tables).
    """

    block: int
    first: int
    cells: int = 1
    number: int = -1


class PreparedText(NamedTuple):
    """All of a text that can be made before the page shows it, on any thread."""

    document: QTextDocument
    offsets: Offsets
    rows: list[Row]


def prepare(text: Text) -> PreparedText:
    """Make a text ready for the page."""
    return PreparedText(make_document(text), Offsets(text.string), make_rows(text))


def make_document(text: Text) -> QTextDocument:
    """The text as a QTextDocument without any formats: those are applied as it is laid out."""
    string = text.string
    if any(block.kind in (BlockKind.CODE, BlockKind.TABLE) for block in text.blocks):
        parts = []
        for block in text.blocks:
            part = string[block.start : block.end]
            if block.kind is BlockKind.CODE:
                part = part.replace("\n", "\u2028")
            elif block.kind is BlockKind.TABLE:
                part = part.replace("\t", "\n")
            parts.append(part)
        string = "\n".join(parts)
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setPlainText(_FORBIDDEN.sub("\ufffd", string))
    return document


def make_rows(text: Text) -> list[Row]:
    """The rows of the page, in order; their paragraphs are those of `make_document`."""
    rows: list[Row] = []
    paragraph = 0
    for index, block in enumerate(text.blocks):
        if block.kind is BlockKind.TABLE:
            for number, cells in enumerate(block.rows):
                rows.append(Row(index, paragraph, len(cells), number))
                paragraph += len(cells)
        else:
            rows.append(Row(index, paragraph))
            paragraph += 1
    return rows
