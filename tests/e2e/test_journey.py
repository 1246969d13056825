"""The reader's whole way: marking, finding it again, taking it out, and taking it out again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.copies.copy import Copy
from reader.exchange.file_names import safe_name
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]


def kept(home: Path) -> list[str]:
    """The marks in the library's file, as JSON, the one made last coming last."""
    with closing(sqlite3.connect(home / "library.sqlite", timeout=60)) as library:
        rows = library.execute("SELECT record FROM marks WHERE deleted IS NULL ORDER BY number")
        return [record.decode() for (record,) in rows]


def has(home: Path, marks: int) -> bool:
    """Whether so many marks are on the disk."""
    return len(kept(home)) == marks


def test_marks_are_found_again_and_leave_twice_with_what_was_written_by_hand(
    start: Start, article: Copy, light: Theme, home: Path, tmp_path: Path
) -> None:
    (home / "settings.json").write_text(f'{{"export-folder": "{tmp_path}"}}')

    # Three passages of three sections are marked; one is given a note with a tag.
    program = start().opened(article.manifest.title)
    for count, key in enumerate(("1", "2", "n"), 1):
        program.key("ctrl+Next")
        program.still()
        program.key("s")
        program.still()
        program.key(key)
        program.until(partial(has, home, count), f"{count} marks")
    program.still()
    program.type("Ask where the airframes went #hangars")
    program.until(lambda: "#hangars" in kept(home)[-1], "the note was kept")
    program.quit()
    assert "yellow" in kept(home)[0]
    assert "green" in kept(home)[1]

    # The note is found by a word of it, whatever is shown, and Enter travels to it.
    program = start().opened(article.manifest.title)
    program.key("ctrl+Home", "ctrl+shift+f")
    program.until(lambda: program.title().startswith("Library"), "the library was shown")
    program.still()
    program.type("airframes")
    program.still()
    program.key("Return")
    program.opened(article.manifest.title)
    program.shows(lambda seen: seen.spots(light["mark_green"]), "its words are in view")
    program.still()

    # The first export.
    file = tmp_path / f"{safe_name(article.manifest.title, article.manifest.id)}.md"
    program.key("ctrl+e")
    program.until(lambda: len(program.windows()) == 2, "the dialog was there")
    export(program)
    program.until(file.exists, "the notes were written")
    program.still()
    first = file.read_text("utf-8")
    assert first.count("airframes") == 1
    assert "hangars" in first
    quotes = re.findall(r"^> (.+)$", first, re.MULTILINE)
    assert len(quotes) >= 3

    # Somebody writes between the entries, and one more passage is marked.
    mine = "The museum at Monino keeps two of them."
    last = first.rindex("> ")
    start_of_quote = first.rindex("\n\n", 0, last)
    file.write_text(first[:start_of_quote] + f"\n\n{mine}" + first[start_of_quote:], "utf-8")
    program.focus()
    program.key("ctrl+Next", "ctrl+Next")
    program.still()
    program.key("s")
    program.still()
    program.key("4")
    program.until(partial(has, home, 4), "a fourth mark")
    program.still()
    program.key("ctrl+e")
    program.until(lambda: len(program.windows()) == 2, "the dialog was there")
    export(program)
    program.until(lambda: file.read_text("utf-8").count("airframes") and
                  len(re.findall(r"^> ", file.read_text("utf-8"), re.MULTILINE)) > len(quotes),
                  "the new mark was written")  # fmt: skip
    program.focus()
    program.still()
    program.quit()
    second = file.read_text("utf-8")
    assert mine in second, "what was written by hand stays"
    assert all(f"> {quote}" in second for quote in quotes)
    assert second.count("airframes") == 1


def export(program: Program) -> None:
    """Press the button that Enter means in the dialog."""
    dialog = next(each for each in program.windows() if each != program.window)
    program.focus(dialog)
    program.still()
    program.key("Return")
    program.until(lambda: len(program.windows()) == 1, "the dialog had closed")
    program.focus()
