"""Runs the smoke test on every package in a folder, each unpacked or installed as its users do.

    python -m build.try_artefacts dist

What the system at hand is expected to have built, and is not there, is a fault. Only Windows
installs for real; a bare Debian system does so for the .deb in `make test-installer`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from build import smoke

NAME = "annotated-reader"


def try_each(folder: Path) -> None:
    """Try all packages in `folder`. Raises RuntimeError at the first that is missing or fails."""
    for pattern, run in _WAYS[sys.platform].items():
        found = sorted(folder.glob(pattern))
        if not found:
            raise RuntimeError(
                f"{folder} has no {pattern}; build it first: python -m build.installer"
            )
        for package in found:
            print(package.name, flush=True)
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
                run(package.resolve(), Path(scratch).resolve())


def _smoke(program: Path) -> None:
    if smoke.main([str(program)]):
        raise RuntimeError(f"{program.name} fails the smoke test; it said why above")


def _deb(package: Path, scratch: Path) -> None:
    _run("dpkg-deb", "-x", str(package), str(scratch))
    _smoke(scratch / "usr/bin" / NAME)


def _rpm(package: Path, scratch: Path) -> None:
    archive = scratch / "archive.tar.gz"
    with package.open("rb") as data, archive.open("wb") as out:
        subprocess.run(["rpm2archive", "-"], stdin=data, stdout=out, check=True)
    with tarfile.open(archive) as unpacked:
        unpacked.extractall(scratch, filter="data")
    _smoke(scratch / "usr/bin" / NAME)


def _tar(package: Path, scratch: Path) -> None:
    with tarfile.open(package) as archive:
        archive.extractall(scratch, filter="data")
    programs = [path for path in scratch.rglob(NAME) if path.is_file()]
    [program] = [path for path in programs if (path.parent / "_internal").is_dir()]
    _smoke(program)


def _exe(package: Path, scratch: Path) -> None:
    to = scratch / "installed"
    # NSIS wants the folder last, and reads it to the end of the line: without quotation marks.
    _run(f'"{package}" /S /CURRENTUSER /NODESKTOP /NOSTARTMENU /NOFILETYPE /D={to}')
    try:
        _smoke(to / f"{NAME}.exe")
    finally:
        _run(f'"{to}\\Uninstall.exe" /S _?={to}')  # it is waited for only where it is told a place


def _dmg(package: Path, scratch: Path) -> None:
    volume = scratch / "volume"
    _run("hdiutil", "attach", "-nobrowse", "-readonly", "-mountpoint", str(volume), str(package))
    try:
        _smoke(volume / f"Annotated Reader.app/Contents/MacOS/{NAME}")
    finally:
        _run("hdiutil", "detach", str(volume))


def _run(*words: str) -> None:
    """Run a command; a single word is a whole line, as Windows takes them."""
    subprocess.run(words[0] if len(words) == 1 else words, check=True)


_WAYS: dict[str, dict[str, Callable[[Path, Path], None]]] = {
    "linux": {f"{NAME}*.deb": _deb, f"{NAME}*.rpm": _rpm, f"{NAME}*-linux-*.tar.xz": _tar},
    "win32": {f"{NAME}*-windows-*.exe": _exe},
    "darwin": {f"{NAME}*-macos-*.dmg": _dmg},
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    try:
        try_each(parser.parse_args(arguments).folder)
    except (RuntimeError, OSError, ValueError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
