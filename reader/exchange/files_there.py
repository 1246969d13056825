"""Which format a file's ending means, and whether an export may touch a file that is there."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.w3c.writing import GENERATOR
from reader.exchange.errors import ExchangeError
from reader.exchange.pieces import LEDGER
from reader.exchange.readwise import COLUMNS
from reader.exchange.saving import read_if_there
from reader.problems import quoted

NOTES = "markdown"
"""The format of all templates of notes, as far as a file's ending can tell."""

ENDINGS = {
    "": NOTES,
    ".md": NOTES,
    ".markdown": NOTES,
    ".txt": NOTES,
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".annotation": "readium",
    ".pdf": "pdf",
}
"""The formats by the endings that are theirs."""

_OURS = {
    "csv": ",".join(COLUMNS).encode(),
    "html": f'<meta name="generator" content="{GENERATOR}">'.encode(),
    "jsonld": f'"name": "{GENERATOR}"'.encode(),
    "readium": b'"urn:annotated-reader:',
    "pdf": GENERATOR.encode("utf-16-be"),  # who made it, as it stands in the file
}
"""What stands in each file of these formats that this program wrote."""


def format_of(path: Path) -> str:
    """The format that a file's ending means. Raises ExchangeError when it means none."""
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        raise ExchangeError(
            f"The ending of {quoted(path.name)} says no format; name one with --format, or end "
            "the file in .md, .html, .pdf, .csv, .jsonld or .annotation."
        ) from None


def check_file(path: Path, name: str, force: bool = False) -> None:
    """Whether the export in a format may go to a file; any that is no data format is of notes.

    Raises ExchangeError, in one sentence, when the ending belongs to another format, the
    folder is missing, or the file that is there is somebody else's, unless `force` is said.
    """
    kind = name if name in _OURS else NOTES
    meant = ENDINGS.get(path.suffix.lower(), kind)
    if path.suffix and meant != kind:
        raise ExchangeError(
            f"{quoted(path.name)} ends like a file of the format {meant}, not {name}; "
            "choose another name, or another --format."
        )
    if not path.parent.exists():
        raise ExchangeError(
            f"There is no folder {quoted(str(path.parent), 200)}; make it first, or choose another."
        )
    if force:
        return
    known = path.suffix.lower() in ENDINGS
    if kind != NOTES:
        if (data := read_if_there(path)) and _OURS[kind] not in data:
            raise ExchangeError(
                f"{quoted(path.name)} is there already and was not exported from here; "
                "choose another name, or replace it with --force."
            )
    elif not known and (data := read_if_there(path)) and LEDGER.encode() not in data:
        raise ExchangeError(
            f"{quoted(path.name)} is there already and is no file of notes; choose one that "
            "ends in .md, or merge the notes into it with --force."
        )
