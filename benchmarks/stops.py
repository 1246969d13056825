"""How long the window stays away from its event loop: `python -m benchmarks.stops`.

The real window is driven without a screen, each scenario at each size in a process of its own,
on a home folder of its own. Every turn of the event loop is measured: what the reader does is
delivered as one event, and a turn is all that happens until the loop can look for the next key
press. For each action the longest turn counts, by the processor time of the window's thread, so
that a busy machine does not spoil it; `held` is how long the thread was kept at the most by
other threads of the program too (the smaller of wall time and the processor time of all
threads), which interpreters with one lock let happen. What was on the stack in a long turn is
sampled by another thread.

    python -m benchmarks.stops                          # everything, some minutes
    python -m benchmarks.stops marks library --sizes 10000 5000
    python -m benchmarks.stops --over 50                # only what takes longer, in milliseconds
    python -m benchmarks.stops --keep FOLDER            # keep what is read, and use it again
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID

from benchmarks.syllables import SYLLABLES

QUIET = 0.25
"""Seconds without work after which an action counts as done."""

WORK = 0.002
"""Seconds of a turn that are no work yet."""

PATIENCE = 120.0
"""Seconds after which an action is given up."""

SAMPLE = 0.004
LONG = 0.02
"""Seconds between two looks at the stack, and of a turn whose stack is of interest."""

RARE = "zephyrine"
"""Stands once in every text, near its end."""


# What is measured --------------------------------------------------------------------------------


@dataclass(slots=True)
class Stop:
    """One action: seconds of its longest turn, of what it was held, and of all of it."""

    scenario: str
    size: int
    action: str
    longest: float = 0.0
    held: float = 0.0
    wall: float = 0.0
    total: float = 0.0
    where: str = ""


class Watch:
    """Turns the event loop, and measures each turn."""

    def __init__(self) -> None:
        self._main = threading.get_ident()
        self._samples: list[tuple[str, ...]] = []
        self._began = 0.0
        self._ended = False
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def turn(self, stop: Stop) -> float:
        """Turn once; the answer is the processor time that it took."""
        from PySide6.QtCore import QCoreApplication, QEvent

        self._samples = []
        wall, mine, all_ = time.perf_counter(), time.thread_time(), time.process_time()
        self._began = wall
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._began = 0.0
        took = time.thread_time() - mine
        wall = time.perf_counter() - wall
        stop.held = max(stop.held, min(wall, time.process_time() - all_))
        stop.wall = max(stop.wall, wall)
        if took > stop.longest:
            stop.longest = took
            stop.where = self._where() if took > LONG else ""
        return took

    def end(self) -> None:
        """Look no more."""
        self._ended = True
        self._sampler.join()

    def _sample(self) -> None:
        while not self._ended:
            time.sleep(SAMPLE)
            if self._began and time.perf_counter() - self._began > SAMPLE:
                # No frame may be held: what is in it would live on, a painter for one.
                self._samples.append(_chain(sys._current_frames().get(self._main)))

    def _where(self) -> str:
        """The calls in which more than half of the turn was spent, the innermost last."""
        chains = self._samples
        path: tuple[str, ...] = ()
        while chains:
            deeper = Counter(c[: len(path) + 1] for c in chains if len(c) > len(path))
            best, count = deeper.most_common(1)[0] if deeper else ((), 0)
            if count * 2 <= len(chains):
                break
            path = best
            chains = [c for c in chains if c[: len(path)] == path]
        return " > ".join(path[-5:])


def _chain(frame: FrameType | None) -> tuple[str, ...]:
    """The functions of the program that are being run, the innermost last."""
    chain = []
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("reader"):
            name = frame.f_code.co_qualname if sys.version_info >= (3, 11) else ""
            chain.append(f"{module.removeprefix('reader.').removeprefix('ui.')}:{name}")
        frame = frame.f_back
    return tuple(reversed(chain))


class Bench:
    """A window, what is done in it, and how long that took."""

    def __init__(self, scenario: str, size: int, home: Path, folder: Path) -> None:
        self.scenario, self.size, self.home, self.folder = scenario, size, home, folder
        self.stops: list[Stop] = []
        self.watch = Watch()
        self.window: Any = None

    def start(self) -> None:
        """Make the window and show it, which is not measured here."""
        from PySide6.QtWidgets import QApplication

        from reader import app

        self.application = QApplication(["annotated-reader", "-style", "fusion"])
        self.window = app._make_window(app.Start(home=self.home), keeps=True)
        self.window.resize(1360, 880)
        self.window.show()
        self.rest()

    def do(
        self,
        action: str,
        act: Callable[[], object],
        until: Callable[[], object] = lambda: True,
        least: float = 0.0,
        quiet: float = QUIET,
    ) -> None:
        """Do something, and turn the loop until it is done and nothing goes on any more."""
        from PySide6.QtCore import QTimer

        stop = Stop(self.scenario, self.size, action)
        failed: list[BaseException] = []

        def deliver() -> None:
            try:
                act()
            except BaseException as error:
                failed.append(error)

        began = last = time.perf_counter()
        QTimer.singleShot(0, deliver)
        while time.perf_counter() - began < PATIENCE:
            if self.watch.turn(stop) > WORK:
                last = time.perf_counter()
            if failed:
                raise failed[0]
            now = time.perf_counter()
            if now - last > quiet and now - began > least:
                if until():
                    break
                last = now
            time.sleep(0.001)
        else:
            stop.where = "(it never came to an end)"
        stop.total = last - began
        self.stops.append(stop)

    def rest(self) -> None:
        """Let everything come to rest, unmeasured."""
        self.do("", lambda: None)
        self.stops.pop()

    def each(self, action: str, acts: Iterator[Callable[[], object]]) -> None:
        """Do several things one after another, as one action."""
        first = len(self.stops)
        for act in acts:
            self.do(action, act, quiet=0.03)
        several = self.stops[first:]
        worst = max(several, key=lambda stop: stop.longest)
        worst.total = sum(stop.total for stop in several)
        worst.held = max(stop.held for stop in several)
        worst.wall = max(stop.wall for stop in several)
        self.stops[first:] = [worst]

    def open(self, path: Path, action: str = "open") -> None:
        """Open a text, and wait until it is shown."""
        window, before = self.window, self.window.copy
        self.do(
            action,
            lambda: window.open(path),
            lambda: window.copy is not before and not window.progress.isVisible(),
        )

    def type(self, action: str, field: Any, words: str) -> None:
        """Type into a field, a letter at a time, and empty it again."""
        from PySide6.QtTest import QTest

        field.setFocus()
        typed = (partial(QTest.keyClicks, field, letter) for letter in words)
        self.each(action, typed)
        self.do(f"{action}: emptied", field.clear)

    def command(self, name: str) -> Callable[[], object]:
        """What a command does."""
        return self.window.actions_[name].trigger  # type: ignore[no-any-return]

    def dialog(self, action: str, act: Callable[[], object]) -> None:
        """Open a dialog, and close it."""
        from PySide6.QtWidgets import QDialog

        self.do(action, act, lambda: any(each.isVisible() for each in self.dialogs(QDialog)))
        for each in self.dialogs(QDialog):
            self.do(f"{action}: closed", each.reject)

    def dialogs(self, kind: Any) -> list[Any]:
        """The dialogs that are shown."""
        return [each for each in self.window.findChildren(kind) if each.isVisible()]

    def look_about(self) -> None:
        """What one can do with any text: scroll, resize, other colours, other letters."""
        window = self.window
        page = window.reading.page
        bar = page.verticalScrollBar()
        self.do("jump to the end", self.command("end"))
        self.do("jump to the start", self.command("start"))
        self.each(
            "scroll",
            (lambda: bar.setValue(bar.value() + page.viewport().height() // 2) for _ in range(40)),
        )
        self.each(
            "resize", (partial(window.resize, width, 800) for width in (1000, 1300, 900, 1600))
        )
        self.do("dark", self.command("theme-dark"))
        self.do("light", self.command("theme-light"))
        self.do("larger text", self.command("larger"))
        self.do("usual text", self.command("normal"))
        self.do("larger window", self.command("larger-interface"))
        self.do("usual window", self.command("smaller-interface"))

    def close(self) -> None:
        """Wait for what comes later by itself, then close the window."""
        self.do("left alone for 6 s", lambda: None, least=6.0)
        self.do("close the window", self.window.close)
        self.watch.end()


# What is read ------------------------------------------------------------------------------------


class Maker:
    """Makes words, texts and marks, the same ones from the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        found: dict[str, None] = {}
        while len(found) < 8_000:
            found["".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4)))] = None
        self.words = list(found)
        self._weights = list(accumulate(1 / n for n in range(1, len(self.words) + 1)))

    def sentence(self, words: int) -> str:
        """So many words."""
        chosen = self.random.choices(self.words, cum_weights=self._weights, k=words)
        return " ".join(chosen).capitalize() + "."

    def article(self, size: int) -> str:
        """Markdown of some `size` characters, with a heading now and then."""
        parts, length = ["# " + self.sentence(4)], 0
        while length < size:
            if len(parts) % 24 == 0:
                parts.append("## " + self.sentence(4))
            parts.append(" ".join(self.sentence(self.random.randint(6, 24)) for _ in range(5)))
            length += len(parts[-1])
        parts.insert(-1, f"Here stands {RARE}, which stands nowhere else.")
        return "\n\n".join(parts) + "\n"


