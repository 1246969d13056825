"""Texts of the reader's own: read as they are, and refused in one sentence when they cannot be."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]

LETTER = """\
The mill at the ford

Nobody remembers who built the mill. It stood at the ford before there was a road, and the road
came because of it.

The wheel

Three times the wheel was carried off by the river, and three times it was found again, each time
a little further down. The miller kept:
-
one spare axle,
-
two ropes as long as the barn,
-
a boat.

The last harvest

In the dry year there was nothing to grind. The wheel stood still from June until the first rain,
and children walked along the bed of the stream looking for lost coins.
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A plain text with three short lines that are headings."""
    file = tmp_path / "The letter.txt"
    paragraph = "So it went on, year after year, and the river took its share of the bank. " * 9
    file.write_text(LETTER.replace("\n\n", f"\n\n{paragraph}\n\n"), encoding="utf-8")
    return file


def test_a_plain_text_opens_with_its_sections_listed(start: Start, letter: Path) -> None:
    copy = open_copy(letter)
    sections = [section.title for section in copy.text.sections]
    assert sections[-2:] == ["The wheel", "The last harvest"]
    program = start(letter).opened(copy.manifest.title)
    # The keyboard goes to the list of contents, to its last row, and there.
    program.key("ctrl+1", "End", "Return")
    program.until(
        lambda: program.place(copy.manifest.id)[0] == copy.text.sections[-1].start,
        "its last section was at the top",
    )
    program.quit()


def test_a_copys_folder_opens_and_the_guide_is_one_key_away(start: Start, article: Copy) -> None:
    guide = open_copy(bundled("content") / "welcome")
    program = start(article.path).opened(article.manifest.title)
    program.key("shift+F1")
    program.opened(guide.manifest.title)
    assert not guide.problems
    program.quit()


# What cannot be opened ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def like_anyone() -> tuple[str, ...]:
    """What to run a program with so that it may read only what anyone may: root reads all."""
    if os.geteuid() != 0:
        return ()
    without = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    if not shutil.which("setpriv") or subprocess.run([*without, "true"]).returncode:
        pytest.skip("root may read everything, and setpriv is not there to take that away")
    return without


def unreadable(folder: Path) -> Path:
    """A file that may be read by nobody."""
    file = folder / "locked.txt"
    file.write_text("Nothing to see.")
    file.chmod(0)
    return file


def pipe(folder: Path) -> Path:
    """Something that would never end."""
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def written(name: str, data: bytes) -> Callable[[Path], Path]:
    """A file with these bytes in it."""

    def write(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return write


UNOPENABLE: dict[str, Callable[[Path], Path]] = {
    "missing": lambda folder: folder / "gone.txt",
    "empty": written("empty.txt", b""),
    "blank": written("blank.md", b" \n\n\t\n"),
    "binary": written("photo.txt", bytes(range(256)) * 40),
    "not UTF-8": written("latin.txt", "Die Mühle an der Furt\n".encode("latin-1")),
    "another format": written("book.epub", b"PK\x03\x04"),
    "unreadable": unreadable,
    "a pipe": pipe,
    "a folder": lambda folder: folder,
}


@pytest.mark.parametrize("what", ["missing", "binary", "unreadable", "a pipe", "a folder"])
def test_a_file_that_cannot_be_opened_is_said_in_the_window_which_goes_on(
    start: Start, light: Theme, tmp_path: Path, like_anyone: tuple[str, ...], what: str
) -> None:
    program = start(UNOPENABLE[what](tmp_path), before=like_anyone).appeared()
    program.shows(lambda seen: len(seen.runs(light["found"])) > 20, "there was a notice")
    # It answers: keys do their work, and another text can be read.
    program.key("F9")
    program.setting("panel", False)
    program.key("shift+F1")
    program.opened()
    program.shows(lambda seen: not seen.spots(light["found"]), "the notice was gone")
    program.quit()


@pytest.mark.parametrize("make", UNOPENABLE.values(), ids=UNOPENABLE)
def test_a_file_that_cannot_be_opened_is_said_on_the_terminal(
    surroundings: dict[str, str],
    tmp_path: Path,
    like_anyone: tuple[str, ...],
    make: Callable[[Path], Path],
) -> None:
    path = make(tmp_path)
    picture = tmp_path / "picture.png"
    done = subprocess.run(
        [*like_anyone, sys.executable, "-m", "reader", "--screenshot", picture, path],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    sentence = done.stderr.removesuffix("\n")
    assert f"“{path.name}”" in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert not picture.exists()


# Long texts --------------------------------------------------------------------------------------

WORDS = ("river", "mill", "wheel", "barn", "orchard", "lantern", "ferry", "clock", "harvest")


def novel(letters: int, heading: str) -> str:
    """A text of so many letters, in chapters, its lines as long as those of a printed page."""
    chance = random.Random(2025)
    paragraphs: list[str] = []
    length = chapter = 0
    while length < letters:
        if len(paragraphs) % 40 == 0:
            chapter += 1
            paragraphs.append(f"{heading}Chapter {chapter}")
        lines = (" ".join(chance.choices(WORDS, k=11)) for _ in range(chance.randint(2, 9)))
        paragraphs.append("\n".join(lines).capitalize() + ".")
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n\nAnd that was all.\n"


@pytest.mark.parametrize(("ending", "heading"), [(".txt", ""), (".md", "## ")])
def test_a_text_as_long_as_a_novel_opens_and_ends_at_once(
    start: Start, light: Theme, tmp_path: Path, ending: str, heading: str
) -> None:
    file = tmp_path / f"The long novel{ending}"
    file.write_text(novel(3_300_000, heading), encoding="utf-8")
    copy = open_copy(file)
    program = start(file).opened(copy.manifest.title)
    program.key("End")
    program.until(lambda: program.place(copy.manifest.id)[1] > 0.999, "the end was in view")
    picture = program.still()
    assert len(picture.part(picture.width // 3, 60, picture.width, 300).spots(light["text"])) > 300
    # To hide the panel and show it again draws all anew: nothing was left over from scrolling.
    program.key("F9")
    program.setting("panel", False)
    program.key("F9")
    program.shows(lambda seen: seen == picture, "the page looked as it did before")
    program.quit()
    assert len(copy.text.string) - program.place(copy.manifest.id)[0] < 4000

    # And it opens again where one was.
    program = start().opened(copy.manifest.title)
    program.still()
    program.quit()
    assert len(copy.text.string) - program.place(copy.manifest.id)[0] < 4000


def test_the_window_answers_while_a_text_is_being_opened(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "Far too long.md"
    file.write_text(novel(12_000_000, "## "), encoding="utf-8")
    program = start(file).appeared()
    for shown in (False, True, False):
        program.key("F9")
        program.setting("panel", shown)
    assert "—" not in program.title(), "the text is not there yet"
    # Who does not want to wait for it need not.
    program.quit()
