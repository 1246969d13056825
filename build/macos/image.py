"""The disk image for macOS: the bundle, signed and notarised where there is somebody to do so.

READER_MACOS_IDENTITY  the certificate that signs, by its name in the keychain; without it the
                       bundle keeps the signature of nobody that PyInstaller gives it
READER_MACOS_PROFILE   where notarytool keeps how to reach Apple; without it nothing is sent
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build.drawing import write_icns

TITLE = "Annotated Reader"
IDENTITY = "READER_MACOS_IDENTITY"
PROFILE = "READER_MACOS_PROFILE"
ENTITLEMENTS = Path(__file__).with_name("entitlements.plist")

_MACH_O = {bytes.fromhex(magic) for magic in ("cffaedfe", "cafebabe")}
"""How programs and libraries begin: for one processor, or for several."""


def prepare(folder: Path) -> None:
    """Write app.icns into `folder`, where build/annotated-reader.spec looks."""
    folder.mkdir(parents=True, exist_ok=True)
    write_icns(folder / "app.icns")


def build(frozen: Path, to: Path, version: str) -> Path:
    """Write the image of the bundle beside the frozen folder into `to`; its path.

    Raises RuntimeError, with what the tool said that failed.
    """
    bundle = frozen.parent / f"{TITLE}.app"
    if not bundle.is_dir():
        raise RuntimeError(f"{bundle} is not there; freeze the program on macOS first.")
    image = to / f"annotated-reader-{version}-macos-{platform.machine()}.dmg"
    identity, profile = os.environ.get(IDENTITY, ""), os.environ.get(PROFILE, "")
    if identity:
        for file in _programs(bundle):
            _sign(file, identity)
        _sign(bundle, identity)
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(bundle, Path(scratch, bundle.name), symlinks=True)
        Path(scratch, "Applications").symlink_to("/Applications")
        _run(
            "hdiutil", "create", "-volname", TITLE, "-srcfolder", scratch, "-fs", "HFS+",
            "-format", "UDZO", "-ov", "-quiet", str(image),
        )  # fmt: skip
    if identity:
        _run("codesign", "--sign", identity, "--timestamp", str(image))
    if identity and profile:
        _run("xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait")
        _run("xcrun", "stapler", "staple", str(image))
    return image


def _sign(path: Path, identity: str) -> None:
    """Sign with the hardened runtime, without which Apple notarises nothing."""
    _run(
        "codesign", "--force", "--options", "runtime", "--timestamp",
        "--entitlements", str(ENTITLEMENTS), "--sign", identity, str(path),
    )  # fmt: skip


def _programs(bundle: Path) -> Iterator[Path]:
    """The programs and libraries in a bundle, the innermost first: a signature covers others."""
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    for path in sorted(files, key=lambda path: (-len(path.parts), path)):
        with path.open("rb") as file:
            if file.read(4) in _MACH_O:
                yield path


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[:2])} failed: {(done.stderr or done.stdout).strip()}")
