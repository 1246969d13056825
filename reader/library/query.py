"""What the reader types into the search field, as FTS5 understands it."""

from __future__ import annotations

import re
import unicodedata

from reader.library.passages import searchable
from reader.text.folding import fold_accents

_PART = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_MOST_PARTS = 24
_MOST_LETTERS = 400
_SHORTEST_BEGINNING = 2
"""Letters from which on the last word may be the beginning of one."""


def match_of(query: str) -> str:
    """All words and "phrases" of a query; the last word may go on. Empty for no words.

    Nothing in a query means anything else to FTS5: every part is in quotes.
    """
    found = _PART.finditer(fold_accents(query[:_MOST_LETTERS]))
    parts = [part for part in found if _has_words(part[0])][:_MOST_PARTS]
    terms = [f'"{searchable(part["phrase"] or part["word"])}"' for part in parts]
    if terms and _may_go_on(query, parts[-1]):
        terms[-1] += " *"
    return " ".join(terms)


def _may_go_on(query: str, last: re.Match[str]) -> bool:
    word = last["word"]
    return bool(word) and last.end() == len(query) and len(word) >= _SHORTEST_BEGINNING


def _has_words(part: str) -> bool:
    """Whether there is anything in it that FTS5 takes for part of a word."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in part)
