"""How well a few letters fit a name, and which of its letters they mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query fits: the smaller its `rank` the better; `letters` are those it meant."""

    rank: tuple[int, int]
    letters: Sequence[int]


class Query:
    """A few letters, ready to be looked for in many names."""

    def __init__(self, text: str) -> None:
        self._parts = folded(text).split()
        self._text = " ".join(self._parts)
        self._letters = "".join(self._parts)
        # Whether all letters are there in their order, in one pass and without going back.
        self._in_order = re.compile(
            "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in self._letters),
            re.DOTALL,
        )

    def __bool__(self) -> bool:
        return bool(self._parts)

    def match(self, words: str, detail: str = "") -> Match | None:
        """Look for the query in a name and its detail, both `folded`.

        The tiers of the rank: 0 the name begins with the query, 1 a word of it does, 2 each
        part of the query begins a word, 3 the query stands somewhere inside, 4 a part of it
        begins a word of the detail, 5 its letters stand in the name one after another.
        """
        if not self._in_order.match(words):
            return self._beginnings(words, detail) if self._all_there(words, detail) else None
        length = len(self._text)
        inside = place = words.find(self._text)
        while place >= 0:
            if place == 0:
                return Match((0, 0), range(length))
            if not words[place - 1].isalnum():
                return Match((1, place), range(place, place + length))
            place = words.find(self._text, place + 1)
        found = self._beginnings(words, detail)
        if inside >= 0 and (found is None or found.rank > (3, inside)):
            return Match((3, inside), range(inside, inside + length))
        return found or self._scattered(words)

    def _all_there(self, words: str, detail: str) -> bool:
        return all(part in words or part in detail for part in self._parts)

    def _beginnings(self, words: str, detail: str) -> Match | None:
        letters: set[int] = set()
        tier = 2
        free = _word_starts(words)
        for part in self._parts:
            start = next((start for start in free if words.startswith(part, start)), None)
            if start is not None:
                free.remove(start)
                letters.update(range(start, start + len(part)))
            elif any(detail.startswith(part, start) for start in _word_starts(detail)):
                tier = 4
            else:
                return None
        return Match((tier, min(letters, default=len(words))), tuple(sorted(letters)))

    def _scattered(self, words: str) -> Match | None:
        """Letters in order from the beginning of a word, at most half of them far inside one."""
        best: Match | None = None
        starts = _word_starts(words)
        most = len(self._letters) // 2 if len(self._letters) > 2 else 0
        for start in starts:
            if words[start] != self._letters[0]:
                continue
            for letters in (self._run_on(words, start, starts), self._plainly(words, start)):
                far = sum(b - a > 1 and b not in starts for a, b in pairwise(letters))
                if letters and far <= most:
                    found = Match((5, far * 1000 + letters[-1] - letters[0]), letters)
                    best = found if best is None or found.rank < best.rank else best
        return best

    def _run_on(self, words: str, start: int, starts: Sequence[int]) -> tuple[int, ...]:
        """Each letter right after the one before, or else at the beginning of a later word."""
        letters = [start]
        for letter in self._letters[1:]:
            here = letters[-1] + 1
            if words.startswith(letter, here):
                letters.append(here)
                continue
            later = starts[bisect_left(starts, here) :]
            place = next((place for place in later if words[place] == letter), -1)
            if place < 0:
                return ()
            letters.append(place)
        return tuple(letters)

    def _plainly(self, words: str, start: int) -> tuple[int, ...]:
        letters = [start]
        for letter in self._letters[1:]:
            place = words.find(letter, letters[-1] + 1)
            if place < 0:
                return ()
            letters.append(place)
        return tuple(letters)


def folded(text: str) -> str:
    """`text` without case and accents, letter for letter."""
    return text.lower() if text.isascii() else "".join(map(_folded_letter, text))


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return normalize("NFD", letter)[0].casefold()[0]


def _word_starts(words: str) -> list[int]:
    return [found.start() for found in re.finditer(r"(?<![^\W_])[^\W_]", words)]
