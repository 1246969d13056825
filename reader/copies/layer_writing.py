"""Layers -> the files of a copy's folder `layers`: W3C annotation pages."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.w3c.writing import annotation_of, annotation_page, as_json
from reader.atomic import write_atomically
from reader.copies.layers import Layer, in_order


def layer_bytes(layer: Layer, document: str) -> bytes:
    """A layer on the text with the id `document` as its file; the same layer gives the same."""
    items = [annotation_of(mark, document) for mark in in_order(layer.marks)]
    page = annotation_page(document, layer.name, items, f"layer/{layer.id}", layer.creator)
    return as_json(page).encode()


def write_layer(folder: Path, layer: Layer, document: str) -> Path:
    """Write a layer into a copy's folder, whole or not at all; its path. Raises OSError."""
    path = folder.joinpath(*layer.file.split("/"))
    write_atomically(path, layer_bytes(layer, document))
    return path
