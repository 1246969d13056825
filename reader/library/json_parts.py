"""Long lists as JSON, a part in each line: no other thread goes on while one is written or read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

_AT_ONCE = 500
"""Items of a list in one line."""


def encode(lists: Mapping[str, Sequence[object]]) -> bytes:
    """Lists by their names, in UTF-8."""
    lines = []
    for name, items in lists.items():
        rest = iter(items)
        while some := list(islice(rest, _AT_ONCE)):
            lines.append(json.dumps([name, some]))
    return "\n".join(lines).encode()


def decode(data: bytes, names: Sequence[str]) -> dict[str, list[Any]]:
    """The lists with these names again.

    Raises ValueError, KeyError or TypeError when that is not what was written.
    """
    lists: dict[str, list[Any]] = {name: [] for name in names}
    for line in data.splitlines():
        name, some = json.loads(line)
        lists[name] += some
    return lists
