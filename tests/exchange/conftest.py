"""What the tests of the exchange share: a copy, marks on it, and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from reader.annotations.attaching import attach
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.model import Annotation, Chart, ChartKind, Kind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.exchange.notebook import Notebook, notebook_of
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

At full moon and new moon the range is largest, up to 5.5 metres \\* in some years.

## Ships

| Kind | Draught |
|:--|--:|
| Coaster | 4 m |
| Tanker | 12 m |

Ships with a deep draught come in at high water [only], and `leave` before it falls.

- The pilot boards at the outer buoy.
- Tugs make fast at the breakwater.

![A chart of the harbour](figures/chart.svg "The chart")

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
MakeNotebook = Callable[..., Notebook]


def copy_of(article: str, document: str = DOCUMENT, title: str = "The Harbour") -> Copy:
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


@pytest.fixture(scope="session")
def make_copy() -> Callable[..., Copy]:
    """Makes a copy of Markdown that lies nowhere."""
    return copy_of


@pytest.fixture(scope="session")
def copy() -> Copy:
    return copy_of(ARTICLE)


@pytest.fixture(scope="session")
def mark(copy: Copy) -> MakeMark:
    """Makes a mark on the first place where some words stand; a number makes its id."""

    def make(words: str, number: int = 1, on: Copy = copy, **fields: object) -> Mark:
        string = on.text.string
        start = string.index(words)
        values: dict[str, object] = {
            "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
            "selector": selector_of(string, start, start + len(words)),
            "kind": MarkKind.NOTE if fields.get("note") else MarkKind.HIGHLIGHT,
            "color": Color.YELLOW,
            "created": "2025-03-04T05:06:07Z",
            "modified": "2025-03-04T05:06:07Z",
        }
        return Mark(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def notebook(copy: Copy) -> MakeNotebook:
    """Makes a notebook of marks on the copy."""

    def make(
        *marks: Mark,
        names: dict[Color, str] | None = None,
        deleted: Iterable[Mark] = (),
        on: Copy = copy,
    ) -> Notebook:
        return notebook_of(on, marks, names, [each.id for each in deleted])

    return make


@pytest.fixture(scope="session")
def templates() -> Path:
    """The folder of the templates that come with the program."""
    return bundled("resources") / "templates"


@pytest.fixture(scope="session")
def plain(templates: Path) -> NotesTemplate:
    return load_template("markdown", templates)


@pytest.fixture(scope="session")
def obsidian(templates: Path) -> NotesTemplate:
    return load_template("obsidian", templates)
