"""One reader before one screen: started, looked at, given keys, ended."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from benchmarks.beside import memory
from benchmarks.beside.ink import has_bar, is_blank, is_text
from benchmarks.beside.keyboard import Keyboard
from benchmarks.beside.screen import Rect, Screen

LOOK = 0.004
"""Seconds between two looks at a screen on which something is to appear."""

GLANCE = 0.04
"""Seconds between two looks at one on which it is to stay."""

NUDGE = 2.0
"""Seconds after which a greeting is sent away."""

PATIENCE = 60.0
"""Seconds after which nothing more is waited for."""

STRANGER = ("nobody", "nogroup")
"""The user and the group that readers run as where the benchmark is run by root."""

# What whoever runs the benchmark may have set, and a reader would listen to.
_FOREIGN = re.compile(
    "ANNOTATED_READER_|DBUS_|DESKTOP_|DISPLAY|GDK_|GNOME_|GTK|KDE_|LANG|LC_|PYTHON|QT_|READER_"
    "|WAYLAND_|XAUTHORITY|XCURSOR|XDG_|XMODIFIERS"
)


class Gone(Exception):
    """The reader ended by itself, or what was waited for never came."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is started: the words, what is added to its surroundings, and as whom."""

    words: Sequence[str]
    surroundings: Mapping[str, str]
    as_stranger: bool


