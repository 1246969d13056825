"""Links that were made by hand, taken out of Markdown: their words stay."""

from __future__ import annotations

import re
from collections.abc import Collection

from reader.text.replacing import replaced

_END = re.compile(
    r"""
    (?<!`)(`{1,2})(?!`)(?:(?!\n[ \t]*\n).){1,1000}?(?<!`)\1(?!`)          # code in a line
    | ^[ ]*(```+|~~~+)[^`\n]*\n(?:.*?\n[ ]*\2[`~]*[ \t]*$|.*)             # a block of code
    | \]\(\s*<?\#(?P<id>[^\s)>]+)>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?\s*\)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""What ends a link; before it code, in which nothing is one."""
_LONGEST, _DEEPEST = 2_000, 8
"""Code points of a link's words, and brackets in each other, in search of where it begins."""


def unlinked(source: str, gone: Collection[str]) -> str:
    """Markdown without the links to annotations with these ids.

    Only links of the form `[words](#id)` are taken out, and none that a bracket is missing of.
    """
    cuts: list[tuple[int, int, str]] = []
    for end in _END.finditer(source):
        if end["id"] in gone and (begin := _begin(source, end.start())) is not None:
            cuts += [(begin, begin + 1, ""), (*end.span(), "")]
    return replaced(source, cuts)


def _begin(source: str, end: int) -> int | None:
    """Where the bracket opens that closes at `end`; None for a picture, and where it is not."""
    depth = 0
    for place in range(end - 1, max(-1, end - _LONGEST), -1):
        letter = source[place]
        if letter not in "[]" or source[place - 1 : place] == "\\":
            continue
        if letter == "]":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif depth:
            depth -= 1
        else:
            return None if source[place - 1 : place] == "!" else place
    return None
