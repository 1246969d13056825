"""The command line. The window opens when no other job is named."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from reader import __version__
from reader.problems import CannotOpen, Problem, quoted

PROGRAM = "annotated-reader"
THEMES = ("system", "light", "sepia", "dark")


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
    jobs: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Any]] = {
        "check": (_check_options, _check),
        "inspect": (_inspect_options, _inspect),
    }
    job = rest[0] if rest else ""
    if job in jobs:
        add_options, run = jobs[job]
        parser = argparse.ArgumentParser(prog=f"{PROGRAM} {job}", parents=[shared])
        add_options(parser)
        given.remove(job)
        return int(run(parser.parse_args(given)))
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        parents=[shared],
        description="Read a text with its annotations beside the words they belong to.",
        epilog=f"Other jobs: {PROGRAM} check COPY..., {PROGRAM} inspect COPY --json. "
        "Add --help to a job for more.",
    )
    _window_options(parser)
    return _window(parser.parse_args(given))


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
        type=Path,
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
        "--at", metavar="ANNOTATION-ID", help="show this annotation beside its words"
    )


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
        )
    )


def _check_options(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say what is wrong with copies: one line a problem, exit 1 if any."
    parser.add_argument("copies", nargs="+", type=Path, metavar="COPY")
    parser.add_argument("--json", action="store_true", help="print a list of problems as JSON")


def _check(options: argparse.Namespace) -> int:
    found = [problem for path in options.copies for problem in _problems(path)]
    if options.json:
        _print_json([asdict(problem) for problem in found])
    else:
        for problem in found:
            print(problem)
    return 1 if found else 0


def _problems(path: Path) -> list[Problem]:
    """What is wrong with one copy, each file named so that it can be opened from here."""
    from reader.copies.reading import open_copy

    try:
        copy = open_copy(path)
    except CannotOpen as error:
        return [Problem(str(path), 0, "cannot-open", str(error))]
    folder = path if path.is_dir() else path.parent
    return [replace(problem, file=str(folder / problem.file)) for problem in copy.problems]


def _inspect_options(parser: argparse.ArgumentParser) -> None:
    parser.description = "Describe a copy: its sections, blocks and annotations."
    parser.add_argument("copy", type=Path, metavar="COPY")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _inspect(options: argparse.Namespace) -> int:
    from reader.copies.inspecting import describe
    from reader.copies.reading import open_copy

    try:
        copy = open_copy(options.copy)
    except CannotOpen as error:
        print(error, file=sys.stderr)
        return 1
    description = describe(copy)
    if options.json:
        _print_json(description)
        return 0
    print(description["title"])
    print(f"{description['id']}, {description['revision']}")
    print(f"{len(copy.text.string)} code points, {len(copy.text.blocks)} blocks")
    for section in description["sections"]:
        print(f"{'  ' * section['level']}{section['title']}")
    for annotation in description["annotations"]:
        mentions = len(annotation["mentions"])
        print(f"{annotation['kind']:13} {annotation['id']} ({mentions} mentions)")
    return 0


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, ensure_ascii=True, indent=2))


if __name__ == "__main__":
    sys.exit(main())
