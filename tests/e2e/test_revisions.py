"""A copy that was handed out as a file, marked, and handed out again with other words."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.copies.packing import pack
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]

FIRST = "The harbour was closed at dawn by the old watchman of the town."
EDITED = "The harbour was closed at noon by the old watchman of the town."
REST = "Nobody said a word about it. Everybody went home again, and it rained."


def handed_out(folder: Path, revision: int, words: str) -> Path:
    """The file of a revision, as it lies where a mail's attachments do."""
    copy = folder / "copy"
    copy.mkdir()
    copy.joinpath("document.yaml").write_text(
        "format: 1\nid: urn:uuid:22222222-2222-4222-8222-222222222222\n"
        f"revision: {revision}\ntitle: Harbour {revision}\ntext: article.md\n"
    )
    copy.joinpath("article.md").write_text(words)
    file = folder / "mail" / f"harbour-{revision}.annotated"
    file.parent.mkdir()
    pack(copy, file)
    shutil.rmtree(copy)
    return file


def quotes(home: Path) -> list[str]:
    """The words that the marks on the disk are on."""
    file = home / "library.sqlite"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as library:
        rows = library.execute("SELECT record FROM marks WHERE deleted IS NULL").fetchall()
    return [json.loads(record)["selector"]["exact"] for (record,) in rows]


def test_a_mark_moves_with_its_text_and_the_files_may_vanish(
    start: Start, home: Path, tmp_path: Path, light: Theme
) -> None:
    old = handed_out(tmp_path, 1, f"{FIRST} {REST}\n")
    program = start(old).opened("Harbour 1")
    shutil.rmtree(old.parent)
    program.key("s", "1")
    program.until(lambda: quotes(home) == [FIRST], "the mark was on the disk")
    program.quit()

    program = start().opened("Harbour 1")
    marked = program.shows(lambda seen: seen.runs(light["mark_yellow"]), "the mark was seen")
    assert marked
    program.quit()

    new = handed_out(tmp_path, 2, f"A sentence comes first. {EDITED} {REST}\n")
    program = start(new).opened("Harbour 2")
    shutil.rmtree(new.parent)
    program.shows(lambda seen: len(seen.runs(light["found"])) > 20, "there was a notice")
    program.quit()
    assert quotes(home) == [FIRST], "opening a revision changes no mark"
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        placed = {
            json.loads(selector)[0]
            for (selector,) in library.execute("SELECT selector FROM placements")
        }
    assert placed == {FIRST, EDITED}
    start().opened("Harbour 2").quit()
