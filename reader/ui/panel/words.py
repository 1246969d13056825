"""Words that several parts of the panel say."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.text.model import OBJECT

MOST_LETTERS = 240
"""Of a quote or a note: more than two lines of a wide panel hold."""


def mention_words(count: int) -> str:
    """How many mentions there are."""
    return QCoreApplication.translate("Panel", "%n mention(s)", "", count)


def shortened(words: str, most: int = MOST_LETTERS) -> str:
    """`words` on one line, cut between two of them where there are more than `most` letters."""
    start = " ".join(words[: 4 * most].replace(OBJECT, " ").split())
    if len(start) <= most:
        return start
    return f"{start[:most].rsplit(' ', 1)[0]}…"
