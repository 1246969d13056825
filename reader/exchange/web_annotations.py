"""A notebook as W3C Web Annotations, each mark as it stands in the text now."""

from __future__ import annotations

from typing import Any

from reader.annotations.anchors import State
from reader.annotations.marks import selector_of
from reader.annotations.selectors import Selector
from reader.annotations.w3c.writing import annotation_of, annotation_page, as_json, selectors
from reader.exchange.notebook import Entry, Notebook


def jsonld_of(notebook: Notebook) -> str:
    """A notebook as JSON-LD; the same notebook gives the same words."""
    document = notebook.document
    items = [
        annotation_of(entry.mark, document.id, current_selector(notebook, entry))
        for entry in notebook.entries
    ]
    return as_json(annotation_page(document.id, document.title, items))


def selectors_of(notebook: Notebook, entry: Entry) -> list[dict[str, Any]]:
    """Where a mark belongs: as it stands in the text now, or as it was made when it does not."""
    return selectors(current_selector(notebook, entry))


def current_selector(notebook: Notebook, entry: Entry) -> Selector:
    """The selector of a mark in the text at hand; its own while its place is not certain."""
    anchor, text = entry.anchor, notebook.text
    sure = anchor.state in (State.EXACT, State.MOVED)
    if not sure or text is None or anchor.start is None or anchor.end is None:
        return entry.mark.selector
    return selector_of(text.string, anchor.start, anchor.end)
