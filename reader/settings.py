"""The reader's choices: declared once here, kept as one JSON file.

A damaged file is set aside, never overwritten, and costs only itself.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reader.atomic import aside, write_atomically

FILE = "settings.json"


SECTIONS = ("reading", "look", "marks", "library", "keys")
"""The parts of the preferences, in their order."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for translation; nothing down here translates it."""
    return text


class Setting(NamedTuple):
    """One setting: its default (whose type is its type), its choices, and what it is for.

    `section` is the part of the preferences that shows it. Without one it is mere state, such
    as the size of the window: kept, and never shown. `unit` stands behind a number; `form` says
    what a text is: a `face` or a `folder`.
    """

    default: Any
    about: str
    choices: tuple[Any, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    section: str = ""
    unit: str = ""
    form: str = ""

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
    "text-size": Setting(
        100,
        QT_TRANSLATE_NOOP("Settings", "Size of the text."),
        lowest=50,
        highest=300,
        section="reading",
        unit="%",
    ),
    "text-face": Setting(
        "serif",
        QT_TRANSLATE_NOOP("Settings", "Face of the text."),
        section="reading",
        form="face",
    ),
    "measure": Setting(
        66,
        QT_TRANSLATE_NOOP("Settings", "Characters in a line, if there is room."),
        lowest=30,
        highest=120,
        section="reading",
    ),
    "line-spacing": Setting(
        100,
        QT_TRANSLATE_NOOP("Settings", "Distance of the lines."),
        lowest=80,
        highest=250,
        section="reading",
        unit="%",
    ),
    "paragraph-spacing": Setting(
        100,
        QT_TRANSLATE_NOOP("Settings", "Distance of the paragraphs."),
        lowest=50,
        highest=400,
        section="reading",
        unit="%",
    ),
    "letter-spacing": Setting(
        0,
        QT_TRANSLATE_NOOP(
            "Settings", "More space between letters, in hundredths of the letters' size."
        ),
        lowest=0,
        highest=30,
        section="reading",
    ),
    "word-spacing": Setting(
        0,
        QT_TRANSLATE_NOOP(
            "Settings", "More space between words, in hundredths of the letters' size."
        ),
        lowest=0,
        highest=100,
        section="reading",
    ),
    "page-margin": Setting(
        32,
        QT_TRANSLATE_NOOP("Settings", "Space beside the text, at least."),
        lowest=8,
        highest=300,
        section="reading",
        unit="px",
    ),
    "justified": Setting(
        False,
        QT_TRANSLATE_NOOP("Settings", "Stretch the lines to an even right edge."),
        section="reading",
    ),
    "ruler": Setting(
        False,
        QT_TRANSLATE_NOOP("Settings", "Reading ruler: only the lines being read stand out."),
        section="reading",
    ),
    "ruler-lines": Setting(
        1,
        QT_TRANSLATE_NOOP("Settings", "Lines in the reading ruler."),
        lowest=1,
        highest=9,
        section="reading",
    ),
    "theme": Setting(
        "system",
        QT_TRANSLATE_NOOP("Settings", "Colours of the window."),
        ("system", "light", "sepia", "dark", "high-contrast-light", "high-contrast-dark"),
        section="look",
    ),
    "interface-size": Setting(
        100,
        QT_TRANSLATE_NOOP("Settings", "Size of letters and controls in the window."),
        (100, 125, 150, 175, 200),
        section="look",
        unit="%",
    ),
    "underline": Setting(
        "first",
        QT_TRANSLATE_NOOP("Settings", "Which mentions are underlined in the text."),
        ("first", "every", "none"),
        section="look",
    ),
    "signs": Setting(
        False,
        QT_TRANSLATE_NOOP(
            "Settings",
            "Tell kinds apart by the shape of their underlines, and colours by their numbers.",
        ),
        section="look",
    ),
    "motion": Setting(
        "system",
        QT_TRANSLATE_NOOP("Settings", "Whether things may fade and move."),
        ("system", "reduced", "full"),
        section="look",
    ),
    "margin": Setting(
        True,
        QT_TRANSLATE_NOOP("Settings", "Show cards beside the text."),
        section="look",
    ),
    "panel": Setting(True, "Whether the left panel is open."),
    "panel-page": Setting(
        "contents", "The page of the left panel.", ("contents", "index", "timeline", "notes")
    ),
    "panel-width": Setting(
        232, "Pixels of the left panel beside letters of 100 %.", lowest=60, highest=900
    ),
    "export-folder": Setting(
        "",
        QT_TRANSLATE_NOOP("Settings", "The folder to which notes are exported."),
        section="marks",
        form="folder",
    ),
    "export-format": Setting("markdown", "The format, or template, of the last export."),
    "export-annotations": Setting(
        False,
        QT_TRANSLATE_NOOP("Settings", "Exported notes say what the marked passages mention."),
        section="marks",
    ),
    "export-figures": Setting(
        False,
        QT_TRANSLATE_NOOP("Settings", "Exported notes have the figures of the marked passages."),
        section="marks",
    ),
    "notes-order": Setting(
        "text",
        QT_TRANSLATE_NOOP("Settings", "What my notes are sorted by."),
        ("text", "color", "tag", "date"),
        section="marks",
    ),
    "hidden-layers": Setting({}, "The layers that are hidden: lists of ids, by their texts' ids."),
    "share-name": Setting(
        "",
        QT_TRANSLATE_NOOP("Settings", "The name under which your marks are handed on."),
        section="marks",
    ),
    "share-folder": Setting("", "The folder to which a copy was shared last."),
    "library-order": Setting(
        "read",
        QT_TRANSLATE_NOOP("Settings", "What the library is sorted by."),
        ("read", "title", "progress", "added"),
        section="library",
    ),
    "shared-content": Setting("", "A folder with copies for everybody, which is only read."),
    "keys": Setting({}, "The keys that were chosen: lists of key sequences, by commands' ids."),
    "damage-told": Setting("", "The damage of the library that the reader was told of."),
    "help-window": Setting(
        "", "Size and place of the window of Help, as Qt writes it, in base 64."
    ),
    "news-told": Setting("", "The version whose news the reader was told of."),
    "window": Setting("", "Size and place of the window, as Qt writes it, in base 64."),
}


