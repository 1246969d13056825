"""Measures, and writes what comes of it into the documentation: `make bench`.

    make bench                                      # everything; docs/measured.md is renewed
    make bench ARGS="--quick"                       # one round of small sizes, into dist/measured
    make bench ARGS="--parts beside --rounds 3"     # other readers side by side, alone
    make bench ARGS="--parts beside --readers MuPDF --sizes article --pictures FOLDER"
    make bench ARGS="--tables"                      # measure nothing, make the tables anew

Each part leaves its values in measured/*.json beside the page, from which its tables and charts
are made; so one part can be measured again, and the others stay.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from benchmarks import bench_library, own, stops
from benchmarks.beside.readers import OURS, READERS
from benchmarks.beside.rounds import Rounds
from benchmarks.machine import load, machine
from benchmarks.report import tables
from benchmarks.report.chart import chart
from benchmarks.report.page import renew
from benchmarks.results import Results
from reader.atomic import write_atomically

ROOT = Path(__file__).resolve().parent.parent
PAGE = "measured.md"

PARTS = ("beside", "own", "library", "stops")

TEXTS = {"article": 0, "book": 330_000, "long book": 3_300_000}
"""The texts that all readers open, and about how many characters they have."""

LIBRARIES = (50, 500, 5_000)

BARS = (("first", "opened for the first time"), ("second", "opened again"))
MEMORY_BARS = (("memory, second", "two seconds after the text is there"),)


def main() -> None:
    """Measure what is asked for."""
    chosen = _arguments().parse_args()
    to = chosen.to or (ROOT / "dist/measured" if chosen.quick else ROOT / "docs")
    if to != ROOT / "docs":
        to.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "docs" / PAGE, to / PAGE)
    raw = to / "measured"
    raw.mkdir(exist_ok=True)
    measures = {"beside": _beside, "own": _own, "library": _library, "stops": _stops}
    for part in () if chosen.tables else chosen.parts or PARTS:
        results = Results(part)
        results.say("run", "command", _command(part, chosen))
        results.say("run", "date", f"{date.today():%-d %B %Y}")
        results.say("run", "machine", machine())
        results.say("run", "load", load())
        measures[part](results, chosen)
        results.write(raw / f"{part}.json")
    write(to, [Results.read(file) for file in sorted(raw.glob("*.json"))])
    print(f"Written to {to / PAGE}")


def write(to: Path, found: Iterable[Results]) -> None:
    """Make the tables and charts of some results."""
    makers: dict[str, Callable[[Results], dict[str, str]]] = {
        "beside": _beside_tables,
        "own": lambda r: {f"own: {whose}": tables.grown(r, whose) for whose in own.SCENARIOS},
        "library": lambda r: {"library: times": tables.grown(r, bench_library.LIBRARY)},
        "stops": lambda r: {"stops: longest": tables.stopped(r)},
    }
    for results in found:
        made = makers[results.part](results)
        renew(to / PAGE, {results.part: tables.heading(results)} | made)
        if results.part == "beside":
            for name, title, bars, form in (
                ("opening", "Seconds until the text is there", BARS, tables.seconds),
                ("memory", "Memory of all processes, MiB", MEMORY_BARS, tables.mebibytes),
            ):
                words = chart(results, title, bars, form, OURS.name)
                write_atomically(to / "measured" / f"{name}.svg", words.encode("utf-8"))


def _beside_tables(results: Results) -> dict[str, str]:
    made = {}
    for what in ("first", "second", "cold", "end", "find"):
        made[f"beside: {what}"] = tables.beside(results, what, tables.seconds)
    for what in ("memory, second", "memory, peak"):
        made[f"beside: {what}"] = tables.beside(results, what, tables.mebibytes)
    if why := results.fact("cold", "why not"):
        made["beside: cold"] = f"Not measured: {why}."
    return made


def _arguments() -> argparse.ArgumentParser:
    words = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="make bench ARGS=...", description=words[0], epilog=words[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="one round of small sizes")
    parser.add_argument("--parts", nargs="+", choices=PARTS, help="only these")
    parser.add_argument("--rounds", type=int, help="how often everything is measured (5)")
    parser.add_argument("--cold", type=int, help="of them with an empty cache, too (2)")
    parser.add_argument("--readers", nargs="+", metavar="NAME", help="only these")
    parser.add_argument("--sizes", nargs="+", choices=TEXTS, metavar="TEXT", help="only these")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="keep what was seen there")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write there instead of docs")
    parser.add_argument("--tables", action="store_true", help="measure nothing")
    return parser


def _command(part: str, chosen: argparse.Namespace) -> str:
    """What measures this part, and nothing else, in the same way again."""
    words = ["--parts", part]
    for name in ("rounds", "cold", "readers", "sizes"):
        given = getattr(chosen, name)
        if given is not None:
            words += [f"--{name}", *map(str, given if isinstance(given, list) else [given])]
    if chosen.quick:
        words.append("--quick")
    return f'make bench ARGS="{shlex.join(words)}"'


def _beside(results: Results, chosen: argparse.Namespace) -> None:
    subprocess.run([ROOT / "benchmarks/other-readers"], check=False)
    names = [name.lower() for name in chosen.readers or ()]
    readers = [each for each in READERS if not names or each.name.lower() in names]
    small = {"article", "book"} if chosen.quick else set(TEXTS)
    wanted = set(chosen.sizes or small)
    texts = {name: count for name, count in TEXTS.items() if name in wanted}
    rounds, cold = _count(chosen.rounds, 1 if chosen.quick else 5), chosen.cold
    cold = _count(cold, 0 if chosen.quick else 2)
    Rounds(readers, texts, results, chosen.pictures, _say).run(rounds, cold)


def _own(results: Results, chosen: argparse.Namespace) -> None:
    rounds = _count(chosen.rounds, 1 if chosen.quick else 3)
    own.measure(results, rounds, {n: _some(s, chosen) for n, s in own.SCENARIOS.items()}, _say)


def _library(results: Results, chosen: argparse.Namespace) -> None:
    bench_library.measure(results, _some(LIBRARIES, chosen), _say)


def _stops(results: Results, chosen: argparse.Namespace) -> None:
    for number in range(_count(chosen.rounds, 1 if chosen.quick else 2)):
        for scenario, (sizes, _) in stops.SCENARIOS.items():
            for size in _some(sizes, chosen):
                _say(f"stops, round {number + 1}: {size:,} {scenario}")
                found = stops.run_apart(scenario, size, None)
                for stop in found:
                    results.add(stop.action, scenario, f"{size:,}", stop.longest)
                if not found:
                    results.miss(scenario, f"{size:,}", "", "it ended before its end")


def _some(sizes: Sequence[int], chosen: argparse.Namespace) -> Sequence[int]:
    """All sizes, or only the smallest when it has to be quick."""
    return sizes[:1] if chosen.quick else sizes


def _count(given: int | None, usual: int) -> int:
    return usual if given is None else given


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
