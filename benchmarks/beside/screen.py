"""An X server whose picture lies in memory that is shared, so that looking at it costs little."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import zlib
from contextlib import suppress
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from types import TracebackType

SIZE = (1400, 1000)
"""Pixels of the screen."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def beyond(self, share: float) -> Rect:
        """What is left of it when so much of its width is taken away at the left."""
        away = round(self.width * share)
        return Rect(self.left + away, self.top, self.width - away, self.height)

    def middle(self) -> Rect:
        """Its middle, where neither bars nor margins are: half the width, most of the height."""
        return Rect(
            self.left + self.width // 4, self.top + self.height // 10, self.width // 2,
            self.height * 8 // 10,
        )  # fmt: skip


class Screen:
    """One screen, of a server of its own that ends with it. There is no window manager on it.

    The server writes its picture as X Window Dump, version 7: a header of big-endian numbers,
    a table of colours, and four bytes for each pixel: blue, green, red and one unused.
    """

    def __init__(self, folder: Path, size: tuple[int, int] = SIZE) -> None:
        self.width, self.height = size
        reads, writes = os.pipe()
        server = shutil.which("Xvfb") or "Xvfb"
        self._server = subprocess.Popen(
            [
                *(server, "-displayfd", str(writes), "-fbdir", str(folder), "-nolisten", "tcp"),
                *("-ac", "-noreset", "-screen", "0", f"{self.width}x{self.height}x24"),
            ],
            pass_fds=(writes,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start.")
        self.name = f":{number}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self._picture[:100])
        self._start = head[0] + 12 * head[19]
        self._line = head[12]
        if head[11] != 32:
            raise RuntimeError(f"Xvfb gave {head[11]} bits a pixel, not 32.")

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._picture.close()
        self._server.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._server.wait(10)

    @property
    def whole(self) -> Rect:
        """All of it."""
        return Rect(0, 0, self.width, self.height)

    def shades(self, part: Rect, step: int = 1) -> list[bytes]:
        """How bright (0 to 255) each pixel of a part is, by its green alone; row by row.

        With a `step` of 2 it is every other row.
        """
        rows = []
        for y in range(part.top, min(part.top + part.height, self.height), step):
            at = self._start + y * self._line + 4 * part.left
            rows.append(self._picture[at : at + 4 * part.width][1::4])
        return rows

    def save(self, file: Path) -> None:
        """Write the picture as PNG."""
        lines = bytearray()
        for y in range(self.height):
            at = self._start + y * self._line
            pixels = self._picture[at : at + 4 * self.width]
            colours = bytearray(3 * self.width)
            for channel in range(3):
                colours[channel::3] = pixels[2 - channel :: 4]
            lines += b"\0" + colours  # as it is, without a filter
        head = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b""))
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(starmap(_chunk, parts)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
