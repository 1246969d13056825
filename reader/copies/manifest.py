"""document.yaml: what a copy says of itself."""

from __future__ import annotations

from dataclasses import dataclass

FILE = "document.yaml"
FORMAT = "1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a text is called and where it comes from. `id` is the same in every revision."""

    id: str
    title: str
    text_file: str
    revision: int = 1
    authors: tuple[str, ...] = ()
    language: str = ""
    date: str = ""
    source: str = ""
    licence: str = ""
