"""Marks as W3C Web Annotations (Web Annotation Data Model, Recommendation of 23 February 2017).

One AnnotationPage of one AnnotationCollection. The target is the text, named by
its id, with a TextQuoteSelector and a TextPositionSelector (code points, as the
model wants); a colour is the target's `styleClass` (section 4.4), which the
annotation's stylesheet defines, with `-underline` after it for a line under the
words. An answer also targets its question: the text's id, `#` and the
question's id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.anchoring import State
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.selectors import Selector
from reader.exchange.notebook import Entry, Notebook
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


def jsonld_of(notebook: Notebook) -> str:
    """A notebook as JSON-LD; the same notebook gives the same words."""
    return as_json(annotation_page(notebook))


def annotation_page(notebook: Notebook) -> dict[str, Any]:
    """A notebook as an AnnotationPage."""
    document = notebook.document
    page, collection = (made_id(document.id, what) for what in ("page", "collection"))
    return {
        "@context": CONTEXT,
        "id": page,
        "type": "AnnotationPage",
        "partOf": {
            "id": collection,
            "type": "AnnotationCollection",
            "label": document.title,
            "total": len(notebook.entries),
            "first": page,
            "generator": {"type": "Software", "name": GENERATOR},
        },
        "startIndex": 0,
        "items": [_annotation(notebook, entry) for entry in notebook.entries],
    }


def _annotation(notebook: Notebook, entry: Entry) -> dict[str, Any]:
    mark = entry.mark
    motivation = MOTIVATIONS[mark.kind]
    style = mark.color.value + (UNDERLINE if mark.underline else "")
    bodies: list[dict[str, str]] = []
    if mark.note:
        purpose = "replying" if mark.kind is MarkKind.ANSWER else "commenting"
        bodies.append(_body(mark.note, purpose) | {"format": "text/markdown"})
    bodies += [_body(tag, "tagging") for tag in mark.tags]
    target: Any = {
        "type": "SpecificResource",
        "source": notebook.document.id,
        "styleClass": style,
        "selector": selectors_of(notebook, entry),
    }
    if mark.answers:
        target = [target, f"{notebook.document.id}#{mark.answers}"]
    return {
        "id": mark.id,
        "type": "Annotation",
        "motivation": motivation,
        **times(mark),
        **({"creator": {"type": "Person", "name": mark.creator}} if mark.creator else {}),
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


def selectors_of(notebook: Notebook, entry: Entry) -> list[dict[str, Any]]:
    """Where a mark belongs: as it stands in the text now, or as it was made when it does not."""
    selector = current_selector(notebook, entry)
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": selector.exact,
            "prefix": selector.prefix,
            "suffix": selector.suffix,
        }
    ]
    if selector.start is not None and selector.end is not None:
        position = {"start": selector.start, "end": selector.end}
        selectors.append({"type": "TextPositionSelector", **position})
    return selectors


def current_selector(notebook: Notebook, entry: Entry) -> Selector:
    """The selector of a mark in the text at hand; its own while its place is not certain."""
    anchor, text = entry.anchor, notebook.text
    sure = anchor.state in (State.EXACT, State.MOVED)
    if not sure or text is None or anchor.start is None or anchor.end is None:
        return entry.mark.selector
    return selector_of(text.string, anchor.start, anchor.end)


def times(mark: Mark) -> dict[str, str]:
    """When a mark was made and changed, as far as that is known."""
    known = {"created": mark.created, "modified": mark.modified}
    return {name: moment for name, moment in known.items() if moment}


def made_id(document: str, what: str) -> str:
    """A urn:uuid for something about a text, the same every time."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{document}#{what}')}"


def as_json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """JSON in UTF-8 that every reader takes: no NaN, no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
