"""A selector as anchoring compares it: folded, its long context cut, in one string."""

from __future__ import annotations

from functools import cached_property

from reader.annotations.folded import Folded
from reader.annotations.pieces import dense_letters, pieces_of, splits_word
from reader.annotations.selectors import Selector

_MOST_CONTEXT = 64
"""Code points of the context that are compared on either side. Ours has 32."""


class Pattern:
    """The folded quote, and in `string` what stands before it, it, and what stands after it.

    `begin:stop` is where the quote stands in `string`, in code points.
    """

    def __init__(self, selector: Selector) -> None:
        prefix = selector.prefix[-_MOST_CONTEXT:]
        folded = Folded(prefix + selector.exact + selector.suffix[:_MOST_CONTEXT])
        self.string = folded.string
        self.begin = folded.inward(len(prefix))
        self.stop = folded.inward(len(prefix) + len(selector.exact))
        self.prefix = self.string[: self.begin]
        self.quote = self.string[self.begin : self.stop]
        self.suffix = self.string[self.stop :]
        self.near = selector.start

    @cached_property
    def pieces(self) -> dict[str, int]:
        """The words to find its likely places by, and where they stand in `string`."""
        return pieces_of(self.string)

    @cached_property
    def whole(self) -> bool:
        """Whether the quote is known to have cut no word."""
        return (
            bool(self.prefix and self.suffix)
            and not splits_word(self.string, self.begin)
            and not splits_word(self.string, self.stop)
        )

    @cached_property
    def weight(self) -> float:
        """How much the quote says: its letters, with those counted more that are half a word."""
        return len(self.quote) + 1.5 * dense_letters(self.quote)
