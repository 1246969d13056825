"""What one line of a plain text is by its looks: a rule, an underline, a quote, an item."""

from __future__ import annotations

import re
from typing import NamedTuple

_RULE_SIGNS = frozenset("*-_=~#•—–")
_BULLETS = "-*•‣◦▪●"
_ITEM = re.compile(
    rf"(?P<indent> *)(?:(?P<bullet>[{_BULLETS}])|(?P<number>\(?[0-9]{{1,3}}[.)]|[a-z]\)))"
    r"(?: +(?P<words>\S.*))?"
)
_NOTE = re.compile(r" *\*+ *\([0-9]+\)")
_QUOTE = re.compile(r" {0,3}((?:> ?)+)(.*)")


class Item(NamedTuple):
    """A line that starts a list item; `sign` is as written, `marker` as shown."""

    indent: int
    sign: str
    words: str

    @property
    def marker(self) -> str:
        return "•" if self.sign in _BULLETS else self.sign


def is_signed(line: str) -> bool:
    """Whether `line`, which is not empty, starts with a sign; all others are but words."""
    start = line.lstrip()[:2]
    return not start[0].isalpha() or start[1:] == ")"


def item(line: str) -> Item | None:
    """The item that `line` starts; its words are empty where they follow on the next line."""
    match = _ITEM.fullmatch(line)
    if match is None or _NOTE.match(line):
        return None
    return Item(len(match["indent"]), match["bullet"] or match["number"], match["words"] or "")


def is_rule(line: str) -> bool:
    """Whether `line` is a row of three or more of one sign, with or without spaces."""
    signs = line.replace(" ", "")
    return len(signs) >= 3 and signs[0] in _RULE_SIGNS and signs == signs[0] * len(signs)


def underline_level(line: str) -> int:
    """1 for a line of `=`, 2 for a line of `-`, else 0."""
    sign = line.strip()
    if len(sign) < 3 or sign.strip(sign[0]):
        return 0
    return {"=": 1, "-": 2}.get(sign[0], 0)


def quoted(line: str) -> tuple[int, str] | None:
    """How deep a line of a quote is quoted, and its words; None for other lines."""
    match = _QUOTE.fullmatch(line)
    return (match[1].count(">"), match[2]) if match else None
