"""The reader's choices: declared once here, kept as one JSON file.

A damaged file is set aside, never overwritten, and costs only itself.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.atomic import aside, write_atomically

FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default (whose type is its type), its choices, and what it is for."""

    default: Any
    about: str
    choices: tuple[Any, ...] = ()
    lowest: int | None = None
    highest: int | None = None

    def accepts(self, value: Any) -> bool:
        """Whether `value` may be stored."""
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if self.lowest is not None and value < self.lowest:
            return False
        return self.highest is None or value <= self.highest


DECLARED: Mapping[str, Setting] = {
    "theme": Setting("system", "Colours of the window.", ("system", "light", "sepia", "dark")),
    "underline": Setting(
        "first", "Which mentions are underlined in the text.", ("first", "every", "none")
    ),
    "text-size": Setting(100, "Size of the text, in percent.", lowest=50, highest=300),
    "panel": Setting(True, "Whether the left panel is open."),
    "panel-page": Setting(
        "contents", "The page of the left panel.", ("contents", "index", "timeline", "notes")
    ),
    "panel-width": Setting(232, "Pixels of the left panel.", lowest=120, highest=900),
    "margin": Setting(True, "Whether cards stand beside the text."),
    "export-folder": Setting("", "The folder to which notes were exported last."),
    "export-format": Setting("markdown", "The format, or template, of the last export."),
    "export-annotations": Setting(False, "Whether notes say what marked passages mention."),
    "export-figures": Setting(False, "Whether notes have the figures of marked passages."),
    "notes-order": Setting(
        "text", "What my notes are sorted by.", ("text", "color", "tag", "date")
    ),
    "library-order": Setting(
        "read", "What the library is sorted by.", ("read", "title", "progress", "added")
    ),
    "damage-told": Setting("", "The damage of the library that the reader was told of."),
    "window": Setting("", "Size and place of the window, as Qt writes it, in base 64."),
}


class Settings:
    """The values now in force. Setting one writes the file, whole or not at all.

    `notice` is a sentence for the reader when the file could not be read. Unless it
    `keeps` them, choices are for this session alone, and the file stays as it is.
    """

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        self._path = folder / FILE
        self._stored: dict[str, Any] = {}
        self._may_write = keeps
        self.notice = ""
        try:
            stored = json.loads(self._path.read_bytes())
            if not isinstance(stored, dict):
                raise ValueError("not a table")
            self._stored = stored
        except FileNotFoundError:
            pass
        except (ValueError, RecursionError):
            self.notice = self._set_aside()
        except OSError as error:
            self._may_write = False
            self.notice = (
                f"The settings in {self._path} could not be read ({error.strerror}); "
                "defaults are used, and changes kept for this session only."
            )

    def __getitem__(self, name: str) -> Any:
        """The value of a declared setting; KeyError for any other."""
        declared, value = DECLARED[name], self._stored.get(name)
        return value if declared.accepts(value) else declared.default

    def __setitem__(self, name: str, value: Any) -> None:
        """Store a value. ValueError when it is none of the setting's.

        A file that cannot be written leaves the value in force for this session.
        """
        declared, stored = DECLARED[name], self._stored.get(name)
        if not declared.accepts(value):
            raise ValueError(f"{value!r} is no value of {name}")
        if declared.accepts(stored) and stored == value:
            return
        self._stored[name] = value
        if self._may_write:
            data = json.dumps(self._stored, indent=2, sort_keys=True) + "\n"
            with contextlib.suppress(OSError):
                write_atomically(self._path, data.encode())

    def _set_aside(self) -> str:
        if not self._may_write:
            return f"The settings in {self._path} are damaged; defaults are used."
        try:
            kept = self._path.replace(aside(self._path))
        except OSError as error:
            self._may_write = False
            return (
                f"The settings in {self._path} are damaged and cannot be set aside "
                f"({error.strerror}); defaults are used, and changes kept for this session only."
            )
        return f"The settings were damaged; they were set aside as {kept.name}, and defaults used."
