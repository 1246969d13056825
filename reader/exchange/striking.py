"""Striking out what was written: `~~words~~`, line by line (GitHub Flavored Markdown)."""

from __future__ import annotations

import re

from reader.exchange.filters import fence_after
from reader.exchange.pieces import lines_of

_PARTS = re.compile(
    r"(?P<lead>[ ]{0,3}(?:>[ ]?)*(?:[-+*][ ]+|\d{1,9}[.)][ ]+|\#{1,6}[ ]+)?)"
    r"(?P<words>.*?)(?P<tail>\s*)",
    re.DOTALL,
)
_LEFT = re.compile(r"\||\^[A-Za-z0-9-]+$|<!--|~~.*~~$| {4}|\t|\s*$")
"""What cannot be struck: tables, block ids, comments, code, and what is struck already."""


def struck(text: str) -> str:
    """A piece of Markdown with its words struck; code and tables stay as they are."""
    lines = lines_of(text)
    if any(fence_after(line.rstrip("\r\n"), "") for line in lines):
        return text
    return "".join(_struck_line(line) for line in lines)


def _struck_line(line: str) -> str:
    match = _PARTS.fullmatch(line)
    if match is None or _LEFT.match(match["words"]) or match["words"].endswith("\\"):
        return line
    return f"{match['lead']}~~{match['words']}~~{match['tail']}"
