"""What belongs to a copy: its words, its annotations, its pictures and layers; nothing else."""

from __future__ import annotations

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.copies.manifest import FILE as DOCUMENT_FILE

FIGURES = "figures"
LAYERS = "layers"
IMAGE_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
LAYER_SUFFIX = ".jsonld"


def is_picture(name: str) -> bool:
    """Whether a name is a picture's that can be shown."""
    return name.lower().endswith(IMAGE_SUFFIXES)


def belongs(name: str, text_file: str) -> bool:
    """Whether a file of a copy belongs to it; hidden ones never do."""
    parts = name.split("/")
    if any(part.startswith(".") for part in parts):
        return False
    if name in (DOCUMENT_FILE, ANNOTATIONS_FILE, text_file):
        return True
    if parts[0] == LAYERS:
        return len(parts) == 2 and name.lower().endswith(LAYER_SUFFIX)
    return is_picture(name)
