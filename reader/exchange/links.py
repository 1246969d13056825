"""The link that opens a text at a mark, and the short names of marks in files.

A link reads `annotated-reader:open?document=ID&annotation=ID`; both ids are
percent-encoded (RFC 3986).
"""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import parse_qs, quote, urlsplit

SCHEME = "annotated-reader"
_LONGEST = 4096


def open_link(document: str, annotation: str = "") -> str:
    """The link to a text, or to an annotation or mark in it."""
    link = f"{SCHEME}:open?document={quote(document, safe=':')}"
    return f"{link}&annotation={quote(annotation, safe=':')}" if annotation else link


def read_open_link(link: str) -> tuple[str, str] | None:
    """The ids of the text and of the annotation (may be empty); None when it is no such link."""
    if len(link) > _LONGEST:
        return None
    try:
        parts = urlsplit(link.strip())
        query = parse_qs(parts.query, max_num_fields=16, errors="strict")
    except ValueError:
        return None
    documents, annotations = query.get("document", []), query.get("annotation", [""])
    named = parts.path.strip("/") or parts.netloc
    if parts.scheme != SCHEME or named != "open" or len(documents) != 1 or len(annotations) != 1:
        return None
    return documents[0], annotations[0]


def handle(identifier: str) -> str:
    """A mark's or text's short name in files: 12 hexadecimal digits, the same for ever."""
    return sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]
