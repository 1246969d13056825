"""One mapping of a YAML file: whoever asks it for a field gets the value, or a problem is noted.

Scalars stay what the author typed: whoever asks for words gets the words, so that
`terms: [2025, no]` means what it says.
"""

from __future__ import annotations

import math
import re
from datetime import date

import yaml

from reader.annotations.fields import Fields
from reader.problems import Problem, quoted

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOST_DIGITS = 12


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
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(
                    "wrong-form", "A field's name has to be words.", "Write `name: …`.", key_node
                )
            elif key_node.value in self._nodes:
                self._report_twice(key_node)
            elif key_node.value not in fields:
                self.report(
                    "unknown-field",
                    f"{quoted(key_node.value)} is not known here.",
                    _nearest(key_node.value, fields),
                    key_node,
                )
            else:
                self._nodes[key_node.value] = value_node
        for name, field in fields.items():
            if not field.required:
                continue
            if name not in self._nodes:
                self.report(
                    "missing-field", f"“{name}” is missing.", f"Add `{name}:` and {field.form}."
                )
            elif _is_empty(self._nodes[name]):
                self.report("missing-field", f"“{name}” is empty.", f"Give it {field.form}.", name)

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
        return self.raw(key).strip()

    def raw(self, key: str) -> str:
        """As `words`, but with the white space around it: context may begin with a space."""
        if not self.has(key):
            return ""
        node = self._nodes[key]
        if not isinstance(node, yaml.ScalarNode):
            self.report("wrong-form", f"“{key}” has to be words.", "Put them in quotes.", node)
            return ""
        return str(node.value)

    def is_scalar(self, key: str) -> bool:
        """Whether the field is a single value, neither a list nor a mapping."""
        return self.has(key) and isinstance(self._nodes[key], yaml.ScalarNode)

    def word_list(self, key: str) -> tuple[str, ...]:
        """The field as a list of words; a single word counts as a list of one."""
        words: list[str] = []
        for node in self._items(key):
            if isinstance(node, yaml.ScalarNode) and node.value.strip():
                words.append(node.value.strip())
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
        if not (words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS):
            self.report(
                "wrong-number",
                f"“{key}” has to be a whole number, not {quoted(words)}.",
                "Write it with digits only, such as 120.",
                key,
            )
            return None
        return int(words)

    def numbers(self, key: str) -> list[tuple[str, float]]:
        """The field as a mapping of labels to numbers, in order; the wrong ones are left out."""
        if not self.has(key):
            return []
        mapping = self._nodes[key]
        if not isinstance(mapping, yaml.MappingNode):
            self.report(
                "wrong-form",
                f"“{key}” has to be labels with numbers.",
                f"Write `{key}: {{first: 1, second: 2}}`.",
                mapping,
            )
            return []
        numbers: dict[str, float] = {}
        for label, node in mapping.value:
            if not isinstance(label, yaml.ScalarNode):
                self.report("wrong-form", "A label has to be words.", "Put it in quotes.", label)
                continue
            if label.value in numbers:
                self._report_twice(label)
                continue
            number = _number(node)
            if number is None:
                words = quoted(node.value) if isinstance(node, yaml.ScalarNode) else "What it holds"
                self.report(
                    "wrong-number",
                    f"{words} (of {quoted(label.value)}) is not a number.",
                    "Write it with digits and a point, and say the unit in `unit`.",
                    node,
                )
                continue
            numbers[label.value] = number
        return list(numbers.items())

    def date(self, key: str) -> str:
        """The field as an ISO date of a year, a month or a day; else empty."""
        words = self.words(key)
        if not words or is_date(words):
            return words
        self.report(
            "wrong-date",
            f"{quoted(words)} is not a date.",
            "Write a year, a month or a day, such as 2025, 2025-06 or 2025-06-01.",
            key,
        )
        return ""

    def entries(self, key: str, fields: Fields) -> list[Entry]:
        """The field as a list of mappings; a single mapping counts as a list of one."""
        entries = []
        for node in self._items(key):
            if isinstance(node, yaml.MappingNode):
                entries.append(Entry(node, self._file, fields, self._problems))
            else:
                self.report(
                    "wrong-form",
                    f"An entry of “{key}” has to have fields.",
                    f"Write them as `{next(iter(fields))}: …`.",
                    node,
                )
        return entries

    def entry(self, key: str, fields: Fields) -> Entry | None:
        """The field as one mapping; the first, and a problem, where there are several."""
        entries = self.entries(key, fields)
        if len(entries) > 1:
            self.report(
                "wrong-form", f"There can be one “{key}” only.", "Keep the first of them.", key
            )
        return entries[0] if entries else None

    def _items(self, key: str) -> list[yaml.Node]:
        if not self.has(key):
            return []
        node = self._nodes[key]
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def _report_twice(self, node: yaml.ScalarNode) -> None:
        self.report(
            "duplicate-key",
            f"{quoted(node.value)} stands twice here.",
            "Keep one of the two.",
            node,
        )


def _is_null(node: yaml.Node) -> bool:
    """Whether nothing was typed, or what programs write for nothing; `Null` may be a name."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def _is_empty(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return _is_null(node) or not node.value.strip()
    return isinstance(node, yaml.MappingNode) and not node.value


def _number(node: yaml.Node) -> float | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    try:
        number = float(node.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def is_date(words: str) -> bool:
    """Whether words are an ISO date of a year, a month or a day."""
    match = _DATE.fullmatch(words)
    if not match:
        return False
    try:
        date(*(int(part) if part else 1 for part in match.groups()))
    except ValueError:
        return False
    return True


def _nearest(word: str, fields: Fields) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, fields, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Known are {', '.join(fields)}."
