"""Whether a copy can be annotated where it lies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.copies.copy import Copy


def why_not(copy: Copy, untouched: Iterable[Path]) -> str:
    """Why a copy cannot be annotated; empty when it can. Those in `untouched` never can."""
    if not copy.path.is_dir():
        return QCoreApplication.translate(
            "Author", "This is a text by itself, or a copy in one file."
        )
    real = Path(os.path.realpath(copy.path))
    for folder in untouched:
        root = Path(os.path.realpath(folder))
        if real == root or root in real.parents:
            return QCoreApplication.translate("Author", "This copy is kept as it came.")
    file = copy.path / ANNOTATIONS_FILE
    there = file if file.exists() else copy.path
    if not (os.access(copy.path, os.W_OK) and os.access(there, os.W_OK)):
        return QCoreApplication.translate("Author", "This copy may not be written.")
    return ""
