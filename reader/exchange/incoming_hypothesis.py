"""Reading what Hypothesis exports: the rows of its API (`search`), or its client's JSON file.

A row has `id`, `uri`, `text` (Markdown), `tags`, `user` (`acct:name@host`),
`created`, `updated`, `references` (of a reply, the thread above it) and
`target[0].selector` with a TextQuoteSelector. Its positions and ranges count in
the web page with all that stands around the article, so only the quote is used.
"""

from __future__ import annotations

from typing import Any

from reader.annotations.marks import MarkKind
from reader.annotations.selectors import Selector
from reader.annotations.w3c.incoming import Incoming, Skip
from reader.annotations.w3c.reading import clean_tags
from reader.annotations.w3c.shapes import line, many, mapping, utc, words


def is_row(item: Any) -> bool:
    """Whether something looks like a row."""
    row = mapping(item)
    return "type" not in row and "uri" in row and ("text" in row or "target" in row)


def read_row(item: Any, me: str = "") -> Incoming:
    """One row; raises Skip when it can be no mark. What `me` (a `user`) wrote has no creator."""
    row = mapping(item)
    if not is_row(row):
        raise Skip("is not an annotation")
    user = line(row.get("user"))
    name = line(mapping(row.get("user_info")).get("display_name"))
    note = words(row.get("text")).strip()
    identifier = line(row.get("id"))
    incoming = Incoming(
        id=_name(identifier),
        about=line(row.get("uri")),
        kind=MarkKind.NOTE if note else MarkKind.HIGHLIGHT,
        selector=_quote(row),
        note=note,
        tags=clean_tags([tag for tag in many(row.get("tags")) if isinstance(tag, str)]),
        creator="" if me and user == me else name or user.removeprefix("acct:"),
        created=utc(row.get("created")),
        modified=utc(row.get("updated")),
    )
    references = [line(each) for each in many(row.get("references"))]
    if references and references[-1]:
        incoming.parent = _name(references[-1])
        return incoming
    if not incoming.selector.exact.strip():
        raise Skip("is about the page as a whole, and a mark belongs to a passage")
    incoming.check()
    return incoming


def _name(identifier: str) -> str:
    return f"https://hypothes.is/a/{identifier}" if identifier else ""


def _quote(row: dict[str, Any]) -> Selector:
    for target in many(row.get("target")):
        for selector in many(mapping(target).get("selector")):
            selector = mapping(selector)
            if selector.get("type") == "TextQuoteSelector":
                exact, prefix, suffix = (
                    words(selector.get(part)) for part in ("exact", "prefix", "suffix")
                )
                return Selector(exact, prefix, suffix)
    return Selector("")
