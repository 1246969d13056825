"""An annotated copy as one file: a zip of a strict form, read and written.

The first entry is `mimetype`, stored, so that the file's first bytes tell what it is. The
others follow in the order of their names, one after another without a gap, with one fixed
time and mode. All are stored: what zlib makes of the same words differs between its
versions, and the same folder shall give the same bytes everywhere. Deflated entries are
read all the same, for who packs a copy with a tool of his own.

The form: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central
directory) and 4.3.16 (end record). Everything that two readers of a zip could understand
in two ways is refused: see `_layout`.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reader.copies.limits import Limits, megabytes
from reader.copies.names import collision, fault_of, shown
from reader.copies.sentences import named, why_not
from reader.problems import CannotOpen

SUFFIX = ".annotated"
MIMETYPE = "application/vnd.annotated-reader+zip"

_MIMETYPE_ENTRY = "mimetype"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # where a zip's calendar begins
_UNIX = 3
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE = 20
_LONGEST_CENTRAL = 2_000  # bytes of one entry in the central directory
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_HARMLESS = 0x800 | 0x6  # the name is UTF-8; how hard deflate tried
_UTF8 = 0x800
_CHUNK = 64 * 1024

_ANEW = "ask whoever made it to pack it again"


def is_container(path: Path) -> bool:
    """Whether a path is called like an annotated copy as one file."""
    return path.suffix.lower() == SUFFIX


def container_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The bytes of a container with these files: their paths, in order and in NFC, and bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        archive.writestr(_entry(_MIMETYPE_ENTRY), MIMETYPE)
        for name, data in files:
            archive.writestr(_entry(name), data)
    return buffer.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _LONG_AGO)
    entry.create_system = _UNIX  # or Windows would write another number
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


@contextmanager
def open_container(path: Path, limits: Limits) -> Iterator[Container]:
    """Open a container whose form is sound; raises CannotOpen where it is not."""
    name = named(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CannotOpen(f"{name} is no file; choose a file that ends in {SUFFIX}.")
        file = path.open("rb")
    except OSError as error:
        raise CannotOpen(why_not(path, error)) from error
    with file:
        try:
            entries = _layout(file, name, limits)
            with ZipFile(file) as archive:
                _same_entries(archive.infolist(), entries, name)
                yield Container(path, file, archive, limits)
        except (BadZipFile, UnicodeDecodeError, NotImplementedError, struct.error) as error:
            raise CannotOpen(f"{name} is damaged; {_ANEW}.") from error


class Container:
    """An open container; its names are safe, its entries plain files, none of them read yet."""

    def __init__(self, path: Path, file: IO[bytes], archive: ZipFile, limits: Limits) -> None:
        self._path = path
        self._file = file
        self._archive = archive
        self._limits = limits
        self._entries = _checked(archive.infolist(), named(path), limits)
        self._counted = 0
        if self.read(_MIMETYPE_ENTRY, len(MIMETYPE)) != MIMETYPE.encode():
            raise CannotOpen(_no_copy(named(path)))
        del self._entries[_MIMETYPE_ENTRY]

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in their order."""
        return tuple(self._entries)

    @property
    def size(self) -> int:
        """Bytes that its files have, as declared."""
        return sum(entry.file_size for entry in self._entries.values())

    def read(self, name: str, most: int) -> bytes:
        """All of a small file; raises CannotOpen where it is not there, or above `most` bytes."""
        if name not in self._entries:
            raise CannotOpen(f"{named(self._path)} holds no {name}; {_ANEW}.")
        if self._entries[name].file_size > most:
            raise self._refused(name, f"has more than {megabytes(most)}")
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file piece by piece; raises CannotOpen as soon as it is too much."""
        entry, limits = self._entries[name], self._limits
        size = 0
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._counted += len(chunk)
                    self._count(name, size)
                    yield chunk
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._refused(name, "is damaged") from error
        if size != entry.file_size or size > limits.file:
            raise self._refused(name, "has another size than it says")

    def raw(self) -> Iterator[bytes]:
        """The bytes of the container itself, piece by piece."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def _count(self, name: str, size: int) -> None:
        limits = self._limits
        if size > limits.file:
            raise self._refused(name, f"has more than {megabytes(limits.file)}")
        # What the directory declares bounds each file; a name may be read twice.
        if self._counted > 2 * limits.total:
            raise CannotOpen(_too_much(named(self._path), limits))
        packed = max(1, self._entries[name].compress_size)
        if size > limits.ratio_from and size > limits.ratio * packed:
            raise self._refused(name, f"unpacks to more than {limits.ratio} times its size")

    def _refused(self, name: str, fault: str) -> CannotOpen:
        return CannotOpen(_refusal(named(self._path), name, fault))


def _refusal(container: str, name: str, fault: str) -> str:
    return f"{container} is refused, for in it {shown(name)} {fault}; {_ANEW}."


