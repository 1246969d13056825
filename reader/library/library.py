"""The library as the app uses it: texts that were opened, and where one was in them."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from reader.annotations.anchoring import anchor
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.library.database import connect

_WORDS = 48
"""Code points kept of the words at a reading place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody reads: a code point of the text, and how far that is (0 to 1)."""

    position: int
    progress: float


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text that was opened once: `path` is where it lay then."""

    id: str
    title: str
    path: Path
    progress: float


class Library:
    """One open library. `notice` is a sentence for the reader when it had to be mended."""

    def __init__(self, folder: Path) -> None:
        self._connection, self.notice = connect(folder)

    def close(self) -> None:
        """Close the file; the library cannot be used after."""
        self._connection.close()

    def opened(self, copy: Copy) -> None:
        """Record that a copy was opened now."""
        self._connection.execute(
            "INSERT INTO texts (id, revision, title, path, opened) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, "
            "title = excluded.title, path = excluded.path, opened = excluded.opened",
            (copy.manifest.id, copy.revision, copy.manifest.title, str(copy.path), time.time()),
        )

    def recent(self, most: int = 12) -> list[KnownText]:
        """The texts opened last, newest first."""
        rows = self._connection.execute(
            "SELECT texts.id, title, path, coalesce(progress, 0) FROM texts "
            "LEFT JOIN places ON places.text_id = texts.id ORDER BY opened DESC LIMIT ?",
            (most,),
        )
        return [KnownText(id_, title, Path(path), progress) for id_, title, path, progress in rows]

    def remember_place(self, copy: Copy, position: int, progress: float) -> None:
        """Keep where the reader is: a code point, and how far that is (0 to 1)."""
        words = copy.text.string[position : position + _WORDS]
        self._connection.execute(
            "INSERT INTO places (text_id, position, words, progress) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (text_id) DO UPDATE SET position = excluded.position, "
            "words = excluded.words, progress = excluded.progress",
            (copy.manifest.id, position, words, progress),
        )

    def place(self, copy: Copy) -> Place | None:
        """Where the reader was in this text, be it another revision; None if never there."""
        row: tuple[int, str, float] | None = self._connection.execute(
            "SELECT position, words, progress FROM places WHERE text_id = ?",
            (copy.manifest.id,),
        ).fetchone()
        if row is None:
            return None
        position, words, progress = row
        found = anchor(copy.text.string, Selector(words, start=position))
        if found.start is not None:
            return Place(found.start, progress)
        return Place(round(progress * len(copy.text.string)), progress)


LibraryError = sqlite3.Error
"""What the library's methods raise when its file cannot be read or written."""
