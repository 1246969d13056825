"""annotations.yaml -> annotations, with a problem for everything that is amiss.

What can be read is read: one bad entry never hides the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from reader.annotations import fields
from reader.annotations.entry import Entry
from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind, bare_term
from reader.annotations.selectors import Selector
from reader.annotations.yaml_source import read_yaml
from reader.problems import Problem, quoted

WHOLE_TEXT = "text"
"""What `target` says when an annotation belongs to the text as a whole."""

_Choice = TypeVar("_Choice", bound=StrEnum)
_ID = re.compile(r"[\w-]+")
_MOST_VALUES = 200
_MOST_TARGETS = 2_000
_LONGEST_ID = 200
_LONGEST_TERM = 200


@dataclass(slots=True)
class AnnotationFile:
    """What an annotations.yaml holds, and what is wrong with it."""

    annotations: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """The line of each entry's id, terms, target, see, body and image, by (id, field).

    Entries that could not be read are here too, so that links to them are not
    called dead.
    """
    readable: bool = True
    """Whether any of it could be read; else nobody knows which ids there are."""

    @property
    def ids(self) -> set[str]:
        """The ids of all entries, also of those that could not be read."""
        return {identifier for identifier, _ in self.lines}


def read_annotations(source: str, file: str = fields.FILE) -> AnnotationFile:
    """Read the text of an annotations.yaml; `file` is what problems call it."""
    result = AnnotationFile()
    top = read_yaml(source, file, fields.ANNOTATIONS, result.problems)
    if top is None:
        result.readable = False
        return result
    targets = 0
    for entry in top.entries("annotations", fields.ANNOTATION):
        identifier = _identifier(entry)
        if not identifier:
            continue
        if (taken := result.lines.get((identifier, "id"))) is not None:
            entry.report(
                "duplicate-id",
                f"The id {quoted(identifier)} is taken already, on line {taken}.",
                "Choose another for one of the two.",
                "id",
            )
            continue
        for name in ("id", "terms", "target", "see", "body", "image"):
            result.lines[identifier, name] = entry.line_of(name)
        if annotation := _annotation(entry, identifier):
            targets += len(annotation.targets)
            if targets > _MOST_TARGETS:
                entry.report(
                    "too-much",
                    f"Here the file has reached {_MOST_TARGETS:,} targets, the most there can be.",
                    "Use `terms` where words suffice, or divide the text into parts.",
                    "target",
                )
                break
            result.annotations.append(annotation)
    return result


def _identifier(entry: Entry) -> str:
    identifier = entry.words("id")
    if not identifier or (len(identifier) <= _LONGEST_ID and _ID.fullmatch(identifier)):
        return identifier
    entry.report(
        "wrong-id",
        f"{quoted(identifier)} cannot be an id.",
        f"Use letters, digits, - and _ only, {_LONGEST_ID} at most.",
        "id",
    )
    return ""


def _annotation(entry: Entry, identifier: str) -> Annotation | None:
    kind = _one_of(entry, "kind", Kind)
    if kind is None:
        return None
    terms = tuple(dict.fromkeys(_terms(entry)))
    title = entry.words("title") or (bare_term(terms[0]) if terms else "")
    whole_text = entry.is_scalar("target") and entry.words("target") == WHOLE_TEXT
    return Annotation(
        id=identifier,
        kind=kind,
        title=title or identifier.replace("-", " ").capitalize(),
        body=entry.words("body"),
        terms=terms,
        targets=() if whole_text else tuple(_targets(entry)),
        whole_text=whole_text,
        see=tuple(dict.fromkeys(entry.word_list("see"))),
        date=entry.date("date"),
        until=entry.date("until"),
        chart=_chart(entry),
        image=_image(entry),
    )


def _terms(entry: Entry) -> Iterator[str]:
    for term in entry.word_list("terms"):
        if len(term) <= _LONGEST_TERM:
            yield term
        else:
            entry.report(
                "too-much",
                f"The term {quoted(term)} has {len(term):,} letters, and {_LONGEST_TERM} are the "
                "most.",
                "Use a `target` for a whole passage.",
                "terms",
            )


def _one_of(entry: Entry, key: str, choices: type[_Choice]) -> _Choice | None:
    words = entry.words(key)
    if not words:
        return None
    try:
        return choices(words)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        entry.report(f"unknown-{key}", f"{quoted(words)} is no {key}.", f"Use one of {known}.", key)
        return None


def _targets(entry: Entry) -> Iterator[Selector]:
    for target in entry.entries("target", fields.TARGET):
        if exact := target.words("exact"):
            yield Selector(
                exact=exact,
                prefix=target.raw("prefix"),
                suffix=target.raw("suffix"),
                start=target.number("start"),
                end=target.number("end"),
            )


def _chart(entry: Entry) -> Chart | None:
    chart = entry.entry("chart", fields.CHART)
    if chart is None:
        return None
    kind = _one_of(chart, "kind", ChartKind)
    values = chart.numbers("values")
    if kind is ChartKind.SHARE and any(value < 0 for _, value in values):
        chart.report("wrong-number", "A share cannot be negative.", "Use bars instead.", "values")
        return None
    if len(values) > _MOST_VALUES:
        chart.report(
            "too-much",
            f"A chart of {len(values)} values cannot be read.",
            f"Keep to {_MOST_VALUES}.",
            "values",
        )
        return None
    if kind is None or not values:
        return None
    return Chart(kind, tuple(values), chart.words("unit"), chart.words("title"))


def _image(entry: Entry) -> Image | None:
    image = entry.entry("image", fields.IMAGE)
    file = image.words("file") if image else ""
    return Image(file, image.words("alt"), image.words("caption")) if image and file else None
