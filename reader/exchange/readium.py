"""Marks as an annotation set of the Readium project, which Thorium Reader exports and imports.

The format is github.com/readium/annotations, and the W3C's EPUB Annotations 1.0
that grew out of it: `about` says what the publication is, an item's `body` has
colour, kind of highlight and tags, its `target` the resource in the publication
with quote, position (code points) and progression (0 to 1).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reader import __version__
from reader.annotations.marks import MarkKind
from reader.annotations.w3c.writing import CONTEXT, GENERATOR, as_json, made_id, times
from reader.exchange.notebook import Entry, Notebook
from reader.exchange.web_annotations import selectors_of

_UNKNOWN_TIME = "1970-01-01T00:00:00Z"


def annotation_set_of(notebook: Notebook) -> str:
    """A notebook as the text of an `.annotation` file; the same notebook gives the same words."""
    document = notebook.document
    changed = [moment for e in notebook.entries for moment in times(e.mark).values()]
    about = {
        "dc:identifier": [document.id],
        "dc:format": "text/plain" if document.text_file.endswith(".txt") else "text/markdown",
        "dc:title": document.title,
        "dc:creator": list(document.authors),
        **({"dc:date": document.date[:4]} if document.date else {}),
    }
    return as_json(
        {
            "@context": CONTEXT,
            "id": made_id(document.id, "set"),
            "type": "AnnotationSet",
            "generator": {
                "id": f"urn:annotated-reader:{__version__}",
                "type": "Software",
                "name": f"{GENERATOR} {__version__}",
            },
            "generated": max(changed, default=_UNKNOWN_TIME),
            "title": document.title,
            "about": about,
            "items": [_annotation(notebook, entry) for entry in notebook.entries],
        }
    )


def _annotation(notebook: Notebook, entry: Entry) -> dict[str, Any]:
    mark = entry.mark
    creator = {"id": made_id(mark.creator, "creator"), "type": "Person", "name": mark.creator}
    tags: dict[str, Any] = {}
    if mark.tags:
        # Today's name, and what older versions of Thorium and of the format call the first.
        tags = {"tags": list(mark.tags), "tag": mark.tags[0], "keyword": mark.tags[0]}
    return {
        "@context": CONTEXT,
        "id": mark.id,
        "type": "Annotation",
        **({"motivation": "bookmarking"} if mark.kind is MarkKind.BOOKMARK else {}),
        **({"created": _UNKNOWN_TIME} | times(mark)),
        **({"creator": creator} if mark.creator else {}),
        "body": {
            "type": "TextualBody",
            "value": mark.note,
            "format": "text/markdown",
            "color": mark.color.value,
            "highlight": "underline" if mark.underline else "solid",
            **tags,
        },
        "target": {
            "source": quote(notebook.document.text_file or "article.md"),
            "meta": {"headings": [{"level": s.level, "txt": s.title} for s in entry.path]},
            "selector": [*selectors_of(notebook, entry), *_progression(notebook, entry)],
        },
    }


def _progression(notebook: Notebook, entry: Entry) -> list[dict[str, Any]]:
    """How far into the text a mark is, from 0 to 1."""
    if notebook.text is None or not notebook.text.string or entry.anchor.start is None:
        return []
    share = entry.anchor.start / len(notebook.text.string)
    return [{"type": "ProgressionSelector", "value": round(share, 6)}]
