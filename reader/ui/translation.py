"""Words that stand in tables, to be translated when they are shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for translation; Qt's own function of this name is typed to return anything."""
    return text
