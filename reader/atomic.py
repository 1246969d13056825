"""Writing a file so that a crash leaves either the old one or the new one, whole."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data`; it is on the disk when this returns.

    A link stays, and what it leads to is replaced; the file keeps its mode.
    Raises OSError when that cannot be done; the old file is then untouched.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def aside(path: Path) -> Path:
    """A name beside `path` that is still free, for a damaged file to be kept under."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")


def _flush_folder(folder: Path) -> None:
    """Have the new name on the disk too, where the system knows how."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
