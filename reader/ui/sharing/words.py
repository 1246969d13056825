"""What leaves this machine, and what stays, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from reader.annotations.marks import Mark
from reader.copies.sharing import SharePlan
from reader.ui.kinds import kind_heading
from reader.ui.layer_list import count_words
from reader.ui.theme import Theme

_MOST = 200
"""Rows of one list that are shown: nobody reads more."""


def plan_html(plan: SharePlan, marks: Sequence[Mark], theme: Theme) -> str:
    """All of a plan as one page of rich text; `marks` are all of the library's on this text."""
    goes = _goes(plan)
    parts = [
        _heading(_tr("This leaves your machine"), theme),
        f"<p>{escape(_sum(plan))}</p>",
        *(_section(words, rows, theme) for words, rows in goes),
    ]
    if plan.notices:
        parts.append(_heading(_tr("Please note"), theme))
        parts.append(_list(plan.notices))
    parts.append(_heading(_tr("This stays here"), theme))
    parts.append(_list(stays(plan, marks)))
    return "".join(parts)


def stays(plan: SharePlan, marks: Sequence[Mark]) -> list[str]:
    """What is not in the file, of which somebody might think that it is."""
    said = []
    if plan.left_out:
        said.append(
            QCoreApplication.translate(
                "Sharing", "%n annotation(s) of the author", "", plan.left_out
            )
        )
    going = {layer.id for layer in plan.layers}
    for layer in plan.copy.layers:
        if layer.id not in going:
            said.append(f"{layer.name}: {count_words(layer.marks)}")
    taken = {mark.id for mark in plan.mine.marks} if plan.mine else set()
    own = [mark for mark in marks if not mark.creator and mark.id not in taken]
    if own:
        said.append(_tr("Of your own marks: {0}").format(count_words(own)))
    if plan.mine and plan.mine.marks and not plan.notes:
        said.append(_tr("Your notes and tags: only the marked passages go"))
    theirs = [mark for mark in marks if mark.creator]
    if theirs:
        said.append(_tr("What you imported from others: {0}").format(count_words(theirs)))
    said.append(_tr("Where you are in the text, and everything else in your library"))
    return said


def size_words(size: int) -> str:
    """A number of bytes as people say it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def _sum(plan: SharePlan) -> str:
    files = QCoreApplication.translate("Sharing", "%n file(s)", "", len(plan.files))
    return _tr("“{0}”, as one file that holds {1}, {2} before it is packed.").format(
        plan.title, files, size_words(plan.size)
    )


def _goes(plan: SharePlan) -> list[tuple[str, list[str]]]:
    """What goes along, each with its rows."""
    found: list[tuple[str, list[str]]] = [(_tr("The text"), [plan.title])]
    if plan.annotations:
        kinds = [f"{kind_heading(kind)}: {count}" for kind, count in plan.annotations.items()]
        found.append((_tr("The author's annotations"), kinds))
    if plan.figures:
        rows = [f"{figure.name}, {size_words(figure.size)}" for figure in plan.figures]
        found.append((_tr("Picture files"), rows))
    for layer in plan.layers:
        makers = _tr("by {0}").format(", ".join(layer.creators))
        words = _tr("The layer “{0}”").format(layer.name)
        found.append((words, [f"{count_words(layer.marks)}, {makers}"]))
    if plan.mine:
        rows = [count_words(plan.mine.marks)]
        rows += [f"“{words}”" for words in plan.notes]
        found.append((_tr("Your own marks, as “{0}”").format(plan.mine.name), rows))
    return found


def _section(words: str, rows: Sequence[str], theme: Theme) -> str:
    title = f"<p style='margin:10px 0 2px 0; color:{theme['muted']}'>{escape(words)}</p>"
    return title + _list(rows)


def _heading(words: str, theme: Theme) -> str:
    return f"<p style='margin:18px 0 4px 0; color:{theme['text']}'><b>{escape(words)}</b></p>"


def _list(rows: Iterable[str]) -> str:
    rows = list(rows)
    more = len(rows) - _MOST
    items = [f"<li>{escape(row)}</li>" for row in rows[:_MOST]]
    if more > 0:
        words = QCoreApplication.translate("Sharing", "… and %n more", "", more)
        items.append(f"<li>{escape(words)}</li>")
    return f"<ul style='margin:0 0 0 16px; -qt-list-indent:0'>{''.join(items)}</ul>"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sharing", words)