def write_copy(
    folder: Path, article: str, annotations: str = "", number: int = 1, revision: int = 1
) -> Path:
    """Write the folder of a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("document.yaml").write_text(
        f"format: 1\nid: {UUID(int=number).urn}\nrevision: {revision}\ntitle: Text {number}\n"
        "authors: [Somebody]\nlanguage: en\ntext: article.md\n",
        "utf-8",
    )
    folder.joinpath("article.md").write_text(article, "utf-8")
    if annotations:
        folder.joinpath("annotations.yaml").write_text(f"annotations:\n{annotations}", "utf-8")
    return folder


def write_annotated(folder: Path, count: int) -> Path:
    """A copy with so many annotations in a text of a million characters."""
    maker = Maker()
    article = maker.article(1_000_000)
    kinds = ["definition", "person", "place", "organisation", "event"]
    words = sorted(set(article.lower().replace(".", "").split()), key=lambda w: (len(w), w))
    terms = [word for word in words if word.isalpha() and len(word) > 4]
    lines = []
    for number in range(count):
        term = terms[number % len(terms)]
        if number >= len(terms):
            term = f"{term} {maker.words[number % 50]}"
        lines.append(
            f"  - {{id: a{number}, kind: {kinds[number % 5]}, title: {term.title()} {number}, "
            f"terms: [{term}], body: {maker.sentence(12)}}}\n"
        )
    return write_copy(folder, article, "".join(lines))


def marks_in(text: str, count: int, creator: str = "") -> list[Any]:
    """So many marks, spread over a text; a third of them are notes with a tag."""
    from reader.annotations.marks import Color, Mark, MarkKind, selector_of

    maker, colors = Maker(count + len(creator)), list(Color)
    room = len(text) // count
    marks = []
    for number in range(count):
        start = number * room + maker.random.randrange(max(1, room // 2))
        noted = number % 3 == 0
        moment = f"2026-01-{1 + number % 28:02}T12:00:00Z"
        mark = Mark(
            id=UUID(int=maker.random.getrandbits(128)).urn,
            kind=MarkKind.NOTE if noted else MarkKind.HIGHLIGHT,
            selector=selector_of(text, start, min(len(text), start + min(40, room))),
            color=colors[number % 5],
            note=maker.sentence(10) if noted else "",
            tags=(maker.words[number % 40],) if noted else (),
            creator=creator,
            created=moment,
            modified=moment,
        )
        marks.append(mark)
    return marks


def write_marked(folder: Path, home: Path, count: int) -> tuple[Path, Path]:
    """A text of a million characters with so many marks in the library, and its next revision."""
    from reader.copies.reading import open_copy
    from reader.library.library import Library
    from reader.locations import user_folders

    maker = Maker()
    article = maker.article(1_000_000)
    one = write_copy(folder / "one", article)
    parts = article.split("\n\n")
    for place in range(5, len(parts), 9):
        words = parts[place].split()
        words[3:9] = ["altered", "words"]
        parts[place] = " ".join(words)
    del parts[40:50]
    parts.insert(20, maker.sentence(30))
    two = write_copy(folder / "two", "\n\n".join(parts), revision=2)
    with closing(Library(user_folders(home).data)) as library:
        copy = open_copy(one)
        library.opened(copy)
        library.settle(library.arrive(copy))
        library.save_marks(copy.manifest.id, marks_in(copy.text.string, count))
    return one, two


def write_layered(folder: Path, count: int) -> Path:
    """A text with so many layers of 333 marks each."""
    from reader.copies.layer_writing import write_layer
    from reader.copies.layers import layer_of
    from reader.copies.reading import open_copy

    write_copy(folder, Maker().article(1_000_000))
    copy = open_copy(folder)
    assert copy.folder is not None
    for number in range(count):
        name = f"Student {number}"
        marks = marks_in(copy.text.string, 333, name)
        write_layer(copy.folder, layer_of(name, name, marks), copy.manifest.id)
    return folder


def write_library(folder: Path, home: Path, count: int) -> None:
    """A library of so many texts with twenty marks each, all of which can be found."""
    from reader.copies.reading import open_copy
    from reader.library.library import Library
    from reader.locations import user_folders

    maker = Maker()
    with closing(Library(user_folders(home).data)) as library:
        for number in range(1, count + 1):
            article = maker.article(3_000)
            copy = open_copy(write_copy(folder / str(number), article, number=number))
            library.opened(copy)
            library.remember_place(copy, 100, number / count)
            library.save_marks(copy.manifest.id, marks_in(copy.text.string, 20))
            library.index_text(copy)


# What is done ------------------------------------------------------------------------------------


def texts(bench: Bench) -> None:
    """A text of so many bytes."""
    path = bench.folder / "text.md"
    path.write_text(Maker().article(bench.size), "utf-8")
    other = bench.folder / "other.md"
    other.write_text(Maker(2).article(20_000), "utf-8")
    bench.start()
    bench.open(path, "open, the first time")
    bench.open(other, "open another")
    bench.open(path, "open, the second time")
    bench.look_about()
    bench.type("find as one types", bench.window.header.find_field, RARE)
    bench.do("find", bench.command("find"))
    bench.do("panel: contents", bench.command("contents"))
    bench.dialog("about the text", bench.command("about-text"))
    bench.dialog("print", bench.command("print"))
    bench.dialog("export", bench.command("export"))
    bench.dialog("share", bench.command("share"))
    bench.close()


def annotated(bench: Bench) -> None:
    """A copy with so many annotations."""
    path = write_annotated(bench.folder / "copy", bench.size)
    bench.start()
    window = bench.window
    bench.open(path)
    bench.do("index", bench.command("index"))
    bench.type("index: filter", window.panel._index.filter, "vel")
    bench.do("timeline", bench.command("timeline"))
    bench.do("open a card", lambda: window.reading.show_annotation(f"a{bench.size // 2}"))
    bench.do("hide annotations", lambda: window.layers.set_shown(":author", False))
    bench.do("show annotations", lambda: window.layers.set_shown(":author", True))
    bench.do("underline every", bench.command("underline-every"))
    bench.look_about()
    bench.dialog("layers", bench.command("layers"))
    bench.dialog("print", bench.command("print"))
    bench.dialog("export", bench.command("export"))
    bench.dialog("share", bench.command("share"))
    bench.close()


def marks(bench: Bench) -> None:
    """A text with so many marks."""
    from reader.annotations.marks import Color, MarkKind

    path, _ = write_marked(bench.folder, bench.home, bench.size)
    bench.start()
    window = bench.window
    bench.open(path)
    middle = len(window.copy.text.string) // 2

    def add() -> None:
        window.reading.page.select(middle, middle + 20)
        window.marking.color(Color.GREEN)

    bench.do("go to the middle", lambda: window.reading.travel_to(middle))
    bench.do("add a mark", add)
    bench.do("recolour it", bench.command("mark-blue"))
    bench.do("its note", bench.command("note"))
    name = window.marking.active
    bench.each(
        "write in its note",
        (partial(window.marking._edited, name, "A word or two."[:n]) for n in range(1, 15)),
    )
    bench.do("undo", bench.command("undo"))
    bench.do("redo", bench.command("redo"))
    bench.do("delete it", lambda: window.marking._delete(name))
    bench.do("bookmark", bench.command("bookmark"))
    bench.do("my notes", bench.command("notes"))
    bench.do("add a mark, my notes shown", add)
    bench.do("undo, my notes shown", bench.command("undo"))
    notes = window.panel._notes
    bench.type("my notes: filter", notes.filter, "vel")
    for order in ("tag", "color", "date", "text"):
        bench.do(f"my notes: by {order}", partial(notes.set_order, order))
    many = marks_in(window.copy.text.string, max(10, bench.size // 10))
    bench.do("take a tenth more in", lambda: window.marks.take_in(many))
    bench.do("undo that", bench.command("undo"))
    bench.look_about()
    bench.dialog("layers", bench.command("layers"))
    bench.dialog("print", bench.command("print"))
    bench.dialog("export", bench.command("export"))
    bench.dialog("export all", bench.command("export-all"))
    bench.dialog("share", bench.command("share"))
    assert any(each.mark.kind is MarkKind.HIGHLIGHT for each in window.marks.all())
    bench.close()


def revision(bench: Bench) -> None:
    """Another revision of a text with so many marks."""
    from reader.annotations.anchors import State

    one, two = write_marked(bench.folder, bench.home, bench.size)
    bench.start()
    window = bench.window
    bench.open(one, "open the first revision")
    bench.open(two, "open the second revision")
    bench.do("show the report", window.revising.show_report)
    dialog = window.revising._dialog
    for state in State:
        bench.do(f"report: {state}", dialog.chips[state].click)
    bench.do("report: please check", dialog.chips[State.DOUBTFUL].click)
    rows = [row for row in dialog.shown if row.buttons]
    if rows:
        bench.do("report: confirm one", rows[0].confirmed.emit)
        bench.do("report: undo", lambda: window.marks.undo())
    bench.do("report: done", dialog.done_button.click)
    bench.open(one, "open the first revision again")
    bench.open(two, "open the second revision again")
    bench.close()


def layers(bench: Bench) -> None:
    """A text with so many people's layers of 333 marks."""
    path = write_layered(bench.folder / "copy", bench.size)
    bench.start()
    window = bench.window
    bench.open(path)
    bench.do("my notes", bench.command("notes"))
    box = window.panel._notes.whose
    bench.do("my notes: everybody's", lambda: box.setCurrentIndex(1))
    first = window.layers.all()[0].id
    bench.do("hide a layer", lambda: window.layers.set_shown(first, False))
    bench.do("show it", lambda: window.layers.set_shown(first, True))
    bench.do("show only one", lambda: window.layers.show_only(first))
    bench.do("show all", window.layers.show_all)
    theirs = window.layers.marks()
    noted = [each for each in theirs if each.mark.note]
    bench.do("open a card", lambda: window.marking.follow(noted[len(noted) // 2].id))
    bench.do("copy to mine", lambda: window.marking._others.copy_to_mine(theirs[5].id))
    bench.do("undo", bench.command("undo"))
    bench.look_about()
    bench.dialog("layers", bench.command("layers"))
    bench.dialog("print", bench.command("print"))
    bench.dialog("export", bench.command("export"))
    bench.dialog("share", bench.command("share"))
    bench.close()


def library(bench: Bench) -> None:
    """A library of so many texts."""
    from reader.library.library import Library
    from reader.locations import user_folders

    bench.start()
    window = bench.window
    bench.open(bench.folder / "1", "open a text")
    bench.do("library", bench.command("library"))
    desk = window._desk
    view = desk._view
    page = view.texts
    bench.type("library: filter", page.filter, "text 4")
    for order in ("title", "progress", "added", "read"):
        bench.do(f"library: by {order}", partial(page.order.choose, order))
    for shelf in ("reading", "notes", "all"):
        chip = next(chip for key, chip in page.chips.items() if key == shelf)
        bench.do(f"library: shelf {shelf}", chip.click)
    bar = page.list.verticalScrollBar()
    bench.each("library: scroll", (partial(bar.setValue, n * 200) for n in range(20)))
    bench.do("library: refresh", desk.refresh)
    text_id = UUID(int=7).urn
    bench.do("library: remove a text", lambda: page.remove_wanted.emit(text_id))
    bench.do("library: bring it back", lambda: page.bring_back_wanted.emit(text_id))

    def elsewhere() -> None:
        with closing(Library(user_folders(bench.home).data)) as other:
            other.remove_text(UUID(int=9).urn)

    worker = threading.Thread(target=elsewhere)
    worker.start()
    worker.join()
    bench.do("library: changed elsewhere", lambda: None, least=1.5)
    bench.do("search", bench.command("search-all"))
    bench.type("search as one types", view.search.field, "lomi")
    bench.do("notebook", bench.command("notebook"), lambda: not view.notebook._waiting)
    bench.type("notebook: filter", view.notebook.field, "vel")
    bench.do("dark", bench.command("theme-dark"))
    bench.do("resize", lambda: window.resize(1000, 700))
    bench.do("back to the text", bench.command("library"))
    bench.dialog("snapshots", bench.command("snapshots"))
    bench.dialog("export all", bench.command("export-all"))
    bench.do("open another", lambda: window.open(bench.folder / "2"))
    bench.close()


SCENARIOS: dict[str, tuple[tuple[int, ...], Callable[[Bench], None]]] = {
    "texts": ((30_000, 300_000, 3_000_000), texts),
    "annotations": ((100, 1_000, 10_000), annotated),
    "marks": ((100, 1_000, 10_000), marks),
    "revision": ((100, 1_000, 10_000), revision),
    "layers": ((1, 10, 30), layers),
    "library": ((50, 500, 5_000), library),
}


def planted(bench: Bench) -> None:
    """What is known to take 80 ms has to be found, and what sleeps has to be told apart."""
    bench.start()
    bench.do("nothing", lambda: None)
    bench.do("busy for 80 ms", _busy)
    bench.do("asleep for 80 ms", lambda: time.sleep(0.08))
    nothing, busy, asleep = bench.stops
    assert nothing.longest < 0.03, nothing
    assert 0.078 < busy.longest < 0.15, busy
    assert asleep.longest < 0.03 < 0.078 < asleep.wall, asleep
    bench.close()


def _busy() -> None:
    until = time.thread_time() + 0.08
    while time.thread_time() < until:
        pass


# Running it --------------------------------------------------------------------------------------


def run_one(name: str, size: int, folder: Path, kept: Path | None) -> list[Stop]:
    """Run one scenario at one size, in this process."""
    home = folder / "home"
    if name == "library":
        # It takes its time to make, and everything in it is where it was made.
        kept = kept or folder / "kept"
        made = kept / f"library-{size}"
        if not (made / "done").exists():
            write_library(made / "texts", made / "home", size)
            (made / "done").touch()
        shutil.copytree(made / "home", home)
        folder = made / "texts"
    bench = Bench(name, size, home, folder)
    (planted if name == "planted" else SCENARIOS[name][1])(bench)
    return bench.stops


def run_apart(name: str, size: int, kept: Path | None) -> list[Stop]:
    """Run one scenario at one size in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.stops", "--one", name, str(size), folder]
        if kept is not None:
            command += ["--keep", str(kept)]
        done = subprocess.run(
            command,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        print(f"{name} {size}: ended with {done.returncode}", flush=True)
        return []
    return [Stop(**each) for each in json.loads(done.stdout.splitlines()[-1])]


def show(stops: list[Stop], over: float) -> None:
    """Print a table, in milliseconds."""
    for stop in stops:
        if max(stop.longest, stop.held) * 1000 < over:
            continue
        name = f"{stop.scenario} {stop.size:,}"
        times = f"{stop.longest * 1000:8.0f}{stop.held * 1000:8.0f}{stop.total * 1000:8.0f}"
        print(f"{name:<20}{stop.action:<32}{times}  {stop.where}", flush=True)


def main() -> None:
    """Run what is asked for, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--sizes", type=int, nargs="*", help="only these of their sizes")
    parser.add_argument("--over", type=float, default=0.0, metavar="MS")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        name, size, folder = chosen.one
        stops = run_one(name, int(size), Path(folder), chosen.keep)
        print(json.dumps([asdict(stop) for stop in stops]), flush=True)
        os._exit(0)  # nothing of Qt is left to be taken apart in the wrong order
    run_apart("planted", 0, None)
    print(f"{'':<20}{'action':<32}{'longest':>8}{'held':>8}{'total':>8}  ms", flush=True)
    worst: list[Stop] = []
    for name in chosen.scenarios or SCENARIOS:
        for size in SCENARIOS[name][0]:
            if chosen.sizes is None or size in chosen.sizes:
                stops = run_apart(name, size, chosen.keep)
                show(stops, chosen.over)
                worst += stops
    if worst:
        longest = max(worst, key=lambda stop: stop.longest)
        print(f"The longest: {longest.longest * 1000:.0f} ms, {longest.scenario} {longest.action}")


if __name__ == "__main__":
    main()
