"""The window as a screen reader meets it: roles, states, and the structure of the text.

Qt speaks for its own widgets, and for the page's words, for the page is a text edit. What it
cannot know is said here: which of our widgets is a toolbar, a list or a card, and what the
words on the page are: headings, lists, tables, links to annotations, marks. Nothing here is
imported before a screen reader asks.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QLoggingCategory, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface


def install() -> None:
    """Have Qt ask here first when somebody wants to know what a widget is."""
    QAccessible.installFactory(_made)
    # Qt would tell the terminal of every question about what went a moment before.
    QLoggingCategory.setFilterRules("qt.accessibility.*.warning=false")


def _made(kind: str, thing: QObject) -> QAccessibleInterface | None:
    # PySide leaves an error set for whatever runs next, which then fails in its stead.
    try:
        from reader.ui.accessible.factory import made

        return made(kind, thing)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return None