def _no_copy(name: str) -> str:
    return f"{name} is not an annotated copy; choose a file that `annotated-reader pack` made."


def _too_much(name: str, limits: Limits) -> str:
    return (
        f"{name} unpacks to more than {megabytes(limits.total)}; "
        "ask whoever made it for one with smaller pictures."
    )


def _layout(file: IO[bytes], name: str, limits: Limits) -> list[tuple[int, bytes]]:
    """Where each entry begins, and its local header's fields, from the first byte to the last.

    The end record has to be the last thing in the file, the central directory just before
    it, and the entries have to fill the rest: nothing before, between or behind, nothing
    twice (the bombs of D. Fifield, "A better zip bomb", 2019, let entries overlap), and
    nothing that only zip64 could say.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise CannotOpen(_no_copy(name))
    tail = min(size, _END.size + _ZIP64_LOCATOR_SIZE)
    file.seek(size - tail)
    end = file.read(tail)
    if end[-_END.size :][:4] != b"PK\x05\x06":
        raise CannotOpen(f"{name} is cut off, or something was added to its end; {_ANEW}.")
    _, disk, first, here, count, length, start, comment = _END.unpack(end[-_END.size :])
    if end.startswith(_ZIP64_LOCATOR) or 0xFFFF in (here, count) or 2**32 - 1 in (length, start):
        raise CannotOpen(f"{name} is written as zip64, for which no copy is large enough; {_ANEW}.")
    if count > limits.files + 1:
        raise CannotOpen(
            f"{name} holds more than {limits.files:,} files; ask whoever made it for fewer."
        )
    if (
        (disk, first, here, comment) != (0, 0, count, 0)
        or start + length + _END.size != size
        or length > count * _LONGEST_CENTRAL
    ):
        raise CannotOpen(f"{name} has something before, behind or between its files; {_ANEW}.")
    entries: list[tuple[int, bytes]] = []
    place = 0
    while place < start and len(entries) <= count:
        file.seek(place)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            break
        entries.append((place, header))
        packed, _, title, extra = _LOCAL.unpack(header)[7:]
        place += _LOCAL.size + title + extra + packed
    if place != start or len(entries) != count:
        raise CannotOpen(f"{name} has something before, behind or between its files; {_ANEW}.")
    return entries


def _same_entries(infos: list[ZipInfo], entries: list[tuple[int, bytes]], name: str) -> None:
    """Raises where the central directory and the local headers do not say the same."""
    if len(infos) != len(entries):
        raise BadZipFile("the central directory ends too early")
    for info, (place, header) in zip(infos, entries, strict=True):
        _, _, flags, method, _, _, crc, packed, size, _, _ = _LOCAL.unpack(header)
        if (info.header_offset, info.flag_bits, info.compress_type) != (place, flags, method) or (
            not flags & 0x8
            and (info.CRC, info.compress_size, info.file_size) != (crc, packed, size)
        ):
            raise CannotOpen(
                _refusal(name, info.orig_filename, "is described in two different ways")
            )


def _checked(infos: list[ZipInfo], container: str, limits: Limits) -> dict[str, ZipInfo]:
    """The entries that are files, by their names, `mimetype` first; folders are passed over."""
    files: dict[str, ZipInfo] = {}
    for info in infos:
        name = info.orig_filename
        if fault := _fault(info, limits):
            raise CannotOpen(_refusal(container, name, fault))
        if info.is_dir():
            continue
        if name in files:
            raise CannotOpen(_refusal(container, name, "stands twice"))
        files[name] = info
    first = next(iter(files.values()), None)
    if (
        first is None
        or first.header_offset != 0
        or (first.orig_filename, first.compress_type, first.extra) != ("mimetype", ZIP_STORED, b"")
    ):
        raise CannotOpen(_no_copy(container))
    if both := collision(files):
        raise CannotOpen(
            f"{container} is refused, for {both} in it are the same on some systems; {_ANEW}."
        )
    if sum(info.file_size for info in infos) > limits.total:
        raise CannotOpen(_too_much(container, limits))
    return files


def _fault(info: ZipInfo, limits: Limits) -> str:
    """What is wrong with one entry by what is declared of it; else empty."""
    name = info.orig_filename
    if not name.isascii() and not info.flag_bits & _UTF8:
        return "has a name that is not UTF-8"
    if fault := fault_of(name.removesuffix("/")):
        return fault
    if info.filename != name:
        return "has two names"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & ~_HARMLESS:
        return "is packed in a way that is not read here"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if info.is_dir() else stat.S_IFREG):
        return "is a link or a device"
    if info.is_dir() and info.file_size:
        return "is a folder with content"
    if info.file_size > limits.file:
        return f"has more than {megabytes(limits.file)}"
    if info.compress_type == ZIP_STORED and info.file_size != info.compress_size:
        return "has another size than it says"
    if info.file_size > max(limits.ratio_from, limits.ratio * info.compress_size):
        return f"unpacks to more than {limits.ratio} times its size"
    return ""
