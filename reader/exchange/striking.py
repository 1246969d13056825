"""Striking out what was written: `~~words~~`, line by line (GitHub Flavored Markdown)."""

from __future__ import annotations

import re

from reader.exchange.filters import fence_after
from reader.exchange.pieces import lines_of

_LEAD = re.compile(
    r"(?:[ ]{0,3}(?![ \t])|[ \t]+(?=[-+*][ ]|\d{1,9}[.)][ ]))(?:>[ ]?)*"
    r"(?:[-+*][ ]+|\d{1,9}[.)][ ]+|\#{1,6}[ ]+)?"
)
"""The signs at the start of a line that is no code."""
_LEFT = re.compile(r"\||\^[A-Za-z0-9-]+$|<!--|~~.*~~$|\s*$")
"""What cannot be struck: tables, block ids, comments, and what is struck already."""


def struck(text: str) -> str:
    """A piece of Markdown with its words struck; code and tables stay as they are."""
    lines = lines_of(text)
    if any(fence_after(line.rstrip("\r\n"), "") for line in lines):
        return text
    return "".join(_struck_line(line) for line in lines)


def _struck_line(line: str) -> str:
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else ""
    words = rest.rstrip()
    if lead is None or _LEFT.match(words) or words.endswith("\\"):
        return line
    return f"{lead[0]}~~{words}~~{rest[len(words) :]}"
