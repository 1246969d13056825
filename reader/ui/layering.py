"""Layers on the page: other people's marks are shown, opened, and copied to one's own notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import MarkKind, moment, new_id, selector_of
from reader.annotations.merging import with_settled_kind
from reader.copies.copy import Copy
from reader.ui.layers import AUTHOR, LayerMark, Layers
from reader.ui.layers_on_page import LayersOnPage
from reader.ui.marks import Marks
from reader.ui.reading import ReadingView
from reader.ui.theme import Theme


class Layering(QObject):
    """Joins the layers to the page and the margin. Nothing here changes them."""

    opened = Signal()
    """The card of somebody else's mark is about to be opened."""

    copied = Signal(str)
    """The reader has a mark of their own now, like somebody else's: its id."""

    def __init__(self, reading: ReadingView, layers: Layers, marks: Marks, theme: Theme) -> None:
        super().__init__(reading)
        self._reading, self._page, self._margin = reading, reading.page, reading.margin
        self.layers = layers
        self._marks = marks
        self._theme = theme
        self._copy: Copy | None = None
        self._active = ""
        self._noted: Sequence[LayerMark] | None = None
        """The marks that have cards because of what they say."""
        self._silent: LayerMark | None = None
        """The mark that has one because it is open, and says nothing."""
        layers.changed.connect(self.refresh)
        reading.annotations_wanted.connect(lambda: layers.set_shown(AUTHOR, True))
        self._margin.maker.copy_wanted.connect(self.copy_to_mine)

    def show_copy(self, copy: Copy) -> None:
        """Turn to the text that the page shows now."""
        self._copy, self._active = copy, ""
        self._noted = self._silent = None
        self.layers.show_copy(copy)

    def renew(self, copy: Copy) -> None:
        """Turn to other annotations of the same text."""
        self._copy = copy
        self.layers.renew(copy)
        self.refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        """Have the page draw the layers as they are now."""
        self._page.looks.set_layers(LayersOnPage(self.layers, self._theme, self._active))

    def refresh(self) -> None:
        """Show the layers as they are now."""
        if self._copy is None:
            return
        self._reading.set_annotations_shown(self.layers.is_shown(AUTHOR))
        self._draw()
        noted, active = self.layers.noted(), self.layers.get(self._active)
        if active is not None and (active.placed.orphaned or active.mark.note.strip()):
            active = None
        if noted or active:
            self._reading.keep_room_for_notes()
        if noted is not self._noted or active is not self._silent:
            self._noted, self._silent = noted, active
            self._margin.set_layer_marks([*noted, active] if active else noted)

    @property
    def active(self) -> str:
        """The id of the mark whose card is open, or empty."""
        return self._active

    # What the reader can do

    def click(self, position: int) -> bool:
        """Open the card of the mark on a code point; False when nobody marked it."""
        found = self.layers.at(position)
        if found is not None:
            self.activate(found.id)
        return found is not None

    def activate(self, mark_id: str) -> None:
        """Open a mark's card beside its words; a layer that is hidden is shown again."""
        found = self.layers.get(mark_id)
        if found is None:
            return
        self.opened.emit()
        self._reading.close_popover()
        self.layers.set_shown(found.layer.id, True)
        if found.placed.orphaned:
            return
        self._active = mark_id
        self.refresh()
        self._reading.open_card(mark_id, found.placed.start, found.placed.end)

    def travel(self, mark_id: str) -> None:
        """Go to a mark's words and open its card."""
        found = self.layers.get(mark_id)
        if found is None:
            return
        placed = found.placed
        if not placed.orphaned and not self._page.is_in_view(placed.start):
            self._reading.travel_to(placed.start, placed.end)
        self.activate(mark_id)

    def close(self) -> None:
        """Close the open mark's card."""
        if self._active:
            self._active = ""
            self.refresh()

    def copy_to_mine(self, mark_id: str) -> None:
        """Make a mark of the reader's own like somebody else's, whose name stands below it."""
        found = self.layers.get(mark_id)
        if found is None or found.placed.orphaned or self._copy is None:
            return
        mark, now = found.mark, moment()
        maker = mark.creator or found.layer.name
        note = mark.note.rstrip()
        mine = replace(
            mark,
            id=new_id(),
            kind=MarkKind.HIGHLIGHT,
            selector=selector_of(self._copy.text.string, *self._range(found)),
            note=f"{note}\n\n— {maker}" if note else "",
            creator="",
            created=now,
            modified=now,
            answers="",
        )
        self._marks.take_in([with_settled_kind(mine)])
        self.copied.emit(mine.id)

    # Inside

    @staticmethod
    def _range(each: LayerMark) -> tuple[int, int]:
        return each.placed.start, each.placed.end
