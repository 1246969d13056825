"""How long our own window takes, as what is in it grows: each size in a process of its own.

The real window is driven without a screen. An action is over when what was wanted is there and
the window has been painted with it; what goes on afterwards, to lay the rest out for instance,
does not count. Beside its time stands the longest stop meanwhile: the longest time (of the
processor) for which the window's thread did not come back to its event loop.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import stops
from benchmarks.results import Results

STOP = ", longest stop"
"""Behind the name of an action: not its time, but its longest stop."""

FRAMES = 600
NOTCH = 120
"""Frames that are scrolled, and pixels from one to the next: a notch of the wheel."""

SCENARIOS: dict[str, tuple[int, ...]] = {
    "characters": (30_000, 300_000, 3_000_000),
    "marks": (100, 1_000, 10_000),
    "annotations": (100, 1_000, 10_000),
    "revised marks": (100, 1_000, 10_000),
}
"""What there is more of from size to size."""

PATIENCE = 60.0


class Timed(stops.Bench):
    """A window of ours, and how long what is done in it takes."""

    def __init__(self, scenario: str, size: int, folder: Path) -> None:
        super().__init__(scenario, size, folder / "home", folder)
        self.took: list[tuple[str, float]] = []

    def time(self, what: str, act: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do something, and keep how long it takes until it is seen. Then let all come to rest."""
        from PySide6.QtCore import QTimer

        stop = stops.Stop(self.scenario, self.size, what)
        QTimer.singleShot(0, act)
        self.watch.turn(stop)  # does it
        began = time.perf_counter() - stop.wall
        while not until():
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{what} never came to an end")
            self.watch.turn(stop)
        self.watch.turn(stop)  # paints it
        self.took.append((what, time.perf_counter() - began))
        self.took.append((what + STOP, stop.longest))
        self.rest()

    def show(self, path: Path, what: str) -> None:
        """Open a text, until it is shown."""
        window, before = self.window, self.window.copy
        self.time(
            what,
            lambda: window.open(path),
            lambda: window.copy is not before and not window.progress.isVisible(),
        )

    def scroll(self) -> None:
        """Scroll through the text, a notch at a time, and keep how long its frames take."""
        page = self.window.reading.page
        bar, frames = page.verticalScrollBar(), []
        for _ in range(FRAMES):
            began = time.perf_counter()
            bar.setValue(bar.value() + NOTCH)
            page.viewport().repaint()
            self.watch.turn(stops.Stop(self.scenario, self.size, "scroll"))
            frames.append(time.perf_counter() - began)
        frames.sort()
        for name, at in (("median", len(frames) // 2), ("99 %", len(frames) * 99 // 100)):
            self.took.append((f"a frame of scrolling, {name}", frames[at]))
        self.took.append(("a frame of scrolling, worst", frames[-1]))
        self.rest()


def characters(bench: Timed) -> None:
    """A text of so many characters."""
    from PySide6.QtTest import QTest

    text, other = bench.folder / "text.md", bench.folder / "other.md"
    text.write_text(stops.Maker().article(bench.size), "utf-8")
    other.write_text(stops.Maker(2).article(20_000), "utf-8")
    bench.start()
    bench.show(text, "open it, the first time")
    bench.show(other, "")
    bench.show(text, "open it, the second time")
    window = bench.window
    page, field = window.reading.page, window.header.find_field
    bar, end = page.verticalScrollBar(), len(window.copy.text.string) - 1
    bench.time("jump to its end", bench.command("end"), lambda: page.is_in_view(end))
    bench.time("", bench.command("start"), lambda: bar.value() == 0)
    word = window.copy.text.string.index(stops.RARE)
    bench.time(
        "find a rare word near its end",
        lambda: QTest.keyClicks(field, stops.RARE),
        lambda: window.finder.current is not None and page.is_in_view(word),
    )
    field.clear()
    bench.time("", bench.command("start"), lambda: bar.value() == 0)
    bench.scroll()
    bench.time(
        "resize the window", lambda: window.resize(1000, 800), lambda: window.width() == 1000
    )


def marks(bench: Timed) -> None:
    """A text with so many marks."""
    from reader.annotations.marks import Color

    path, _ = stops.write_marked(bench.folder, bench.home, bench.size)
    _export(bench, path)
    bench.start()
    window = bench.window
    bench.show(path, "open their text")
    middle, known = len(window.copy.text.string) // 2, len(window.marks.all())
    window.reading.travel_to(middle)
    bench.rest()

    def add() -> None:
        window.reading.page.select(middle, middle + 20)
        window.marking.color(Color.GREEN)

    bench.time("add a mark", add, lambda: len(window.marks.all()) == known + 1)


def _export(bench: Timed, path: Path) -> None:
    """What the command line takes, with its start."""
    for name, ending in (("Markdown", "md"), ("HTML", "html")):
        file = bench.folder / f"notes.{ending}"
        program = [sys.executable, "-m", "reader", "--home", str(bench.home), "export"]
        began = time.perf_counter()
        subprocess.run(
            [*program, str(path), "--output", str(file)], check=True, stdout=subprocess.DEVNULL
        )
        bench.took.append((f"export them as {name}", time.perf_counter() - began))


def annotated(bench: Timed) -> None:
    """A copy with so many annotations."""
    path = stops.write_annotated(bench.folder / "copy", bench.size)
    other = bench.folder / "other.md"
    other.write_text(stops.Maker(2).article(20_000), "utf-8")
    bench.start()
    bench.show(path, "open the copy, the first time")
    bench.show(other, "")
    bench.show(path, "open the copy, the second time")


def revised(bench: Timed) -> None:
    """A text with so many marks, of which another revision comes."""
    one, two = stops.write_marked(bench.folder, bench.home, bench.size)
    bench.start()
    bench.show(one, "")
    bench.show(two, "open another revision, all marks anchored anew")


_DRIVES: dict[str, Callable[[Timed], None]] = {
    "characters": characters,
    "marks": marks,
    "annotations": annotated,
    "revised marks": revised,
}


def measure(
    results: Results,
    rounds: int,
    scenarios: dict[str, Sequence[int]],
    say: Callable[[str], None] = print,
) -> None:
    """Drive the window through these scenarios at these sizes, so many times."""
    for turn in range(rounds):
        for scenario, sizes in scenarios.items():
            for size in sizes:
                say(f"round {turn + 1}: {size:,} {scenario}")
                for what, seconds in _apart(scenario, size, results):
                    if what and what != STOP:
                        results.add(what, scenario, f"{size:,}", seconds)


def _apart(scenario: str, size: int, results: Results) -> list[tuple[str, float]]:
    """One scenario at one size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.own", scenario, str(size), folder],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        results.miss(scenario, f"{size:,}", "", why)
        return []
    return [(what, seconds) for what, seconds in json.loads(done.stdout.splitlines()[-1])]


def main() -> None:
    """Drive the window through one scenario: what `measure` starts."""
    scenario, size, folder = sys.argv[1:]
    bench = Timed(scenario, int(size), Path(folder))
    _DRIVES[scenario](bench)
    print(json.dumps(bench.took), flush=True)
    os._exit(0)  # nothing of Qt is left to be taken apart in the wrong order


if __name__ == "__main__":
    main()
