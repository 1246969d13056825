"""The command line. The window opens when no other job is named."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reader import __version__
from reader.problems import quoted

if TYPE_CHECKING:
    from reader.exchange.notebook import Notebook

PROGRAM = "annotated-reader"
JOBS = (
    "check",
    "inspect",
    "export",
    "import",
    "pack",
    "share",
    "unpack",
    "apply",
    "library",
    "self-check",
)
THEMES = ("system", "light", "sepia", "dark", "high-contrast-light", "high-contrast-dark")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the answer is its exit status: 0 well, 1 not, 2 wrongly called."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter gets its number: a title must not end the program.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _main(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever reads has read enough, as `| head` does; the rest goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _main(given: list[str]) -> int:
    shared = _shared_options()
    _, rest = shared.parse_known_args([word for word in given if word not in ("-h", "--help")])
    name = rest[0] if rest else ""
    if job := _job(name):
        given.remove(name)
        # What jobs need Qt for, which no job may import.
        parser = parser_of(name)
        parser.set_defaults(write_pdf=_write_pdf, check_window=_check_window)
        return job.run(parser.parse_args(given))
    return _window(parser_of("").parse_args(given))


def parser_of(name: str) -> argparse.ArgumentParser:
    """What reads the command line of a job, or of the window, which has no name."""
    shared = _shared_options()
    if job := _job(name):
        parser = argparse.ArgumentParser(prog=f"{PROGRAM} {name}", parents=[shared])
        job.add_options(parser)
        return parser
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        parents=[shared],
        description="Read a text with its annotations beside the words they belong to.",
        epilog="Other jobs: check COPY..., inspect COPY, export COPY, import FILE --into COPY, "
        "pack FOLDER -o FILE, unpack FILE -o FOLDER, share COPY -o FILE, "
        "apply SET --to TEXT -o FOLDER, library JOB, self-check. Add --help to a job for more.",
    )
    _window_options(parser)
    return parser


class _Job(Protocol):
    """A module of `reader.jobs`."""

    def add_options(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, options: argparse.Namespace) -> int: ...


def _job(name: str) -> _Job | None:
    """The job of a name, imported only now that it is asked for; None for the window."""
    job: _Job | None = None
    match name:
        case "check":
            from reader.jobs import check as job
        case "inspect":
            from reader.jobs import inspect as job
        case "export":
            from reader.jobs import export as job
        case "import":
            from reader.jobs import import_marks as job
        case "pack":
            from reader.jobs import pack as job
        case "share":
            from reader.jobs import share as job
        case "unpack":
            from reader.jobs import unpack as job
        case "apply":
            from reader.jobs import apply as job
        case "library":
            from reader.jobs import library as job
        case "self-check":
            from reader.jobs import self_check as job
    return job


def _write_pdf(notebook: Notebook, file: Path, paper: str, cards: bool) -> None:
    from reader.app import export_pdf

    export_pdf(notebook, file, paper, cards)


def _check_window() -> dict[str, str]:
    from reader.app import check_window

    return check_window()


@cache
def _shared_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, add_help=False)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="keep all of the user's data in DIR (also: ANNOTATED_READER_HOME)",
    )
    return parser


def _window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "copy",
        nargs="?",
        type=_place,
        metavar="COPY",
        help="a copy's folder, a Markdown or a plain text file; "
        "nothing: the last text read, the shipped article the first time",
    )
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="FILE",
        help="draw the window into FILE (png) and end, without a screen",
    )
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help="the window's size in pixels, such as 1360x880"
    )
    parser.add_argument("--theme", choices=THEMES, help="the window's colours, this time only")
    parser.add_argument(
        "--new-window",
        action="store_true",
        help="open another window; else a text is shown in the window that is open already",
    )
    parser.add_argument(
        "--at", metavar="ANNOTATION-ID", help="show this annotation beside its words"
    )


def _place(words: str) -> Path:
    """A path; desktops hand files over as addresses."""
    if not words.lower().startswith("file:"):
        return Path(words)
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(words).path))


def _size(words: str) -> tuple[int, int]:
    match = re.fullmatch("([0-9]{1,5})[xX]([0-9]{1,5})", words)
    if not match:
        raise argparse.ArgumentTypeError(f"{quoted(words)} is not a size; write it as 1360x880")
    size = int(match[1]), int(match[2])
    if not all(200 <= length <= 10_000 for length in size):
        raise argparse.ArgumentTypeError("width and height go from 200 to 10000 pixels")
    return size


def _window(options: argparse.Namespace) -> int:
    from reader.app import Start, run

    return run(
        Start(
            copy=options.copy,
            home=options.home,
            screenshot=options.screenshot,
            size=options.size,
            theme=options.theme,
            at=options.at,
            new_window=options.new_window,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
