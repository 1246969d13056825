"""Changing a document.yaml: some of its fields, all else byte for byte as it was."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from reader.annotations import fields
from reader.annotations.writing.errors import CannotEdit
from reader.annotations.writing.mapping import changes
from reader.annotations.writing.tree import Tree, spliced
from reader.annotations.writing.values import Style, Value, field
from reader.annotations.writing.words import Bare, writable

_FILE = "document.yaml"
_BARE = ("date", "id", "derived-from")


def edited_document(source: str, new: Mapping[str, Value | None], file: str = _FILE) -> str:
    """The text of a document.yaml with some fields set, such as title, revision or date.

    A field that is None or empty is taken out. Raises CannotEdit, naming the line, if the
    source cannot be read, and for fields that a document does not have.
    """
    if unknown := [name for name in new if name not in fields.DOCUMENT]:
        raise CannotEdit(f"{file} has no field {unknown[0]}.")
    source = source.removeprefix("\ufeff")
    tree = Tree(source, file, fields.DOCUMENT)
    old = {name: _value(value) for key, value in tree.top.value if (name := _words(key)) in new}
    wanted = {name: tidy for name, value in new.items() if (tidy := _tidy(name, value))}
    style = Style(newline="\r\n" if "\r\n" in source else "\n")
    splices = changes(tree, tree.top, old, wanted, list(fields.DOCUMENT), style)
    result = spliced(source, splices)
    ended = source.endswith(("\r", "\n"))
    result = result if result.endswith(("\r", "\n")) or not ended else result + style.newline
    now = Tree(result, file, fields.DOCUMENT).top.value
    said = {_words(key): _value(value) for key, value in reversed(now)}
    if any(said.get(name) != _plain(wanted.get(name)) for name in new):
        raise CannotEdit(
            f"{file} is written in a way that cannot be changed here; change it in a text editor."
        )
    return result


def new_document(values: Mapping[str, Value | None]) -> str:
    """The text of a document.yaml with these fields, those left out that say nothing."""
    wanted = {name: tidy for name in fields.DOCUMENT if (tidy := _tidy(name, values.get(name)))}
    return "".join(field(name, value, 0, Style()) + "\n" for name, value in wanted.items())


def _tidy(name: str, value: Value | None) -> Value | None:
    if isinstance(value, str):
        words = writable(value).strip()
        return Bare(words) if name in _BARE else words
    if isinstance(value, list | tuple):
        return [writable(str(each)).strip() for each in value if str(each).strip()]
    return value


def _plain(value: Value | None) -> Value | None:
    return str(value) if isinstance(value, str | int) else value


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [_words(each).strip() for each in node.value]
    return _words(node).strip()


def _words(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
