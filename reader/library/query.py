"""What the reader types into the search field, as FTS5 understands it."""

from __future__ import annotations

import re
import unicodedata

from reader.library.passages import searchable

_PART = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_MOST_PARTS = 24
_MOST_LETTERS = 400
_SHORTEST_BEGINNING = 2
"""Letters from which on the last word may be the beginning of one."""


def match_of(query: str) -> str:
    """All words and "phrases" of a query; the last word may go on. Empty for no words.

    Nothing in a query means anything else to FTS5: every part is in quotes.
    """
    parts = [found for found in _PART.finditer(query[:_MOST_LETTERS]) if _has_words(found[0])]
    terms = [f'"{searchable(found[0].replace(chr(34), " "))}"' for found in parts[:_MOST_PARTS]]
    if terms and _may_go_on(query, parts[-1]):
        terms[-1] += " *"
    return " ".join(terms)


def _may_go_on(query: str, last: re.Match[str]) -> bool:
    word = last["word"]
    return bool(word) and last.end() == len(query) and len(word) >= _SHORTEST_BEGINNING


def _has_words(part: str) -> bool:
    """Whether there is anything in it that FTS5 takes for part of a word."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in part)
