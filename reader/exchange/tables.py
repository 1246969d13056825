"""A figure's numbers as a Markdown table (GitHub Flavored Markdown's tables)."""

from __future__ import annotations

from reader.annotations.model import Annotation
from reader.exchange.quoting import escaped


def chart_table(figure: Annotation) -> str:
    """The table of a figure's chart under a line that says what it counts; empty without one."""
    chart = figure.chart
    if chart is None:
        return ""
    title = escaped(chart.title or figure.title)
    rows = [("", chart.unit), *((label, number(value)) for label, value in chart.values)]
    lines = [f"| {_cell(label)} | {_cell(value)} |" for label, value in rows]
    return "\n".join([f"**{title}**", "", lines[0], "|:--|--:|", *lines[1:]])


def number(value: float) -> str:
    """A number as a person writes it: no `.0`, no rounding."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _cell(words: str) -> str:
    return escaped(words).replace("|", "\\|")
