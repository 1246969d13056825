"""A library in an empty folder, a clock that goes when it is told to, texts and marks to put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.model import Annotation
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.manifest import Manifest
from reader.library.library import Library
from reader.text.plain import parse_plain

DAY = 86_400.0


@dataclass
class Clock:
    """Tells the time in seconds since 1970: at first a Monday in 2024, noon UTC."""

    seconds: float = 1_704_110_400.0

    def __call__(self) -> float:
        return self.seconds

    def goes_on(self, days: float) -> None:
        self.seconds += days * DAY


def make_mark(number: int, note: str = "", **values: object) -> Mark:
    """The mark of that number; what is not said follows from the number."""
    chosen: dict[str, object] = {
        "id": f"urn:uuid:{number:032x}",
        "kind": MarkKind.NOTE if note else MarkKind.HIGHLIGHT,
        "selector": Selector(f"words {number}", "before ", " after", number, number + 8),
        "color": list(Color)[number % len(Color)],
        "note": note,
        "created": "2024-01-01T12:00:00Z",
        "modified": "2024-01-02T12:00:00Z",
    }
    return Mark(**(chosen | values))  # type: ignore[arg-type]


def make_copy(
    words: str = "Words.",
    number: int = 1,
    annotations: tuple[Annotation, ...] = (),
    **known: Any,
) -> Copy:
    """A copy whose text says `words`; what is not said of it follows from the number."""
    text = parse_plain(words)
    manifest = replace(Manifest(f"urn:uuid:{number}", f"Text {number}", "a.txt"), **known)
    return Copy(Path(f"/texts/{number}.txt"), manifest, text, text.digest, annotations=annotations)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path, clock: Clock) -> Iterator[Library]:
    library = Library(folder, clock)
    yield library
    library.close()


@pytest.fixture(scope="session")
def mark() -> Callable[..., Mark]:
    return make_mark


@pytest.fixture(scope="session")
def copy_of() -> Callable[..., Copy]:
    return make_copy
