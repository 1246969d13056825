"""Writes the generated parts of the guides, between markers, from the tables that the program uses.

    python build/guides.py          renew them
    python build/guides.py --check  fail where one is stale

A part begins with `<!-- generated: NAME -->` and ends with `<!-- end -->`, each on a line.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from reader.annotations import entry, fields, mentions, reading, yaml_source
from reader.annotations.fields import Fields
from reader.annotations.model import Kind
from reader.annotations.w3c.pages import MOST as MOST_MARKS
from reader.copies import layer_reading, names, pictures, svg
from reader.copies.limits import LIMITS, MEGABYTE, MOST_PIXELS
from reader.copies.reading import LARGEST_TEXT
from reader.settings import DECLARED
from reader.ui.commands import COMMANDS, MENUS
from reader.ui.other_keys import ELSEWHERE
from reader.ui.preferences.words import CHOICE_WORDS, FACE_WORDS, section_name

FOLDER = Path(__file__).resolve().parent.parent / "docs"

_PART = re.compile(r"(<!-- generated: ([\w. -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN = {"Return": "Enter", "Del": "Delete", "PgDown": "Page down", "PgUp": "Page up"}


def renewed(source: str) -> str:
    """A guide with its generated parts written anew. KeyError for a part that nobody makes."""

    def part(found: re.Match[str]) -> str:
        words = "\n".join(PARTS[found[2]]())
        return f"{found[1]}\n{words}\n\n{found[3]}"

    return _PART.sub(part, source)


def main(arguments: list[str]) -> int:
    """Renew all guides, or only look; the answer is an exit status."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for file in sorted(FOLDER.rglob("*.md")):
        source = file.read_text("utf-8")
        words = renewed(source)
        if words == source:
            continue
        stale.append(file.name)
        if not arguments:
            file.write_text(words, "utf-8", newline="\n")
    if arguments and stale:
        print(f"docs: {', '.join(stale)} can be renewed: make guides", file=sys.stderr)
        return 1
    return 0


# The author's reference -------------------------------------------------------------------------


def _fields(table: Fields) -> Iterator[str]:
    yield "| field | form | what it is | for example |"
    yield "|---|---|---|---|"
    for name, field in table.items():
        about = ("**Needed.** " if field.required else "") + field.about
        about += f" {field.limit}" if field.limit else ""
        if field.default:
            about += f" Left out: {field.default[0].lower()}{field.default[1:].rstrip('.')}."
        example = f"`{field.example}`" if field.example else ""
        yield f"| `{name}` | {field.form} | {about} | {example} |"


def _kinds() -> Iterator[str]:
    yield ", ".join(f"`{kind.value}`" for kind in Kind) + "."


def _limits() -> Iterator[str]:
    def megabytes(size: int) -> str:
        return f"{size // MEGABYTE} MB"

    yield "| what | limit |"
    yield "|---|---|"
    for what, limit in (
        ("files", f"{LIMITS.files:,}"),
        ("one file, unpacked", megabytes(LIMITS.file)),
        ("all files, unpacked", f"{megabytes(LIMITS.total)}; counted while unpacking"),
        (
            f"a file above {megabytes(LIMITS.ratio_from)}",
            f"at most {LIMITS.ratio} times what it takes in the zip",
        ),
        (
            "the text",
            f"{megabytes(LIMITS.text)}, and {LIMITS.pieces:,} paragraphs, items, cells and styled "
            "or linked words, at a guess",
        ),
        ("a text by itself, which is no copy", megabytes(LARGEST_TEXT)),
        (
            "a YAML file",
            f"{megabytes(LIMITS.yaml)}, {yaml_source._MOST_VALUES:,} values, "
            f"{yaml_source._MOST_NESTING} levels; no anchors, aliases or tags",
        ),
        ("digits of a number", f"{entry._MOST_DIGITS}"),
        ("targets of annotations", f"{reading._MOST_TARGETS:,}"),
        ("an id, a term", f"{reading._LONGEST_ID} letters"),
        (
            "places where terms stand",
            f"{mentions.MOST_HITS:,}; terms have no mentions after that",
        ),
        ("values of a chart", f"{reading._MOST_VALUES}"),
        ("pixels of a picture", f"{MOST_PIXELS // 10**6} million"),
        (
            "an SVG",
            f"{megabytes(svg.LARGEST)}, {svg.MOST_ELEMENTS:,} elements; no entities, nothing "
            "outside itself",
        ),
        ("SVG pictures together", f"{pictures._MOST_SVG:,} elements"),
        ("a layer", megabytes(layer_reading.LARGEST)),
        (
            "layers together",
            f"{layer_reading.MOST_LAYERS} files, {megabytes(layer_reading.LARGEST_OF_ALL)}, "
            f"{MOST_MARKS:,} marks, {layer_reading.MOST_VALUES:,} values",
        ),
        ("a file's name", f"{names._LONGEST} letters, {names._DEEPEST} folders deep"),
    ):
        yield f"| {what} | {limit} |"


