"""Why something on a disk cannot be read, each in one sentence."""

from __future__ import annotations

from pathlib import Path

from reader.problems import quoted

_LONGEST_NAME = 120


def named(path: Path) -> str:
    """A file's name in quotes, for a message."""
    return quoted(path.name or str(path), _LONGEST_NAME)


def why_not(path: Path, error: OSError) -> str:
    """What the system says of a file that it would not give."""
    name = named(path)
    if isinstance(error, FileNotFoundError):
        return f"There is no {name} in {path.parent}; check the name, or open another file."
    if isinstance(error, PermissionError):
        return f"{name} may not be read by you; ask its owner, or copy it to a folder of yours."
    reason = error.strerror or str(error)
    return f"{name} could not be read ({reason}); check the disk, or open another file."
