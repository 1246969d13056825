"""How an annotation says where it belongs (W3C Web Annotation: quote and position)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selector:
    """The exact words, some of what stands before and after, and where they stood.

    `start` and `end` are code points of the canonical string; None when only
    the words are known.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def whole(self) -> str:
        """The words with all of the context that was kept."""
        return self.prefix + self.exact + self.suffix

    def stands_in(self, text: str) -> bool:
        """Whether the words stand in `text` with their context at their recorded position."""
        if self.start is None:
            return False
        begin = self.start - len(self.prefix)
        return begin >= 0 and text.startswith(self.whole, begin)
