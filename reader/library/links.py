"""Links in notes: `[[Title]]`, `[[id|words]]`, and `[[text's id#id|words]]` into another text."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|[^\[\]\n]*)?\]\]")


class Link(NamedTuple):
    """What a link names: a title or an id, case folded; `text_id` is empty for its own text."""

    text_id: str
    name: str


def links_in(note: str) -> list[Link]:
    """The links of a note, each once."""
    found = []
    for match in _LINK.finditer(note):
        target = match[1].strip()
        text_id, _, name = target.rpartition("#") if target.startswith("urn:") else ("", "", target)
        found.append(Link(text_id.strip(), name.strip().casefold()))
    return list(dict.fromkeys(found))
