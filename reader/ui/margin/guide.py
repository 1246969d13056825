"""What a card asks about links and tags: what may be typed, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.annotations.note_links import NoteLink


class Offer(NamedTuple):
    """Words to choose, what is written when they are chosen, and what the words are of."""

    words: str
    written: str
    detail: str = ""


class Guide(QObject):
    """Knows of no tags and no targets; the window's own knows those of the library."""

    more = Signal(str, str, object)
    """Offers that took longer, after all others: what opened them, what was typed, the offers."""

    def offers(self, opened: str, typed: str) -> Sequence[Offer]:
        """The offers at hand for what is `typed` behind `[[` or `#`; `more` may follow."""
        return ()

    def shown(self, link: NoteLink) -> str:
        """The words of a link in a note."""
        return link.words or link.name

    def tip(self, target: str) -> str:
        """What is told of a link's target besides its words: another text's title; or nothing."""
        return ""
