"""Renewing what stands between markers in a page of the documentation, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reader.atomic import write_atomically


class NoMarkers(ValueError):
    """A page lacks the place for what is to stand in it."""


def renewed(page: str, name: str, words: str) -> str:
    """The page with other words between `<!-- name -->` and `<!-- /name -->`.

    Raises NoMarkers where these two do not stand once, in this order.
    """
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not found or not end or first in rest or last in after:
        raise NoMarkers(f"The page has to have {first} and, later, {last}, once each.")
    return f"{before}{first}\n\n{words.strip()}\n\n{last}{after}"


def renew(file: Path, tables: Mapping[str, str]) -> None:
    """Write these tables into a page, each between its markers."""
    page = file.read_text(encoding="utf-8")
    for name, words in tables.items():
        page = renewed(page, name, words)
    write_atomically(file, page.encode("utf-8"))
