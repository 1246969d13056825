"""Entries out of an annotations.yaml: what stays is as it was, byte for byte.

With an entry go its comments: what is indented as its fields are, what stands right above
or below it, and what stands alone before it, or after the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import yaml

from reader.annotations.model import Annotation
from reader.annotations.reading import read_annotations
from reader.text.replacing import replaced

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CannotLeaveOut(ValueError):
    """The file is written in a form from which nothing can be taken out safely."""


def only(source: str, keep: Collection[str]) -> str:
    """An annotations.yaml that can be read, with these entries alone; one of them is there.

    In their `see` is nothing any more that was left out. Raises CannotLeaveOut.
    """
    before = read_annotations(source).annotations
    result = _Cutter(source, keep).result()
    if not _holds(before, result, keep):
        raise CannotLeaveOut
    return result


def _holds(before: list[Annotation], after: str, keep: Collection[str]) -> bool:
    """Whether an annotations.yaml holds what was kept, and all of it as it was."""
    gone = {each.id for each in before} - set(keep)
    expected = [
        replace(each, see=tuple(id_ for id_ in each.see if id_ not in gone))
        for each in before
        if each.id in keep
    ]
    return read_annotations(after).annotations == expected


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: its dash is on line `first`, its last words on line `last`, both from 0."""

    node: yaml.Node
    first: int
    last: int
    kept: bool


class _Cutter:
    """Collects what has to go as (start, end, what comes instead), in code points."""

    def __init__(self, source: str, keep: Collection[str]) -> None:
        self._source = source
        self._keep = keep
        # A file's lines are YAML's: what else ends a line for Python cannot stand in it.
        self._lines = source.splitlines(keepends=True)
        self._starts = [0, *accumulate(len(line) for line in self._lines)]
        self._cuts: list[tuple[int, int, str]] = []

    def result(self) -> str:
        entries, end = self._entries_node()
        if isinstance(entries, yaml.SequenceNode):
            kept = list(self._kept(entries))
            gone = {
                _id_of(node) for node, stays in zip(entries.value, kept, strict=True) if not stays
            }
            gone -= set(self._keep)
            if entries.flow_style:
                self._cut_items(entries.value, kept)
            elif not all(kept):
                self._cut_entries(entries, kept, end)
            for node, stays in zip(entries.value, kept, strict=True):
                if stays:
                    self._cut_see(node, gone)
        return replaced(self._source, self._cuts)

    def _entries_node(self) -> tuple[yaml.Node | None, int]:
        """The list of entries, and the line from 0 where something else begins."""
        top = yaml.compose(self._source, Loader=_Loader)
        pairs = top.value if isinstance(top, yaml.MappingNode) else []
        starts = [key.start_mark.line for key, _ in pairs] + [len(self._lines)]
        for number, (key, value) in enumerate(pairs):
            if key.value == "annotations":
                return value, starts[number + 1]
        return None, 0

    def _kept(self, entries: yaml.SequenceNode) -> Iterator[bool]:
        seen: set[str] = set()
        for node in entries.value:
            identifier = _id_of(node)
            yield identifier in self._keep and identifier not in seen
            seen.add(identifier)

    def _cut_entries(self, node: yaml.SequenceNode, kept: list[bool], end: int) -> None:
        column = node.start_mark.column
        entries = [
            _Entry(each, self._dash(each, column), self._last_line(each), stays)
            for each, stays in zip(node.value, kept, strict=True)
        ]
        first = entries[0].first
        while first and self._is_between(first - 1):
            first -= 1
        # Where the lines of an entry begin: after all that belongs to the one before.
        begins = [first]
        for one, other in pairwise(entries):
            begins.append(self._tail(one.last + 1, other.first, column))
        begins.append(end)
        for entry, (start, stop) in zip(entries, pairwise(begins), strict=True):
            if not entry.kept:
                self._cut_lines(start, stop)

    def _dash(self, node: yaml.Node, column: int) -> int:
        for number in range(node.start_mark.line, -1, -1):
            line = self._lines[number]
            if line[column : column + 1] == "-" and not line[:column].strip():
                return number
        raise CannotLeaveOut

    def _is_between(self, number: int) -> bool:
        """Whether a line is a comment or empty."""
        words = self._lines[number].strip()
        return not words or words.startswith("#")

    def _tail(self, start: int, stop: int, column: int) -> int:
        """Where the comment of an entry ends that stands between it and the next."""
        for number in reversed(range(start, stop)):
            if self._lines[number][: column + 1].isspace() and self._lines[number].strip():
                start = number + 1  # it is indented as what the entry says
                break
        alone = (number for number in range(start, stop) if not self._lines[number].strip())
        return next(alone, start)

    def _last_line(self, node: yaml.Node) -> int:
        """The line on which the last words of a node stand."""
        if node.start_mark is None or node.end_mark is None:
            raise CannotLeaveOut
        if isinstance(node, yaml.ScalarNode):
            if node.style not in ("|", ">"):
                return node.end_mark.line
            words = self._source[node.start_mark.index : node.end_mark.index].rstrip()
            return node.start_mark.line + len(words.splitlines()) - 1
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return node.end_mark.line
        last = node.value[-1]
        return self._last_line(last[1] if isinstance(node, yaml.MappingNode) else last)

    def _cut_lines(self, start: int, stop: int) -> None:
        self._cuts.append((self._starts[start], self._starts[stop], ""))

    def _cut_items(self, items: list[yaml.Node], kept: list[bool]) -> None:
        """Take items out of a list in brackets, each with the comma beside it."""
        any_before = False
        for number, (item, stays) in enumerate(zip(items, kept, strict=True)):
            if not stays and any_before:
                self._cuts.append((items[number - 1].end_mark.index, item.end_mark.index, ""))
            elif not stays:
                after = items[number + 1].start_mark if number + 1 < len(items) else item.end_mark
                self._cuts.append((item.start_mark.index, after.index, ""))
            any_before = any_before or stays

    def _cut_see(self, entry: yaml.Node, gone: set[str]) -> None:
        assert isinstance(entry, yaml.MappingNode)
        for key, value in entry.value:
            if key.value != "see":
                continue
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            stay = [str(item.value).strip() not in gone for item in items]
            if not any(stay) and items:
                self._cut_field(key, items[-1] if _is_block(value) else value)
            elif all(stay):
                continue
            elif _is_block(value):
                for item, stays in zip(items, stay, strict=True):
                    if not stays:
                        dash = self._dash(item, value.start_mark.column)
                        self._cut_lines(dash, self._last_line(item) + 1)
            else:
                self._cut_items(items, stay)

    def _cut_field(self, key: yaml.Node, last: yaml.Node) -> None:
        """Take out a field with its lines, or what it says where other words share them."""
        line, end = key.start_mark.line, last.end_mark
        before = self._source[self._starts[line] : key.start_mark.index]
        after = self._source[end.index : self._starts[end.line + 1]].strip()
        if before.strip() or (after and not after.startswith("#")):
            self._cuts.append((key.end_mark.index, end.index, ": []"))
        else:
            self._cut_lines(line, end.line + 1)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style


def _id_of(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value).strip()
    return ""
