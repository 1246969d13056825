"""What of a copy's pictures will not be drawn, told without drawing them."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import IO

from reader.copies.limits import LIMITS, MOST_PIXELS, megabytes
from reader.copies.svg import LARGEST, MOST_ELEMENTS, UnsafeSvg, checked_svg

_MOST_SVG = 500_000  # elements of SVG in one copy that are looked into: about a second
_MOST_SEGMENTS = 500  # of a JPEG; cameras write some twenty

_SMALLER = "Save it smaller."
_PLAIN = "Save it as a plain SVG with all that it needs inside, or as PNG."


class PictureCheck:
    """Looks into the pictures of one copy, each once."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[str, str] | None] = {}
        self._svg = 0

    def fault_of(self, path: Path) -> tuple[str, str] | None:
        """Why a picture will not be drawn, as “has …”, and what to do; None where it will."""
        if path not in self._known:
            try:
                self._known[path] = self._look(path)
            except OSError as error:
                reason = error.strerror or str(error)
                self._known[path] = f"cannot be read ({reason})", "Look at the file."
        return self._known[path]

    def _look(self, path: Path) -> tuple[str, str] | None:
        size = path.stat().st_size
        if size == 0:
            return None
        if size > LIMITS.file:
            return f"has {megabytes(size)}, and {megabytes(LIMITS.file)} is the most", _SMALLER
        if path.suffix.lower() == ".svg":
            if self._svg > _MOST_SVG:
                most = f"{_MOST_SVG:,}"
                return f"is one too many: those before it have {most} elements", _PLAIN
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
            self._svg += data.count(b"<")
            fault = _fault_of_svg(data)
            return (fault, _PLAIN) if fault else None
        with path.open("rb") as file:
            width, height = pixels(file)
        if width * height > MOST_PIXELS:
            return f"has {width:,} × {height:,} pixels, more than can be drawn", _SMALLER
        return None


def _fault_of_svg(data: bytes) -> str:
    """What an SVG does that keeps it from being drawn, as “refers …”; empty where it is drawn."""
    if data.count(b"<") > 2 * MOST_ELEMENTS:  # building a tree of them all takes its time
        return f"has more than {MOST_ELEMENTS:,} elements"
    try:
        checked_svg(data)
    except UnsafeSvg as error:
        return str(error)
    return ""


def pixels(file: IO[bytes]) -> tuple[int, int]:
    """Width and height that a PNG, JPEG, WebP or GIF declares; 0, 0 where it says none.

    By the formats' own specifications: PNG 11.2.2, JPEG (T.81) B.2.2, GIF89a 18, and for WebP
    RFC 9649 with RFC 6386, 9.1.
    """
    head = file.read(30)
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return _two(struct.unpack(">2L", head[16:24]))
        if head[:4] == b"GIF8":
            return _two(struct.unpack("<2H", head[6:10]))
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return _webp(head)
        if head[:2] == b"\xff\xd8":
            return _jpeg(file)
    except (struct.error, IndexError):  # it ends too early
        pass
    return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<2H", head[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (int.from_bytes(head[at : at + 3], "little") for at in (24, 27))
            return width + 1, height + 1
    return 0, 0


def _jpeg(file: IO[bytes]) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        marker, kind, length = struct.unpack(">BBH", file.read(4))
        if marker != 0xFF:
            return 0, 0
        # The frame header, in any of its kinds; C4, C8 and CC are tables.
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">2H", file.read(5)[1:])
            return width, height
        file.seek(length - 2, 1)
    return 0, 0


def _two(pair: tuple[int, ...]) -> tuple[int, int]:
    return pair[0], pair[1]
