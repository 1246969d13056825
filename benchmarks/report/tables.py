"""The tables of docs/measured.md, made of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.own import STOP
from benchmarks.results import Results, Spread

Format = Callable[[float], str]

AIM = 0.05
"""Seconds that the window's thread may be away from its event loop."""

WORTH = 0.02
"""Seconds from which on a stop is listed."""


def seconds(value: float) -> str:
    """Seconds with two digits that say something."""
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def milliseconds(value: float) -> str:
    """Seconds, as milliseconds."""
    return f"{value * 1000:,.1f}" if value < 0.01 else f"{value * 1000:,.0f}"


def mebibytes(value: float) -> str:
    """Bytes, as mebibytes."""
    return f"{value / 2**20:,.0f}"


def heading(results: Results) -> str:
    """How and when, and on what, it was measured."""
    fact = results.fact
    words = (
        f"`{fact('run', 'command')}`, {fact('run', 'date')}: {fact('run', 'machine')}. "
        f"Processes that waited for a core just before: {fact('run', 'load')}."
    )
    if versions := results.facts.get("versions"):
        named = [f"{name} {version}" for name, version in versions.items() if "(" not in name]
        words += f" {', '.join(named)}."
    return words


def beside(results: Results, what: str, form: Format) -> str:
    """Readers below each other, texts beside each other: the middle, the least and the most."""
    sizes = list(results.facts.get("characters", {}))
    titles = [f"{size}, {results.fact('characters', size):,} characters" for size in sizes]
    rows = []
    for reader in results.facts.get("versions", {}):
        cells = [_cell(results, what, reader, size, form) for size in sizes]
        if any(results.spread(what, reader, size) for size in sizes) or any(
            results.missed(what, reader, size) for size in sizes
        ):
            rows.append([reader, *cells])
    rows += [
        [each.who, *[each.why] * len(sizes)]
        for each in results.missing
        if each.who not in results.facts.get("versions", {})
    ]
    return table(["", *titles], rows) if rows else "Not measured this time."


def grown(results: Results, whose: str, form: Format = milliseconds) -> str:
    """Actions below each other, sizes beside each other; where known, the longest stop too."""
    sizes = [size for size in results.names("size") if _has_size(results, whose, size)]
    rows = []
    for what in results.names("what"):
        if what.endswith(STOP) or not any(results.spread(what, whose, size) for size in sizes):
            continue
        row = [what]
        for size in sizes:
            cell = _cell(results, what, whose, size, form)
            stop = results.spread(what + STOP, whose, size)
            row.append(f"{cell}; stop {form(stop.most)}" if stop else cell)
        rows.append(row)
    return table(["", *(f"{size} {whose}" for size in sizes)], rows)


_COUNTED = {
    "texts": "letters of a text",
    "revision": "marks, and another revision",
    "library": "texts of a library",
}
"""What the sizes of a scenario count, where its name does not say that."""


def stopped(results: Results) -> str:
    """The longest stops, a table for each scenario; short ones are counted and not listed.

    What counts is the middle of all rounds: a busy machine makes one of them longer.
    """
    made, actions, long, once = [], 0, 0, 0
    for scenario in results.names("who"):
        sizes = [size for size in results.names("size") if _has_size(results, scenario, size)]
        rows = []
        for what in results.names("what"):
            found = [results.spread(what, scenario, size) for size in sizes]
            known = [each for each in found if each]
            actions += len(known)
            long += sum(each.middle > AIM for each in known)
            once += sum(each.middle <= AIM < each.most for each in known)
            if max((each.middle for each in known), default=0.0) >= WORTH:
                rows.append(
                    [what, *(_spread(each, milliseconds) if each else "" for each in found)]
                )
        if rows:
            things = _COUNTED.get(scenario, scenario)
            made.append(table(["", *(f"{size} {things}" for size in sizes)], rows))
    words = (
        f"{actions} actions, counted at each size; {long} of them stopped the window for over "
        f"{milliseconds(AIM)} ms in the middle of all rounds, {once} more in one of them. Listed "
        f"are those of {milliseconds(WORTH)} ms or more."
    )
    for each in results.missing:
        words += f" Not measured: {each.size} {each.who}, {each.why}."
    return "\n\n".join([words, *made])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(results: Results, what: str, who: str, size: str, form: Format) -> str:
    spread = results.spread(what, who, size)
    missed = results.missed(what, who, size)
    if spread is None:
        return missed[0] if missed else "–"
    words = _spread(spread, form)
    return f"{words}; {len(missed)} times in vain" if missed else words


def _spread(spread: Spread, form: Format) -> str:
    middle, least, most = form(spread.middle), form(spread.least), form(spread.most)
    return middle if least == most else f"{middle} ({least}–{most})"


def _has_size(results: Results, who: str, size: str) -> bool:
    return any(each.who == who and each.size == size for each in results.values)
