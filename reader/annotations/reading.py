"""annotations.yaml -> annotations, with a problem for everything that is amiss.

What can be read is read: one bad entry never hides the others.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from reader.annotations import fields
from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind
from reader.annotations.selectors import Selector
from reader.annotations.yaml_source import Entry, read_yaml
from reader.problems import Problem

FILE = "annotations.yaml"

WHOLE_TEXT = "text"
"""What `target` says when an annotation belongs to the text as a whole."""

_Choice = TypeVar("_Choice", bound=StrEnum)
_ID = re.compile(r"[\w-]+")
_MOST_VALUES = 200


@dataclass(slots=True)
class AnnotationFile:
    """What an annotations.yaml holds, and what is wrong with it."""

    annotations: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """The line of each annotation's id, terms, target, see, body and image, by (id, field)."""


def read_annotations(source: str, file: str = FILE) -> AnnotationFile:
    """Read the text of an annotations.yaml; `file` is what problems call it."""
    result = AnnotationFile()
    top = read_yaml(source, file, fields.ANNOTATIONS, result.problems)
    if top is None:
        return result
    for entry in top.entries("annotations", fields.ANNOTATION):
        annotation = _annotation(entry)
        if annotation is None:
            continue
        if (taken := result.lines.get((annotation.id, "id"))) is not None:
            entry.report(
                "duplicate-id",
                f"The id “{annotation.id}” is taken already, on line {taken}.",
                "Choose another for one of the two.",
                "id",
            )
            continue
        for name in ("id", "terms", "target", "see", "body", "image"):
            result.lines[annotation.id, name] = entry.line_of(name)
        result.annotations.append(annotation)
    return result


def _annotation(entry: Entry) -> Annotation | None:
    identifier = entry.words("id")
    if identifier and not _ID.fullmatch(identifier):
        entry.report(
            "wrong-id",
            f"“{identifier}” cannot be an id.",
            "Use letters, digits, - and _ only.",
            "id",
        )
        return None
    kind = _one_of(entry, "kind", Kind)
    if not identifier or kind is None:
        return None
    whole_text = _is_whole_text(entry)
    targets = () if whole_text else tuple(_targets(entry))
    return Annotation(
        id=identifier,
        kind=kind,
        title=entry.words("title") or _title_from(entry, identifier),
        body=entry.words("body"),
        terms=tuple(dict.fromkeys(entry.word_list("terms"))),
        targets=targets,
        whole_text=whole_text,
        see=tuple(dict.fromkeys(entry.word_list("see"))),
        date=entry.date("date"),
        until=entry.date("until"),
        chart=_chart(entry),
        image=_image(entry),
    )


def _title_from(entry: Entry, identifier: str) -> str:
    terms = entry.word_list("terms")
    return terms[0].removeprefix("i:") if terms else identifier.replace("-", " ").capitalize()


def _one_of(entry: Entry, key: str, choices: type[_Choice]) -> _Choice | None:
    words = entry.words(key)
    if not words:
        return None
    try:
        return choices(words)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        entry.report(
            f"unknown-{key}", f"“{words}” is not a {key}.", f"Use one of {known}.", key
        )
        return None


def _is_whole_text(entry: Entry) -> bool:
    return entry.is_scalar("target") and entry.words("target") == WHOLE_TEXT


def _targets(entry: Entry) -> list[Selector]:
    selectors = []
    for target in entry.entries("target", fields.TARGET):
        exact = target.words("exact")
        if exact:
            selectors.append(
                Selector(
                    exact=exact,
                    prefix=target.raw("prefix"),
                    suffix=target.raw("suffix"),
                    start=target.number("start"),
                    end=target.number("end"),
                )
            )
    return selectors


def _chart(entry: Entry) -> Chart | None:
    charts = entry.entries("chart", fields.CHART)
    if not charts:
        return None
    chart = charts[0]
    kind = _one_of(chart, "kind", ChartKind)
    values: list[tuple[str, float]] = []
    for label, words in chart.pairs("values"):
        number = _number(words)
        if number is None:
            chart.report(
                "wrong-number",
                f"“{words}” (of “{label}”) is not a number.",
                "Write it with digits and a point, and say the unit in `unit`.",
                "values",
            )
        else:
            values.append((label, number))
    if kind is ChartKind.SHARE and any(value < 0 for _, value in values):
        chart.report("wrong-number", "A share cannot be negative.", "Use bars instead.", "values")
        return None
    if len(values) > _MOST_VALUES:
        chart.report(
            "too-much", f"A chart of {len(values)} values cannot be read.",
            f"Keep to {_MOST_VALUES}.", "values",
        )
        return None
    if kind is None or not values:
        return None
    return Chart(kind, tuple(values), chart.words("unit"), chart.words("title"))


def _number(words: str) -> float | None:
    try:
        number = float(words.replace("_", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _image(entry: Entry) -> Image | None:
    images = entry.entries("image", fields.IMAGE)
    if not images:
        return None
    image = images[0]
    file, alt = image.words("file"), image.words("alt")
    if not file:
        return None
    return Image(file, alt, image.words("caption"))