# The keyboard, and the settings -----------------------------------------------------------------


def _plain(words: str) -> str:
    return words.replace("&", "").removesuffix("…")


def _keys(*keys: str) -> str:
    return ", ".join(f"`{_key(each)}`" for each in keys)


def _key(sequence: str) -> str:
    head, plus, last = sequence.rpartition("+")
    if sequence.endswith("++"):
        head, plus, last = sequence[:-2], "+", "+"
    return f"{head}{plus}{_SHOWN.get(last, last)}"


def _commands() -> Iterator[str]:
    for menu, words in MENUS.items():
        yield from ("", f"### {_plain(words)}", "", "| what it does | keys |", "|---|---|")
        for command in COMMANDS:
            if command.menu == menu:
                yield f"| {_plain(command.text)} | {_keys(*command.keys)} |"


def _others() -> Iterator[str]:
    for place, keys in ELSEWHERE.items():
        yield from ("", f"### {place}", "", "| what it does | keys |", "|---|---|")
        for key in keys:
            named = [*([_keys(*key.keys)] if key.keys else []), *key.gestures]
            yield f"| {key.text} | {', '.join(named)} |"


def _settings() -> Iterator[str]:
    yield "| where | what | values | at first |"
    yield "|---|---|---|---|"
    for name, declared in DECLARED.items():
        worded = CHOICE_WORDS.get(name, {}) | (FACE_WORDS if name == "text-face" else {})
        if not declared.section:
            continue
        unit = f" {declared.unit}" if declared.unit else ""
        if declared.choices:
            values = ", ".join(f"{worded.get(choice, choice)}{unit}" for choice in declared.choices)
        elif declared.lowest is not None:
            values = f"{declared.lowest} to {declared.highest}{unit}"
        elif isinstance(declared.default, bool):
            values = "yes, no"
        else:
            values = {"face": "a face", "folder": "a folder"}.get(declared.form, "words")
        first = str(worded.get(declared.default, declared.default))
        if isinstance(declared.default, bool):
            first = "yes" if declared.default else "no"
        elif isinstance(declared.default, int):
            first += unit
        section = section_name(declared.section)
        yield f"| {section} | {declared.about} | {values} | {first} |"


def _settings_for_all() -> Iterator[str]:
    """The settings as their file has them, for whoever writes it."""
    yield "| name | values | what it is |"
    yield "|---|---|---|"
    for name, declared in DECLARED.items():
        if not declared.section and name != "shared-content":
            continue
        unit = f" ({declared.unit})" if declared.unit else ""
        if declared.choices:
            values = ", ".join(f"`{choice}`" for choice in declared.choices) + unit
        elif declared.lowest is not None:
            values = f"{declared.lowest} to {declared.highest}{unit}"
        elif isinstance(declared.default, bool):
            values = "`true`, `false`"
        elif declared.form == "face":
            values = f"{', '.join(f'`{face}`' for face in FACE_WORDS)}, or the name of a face"
        else:
            folder = declared.form == "folder" or name == "shared-content"
            values = "a folder, with its whole path" if folder else "words"
        yield f"| `{name}` | {values} | {declared.about} |"


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "document.yaml": lambda: _fields(fields.DOCUMENT),
    "annotation": lambda: _fields(fields.ANNOTATION),
    "target": lambda: _fields(fields.TARGET),
    "chart": lambda: _fields(fields.CHART),
    "image": lambda: _fields(fields.IMAGE),
    "kinds": _kinds,
    "limits": _limits,
    "commands": _commands,
    "other keys": _others,
    "settings": _settings,
    "settings for all": _settings_for_all,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
