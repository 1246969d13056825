"""A chart of bars as SVG, for pages that are light or dark: readers below each other, by text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from benchmarks.results import Results

WIDTH = 760
_NAMES, _NUMBERS = 230, 90
"""Pixels for the names at the left, and for the numbers at the right of the bars."""

_ROW, _BAR, _TITLE = 34, 11, 40
"""Pixels of a reader's row, of one bar, and of what stands above a text's rows."""

_STYLE = """
.ground { fill: #ffffff } text { fill: #24292f; font-family: sans-serif; font-size: 13px }
.title { font-weight: bold } .number { font-size: 11px }
.ours0 { fill: #0b6e4f } .ours1 { fill: #5aa88e }
.other0 { fill: #5b6470 } .other1 { fill: #a9b1ba }
@media (prefers-color-scheme: dark) {
.ground { fill: #14181d } text { fill: #e6e9ec }
.ours0 { fill: #5fd3a8 } .ours1 { fill: #2c8a68 }
.other0 { fill: #a3adb8 } .other1 { fill: #626c77 }
}
"""


def chart(
    results: Results,
    title: str,
    bars: Sequence[tuple[str, str]],
    form: Callable[[float], str],
    ours: str,
) -> str:
    """One row for each reader, below each text; in it a bar for each of `bars`.

    These are (what was measured, its name in the legend), two at the most. Bars of one text have
    one scale, and each has its number behind it.
    """
    readers = list(results.facts.get("versions", {}))
    parts: list[str] = []
    y = 64
    for size in results.facts.get("characters", {}):
        rows = [
            (reader, [results.spread(what, reader, size) for what, _ in bars]) for reader in readers
        ]
        rows = [(reader, spreads) for reader, spreads in rows if any(spreads)]
        longest = max((s.middle for _, spreads in rows for s in spreads if s), default=1.0)
        count = results.fact("characters", size)
        parts.append(_text(16, y, f"{size}, {count:,} characters", "title"))
        y += _TITLE - 24
        for reader, spreads in rows:
            kind = "ours" if reader.startswith(ours) else "other"
            parts.append(_text(16, y + 17, reader))
            for at, spread in enumerate(spreads):
                if spread is None:
                    continue
                length = max(1.0, (WIDTH - _NAMES - _NUMBERS) * spread.middle / longest)
                top = y + 3 + at * (_BAR + 2)
                parts.append(
                    f'<rect class="{kind}{at}" x="{_NAMES}" y="{top}" width="{length:.1f}" '
                    f'height="{_BAR}" rx="2"/>'
                )
                parts.append(_text(_NAMES + length + 6, top + 10, form(spread.middle), "number"))
            y += _ROW
        y += _TITLE - 12
    legend = [_text(16, 26, title, "title")]
    for at, (_, name) in enumerate(bars):
        x = _NAMES + at * 220
        legend.append(f'<rect class="ours{at}" x="{x}" y="36" width="12" height="8" rx="2"/>')
        legend.append(f'<rect class="other{at}" x="{x + 14}" y="36" width="12" height="8" rx="2"/>')
        legend.append(_text(x + 32, 44, name, "number"))
    height = y - 6
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="8"/>\n'
        + "\n".join([*legend, *parts])
        + "\n</svg>\n"
    )


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.1f}" y="{y}">{escape(words)}</text>'
