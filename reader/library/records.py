"""How a mark is written: as JSON that any tool can read, with a sum that proves it whole."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from zlib import crc32

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector

_FIELDS = {field.name for field in fields(Mark)}
_KINDS = {kind.value: kind for kind in MarkKind}
_COLORS = {color.value: color for color in Color}


THEIRS = "theirs"
"""As what the marks of other people are counted, whatever they are."""


class DamagedRecord(ValueError):
    """A record that is not what was written."""


def encode(mark: Mark) -> bytes:
    """A mark as a record."""
    written = json.dumps(asdict(mark), ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def counted_as(mark: Mark) -> str:
    """The kind as which a mark is counted."""
    return THEIRS if mark.creator else mark.kind


def decode(record: bytes) -> Mark:
    """The mark of a record. Raises DamagedRecord."""
    try:
        values = json.loads(record.decode("utf-8", "surrogatepass"))
        values["selector"] = Selector(**values["selector"])
        values["kind"] = _KINDS[values["kind"]]
        values["color"] = _COLORS[values["color"]]
        values["tags"] = tuple(values["tags"])
        if not values.keys() <= _FIELDS:
            values = {name: value for name, value in values.items() if name in _FIELDS}
        return Mark(**values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedRecord(str(error)) from error


def checksum(text_id: str, mark_id: str, deleted: float | None, change: int, record: bytes) -> int:
    """The sum of all that is kept of a mark."""
    kept = f"{text_id}\0{mark_id}\0{deleted!r}\0{change}\0"
    return crc32(record, crc32(kept.encode("utf-8", "surrogatepass")))
