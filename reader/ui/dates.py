"""Dates as the reader's language writes them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale


def date_words(date: str, until: str = "") -> str:
    """An ISO date of any precision (year, month, day), or a span, in words; empty for none."""
    words = _words(date)
    return f"{words} – {_words(until)}" if until else words


def _words(date: str) -> str:
    if not date:
        return ""
    parts = [int(part) for part in date.split("-")]
    day = QDate(*[*parts, 1, 1][:3])
    forms = {1: "yyyy", 2: "MMMM yyyy", 3: "d MMMM yyyy"}
    return QLocale().toString(day, forms[len(parts)])
