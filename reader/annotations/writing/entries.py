"""The entries of an annotations.yaml: finding one, putting one in, taking one out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import yaml

from reader.annotations import fields
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.mapping import Data
from reader.annotations.writing.tree import Splice, Tree, in_brackets, spliced
from reader.annotations.writing.values import Style, field, inline_value
from reader.annotations.writing.words import inline

_LIST = "annotations"


class Entries:
    """The entries in a source, which holds a mapping with a list. Raises CannotEdit."""

    def __init__(self, source: str, file: str) -> None:
        self.tree = Tree(source, file, fields.ANNOTATIONS)
        pair = next((p for p in self.tree.top.value if _words(p[0]) == _LIST), None)
        if pair is None:
            raise CannotEdit(f"{file} has no list of annotations; write `annotations: []` in it.")
        self._pair = pair
        self._list: yaml.Node = pair[1]
        listed = isinstance(self._list, yaml.SequenceNode)
        self._nodes: list[yaml.Node] = list(self._list.value) if listed else [self._list]
        self._by_id: dict[str, yaml.MappingNode] = {}
        for node in self._nodes:
            if isinstance(node, yaml.MappingNode) and (found := _field(node, "id")):
                self._by_id.setdefault(_words(found).strip(), node)

    @cached_property
    def style(self) -> Style:
        """How the file is written."""
        return self.tree.style(self._nodes, Style())

    def node(self, identifier: str) -> yaml.MappingNode:
        """The entry of an id that is there."""
        return self._by_id[identifier]

    def has(self, node: yaml.MappingNode, name: str) -> bool:
        """Whether an entry has a field that says something."""
        value = _field(node, name)
        return value is not None and not (isinstance(value, yaml.ScalarNode) and not value.value)

    def raw(self) -> dict[str, str]:
        """Each entry as it is written, from its first field to its last words, by id."""
        return {
            identifier: self.tree.source[self.tree.start(node) : self._end(node)]
            for identifier, node in self._by_id.items()
        }

    def with_new(self, entry: Data, after: str) -> str:
        """The source with another entry after that of an id; at the end if there is none."""
        return self._put(inline_value(entry), self._written(entry), after)

    def with_new_raw(self, written: str, after: str) -> str:
        """As `with_new`, an entry that another source of the same style has so."""
        margin = " " * self.style.dash + "-" + " " * (self.style.inner - 1)
        return self._put(written, margin + written, after)

    def with_raw(self, identifier: str, written: str) -> str:
        """The source with an entry as another source of the same style has it."""
        node = self._by_id[identifier]
        return spliced(self.tree.source, [(self.tree.start(node), self._end(node), written)])

    def _put(self, written: str, in_lines: str, after: str) -> str:
        """The source with an entry, which is given in both forms."""
        tree, top_flow = self.tree, in_brackets(self.tree.top)
        in_flow = top_flow or in_brackets(self._list)
        colon, end = tree.after_colon(self._pair), tree.end(self._list)
        if _is_list(self._list) and self._list.value:
            last = self._by_id.get(after, self._nodes[-1])
            if in_flow:
                place = tree.end(last)
                return spliced(tree.source, [(place, place, ", " + written)])
            place = self._end(last)
            gap = self.style.newline * (2 if self.style.spaced else 1)
            return spliced(tree.source, [(place, place, gap + in_lines)])
        if isinstance(self._list, yaml.MappingNode):
            raise CannotEdit(
                f"{tree.file}, line {self._list.start_mark.line + 1}: the annotations are no "
                "list; put `- ` before the first of them and indent its lines."
            )
        if top_flow:
            return spliced(tree.source, [(colon, max(colon, end), f" [{written}]")])
        upto = tree.line_end(max(colon, end))
        note = tree.source[max(colon, end) : upto].rstrip()
        gap = self.style.newline * (2 if self.style.spaced else 1)
        return spliced(tree.source, [(colon, upto, note + gap + in_lines)])

    def without(self, identifier: str, more: Iterable[Splice] = ()) -> str:
        """The source without an entry, and with some other splices."""
        tree, node = self.tree, self._by_id[identifier]
        if not _is_list(self._list) or len(self._nodes) == 1:
            splices = list(self._emptied(node))
        elif in_brackets(self._list):
            index = self._nodes.index(node)
            if index:
                splices = [(tree.end(self._nodes[index - 1]), tree.end(node), "")]
            else:
                splices = [(tree.start(node), tree.start(self._nodes[1]), "")]
        else:
            splices = [(*self._lines_of(node), "")]
        return spliced(tree.source, [*splices, *more])

    def renamed_links(self, old: str, new: str) -> Iterator[Splice]:
        """The splices that make `see` and links in bodies lead to a new id, but for its own."""
        link = links_to(old)
        for identifier, node in self._by_id.items():
            if identifier == old:
                continue
            for item in _items(_field(node, "see")):
                if _words(item).strip() == old:
                    yield self.tree.start(item), self.tree.end(item), inline(new)
            body = _field(node, "body")
            if isinstance(body, yaml.ScalarNode):
                start, end = self.tree.start(body), self.tree.end(body)
                for match in link.finditer(self.tree.source, start, end):
                    yield match.end(1), match.end(), new

    def seeing(self, identifier: str) -> Iterator[tuple[yaml.MappingNode, list[str]]]:
        """The other entries whose `see` names an id, with all that it names."""
        for other, node in self._by_id.items():
            see = [_words(item).strip() for item in _items(_field(node, "see"))]
            if other != identifier and identifier in see:
                yield node, see

    def _written(self, entry: Data) -> str:
        style = self.style
        margin = " " * (style.dash + style.inner)
        written = style.newline.join(
            margin + field(name, value, len(margin), style) for name, value in entry.items()
        )
        return " " * style.dash + "-" + written[style.dash + 1 :]

    def _end(self, node: yaml.Node) -> int:
        """Where the lines of an entry end, with the comments that stand below, indented."""
        tree = self.tree
        end = tree.end(node)
        if not _is_list(self._list) or in_brackets(self._list):
            return end
        end = tree.line_end(end)
        dash = tree.dash(node)
        column = dash - tree.line_start(dash)
        while (following := tree.next_line(end)) > end:
            line = tree.rest_of_line(following)
            words = line.lstrip(" ")
            if not words.startswith("#") or len(line) - len(words) <= column:
                break
            end = tree.line_end(following)
        return end

    def _lines_of(self, node: yaml.Node) -> tuple[int, int]:
        """The lines of an entry, with the empty ones that only set it off."""
        tree, source = self.tree, self.tree.source
        start, end = tree.line_start(tree.dash(node)), tree.next_line(self._end(node))
        last = node is self._nodes[-1]
        following = end
        while following < len(source) and not tree.rest_of_line(following).strip():
            following = tree.next_line(following)
        before = start
        while before and not source[tree.line_start(before - 1) : before].strip():
            before = tree.line_start(before - 1)
        if last and following == len(source):
            return before, end
        first = node is self._nodes[0]
        return start, following if before < start or first else end

    def _emptied(self, node: yaml.Node) -> Iterator[Splice]:
        tree = self.tree
        colon = tree.after_colon(self._pair)
        if not _is_list(self._list):
            yield colon, tree.end(self._list), " []"
        elif in_brackets(self._list):
            yield tree.start(self._list), tree.end(self._list), "[]"
        else:
            yield colon, colon, " []"
            yield *self._lines_of(node), ""


def links_to(identifier: str) -> re.Pattern[str]:
    """A link of Markdown to an id; group 1 is what stands before the id."""
    return re.compile(rf"(\](?:\(|:)\s*<?#){re.escape(identifier)}(?![^\s)>])")


def _field(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in node.value if _words(key) == name), None)


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _words(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode)
