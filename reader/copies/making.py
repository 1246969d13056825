"""Making a copy: a folder with a text, no annotations yet or another's, and its pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.annotations.writing.document import new_document
from reader.atomic import write_atomically
from reader.copies.limits import LIMITS, megabytes, pieces_in
from reader.copies.manifest import FILE as DOCUMENT_FILE
from reader.copies.manuscripts import Manuscript
from reader.copies.parts import FIGURES
from reader.copies.sentences import named
from reader.copies.unpacking import fresh_folder
from reader.problems import CannotOpen

TEXT_FILE = "article.md"

EMPTY = """\
# What hangs on the text, in any order. Each entry has an id, a kind, and something that leads
# to it: terms, a target, or words of the text that link to it.
annotations: []
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made; `notices` are sentences on what could not be taken over."""

    folder: Path
    id: str
    notices: tuple[str, ...] = ()


def make_copy(
    manuscript: Manuscript,
    folder: Path,
    *,
    title: str = "",
    authors: Sequence[str] = (),
    language: str = "",
    today: date | None = None,
) -> Made:
    """Make a copy of a manuscript in `folder`, which has to be empty or not there yet.

    The copy is a text of its own, with an id of its own; that of the copy that it was made
    from stands in `derived-from`. What is not given comes from the manuscript. Raises
    CannotOpen, with one clear sentence, when it cannot be made; then nothing is left behind.
    """
    _refuse_unfit(manuscript, folder)
    known = manuscript.manifest
    identifier = f"urn:uuid:{uuid4()}"
    document = new_document(
        {
            "format": 1,
            "id": identifier,
            "derived-from": known.id,
            "revision": 1,
            "title": title.strip() or known.title or "Untitled",
            "authors": list(authors or known.authors),
            "language": language or known.language,
            "date": known.date or (today or date.today()).isoformat(),
            "source": known.source,
            "licence": known.licence,
            "text": TEXT_FILE,
        }
    )
    folder = Path(os.path.realpath(folder))
    try:
        with fresh_folder(folder) as fresh:
            (fresh / FIGURES).mkdir()
            for name, picture in manuscript.pictures.items():
                write_atomically(fresh / name, picture.read_bytes())
            write_atomically(fresh / TEXT_FILE, manuscript.markdown.encode())
            write_atomically(fresh / ANNOTATIONS_FILE, (manuscript.annotations or EMPTY).encode())
            write_atomically(fresh / DOCUMENT_FILE, document.encode())
    except OSError as error:
        raise CannotOpen(
            f"{named(folder)} could not be made ({error.strerror or error}); choose another place."
        ) from error
    return Made(folder, identifier, manuscript.notices)


def _refuse_unfit(manuscript: Manuscript, folder: Path) -> None:
    size = len(manuscript.markdown.encode())
    if size > LIMITS.text or pieces_in(manuscript.markdown) > LIMITS.pieces:
        raise CannotOpen(
            f"A text of {megabytes(size)} is more than a copy may hold; divide it into parts."
        )
    if not folder.absolute().parent.is_dir():
        raise CannotOpen(f"There is no folder {folder.parent}; make it, or choose another place.")
    try:
        free = not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        raise CannotOpen(f"{named(folder)} could not be read ({error.strerror}).") from error
    if not free:
        raise CannotOpen(
            f"{named(folder)} is there already; name a folder that is empty or not there yet."
        )
