"""The texts of the library: what is known of each, and which were removed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reader.annotations.marks import MarkKind
from reader.copies.copy import Copy
from reader.library.connections import Database, as_text
from reader.library.records import THEIRS


class KnownText(NamedTuple):
    """A text that was opened once: `path` is where it lay then."""

    id: str
    title: str
    path: Path
    progress: float


@dataclass(frozen=True, slots=True)
class TextEntry:
    """All that the library tells of a text.

    `progress` is 0 to 1. `opened` (last; 0 for never) and `added` are seconds since
    1970. `characters` are the code points of its string, `annotations` its authored
    ones; `highlights`, `notes` and `others` (bookmarks, answers) count the reader's marks.
    `revision` is the hash of its content, `edition` the number that its author gave that
    revision. A `removed` text is listed for its marks alone. One that is `offered` lies in
    a folder for everybody, and is in no library yet: its id is where it lies.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    source: str = ""
    path: Path = Path()
    language: str = ""
    progress: float = 0.0
    opened: float = 0.0
    added: float = 0.0
    characters: int = 0
    annotations: int = 0
    highlights: int = 0
    notes: int = 0
    others: int = 0
    revision: str = ""
    removed: bool = False
    edition: int = 1
    offered: bool = False

    @property
    def marks(self) -> int:
        """How many marks of whatever kind the reader has made in it."""
        return self.highlights + self.notes + self.others


class Texts:
    """Reads and writes what is known of texts. `now` is in seconds since 1970."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def add(self, copy: Copy, opened: bool, as_older: bool = False) -> None:
        """Take a copy in, or renew what is known of it; `opened` says that it is read now.

        `as_older`: a newer revision is known, and what is known of it stays.
        """
        manifest, now = copy.manifest, self._now()
        known = {
            "id": manifest.id,
            "revision": copy.revision,
            "title": as_text(manifest.title),
            "authors": json.dumps(manifest.authors),
            "source": as_text(manifest.source),
            "path": as_text(str(copy.path)),
            "language": as_text(manifest.language),
            "edition": manifest.revision,
            "characters": len(copy.text.string),
            "annotations": len(copy.annotations),
            "opened": now if opened else 0.0,
            "added": now,
        }
        with self._database.writing() as connection:
            if as_older:
                connection.execute(_READ_AGAIN, known)
            else:
                connection.execute(_ADD, known)

    def recent(self, most: int) -> list[KnownText]:
        """The texts opened last, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT texts.id, title, path, coalesce(progress, 0) FROM texts "
                "LEFT JOIN places ON places.text_id = texts.id "
                "WHERE removed IS NULL AND opened > 0 ORDER BY opened DESC LIMIT ?",
                (most,),
            )
            return [KnownText(id_, title, Path(path), share) for id_, title, path, share in rows]

    def known(self, text_id: str) -> KnownText | None:
        """One text, on the list or removed; None when it was never there."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT title, path, coalesce(progress, 0) FROM texts "
                "LEFT JOIN places ON places.text_id = texts.id WHERE texts.id = ?",
                (text_id,),
            ).fetchone()
        return KnownText(text_id, row[0], Path(row[1]), row[2]) if row else None

    def all(self) -> list[TextEntry]:
        """Every text, the one opened last coming first, and after them those known by marks."""
        entries = []
        with self._database.reading() as connection:
            marked = {
                text_id: _Counts(*counts)
                for text_id, *counts in connection.execute(
                    _COUNT,
                    {"highlight": MarkKind.HIGHLIGHT, "note": MarkKind.NOTE, "theirs": THEIRS},
                )
            }
            for row in connection.execute(_ALL):
                entries.append(_entry(row, marked.pop(row[0], _Counts())))
        entries += [
            TextEntry(id=id_, title=id_, removed=True, **counts._asdict())
            for id_, counts in marked.items()
        ]
        return entries

    def extent(self) -> int:
        """About how many texts and marks there are, found at once: never fewer than there are."""
        with self._database.reading() as connection:
            (count,) = connection.execute(_EXTENT).fetchone()
        return int(count)

    def title(self, text_id: str) -> tuple[str, bool]:
        """The title of a text, and whether it is on the list; an empty one if it is not known."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT title, removed IS NULL FROM texts WHERE id = ?", (text_id,)
            ).fetchone()
        return (str(row[0]), bool(row[1])) if row else ("", False)

    def remove(self, text_id: str) -> None:
        """Take a text off the list; its marks and the place in it stay."""
        with self._database.writing() as connection:
            connection.execute("UPDATE texts SET removed = ? WHERE id = ?", (self._now(), text_id))

    def bring_back(self, text_id: str) -> None:
        """Put a text back on the list."""
        with self._database.writing() as connection:
            connection.execute("UPDATE texts SET removed = NULL WHERE id = ?", (text_id,))

    def forget(self, text_id: str) -> None:
        """Take out all that is kept of a text, its marks too, for ever."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM marks WHERE text_id = ?", (text_id,))
            connection.execute("DELETE FROM places WHERE text_id = ?", (text_id,))
            connection.execute("DELETE FROM texts WHERE id = ?", (text_id,))


_ADD = """
    INSERT INTO texts (
        id, revision, title, authors, source, path, language, edition,
        characters, annotations, opened, added
    ) VALUES (
        :id, :revision, CAST(:title AS TEXT), :authors, CAST(:source AS TEXT),
        CAST(:path AS TEXT), CAST(:language AS TEXT), :edition,
        :characters, :annotations, :opened, :added
    )
    ON CONFLICT (id) DO UPDATE SET
        revision = excluded.revision, title = excluded.title, authors = excluded.authors,
        source = excluded.source, path = excluded.path, language = excluded.language,
        edition = excluded.edition, characters = excluded.characters,
        annotations = excluded.annotations, removed = NULL,
        opened = CASE WHEN excluded.opened > 0 THEN excluded.opened ELSE opened END
"""

_READ_AGAIN = "UPDATE texts SET opened = max(opened, :opened), removed = NULL WHERE id = :id"

_ALL = """
    SELECT id, title, authors, source, path, language, coalesce(progress, 0), opened, added,
        characters, annotations, revision, removed, edition
    FROM texts LEFT JOIN places ON places.text_id = texts.id
    ORDER BY opened DESC, added DESC
"""

_COUNT = """
    SELECT text_id, count(*) FILTER (WHERE kind = :highlight),
        count(*) FILTER (WHERE kind = :note),
        count(*) FILTER (WHERE kind NOT IN (:highlight, :note, :theirs))
    FROM marks WHERE deleted IS NULL GROUP BY text_id
"""


_EXTENT = "SELECT (SELECT count(*) FROM texts) + (SELECT ifnull(max(number), 0) FROM marks)"


class _Counts(NamedTuple):
    highlights: int = 0
    notes: int = 0
    others: int = 0


def _entry(row: Sequence[Any], counts: _Counts) -> TextEntry:
    id_, title, authors, source, path, language, progress, opened, added, *numbers = row
    characters, annotations, revision, removed, edition = numbers
    return TextEntry(
        id=id_,
        title=title,
        authors=_names(authors),
        source=source,
        path=Path(path),
        language=language,
        progress=progress,
        opened=opened,
        added=added,
        characters=characters,
        annotations=annotations,
        revision=revision,
        removed=removed is not None,
        edition=edition,
        **counts._asdict(),
    )


def _names(authors: str) -> tuple[str, ...]:
    if authors == "[]":
        return ()
    with suppress(ValueError, TypeError):
        return tuple(map(str, json.loads(authors)))
    return ()
