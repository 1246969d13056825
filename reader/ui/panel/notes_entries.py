"""Marks as the page of notes lists them: on few lines, and found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from reader.annotations.anchoring import State
from reader.annotations.marks import Mark
from reader.annotations.note_links import without_links
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.text.markdown import parse_markdown
from reader.text.model import OBJECT
from reader.ui.panel.entries import fold

MOST_LETTERS = 240
"""Of a quote or a note: more than two lines of a wide panel hold."""


class NoteEntry:
    """One mark. What is shown or searched is worked out when it is first asked for."""

    def __init__(self, placed: PlacedMark, layer: Layer | None = None) -> None:
        """`layer` is somebody else's; None for a mark of the reader's own."""
        self.placed, self.layer = placed, layer

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

    @cached_property
    def _folded(self) -> str:
        mark = self.mark
        name = self.layer.name if self.layer else ""
        return fold("\n".join((mark.selector.exact, mark.note, self.tags, name)))

    def has(self, words: Sequence[str], color: str) -> bool:
        """Whether each of `words` occurs in it or in the names of its `color`; all are folded."""
        return all(word in self._folded or word in color for word in words)


def shortened(words: str, most: int = MOST_LETTERS) -> str:
    """`words` on one line, cut between two of them where there are more than `most` letters."""
    start = " ".join(words[: 4 * most].replace(OBJECT, " ").split())
    if len(start) <= most:
        return start
    return f"{start[:most].rsplit(' ', 1)[0]}…"


def _plain(line: str) -> str:
    """A line of Markdown without its signs."""
    return parse_markdown(without_links(line)).string
