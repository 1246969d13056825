"""Whether an installed program does what it is for: run it as a user would, and look.

    smoke.py dist/annotated-reader/annotated-reader       a frozen folder
    smoke.py .venv/bin/annotated-reader                   a checkout, or a wheel
    smoke.py --json python -m reader                      the times, for other programs
    smoke.py --screen :99 annotated-reader                also a window on that X server
    smoke.py --starts 20 PROGRAM                          how long it takes to its first picture
    smoke.py --root /bare chroot /bare annotated-reader   a program that sees other files

A fresh home, and next to nothing in the environment. Whatever the program says that was not
asked for is a fault. Nothing but Python's own library is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHIPPED = "russia-ukraine-2025"
QUOTE = "the most massive air attack"
NOTE = "Smoke rises, therefore it runs."
SIZE = (1100, 760)
PATIENCE = 120.0
"""Seconds that anything may take, on a slow machine too."""

_PASSED_ON = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "TEMP", "TMP", "WINEPREFIX")
"""What a program of Windows cannot do without."""


class Fault(Exception):
    """Something is not as it should be."""


@dataclass
class Program:
    """The program under test, and the only surroundings that it gets."""

    words: list[str]
    home: Path
    root: Path = Path("/")
    """What the program takes for the root of its files."""

    screen: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def seen(self, path: Path) -> str:
        """A path as the program sees it."""
        if self.root == Path("/"):
            return str(path)
        return "/" + path.relative_to(self.root).as_posix()

    def environment(self) -> dict[str, str]:
        given = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        home = self.seen(self.home)
        given |= {"HOME": home, "PATH": os.defpath if os.name == "nt" else "/usr/bin:/bin"}
        if os.name == "nt":
            # Windows tells a program of its folders whatever the environment says.
            given |= {"ANNOTATED_READER_HOME": home, "PATH": os.environ["PATH"]}
        if self.screen:
            given["DISPLAY"] = self.screen
        return given

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.words, *words],
            env=self.environment(),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def said(self, *words: str) -> str:
        """Run it to its end; what it printed. Raises Fault if it failed, or complained."""
        began = time.monotonic()
        process = self.start(*words)
        try:
            out, complaint = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Fault(f"{words[0]} was not done after {PATIENCE:.0f} seconds") from None
        job = words[0].lstrip("-")
        self.seconds["open" if "/" in job or os.sep in job else job] = round(
            time.monotonic() - began, 2
        )
        if process.returncode or complaint:
            told = "\n".join(part for part in (out.strip(), complaint.strip()) if part)
            raise Fault(f"{' '.join(words)} ended with {process.returncode}:\n{told}")
        return out

    def silent(self, *words: str) -> None:
        """Run it to its end; a word of it is a fault."""
        if out := self.said(*words):
            raise Fault(f"{' '.join(words)} said:\n{out.strip()}")


def check(program: Program) -> None:
    """Read, mark, find, export and draw. Raises Fault."""
    version = program.said("--version").strip()
    expect(version.startswith("annotated-reader "), f"its version is {version!r}")

    whole = json.loads(program.said("self-check", "--json"))
    expect(whole["missing"] == [], f"parts are missing: {whole}")
    copy = f"{whole['content']}{'/' if '/' in whole['content'] else os.sep}{SHIPPED}"

    article = json.loads(program.said("inspect", copy, "--json"))
    expect(len(article["annotations"]) > 20, "the shipped article has lost its annotations")
    program.silent("check", copy)

    _mark(program, copy)
    found = json.loads(program.said("library", "search", "smoke", "rises", "--json"))
    expect(len(found) == 1, f"the note is not found: {found}")

    for name, wanted in (("markdown", f"> {QUOTE}"), ("html", NOTE), ("pdf", "%PDF")):
        file = program.home / f"notes.{name}"
        program.said("export", copy, "--format", name, "-o", program.seen(file))
        data = file.read_bytes()
        expect(wanted.lower().encode() in data.lower(), f"{file.name} lacks {wanted!r}")
        expect(name == "pdf" or NOTE.encode() in data, f"{file.name} lacks the note")

    for theme in ("light", "dark"):
        picture = program.home / f"{theme}.png"
        size = "x".join(map(str, SIZE))
        program.silent(
            "--screenshot", program.seen(picture), "--size", size, "--theme", theme, copy
        )
        expect(_is_drawn(picture), f"{picture.name} is no picture of a window")


def check_window(program: Program) -> None:
    """Show a window on the screen until the article is in it; close it as a system does."""
    began = time.monotonic()
    window = program.start()
    try:
        _await_opened(program, window, 1, "no text came up in the window")
        program.seconds["window"] = round(time.monotonic() - began, 2)
        program.silent(program.seen(program.home / "notes.markdown"))  # in the window that is open
        _await_opened(program, window, 2, "the second text did not come up in the window")
        window.send_signal(signal.SIGTERM)
        out, complaint = window.communicate(timeout=PATIENCE)
        expect(not (out or complaint), f"the window said:\n{out}{complaint}")
        expect(window.returncode == 0, f"the window ended with {window.returncode}")
    finally:
        if window.poll() is None:
            window.kill()


def _await_opened(
    program: Program, window: subprocess.Popen[str], texts: int, otherwise: str
) -> None:
    """Wait until so many texts of the library have been opened, in a window that stays open."""
    began = time.monotonic()
    while True:
        listed = json.loads(program.said("library", "list", "--json"))
        _expect_open(window)
        if sum(bool(text["opened"]) for text in listed) >= texts:
            return
        expect(time.monotonic() - began < PATIENCE, otherwise)
        time.sleep(0.1)


def starts(program: Program, times: int) -> float:
    """The median of the seconds that it takes to start, open the article, draw it and end."""
    taken = []
    for _ in range(times + 1):
        began = time.monotonic()
        program.silent("--screenshot", program.seen(program.home / "start.png"))
        taken.append(time.monotonic() - began)
    return statistics.median(taken[1:])  # the first one fetches its files from the disk


def _mark(program: Program, copy: str) -> None:
    """Add a highlight with a note, as other programs write them."""
    file = program.home / "marks.jsonld"
    mark = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:2b9e8e1c-58f0-4a53-9d52-1f0f4e1a3c77",
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": NOTE, "format": "text/markdown"},
        "target": {
            "source": "urn:uuid:f443ef09-f543-4240-8509-507020d4570b",
            "selector": {"type": "TextQuoteSelector", "exact": QUOTE},
        },
    }
    file.write_text(json.dumps(mark), "utf-8")
    told = json.loads(program.said("import", program.seen(file), "--into", copy, "--json"))
    expect(len(told["annotations"]) == 1, f"the mark did not come in: {told}")


def expect(well: bool, fault: str) -> None:
    """Raise Fault with these words where something is not well."""
    if not well:
        raise Fault(fault)


def _expect_open(window: subprocess.Popen[str]) -> None:
    if window.poll() is not None:
        out, complaint = window.communicate()
        raise Fault(f"the window closed with {window.returncode}:\n{out}{complaint}".strip())


def _is_drawn(file: Path) -> bool:
    """Whether a file is a PNG of the asked size with more than plain surfaces in it."""
    data = file.read_bytes()
    if not data.startswith(b"\x89PNG") or struct.unpack(">2I", data[16:24]) != SIZE:
        return False
    pixels = b""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            pixels += data[at + 8 : at + 8 + length]
        at += length + 12
    # Letters keep what is packed from being small: an empty window takes about 10 kB.
    return len(zlib.decompress(pixels)) > SIZE[0] * SIZE[1] and len(pixels) > 40_000


@contextmanager
def fresh_home(root: Path = Path("/"), owner: str = "") -> Iterator[Path]:
    """An empty folder where the program may keep things, gone afterwards; `owner` is uid:gid."""
    within = None if root == Path("/") else root / "tmp"
    home = Path(tempfile.mkdtemp(prefix="smoke-", dir=within))
    if owner:
        os.chown(home, *map(int, owner.split(":")))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print how long each job took")
    parser.add_argument("--starts", type=int, default=0, metavar="N", help="only measure starts")
    parser.add_argument("--screen", default="", metavar="DISPLAY", help="an X server")
    parser.add_argument("--root", type=Path, default=Path("/"), help="what it takes for /")
    parser.add_argument("--owner", default="", metavar="UID:GID", help="whom its home belongs to")
    parser.add_argument("program", nargs=argparse.REMAINDER, metavar="PROGRAM")
    options = parser.parse_args(arguments)
    if not options.program:
        parser.error("name the program, such as dist/annotated-reader/annotated-reader")
    words = options.program
    if found := shutil.which(words[0]):
        words = [os.path.abspath(found), *words[1:]]
    with fresh_home(options.root.resolve(), options.owner) as home:
        program = Program(words, home, options.root.resolve(), options.screen)
        with suppress(KeyboardInterrupt):
            try:
                if options.starts:
                    print(f"{starts(program, options.starts):.2f} s to the first picture")
                    return 0
                check(program)
                if program.screen:
                    check_window(program)
            except (Fault, OSError, ValueError, KeyError) as fault:
                print(f"smoke: {fault}", file=sys.stderr)
                return 1
    report: dict[str, Any] = {"program": options.program, "seconds": program.seconds}
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        print("well: " + ", ".join(f"{job} {time} s" for job, time in program.seconds.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
