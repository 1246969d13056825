"""Placed marks in the order of their text, however many they are and whichever come and go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from reader.annotations.placing import PlacedMark

_Key = tuple[int, int, str]

_FEW = 50
"""So many marks, and to find the place of each is quicker than to go through all."""


class MarkOrder:
    """Positions are code points. Marks without a place come last."""

    def __init__(self, placed: Iterable[PlacedMark] = ()) -> None:
        found = [(_key(each), number, each) for number, each in enumerate(placed)]
        found.sort()
        self._keys = [key for key, _, _ in found]
        self._marks = [each for _, _, each in found]
        self._longest = max((end - start for start, end, _ in self._keys), default=0)

    def own(self) -> MarkOrder:
        """The reader's own among them."""
        result = MarkOrder()
        pairs = zip(self._keys, self._marks, strict=True)
        kept = [(key, each) for key, each in pairs if not each.mark.creator]
        result._keys, result._marks = [key for key, _ in kept], [each for _, each in kept]
        result._longest = self._longest
        return result

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[PlacedMark]:
        return iter(self._marks)

    def change(self, gone: Sequence[PlacedMark], new: Sequence[PlacedMark]) -> None:
        """Take marks out that are in it, and others in."""
        if len(gone) > _FEW:
            out = {id(each) for each in gone}
            stays = [id(each) not in out for each in self._marks]
            self._keys, self._marks = (
                [*compress(self._keys, stays)],
                [*compress(self._marks, stays)],
            )
        else:
            for each in gone:
                self._remove(each)
        if len(new) > _FEW:
            self._keys += map(_key, new)
            self._marks += new
            # Two runs, of which one is in order: merging them is quicker than it looks.
            order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
            self._keys = [self._keys[number] for number in order]
            self._marks = [self._marks[number] for number in order]
            self._longest = max((end - start for start, end, _ in self._keys), default=0)
        else:
            for each in new:
                self._add(each)

    def _add(self, placed: PlacedMark) -> None:
        key = _key(placed)
        index = bisect_right(self._keys, key)
        self._marks.insert(index, placed)
        self._keys.insert(index, key)
        self._longest = max(self._longest, key[1] - key[0])

    def _remove(self, placed: PlacedMark) -> None:
        index = bisect_left(self._keys, _key(placed))
        while self._marks[index] is not placed:
            index += 1
        del self._marks[index], self._keys[index]

    def touching(self, start: int, end: int) -> Iterator[PlacedMark]:
        """The marks that overlap `start:end`, in order."""
        index = bisect_left(self._keys, (start - self._longest, 0, ""))
        while index < len(self._keys) and self._keys[index][0] < end:
            if self._keys[index][1] > start:
                yield self._marks[index]
            index += 1


def _key(placed: PlacedMark) -> _Key:
    return placed.start, placed.end, placed.mark.created
