"""How it is kept what the files of a copy say, and where its annotations belong: as JSON."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from reader.annotations.anchors import Anchor, State
from reader.annotations.attachment import Attachment, Mention
from reader.annotations.model import Annotation, Chart, ChartKind, Image, Kind
from reader.annotations.selectors import Selector
from reader.copies.manifest import Manifest
from reader.copies.parsed import Attached, Declared, NamedPicture
from reader.library import json_parts
from reader.problems import Problem

_LISTS = ("annotations", "mentions", "dead", "unsure", "problems", "pictures")


def encode_declared(declared: Declared) -> bytes:
    """What a document.yaml says."""
    return json.dumps([astuple(declared.manifest), _rows(declared.problems)]).encode()


def decode_declared(data: bytes) -> Declared:
    """The same again. Raises ValueError, KeyError or TypeError when it is none."""
    manifest, problems = json.loads(data)
    identifier, title, text_file, revision, authors, *others = manifest
    return Declared(
        Manifest(identifier, title, text_file, revision, tuple(authors), *others),
        tuple([Problem(*row) for row in problems]),
    )


def encode_attached(attached: Attached) -> bytes:
    """Annotations in their places."""
    order = {id(annotation): number for number, annotation in enumerate(attached.annotations)}
    attachment = attached.attachment
    return json_parts.encode(
        {
            "annotations": [_annotation_row(each) for each in attached.annotations],
            "mentions": [(each.start, each.end, each.annotation) for each in attachment.mentions],
            "dead": attachment.dead_links,
            "unsure": [
                (order[id(annotation)], astuple(selector), astuple(anchor))
                for annotation, selector, anchor in attachment.unsure
            ],
            "problems": _rows(attached.problems),
            "pictures": _rows(attached.pictures),
        }
    )


def decode_attached(data: bytes) -> Attached:
    """The same again. Raises ValueError, KeyError, TypeError or IndexError when it is none."""
    read = json_parts.decode(data, _LISTS)
    annotations = tuple([_annotation(*row) for row in read["annotations"]])
    return Attached(
        annotations,
        Attachment(
            tuple([Mention(*row) for row in read["mentions"]]),
            tuple([(target, start) for target, start in read["dead"]]),
            tuple(
                [
                    (annotations[number], Selector(*selector), _anchor(*anchor))
                    for number, selector, anchor in read["unsure"]
                ]
            ),
        ),
        tuple([Problem(*row) for row in read["problems"]]),
        tuple([NamedPicture(*row) for row in read["pictures"]]),
    )


def _annotation_row(annotation: Annotation) -> tuple[object, ...]:
    chart, image = annotation.chart, annotation.image
    return (
        annotation.id,
        annotation.kind,
        annotation.title,
        annotation.body,
        annotation.terms,
        _rows(annotation.targets),
        annotation.whole_text,
        annotation.see,
        annotation.date,
        annotation.until,
        (chart.kind, chart.values, chart.unit, chart.title) if chart else None,
        (image.file, image.alt, image.caption) if image else None,
    )


def _annotation(
    identifier: str,
    kind: str,
    title: str,
    body: str,
    terms: list[str],
    targets: list[Any],
    whole_text: bool,
    see: list[str],
    date: str,
    until: str,
    chart: list[Any] | None,
    image: list[Any] | None,
) -> Annotation:
    return Annotation(
        identifier,
        Kind(kind),
        title,
        body,
        tuple(terms),
        tuple([Selector(*row) for row in targets]) if targets else (),
        whole_text,
        tuple(see),
        date,
        until,
        _chart(*chart) if chart else None,
        Image(*image) if image else None,
    )


def _chart(kind: str, values: list[Any], unit: str, title: str) -> Chart:
    return Chart(ChartKind(kind), tuple([(name, value) for name, value in values]), unit, title)


def _anchor(state: str, *others: Any) -> Anchor:
    return Anchor(State(state), *others)


def _rows(each: tuple[Any, ...]) -> list[tuple[object, ...]]:
    return [astuple(one) for one in each]
