"""Imports as Python has them: PySide looks into each for a feature that is not used here."""

from __future__ import annotations

import builtins


def restore() -> None:
    """Import as before PySide was imported.

    For its `__feature__` (methods in snake case, properties) PySide reads the source of every
    module that is imported after it, and Python keeps what was read: a fifteenth of the start,
    and megabytes. What it put in place of Python's function is taken out again.
    """
    # Should a later PySide do without it, there is nothing to restore.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
