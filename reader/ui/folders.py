"""Folders as people write them."""

from __future__ import annotations

from pathlib import Path


def shown_folder(folder: Path) -> str:
    """A folder in words: what is in the home begins with ~, which alone would say little."""
    try:
        inside = folder.relative_to(Path.home())
    except ValueError:
        return str(folder)
    return str(Path("~") / inside) if inside.parts else str(folder)
