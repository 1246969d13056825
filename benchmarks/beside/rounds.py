"""Every reader opens the same texts, round by round: how long it takes, and what memory.

In each round each reader has its turn once, so that a machine that grows slower for a while does
so for all of them. A reader has been used before, for another text; then it opens the text for
the first time, and for the second. What is seen at those moments is kept as a picture.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import books
from benchmarks.beside.readers import ANNOTATED, Reader
from benchmarks.beside.screen import Rect
from benchmarks.beside.sitting import Gone, Sitting, hand_to_stranger
from benchmarks.epub import write_epub
from benchmarks.results import Results

TOOLS = ("Xvfb", "xdotool")
"""Programs that show readers and drive them."""

SETTLE = 2.0
"""Seconds for which the text has to stay, after which memory is taken."""

GREETINGS = 3
"""How often a reader that greets is used first of all; calibre greets twice."""

DRIVEN = (1200, 900)
"""Pixels of a window while it is driven, where a list of what was found stands beside the page."""

DROP_CACHES = Path("/proc/sys/vm/drop_caches")

CHANGED = 40
"""Rows of pixels that look otherwise when a list of what was found has appeared."""

_TYPING = 0.1
"""Seconds from letter to letter for a reader that finds while one types."""


@dataclass(frozen=True, slots=True)
class Size:
    """A text, in the forms in which readers take it."""

    name: str
    characters: int
    files: dict[str, Path]


def write_texts(folder: Path, sizes: dict[str, int]) -> list[Size]:
    """Write the texts; a size of 0 is the shipped article."""
    found = []
    for name, characters in sizes.items():
        book = books.invented(characters) if characters else books.article()
        stem = name.replace(" ", "-")
        files = {"epub": folder / f"{stem}.epub", "md": folder / f"{stem}.md"}
        write_epub(book, files["epub"])
        files["md"].write_text(book.markdown(), encoding="utf-8")
        if not characters:
            files["copy"] = books.ARTICLE.parent
        found.append(Size(name, book.characters, files))
    return found


class Rounds:
    """The readers, the texts, and what was measured."""

    def __init__(
        self,
        readers: Sequence[Reader],
        sizes: dict[str, int],
        results: Results,
        pictures: Path | None = None,
        say: Callable[[str], None] = print,
    ) -> None:
        self._sizes, self._results, self._pictures, self._say = sizes, results, pictures, say
        self._readers = [reader for reader in readers if self._is_there(reader)]
        self._windows: dict[tuple[str, str], Rect] = {}

    def run(self, rounds: int, cold: int) -> None:
        """Measure so many rounds, and in the first `cold` of them with an empty cache too."""
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            scratch.chmod(0o755)
            self._scratch = scratch
            (scratch / "primed").mkdir()
            texts = write_texts(scratch, self._sizes)
            for size in texts:
                self._results.say("characters", size.name, size.characters)
            if cold and not can_drop_caches():
                self._results.say("cold", "why not", "the system does not let caches be dropped")
                cold = 0
            for reader in list(self._readers):
                self._guard(reader, "", partial(self._prime, reader, texts))
            for turn in range(rounds):
                for size in texts:
                    for reader in self._turn(turn, size):
                        self._say(f"round {turn + 1}: {size.name}, {reader.name}")
                        work = partial(self._measure, reader, size, turn < cold)
                        self._guard(reader, size.name, work)

    def _is_there(self, reader: Reader) -> bool:
        for program in (*TOOLS, reader.program):
            if (reader.place() if program == reader.program else shutil.which(program)) is None:
                self._results.miss(reader.name, "", "", f"{program} is not installed")
                return False
        self._results.say("versions", reader.name, reader.version())
        return True

    def _turn(self, turn: int, size: Size) -> Iterator[Reader]:
        """The readers that can show a text, another one first in each round."""
        able = [reader for reader in self._readers if reader.kind in size.files]
        return (able[(turn + at) % len(able)] for at in range(len(able)))

    def _guard(self, reader: Reader, size: str, work: Callable[[], None]) -> None:
        """Note what could not be had, and go on."""
        try:
            work()
        except Gone as error:
            self._say(f"  {reader.name}: {error}")
            self._results.miss(reader.name, size, "open", str(error))

    def _prime(self, reader: Reader, texts: Sequence[Size]) -> None:
        """Use a reader once, then look how large its window is with each text, and its memory."""
        self._say(f"first of all: {reader.name}")
        home = self._scratch / "primed" / reader.name
        home.mkdir()
        first = self._scratch / "first.epub"
        if not first.exists():
            book = books.invented(20_000, seed=2)
            write_epub(book, first)
            first.with_suffix(".md").write_text(book.markdown(), encoding="utf-8")
        text = first if reader.kind == "epub" else first.with_suffix(".md")
        for _ in range(GREETINGS if reader.nudge else 1):
            with self._sit(reader, text, home) as sitting:
                sitting.start()
                sitting.find_window(reader.nudge)
                time.sleep(SETTLE)
        for size in texts:
            if reader.kind not in size.files:
                continue
            file = size.files[reader.kind]
            with self._home(reader) as own, self._sit(reader, file, own) as sitting:
                sitting.start()
                self._windows[reader.name, size.name] = sitting.find_window()
                sitting.watch_memory(SETTLE)
                self._results.add("memory, peak", reader.name, size.name, sitting.most)
                self._picture(sitting, reader, size, "settled")

    def _measure(self, reader: Reader, size: Size, cold: bool) -> None:
        """One round of a reader and a text: the first time, the second, and what is done then."""
        with self._home(reader) as home:
            self._open(reader, size, home, "first")
            if cold:
                drop_caches()
                self._open(reader, size, home, "cold")
            self._open(reader, size, home, "second", drive=True)

    def _open(self, reader: Reader, size: Size, home: Path, what: str, drive: bool = False) -> None:
        window = self._windows.get((reader.name, size.name))
        if window is None:
            raise Gone("no window with text was ever seen")
        with self._sit(reader, size.files[reader.kind], home) as sitting:
            sitting.start()
            picture = partial(self._picture, sitting, reader, size, what)
            seconds = sitting.until_text(window.middle(), SETTLE, picture)
            self._results.add(what, reader.name, size.name, seconds)
            self._results.add(f"memory, {what}", reader.name, size.name, sitting.memory())
            if drive and reader is not ANNOTATED:
                self._drive(reader, size, sitting)

    def _drive(self, reader: Reader, size: Size, sitting: Sitting) -> None:
        """Jump to the end, back, and find the rare word."""
        page = self._windows[reader.name, size.name]
        if reader.find and reader.find.beside:
            page = sitting.resize(*DRIVEN)
        sitting.focus()
        if reader.end:
            self._try(reader, size, "end", lambda: self._go_to_end(reader, sitting, page))
        else:
            self._results.miss(reader.name, size.name, "end", reader.no_end)
        self._picture(sitting, reader, size, "end")
        if reader.find:
            self._try(reader, size, "find", lambda: self._find(reader, sitting, page))
        self._picture(sitting, reader, size, "find")

    def _try(self, reader: Reader, size: Size, what: str, act: Callable[[], float]) -> None:
        try:
            self._results.add(what, reader.name, size.name, act())
        except Gone as error:
            self._results.miss(reader.name, size.name, what, str(error))

    def _go_to_end(self, reader: Reader, sitting: Sitting, page: Rect) -> float:
        took = sitting.until_bar(page, sitting.keyboard.press(reader.end))
        time.sleep(0.5)
        sitting.until_bar(page, sitting.keyboard.press(reader.start), shown=False)
        time.sleep(0.5)
        return took

    def _find(self, reader: Reader, sitting: Sitting, page: Rect) -> float:
        find, keyboard = reader.find, sitting.keyboard
        assert find is not None
        known = sitting.windows()
        keyboard.press(find.opens)
        time.sleep(1.0)
        sitting.focus(known)  # where it is a window of its own
        page = page.beyond(find.beside)
        if find.as_typed:
            keyboard.type(books.RARE[:-1], pause=_TYPING)
            return sitting.until_bar(page, keyboard.press(books.RARE[-1]))
        keyboard.type(books.RARE)
        time.sleep(1.0)
        if not find.then:
            return sitting.until_bar(page, keyboard.press("Return"))
        took = sitting.until_changed(page, CHANGED, lambda: keyboard.press("Return"))
        time.sleep(0.5)
        for key in find.then[:-1]:
            keyboard.press(key)
            time.sleep(0.2)
        began = keyboard.press(find.then[-1])
        return took + sitting.until_bar(page, began, patience=find.patience)

    def _picture(self, sitting: Sitting, reader: Reader, size: Size, what: str) -> None:
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            name = f"{reader.name} {size.name} {what}.png".replace(" ", "-")
            sitting.screen.save(self._pictures / name)

    @contextmanager
    def _home(self, reader: Reader) -> Iterator[Path]:
        """A home in which the reader has been used before, for a while."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as name:
            home = Path(name) / "home"
            Path(name).chmod(0o755)
            shutil.copytree(self._scratch / "primed" / reader.name, home, symlinks=True)
            if os.getuid() == 0 and not reader.ours:
                hand_to_stranger(home)
            yield home

    def _sit(self, reader: Reader, text: Path, home: Path) -> Sitting:
        return Sitting(reader.command(text, home), home, self._scratch)


def can_drop_caches() -> bool:
    """Whether the system lets us empty its cache of files."""
    return sys.platform == "linux" and os.access(DROP_CACHES, os.W_OK)


def drop_caches() -> None:
    """Empty the system's cache of files, so that everything comes from the disk again."""
    os.sync()
    DROP_CACHES.write_text("3\n", encoding="ascii")
