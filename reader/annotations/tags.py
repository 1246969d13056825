"""What a tag is: a word, or several, and never what merely stands at its ends."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WRITTEN = re.compile(r"(?:(?<=\s)|^)#([^\W\d_](?:[\w/-]*\w)?)")
"""A tag in a note. Signs at its end belong to the sentence."""


def tags_in(note: str) -> tuple[str, ...]:
    """The tags that are written in a note, each once."""
    return each_once(_WRITTEN.findall(note))


def tag_of(words: str) -> str:
    """What somebody typed as a tag, without signs at its ends; empty where nothing is left."""
    return words.strip().lstrip("#").strip(" \t-/")


def each_once(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in their order; those that differ in their case alone are one, as it stands first."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
