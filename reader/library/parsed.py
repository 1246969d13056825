"""Parsed texts, so that a long one opens at once the second time."""

from __future__ import annotations

from contextlib import suppress
from zlib import crc32

from reader import __version__
from reader.library.cache import Cache
from reader.library.errors import LibraryError
from reader.library.text_codec import decode, encode
from reader.text.model import Text

PARSER = 1
"""To be raised whenever the same file is parsed into something else than before."""

MOST_BYTES = 512 * 2**20
"""Bytes of parsed texts that are kept; beyond them the oldest are dropped."""


class ParsedTexts:
    """Keeps texts by the hash of what they were parsed from."""

    def __init__(self, cache: Cache, most_bytes: int = MOST_BYTES) -> None:
        self._cache = cache
        self._most = most_bytes
        self._parser = f"{__version__}/{PARSER}"

    def of(self, content: str) -> Text | None:
        """The text of some content, if it was kept by this parser and is not damaged."""
        with suppress(LibraryError):
            return self._cache.renewing(lambda: self._read(content))
        return None

    def keep(self, content: str, text: Text) -> None:
        """Keep the text of some content; where that cannot be done it is parsed again."""
        string, layout = encode(text)
        total = len(string) + len(layout)
        if total <= self._most:
            row = (content, self._parser, total, _sum(string, layout), string, layout)
            with suppress(LibraryError):
                self._cache.renewing(lambda: self._write(row))

    def _read(self, content: str) -> Text | None:
        with self._cache.reading() as connection:
            row = connection.execute(
                "SELECT checksum, string, layout FROM parsed WHERE content = ? AND parser = ?",
                (content, self._parser),
            ).fetchone()
        with suppress(ValueError, KeyError, TypeError):
            if row and row[0] == _sum(row[1], row[2]):
                return decode(row[1], row[2])
        return None

    def _write(self, row: tuple[object, ...]) -> None:
        with self._cache.writing() as connection:
            connection.execute("DELETE FROM parsed WHERE content = ? AND parser = ?", row[:2])
            connection.execute("INSERT INTO parsed VALUES (?, ?, ?, ?, ?, ?)", row)
            connection.execute(_DROP, (self._most,))


_DROP = """
    DELETE FROM parsed WHERE rowid IN (
        SELECT rowid FROM (
            SELECT rowid, sum(bytes) OVER (ORDER BY rowid DESC) AS so_far FROM parsed
        ) WHERE so_far > ?
    )
"""
"""Rows count up, so that the highest are the newest."""


def _sum(string: bytes, layout: bytes) -> int:
    return crc32(layout, crc32(string))
