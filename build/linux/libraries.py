"""Which libraries of the system the frozen program needs, read from its own files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path


def needed(frozen: Path) -> list[str]:
    """The libraries (libX11.so.6, ...) that something in the folder needs and it does not hold."""
    own = {file.name for file in frozen.rglob("*.so*")}
    wanted = {
        name
        for file in binaries(frozen)
        for name in re.findall(r"NEEDED\s+(\S+)", _objdump("-p", file))
    }
    return sorted(wanted - own)


def least_libc(frozen: Path) -> str:
    """The oldest version of the C library that has every function that is asked of it."""
    versions = {
        tuple(map(int, found.split(".")))
        for file in binaries(frozen)
        for found in re.findall(r"GLIBC_([0-9.]+)", _objdump("-T", file))
    }
    return ".".join(map(str, max(versions)))


def binaries(folder: Path) -> Iterator[Path]:
    """The programs and libraries below a folder, links left out."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as start:
                if start.read(4) == b"\x7fELF":
                    yield file


def forget_build_paths(folder: Path) -> None:
    """Take out where libraries were looked for on the machine that built them.

    Whoever could write there could have the program load anything.
    """
    for file in binaries(folder):
        if re.search(r"R(?:UN)?PATH\s+/", _objdump("-p", file)):
            subprocess.run(["patchelf", "--remove-rpath", file], check=True)


def _objdump(option: str, file: Path) -> str:
    return subprocess.run(["objdump", option, file], capture_output=True, text=True).stdout
