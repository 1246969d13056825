"""Marks as W3C Web Annotations (Web Annotation Data Model, Recommendation of 23 February 2017).

The target is the text, named by its id, with a TextQuoteSelector and a
TextPositionSelector (code points, as the model wants); a colour is the target's
`styleClass` (section 4.4), which the annotation's stylesheet defines, with
`-underline` after it for a line under the words. An answer also targets its
question: the text's id, `#` and the question's id. Annotations come as the one
AnnotationPage of an AnnotationCollection (section 5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.text.cleaning import REPLACEMENT

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
UNDERLINE = "-underline"
MOTIVATIONS = {
    MarkKind.HIGHLIGHT: "highlighting",
    MarkKind.NOTE: "commenting",
    MarkKind.BOOKMARK: "bookmarking",
    MarkKind.ANSWER: "replying",
}
GENERATOR = "Annotated Reader"

_CSS = {
    Color.YELLOW: "#fbe7a1",
    Color.GREEN: "#d0eac6",
    Color.BLUE: "#cbe1f7",
    Color.PINK: "#f8cfd8",
    Color.PURPLE: "#e3d5f5",
}


def annotation_page(
    document: str,
    label: str,
    items: Sequence[Mapping[str, Any]],
    layer: str = "",
    creator: str = "",
) -> dict[str, Any]:
    """Annotations of the text with the id `document` as an AnnotationPage.

    `label` and `creator` are the collection's; `layer` tells one collection of a
    text from another.
    """
    whose = f"/{layer}" if layer else ""
    page, collection = (made_id(document, what + whose) for what in ("page", "collection"))
    return {
        "@context": CONTEXT,
        "id": page,
        "type": "AnnotationPage",
        "partOf": {
            "id": collection,
            "type": "AnnotationCollection",
            "label": label,
            **creator_of(creator),
            "total": len(items),
            "first": page,
            "generator": {"type": "Software", "name": GENERATOR},
        },
        "startIndex": 0,
        "items": list(items),
    }


def annotation_of(mark: Mark, document: str, selector: Selector | None = None) -> dict[str, Any]:
    """A mark on the text with the id `document` as an Annotation.

    `selector` says where it stands now, if that is not where it was made.
    """
    style = mark.color.value + (UNDERLINE if mark.underline else "")
    bodies: list[dict[str, str]] = []
    if mark.note:
        purpose = "replying" if mark.kind is MarkKind.ANSWER else "commenting"
        bodies.append(_body(mark.note, purpose) | {"format": "text/markdown"})
    bodies += [_body(tag, "tagging") for tag in mark.tags]
    target: Any = {
        "type": "SpecificResource",
        "source": document,
        "styleClass": style,
        "selector": selectors(selector or mark.selector),
    }
    if mark.answers:
        target = [target, f"{document}#{mark.answers}"]
    return {
        "id": mark.id,
        "type": "Annotation",
        "motivation": MOTIVATIONS[mark.kind],
        **times(mark),
        **creator_of(mark.creator),
        **({"body": bodies} if bodies else {}),
        "stylesheet": {"type": "CssStylesheet", "value": _rule(style, mark)},
        "target": target,
    }


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _rule(style: str, mark: Mark) -> str:
    color = _CSS[mark.color]
    if mark.underline:
        return f".{style} {{ text-decoration: underline {color} }}"
    return f".{style} {{ background-color: {color} }}"


def selectors(selector: Selector) -> list[dict[str, Any]]:
    """A selector as the model's two: the quote, and the position where it is known."""
    written: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": selector.exact,
            "prefix": selector.prefix,
            "suffix": selector.suffix,
        }
    ]
    if selector.start is not None and selector.end is not None:
        position = {"start": selector.start, "end": selector.end}
        written.append({"type": "TextPositionSelector", **position})
    return written


def times(mark: Mark) -> dict[str, str]:
    """When a mark was made and changed, as far as that is known."""
    known = {"created": mark.created, "modified": mark.modified}
    return {name: moment for name, moment in known.items() if moment}


def creator_of(name: str) -> dict[str, Any]:
    """Whose something is, as far as that is known."""
    return {"creator": {"type": "Person", "name": name}} if name else {}


def made_id(document: str, what: str) -> str:
    """A urn:uuid for something about a text, the same every time."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{document}#{what}')}"


def as_json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """JSON in UTF-8 that every reader takes: no NaN, no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
