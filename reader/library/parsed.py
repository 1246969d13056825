"""What was parsed, so that a copy opens at once the second time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from zlib import crc32

from reader import __version__
from reader.copies.parsed import Attached, Declared
from reader.library import copy_codec, text_codec
from reader.library.cache import Cache
from reader.library.errors import LibraryError
from reader.text.model import Text

_T = TypeVar("_T")

PARSER = 3
"""To be raised whenever the same file is parsed into something else than before, or kept so."""

MOST_BYTES = 512 * 2**20
"""Bytes that are kept of what was parsed; beyond them the oldest are dropped."""


class Parsed:
    """Keeps what was parsed, by keys that tell what of."""

    def __init__(self, cache: Cache, most_bytes: int = MOST_BYTES) -> None:
        self._cache = cache
        self._most = most_bytes
        self._parser = f"{__version__}/{PARSER}"

    def text_of(self, content: str) -> Text | None:
        """The text of some content, if it was kept by this parser and is not damaged."""
        return self._of(content, text_codec.decode)

    def keep_text(self, content: str, text: Text) -> None:
        """Keep the text of some content; where that cannot be done it is parsed again."""
        self._keep(content, *text_codec.encode(text))

    def declared_of(self, content: str) -> Declared | None:
        """What a document.yaml says; None as for a text."""
        return self._of(content, lambda _, data: copy_codec.decode_declared(data))

    def keep_declared(self, content: str, declared: Declared) -> None:
        """Keep what a document.yaml says."""
        self._keep(content, b"", copy_codec.encode_declared(declared))

    def attached_of(self, content: str) -> Attached | None:
        """Annotations in their places; None as for a text."""
        return self._of(content, lambda _, data: copy_codec.decode_attached(data))

    def keep_attached(self, content: str, attached: Attached) -> None:
        """Keep annotations in their places."""
        self._keep(content, b"", copy_codec.encode_attached(attached))

    def _of(self, content: str, decode: Callable[[bytes, bytes], _T]) -> _T | None:
        row = None
        with suppress(LibraryError):
            row = self._cache.renewing(lambda: self._read(content))
        with suppress(ValueError, KeyError, TypeError, IndexError):
            if row and row[0] == _sum(row[1], row[2]):
                return decode(row[1], row[2])
        return None

    def _keep(self, content: str, string: bytes, layout: bytes) -> None:
        total = len(string) + len(layout)
        if total <= self._most:
            row = (content, self._parser, total, _sum(string, layout), string, layout)
            with suppress(LibraryError):
                self._cache.renewing(lambda: self._write(row))

    def _read(self, content: str) -> tuple[int, bytes, bytes] | None:
        with self._cache.reading() as connection:
            row: tuple[int, bytes, bytes] | None = connection.execute(
                "SELECT checksum, string, layout FROM parsed WHERE content = ? AND parser = ?",
                (content, self._parser),
            ).fetchone()
        return row

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
