"""Changing the fields of one mapping; all others stay as they are, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from reader.annotations.writing.tree import Pair, Splice, Tree, in_brackets
from reader.annotations.writing.values import (
    Style,
    Value,
    after_colon,
    field,
    inline_value,
    lines,
)
from reader.annotations.writing.words import inline

Data = Mapping[str, Value]


def changes(
    tree: Tree, node: yaml.MappingNode, old: Data, new: Data, order: Sequence[str], style: Style
) -> Iterator[Splice]:
    """The splices that make of the fields `old` the fields `new`.

    Fields that are in neither, or the same in both, are left alone. New ones come after
    those that go before them in `order`.
    """
    pairs: dict[str, Pair] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            pairs.setdefault(key.value, (key, value))
    gone = [name for name in old if name not in new and name in pairs]
    yield from _without(tree, node, [pairs[name] for name in gone])
    added: dict[str, Value] = {}
    for name, value in new.items():
        if name in old and old[name] == value and _same_order(old[name], value):
            continue
        if name in pairs:
            yield from _changed(tree, pairs[name], old.get(name), value, node, style)
        else:
            added[name] = value
    left = [name for name in pairs if name not in gone]
    yield from _with(tree, node, {name: pairs[name] for name in left}, added, order, style)


def _changed(
    tree: Tree, pair: Pair, old: Value | None, new: Value, around: yaml.MappingNode, style: Style
) -> Iterator[Splice]:
    key, value = pair
    if (
        isinstance(value, yaml.MappingNode)
        and isinstance(old, Mapping)
        and isinstance(new, Mapping)
        and _grows(old, new)
    ):
        yield from changes(tree, value, old, new, list(new), style)
        return
    colon, start, end = tree.after_colon(pair), tree.start(value), tree.end_of(pair)
    empty = isinstance(value, yaml.ScalarNode) and not value.style and not value.value
    if in_brackets(around):
        words = inline_value(new)
        yield (colon, colon, " " + words) if empty else (start, end, words)
        return
    in_lines = not isinstance(value, yaml.ScalarNode) and not in_brackets(value)
    column = tree.column(value)
    if in_lines and new and _takes_lines(new) and column > tree.column(key):
        yield start, end, lines(new, column, style).lstrip(" ")
        return
    short = True if not empty and not in_lines and _takes_lines(new) else None
    words = after_colon(new, tree.column(key), style, short, colon - tree.start(key))
    if words.startswith(" |"):
        # What stands after the value on its line goes where a block can have it.
        note = tree.rest_of_line(end).strip()
        comment = " " + note if note.startswith("#") else _note_of_block(tree, value)
        yield colon, tree.line_end(end), " |" + comment + words[2:]
    elif empty or in_lines or tree.line_start(start) != tree.line_start(colon):
        yield colon, end, words
    else:
        yield start, end, words[1:]


def _grows(old: Data, new: Data) -> bool:
    """Whether `new` comes of `old` by changing, leaving out and putting in, in the same order."""
    kept = [name for name in old if name in new]
    return bool(kept) and kept == [name for name in new if name in old] and next(iter(new)) in old


def _takes_lines(value: Value) -> bool:
    return not isinstance(value, str | int | float)


def _note_of_block(tree: Tree, value: yaml.Node) -> str:
    """The comment on the line with a block's `|`, with a space before it."""
    if not isinstance(value, yaml.ScalarNode) or value.style not in ("|", ">"):
        return ""
    _, sign, words = tree.rest_of_line(tree.start(value)).partition(" #")
    return sign + words


def _without(tree: Tree, node: yaml.MappingNode, gone: Sequence[Pair]) -> Iterator[Splice]:
    """Take fields out, with their lines, or with the comma that sets them off."""
    leading = True  # whether all fields so far are taken out
    for index, pair in enumerate(node.value):
        if not any(pair[0] is key for key, _ in gone):
            leading = False
            continue
        start, end = tree.start(pair[0]), tree.end_of(pair)
        if leading and index + 1 < len(node.value):
            yield start, tree.start(node.value[index + 1][0]), ""
        elif in_brackets(node):
            yield (start if leading else tree.end_of(node.value[index - 1])), end, ""
        else:
            yield tree.line_start(start), tree.next_line(end), ""


def _with(
    tree: Tree,
    node: yaml.MappingNode,
    pairs: Mapping[str, Pair],
    added: Data,
    order: Sequence[str],
    style: Style,
) -> Iterator[Splice]:
    """Put fields in, each after the last of those that go before it."""
    rank = {name: place for place, name in enumerate(order)}
    groups: dict[str, list[str]] = {}
    for name in sorted(added, key=lambda name: rank.get(name, len(rank))):
        before = [each for each in pairs if rank.get(each, -1) < rank.get(name, len(rank))]
        after = max(before or list(pairs)[:1], key=lambda each: rank.get(each, -1))
        groups.setdefault(after, []).append(name)
    for after, names in groups.items():
        end = tree.end_of(pairs[after])
        if in_brackets(node):
            words = "".join(f", {inline(name)}: {inline_value(added[name])}" for name in names)
            yield end, end, words
            continue
        indent = tree.column(node)
        place = tree.line_end(end)
        margin = style.newline + " " * indent
        yield (
            place,
            place,
            "".join(margin + field(name, added[name], indent, style) for name in names),
        )


def _same_order(old: Value, new: Value) -> bool:
    """Whether the fields of two equal mappings stand in the same order."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return list(old) == list(new) and all(_same_order(old[name], new[name]) for name in old)
    return True
