"""Marks as the page of notes lists them: on few lines, and found by a few letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property

from reader.annotations.anchors import State
from reader.annotations.marks import Mark
from reader.annotations.note_links import without_links
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.ui.panel.entries import fold
from reader.ui.panel.words import shortened

_BETWEEN = "\x1e"


class NoteEntry:
    """One mark. What is shown or searched is worked out when it is first asked for."""

    def __init__(self, placed: PlacedMark, layer: Layer | None = None) -> None:
        """`layer` is somebody else's; None for a mark of the reader's own."""
        self.placed, self.layer = placed, layer
        self.folded: str | None = None
        """What is `searched`, folded, once it was asked for."""

    @property
    def mark(self) -> Mark:
        return self.placed.mark

    @property
    def state(self) -> State:
        """How sure its place in the text is."""
        return self.placed.anchor.state

    @cached_property
    def quote(self) -> str:
        """The words that it is on, on one line and shortened; empty for those of a picture."""
        return shortened(self.mark.selector.exact)

    @property
    def has_note(self) -> bool:
        return bool(self.mark.note.strip())

    @cached_property
    def note(self) -> str:
        """The first line of its note, as plain words; empty only where there is no note."""
        lines = self.mark.note.strip().splitlines() or [""]
        return shortened(_plain(lines[0])) or shortened(lines[0])

    @cached_property
    def tags(self) -> str:
        """Its tags, each with its sign."""
        return " ".join(f"#{tag}" for tag in self.mark.tags)

    @cached_property
    def day(self) -> date | None:
        """The day on which it was made, by the clock of this place."""
        try:
            return datetime.fromisoformat(self.mark.created).astimezone().date()
        except (ValueError, OverflowError, OSError):
            return None

    @property
    def searched(self) -> str:
        """The words in which it is found."""
        mark = self.mark
        name = self.layer.name if self.layer else ""
        return "\n".join((mark.selector.exact, mark.note, self.tags, name))

    def has(self, words: Sequence[str], color: str) -> bool:
        """Whether each of `words` occurs in it or in the names of its `color`; all are folded."""
        if self.folded is None:
            self.folded = fold(self.searched)
        folded = self.folded
        return all(word in folded or word in color for word in words)


def fold_all(entries: Iterable[NoteEntry]) -> None:
    """Make many ready to be searched: one long string is folded sooner than many short ones."""
    some = [entry for entry in entries if entry.folded is None]
    every = fold(_BETWEEN.join(entry.searched.replace(_BETWEEN, " ") for entry in some))
    for entry, folded in zip(some, every.split(_BETWEEN), strict=False):
        entry.folded = folded


def _plain(line: str) -> str:
    """A line of Markdown without its signs."""
    from reader.text.markdown import parse_markdown

    return parse_markdown(without_links(line)).string
