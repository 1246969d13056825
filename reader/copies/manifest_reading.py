"""document.yaml -> a manifest, with a problem for everything that is amiss."""

from __future__ import annotations

import re

from reader.annotations import fields
from reader.annotations.yaml_source import read_yaml
from reader.copies.manifest import FILE, FORMAT, Manifest
from reader.problems import CannotOpen, Problem, quoted

_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", re.IGNORECASE)


def read_manifest(source: str, problems: list[Problem]) -> Manifest:
    """Read the text of a document.yaml; what is amiss with it is added to `problems`.

    Raises CannotOpen when it names no text, or does not say which text that is.
    """
    entry = read_yaml(source, FILE, fields.DOCUMENT, problems)
    if entry is None:
        raise CannotOpen(problems[-1].sentence)
    text_file, identifier = entry.words("text"), entry.words("id")
    if not text_file:
        raise CannotOpen(f"{FILE} does not name the text; add `text:` and the text's file name.")
    if not identifier:
        raise CannotOpen(f"{FILE} gives the text no id; add `id: urn:uuid:` and a UUID.")
    if not _URN.fullmatch(identifier):
        entry.report(
            "wrong-id",
            f"{quoted(identifier)} cannot be a document's id.",
            "Write `urn:uuid:` and a UUID.",
            "id",
        )
    version = entry.words("format")
    if version and version != FORMAT:
        entry.report(
            "unknown-format",
            f"Format {quoted(version)} is not known.",
            f"Open it with a newer version of Annotated Reader, or write `format: {FORMAT}`.",
            "format",
        )
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
