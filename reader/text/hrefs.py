"""Which link targets a text may carry: the text's own annotations, the web, mail."""

from __future__ import annotations

import re

from reader.text.cleaning import decode_entities

_WEB = re.compile(r"//[^/?#@:][^/?#]*(?:[/?#].*)?")
_MAIL = re.compile(r"[^/?@]+@[^/?@]+(?:\?(?!.*\battach).*)?", re.IGNORECASE)
_ENCODED_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f)", re.IGNORECASE)


def safe_href(written: str) -> str:
    """The target as a `Run.href`, or empty where it may not be followed.

    Kept are `#id`, http, https and mailto (the scheme in lower case). Character
    references are decoded before looking. Anything with spaces, backslashes,
    or control and invisible characters, plain or percent-encoded, is refused.
    """
    href = decode_entities(written).strip(" ")
    if not href.isprintable() or " " in href or "\\" in href or _ENCODED_CONTROL.search(href):
        return ""
    if href.startswith("#"):
        return href if len(href) > 1 else ""
    scheme, _, rest = href.partition(":")
    scheme = scheme.lower()
    allowed = {"http": _WEB, "https": _WEB, "mailto": _MAIL}.get(scheme)
    return f"{scheme}:{rest}" if allowed and allowed.fullmatch(rest) else ""
