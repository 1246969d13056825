"""The program as a user has it: a process of its own, on a screen in memory, with hands.

What a test sees is what a person sees, the picture on the screen, and what is left on the disk.
To wait is to look again until something is so; the deadline is far longer than a slow machine
needs, and where all is well nobody waits for it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from reader.app import SHIPPED
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.locations import bundled
from reader.ui.theme import Theme, load_theme

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool")
DEADLINE = 60.0
SCREEN = (1600, 1000)

# What whoever runs the tests may have set, and the program or Qt would listen to.
_FOREIGN = re.compile(
    "ANNOTATED_READER_|DBUS_|DESKTOP_|DISPLAY|GNOME_|GTK|KDE_|LANG|LC_|PYTHON|QT_|READER_|WAYLAND_"
    "|XAUTHORITY|XCURSOR|XDG_|XMODIFIERS"
)
# What libraries below Qt say of a machine without graphics, and Qt of a bus that is slow to answer:
# none of our doing.
_NOT_OURS = re.compile(
    r"^(libEGL|MESA|Fontconfig|Qt warning: QSpiApplication)\b.*\n?", re.MULTILINE
)

_DOT = 2
"""Pixels of a dot below words, and of the gap after it."""

_SQUARE = 8
"""Pixels of the sign of a kind."""

Seen = TypeVar("Seen")


def wait_until(look: Callable[[], Seen], what: str, deadline: float = DEADLINE) -> Seen:
    """What `look` sees as soon as that is anything; a failure, saying `what`, if it never is."""
    __tracebackhide__ = True
    until = time.monotonic() + deadline
    while not (seen := look()):
        if time.monotonic() > until:
            pytest.fail(f"waited {deadline:.0f} s in vain until {what}")
        time.sleep(0.02)
    return seen


def environment(scratch: Path, **more: str) -> dict[str, str]:
    """What the program is told by its surroundings: the same whoever runs the tests, and where."""
    own = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
    fixed = {
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(scratch),
        "PYTHONFAULTHANDLER": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "QT_MESSAGE_PATTERN": "Qt %{type}: %{message}",
    }
    return own | fixed | more


class Picture:
    """What can be seen of a window. Colours are exact where nothing is smoothed."""

    def __init__(self, image: QImage) -> None:
        self.image = image.convertToFormat(QImage.Format.Format_ARGB32)  # no undefined bytes
        self.width, self.height = image.width(), image.height()
        self._bytes = bytes(self.image.constBits())
        self._stride = self.image.bytesPerLine()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self.image == other.image

    __hash__ = None  # type: ignore[assignment]

    def part(self, left: int, top: int, right: int, bottom: int) -> Picture:
        """The part inside these edges."""
        return Picture(self.image.copy(QRect(left, top, right - left, bottom - top)))

    def colour(self, x: int, y: int) -> str:
        """The colour of a pixel, as #rrggbb."""
        return self.image.pixelColor(x, y).name()

    def spots(self, colour: str | QColor) -> list[tuple[int, int]]:
        """Where pixels of exactly this colour are, row by row."""
        wanted = struct.pack("<I", QColor(colour).rgb())
        found = []
        at = self._bytes.find(wanted)
        while at >= 0:
            if at % 4 == 0:
                found.append((at % self._stride // 4, at // self._stride))
            at = self._bytes.find(wanted, at + (1 if at % 4 else 4))
        return found

    def runs(self, colour: str | QColor) -> list[tuple[int, int, int]]:
        """Stretches of this colour as (left, right, y), `right` being the first that is not."""
        found: list[tuple[int, int, int]] = []
        for x, y in self.spots(colour):
            if found and found[-1][1:] == (x, y):
                found[-1] = (found[-1][0], x + 1, y)
            else:
                found.append((x, x + 1, y))
        return found

    def underlines(self, colour: str | QColor) -> list[tuple[int, int, int]]:
        """Dotted lines of this colour below words, as (left, right, y), from the top down."""
        dots = [(left, y) for left, right, y in self.runs(colour) if right - left == _DOT]
        lines: list[tuple[int, int, int]] = []
        for x, y in dots:
            if lines and lines[-1][1:] == (x - _DOT, y):
                lines[-1] = (lines[-1][0], x + _DOT, y)
            elif (x - 2 * _DOT, y) not in dots:
                lines.append((x, x + _DOT, y))
        whole = [line for line in lines if line[1] - line[0] > 8 * _DOT]
        return [line for line in whole if (line[0], line[1], line[2] - 1) not in whole]

    def squares(self, colour: str | QColor) -> list[tuple[int, int]]:
        """The middle of each square of this colour, the sign of a kind on its cards."""
        runs = {(left, y) for left, right, y in self.runs(colour) if right - left == _SQUARE}
        tops = [(left, y) for left, y in runs if (left, y - 1) not in runs]
        return sorted((left + _SQUARE // 2, y + _SQUARE // 2 - 2) for left, y in tops)


class Screen:
    """An X server that keeps its picture in a file."""

    def __init__(self, folder: Path) -> None:
        reads, writes = os.pipe()
        self._process = subprocess.Popen(
            [
                "Xvfb", "-displayfd", str(writes), "-fbdir", str(folder), "-nolisten", "tcp",
                "-noreset", "-dpi", "96", "-screen", "0", "{}x{}x24".format(*SCREEN),
            ],
            pass_fds=(writes,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writes)
        with os.fdopen(reads) as file:
            self.display = f":{file.readline().strip()}"
        self._file = folder / "Xvfb_screen0"

    def picture(self) -> QImage:
        """The whole screen; the file is that of xwd, which says where its pixels begin."""
        data = self._file.read_bytes()
        head = struct.unpack(">20I", data[:80])
        start, width, height, stride, colours = head[0], head[4], head[5], head[12], head[19]
        pixels = data[start + 12 * colours :]
        return QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()

    def do(self, *words: str | int) -> str:
        """Have xdotool do something, and say what it says."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env=os.environ | {"DISPLAY": self.display},
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(DEADLINE)


class Program:
    """One run of the program, with its window, keyboard and mouse."""

    def __init__(
        self, screen: Screen, command: list[str], folder: Path, home: Path, env: dict[str, str]
    ) -> None:
        self._screen = screen
        self.home = home
        self._said = folder / f"said-{time.monotonic_ns()}.txt"
        self.window = 0
        self.put_pointer_away()
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )

    # Looking

    def until(self, look: Callable[[], Seen], what: str) -> Seen:
        """What `look` sees as soon as that is anything; a program that has ended is a failure."""
        __tracebackhide__ = True

        def looked() -> Seen:
            if self.process.poll() is not None:
                status = self.process.returncode
                pytest.fail(f"the program ended ({status}) before {what}: {self.said()}")
            return look()

        return wait_until(looked, what)

    def said(self) -> str:
        """What it wrote for whoever sits at the terminal."""
        return _NOT_OURS.sub("", self._said.read_text("utf-8"))

    def windows(self) -> list[int]:
        """The windows of it that can be seen."""
        search = ("search", "--onlyvisible", "--pid", self.process.pid)
        return [int(line) for line in self._screen.do(*search).split()]

    def title(self) -> str:
        """What the window is called."""
        return self._screen.do("getwindowname", self.window)

    def area(self) -> QRect:
        """Where on the screen the window is."""
        said = self._screen.do("getwindowgeometry", "--shell", self.window)
        at = {name: int(value) for name, value in re.findall(r"(\w+)=(-?\d+)", said)}
        return QRect(at["X"], at["Y"], at["WIDTH"], at["HEIGHT"])

    def picture(self) -> Picture:
        """What can be seen of the window now."""
        return Picture(self._screen.picture().copy(self.area()))

    def still(self) -> Picture:
        """What can be seen once nothing has moved for a moment."""
        last, since = self.picture(), time.monotonic()
        until = since + DEADLINE
        while time.monotonic() < since + 0.3:
            time.sleep(0.05)
            now = self.picture()
            if now != last:
                last, since = now, time.monotonic()
            if since > until:
                pytest.fail("the picture never came to rest")
        return last

    def shows(self, look: Callable[[Picture], Seen], what: str) -> Seen:
        """What `look` sees in the picture as soon as that is anything."""
        __tracebackhide__ = True
        return self.until(lambda: look(self.picture()), what)

    # Using it

    def opened(self, title: str = "") -> Program:
        """Wait for the window, and until a text is in it, whose title may be given."""
        __tracebackhide__ = True
        self.appeared()
        wanted = f"{title} — Annotated Reader"
        self.until(lambda: self.title().endswith(wanted), f"the window is called “{wanted}”")
        return self

    def appeared(self) -> Program:
        """Wait for the window alone."""
        __tracebackhide__ = True
        self.window = self.until(self.windows, "there was a window")[0]
        self.focus()
        return self

    def focus(self, window: int = 0) -> None:
        """Give the keyboard to the window, as a window manager would, or to another of them."""
        __tracebackhide__ = True
        wanted = window or self.window

        def focused() -> bool:
            self._screen.do("windowfocus", wanted)
            return self._screen.do("getwindowfocus", "-f") == str(wanted)

        self.until(focused, "the window had the keyboard")

    def key(self, *keys: str) -> None:
        """Press keys one after another: “ctrl+f”, “F3”."""
        self._screen.do("key", *keys)

    def type(self, words: str) -> None:
        """Type words, which need no more than the keys of an English keyboard."""
        self._screen.do("type", "--delay", 5, words)

    def point(self, x: int, y: int) -> None:
        """Put the pointer somewhere in the window."""
        self._screen.do("mousemove", "--window", self.window, x, y)

    def put_pointer_away(self) -> None:
        """Put the pointer where it is in nobody's way."""
        self._screen.do("mousemove", *SCREEN)

    def click(self, x: int, y: int) -> None:
        """Click somewhere in the window."""
        self._screen.do("mousemove", "--window", self.window, x, y, "click", 1)

    def wheel(self, steps: int, holding: str = "") -> None:
        """Turn the wheel towards one (down) by so many steps, or up if they are negative."""
        press = ("keydown", holding) if holding else ()
        let_go = ("keyup", holding) if holding else ()
        turn = ("click", "--repeat", abs(steps), "--delay", 10, 5 if steps > 0 else 4)
        self._screen.do(*press, *turn, *let_go)

    def resize(self, width: int, height: int) -> None:
        """Make the window so large."""
        self._screen.do("windowsize", self.window, width, height)
        self.until(lambda: self.area().size().toTuple() == (width, height), "it had its new size")

    def quit(self) -> None:
        """Quit as one does who is done, and see that all ended well."""
        __tracebackhide__ = True
        self.key("ctrl+q")
        self.ended()

    def ended(self, status: int = 0) -> None:
        """Wait for its end, and see that it was that."""
        __tracebackhide__ = True
        wait_until(lambda: self.process.poll() is not None, "the program had ended")
        assert self.process.returncode == status, self.said()
        assert self.said() == ""

    # What it keeps

    def settings(self) -> dict[str, Any]:
        """What it has written of the reader's choices."""
        file = self.home / "settings.json"
        kept: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return kept

    def setting(self, name: str, value: object) -> None:
        """Wait until this choice is on the disk."""
        __tracebackhide__ = True
        self.until(lambda: self.settings().get(name) == value, f"{name} was kept as {value}")

    def place(self, text: str) -> tuple[int, float]:
        """Where the reader is in a text, by its id: a code point, and how far that is (0 to 1)."""
        file = self.home / "library.sqlite"
        if not file.exists():
            return -1, 0.0
        with closing(sqlite3.connect(file, timeout=DEADLINE)) as library:
            assert library.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = library.execute(
                "SELECT position, progress FROM places WHERE text_id = ?", (text,)
            ).fetchall()
        return rows[0] if rows else (-1, 0.0)

    def end(self) -> None:
        """Let nothing of it stay behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE)


Start = Callable[..., Program]


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen that only these tests see; where it cannot be had they are left out, not in CI."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        why = f"{' and '.join(missing)} missing; run: build/linux/system-libraries --tests"
        if os.environ.get("CI") in ("true", "1"):
            pytest.fail(why)
        pytest.skip(why)
    screen = Screen(tmp_path_factory.mktemp("screen"))
    yield screen
    screen.end()


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HOME of every run, where libraries keep what they have found out about the machine."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture
def surroundings(scratch: Path, home: Path) -> dict[str, str]:
    """The environment of a run without a screen, its data in `home`."""
    return environment(scratch, ANNOTATED_READER_HOME=str(home))


@pytest.fixture
def start(
    request: pytest.FixtureRequest, screen: Screen, scratch: Path, tmp_path: Path, home: Path
) -> Iterator[Start]:
    """Start the program in light colours, its data in `home`; its window may take a while."""
    running: list[Program] = []

    def start(*arguments: str | Path, before: Sequence[str] = (), **env: str) -> Program:
        command = [*before, sys.executable, "-m", "reader", "--home", str(home)]
        command += ["--theme", "light", *map(str, arguments)]
        surroundings = environment(scratch, DISPLAY=screen.display, **env)
        running.append(Program(screen, command, tmp_path, home, surroundings))
        return running[-1]

    request.node.stash[_SCREEN] = screen, tmp_path
    yield start
    faults = [program.said() for program in running]
    for program in running:
        program.end()
    assert not any(faults), "\n".join(faults)


_SCREEN = pytest.StashKey[tuple[Screen, Path]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that -m "not e2e" leaves them out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep what was on the screen when a test failed."""
    report: Any = yield
    if report.when == "call" and report.failed and _SCREEN in item.stash:
        screen, folder = item.stash[_SCREEN]
        picture = folder / "screen.png"
        if screen.picture().save(str(picture)):
            report.sections.append(("the screen when it failed", str(picture)))
    return report


@pytest.fixture(scope="session")
def article() -> Copy:
    """The shipped article, to know what has to be on the screen."""
    return open_copy(bundled("content") / SHIPPED)


@pytest.fixture(scope="session")
def light() -> Theme:
    """The colours of the window in these tests."""
    return load_theme(bundled("resources") / "themes", "light")
