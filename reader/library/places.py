"""Where one was in each text."""

from __future__ import annotations

from typing import NamedTuple

from reader.annotations.anchoring import anchor
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.library.connections import Database, as_text

_WORDS = 48
"""Code points kept of the words at a reading place."""


class Place(NamedTuple):
    """Where somebody reads: a code point of the text, and how far that is (0 to 1)."""

    position: int
    progress: float


class Places:
    """Reads and writes reading places."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, copy: Copy, position: int, progress: float) -> None:
        """Keep a place: a code point, and how far that is (0 to 1)."""
        words = copy.text.string[position : position + _WORDS]
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO places (text_id, position, words, progress) "
                "VALUES (?, ?, CAST(? AS TEXT), ?) "
                "ON CONFLICT (text_id) DO UPDATE SET position = excluded.position, "
                "words = excluded.words, progress = excluded.progress",
                (copy.manifest.id, position, as_text(words), progress),
            )

    def of(self, copy: Copy) -> Place | None:
        """The place in a text, be it another revision; None if there is none."""
        with self._database.reading() as connection:
            row: tuple[int, str, float] | None = connection.execute(
                "SELECT position, words, progress FROM places WHERE text_id = ?",
                (copy.manifest.id,),
            ).fetchone()
        if row is None:
            return None
        position, words, share = row
        progress = min(max(share, 0.0), 1.0)
        found = anchor(copy.text.string, Selector(words, start=position))
        if found.start is not None:
            return Place(found.start, progress)
        return Place(round(progress * len(copy.text.string)), progress)
