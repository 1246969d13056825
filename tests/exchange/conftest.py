"""What the tests of the exchange share: a copy, marks on it, and templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotations.attaching import attach
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.model import Annotation, Chart, ChartKind, Kind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.exchange.templates import NotesTemplate, load_template
from reader.locations import bundled
from reader.text.markdown import parse_markdown

DOCUMENT = "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11"
ARTICLE = """# The Harbour

An opening that stands above every section: the harbour lies open to the west.

## Tides

The tide rises twice a day. Pilots wait for slack water *before* they move a ship.

The second paragraph on tides says a little less, but it says it twice.

### Spring tides

At full moon and new moon the range is largest, up to 5.5 metres * in some years.

## Ships

| Kind | Draught |
|:--|--:|
| Coaster | 4 m |
| Tanker | 12 m |

Ships with a deep draught come in at high water [only], and `leave` before it falls.

- The pilot boards at the outer buoy.
- Tugs make fast at the breakwater.

## Ships

A second section of the same name: the wreck of 1911 & what became of its cargo.
"""

ANNOTATIONS = (
    Annotation(
        "draught",
        Kind.FIGURE,
        "Draught",
        targets=(Selector("deep draught"),),
        chart=Chart(ChartKind.BARS, (("coaster", 4.0), ("tanker | laden", 12.5)), unit="m"),
    ),
    Annotation("pilot", Kind.PERSON, "The pilot", terms=("pilot", "Pilots")),
    Annotation("why", Kind.QUESTION, "Why wait?", targets=(Selector("slack water"),)),
)

MakeMark = Callable[..., Mark]


def make_copy(article: str = ARTICLE, document: str = DOCUMENT, title: str = "The Harbour") -> Copy:
    """A copy that lies nowhere."""
    text = parse_markdown(article)
    return Copy(
        path=Path("harbour"),
        manifest=Manifest(
            id=document,
            title=title,
            text_file="article.md",
            revision=2,
            authors=("A. Pilot", "B. Mate"),
            language="en",
            date="2024-05-06",
            source="https://example.org/harbour",
        ),
        text=text,
        revision="sha256:0",
        annotations=ANNOTATIONS,
        attachment=attach(text, ANNOTATIONS),
    )


def make_mark(copy: Copy, words: str, number: int = 1, **fields: object) -> Mark:
    """A mark on the first place where `words` stand; `number` makes its id."""
    string = copy.text.string
    start = string.index(words)
    values: dict[str, object] = {
        "kind": MarkKind.NOTE if fields.get("note") else MarkKind.HIGHLIGHT,
        "color": Color.YELLOW,
        "created": "2025-03-04T05:06:07Z",
        "modified": "2025-03-04T05:06:07Z",
    }
    return Mark(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        selector=selector_of(string, start, start + len(words)),
        **(values | fields),  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def copy() -> Copy:
    return make_copy()


@pytest.fixture(scope="session")
def shipped_templates() -> Path:
    return bundled("resources") / "templates"


@pytest.fixture(scope="session")
def plain(shipped_templates: Path) -> NotesTemplate:
    return load_template("markdown", shipped_templates)
