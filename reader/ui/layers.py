"""The layers of the text that is shown: whose marks there are, and which of them are seen.

The author's annotations and the reader's own marks can be hidden as well. What other people
marked is read here, placed and never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


_Ready = tuple[dict[str, LayerMark], MarkOrder, Sequence[LayerMark]]
"""Marks by their ids, in the order of the text, and those among them that say something."""


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
        self._ids: frozenset[str] = frozenset()
        """The ids of the marks in the copy's layers."""
        self._layers: tuple[Layer, ...] = ()
        self._imported: frozenset[str] = frozenset()
        self._placed: dict[str, LayerMark] = {}
        self._order = MarkOrder()
        self._noted: Sequence[LayerMark] = ()
        """The marks with a note that have a place, in the order of the text."""
        self._seen: Sequence[LayerMark] | None = ()
        """Those of them that are in layers that are seen; None while that is not known."""
        self._hidden: frozenset[str] = frozenset()
        self._placing = Background(self)
        marks.changed.connect(self._marks_changed)

    def show_copy(self, copy: Copy) -> None:
        """Turn to another text, before the marks do; their `changed` brings the layers."""
        self._placing.cancel()
        self._turn_to(copy)
        self._layers, self._placed, self._imported = (), {}, frozenset()
        self._order = MarkOrder()
        self._noted, self._seen = (), None
        kept = self._settings[_SETTING].get(copy.manifest.id)
        self._hidden = frozenset(
            each for each in (kept if isinstance(kept, list) else ()) if isinstance(each, str)
        )

    def renew(self, copy: Copy) -> None:
        """Turn to another state of the same text's copy; what it has of layers is the same."""
        self._turn_to(copy)
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

    def noted(self) -> Sequence[LayerMark]:
        """The marks that are seen, have a place and say something; the same till they change."""
        if self._seen is None:
            self._seen = [each for each in self._noted if self.is_shown(each.layer.id)]
        return self._seen

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
            theirs = self._marks.imported()
            self._marks.delete_all(mark.id for mark in theirs if mark.creator in gone)

    def _hide(self, hidden: frozenset[str]) -> None:
        if self._copy is None or hidden == self._hidden:
            return
        self._hidden, self._seen = hidden, None
        kept = dict(self._settings[_SETTING])
        kept.pop(self._copy.manifest.id, None)
        if hidden:
            kept[self._copy.manifest.id] = sorted(hidden)
        self._settings[_SETTING] = kept
        self.changed.emit()

    # Following the marks

    def _turn_to(self, copy: Copy) -> None:
        self._copy, self._known = copy, None
        self._ids = frozenset(mark.id for layer in copy.layers for mark in layer.marks)

    def _marks_changed(self, mark_id: str) -> None:
        copy = self._copy
        if copy is None or not self._marks.are_of(copy):
            return
        if mark_id and self._marks.mine(mark_id) is not None:
            self.set_shown(MINE, True)  # what one makes is not to vanish
        theirs = self._marks.imported()
        # Of the reader's own marks those count that are in a layer, too: mostly none.
        ids = self._ids.union(mark.id for mark in theirs)
        placed = map(self._marks.mine, ids)
        own = {each.mark.id: each.mark.selector.exact for each in placed if each is not None}
        if (theirs, own) == self._known:
            return
        first, self._known = self._known is None, (theirs, own)
        if self._ids or theirs:
            own = {each.mark.id: each.mark.selector.exact for each in self._marks.own_in_order()}
        layers, imported = _layers_of(copy, theirs, own)
        if layers != self._layers or first:
            self._imported = imported
            self._place(copy.text.string, layers)

    def _place(self, text: str, layers: tuple[Layer, ...]) -> None:
        count = sum(len(layer.marks) for layer in layers)
        at_once = not count or (count <= _FEW_MARKS and len(text) <= _SHORT_TEXT)
        if not at_once:
            self.changed.emit()  # what is hidden besides can be so already

        def work(_progress: Report) -> _Ready:
            placed = _placed(text, layers)
            order = MarkOrder(each.placed for each in placed)
            says = (each for each in placed if each.mark.note.strip() and not each.placed.orphaned)
            return {each.id: each for each in placed}, order, tuple(says)

        def show(ready: _Ready) -> None:
            self._layers, self._seen = layers, None
            self._placed, self._order, self._noted = ready
            self.changed.emit()

        self._placing.run(work, show, _raise, at_once=at_once)


def _layers_of(
    copy: Copy, theirs: Sequence[Mark], own: Mapping[str, str]
) -> tuple[tuple[Layer, ...], frozenset[str]]:
    """All layers with stripes of their own, and the ids of those that were imported.

    `own` are the words of the reader's own marks by their ids.
    """
    if not (copy.layers or theirs):
        return (), frozenset()
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
