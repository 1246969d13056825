"""Values out of a stranger's JSON: what has the wrong shape counts as not there."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from reader.text.cleaning import REPLACEMENT

LARGEST = 32 * 1024 * 1024
"""Bytes of a file that is imported: some 20,000 annotations at their longest."""

LONGEST = 1_000_000
"""Code points of one string; a longer one is taken for damage."""


class TooLong(ValueError):
    """A string is longer than anything that a person writes or marks."""


class Unreadable(ValueError):
    """A file is no JSON that can be read: `fault` goes on from its name, `line` counts from 1.

    `line` is 0 where it is the file as a whole; `advice` says what to do, and may be empty.
    """

    def __init__(self, fault: str, advice: str = "", line: int = 0) -> None:
        super().__init__(fault)
        self.fault, self.advice, self.line = fault, advice, line


def read_json(data: bytes, largest: int = LARGEST) -> Any:
    """What a JSON file of at most so many bytes says; raises Unreadable when it says nothing."""
    advice = "choose a file of annotations"
    if len(data) > largest:
        size, most = len(data) / 2**20, largest // 2**20
        raise Unreadable(f"has {size:.1f} MB, and {most} MB is the most", "divide it into parts")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        return json.loads(text, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8", advice) from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON ({error.msg})", advice, error.lineno) from error
    except RecursionError as error:
        raise Unreadable("is nested deeper than any file of annotations") from error
    except ValueError as error:
        raise Unreadable(
            "has a number that JSON does not know, or one with too many digits"
        ) from error


def _refuse(word: str) -> Any:
    raise ValueError(word)


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def many(value: Any) -> list[Any]:
    """What JSON-LD writes as a list, or as its only item: none, one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str:
    """A string without what no text can hold; empty for anything else. Raises TooLong."""
    if not isinstance(value, str):
        return ""
    if len(value) > LONGEST:
        raise TooLong
    if value.isascii() and "\0" not in value:
        return value
    return "".join(
        REPLACEMENT if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter
        for letter in value
    )


def line(value: Any) -> str:
    """A string on one line."""
    return " ".join(words(value).split())


def whole(value: Any) -> int | None:
    """A whole number from 0 on; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < 2**53 else None


def utc(value: Any) -> str:
    """A moment (ISO 8601) in UTC with seconds; empty when it is none."""
    try:
        moment = datetime.fromisoformat(words(value).strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def without_html(value: str) -> str:
    """The words of HTML; what it looks like is lost, and nothing of it is run."""
    for pattern, instead in _HTML:
        value = pattern.sub(instead, value)
    lines = (" ".join(line.split()) for line in unescape(value).split("\n"))
    return "\n".join(lines).strip()


_HTML = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"<(script|style|template)\b.*?(?:</\1[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"</?(?:p|div|br|li|tr|blockquote|h[1-6])\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(r"<[A-Za-z/!?][^<>]*>"), ""),
)
"""From first to last: spaces, comments, what is never seen, what begins a line, other tags."""
