"""The body of an annotation as the little HTML that a QLabel sets.

Nothing of the author's is passed on as markup: the Markdown is read into blocks
and every word of it is escaped, so a body can neither load nor run anything.
"""

from __future__ import annotations

from html import escape

from reader.text.model import Block, BlockKind, Run, Style, Text
from reader.ui.scripts import slanted

_TAGS = {
    Style.BOLD: "b",
    Style.ITALIC: "i",
    Style.CODE: "code",
    Style.STRIKE: "s",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
}


def body_html(text: Text) -> str:
    """The HTML of an annotation's body; links keep their `href`."""
    return "".join(_block(text, block, index == 0) for index, block in enumerate(text.blocks))


def _block(text: Text, block: Block, first: bool) -> str:
    top = 0 if first else 6
    if block.kind is BlockKind.TABLE:
        return f"<table style='margin-top:{top}px'>{_rows(text, block)}</table>"
    if block.kind is BlockKind.RULE:
        return "<hr>"
    if block.kind is BlockKind.IMAGE:
        return f"<p style='margin:{top}px 0 0 0'>{slanted(block.alt, escape(block.alt))}</p>"
    words = _words(text, block, block.start, block.end)
    if block.kind is BlockKind.HEADING:
        words = f"<b>{words}</b>"
    elif block.kind is BlockKind.CODE:
        return f"<pre style='margin:{top}px 0 0 0; white-space:pre-wrap'>{words}</pre>"
    elif block.kind is BlockKind.LIST_ITEM:
        marker = f"{escape(block.marker)}&nbsp;" if block.marker else ""
        left = 12 * max(0, block.level - 1)
        return f"<p style='margin:{max(0, top - 3)}px 0 0 {left}px'>{marker}{words}</p>"
    elif block.kind is BlockKind.QUOTE:
        words = slanted(text.string[block.start : block.end], words)
    return f"<p style='margin:{top}px 0 0 0'>{words}</p>"


def _rows(text: Text, block: Block) -> str:
    rows = []
    for row in block.rows:
        cells = (_words(text, block, cell.start, cell.end) for cell in row)
        rows.append("".join(f"<td style='padding:2px 10px 2px 0'>{cell}</td>" for cell in cells))
    return "".join(f"<tr>{row}</tr>" for row in rows)


def _words(text: Text, block: Block, start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for run in block.runs:
        if run.start >= end or run.end <= start:
            continue
        first, last = max(run.start, start), min(run.end, end)
        parts.append(_escaped(text, at, first))
        parts.append(_run(run, _escaped(text, first, last)))
        at = last
    parts.append(_escaped(text, at, end))
    return "".join(parts)


def _run(run: Run, words: str) -> str:
    for style, tag in _TAGS.items():
        if style is Style.ITALIC and run.style & style:
            words = slanted(words, words)
        elif run.style & style:
            words = f"<{tag}>{words}</{tag}>"
    if run.href:
        words = f'<a href="{escape(run.href)}">{words}</a>'
    return words


def _escaped(text: Text, start: int, end: int) -> str:
    return escape(text.string[start:end]).replace("\u2028", "<br>").replace("\ufffc", "")
