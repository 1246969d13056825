"""Snippets: a line of a passage with the words that were found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.library.passages import CLOSES, JOINT, OPENS

LONGEST = 180
"""Code points of a snippet."""

_BEFORE = 60
"""Code points shown before the first found word."""

_MARK = re.compile(f"([{OPENS}{CLOSES}])")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line, the ranges of the found words in it, and where the first is in the passage.

    All of them are code points.
    """

    words: str
    found: tuple[tuple[int, int], ...]
    first: int


def snippet_of(marked: str) -> Snippet:
    """The snippet of a passage in which the found words stand between OPENS and CLOSES."""
    words, found = _unmarked(marked.replace(JOINT, ""))
    first = found[0][0] if found else 0
    start = 0 if first <= _BEFORE else _word_start(words, first - _BEFORE, first)
    end = len(words) if len(words) - start <= LONGEST else start + LONGEST
    if end < len(words):
        end = max(words.rfind(" ", start, end), found[0][1] if found else 0, start + LONGEST // 2)
    before, after = "… " if start else "", " …" if end < len(words) else ""
    shift = len(before) - start
    return Snippet(
        before + _SPACE.sub(" ", words[start:end]) + after,
        tuple((one + shift, min(other, end) + shift) for one, other in found if one < end),
        first,
    )


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    found: list[tuple[int, int]] = []
    length = opened = 0
    for part in _MARK.split(marked):
        if part == OPENS:
            opened = length
        elif part == CLOSES:
            found.append((opened, length))
        else:
            parts.append(part)
            length += len(part)
    return "".join(parts), found


def _word_start(words: str, start: int, latest: int) -> int:
    """The start of the next word, if there is one before `latest`."""
    match = _SPACE.search(words, start, latest)
    return match.end() if match else start
