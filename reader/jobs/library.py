"""`annotated-reader library`: what is in the library, searching it, its snapshots."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.jobs.printing import counted, fail, print_json
from reader.jobs.which_text import opened_library
from reader.library.library import Library, LibraryError
from reader.library.query import match_of
from reader.library.search import Hit
from reader.library.snapshots import Snapshot
from reader.library.texts import TextEntry


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the job's options."""
    parser.description = "List or search the library, list its snapshots, go back to one."
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    jobs.add_parser("list", help="every text, the one read last first")
    search = jobs.add_parser("search", help="passages with all of the words in them")
    search.add_argument("query", nargs="+", metavar="QUERY")
    jobs.add_parser("snapshots", help="the copies of the library that were taken, newest first")
    restore = jobs.add_parser("restore", help="go back to a snapshot; what there is is kept as one")
    restore.add_argument("number", type=int, metavar="N", help="its number among the snapshots")
    for each in jobs.choices.values():
        each.add_argument("--json", action="store_true", help="print it as JSON")
        # As with the other jobs it may stand anywhere; if it does not, what stands before holds.
        each.add_argument(
            "--home", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def run(options: argparse.Namespace) -> int:
    """Do what was asked of the library."""
    jobs = {"list": _list, "search": _search, "snapshots": _snapshots, "restore": _restore}
    try:
        with opened_library(options.home) as library:
            return jobs[options.job](library, options)
    except LibraryError as error:
        return fail(error)


def _list(library: Library, options: argparse.Namespace) -> int:
    texts = library.texts()
    if options.json:
        print_json([_text(text) for text in texts])
        return 0
    for text in texts:
        marks = counted(text.marks, "mark")
        removed = ", removed" if text.removed else ""
        print(f"{text.title}\n  {text.id}, {text.progress:.0%} read, {marks}{removed}")
    return 0


def _text(text: TextEntry) -> dict[str, Any]:
    described = asdict(text)
    described["path"] = str(text.path) if text.path.name else ""
    described["opened"] = _moment(text.opened)
    described["added"] = _moment(text.added)
    return described


def _moment(seconds: float) -> str:
    """A moment in UTC (ISO 8601); empty for never."""
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _search(library: Library, options: argparse.Namespace) -> int:
    query = " ".join(options.query)
    if not match_of(query):
        return fail("Name the words to search for, such as: annotated-reader library search peace")
    hits = library.search(query)
    if options.json:
        print_json([_hit(hit) for hit in hits])
        return 0
    for hit in hits:
        print(f"{hit.title} ({hit.where.value}, {hit.start})\n  {hit.snippet}")
    return 0


def _hit(hit: Hit) -> dict[str, Any]:
    return asdict(hit) | {"where": hit.where.value, "found": [list(each) for each in hit.found]}


def _snapshots(library: Library, options: argparse.Namespace) -> int:
    snapshots = library.snapshots()
    if options.json:
        print_json([_snapshot(number, each) for number, each in enumerate(snapshots, 1)])
        return 0
    for number, snapshot in enumerate(snapshots, 1):
        marks = counted(snapshot.marks, "mark")
        print(f"{number:3}  {_taken(snapshot)}  {snapshot.kind.value}, {marks}")
    return 0


def _snapshot(number: int, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "number": number,
        "moment": _taken(snapshot),
        "kind": snapshot.kind.value,
        "marks": snapshot.marks,
        "path": str(snapshot.path),
    }


def _taken(snapshot: Snapshot) -> str:
    return snapshot.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _restore(library: Library, options: argparse.Namespace) -> int:
    snapshots = library.snapshots()
    if not 1 <= options.number <= len(snapshots):
        return fail(f"There is no snapshot {options.number}; `library snapshots` lists them.")
    snapshot = snapshots[options.number - 1]
    library.restore(snapshot)
    if options.json:
        print_json(_snapshot(options.number, snapshot))
    else:
        print(
            f"The library is as it was at {_taken(snapshot)}; "
            "what it was until now is a snapshot too."
        )
    return 0
