"""What is on the disk stays whole, whatever happens to the program."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.copies.copy import Copy
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from tests.e2e.conftest import Program

    Start = Callable[..., Program]


def test_two_windows_share_one_library(start: Start, article: Copy) -> None:
    one = start().opened(article.manifest.title)
    two = start("--new-window", article.path.parent / "welcome").opened()
    two.key("Next", "Next")
    two.quit()
    one.focus()
    one.key("Next", "Next", "Next")
    one.quit()
    assert one.place(article.manifest.id)[0] > 0

    # The last one to open a text decides what the next start shows; each has its own place.
    again = start().opened()
    assert again.title() != f"{article.manifest.title} — Annotated Reader"
    again.quit()


def test_a_kill_leaves_settings_and_library_whole(start: Start, article: Copy, home: Path) -> None:
    chance = random.Random(2025)
    for _ in range(4):
        program = start().opened()
        # Every key writes the settings; scrolling writes the place when it has come to rest.
        for _ in range(chance.randint(1, 6)):
            program.key("ctrl+plus", "ctrl+minus", "F9", "Next")
        time.sleep(chance.random() / 20)  # to kill it now here, now there
        program.process.kill()
        program.process.wait()
        assert set(program.settings()) >= {"text-size", "panel"}, "read as JSON"
        program.place(article.manifest.id)  # looks whether the library is whole

    program = start().opened(article.manifest.title)
    program.quit()
    assert not list(home.glob("*damaged*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_wish_to_end_closes_the_window_properly(
    start: Start, article: Copy, number: signal.Signals
) -> None:
    program = start().opened()
    program.key("Next", "Next")
    program.until(lambda: program.place(article.manifest.id)[0] > 0, "the place was kept")
    before, _ = program.place(article.manifest.id)
    program.key("Next")
    program.still()
    program.process.send_signal(number)
    program.ended()
    assert program.place(article.manifest.id)[0] > before
    assert program.settings()["window"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_wish_to_end_is_heard_before_the_words_are_there(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    book = tmp_path / "book.txt"
    book.write_text("A paragraph of a very long book, and one more.\n\n" * 100_000)
    program = start(book)
    program.until(program.windows, "there was a window")
    program.process.send_signal(number)
    program.ended()


def test_damaged_settings_and_library_are_set_aside_and_said(
    start: Start, light: Theme, home: Path
) -> None:
    (home / "settings.json").write_text('{"theme": "da')
    (home / "library.sqlite").write_bytes(b"This is not a library. " * 400)
    program = start().opened()
    program.shows(lambda seen: len(seen.runs(light["found"])) > 20, "there was a notice")
    program.key("ctrl+plus")
    program.quit()
    assert program.settings()["text-size"] == 110
    assert len(list(home.glob("*damaged*"))) >= 2, "nothing was thrown away"


def test_a_home_that_cannot_be_written_costs_only_what_would_be_kept(
    start: Start, light: Theme, home: Path
) -> None:
    home.rmdir()
    home.write_text("A file where a folder should be.")
    program = start().opened()
    program.shows(lambda seen: len(seen.runs(light["found"])) > 20, "there was a notice")
    program.key("ctrl+plus", "Next")
    program.still()
    program.quit()
