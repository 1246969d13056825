"""A copy as plain data, for other programs: what `inspect --json` prints."""

from __future__ import annotations

from typing import Any

from reader.copies.copy import Copy


def describe(copy: Copy) -> dict[str, Any]:
    """The copy's sections, blocks, annotations and layers; positions are code points."""
    return {
        "id": copy.manifest.id,
        "revision": copy.revision,
        "title": copy.manifest.title,
        "language": copy.manifest.language,
        "sections": [
            {"level": section.level, "title": section.title, "start": section.start}
            for section in copy.text.sections
        ],
        "blocks": [
            {"kind": block.kind.value, "start": block.start, "end": block.end}
            for block in copy.text.blocks
        ],
        "annotations": [
            {
                "id": annotation.id,
                "kind": annotation.kind.value,
                "title": annotation.title,
                "mentions": [[m.start, m.end] for m in copy.attachment.of(annotation.id)],
                "see": list(annotation.see),
            }
            for annotation in copy.annotations
        ],
        "layers": [
            {
                "id": layer.id,
                "name": layer.name,
                "creator": layer.creator,
                "marks": len(layer.marks),
            }
            for layer in copy.layers
        ],
    }
