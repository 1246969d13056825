"""What stands after a field's name: words, numbers, lists and mappings as lines of YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.annotations.writing.words import block, fits_block, inline

Value = str | int | float | Sequence["Value"] | Mapping[str, "Value"]
"""What a field holds."""

_WIDEST = 100
"""Code points of a line that a person would still write with brackets, or without `|`."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written: its line ends, its indentation, its brackets or lines.

    `dash` is the column of an entry's dash, `inner` how far its fields stand in from there;
    `spaced` is whether an empty line stands between entries; `flow` whether lists and
    mappings are written with brackets where they are short.
    """

    newline: str = "\n"
    dash: int = 2
    inner: int = 2
    spaced: bool = True
    flow: bool = True


def field(name: str, value: Value, indent: int, style: Style, flow: bool | None = None) -> str:
    """`name: value`, from its name on, whose column is `indent`; no newline at the end."""
    return f"{inline(name)}:" + after_colon(value, indent, style, flow, len(name) + 2)


def after_colon(
    value: Value, indent: int, style: Style, flow: bool | None = None, used: int = 0
) -> str:
    """What stands after a field's colon: on its line after a space, or on lines below it.

    With `flow` True the value stays on the line, with False a list or mapping takes lines;
    with None the style and the length decide. `used` are code points of the line so far.
    """
    short = inline_value(value, flow=not isinstance(value, str) or flow is True)
    room = indent + used + len(short) <= _WIDEST
    if isinstance(value, str):
        if flow is not True and fits_block(value) and ("\n" in value or not room):
            return " |" + style.newline + block(value, " " * (indent + 2), style.newline)
        return " " + short
    if (
        isinstance(value, int | float)
        or not value
        or flow
        or (flow is None and style.flow and room)
    ):
        return " " + short
    return style.newline + lines(value, indent + 2, style)


def lines(value: Value, indent: int, style: Style) -> str:
    """A list or a mapping, a line or more an item, all of it `indent` in from the left."""
    margin = " " * indent
    if isinstance(value, Mapping):
        parts = [field(name, each, indent, style) for name, each in value.items()]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        parts = [f"- {_item(each, indent + 2, style)}" for each in value]
    else:
        parts = [inline_value(value, flow=False)]
    return style.newline.join(margin + part for part in parts)


def inline_value(value: Value, flow: bool = True) -> str:
    """A value on one line, lists and mappings with brackets."""
    if isinstance(value, str):
        return inline(value, flow)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        pairs = (f"{inline(name)}: {inline_value(each)}" for name, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(map(inline_value, value)) + "]"


def _item(value: Value, indent: int, style: Style) -> str:
    if isinstance(value, str | int | float) or (style.flow and len(inline_value(value)) <= _WIDEST):
        return inline_value(value, flow=False) if isinstance(value, str) else inline_value(value)
    return lines(value, indent, style).lstrip(" ")
