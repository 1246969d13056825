"""`annotated-reader self-check`: whether this installation is whole."""

from __future__ import annotations

import argparse
import platform
import sqlite3
import sys
from contextlib import closing

from reader import __version__
from reader.jobs.printing import print_json
from reader.locations import bundled


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = (
        "Say whether this installation has all that the program needs; exit 1 if not."
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Check each part, and say what is missing."""
    found = {
        "data": _data(),
        "search": _search(),
        "templates": _templates(),
        "alignment": _alignment(),
        **options.check_window(),
    }
    missing = sorted(name for name, fault in found.items() if fault)
    if options.json:
        print_json(
            {
                "version": __version__,
                "python": platform.python_version(),
                "sqlite": sqlite3.sqlite_version,
                "frozen": bool(getattr(sys, "frozen", False)),
                "content": str(bundled("content")) if not found["data"] else "",
                "parts": found,
                "missing": missing,
            }
        )
    else:
        for name, fault in found.items():
            print(f"{name}: {fault or 'well'}")
    return 1 if missing else 0


def _data() -> str:
    from reader.copies.reading import open_copy
    from reader.problems import CannotOpen

    try:
        for name in ("icons", "themes", "templates", "translations"):
            if not any((bundled("resources") / name).iterdir()):
                return f"resources/{name} is empty"
        for path in sorted(bundled("content").iterdir()):
            if problems := open_copy(path).problems:
                return str(problems[0])
        for place in (bundled("docs") / "guide", bundled("docs") / "screenshots"):
            if not any(place.iterdir()):
                return f"{place.name} is empty"
    except (OSError, CannotOpen) as error:
        return str(error)
    return ""


def _search() -> str:
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
            database.execute("INSERT INTO words VALUES ('harbour')")
            hits = database.execute("SELECT * FROM words WHERE words MATCH 'harb*'").fetchall()
    except sqlite3.Error as error:
        return f"SQLite has no FTS5 ({error})"
    return "" if hits else "SQLite's FTS5 finds nothing"


def _templates() -> str:
    from jinja2 import Environment

    rendered = Environment(autoescape=True).from_string("{{ 6 * 7 }}").render()
    return "" if rendered == "42" else "Jinja2 renders wrongly"


def _alignment() -> str:
    from rapidfuzz.distance import LCSseq

    # Its slow substitute in Python would take seconds where this takes milliseconds.
    if "cpp" not in LCSseq.similarity.__module__:
        return "RapidFuzz is not compiled"
    return "" if LCSseq.similarity("harbour", "arbor") == 5 else "RapidFuzz counts wrongly"
