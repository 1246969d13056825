"""The bytes of a file to words, or a plain reason why not."""

from __future__ import annotations

import codecs

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_ALLOWED_CONTROLS = 1000  # one in so many bytes: a stray character, not another format


class UnreadableText(ValueError):
    """A file is no text that can be read; its message is one sentence for the reader."""


def decode(data: bytes, name: str) -> str:
    """The words in `data`, which are UTF-8, or UTF-16 that starts with its byte order mark.

    A byte order mark is taken off; newlines stay as they are. `name` is the
    file's, for messages. Raises UnreadableText where `data` holds no words, is
    binary, or is in another encoding; offsets in bytes and lines count from 0
    and 1.
    """
    words = _decode_utf16(data, name) if data.startswith(_UTF16) else _decode_utf8(data, name)
    if not words.strip():
        raise UnreadableText(f"“{name}” is empty: choose a file that has words in it.")
    return words


def _decode_utf16(data: bytes, name: str) -> str:
    try:
        words = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"“{name}” starts as UTF-16 but breaks off or is damaged at byte {error.start}: "
            "save it again, as UTF-8."
        ) from error
    if "\0" in words:
        raise _binary(name, "a NUL character")
    return words


def _decode_utf8(data: bytes, name: str) -> str:
    nul = data.find(b"\0")
    if nul >= 0:
        raise _binary(name, f"a NUL at byte {nul}")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * _ALLOWED_CONTROLS > len(data):
        raise _binary(name, f"{controls} control characters")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(data) - len(error.object))
        line = data.count(b"\n", 0, start) + 1
        raise UnreadableText(
            f"“{name}” is not UTF-8 (byte {start}, line {line}): open it in the program that "
            "wrote it and save it as UTF-8."
        ) from error


def _binary(name: str, why: str) -> UnreadableText:
    return UnreadableText(
        f"“{name}” is not a text but binary data ({why}): choose a text or Markdown file, "
        "or save its words as a text in UTF-8."
    )
