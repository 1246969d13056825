"""A YAML file read with the line of everything in it, so that errors can name it.

Only the plain part of YAML is allowed: mappings, lists and scalars. Anchors and
aliases are refused, since a short file can unfold into a huge one through them.
Scalars stay what the author typed: whoever asks for words gets the words, so that
`terms: [2025, no]` means what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from reader.annotations.fields import Fields
from reader.problems import Problem

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOST_NESTING = 64


class Entry:
    """One mapping of the file. Asking it for a field reports what is wrong with it."""

    def __init__(
        self, node: yaml.MappingNode, file: str, fields: Fields, problems: list[Problem]
    ) -> None:
        self.line: int = node.start_mark.line + 1
        self._file = file
        self._problems = problems
        self._nodes: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in self._nodes:
                self.report(
                    "duplicate-key",
                    f"“{key}” stands twice here.",
                    "Keep one of the two.",
                    key_node,
                )
            elif key not in fields:
                self.report("unknown-field", f"“{key}” is not known here.", _nearest(key, fields))
            else:
                self._nodes[key] = value_node
        for name, field in fields.items():
            if field.required and name not in self._nodes:
                self.report(
                    "missing-field", f"“{name}” is missing.", f"Add `{name}:` and {field.form}."
                )

    def report(
        self, code: str, message: str, advice: str, at: yaml.Node | str | None = None
    ) -> None:
        """Add a problem, at the line of a field, of a node, or of this entry."""
        node = self._nodes.get(at) if isinstance(at, str) else at
        line = node.start_mark.line + 1 if node is not None else self.line
        self._problems.append(Problem(self._file, line, code, message, advice))

    def has(self, key: str) -> bool:
        """Whether the field is there and not empty (`key:` with nothing after it)."""
        return key in self._nodes and not _is_null(self._nodes[key])

    def line_of(self, key: str) -> int:
        """The line of a field's value, from 1; the entry's own line if it is absent."""
        return self._nodes[key].start_mark.line + 1 if key in self._nodes else self.line

    def words(self, key: str) -> str:
        """The field as the author typed it, without white space around it; else empty."""
        if not self.has(key):
            return ""
        node = self._nodes[key]
        if not isinstance(node, yaml.ScalarNode):
            self.report("wrong-form", f"“{key}” has to be words.", "Put them in quotes.", node)
            return ""
        return str(node.value).strip()

    def raw(self, key: str) -> str:
        """As `words`, but with the white space around it: context may begin with a space."""
        self.words(key)
        node = self._nodes.get(key)
        return str(node.value) if isinstance(node, yaml.ScalarNode) and self.has(key) else ""

    def is_scalar(self, key: str) -> bool:
        """Whether the field is a single value, neither a list nor a mapping."""
        return self.has(key) and isinstance(self._nodes[key], yaml.ScalarNode)

    def word_list(self, key: str) -> tuple[str, ...]:
        """The field as a list of words; a single word counts as a list of one."""
        if not self.has(key):
            return ()
        words: list[str] = []
        for node in _items(self._nodes[key]):
            if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
                words.append(str(node.value).strip())
            else:
                self.report(
                    "wrong-form",
                    f"“{key}” has to be a list of words.",
                    f"Write `{key}: [one, two]`.",
                    node,
                )
        return tuple(words)

    def number(self, key: str) -> int | None:
        """The field as a whole number of 0 or more, or None."""
        words = self.words(key)
        if not words:
            return None
        if not words.isascii() or not words.isdigit() or len(words) > 12:
            self.report(
                "wrong-form", f"“{key}” has to be a whole number.", f"It is “{words}”.", key
            )
            return None
        return int(words)

    def date(self, key: str) -> str:
        """The field as an ISO date of a year, a month or a day; else empty."""
        words = self.words(key)
        if not words:
            return ""
        match = _DATE.fullmatch(words)
        if not match or not _exists(match):
            self.report(
                "wrong-date",
                f"“{words}” is not a date.",
                "Write a year, a month or a day, such as 2025, 2025-06 or 2025-06-01.",
                key,
            )
            return ""
        return words

    def entries(self, key: str, fields: Fields) -> list[Entry]:
        """The field as a list of mappings; a single mapping counts as a list of one."""
        return list(self._entries(key, fields))

    def pairs(self, key: str) -> list[tuple[str, str]]:
        """The field as a mapping of words to words, in order."""
        if not self.has(key):
            return []
        node = self._nodes[key]
        if not isinstance(node, yaml.MappingNode):
            self.report(
                "wrong-form",
                f"“{key}” has to be labels with values.",
                f"Write `{key}: {{first: 1, second: 2}}`.",
                node,
            )
            return []
        pairs: dict[str, str] = {}
        for label, value in node.value:
            if str(label.value) in pairs:
                self.report(
                    "duplicate-key",
                    f"“{label.value}” stands twice here.",
                    "Give each label once.",
                    label,
                )
            pairs[str(label.value)] = str(value.value)
        return list(pairs.items())

    def _entries(self, key: str, fields: Fields) -> Iterator[Entry]:
        if not self.has(key):
            return
        for node in _items(self._nodes[key]):
            if isinstance(node, yaml.MappingNode):
                yield Entry(node, self._file, fields, self._problems)
            else:
                self.report(
                    "wrong-form",
                    f"An entry of “{key}” has to have fields.",
                    f"Write them as `{next(iter(fields))}: …`.",
                    node,
                )


def read_yaml(source: str, file: str, fields: Fields, problems: list[Problem]) -> Entry | None:
    """Read the mapping that a file holds; None, and a problem, when there is none."""
    try:
        _refuse_tricks(source)
        node = yaml.compose(source, Loader=_Loader)
    except _Refused as refused:
        problems.append(Problem(file, refused.line, "yaml", refused.message, refused.advice))
        return None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        what = getattr(error, "problem", None) or "something in it cannot be read"
        problems.append(
            Problem(file, line, "yaml", f"This is not valid YAML: {what}.", _yaml_advice(what))
        )
        return None
    if not isinstance(node, yaml.MappingNode):
        wanted = " and ".join(f"`{name}:`" for name, field in fields.items() if field.required)
        problems.append(Problem(file, 0, "yaml", "The file is empty or a bare list.",
                                f"It has to have {wanted}."))
        return None
    return Entry(node, file, fields, problems)


class _Refused(Exception):
    def __init__(self, line: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.line, self.message, self.advice = line, message, advice


def _refuse_tricks(source: str) -> None:
    """Walk the file's events, which costs no more than its length, before building it."""
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if getattr(event, "anchor", None):
            raise _Refused(
                event.start_mark.line + 1,
                "YAML anchors (&) and aliases (*) are not allowed.",
                "Write the value out, or put words that begin with & or * in quotes.",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MOST_NESTING:
                raise _Refused(
                    event.start_mark.line + 1, "This is nested too deeply.", "Write it flat."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _yaml_advice(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "Put words that contain a colon in quotes."
    if "found character" in what and "start any token" in what:
        return "Indent with spaces, not tabs, and put special characters in quotes."
    return "Look at the indentation and the quotes just before this line."


def _items(node: yaml.Node) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _exists(match: re.Match[str]) -> bool:
    from datetime import date

    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _nearest(word: str, fields: Fields) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, fields, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Known are {', '.join(fields)}."
