"""Mentions: where an annotation's terms stand in a text.

The one rule for overlaps: a longer term wins over a shorter one; of two of the
same length the one that starts earlier, then the one declared earlier. A mention
never overlaps another mention, nor words that the author linked by hand.

Time grows with the text plus its mentions, not with the number of terms: the
text is walked word by word, and only terms that begin with the word at hand are
compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reader.text.folding import fold_case, fold_variants

_UNSPACED = (
    "\u0e00-\u0eff\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
"""Scripts written without spaces: each of their letters counts as a word."""

_MARKS = "\u0300-\u036f"
_WORD = re.compile(f"[{_UNSPACED}]|(?:[^\\W{_UNSPACED}]|[{_MARKS}])+")
_SPACED_LETTER = re.compile(f"[^\\W{_UNSPACED}]|[{_MARKS}]")

IGNORE_CASE = "i:"
"""What a term begins with when it matches in any case."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotation's words `start:end` (code points)."""

    start: int
    end: int
    annotation: str


@dataclass(frozen=True, slots=True)
class _Needle:
    words: str
    lead: int
    any_case: bool
    annotation: str
    order: int


def bare_term(term: str) -> str:
    """The words of a term, without the sign that says how they match."""
    return term.removeprefix(IGNORE_CASE).strip()


def find_mentions(
    text: str, terms: Iterable[tuple[str, str]], taken: Iterable[tuple[int, int]] = ()
) -> list[Mention]:
    """Every mention of `terms`, pairs (term, annotation id), in the order of the text.

    Ranges in `taken` (code points) are left alone.
    """
    hits = [(hit.start - hit.end, hit.start, hit.end, hit.order, hit.annotation)
            for hit in _hits(text, terms)]
    return _without_overlaps(len(text), hits, taken)


def terms_found(text: str, terms: Iterable[tuple[str, str]]) -> set[int]:
    """The places in `terms` (from 0) of those that stand in the text, be it inside longer ones."""
    return {hit.order for hit in _hits(text, terms)}


class _Hit(NamedTuple):
    start: int
    end: int
    order: int
    annotation: str


def _hits(text: str, terms: Iterable[tuple[str, str]]) -> Iterator[_Hit]:
    """Every place where a term stands, overlaps and all."""
    needles = _needles(terms)
    if not needles:
        return
    folded = {False: fold_variants(text)}
    if any(any_case for _, any_case in needles):
        folded[True] = fold_case(folded[False])
    for any_case, haystack in folded.items():
        for match in _WORD.finditer(haystack):
            for needle in needles.get((match[0], any_case), ()):
                start = match.start() - needle.lead
                end = start + len(needle.words)
                if (
                    start >= 0
                    and haystack.startswith(needle.words, start)
                    and _is_boundary(haystack, start)
                    and _is_boundary(haystack, end)
                ):
                    yield _Hit(start, end, needle.order, needle.annotation)


def _needles(terms: Iterable[tuple[str, str]]) -> dict[tuple[str, bool], list[_Needle]]:
    needles: dict[tuple[str, bool], list[_Needle]] = defaultdict(list)
    for order, (term, annotation) in enumerate(terms):
        any_case = term.startswith(IGNORE_CASE)
        words = fold_variants(bare_term(term))
        # The text may hold composed or decomposed letters; both are looked for.
        for form in {unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words)}:
            shown = fold_case(form) if any_case else form
            if first := _WORD.search(shown):
                needle = _Needle(shown, first.start(), any_case, annotation, order)
                needles[first[0], any_case].append(needle)
    return needles


def _is_boundary(text: str, position: int) -> bool:
    if position in (0, len(text)):
        return True
    return not (
        _SPACED_LETTER.match(text, position - 1) and _SPACED_LETTER.match(text, position)
    )


def _without_overlaps(
    length: int, hits: list[tuple[int, int, int, int, str]], taken: Iterable[tuple[int, int]]
) -> list[Mention]:
    if not hits:
        return []
    occupied = bytearray(length)
    for start, end in taken:
        occupied[start:end] = b"\x01" * (end - start)
    mentions: list[Mention] = []
    for _, start, end, _, annotation in sorted(hits):
        if occupied.find(1, start, end) == -1:
            occupied[start:end] = b"\x01" * (end - start)
            mentions.append(Mention(start, end, annotation))
    mentions.sort(key=lambda mention: mention.start)
    return mentions
