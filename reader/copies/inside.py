"""Files inside a copy: a copy can name nothing that lies outside its own folder."""

from __future__ import annotations

import re
from pathlib import Path

_DRIVE = re.compile(r"^[A-Za-z]:")


def file_inside(root: Path, name: str) -> Path | None:
    """The path of `name` (with forward slashes) below `root`; None where it would lead out.

    Links are followed before the answer, so a link cannot lead out either.
    """
    if not name or "\\" in name or "\0" in name or name.startswith("/") or _DRIVE.match(name):
        return None
    try:
        base = root.resolve()
        path = (base / name).resolve()
    except (OSError, RuntimeError):
        return None
    return path if path.is_relative_to(base) else None
