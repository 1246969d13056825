"""Copies that are made for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

DOCUMENT = """\
format: 1
id: urn:uuid:5e105194-1195-42a8-8522-7c6b1c4c804a
title: The Offer
text: article.md
"""

MakeCopy = Callable[..., Path]


@pytest.fixture
def make_copy(tmp_path: Path) -> MakeCopy:
    """Makes the folder of a copy; a part that is None is left out."""

    def make(
        article: str | None = "# The Offer\n\nA war of attrition.\n",
        annotations: str | None = None,
        document: str | None = DOCUMENT,
    ) -> Path:
        folder = tmp_path / "copy"
        folder.mkdir(exist_ok=True)
        parts = {"article.md": article, "annotations.yaml": annotations, "document.yaml": document}
        for name, words in parts.items():
            if words is not None:
                (folder / name).write_bytes(words.encode())
        return folder

    return make
