"""Which lines of a plain text are headings, and of which level.

A line is a candidate by its looks. Whether it is a heading shows in what comes
after it: a heading has a text of its own, or a smaller heading, below it.
"""

from __future__ import annotations

import re
from enum import IntEnum

_LONGEST = 80
_LONGEST_DIVISION = 100


class Rank(IntEnum):
    """What kind of heading a line looks like; a smaller rank stands above a larger."""

    TITLE = 0
    OPENING = 1
    VOLUME = 2
    PART = 3
    BOOK = 4
    CHAPTER = 5
    SECTION = 6
    CAPITALS = 7
    NUMERAL = 8
    BARE = 9


_DIVISIONS = {
    Rank.VOLUME: "volume|tome|tomo|band|том",
    Rank.PART: "part|partie|parte|teil|часть",
    Rank.BOOK: "book|act|livre|libro|buch|книга",
    Rank.CHAPTER: "chapter|canto|scene|letter|chapitre|kapitel|capítulo|capitolo|глава",
    Rank.SECTION: "section|abschnitt",
}
_RANKS = {word: rank for rank, words in _DIVISIONS.items() for word in words.split("|")}
_OPENINGS = (
    "prologue|epilogue|preface|foreword|afterword|introduction|conclusion|appendix|postscript"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_NUMBERS = (
    f"{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    f"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_UNITS}))?"
)
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last"
_NUMBER = rf"(?-i:[IVXLCDM]+)|[0-9]{{1,4}}|{_NUMBERS}|(?:the )?(?:{_ORDINALS})"
_DIVISION = re.compile(
    rf"(?:(?:the )?(?:{_ORDINALS}) )?"
    rf"(?:(?P<word>{'|'.join(_RANKS)})(?P<number> (?:{_NUMBER}))?|(?P<opening>{_OPENINGS})"
    rf"(?: (?:[a-z]|{_NUMBER}))?)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"(?:the )?(?:{_ORDINALS}) ", re.IGNORECASE)
_NUMERAL = re.compile(r"(?P<numeral>[IVXLC]{1,9})(?:\.|(?:\. +(?P<rest>.*)))?")
_SENTENCE = re.compile(r"\w{3}[.!?…][\"”’)]* ")
_NOT_TITLES = ("by ", "dear ", "from ", "to ")


def looks_like(line: str, wrapped: bool) -> Rank | None:
    """The rank of heading that a line, alone in its place, looks like; None for none.

    Among wrapped lines every word of a bare heading must be capitalised; where
    paragraphs are long lines, being short and without a full stop is enough.
    """
    division = division_rank(line)
    if division is not None:
        return division
    numeral = _NUMERAL.fullmatch(line)
    if numeral and (not numeral["rest"] or _is_bare(numeral["rest"])):
        return Rank.NUMERAL
    if is_capitals(line):
        return Rank.CAPITALS
    if _is_bare(line) and (_is_titled(line) or not (wrapped or line.endswith("?"))):
        return Rank.BARE
    return None


def division_rank(line: str) -> Rank | None:
    """The rank of a line such as "CHAPTER I" or "Book Two: 1805", else None."""
    if len(line) > _LONGEST_DIVISION or not line[:1].isupper():
        return None
    match = _DIVISION.fullmatch(line)
    if match is None:
        return None
    rest = match["rest"]
    if match["word"] and not match["number"] and not _ORDINAL.match(line):
        return None
    set_off = rest[:1] in (".", ":", "—", "–") or rest[:2] == " -" or rest[:2] in (" —", " –")
    if rest and not set_off and (match["opening"] or not _is_titled(rest.strip())):
        return None
    if len(rest) > 1 and rest[-1] in ".,;" and not line.isupper():
        return None
    return Rank.OPENING if match["opening"] else _RANKS[match["word"].lower()]


def is_capitals(line: str) -> bool:
    """Whether `line` is set in capitals as headings are."""
    letters = sum(map(str.isalpha, line[: _LONGEST + 1]))
    return (
        len(line) <= _LONGEST
        and letters >= 4
        and line.isupper()
        and line[0].isalnum()
        and (line[-1].isalnum() or line[-1] in ".?)")
    )


def is_subtitle(line: str) -> bool:
    """Whether `line`, right below the name of a division, is its title."""
    return _is_bare(line) and _is_titled(line)


def numeral_value(line: str) -> int:
    """The value of the Roman numeral that opens `line`, 0 without one."""
    match = _NUMERAL.fullmatch(line)
    if match is None:
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[sign] for sign in match["numeral"]]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )


def _is_bare(line: str) -> bool:
    """Whether `line` is short, starts as a heading does, and does not end as a sentence does."""
    if not 2 <= len(line) <= _LONGEST or line.lower().startswith(_NOT_TITLES):
        return False
    if not line[0].isalnum() or line[0].islower() or not any(map(str.isalpha, line)):
        return False
    ends = line[-1].isalnum() or line[-1] in ")?%" or (line[-1] in '”’"' and _is_titled(line))
    return ends and not _SENTENCE.search(line)


def _is_titled(words: str) -> bool:
    """Whether the first word, the last and every one of four letters or more is capitalised."""
    found = re.findall(r"[\w’']+", words)
    told = [*found[:1], *found[-1:], *(word for word in found if len(word) >= 4)]
    return not any(word[0].islower() for word in told)
