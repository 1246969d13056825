"""Items that begin with a name: "Economic Stakes: Russia's war effort ..."

A list in which every item does so is a set of small sections, and a reader wants
to find them in the contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from reader.text.model import BlockKind
from reader.text.plain_pieces import Piece

_LEAD = re.compile(r"[^\W\d_][^.!?:;]{1,48}:(?= \S)")
_MOST_WORDS = 6
_LEAST_REST = 24
"""Letters that follow the name; with fewer the item is a pair, such as "Price: $5"."""


def leads(pieces: Sequence[Piece]) -> dict[int, int]:
    """For each item that begins with a name how many letters that takes, its colon included."""
    found: dict[int, int] = {}
    items = groupby(enumerate(pieces), lambda entry: entry[1].kind is BlockKind.LIST_ITEM)
    for is_list, group in items:
        numbered = list(group)
        if not is_list or len(numbered) < 2:
            continue
        lengths = [_lead(piece) for _, piece in numbered]
        if all(lengths):
            found |= {index: size for (index, _), size in zip(numbered, lengths, strict=True)}
    return found


def _lead(piece: Piece) -> int:
    match = _LEAD.match(piece.words)
    if not match or not piece.words[0].isupper() or len(match[0].split()) > _MOST_WORDS:
        return 0
    return match.end() if len(piece.words) - match.end() >= _LEAST_REST else 0
