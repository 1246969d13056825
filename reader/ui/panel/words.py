"""Words that several parts of the panel say."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def mention_words(count: int) -> str:
    """How many mentions there are."""
    return QCoreApplication.translate("Panel", "%n mention(s)", "", count)
