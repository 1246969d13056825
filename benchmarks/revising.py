"""Revisions made by script, which know where everything went."""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+")
_TYPOGRAPHY = {
    "'": "\u2019",
    "\u2019": "'",
    '"': "\u201c",
    "\u201c": '"',
    "\u201d": '"',
    "-": "\u2010",
    "\u2013": "-",
    "\u2014": "--",
    "\u2026": "...",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """Letters of the new text: those of `start:end` of the old one, or new ones (None).

    Typography may have changed their number.
    """

    letters: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a passage: how much of it is left (0 to 1), where, and how."""

    left: float
    start: int = 0
    end: int = 0
    edited: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """How often a revision does what; shares of paragraphs, sentences, words or letters."""

    deleted_paragraphs: float = 0.08
    moved_paragraphs: float = 0.12
    split_paragraphs: float = 0.08
    joined_paragraphs: float = 0.08
    deleted_sentences: float = 0.08
    new_sentences: float = 0.06
    edited_sentences: float = 0.25
    edited_words: float = 0.2
    typography: float = 0.3


class Revision:
    """A text, and what a revision made of it; the same from the same seed."""

    def __init__(self, old: str, seed: int, amounts: Amounts = Amounts()) -> None:
        self.old = old
        self._random = random.Random(seed)
        self._amounts = amounts
        self._words = _WORD.findall(old)
        self._moved: list[tuple[int, int]] = []
        segments = self._revised()
        self.new = "".join(segment.letters for segment in segments)
        self._kept: list[tuple[int, int, int, int]] = []
        here = 0
        for segment in segments:
            there = here + len(segment.letters)
            if segment.start is not None and segment.end is not None:
                self._kept.append((segment.start, segment.end, here, there))
            here = there
        self._kept.sort()
        self._starts = [start for start, _, _, _ in self._kept]

    def fate(self, start: int, end: int) -> Fate:
        """What became of the passage `start:end` of the old text (code points)."""
        places: list[tuple[int, int]] = []
        left = 0
        number = max(0, bisect_right(self._starts, start) - 1)
        for old_start, old_end, new_start, new_end in self._kept[number:]:
            if old_start >= end:
                break
            low, high = max(start, old_start), min(end, old_end)
            if low < high:
                left += high - low
                same = old_end - old_start == new_end - new_start
                places.append(
                    (new_start + low - old_start, new_start + high - old_start)
                    if same
                    else (new_start, new_end)
                )
        if not places:
            return Fate(0.0)
        moved = any(low <= start < high for low, high in self._moved)
        gaps = any(here[1] != there[0] for here, there in pairwise(places))
        first, last = min(low for low, _ in places), max(high for _, high in places)
        return Fate(left / (end - start), first, last, gaps or left < end - start, moved)

    def _revised(self) -> list[Segment]:
        amounts, chance = self._amounts, self._random.random
        paragraphs: list[list[Segment]] = []
        moving: list[list[Segment]] = []
        curly = chance() < amounts.typography
        apart = chance() < amounts.typography
        start = 0
        for line in self.old.splitlines(keepends=True):
            end = start + len(line)
            if chance() >= amounts.deleted_paragraphs:
                segments = self._paragraph(start, end)
                if curly or apart:
                    segments = [
                        piece for each in segments for piece in _set_anew(each, curly, apart)
                    ]
                if chance() < amounts.moved_paragraphs:
                    self._moved.append((start, end))
                    moving.append(segments)
                else:
                    paragraphs.append(segments)
            start = end
        for segments in moving:
            paragraphs.insert(self._random.randrange(len(paragraphs) + 1), segments)
        return [segment for segments in paragraphs for segment in segments]

    def _paragraph(self, start: int, end: int) -> list[Segment]:
        amounts, chance, old = self._amounts, self._random.random, self.old
        segments: list[Segment] = []
        bounds = [start, *(m.end() for m in _SENTENCE.finditer(old, start, end - 1)), end]
        for first, last in pairwise(bounds):
            if last < end and chance() < amounts.deleted_sentences:
                continue
            if chance() < amounts.edited_sentences:
                segments += self._sentence(first, last)
            else:
                segments.append(Segment(old[first:last], first, last))
            if last < end and chance() < amounts.new_sentences:
                segments.append(Segment(" ".join(self._some(12)).capitalize() + ". "))
            elif last < end and chance() < amounts.split_paragraphs:
                segments.append(Segment("\n"))
        if chance() < amounts.joined_paragraphs and segments and segments[-1].end == end:
            joined = segments.pop()
            letters = joined.letters.rstrip("\n")
            segments += [Segment(letters, joined.start, end - 1), Segment(" ")]
        return segments

    def _sentence(self, start: int, end: int) -> list[Segment]:
        segments: list[Segment] = []
        done = start
        for match in _WORD.finditer(self.old, start, end):
            if self._random.random() < self._amounts.edited_words:
                segments.append(Segment(self.old[done : match.start()], done, match.start()))
                segments.append(Segment(" ".join(self._some(self._random.choice((0, 1, 1, 2))))))
                done = match.end()
        segments.append(Segment(self.old[done:end], done, end))
        return segments

    def _some(self, count: int) -> list[str]:
        return self._random.choices(self._words, k=count)


def _set_anew(segment: Segment, curly: bool, apart: bool) -> list[Segment]:
    """The same words with other quotes and dashes, or with accents that stand apart."""
    if segment.start is None:
        return [segment]
    segments: list[Segment] = []
    done = 0
    for number, letter in enumerate(segment.letters):
        other = _TYPOGRAPHY.get(letter, letter) if curly else letter
        other = unicodedata.normalize("NFD", other) if apart else other
        if other != letter:
            at = segment.start + number
            before = segment.letters[done:number]
            segments.append(Segment(before, at - len(before), at))
            segments.append(Segment(other, at, at + 1))
            done = number + 1
    rest = segment.letters[done:]
    segments.append(Segment(rest, segment.start + done, segment.start + len(segment.letters)))
    return [each for each in segments if each.letters]
