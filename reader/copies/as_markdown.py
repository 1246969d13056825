"""A text as Markdown that is read as the same text: for texts that come without markup.

It writes what plain text has: headings, paragraphs, list items, quotes, rules, and names of
items in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.text.cleaning import LINE_BREAK
from reader.text.model import Block, BlockKind, Style, Text

_SIGNS = re.compile(r"[\\`*\[\]<]|_(?!\w)|(?<!\w)_|~(?=~)|(?<=~)~|&(?=[#\w]+;)")
_OPENING = re.compile(r"(?=#|>|[-+=~:|]|$)|(?P<number>[0-9]{1,9})(?=[.)])")
_NUMBER = re.compile(r"[0-9]{1,9}\.")


def as_markdown(text: Text) -> str:
    """The Markdown of a text, a paragraph a line, with a newline at its end."""
    parts: list[str] = []
    before: Block | None = None
    for block in text.blocks:
        if before is not None:
            parts.append("\n" if _is_tight(before, block) else "\n\n")
        parts.append(_written(text, block))
        before = block
    return "".join(parts) + "\n"


def lost_in_markdown(text: Text) -> Iterator[str]:
    """What Markdown cannot say of a text, each as a sentence."""
    items = [block for block in text.blocks if block.kind is BlockKind.LIST_ITEM]
    odd = sum(
        bool(each.marker) and each.marker != "•" and not _NUMBER.fullmatch(each.marker)
        for each in items
    )
    if odd:
        items_became = (
            "1 list item became a bullet" if odd == 1 else f"{odd} list items became bullets"
        )
        yield f"What stood before {items_became}, for Markdown has no other signs."
    if any(block.name for block in items):
        yield "List items that begin with a name are no entries of the contents any more."


def _is_tight(before: Block, block: Block) -> bool:
    both = before.kind is block.kind is BlockKind.LIST_ITEM
    return (
        both
        and bool(before.marker)
        and bool(block.marker)
        and _numbered(before) == _numbered(block)
    )


def _numbered(block: Block) -> bool:
    return _NUMBER.fullmatch(block.marker) is not None


def _written(text: Text, block: Block) -> str:
    words = _words(text, block)
    match block.kind:
        case BlockKind.HEADING:
            line = words.replace("\\\n", " ")
            return f"{'#' * block.level} " + re.sub(r"(#+)$", r"\\\1", line)
        case BlockKind.RULE:
            return "* * *"
        case BlockKind.LIST_ITEM:
            margin = "    " * (block.level - 1)
            if not block.marker:
                margin += "    "
                return margin + _lines(words, margin)
            sign = f"{block.marker} " if _numbered(block) else "- "
            return margin + sign + _lines(words, margin + "    ")
        case BlockKind.QUOTE:
            sign = "> " * block.level
            return sign + _lines(words, sign)
        case _:
            return _lines(words, "")


def _lines(words: str, margin: str) -> str:
    """Words with their line breaks, each line so that it begins nothing of its own."""
    return f"\n{margin}".join(
        _OPENING.sub(_behind_backslash, line, count=1) if _OPENING.match(line) else line
        for line in words.split("\n")
    )


def _behind_backslash(opening: re.Match[str]) -> str:
    return f"{opening['number']}\\" if opening["number"] else "\\"


def _words(text: Text, block: Block) -> str:
    """A block's words with their signs behind backslashes, bold ones between asterisks."""
    parts: list[str] = []
    at = block.start
    for run in block.runs:
        if run.style & Style.BOLD:
            parts += (
                _escaped(text.string[at : run.start]),
                "**",
                _escaped(text.string[run.start : run.end]),
                "**",
            )
            at = run.end
    parts.append(_escaped(text.string[at : block.end]))
    return "".join(parts)


def _escaped(words: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", words).replace(LINE_BREAK, "\\\n")
