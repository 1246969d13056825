"""A YAML file read with the line of everything in it, so that errors can name it.

Only the plain part of YAML is allowed: mappings, lists and scalars. Anchors and
aliases are refused, since a short file can unfold into a huge one through them;
tags too, since words that begin with `!` would lose them.
"""

from __future__ import annotations

import re

import yaml

from reader.annotations.entry import Entry
from reader.annotations.fields import Fields
from reader.problems import Problem

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_NESTING = 64
_MOST_VALUES = 200_000
"""Each takes some 500 bytes and 10 microseconds; 5,000 annotations have about 50,000."""
_UNSHOWN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not take."""


def read_yaml(source: str, file: str, fields: Fields, problems: list[Problem]) -> Entry | None:
    """Read the mapping that a file holds; None, and a problem, when there is none."""
    try:
        _refuse_tricks(source)
        node = yaml.compose(source, Loader=_Loader)
        if isinstance(node, yaml.MappingNode):
            return Entry(node, file, fields, problems)
        line, message, advice = 0, *_no_mapping(node, fields)
    except _Refused as refused:
        line, message, advice = refused.line, refused.message, refused.advice
    except yaml.MarkedYAMLError as error:
        line, message, advice = _explained(error)
    problems.append(Problem(file, line, "yaml", message, advice))
    return None


class _Refused(Exception):
    def __init__(self, line: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.line, self.message, self.advice = line, message, advice


def _refuse_tricks(source: str) -> None:
    """Walk the file's events, which costs no more than its length, before building it."""
    if unshown := _UNSHOWN.search(source):
        raise _Refused(
            source.count("\n", 0, unshown.start()) + 1,
            f"An invisible character (U+{ord(unshown[0]):04X}) stands here.",
            "Delete it.",
        )
    depth = documents = values = 0
    for event in yaml.parse(source, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if getattr(event, "anchor", None):
            raise _Refused(
                line,
                "YAML anchors (&) and aliases (*) are not allowed.",
                "Write the value out, or put words that begin with & or * in quotes.",
            )
        if getattr(event, "tag", None):
            raise _Refused(
                line, "YAML tags (!) are not allowed.", "Put words that begin with ! in quotes."
            )
        if isinstance(event, yaml.NodeEvent):
            values += 1
            if values > _MOST_VALUES:
                raise _Refused(
                    line,
                    f"Here the file has reached {_MOST_VALUES:,} values, the most there can be.",
                    "Divide the text and its annotations into parts.",
                )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused(
                    line, "A second YAML document begins here.", "Remove the line `---`."
                )
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MOST_NESTING:
                raise _Refused(line, "This is nested too deeply.", "Write it flat.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _no_mapping(node: yaml.Node | None, fields: Fields) -> tuple[str, str]:
    first = next(name for name, field in fields.items() if field.required)
    if isinstance(node, yaml.SequenceNode):
        return "The file is a bare list.", f"Begin it with `{first}:` and indent the list below."
    if node is None:
        return "The file is empty.", f"Begin it with `{first}:`."
    return "The file holds words without a field's name.", f"Begin it with `{first}:`."


def _explained(error: yaml.MarkedYAMLError) -> tuple[int, str, str]:
    """The line, what is wrong there and what to do, in the words of whoever writes the file."""
    problem, mark = error.problem or "", error.problem_mark
    advice = "Look at the indentation and the quotes just before this line."
    if "end of stream" in problem and error.context_mark:
        mark, problem = error.context_mark, "the quotation that begins here never ends"
        advice = "Close it with the quote that opens it."
    elif "mapping values are not allowed" in problem:
        advice = "Put words that contain a colon in quotes."
    elif "expected ',' or" in problem and error.context_mark:
        opened = error.context_mark.line + 1
        advice = f"Close the bracket that opens on line {opened}, or put its words in quotes."
    elif "start any token" in problem or "tab" in problem:
        advice = "Indent with spaces, not tabs, and put special characters in quotes."
    return mark.line + 1 if mark else 0, f"This is not valid YAML: {problem}.", advice
