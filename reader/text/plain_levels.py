"""Settles which pieces of a plain text are headings, and their levels."""

from __future__ import annotations

from collections.abc import Sequence

from reader.text.model import BlockKind
from reader.text.plain_headings import Rank, numeral_value
from reader.text.plain_pieces import Piece

_LONG = 80
_LONGER = 1.5
_LOWEST = 6
_REACH = 6  # pieces between a mark and its note
_DIVISIONS = range(Rank.OPENING, Rank.CAPITALS)
_UNNAMED = (Rank.CAPITALS, Rank.BARE)


def settle(pieces: Sequence[Piece]) -> None:
    """Give the headings among `pieces` their levels; the rest become paragraphs.

    A title has level 1, the divisions found have 2 and more, the largest kind
    first. A single item after an asterisk is the note that this refers to.
    """
    _settle_notes(pieces)
    _settle_numerals(pieces)
    _settle_headings(pieces)
    found = {piece.rank for piece in pieces if piece.rank is not None}
    ranks = sorted(found - {Rank.TITLE, Rank.OPENING})
    levels = {rank: min(_LOWEST, level) for level, rank in enumerate(ranks, 2)}
    levels |= {Rank.TITLE: 1, Rank.OPENING: 2}
    for piece in pieces:
        if piece.rank is not None:
            piece.level = levels[piece.rank]


def _settle_headings(pieces: Sequence[Piece]) -> None:
    """Demote candidates, last first: what a heading is shows in what is below it."""
    divided = sum(piece.rank in _DIVISIONS for piece in pieces) > 1
    listed = False  # whether the piece below is a line of a table of contents
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.rank is None:
            listed = False
            continue
        below = pieces[index + 1 : index + 4]
        if index == 0 and piece.rank in _UNNAMED and any(_weighs(piece, part) for part in below):
            piece.rank = Rank.TITLE
            continue
        listed = bool(below) and (listed or _is_above(below[0], piece.rank))
        if listed or not below or not _is_likely(piece, below[0], divided):
            _demote(piece)


def _is_above(piece: Piece, rank: Rank) -> bool:
    """Whether `piece` is a heading that one of `rank` cannot have below it."""
    if piece.kind is not BlockKind.HEADING:
        return False
    return piece.rank is None or piece.rank <= rank


def _is_likely(piece: Piece, below: Piece, divided: bool) -> bool:
    """Whether a heading without a name such as "chapter" has the place of one."""
    if piece.rank not in _UNNAMED:
        return True
    if divided:  # then other lines are signatures, dates, inscriptions
        return piece.rank is Rank.CAPITALS and piece.gap > 1
    return piece.rank is Rank.CAPITALS or _weighs(piece, below)


def _weighs(heading: Piece, below: Piece) -> bool:
    """Whether `below` is enough to stand under `heading`."""
    if below.kind is BlockKind.PARAGRAPH:
        return len(below.words) > max(_LONG, _LONGER * len(heading.words))
    return below.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM)


def _settle_numerals(pieces: Sequence[Piece]) -> None:
    """Keep Roman numerals that count on from one; any other is a word of its own."""
    counted: list[Piece] = []
    for piece in pieces:
        if piece.rank is Rank.NUMERAL:
            value = numeral_value(piece.words)
            if value == 1 or (counted and value == numeral_value(counted[-1].words) + 1):
                counted.append(piece)
            else:
                _demote(piece)
    if len(counted) == 1:
        _demote(counted[0])


def _settle_notes(pieces: Sequence[Piece]) -> None:
    """Turn a single asterisk item into a note where an asterisk above refers to it."""
    for index, piece in enumerate(pieces):
        if not piece.starred:
            continue
        beside = [*pieces[max(0, index - 1) : index], *pieces[index + 1 : index + 2]]
        above = pieces[max(0, index - _REACH) : index]
        if any(part.starred for part in beside) or not any("*" in part.words for part in above):
            continue
        piece.kind, piece.words = BlockKind.PARAGRAPH, f"* {piece.words}"
        piece.level, piece.marker = 0, ""


def _demote(piece: Piece) -> None:
    piece.kind, piece.rank = BlockKind.PARAGRAPH, None
