"""How other people's marks look on their words: worked out for those that are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.annotations.marks import MarkKind
from reader.ui.layers import LayerMark, Layers
from reader.ui.marks_on_page import Range, in_drawing_order
from reader.ui.page.decorations import Look
from reader.ui.theme import Theme


class LayersOnPage:
    """The marks of the layers that are seen, as ranges (code points) with their looks."""

    def __init__(self, layers: Layers, theme: Theme, active: str) -> None:
        """`active` is the id of the mark whose card is open; empty for none."""
        self._layers, self._theme, self._active = layers, theme, active
        self._looks: dict[str, tuple[Look, Look]] = {}
        """How highlights and bookmarks of each layer look that is seen."""
        shown = (each for each in layers.all() if layers.is_shown(each.id))
        for lane, layer in enumerate(shown, 1):
            stripe = theme.color(f"stripe_{layer.stripe}")
            self._looks[layer.id] = Look(bracket=stripe, lane=lane), Look(flag=stripe, lane=lane)

    def touching(self, start: int, end: int) -> Iterator[Range]:
        """The ranges that overlap `start:end`, in the order in which they are drawn."""
        there = (
            each
            for each in self._layers.touching(start, end)
            if each.layer.id in self._looks and each.mark.kind is not MarkKind.ANSWER
        )
        found = [(each.placed.start, each.placed.end, self._look(each)) for each in there]
        return in_drawing_order(found, start, end)

    def _look(self, each: LayerMark) -> Look:
        words, flag = self._looks[each.layer.id]
        if each.mark.kind is MarkKind.BOOKMARK:
            return flag
        if each.id != self._active:
            return words
        return replace(words, fill=self._theme.tint(f"stripe_{each.layer.stripe}", "page", 0.16))
