"""How a parsed text is kept: its string, and its blocks as rows of JSON.

Reading it back takes a fraction of the time that parsing took, and no library
besides Python's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reader.library import json_parts
from reader.text.model import Block, BlockKind, Cell, Footnote, Run, Style, Text

_KINDS = {kind.value: kind for kind in BlockKind}


def encode(text: Text) -> tuple[bytes, bytes]:
    """The canonical string, and all else."""
    layout: dict[str, Sequence[object]] = {
        "blocks": [_block_row(block) for block in text.blocks],
        "footnotes": [(note.label, note.start, note.end, note.body) for note in text.footnotes],
    }
    return text.string.encode("utf-8", "surrogatepass"), json_parts.encode(layout)


def decode(string: bytes, layout: bytes) -> Text:
    """The text again. Raises ValueError, KeyError or TypeError when that is no text."""
    read = json_parts.decode(layout, ("blocks", "footnotes"))
    return Text(
        string.decode("utf-8", "surrogatepass"),
        tuple([_block(*row) for row in read["blocks"]]),
        tuple(Footnote(*row) for row in read["footnotes"]),
    )


def _block_row(block: Block) -> tuple[object, ...]:
    return (
        block.kind,
        block.start,
        block.end,
        [(run.start, run.end, run.style, run.href) for run in block.runs],
        [[(cell.start, cell.end, cell.align) for cell in row] for row in block.rows],
        block.level,
        block.marker,
        block.source,
        block.alt,
        block.caption,
        block.language,
        block.name,
    )


def _block(
    kind: str, start: int, end: int, runs: list[Any], rows: list[Any], level: int, *words: Any
) -> Block:
    marker, source, alt, caption, language, name = words
    return Block(
        _KINDS[kind],
        start,
        end,
        level,
        tuple([_run(*run) for run in runs]) if runs else (),
        marker,
        tuple([tuple([Cell(*cell) for cell in row]) for row in rows]) if rows else (),
        source,
        alt,
        caption,
        language,
        name,
    )


def _run(start: int, end: int, style: int, href: str) -> Run:
    return Run(start, end, Style(style), href)