class Settings:
    """The values now in force. Setting one writes the file, whole or not at all.

    `notice` is a sentence for the reader when the file could not be read. Unless it
    `keeps` them, choices are for this session alone, and the file stays as it is.

    The same file in the folder `everyones`, which an administrator wrote for all users, says
    what the defaults are. It is only read.
    """

    def __init__(self, folder: Path, *, keeps: bool = True, everyones: Path | None = None) -> None:
        self._path = folder / FILE
        self._stored: dict[str, Any] = {}
        self._may_write = keeps
        self._followers: list[Callable[[str], object]] = []
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
        self._defaults: dict[str, Any] = {}
        if everyones is not None:
            self._defaults, wrong = _read_defaults(everyones / FILE)
            self.notice = " ".join(filter(None, (self.notice, wrong)))

    def __getitem__(self, name: str) -> Any:
        """The value of a declared setting; KeyError for any other."""
        declared, value = DECLARED[name], self._stored.get(name)
        return value if declared.accepts(value) else self._default(name)

    def _default(self, name: str) -> Any:
        return self._defaults.get(name, DECLARED[name].default)

    def __setitem__(self, name: str, value: Any) -> None:
        """Store a value. ValueError when it is none of the setting's.

        A file that cannot be written leaves the value in force for this session.
        """
        declared, stored = DECLARED[name], self._stored.get(name)
        if not declared.accepts(value):
            raise ValueError(f"{value!r} is no value of {name}")
        if declared.accepts(stored) and stored == value:
            return
        before = self[name]
        self._stored[name] = value
        self._write()
        if value != before:
            self._tell(name)

    @property
    def path(self) -> Path:
        """The file in which the choices lie."""
        return self._path

    def is_changed(self, name: str) -> bool:
        """Whether a declared setting has another value than its default."""
        return bool(self[name] != self._default(name))

    def reset(self, name: str) -> None:
        """Give a declared setting its default again."""
        changed = self.is_changed(name)
        if self._stored.pop(name, None) is not None:
            self._write()
        if changed:
            self._tell(name)

    def follow(self, work: Callable[[str], object]) -> Callable[[], None]:
        """Have `work` called with the name of every setting whose value changes from now on.

        The answer ends that.
        """
        self._followers.append(work)
        return lambda: self._followers.remove(work)

    def _tell(self, name: str) -> None:
        for work in tuple(self._followers):
            work(name)

    def _write(self) -> None:
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


def _read_defaults(path: Path) -> tuple[dict[str, Any], str]:
    """The defaults for all users in a file, and a sentence on what is wrong with it."""
    try:
        stored = json.loads(path.read_bytes())
        if not isinstance(stored, dict):
            raise ValueError("it is not a table")
    except FileNotFoundError:
        return {}, ""
    except json.JSONDecodeError as error:
        return {}, _unused(path, f"line {error.lineno}: {error.msg}")
    except (ValueError, RecursionError) as error:
        return {}, _unused(path, str(error))
    except OSError as error:
        return {}, _unused(path, str(error.strerror))
    good = {
        name: value
        for name, value in stored.items()
        if name in DECLARED and DECLARED[name].accepts(value)
    }
    bad = sorted(map(str, stored.keys() - good.keys()))
    return good, _unused(path, f"{', '.join(bad)}: no such setting or value") if bad else ""


def _unused(path: Path, why: str) -> str:
    return f"The settings for all users in {path} are not used as they are ({why}); correct them."
