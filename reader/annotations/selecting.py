"""Targets and terms as an author chooses them: while words are selected and typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from reader.annotations.mentions import find_mentions
from reader.annotations.model import IGNORE_CASE, bare_term
from reader.annotations.selectors import Selector
from reader.text.folding import fold_case, fold_variants

_MOST_CONTEXT = 200
_AROUND = 200
"""Code points around a place that are looked at to count it: more than a term has."""
_APART = "\n\n\n"
_WORD_BEFORE = re.compile(r"\S*\s*\Z")
_WORD_AFTER = re.compile(r"\s*\S*")


def unique_target(text: str, start: int, end: int) -> Selector:
    """`start:end` (code points) as a quote that stands once in the text.

    White space at its ends goes. It gets as few words before and after as are enough to tell
    it apart, a word on each side at a time; where 200 code points are not, its position too.
    Raises ValueError if no words are left.
    """
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    exact = words.strip()
    end = start + len(exact)
    if not exact:
        raise ValueError("a target needs words")
    prefix = suffix = ""
    while _stands_twice(text, prefix + exact + suffix):
        before = _WORD_BEFORE.search(text[max(0, start - len(prefix) - 100) : start - len(prefix)])
        after = _WORD_AFTER.match(text, end + len(suffix), end + len(suffix) + 100)
        if len(prefix) + len(suffix) > _MOST_CONTEXT:
            return Selector(exact, prefix, suffix, start, end)
        longer = (before[0] if before else "") + prefix
        # Words of the same block say more than those of the next.
        if longer != prefix and not _stands_twice(text, longer + exact + suffix):
            return Selector(exact, longer, suffix)
        prefix, suffix = longer, suffix + (after[0] if after else "")
    return Selector(exact, prefix, suffix)


class MentionCounter:
    """Counts the mentions of terms in one text, again and again while they are typed.

    The text is folded once; a count then looks only where the letters of a term stand.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold_case(fold_variants(text)).replace("ς", "σ")

    def count(self, terms: Sequence[str]) -> int:
        """How many mentions the terms have, as they would be underlined."""
        return len(self.find(terms))

    def find(self, terms: Sequence[str], others: Sequence[str] = ()) -> list[tuple[int, int]]:
        """The mentions of the terms as `start, end`, in the order of the text.

        `others` are the terms of other annotations: where a longer one of them stands, that wins.
        """
        parts = self._near(terms)
        near = _APART.join(self._text[start:end] for start, end in parts)
        starts, reached = [], 0
        for start, end in parts:
            starts.append(reached)
            reached += end - start + len(_APART)
        declared = [(term, "+") for term in terms] + [(term, "") for term in others]
        found = []
        for mention in find_mentions(near, declared):
            if mention.annotation:
                part = bisect_right(starts, mention.start) - 1
                moved = parts[part][0] - starts[part]
                found.append((mention.start + moved, mention.end + moved))
        return found

    def _near(self, terms: Sequence[str]) -> list[tuple[int, int]]:
        """The parts of the text that can hold a mention."""
        places = sorted(
            (max(0, at - _AROUND), at + len(words) + _AROUND)
            for words in {form for term in terms for form in _forms(term)}
            for at in _places(self._folded, words)
        )
        parts: list[tuple[int, int]] = []
        for start, end in places:
            if parts and start <= parts[-1][1]:
                parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
            else:
                parts.append((start, end))
        return [(start, min(end, len(self._text))) for start, end in parts]


def count_mentions(text: str, terms: Sequence[str]) -> int:
    """As `MentionCounter.count`, for once."""
    return MentionCounter(text).count(terms)


def _forms(term: str) -> set[str]:
    words = bare_term(term) if term.startswith(IGNORE_CASE) else term.strip()
    typed = fold_variants(words)
    forms = (typed, *(unicodedata.normalize(form, typed) for form in ("NFC", "NFD")))
    return {fold_case(form).replace("ς", "σ") for form in forms if form}


def _places(text: str, words: str) -> list[int]:
    places = []
    at = text.find(words)
    while at != -1:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _stands_twice(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) != -1
