"""The layers of the text that is shown: whose marks there are, and which of them are seen.

The author's annotations and the reader's own marks can be hidden as well. What other people
marked is read here, placed and never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reader.annotations.marks import Mark
from reader.annotations.placing import PlacedMark, place_marks
from reader.copies.copy import Copy
from reader.copies.layers import Layer, apart, layers_by_creator, of_others, with_stripes
from reader.settings import Settings
from reader.ui.background import Background, Report
from reader.ui.mark_order import MarkOrder
from reader.ui.marks import UNSEEN, Marks

AUTHOR, MINE = ":author", ":mine"
"""What stands for the author's annotations and the reader's own marks: no layer's file is
called like these."""

_SETTING = "hidden-layers"
_FEW_MARKS, _SHORT_TEXT = 200, 200_000
"""Marks, and code points of a text, that are placed in less time than it takes to notice."""


@dataclass(frozen=True, slots=True)
class LayerMark:
    """A mark that somebody else made, and the layer that it is in."""

    placed: PlacedMark
    layer: Layer

    @property
    def mark(self) -> Mark:
        """What it says."""
        return self.placed.mark

    @property
    def id(self) -> str:
        """The mark's id, which no other mark or annotation at hand has."""
        return self.placed.mark.id


class Layers(QObject):
    """Positions are code points of the shown text's canonical string."""

    changed = Signal()
    """There are other layers or marks in them, or others are shown."""

    def __init__(self, marks: Marks, settings: Settings, parent: QObject | None = None) -> None:
        """`marks` has what was imported besides the reader's own."""
        super().__init__(parent)
        self._marks, self._settings = marks, settings
        self._copy: Copy | None = None
        self._known: object = None
        self._layers: tuple[Layer, ...] = ()
        self._imported: frozenset[str] = frozenset()
        self._placed: dict[str, LayerMark] = {}
        self._order = MarkOrder()
        self._hidden: frozenset[str] = frozenset()
        self._placing = Background(self)
        marks.changed.connect(self._marks_changed)

    def show_copy(self, copy: Copy) -> None:
        """Turn to another text, before the marks do; their `changed` brings the layers."""
        self._placing.cancel()
        self._copy, self._known = copy, None
        self._layers, self._placed, self._imported = (), {}, frozenset()
        self._order = MarkOrder()
        kept = self._settings[_SETTING].get(copy.manifest.id)
        self._hidden = frozenset(
            each for each in (kept if isinstance(kept, list) else ()) if isinstance(each, str)
        )

    def renew(self, copy: Copy) -> None:
        """Turn to another state of the same text's copy; what it has of layers is the same."""
        self._copy, self._known = copy, None
        self._marks_changed("")

    # Asking

    def all(self) -> tuple[Layer, ...]:
        """Other people's layers, those of the copy first."""
        return self._layers

    def is_shown(self, layer: str) -> bool:
        """Whether a layer, AUTHOR or MINE is seen."""
        return layer not in self._hidden

    def is_imported(self, layer: str) -> bool:
        """Whether a layer was imported into the library, rather than being part of the copy."""
        return layer in self._imported

    def marks(self, *, hidden: bool = False) -> list[LayerMark]:
        """The marks of the layers that are seen, or of all, in the order of the text."""
        return [each for each in self._placed.values() if hidden or self.is_shown(each.layer.id)]

    def get(self, mark_id: str) -> LayerMark | None:
        """One mark, if it is there, be it hidden."""
        return self._placed.get(mark_id)

    def at(self, position: int) -> LayerMark | None:
        """The innermost mark that is seen on the words at a code point."""
        there = [
            each
            for each in self.touching(position, position + 1)
            if each.mark.kind not in UNSEEN and self.is_shown(each.layer.id)
        ]
        return min(there, key=lambda each: each.placed.end - each.placed.start, default=None)

    def touching(self, start: int, end: int) -> Iterator[LayerMark]:
        """The marks that overlap `start:end`, in the order of the text, be they hidden."""
        return (self._placed[each.mark.id] for each in self._order.touching(start, end))

    @property
    def busy(self) -> bool:
        """Whether marks are still being placed."""
        return self._placing.busy

    # Showing and hiding

    def set_shown(self, layer: str, shown: bool) -> None:
        """Show or hide a layer, AUTHOR or MINE."""
        self._hide(self._hidden - {layer} if shown else self._hidden | {layer})

    def show_only(self, layer: str) -> None:
        """Hide all others; the author's annotations and the reader's marks, too."""
        self._hide(frozenset({AUTHOR, MINE, *(each.id for each in self._layers)}) - {layer})

    def show_all(self) -> None:
        """Hide nothing."""
        self._hide(frozenset())

    def remove(self, layer: str) -> None:
        """Delete what was imported of a layer; it can be taken back as any deletion."""
        gone = {each.creator for each in self._layers if each.id == layer} - {""}
        if self.is_imported(layer):
            theirs = [each.mark for each in self._marks.all() if each.mark.creator in gone]
            self._marks.delete_all(mark.id for mark in theirs)

    def _hide(self, hidden: frozenset[str]) -> None:
        if self._copy is None or hidden == self._hidden:
            return
        self._hidden = hidden
        kept = dict(self._settings[_SETTING])
        kept.pop(self._copy.manifest.id, None)
        if hidden:
            kept[self._copy.manifest.id] = sorted(hidden)
        self._settings[_SETTING] = kept
        self.changed.emit()

    # Following the marks

    def _marks_changed(self, mark_id: str) -> None:
        copy = self._copy
        if copy is None or not self._marks.are_of(copy):
            return
        if mark_id and self._marks.mine(mark_id) is not None:
            self.set_shown(MINE, True)  # what one makes is not to vanish
        marks = [each.mark for each in self._marks.all()]
        theirs = [mark for mark in marks if mark.creator]
        own = {mark.id: mark.selector.exact for mark in marks if not mark.creator}
        if (theirs, own) == self._known:
            return
        first, self._known = self._known is None, (theirs, own)
        layers, imported = _layers_of(copy, theirs, own)
        if layers != self._layers or first:
            self._imported = imported
            self._place(copy.text.string, layers)

    def _place(self, text: str, layers: tuple[Layer, ...]) -> None:
        count = sum(len(layer.marks) for layer in layers)
        at_once = not count or (count <= _FEW_MARKS and len(text) <= _SHORT_TEXT)
        if not at_once:
            self.changed.emit()  # what is hidden besides can be so already

        def work(_progress: Report) -> tuple[dict[str, LayerMark], MarkOrder]:
            placed = _placed(text, layers)
            order = MarkOrder(each.placed for each in placed)
            return {each.id: each for each in placed}, order

        def show(placed: tuple[dict[str, LayerMark], MarkOrder]) -> None:
            self._layers = layers
            self._placed, self._order = placed
            self.changed.emit()

        self._placing.run(work, show, _raise, at_once=at_once)


def _layers_of(
    copy: Copy, theirs: Iterable[Mark], own: Mapping[str, str]
) -> tuple[tuple[Layer, ...], frozenset[str]]:
    """All layers with stripes of their own, and the ids of those that were imported.

    `own` are the words of the reader's own marks by their ids.
    """
    imported = layers_by_creator(theirs, [layer.id for layer in copy.layers])
    others = of_others((*copy.layers, *imported), own)
    layers = with_stripes(apart(others, {*own, *copy.by_id}))
    return layers, frozenset(layer.id for layer in imported)


def _placed(text: str, layers: Iterable[Layer]) -> list[LayerMark]:
    of = {mark.id: layer for layer in layers for mark in layer.marks}
    marks = [mark for layer in layers for mark in layer.marks]
    return [LayerMark(each, of[each.mark.id]) for each in place_marks(text, marks)]


def _raise(error: Exception) -> None:
    raise error
