"""Mentions: where an annotation's terms stand in a text.

The one rule for overlaps: a longer term wins over a shorter one; of two of the
same length the one that starts earlier, then the one declared earlier. A mention
never overlaps another mention, nor words that the author linked by hand.

Time grows with the text plus its mentions, not with the number of terms: the
text is walked word by word, and of the terms that begin with the word at hand
only one for each length is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reader.annotations.attachment import Mention
from reader.annotations.model import IGNORE_CASE, bare_term
from reader.text.folding import fold_case, fold_variants
from reader.text.model import CELL_SEPARATOR

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts written without spaces: each of their letters counts as a word."""

_WORD = re.compile(f"(?=\\w)[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_SPACED_LETTER = re.compile(f"[^\\W{_UNSPACED}]")
_JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen and the two that join letters or keep them apart: all stand inside words."""

MOST_HITS = 50_000
"""Places that are looked at more closely, in each pass. In War and Peace “the” stands 34,000
times. What comes after has no mentions: terms that are in every line would take minutes."""


def has_letters(term: str) -> bool:
    """Whether a term holds a letter or digit; one without any is never found."""
    return _WORD.search(bare_term(term)) is not None


def find_mentions(
    text: str, terms: Iterable[tuple[str, str]], taken: Iterable[tuple[int, int]] = ()
) -> list[Mention]:
    """Every mention of `terms`, pairs (term, annotation id), in the order of the text.

    Ranges in `taken` (code points) are left alone.
    """
    declared = list(terms)
    hits = sorted(
        (start - end, start, needle.orders[0])
        for start, end, needle in _hits(text, [term for term, _ in declared])
    )
    if not hits:
        return []
    occupied = bytearray(len(text))
    for start, end in taken:
        occupied[start:end] = b"\x01" * (end - start)
    mentions: list[Mention] = []
    for length, start, order in hits:
        end = start - length
        if occupied.find(1, start, end) == -1:
            occupied[start:end] = b"\x01" * (end - start)
            mentions.append(Mention(start, end, declared[order][1]))
    mentions.sort(key=lambda mention: mention.start)
    return mentions


def terms_found(text: str, terms: Sequence[str]) -> set[int] | None:
    """The places in `terms` (from 0) of those that stand in the text, be it inside longer ones.

    None where there are more than `MOST_HITS`, so that nobody has looked everywhere.
    """
    try:
        found = {needle for _, _, needle in _hits(text, terms, whole=True)}
    except _TooMany:
        return None
    return {order for needle in found for order in needle.orders}


class _TooMany(Exception):
    """There are more hits than are looked for."""


@dataclass(slots=True, eq=False)
class _Needle:
    """Words to look for, and the places of the terms that ask for them, the first one first."""

    orders: list[int] = field(default_factory=list)


_Needles = dict[str, dict[tuple[int, int], dict[str, _Needle]]]
"""By the first word; then by how far in that begins, and the length; then by all of the words."""


def _hits(
    text: str, terms: Sequence[str], whole: bool = False
) -> Iterator[tuple[int, int, _Needle]]:
    """Every place where a term stands, overlaps and all, until it has looked often enough.

    Raises _TooMany then where all of them are asked for, as `whole`.
    """
    folded = fold_variants(text)
    for any_case in (False, True):
        needles = _needles(terms, any_case)
        if not needles:
            continue
        haystack = _lowered(folded) if any_case else folded
        looked = 0
        for word in _WORD.finditer(haystack):
            groups = needles.get(word[0])
            if groups is None:
                continue
            looked += len(groups)
            if looked > MOST_HITS:
                if whole:
                    raise _TooMany
                break
            for (lead, length), candidates in groups.items():
                start = word.start() - lead
                end = start + length
                needle = candidates.get(haystack[start:end]) if start >= 0 else None
                if (
                    needle
                    and _is_boundary(haystack, start)
                    and _is_boundary(haystack, end)
                    and CELL_SEPARATOR not in text[start:end]
                ):
                    yield start, end, needle


def _needles(terms: Sequence[str], any_case: bool) -> _Needles:
    needles: _Needles = defaultdict(lambda: defaultdict(dict))
    for order, term in enumerate(terms):
        if term.startswith(IGNORE_CASE) is not any_case:
            continue
        typed = fold_variants(bare_term(term))
        # The text may hold composed or decomposed letters; both are looked for.
        forms = {typed, *(unicodedata.normalize(form, typed) for form in ("NFC", "NFD"))}
        for words in {_lowered(form) for form in forms} if any_case else forms:
            if first := _WORD.search(words):
                group = needles[first[0]][first.start(), len(words)]
                group.setdefault(words, _Needle()).orders.append(order)
    return needles


def _lowered(text: str) -> str:
    """Lower case, in which a sigma is the same at the end of a word."""
    return fold_case(text).replace("ς", "σ")


def _is_boundary(text: str, position: int) -> bool:
    """Whether a word may begin or end at `position`: not between two letters of one."""
    if position in (0, len(text)):
        return True
    if _clings(text[position]):
        return False
    before = position - 1
    while before and _clings(text[before]):
        before -= 1
    return not (_SPACED_LETTER.match(text, before) and _SPACED_LETTER.match(text, position))


def _clings(character: str) -> bool:
    """Whether a character belongs to the letter before it."""
    return unicodedata.category(character).startswith("M") or character in _JOINERS
