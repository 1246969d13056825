"""Layers: the marks of one creator that travel with a copy, as a file of its folder `layers`.

A layer is never mixed with the reader's own marks: each of its marks names its
creator, and none has an id that another mark at hand has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from reader.annotations.marks import Mark
from reader.copies.names import composed, fault_of, key_of
from reader.copies.parts import LAYER_SUFFIX, LAYERS

STRIPES = 6
"""How many colours the stripes of layers have."""

_LONGEST_ID = 48  # letters: 192 bytes at most, and file systems take 255
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Layer:
    """The marks that one creator handed on.

    `id` is the stem of its file, `name` what readers see, `stripe` the number of its colour,
    from 0 to 5. `marks` are in the order of the text as they say it themselves.
    """

    id: str
    name: str
    creator: str
    marks: tuple[Mark, ...] = ()
    stripe: int = 0

    @property
    def file(self) -> str:
        """Its path inside the copy."""
        return f"{LAYERS}/{self.id}{LAYER_SUFFIX}"

    @property
    def creators(self) -> tuple[str, ...]:
        """Who made its marks, each once."""
        return tuple(dict.fromkeys(mark.creator for mark in self.marks))


def layer_of(name: str, creator: str, marks: Iterable[Mark], taken: Collection[str] = ()) -> Layer:
    """A new layer, with an id that is none of `taken`; marks without a creator are given this."""
    identifier = layer_id(name, taken)
    whose = (mark if mark.creator else replace(mark, creator=creator) for mark in marks)
    return Layer(identifier, name, creator, in_order(whose), stripe_of(identifier))


def layers_by_creator(marks: Iterable[Mark], taken: Collection[str] = ()) -> tuple[Layer, ...]:
    """Other people's marks out of many, such as were imported: a layer for each creator."""
    by_creator: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.creator:
            by_creator.setdefault(mark.creator, []).append(mark)
    layers: list[Layer] = []
    for creator, made in sorted(by_creator.items()):
        known = {*taken, *(layer.id for layer in layers)}
        layers.append(layer_of(creator, creator, made, known))
    return tuple(layers)


def apart(layers: Iterable[Layer], own: Iterable[str] = ()) -> tuple[Layer, ...]:
    """The layers, with another id for each mark whose id is one of `own`, or of an earlier layer.

    The other id is made of both, so that it is the same every time.
    """
    taken = set(own)
    told_apart = []
    for layer in layers:
        marks = tuple(_apart(mark, layer.id, taken) for mark in layer.marks)
        told_apart.append(layer if marks == layer.marks else replace(layer, marks=marks))
    return tuple(told_apart)


def of_others(layers: Iterable[Layer], own: Mapping[str, str]) -> tuple[Layer, ...]:
    """The layers without the reader's own marks, as come back in a copy that they handed on.

    `own` are the words of the reader's marks by their ids. A mark that has the id of one, and
    other words, is somebody else's. Layers that are left with nothing go.
    """
    left = (
        replace(
            layer,
            marks=tuple(each for each in layer.marks if own.get(each.id) != each.selector.exact),
        )
        for layer in layers
    )
    return tuple(layer for layer in left if layer.marks)


def _apart(mark: Mark, layer: str, taken: set[str]) -> Mark:
    identifier = mark.id
    while identifier in taken:
        from reader.annotations.w3c.writing import made_id

        identifier = made_id(layer, identifier)
    taken.add(identifier)
    return mark if identifier == mark.id else replace(mark, id=identifier)


def with_stripes(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """The layers with their colours: that of the id, or the next that none before it has."""
    striped: list[Layer] = []
    for number, layer in enumerate(layers):
        taken = {each.stripe for each in striped[number - number % STRIPES :]}
        stripe = stripe_of(layer.id)
        while stripe in taken:
            stripe = (stripe + 1) % STRIPES
        striped.append(replace(layer, stripe=stripe))
    return tuple(striped)


def stripe_of(identifier: str) -> int:
    """The colour that a layer has in every copy, unless another layer there has it."""
    return sha256(identifier.encode("utf-8", "surrogatepass")).digest()[0] % STRIPES


def layer_id(name: str, taken: Collection[str] = ()) -> str:
    """A file's name for a layer that every system takes; it is none of `taken`."""
    word = composed(_NO_WORD.sub("-", composed(name).casefold()))[:_LONGEST_ID].strip("-_")
    if not word or fault_of(f"{LAYERS}/{word}{LAYER_SUFFIX}"):
        word = f"layer-{word}".rstrip("-")
    if fault_of(f"{LAYERS}/{word}{LAYER_SUFFIX}"):
        word = "layer"
    known = {key_of(each) for each in taken}
    number, identifier = 1, word
    while key_of(identifier) in known:
        number += 1
        identifier = f"{word}-{number}"
    return identifier


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by where they were made; those without a position come last."""

    def place(mark: Mark) -> tuple[bool, int, int, str, str]:
        at = mark.selector
        return at.start is None, at.start or 0, at.end or 0, mark.created, mark.id

    return tuple(sorted(marks, key=place))
