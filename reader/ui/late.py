"""Modules that are imported when they are first wanted, on a thread, while the window goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module


def are_imported(modules: Iterable[str]) -> bool:
    """Whether nothing is left to be imported of these."""
    return all(name in sys.modules for name in modules)


def import_all(modules: Iterable[str]) -> None:
    """Import modules by their names, one after another."""
    for name in modules:
        import_module(name)
