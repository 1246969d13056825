"""From the start to exported notes with the keys alone; no test here touches the mouse.

To follow it, have a picture of every step drawn: make keyboard-journey ARGS=folder, or set
READER_JOURNEY to a folder.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.app import GUIDE
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.exchange.file_names import safe_name
from reader.locations import bundled
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Picture, Program

    Start = Callable[..., Program]

NOTE = "Where did the airframes go? #hangars"


class Record:
    """Draws what is on the screen after each step, if a folder was named."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._folder = os.environ.get("READER_JOURNEY", "")
        self._steps = 0
        if self._folder:
            Path(self._folder).mkdir(parents=True, exist_ok=True)

    def step(self, what: str) -> Picture:
        """What is seen once all is at rest."""
        self._steps += 1
        seen = self._program.still()
        if self._folder:
            name = f"{self._steps:02}-{what.replace(' ', '-')}.png"
            assert seen.image.save(str(Path(self._folder) / name))
        return seen


def kept(home: Path) -> list[str]:
    """The marks in the library's file, as JSON, in the order in which they were made."""
    with closing(sqlite3.connect(home / "library.sqlite", timeout=60)) as library:
        rows = library.execute("SELECT record FROM marks WHERE deleted IS NULL ORDER BY number")
        return [record.decode() for (record,) in rows]


def dialog_of(program: Program) -> int:
    """Wait for a dialog, and give it the keyboard, as a window manager does."""
    program.until(lambda: len(program.windows()) == 2, "the dialog was there")
    dialog = next(each for each in program.windows() if each != program.window)
    program.focus(dialog)
    program.still()
    return dialog


def closed(program: Program) -> None:
    program.until(lambda: len(program.windows()) == 1, "the dialog had closed")
    program.focus()


def test_from_the_start_to_exported_notes(
    start: Start, article: Copy, light: Theme, home: Path, tmp_path: Path
) -> None:
    (home / "settings.json").write_text(f'{{"export-folder": "{tmp_path}"}}')
    title = article.manifest.title
    start().opened(title).quit()
    guide = open_copy(bundled("content") / GUIDE)
    program = start(guide.path).opened(guide.manifest.title)
    record = Record(program)
    record.step("started")

    # From the library to the article that was read before.
    program.key("ctrl+l")
    program.until(lambda: program.title().startswith("Library"), "the library was shown")
    record.step("library with ctrl L")
    program.key("Down")
    record.step("down to the next text")
    program.key("Return")
    program.opened(title)
    record.step("article opened with enter")

    # To the words of an annotation, into its card, and back to the page.
    program.key("Tab")
    program.shows(lambda seen: seen.spots(light["accent"]), "words have a frame")
    record.step("tab to underlined words")
    program.key("Return")
    before = record.step("enter opens their card")
    program.key("F6")
    inside = record.step("F6 into the card")
    assert inside != before, "where the keyboard is can be seen"
    program.key("Escape")
    record.step("escape back to the page")

    # Words are marked, and get a note.
    program.key("ctrl+Next")
    record.step("next section with ctrl page down")
    program.key("s")
    program.shows(lambda seen: seen.spots(light["selection"]), "a sentence is selected")
    record.step("sentence selected with S")
    program.key("2")
    program.until(lambda: len(kept(home)) == 1, "a mark was kept")
    record.step("highlighted with 2")
    assert "green" in kept(home)[0]
    program.key("n")
    program.still()
    program.type(NOTE)
    program.until(lambda: "#hangars" in kept(home)[0], "the note was kept")
    record.step("note written after N")
    program.key("Escape", "Escape")
    record.step("escape twice leaves the note")

    # Found again by a word, and in My notes.
    program.key("ctrl+f")
    program.type("ceasefire")
    program.shows(lambda seen: seen.spots(light["found_current"]), "the words found are lit")
    record.step("found with ctrl F")
    program.key("Return")
    record.step("enter goes on to the next")
    program.key("Escape")
    program.key("ctrl+4")
    program.setting("panel-page", "notes")
    record.step("my notes with ctrl 4")
    program.key("Return")
    program.shows(lambda seen: seen.spots(light["mark_green"]), "the marked words are in view")
    record.step("enter travels to the note")
    program.key("Escape", "Escape")

    # A preference is changed: letters become larger at once.
    small = program.still()
    program.key("ctrl+comma")
    dialog_of(program)
    program.type("letters and controls")
    searched = record.step("preferences searched")
    program.key("Tab", "Tab", "Down")
    program.setting("interface-size", 125)
    program.shows(lambda seen: seen != searched, "the letters have grown")
    record.step("larger letters chosen with down")
    program.key("Escape")
    closed(program)
    assert record.step("window with larger letters") != small

    # The notes leave, by the default button.
    file = tmp_path / f"{safe_name(title, article.manifest.id)}.md"
    program.key("ctrl+e")
    dialog_of(program)
    record.step("export with ctrl E")
    program.key("Return")
    program.until(file.exists, "the notes were written")
    closed(program)
    record.step("exported with enter")
    written = file.read_text("utf-8")
    assert "airframes" in written
    assert "hangars" in written
    program.quit()
