"""A teacher's way and a student's: annotate, hand out, mark, correct, and lose nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]

TITLE = "The harbour of the old town"
CRANE = "The crane was lifted ashore in the year of the flood by forty men and a horse."
CORRECTED = "It took sixty men and two horses to bring the crane ashore in the year of the fire."
LAMP = "The lamp at the end of the mole burns every night for boats that are still at sea."
STORY = f"{TITLE}\n\n{CRANE}\n\nNobody has moved it since, and children climb it.\n\n{LAMP}\n"


def marks(home: Path) -> list[dict[str, Any]]:
    """The marks on a reader's disk."""
    file = home / "library.sqlite"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file, timeout=60)) as library:
        rows = library.execute(
            "SELECT record FROM marks WHERE deleted IS NULL ORDER BY number"
        ).fetchall()
    return [json.loads(record) for (record,) in rows]


def dialog_of(program: Program) -> None:
    """Wait for a dialog, and give it the keyboard."""

    def other() -> int:
        return next((each for each in program.windows() if each != program.window), 0)

    program.focus(program.until(other, "a dialog was there"))
    program.still()


def closed(program: Program) -> None:
    """Wait until no dialog is left, and go on in the window."""
    program.until(lambda: program.windows() == [program.window], "the dialog had closed")
    program.focus()
    program.still()


def command(program: Program, words: str) -> None:
    """Give a command by its name."""
    program.key("ctrl+k")
    program.still()
    program.type(words)
    program.still()
    program.key("Return")


def hand_out(teacher: Program, file: Path) -> None:
    """Pack the copy that is shown into a file."""
    command(teacher, "pack this copy")
    dialog_of(teacher)
    teacher.key("ctrl+a")
    teacher.type(str(file))
    teacher.key("Return")
    closed(teacher)
    teacher.until(file.exists, "the copy was packed")
    teacher.still()


def test_from_a_plain_text_to_a_corrected_copy_with_every_mark(
    start: Start, tmp_path: Path, scratch: Path, light: Theme
) -> None:
    # The teacher makes a copy of a plain text and annotates its first sentence.
    text = tmp_path / "harbour.txt"
    text.write_text(STORY, "utf-8")
    teacher = start(text).opened("harbour")
    teacher.key("ctrl+shift+e")
    dialog_of(teacher)
    teacher.key("Return")
    closed(teacher)
    found = teacher.until(lambda: list(scratch.glob("*/document.yaml")), "there was a copy")
    folder = found[0].parent
    teacher.key("F7", "Down", "Down", "s", "a")
    teacher.still()
    teacher.type("Lifting")
    teacher.key("ctrl+Return")
    written = folder / "annotations.yaml"
    teacher.until(lambda: "Lifting" in written.read_text("utf-8"), "the annotation was written")
    teacher.still()
    first = tmp_path / "harbour.annotated"
    hand_out(teacher, first)
    teacher.quit()

    # A student opens the file, marks two sentences and writes a note; the file may vanish.
    home = tmp_path / "student"
    student = start("--home", home, first).opened("harbour")
    first.unlink()
    student.still()
    student.key("F7", "Down", "s", "1")
    student.until(lambda: len(marks(home)) == 1, "one mark")
    student.key("Escape", "Down", "Down", "Down", "s", "n")
    student.still()
    student.type("Who lights it?")
    student.until(lambda: any(each.get("note") for each in marks(home)), "a note")
    student.quit()
    assert [each["selector"]["exact"] for each in marks(home)] == [CRANE, LAMP]

    # The teacher corrects the text in an editor, publishes it and hands it out again.
    article = folder / "article.md"
    words = article.read_text("utf-8")
    assert CRANE in words
    article.write_text(words.replace(CRANE, CORRECTED), "utf-8")
    teacher = start(folder).opened("harbour")
    teacher.key("ctrl+shift+e")
    teacher.still()
    command(teacher, "publish a new revision")
    dialog_of(teacher)
    teacher.key("Return")
    closed(teacher)
    manifest = folder / "document.yaml"
    teacher.until(lambda: "revision: 2" in manifest.read_text("utf-8"), "revision 2")
    second = tmp_path / "harbour-2.annotated"
    hand_out(teacher, second)
    teacher.quit()

    # The student opens the correction: the report asks about the one, the other has its place.
    student = start("--home", home, second).opened("harbour")
    student.shows(lambda seen: seen.runs(light["found"])[20:], "there was a notice")
    picture = student.still()
    y = picture.runs(light["found"])[0][2] + 14  # inside the button, above its words
    [*_, button] = [left for left, right, row in picture.runs(light["card"]) if row == y]
    student.click(button + 8, y)
    dialog_of(student)
    student.key("space")  # on “Yes, here”, where the keyboard is
    student.until(
        lambda: CORRECTED in [each["selector"]["exact"] for each in marks(home)],
        "the place was confirmed",
    )
    student.still()
    student.key("Escape")
    closed(student)
    student.quit()
    kept = {each["selector"]["exact"]: each.get("note", "") for each in marks(home)}
    assert kept == {CORRECTED: "", LAMP: "Who lights it?"}

    # All is where it was left, though the file that was handed out is gone.
    second.unlink()
    student = start("--home", home).opened("harbour")
    student.shows(lambda seen: len(seen.runs(light["mark_yellow"])) > 20, "both marks are there")
    student.quit()
