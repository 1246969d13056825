"""The heights of many rows, some still guessed: where a row is, and which row is where.

A Fenwick tree (P. Fenwick, "A New Data Structure for Cumulative Frequency
Tables", 1994): every question and every correction takes logarithmic time, so a
book of ten thousand paragraphs can be corrected row by row while it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


class Heights:
    """Heights in pixels, by row from 0."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        self._tree = [0.0, *self._heights]
        for index in range(1, len(self._tree)):
            parent = index + (index & -index)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[index]
        self._top_bit = 1 << max(0, len(self._heights).bit_length() - 1)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> float:
        return self._heights[row]

    @property
    def total(self) -> float:
        """The height of all rows."""
        return self.top(len(self._heights))

    def top(self, row: int) -> float:
        """Where a row begins: the heights of all rows before it."""
        total = 0.0
        while row > 0:
            total += self._tree[row]
            row -= row & -row
        return total

    def tops(self, start: float = 0.0) -> list[float]:
        """Where every row begins, at once, if the first begins at `start`."""
        return list(accumulate(self._heights[:-1], initial=start)) if self._heights else []

    def all(self) -> Sequence[float]:
        """The heights of all rows, as they are now."""
        return self._heights

    def set(self, row: int, height: float) -> float:
        """Correct a row's height; the answer is by how much it grew."""
        growth = height - self._heights[row]
        if growth:
            self._heights[row] = height
            index = row + 1
            while index < len(self._tree):
                self._tree[index] += growth
                index += index & -index
        return growth

    def at(self, y: float) -> int:
        """The row at height `y`: the first before all, the last after all; -1 without rows."""
        row, bit = 0, self._top_bit
        while bit:
            ahead = row + bit
            if ahead < len(self._tree) and self._tree[ahead] <= y:
                row = ahead
                y -= self._tree[ahead]
            bit >>= 1
        return min(row, len(self._heights) - 1)
