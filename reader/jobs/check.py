"""`annotated-reader check`: what is wrong with copies."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from reader.jobs.printing import print_json
from reader.problems import CannotOpen, Problem


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = "Say what is wrong with copies: one line a problem, exit 1 if any."
    parser.add_argument("copies", nargs="+", type=Path, metavar="COPY")
    parser.add_argument("--json", action="store_true", help="print a list of problems as JSON")


def run(options: argparse.Namespace) -> int:
    """Check the copies."""
    found = [problem for path in options.copies for problem in _problems(path)]
    if options.json:
        print_json([asdict(problem) for problem in found])
    else:
        for problem in found:
            print(problem)
    return 1 if found else 0


def _problems(path: Path) -> list[Problem]:
    """What is wrong with one copy, each file named so that it can be opened from here."""
    from reader.copies.container import is_container
    from reader.copies.reading import open_copy

    try:
        copy = open_copy(path)
    except CannotOpen as error:
        return [Problem(str(path), 0, "cannot-open", str(error))]
    # A copy as one file is named as if its files lay in it: there they are to be mended.
    folder = path if path.is_dir() or is_container(path) else path.parent
    return [replace(problem, file=str(folder / problem.file)) for problem in copy.problems]
