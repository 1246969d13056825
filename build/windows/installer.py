"""The installer for Windows, compiled by makensis; on Linux too, which has makensis in packages."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from build.drawing import write_ico
from build.windows.preparing import PUBLISHER, TITLE, four_numbers

SCRIPT = Path(__file__).with_name("annotated-reader.nsi")

SIGNING = "READER_WINDOWS_SIGN"
"""The variable with a command that signs a program, whose path it is given last."""


def build(frozen: Path, to: Path, version: str, target: str = "x86-unicode") -> Path:
    """Write the installer of a frozen folder into `to`; its path.

    `target` is the kind of program that the installer itself is: x86-unicode comes with every
    makensis, amd64-unicode is for systems that run 64 bits alone. Raises RuntimeError.
    """
    if not (frozen / f"{TITLE}.exe").is_file():
        raise RuntimeError(f"{frozen} has no {TITLE}.exe; freeze the program on Windows first.")
    installer = to / f"annotated-reader-{version}-windows-x86_64.exe"
    icon = to / "icons" / "app.ico"
    icon.parent.mkdir(parents=True, exist_ok=True)
    write_ico(icon)
    size = sum(file.stat().st_size for file in frozen.rglob("*") if file.is_file())
    values = {
        "TARGET": target,
        "PAYLOAD": str(frozen.resolve()),
        "OUT": str(installer.resolve()),
        "ICON": str(icon.resolve()),
        "TITLE": TITLE,
        "PUBLISHER": PUBLISHER,
        "VERSION": version,
        "NUMBERS": ".".join(map(str, four_numbers(version))),
        "KILOBYTES": str(size // 1024),
    }
    if sign := os.environ.get(SIGNING):
        values["SIGN"] = sign
    # NSIS takes options with a slash on Windows and with a dash everywhere.
    words = [f"-D{name}={value}" for name, value in values.items()]
    done = subprocess.run(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"makensis failed: {(done.stdout + done.stderr).strip()}")
    return installer
