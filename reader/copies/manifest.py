"""document.yaml: what a copy says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.annotations import fields
from reader.annotations.yaml_source import read_yaml
from reader.problems import Problem

FILE = "document.yaml"
FORMAT = "1"

_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", re.IGNORECASE)


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


def read_manifest(source: str, problems: list[Problem]) -> Manifest | None:
    """Read the text of a document.yaml; None, with problems, when it names no text."""
    entry = read_yaml(source, FILE, fields.DOCUMENT, problems)
    if entry is None:
        return None
    version = entry.words("format")
    if version and version != FORMAT:
        entry.report(
            "unknown-format",
            f"Format “{version}” is not known.",
            "Open it with a newer version of Annotated Reader, or write `format: 1`.",
            "format",
        )
    identifier = entry.words("id")
    if identifier and not _URN.fullmatch(identifier):
        entry.report(
            "wrong-id",
            f"“{identifier}” cannot be a document's id.",
            "Write `urn:uuid:` and a UUID.",
            "id",
        )
    text_file = entry.words("text")
    if not text_file or not identifier:
        return None
    return Manifest(
        id=identifier,
        title=entry.words("title"),
        text_file=text_file,
        revision=entry.number("revision") or 1,
        authors=entry.word_list("authors"),
        language=entry.words("language"),
        date=entry.date("date"),
        source=entry.words("source"),
        licence=entry.words("licence"),
    )
