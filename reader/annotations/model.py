"""What an annotation is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.annotations.selectors import Selector

IGNORE_CASE = "i:"
"""What a term begins with when it matches in any case."""


class Kind(StrEnum):
    """The kinds that an author writes; the values are those of annotations.yaml."""

    DEFINITION = "definition"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    EVENT = "event"
    FIGURE = "figure"
    REFERENCE = "reference"
    QUESTION = "question"


class ChartKind(StrEnum):
    """How the numbers of a figure are drawn."""

    BARS = "bars"
    SHARE = "share"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure as data: labels and numbers in the order in which they are shown."""

    kind: ChartKind
    values: tuple[tuple[str, float], ...]
    unit: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the copy: its path inside the copy, and the words that stand for it."""

    file: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One authored annotation.

    It belongs to every mention of its `terms` (written `i:word` to match in any
    case), to its `targets`, to the words that the text links to it by hand, or,
    with `whole_text`, to the text as a whole. `date` and `until` are ISO dates of
    any precision (year, month or day).
    """

    id: str
    kind: Kind
    title: str
    body: str = ""
    terms: tuple[str, ...] = ()
    targets: tuple[Selector, ...] = ()
    whole_text: bool = False
    see: tuple[str, ...] = ()
    date: str = ""
    until: str = ""
    chart: Chart | None = None
    image: Image | None = None


def bare_term(term: str) -> str:
    """The words of a term, without the sign that says how they match."""
    return term.removeprefix(IGNORE_CASE).strip()
