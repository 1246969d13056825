"""What holds W3C Web Annotations: a page, a collection with its pages, a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reader.annotations.w3c.shapes import Unreadable, many, mapping

MOST = 20_000
"""Annotations of one file; a text of which more was marked is not known."""


def kinds_of(value: Any) -> list[str]:
    """What something says that it is."""
    top = mapping(value)
    return [each for each in many(top.get("type", top.get("@type"))) if isinstance(each, str)]


def contents(value: Any) -> list[Any] | None:
    """The annotations that something holds, or is; None when it is no such thing.

    Raises Unreadable when it only says where its annotations are.
    """
    kinds = kinds_of(value)
    if isinstance(value, list):
        return value
    if "AnnotationPage" in kinds or "AnnotationCollection" in kinds:
        return [item for page in _pages(value) for item in many(page.get("items"))]
    return [value] if "Annotation" in kinds else None


def _pages(top: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pages of a collection that are in the file."""
    if "first" not in top or "items" in top:
        yield top
        return
    page = top["first"]
    if isinstance(page, str):
        raise Unreadable("only says where its annotations are", "save the pages themselves")
    for _ in range(MOST):
        page = mapping(page)
        if not page:
            return
        yield page
        page = page.get("next")
