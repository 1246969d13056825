"""The readers that are held against each other, and how each is started and driven."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.beside.sitting import PATIENCE, Command
from reader import __version__

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Find:
    """How a word is found.

    `opens` is the key for it. With `as_typed` the reader goes to the place while one types, and
    the time runs from the last letter; else it runs from Return. `then` are the keys that go from
    a list of what was found to the place. What is `beside` the page is this share of the window's
    width, taken by that list; `patience` is how long the place is waited for at the most, in
    seconds.
    """

    opens: str
    as_typed: bool = False
    then: Sequence[str] = ()
    beside: float = 0.0
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader.

    `start` and `end` are the keys that go there, or `no_end` says why none is pressed; `nudge`
    is a key that sends its greeting away.
    """

    name: str
    program: str
    package: str = ""
    kind: str = "epub"
    surroundings: Mapping[str, str] = field(default_factory=dict)
    start: str = "ctrl+Home"
    end: str = ""
    no_end: str = ""
    find: Find | None = None
    nudge: str = ""

    @property
    def ours(self) -> bool:
        """Whether this is the program that all this is about."""
        return not self.package

    def command(self, text: Path, home: Path) -> Command:
        """What opens a text, as a user does who has this home."""
        words = [self.place() or self.program, *(["--home", str(home)] if self.ours else [])]
        return Command([*words, str(text)], self.surroundings, as_stranger=not self.ours)

    def place(self) -> str | None:
        """Where the program is; None where it is not installed."""
        if self.ours:
            return shutil.which(self.program, path=str(Path(sys.executable).parent))
        return shutil.which(self.program)

    def version(self) -> str:
        """What is installed: its makers' version, without what the distribution adds."""
        if self.ours:
            return __version__
        done = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", self.package],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        found = re.match(r"(?:\d+:)?(\d+(?:\.\d+)*)", done.stdout)
        return found[1] if found else "of unknown version"


OURS = Reader(
    "Annotated Reader",
    "annotated-reader",
    kind="md",
    end="ctrl+End",
    find=Find("ctrl+f", as_typed=True),
)

ANNOTATED = Reader("Annotated Reader (annotated)", OURS.program, kind="copy")
"""The shipped article as it is shipped, which no other reader can show."""

READERS = (
    OURS,
    ANNOTATED,
    Reader("MuPDF", "mupdf", "mupdf", start="g", end="shift+g", find=Find("slash")),
    Reader("FBReader", "fbreader", "fbreader", end="End", find=Find("ctrl+f")),
    Reader(
        "Okular",
        "okular",
        "okular",
        no_end="not driven: some texts end with an empty page",
        find=Find("ctrl+f", as_typed=True),
    ),
    Reader(
        "Foliate",
        "foliate",
        "foliate",
        no_end="not driven: no key goes there",
        # It often goes to the chapter and not to the page; then there is nothing to wait for.
        find=Find("ctrl+f", then=("Tab", "Tab", "Return"), patience=8.0),
    ),
    Reader(
        "calibre",
        "ebook-viewer",
        "calibre",
        # Without a graphics card its window stays empty otherwise; and what Chromium shuts its
        # processes in with is not to be had in a container.
        surroundings={
            "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --no-sandbox",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QT_QUICK_BACKEND": "software",
        },
        end="ctrl+End",
        find=Find("ctrl+f", beside=0.27),
        nudge="space",
    ),
)
