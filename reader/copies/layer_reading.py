"""The layers of a copy's folder; a damaged one costs only itself, and is told of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.annotations.marks import Mark
from reader.annotations.w3c.incoming import LONGEST_NAME, Incoming, Skip
from reader.annotations.w3c.pages import MOST, contents
from reader.annotations.w3c.reading import creator_name, read_annotation
from reader.annotations.w3c.shapes import TooLong, Unreadable, line, mapping, read_json
from reader.annotations.w3c.writing import made_id
from reader.copies.inside import file_inside, is_file
from reader.copies.layers import Layer, apart, in_order, with_stripes
from reader.copies.limits import MEGABYTE, megabytes
from reader.copies.names import composed, fault_of
from reader.copies.parts import LAYER_SUFFIX, LAYERS
from reader.problems import Problem

LARGEST = 8 * MEGABYTE
"""Bytes of one layer: some 8,000 marks with a note."""
LARGEST_OF_ALL = 16 * MEGABYTE
"""Bytes of all layers of a copy."""
MOST_LAYERS = 100
"""Layers of a copy. All together may hold `MOST` marks."""
MOST_VALUES = 1_000_000
"""Lists, objects and commas of all layers: time and memory to read them go by their number."""

_AS_IT_WAS = "Ask for the file again, or remove it."


def read_layers(folder: Path, document: str) -> tuple[tuple[Layer, ...], list[Problem]]:
    """The layers on the text with the id `document` in a copy's folder, and what is amiss."""
    problems: list[Problem] = []
    layers: list[Layer] = []
    left, room = MOST, _Room()
    for number, name in enumerate(_names(folder, problems)):
        file = f"{LAYERS}/{name}"
        try:
            if number >= MOST_LAYERS:
                raise _Refused(f"is one of more than {MOST_LAYERS}", "Remove some.")
            data = _data(folder, name)
            room.take(data)
            layer, skipped = _layer(data, composed(name)[: -len(LAYER_SUFFIX)], document, left)
        except _Refused as why:
            problems.append(Problem(file, why.line, why.code, f"This layer {why}.", why.advice))
            continue
        left -= len(layer.marks)
        layers.append(layer)
        if skipped:
            problems.append(_skipped(file, len(layer.marks), skipped))
    return with_stripes(apart(layers)), problems


class _Refused(Exception):
    """Why a layer is not read: what goes on from “This layer …”, and what to do."""

    def __init__(self, fault: str, advice: str, line: int = 0, code: str = "layer") -> None:
        super().__init__(fault)
        self.advice, self.line, self.code = advice, line, code


def _names(folder: Path, problems: list[Problem]) -> list[str]:
    """The names of the files that are called like layers, hidden ones apart."""
    home = file_inside(folder, LAYERS)
    try:
        if home is None and os.path.lexists(folder / LAYERS):
            raise OSError("it is a link that leads out of the copy")
        if home is None or not home.is_dir():
            return []
        with os.scandir(home) as entries:
            names = [entry.name for entry in entries]
    except OSError as error:
        reason = error.strerror or str(error)
        problems.append(
            Problem(LAYERS, 0, "layer", f"The folder cannot be read ({reason}).", "Look at it.")
        )
        return []
    called = (name for name in names if name.lower().endswith(LAYER_SUFFIX) and name[0] != ".")
    return sorted(called, key=lambda name: name[: -len(LAYER_SUFFIX)])


class _Room:
    """What there is room for in all layers of a copy, whether they turn out well or not."""

    def __init__(self) -> None:
        self._bytes, self._values = LARGEST_OF_ALL, MOST_VALUES

    def take(self, data: bytes) -> None:
        """Take the room that a layer needs; raises _Refused where there is too little."""
        values = sum(data.count(sign) for sign in b"{[,")
        if len(data) > self._bytes or values > self._values:
            most = f"{megabytes(LARGEST_OF_ALL)} or {MOST_VALUES:,} values"
            raise _Refused(f"is too much: all together have more than {most}", "Remove some.")
        self._bytes -= len(data)
        self._values -= values


def _data(folder: Path, name: str) -> bytes:
    if fault := fault_of(composed(f"{LAYERS}/{name}")):
        raise _Refused(f"has a name that {fault}", "Rename the file.", code="layer-name")
    path = file_inside(folder, f"{LAYERS}/{name}")
    if path is None or not is_file(path):
        raise _Refused("is no file of this copy", "Put the file itself there, or remove it.")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _Refused(
            f"cannot be read ({error.strerror or error})", "Look at the file."
        ) from error
    if len(data) > LARGEST:
        raise _Refused(f"has more than {megabytes(LARGEST)}", "Divide it into parts.")
    return data


def _layer(data: bytes, stem: str, document: str, most: int) -> tuple[Layer, list[str]]:
    """The layer in a file, and why some of its annotations are not in it."""
    try:
        value = read_json(data)
        items = contents(value)
        name, creator = _whose(value)
    except Unreadable as error:
        advice = f"{error.advice[:1].upper()}{error.advice[1:]}." if error.advice else _AS_IT_WAS
        raise _Refused(error.fault, advice, error.line) from error
    except TooLong as error:
        raise _Refused("has a name in it that is too long", _AS_IT_WAS) from error
    if items is None:
        raise _Refused("holds no W3C annotations", _AS_IT_WAS)
    if len(items) > most:
        raise _Refused(
            f"has {len(items):,} annotations, and {most:,} is the most that there is room for",
            "Divide it, or remove another.",
        )
    skipped: list[str] = []
    marks = tuple(_marks(items, stem, document, skipped))
    makers = {mark.creator for mark in marks if mark.creator}
    creator = creator or (makers.pop() if len(makers) == 1 else "") or name
    name = name or creator or " ".join(stem.replace("_", " ").replace("-", " ").split()) or stem
    creator = creator or name
    marks = tuple(each if each.creator else replace(each, creator=creator) for each in marks)
    return Layer(stem, name, creator, in_order(marks)), skipped


def _whose(value: Any) -> tuple[str, str]:
    """What a page's collection, or a collection, says that it is called, and whose it is."""
    top = mapping(value)
    collection = top | mapping(top.get("partOf"))
    label = collection.get("label")
    if isinstance(label, dict):  # in several languages
        label = next(iter(label.values()), "")
    label = line(label[0] if isinstance(label, list) and label else label)
    return label[:LONGEST_NAME], creator_name(collection.get("creator"))[:LONGEST_NAME]


def _marks(items: list[Any], stem: str, document: str, skipped: list[str]) -> Iterator[Mark]:
    seen: dict[str, Incoming] = {}
    for number, item in enumerate(items, 1):
        try:
            incoming = read_annotation(item, document)
        except Skip as why:
            skipped.append(f"number {number} {why}")
            continue
        except TooLong:
            skipped.append(f"number {number} is longer than anything that a person marks or writes")
            continue
        identifier = incoming.mark_id
        if identifier in seen and seen[identifier].fingerprint == incoming.fingerprint:
            skipped.append(f"number {number} stands there twice")
            continue
        while identifier in seen:
            identifier = made_id(stem, identifier)
        seen[identifier] = incoming
        yield incoming.mark(identifier, incoming.selector)


def _skipped(file: str, taken: int, skipped: list[str]) -> Problem:
    what = f"{len(skipped)} of its {taken + len(skipped)} annotations cannot be shown"
    advice = "Mend it, or remove it." if len(skipped) == 1 else "Mend them, or remove them."
    return Problem(file, 0, "layer-mark", f"{what}: {skipped[0]}.", advice)
