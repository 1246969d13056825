"""What the tests of print share: copies with marks, and PDFs read by another program."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from reader.annotations.marks import Mark, MarkKind, selector_of
from reader.copies.copy import Copy
from reader.exchange.notebook import Notebook
from reader.ui.fonts import Faces
from reader.ui.printing.options import PrintOptions
from reader.ui.printing.pdf import pdf_of


class Pdf:
    """A PDF as a reader of PDFs that is not ours reads it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self.pages = [squeezed(page.extract_text()) for page in self.reader.pages]
        self.text = "".join(self.pages)

    def page_of(self, words: str) -> int:
        """The one page that has some words."""
        [page] = [n for n, page in enumerate(self.pages) if squeezed(words) in page]
        return page

    def count(self, words: str) -> int:
        return self.text.count(squeezed(words))


def squeezed(words: str) -> str:
    """Words without spaces: a PDF has letters in places, and where there is space is a guess."""
    return "".join(words.split())


MakeMark = Callable[..., Mark]
MakePdf = Callable[..., Pdf]


@pytest.fixture
def mark() -> MakeMark:
    """Makes a mark on the first place where some words stand; a number makes its id."""

    def make(copy: Copy, words: str, number: int = 1, **fields: Any) -> Mark:
        start = copy.text.string.index(words)
        values: dict[str, Any] = {
            "kind": MarkKind.NOTE if fields.get("note") else MarkKind.HIGHLIGHT,
            "created": "2025-03-04T05:06:07Z",
        }
        return Mark(
            id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
            selector=selector_of(copy.text.string, start, start + len(words)),
            **(values | fields),
        )

    return make


@pytest.fixture
def make_pdf(faces: Faces) -> MakePdf:
    """Prints a notebook."""

    def make(notebook: Notebook, **options: Any) -> Pdf:
        return Pdf(pdf_of(notebook, faces, PrintOptions(**options)))

    return make
