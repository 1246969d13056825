"""Marks as the page of notes lists them: on few lines, and found by a few letters."""

from __future__ import annotations

from functools import cached_property

from reader.annotations.anchors import State
from reader.annotations.marks import Mark
from reader.annotations.note_links import without_links
from reader.annotations.placing import PlacedMark
from reader.copies.layers import Layer
from reader.ui.panel.words import shortened


class NoteEntry:
    """One mark. What is shown or searched is worked out when it is first asked for."""

    def __init__(self, placed: PlacedMark, layer: Layer | None = None) -> None:
        """`layer` is somebody else's; None for a mark of the reader's own."""
        self.placed, self.layer = placed, layer
        self.folded: str | None = None

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
        return shortened(plain(lines[0])) or shortened(lines[0])

    @cached_property
    def tags(self) -> str:
        """Its tags, each with its sign."""
        return " ".join(f"#{tag}" for tag in self.mark.tags)

    @property
    def searched(self) -> str:
        """The words in which it is found."""
        mark = self.placed.mark
        name = self.layer.name if self.layer else ""
        tags = "#" + " #".join(mark.tags) if mark.tags else ""
        return f"{mark.selector.exact}\n{mark.note}\n{tags}\n{name}"


def plain(note: str) -> str:
    """Markdown without its signs."""
    from reader.text.markdown import parse_markdown

    return parse_markdown(without_links(note)).string