class Sitting:
    """A reader on a screen of its own, with a session's message bus, and `home` as its home.

    It is started by `start`, and all that it started is ended when the sitting is left.
    """

    def __init__(self, command: Command, home: Path, scratch: Path) -> None:
        self._command, self._home = command, home
        self._token = uuid4().hex
        self._stack = ExitStack()
        self._began = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self.most = 0
        """The most bytes that all its processes were seen to take, while that was looked at."""
        own = Path(scratch, self._token)
        own.mkdir()
        own.chmod(0o755)
        self._own = own

    def __enter__(self) -> Sitting:
        self._stack.callback(shutil.rmtree, self._own, ignore_errors=True)
        self.screen = self._stack.enter_context(Screen(self._own))
        self.keyboard = self._stack.enter_context(Keyboard(self.screen.name))
        runtime = self._own / "runtime"
        runtime.mkdir(mode=0o700)
        own = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
        self._environment = own | {
            "HOME": str(self._home),
            "XDG_CACHE_HOME": str(self._home / ".cache"),  # else Mesa asks the list of users
            "LC_ALL": "C.UTF-8",
            "DISPLAY": self.screen.name,
            "XDG_RUNTIME_DIR": str(runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
        }
        if self._as_stranger:
            for folder in (runtime, self._home):
                hand_to_stranger(folder)
        self._start_bus()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and kind is None and (window := self.window()):
            self.keyboard.close(window[0])
        memory.end(self._token)
        if self._process is not None:
            self._process.wait()
        self._stack.close()

    def start(self) -> None:
        """Start the reader; from now on the time runs."""
        environment = self._environment | dict(self._command.surroundings)
        environment[memory.TOKEN] = self._token
        words = [*self._prefix, *self._command.words]
        with (self._own / "said").open("wb") as said:
            self._began = time.perf_counter()
            self._process = subprocess.Popen(
                words, env=environment, cwd=self._home, stdin=subprocess.DEVNULL,
                stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip

    def until_text(
        self, part: Rect, stays: float, at_sight: Callable[[], None] = lambda: None
    ) -> float:
        """Seconds from the start until there is text in this part, to stay there.

        It has to stay for `stays` seconds; where it goes again, the next one counts. `at_sight`
        is called as soon as there is any.
        """
        came = 0.0
        while True:
            now = time.perf_counter()
            if not self._shows_text(part):
                came = 0.0
                self._still_there(now - self._began, "text")
            elif not came:
                came = now
                at_sight()
            elif now - came > stays:
                return came - self._began
            time.sleep(GLANCE if came else LOOK)

    def find_window(self, nudge: str = "") -> Rect:
        """Wait for text in the middle of the largest window; the answer is where that is.

        `nudge` is a key that sends a greeting away, pressed now and then until there is text.
        The memory that is taken meanwhile is looked at, which costs the reader time.
        """
        nudged = time.perf_counter()
        while True:
            now = time.perf_counter()
            self._still_there(now - self._began, "a window with text")
            self.most = max(self.most, self.memory())
            window = self.window()
            if window and self._shows_text(window[1].middle()):
                return window[1]
            if nudge and window and now - nudged > NUDGE:
                nudged = now
                self.keyboard.focus(window[0])
                time.sleep(0.2)
                self.keyboard.press(nudge)
            time.sleep(0.1)

    def watch_memory(self, seconds: float) -> None:
        """Keep the most memory that is taken in the next so many seconds."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.most = max(self.most, self.memory())
            time.sleep(GLANCE)

    def resize(self, width: int, height: int) -> Rect:
        """Give the largest window another size; the answer is where it is then."""
        if window := self.window():
            self._xdotool("windowsize", str(window[0]), str(width), str(height))
            time.sleep(1.0)
        window = self.window()
        if window is None:
            raise Gone("its window is gone")
        return window[1]

    def window(self) -> tuple[int, Rect] | None:
        """The largest window that is shown: its number, and what of it is on the screen."""
        windows = self.windows().items()
        return max(windows, key=lambda each: each[1].width * each[1].height, default=None)

    def windows(self) -> dict[int, Rect]:
        """The windows that are shown, by their numbers, and what of them is on the screen."""
        found: dict[int, Rect] = {}
        names = self._xdotool("search", "--onlyvisible", "--name", ".*").split()
        for name in names:
            shell = self._xdotool("getwindowgeometry", "--shell", name)
            values = dict(re.findall(r"^(\w+)=(-?\d+)$", shell, re.MULTILINE))
            if not values or int(name) == self.keyboard.root:
                continue
            left, top = max(0, int(values["X"])), max(0, int(values["Y"]))
            width = min(int(values["WIDTH"]), self.screen.width - left)
            height = min(int(values["HEIGHT"]), self.screen.height - top)
            found[int(name)] = Rect(left, top, width, height)
        return found

    def focus(self, known: Collection[int] = ()) -> None:
        """Let the largest window that is not known yet have the keys, as a window manager would."""
        new = {name: part for name, part in self.windows().items() if name not in known}
        if new:
            self.keyboard.focus(max(new, key=lambda name: new[name].width * new[name].height))
            time.sleep(0.2)

    def until_bar(
        self, part: Rect, since: float, shown: bool = True, patience: float = PATIENCE
    ) -> float:
        """Seconds since then until the bar is shown in this part, or no longer."""
        return self.until(
            lambda: has_bar(self.screen.shades(part)) == shown, since, "the place", patience
        )

    def until_changed(self, part: Rect, rows: int, press: Callable[[], float]) -> float:
        """Seconds from a key until so many rows of pixels of this part look otherwise."""
        before = self.screen.shades(part)

        def changed() -> bool:
            now = self.screen.shades(part)
            return sum(old != new for old, new in zip(before, now, strict=True)) >= rows

        return self.until(changed, press(), "a change")

    def until(
        self, seen: Callable[[], bool], since: float, what: str, patience: float = PATIENCE
    ) -> float:
        """Seconds since then until something is seen."""
        while True:
            now = time.perf_counter()
            if seen():
                return now - since
            self._still_there(now - since, what, patience)
            time.sleep(LOOK)

    def memory(self) -> int:
        """Bytes that all processes of the reader take now."""
        return memory.memory(self._token)

    def said(self) -> str:
        """What the reader has written to its terminal, its end."""
        return (self._own / "said").read_text("utf-8", "replace")[-2000:]

    def _shows_text(self, part: Rect) -> bool:
        # To look at all of it takes a millisecond, which a reader that is starting may need.
        return not is_blank(self.screen.shades(part, 16)) and is_text(self.screen.shades(part))

    @property
    def _as_stranger(self) -> bool:
        return self._command.as_stranger and os.getuid() == 0

    @property
    def _prefix(self) -> list[str]:
        if not self._as_stranger:
            return []
        user, group = STRANGER
        return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]

    def _start_bus(self) -> None:
        daemon = shutil.which("dbus-daemon")
        if daemon is None:
            return
        address = self._environment["DBUS_SESSION_BUS_ADDRESS"]
        words = [daemon, "--session", "--nofork", f"--address={address}", "--print-address"]
        bus = subprocess.Popen(
            [*self._prefix, *words],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

        def end() -> None:
            bus.terminate()
            with suppress(subprocess.TimeoutExpired):
                bus.wait(5)

        self._stack.callback(end)
        assert bus.stdout is not None
        self._stack.callback(bus.stdout.close)
        bus.stdout.readline()

    def _still_there(self, waited: float, what: str, patience: float = PATIENCE) -> None:
        assert self._process is not None
        if (ended := self._process.poll()) is not None and not memory.processes(self._token):
            raise Gone(f"it ended with {ended} before {what} was seen")
        if waited > patience:
            raise Gone(f"{what} was not seen within {patience:.0f} s")

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={"DISPLAY": self.screen.name, "PATH": os.environ.get("PATH", "")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


def hand_to_stranger(folder: Path) -> None:
    """Let the readers' user own a folder, and all in it."""
    for place in (folder, *folder.rglob("*")):
        shutil.chown(place, *STRANGER)
