"""Anchoring: turning a selector into a range of a given text.

The quote and the position of a selector are those of the W3C Web Annotation Data Model,
and to try the position first, then the exact words, then what is like them, goes back to
the "fuzzy anchoring" of the Hypothesis project (2013). What differs here: no words are
taken for the quote unless enough of them, and of what stood around them, is still there;
the shorter the quote, the more. A wrong place is worse than a question.

1. The words with their context at their recorded position, or at one place alone.
2. All other places where the words stand, or much of them, in a text without the
   differences that only typography makes (`folded`, `candidates`, `aligning`).
3. The best of these by `scoring`; a question where it is weak, or another is as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reader.annotations.anchors import ORPHAN, Anchor, unmoved
from reader.annotations.selectors import Selector

if TYPE_CHECKING:
    from reader.annotations.seeking import Seeking


def anchor(text: str, selector: Selector) -> Anchor:
    """Find where `selector` belongs in the canonical string `text`."""
    return Anchoring(text).anchor(selector)


def anchor_all(text: str, selectors: Iterable[Selector]) -> list[Anchor]:
    """The anchors of many selectors, the same as `anchor` would give, in the same order."""
    return list(anchor_each(text, selectors))


def anchor_each(text: str, selectors: Iterable[Selector]) -> Iterator[Anchor]:
    """As `anchor_all`, one after the other: for a caller that shows progress, or stops."""
    selectors = list(selectors)
    anchoring = Anchoring(text, selectors)
    for selector in selectors:
        yield anchoring.anchor(selector)


class Anchoring:
    """A text that selectors are to be anchored in.

    `expected` are selectors that will be asked for. If they are many, the text is read
    once for all of them, and their time grows with the text and with them, not with the
    product. The answers are the same.
    """

    def __init__(self, text: str, expected: Sequence[Selector] = ()) -> None:
        self._text = text
        self._expected = expected

    def anchor(self, selector: Selector) -> Anchor:
        """Find where `selector` belongs."""
        if not selector.exact:
            return ORPHAN
        return unmoved(self._text, selector) or self._seeking.anchor(selector)

    @cached_property
    def _seeking(self) -> Seeking:
        # Most selectors stand where they stood, and a text opens sooner without the rest.
        from reader.annotations.seeking import Seeking

        moved = [each for each in self._expected if not each.stands_in(self._text)]
        return Seeking(self._text, moved)
