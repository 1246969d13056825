"""A YAML file as it is written, with the place of everything in it.

PyYAML's marks say where a node begins and ends, but for what stands in lines: such a node
ends where the next one begins, comments and empty lines and all. Here it ends with its last
words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeVar

import yaml

from reader.annotations.fields import Fields
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.values import Style
from reader.annotations.yaml_source import read_yaml
from reader.problems import Problem

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]|\\Z")
_ENOUGH = 100
"""Entries that show how a file is written."""

Pair = tuple[yaml.Node, yaml.Node]
"""A field of a mapping: its name, its value."""

Splice = tuple[int, int, str]
"""Words that take the place of `start:end` (code points) of the source."""

_Shown = TypeVar("_Shown")


class Tree:
    """The source of a file that holds a mapping, and where its parts stand.

    Raises CannotEdit, naming the line, if it is no such file.
    """

    def __init__(self, source: str, file: str, fields: Fields) -> None:
        problems: list[Problem] = []
        if read_yaml(source, file, fields, problems) is None:
            raise CannotEdit(problems[-1].sentence)
        self.source = source
        self.file = file
        top = yaml.compose(source, Loader=_Loader)
        assert isinstance(top, yaml.MappingNode)  # or there would be a problem
        self.top = top

    def start(self, node: yaml.Node) -> int:
        """Where a node begins: its first letter, bracket, quote or dash."""
        return int(node.start_mark.index)

    def end(self, node: yaml.Node) -> int:
        """Where the last words of a node end."""
        if isinstance(node, yaml.ScalarNode):
            end = int(node.end_mark.index)
            if node.style not in ("|", ">"):
                return end
            words = self.source[self.start(node) : end].rstrip()
            return min(end, self.line_end(self.start(node) + len(words)))
        if in_brackets(node):
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end_of(last) if isinstance(node, yaml.MappingNode) else self.end(last)

    def end_of(self, pair: Pair) -> int:
        """Where the last words of a field end."""
        return max(self.end(pair[1]), self.after_colon(pair))

    def column(self, node: yaml.Node) -> int:
        """In which column, from 0, a node begins."""
        return int(node.start_mark.column)

    def after_colon(self, pair: Pair) -> int:
        """The place just after the colon of a field, or after its name where there is none."""
        end = int(pair[0].end_mark.index)
        colon = self.source.find(":", end, self.start(pair[1]) + 1)
        return end if colon == -1 else colon + 1

    def line_start(self, place: int) -> int:
        """Where the line begins that `place` is in."""
        return self._starts[bisect_right(self._starts, place) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.source))]

    def line_end(self, place: int) -> int:
        """Where the line ends that `place` is in, before its newline."""
        match = _LINE_END.search(self.source, place)
        return match.start() if match else len(self.source)

    def next_line(self, place: int) -> int:
        """Where the next line begins."""
        match = _LINE_END.search(self.source, place)
        return match.end() if match else len(self.source)

    def rest_of_line(self, place: int) -> str:
        """What stands on the line after `place`."""
        return self.source[place : self.line_end(place)]

    def style(self, entries: Iterable[yaml.Node], default: Style) -> Style:
        """How the file is written, as most of its entries show it."""
        columns: Counter[tuple[int, int]] = Counter()
        flows: Counter[bool] = Counter()
        spaced: Counter[bool] = Counter()
        before: yaml.Node | None = None
        for node in islice(entries, _ENOUGH):
            if not isinstance(node, yaml.MappingNode) or in_brackets(node):
                continue
            flows.update(in_brackets(each) for each in _collections(node))
            dash = self.dash(node)
            column = dash - self.line_start(dash)
            columns[column, self.column(node) - column] += 1
            if before is not None:
                spaced[_has_empty_line(self.source[self.end(before) : dash])] += 1
            before = node
        (dash, inner) = _most(columns, (default.dash, default.inner))
        return Style(
            newline="\r\n" if "\r\n" in self.source else "\n",
            dash=dash,
            inner=inner,
            spaced=_most(spaced, default.spaced),
            flow=_most(flows, default.flow),
        )

    def dash(self, item: yaml.Node) -> int:
        """The place of the dash before an item of a list that is written in lines."""
        place = self.start(item)
        line = self.line_start(place)
        before = self.source[line:place]
        while not before.lstrip(" ").startswith("-"):
            place, line = line, self.line_start(line - 1)
            before = self.source[line : self.line_end(line)]
        return line + before.index("-")


def in_brackets(node: yaml.Node) -> bool:
    """Whether a node is a list or a mapping that is written with brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def spliced(source: str, splices: Iterable[Splice]) -> str:
    """The source with all of the splices, none of which overlap.

    Of two that put words in at the same place, the first one's words come first.
    """
    done: list[str] = []
    at = 0
    for start, end, words in sorted(splices, key=lambda splice: splice[:2]):
        if start < at:
            raise ValueError("two changes overlap")
        done += source[at:start], words
        at = end
    return "".join(done) + source[at:]


def _collections(node: yaml.MappingNode) -> Iterator[yaml.Node]:
    return (value for _, value in node.value if not isinstance(value, yaml.ScalarNode))


def _has_empty_line(between: str) -> bool:
    return any(not line.strip() for line in re.split("\r\n|\n|\r", between)[1:-1])


def _most(counted: Counter[_Shown], default: _Shown) -> _Shown:
    return counted.most_common(1)[0][0] if counted else default
