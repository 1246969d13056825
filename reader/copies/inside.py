"""Files inside a copy: a copy can name nothing that lies outside its own folder."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize


def file_inside(root: Path, name: str) -> Path | None:
    """The path of `name` (with forward slashes) below `root`; None where it would lead out.

    Links are followed before the answer, so a link cannot lead out either. A
    colon is refused, for it names a drive, a stream or the web elsewhere.
    """
    if not name or name.startswith("/") or any(sign in name for sign in "\\:\0"):
        return None
    try:
        base = root.resolve()
        path = (base / name).resolve()
        # One system keeps é as one letter, another as two: whichever is there is meant.
        for form in ("NFC", "NFD"):
            if (other := normalize(form, name)) != name and not path.exists():
                path = (base / other).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return path if path.is_relative_to(base) else None


def is_file(path: Path) -> bool:
    """Whether `path` is a regular file; False also where nobody can tell."""
    try:
        return path.is_file()
    except OSError:
        return False
