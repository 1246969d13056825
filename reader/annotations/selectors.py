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
