"""One entry of a notes file: written, brought up to date, struck.

Bringing up to date is a merge of three: what was written (known by its hashes),
what stands in the file, and what the app says now. A piece that the user left
alone is replaced where it stands; one that he changed stays, and what the app
says now is put below it with a line that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reader.exchange.pieces import Marker, Piece, Sort, in_pieces
from reader.exchange.striking import struck

CONFLICT = "**Changed here and in Annotated Reader, where it now reads:**"


@dataclass(slots=True)
class Segment:
    """What stands between two markers: the user's own words, headings, and then an entry.

    `end` is the entry's marker, or the ledger; None for the rest of the file.
    """

    pieces: list[Piece]
    end: Piece | None = None

    @property
    def marker(self) -> Marker | None:
        """The marker of the entry that stands here."""
        return self.end.marker if self.end else None

    def kept(self) -> dict[int, int]:
        """Which pieces of the entry are as they were written: their order in it, and here."""
        marker = self.marker
        free = [index for index, piece in enumerate(self.pieces) if piece.content]
        digests = {index: self.pieces[index].digest for index in free} if marker else {}
        found: dict[int, int] = {}
        for order, digest in reversed(list(enumerate(marker.hashes if marker else ()))):
            # From below: the entry stands right above its marker, the user's words before it.
            index = next((i for i in reversed(free) if digests[i] == digest), None)
            if index is not None:
                found[order] = index
                free.remove(index)
        return found


def rendered(text: str, newline: str) -> list[Piece]:
    """The pieces of an entry as a template wrote it."""
    pieces = []
    for piece in in_pieces(text, whole=False):
        if piece.sort is not Sort.BLANK:
            lines = piece.text.rstrip("\n").replace("\n", newline) + newline
            sort = piece.sort if piece.content else Sort.TEXT
            pieces.append(Piece(sort, lines, new=True))
    return pieces


def digests(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The hashes of an entry's pieces."""
    return tuple(piece.digest for piece in pieces)


def spaced(pieces: Sequence[Piece], newline: str) -> list[Piece]:
    """The pieces with an empty line after each."""
    return [each for piece in pieces for each in (piece, Piece(Sort.BLANK, newline, new=piece.new))]


def marked(handle: str, pieces: Sequence[Piece], newline: str) -> list[Piece]:
    """A new entry with its marker below it."""
    marker = Marker(handle, digests(pieces))
    end = Piece(Sort.MARKER, str(marker) + newline, marker=marker, new=True)
    return [*spaced(pieces, newline), end]


def update(segment: Segment, now: Sequence[Piece], newline: str) -> bool:
    """Bring the segment's entry up to date; True when both sides had changed the same."""
    marker, end = segment.marker, segment.end
    assert marker is not None
    assert end is not None
    merge = _Merge(segment, newline)
    hashes = digests(now)
    for b0, b1, n0, n1 in _changes(marker.hashes, hashes):
        merge.change(range(b0, b1), now[n0:n1])
    segment.pieces = merge.result()
    _set_marker(end, Marker(marker.handle, hashes))
    return merge.conflict


def strike(segment: Segment) -> None:
    """Strike what stands of the entry as it was written; the user's own words stay as they are."""
    marker, end = segment.marker, segment.end
    assert marker is not None
    assert end is not None
    hashes = list(marker.hashes)
    for order, index in segment.kept().items():
        piece = segment.pieces[index]
        piece.text = struck(piece.text)
        hashes[order] = piece.digest
    _set_marker(end, Marker(marker.handle, tuple(hashes), deleted=True))


def _set_marker(end: Piece, marker: Marker) -> None:
    """Put another marker in the place of the old one, be it indented or quoted."""
    end.text = end.text.replace(str(end.marker), str(marker))
    end.marker = marker


def _changes(before: Sequence[str], now: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """What the app changed, piece by piece where as many stand for as many."""
    changes: list[tuple[int, int, int, int]] = []
    for tag, b0, b1, n0, n1 in SequenceMatcher(None, before, now, False).get_opcodes():
        if tag == "replace" and b1 - b0 == n1 - n0:
            changes += [(b0 + i, b0 + i + 1, n0 + i, n0 + i + 1) for i in range(b1 - b0)]
        elif tag != "equal":
            changes.append((b0, b1, n0, n1))
    return changes


class _Merge:
    """The changes of one entry, gathered and then carried out at once."""

    def __init__(self, segment: Segment, newline: str) -> None:
        self.conflict = False
        self._segment = segment
        self._newline = newline
        self._kept = segment.kept()
        used = set(self._kept.values())
        self._theirs = {
            piece.digest
            for index, piece in enumerate(segment.pieces)
            if piece.content and index not in used
        }
        self._dropped: set[int] = set()
        self._before: dict[int, list[Piece]] = {}

    def change(self, before: range, now: Sequence[Piece]) -> None:
        """Put `now` where the pieces `before` of the entry as written stood."""
        # What the user has put in himself need not be put in again.
        now = [piece for piece in now if piece.digest not in self._theirs]
        standing = [self._kept[order] for order in before if order in self._kept]
        if before and len(standing) == len(before):
            place = min(standing)
        else:
            place = self._after(before.start - 1) if not before else self._below(before.stop)
            if before and now:
                self.conflict = True
                notice = Piece(Sort.TEXT, CONFLICT + self._newline, new=True)
                now = [notice, *now]
        self._dropped.update(standing)
        self._before.setdefault(place, []).extend(now)

    def _after(self, order: int) -> int:
        """Where something goes that follows a piece of the entry: an index to put it before."""
        return self._kept[order] + 1 if order in self._kept else self._below(order + 1)

    def _below(self, order: int) -> int:
        """Where something goes that comes before the next piece that still stands."""
        standing = [index for other, index in self._kept.items() if other >= order]
        return min(standing) if standing else len(self._segment.pieces)

    def result(self) -> list[Piece]:
        """The segment's pieces after all changes, with an empty line around what was put in."""
        pieces: list[Piece] = []
        gap = False
        for index, old in enumerate([*self._segment.pieces, None]):
            for piece in self._before.get(index, ()):
                if pieces and pieces[-1].sort is not Sort.BLANK:
                    pieces.append(Piece(Sort.BLANK, self._newline, new=True))
                pieces += spaced([piece], self._newline)
            if old is None:
                break
            if index in self._dropped:
                gap = True
                continue
            last = pieces[-1] if pieces else None
            if old.sort is Sort.BLANK and last and last.sort is Sort.BLANK and (gap or last.new):
                if last.new:
                    pieces[-1] = old
            else:
                pieces.append(old)
            gap = False
        return pieces
