"""The YAML front matter of notes: the fields this program wrote follow it, all others stay.

A field counts as untouched while its value is what was written, however it is
set: programs that show front matter as a form like to set it anew.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reader.exchange.filters import yaml_value
from reader.exchange.pieces import lines_of

EXPORTED = "exported"
"""The field with the time of the export, which moves only when something else does."""

_KEY = re.compile(r"([^\s#:'\"\[{-][^:\r\n]*?)\s*:(?:\s|$)")

_FENCES = ("", "-")
"""Under these keys are kept what stands before the first field, and the line below the last."""
_BELOW = re.compile(r"(?:(?<=\n)|(?<=\r)(?!\n))(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*\Z")
"""Comments and empty lines below a field: they are the user's, and no part of it."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"(?:^|\s)#")
_ALIAS = re.compile(r"(?:^|[\s\[{,:])[&*]\w")

Hashes = dict[str, tuple[str, ...]]
"""For each field the hash of its value as written; of a list, those of its items."""


@dataclass(slots=True)
class _Field:
    text: str
    value: Any = None

    @property
    def hashes(self) -> tuple[str, ...]:
        return hashes_of(self.value)


def hashes_of(value: Any) -> tuple[str, ...]:
    """The hash of a value, or those of a list's items (an empty list has one of its own)."""
    if isinstance(value, list):
        return ("0", *(_hash(item) for item in value))
    return (_hash(value),)


def _hash(value: Any) -> str:
    words = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return sha256(words.encode()).hexdigest()[:8]


def merged(old: str, now: str, written: Hashes, newline: str, keep: str = "") -> tuple[str, Hashes]:
    """The front matter `old` brought up to date with `now`, and the hashes to remember.

    `written` are the hashes of last time. The field `keep` is left as it is.
    """
    fields, ours = _fields(old), _fields(now)
    remembered: Hashes = {keep: written[keep]} if keep in written else {}
    added: list[str] = []
    for key, field in ours.items():
        if key in (*_FENCES, keep) or key.startswith("#"):
            continue
        remembered[key] = field.hashes
        theirs = fields.get(key)
        if theirs is None:
            if key not in written:
                added.append(field.text.replace("\n", newline))
        elif theirs.value != field.value:
            _bring_up(key, theirs, field, written.get(key), newline)
    for key, hashes in written.items():
        if key not in ours and key in fields and _untouched(fields[key], hashes):
            del fields[key]
    lines = lines_of("".join(field.text for field in fields.values()))
    return "".join([*lines[:-1], *added, *lines[-1:]]), remembered


def field_value(front: str, key: str) -> str:
    """The value of a field as a string; empty when there is none."""
    field = _fields(front).get(key)
    return field.value if field and isinstance(field.value, str) else ""


def written_fields(front: str) -> Hashes:
    """The hashes of front matter that is new."""
    return {
        key: field.hashes
        for key, field in _fields(front).items()
        if key not in _FENCES and key[0] != "#"
    }


def _bring_up(
    key: str, theirs: _Field, ours: _Field, written: tuple[str, ...] | None, newline: str
) -> None:
    if written is None:
        return
    if _untouched(theirs, written):
        theirs.text = ours.text.replace("\n", newline)
        return
    lists = isinstance(theirs.value, list) and isinstance(ours.value, list)
    if not lists or _COMMENT.search(theirs.text):
        return
    # A list that the user changed: his items stay, ours come and go.
    items = [item for item in theirs.value if _hash(item) not in written[1:] or item in ours.value]
    items += [
        item for item in ours.value if item not in theirs.value and _hash(item) not in written[1:]
    ]
    if items != theirs.value and all(isinstance(item, str) for item in items):
        theirs.text = f"{key}: {yaml_value(items)}{newline}"


def _untouched(field: _Field, written: tuple[str, ...]) -> bool:
    """Whether a field says what was written, and nobody has put a comment into it."""
    return field.hashes == written and not _COMMENT.search(_without_strings(field.text))


def _without_strings(text: str) -> str:
    return _STRING.sub("", text)


def _fields(front: str) -> dict[str, _Field]:
    """The fields by key, in order."""
    lines = lines_of(front)
    fields: dict[str, _Field] = {"": _Field("")}
    key = ""
    for index, line in enumerate(lines):
        match = _KEY.match(line)
        if index == len(lines) - 1:
            key = "-"
            fields[key] = _Field("")
        elif match and match[1] not in fields:
            key = match[1]
            fields[key] = _Field("")
        fields[key].text += line
    parted: dict[str, _Field] = {}
    for name, field in fields.items():
        parted[name] = field
        if name not in _FENCES:
            below = _BELOW.search(field.text)
            if below and below[0]:
                parted[f"#{name}"] = _Field(below[0])
                field.text = field.text[: below.start()]
            field.value = _value(field.text)
    return parted


def _value(source: str) -> Any:
    """What a field says, every scalar as a string; a value of its own where it cannot be read."""
    import yaml

    if _ALIAS.search(source):
        return {"unreadable": source}
    try:
        read = yaml.load(source, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {"unreadable": source}
    return next(iter(read.values())) if isinstance(read, dict) and len(read) == 1 else read
