"""What a problem is called in a word or two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.ui.translation import QT_TRANSLATE_NOOP

_LABELS = {
    "": QT_TRANSLATE_NOOP("Check", "to mend"),
    "target-unsure": QT_TRANSLATE_NOOP("Check", "ambiguous"),
    "target-not-found": QT_TRANSLATE_NOOP("Check", "not in the text"),
    "term-not-found": QT_TRANSLATE_NOOP("Check", "matches nothing"),
    "too-many-mentions": QT_TRANSLATE_NOOP("Check", "matches too much"),
    "duplicate-term": QT_TRANSLATE_NOOP("Check", "stands twice"),
    "duplicate-id": QT_TRANSLATE_NOOP("Check", "stands twice"),
    "duplicate-key": QT_TRANSLATE_NOOP("Check", "stands twice"),
    "dead-link": QT_TRANSLATE_NOOP("Check", "leads nowhere"),
    "self-link": QT_TRANSLATE_NOOP("Check", "leads to itself"),
    "no-place": QT_TRANSLATE_NOOP("Check", "nothing leads here"),
    "no-alt": QT_TRANSLATE_NOOP("Check", "no description"),
    "no-picture": QT_TRANSLATE_NOOP("Check", "no picture"),
    "picture-outside": QT_TRANSLATE_NOOP("Check", "no picture"),
    "picture-kind": QT_TRANSLATE_NOOP("Check", "not shown"),
    "picture-refused": QT_TRANSLATE_NOOP("Check", "not shown"),
    "missing-field": QT_TRANSLATE_NOOP("Check", "missing"),
    "unknown-field": QT_TRANSLATE_NOOP("Check", "not known"),
    "unknown-kind": QT_TRANSLATE_NOOP("Check", "not known"),
    "wrong-date": QT_TRANSLATE_NOOP("Check", "no date"),
    "wrong-number": QT_TRANSLATE_NOOP("Check", "no number"),
    "unreadable": QT_TRANSLATE_NOOP("Check", "cannot be read"),
}


def problem_label(code: str) -> str:
    """A problem's code as words."""
    known = code if code in _LABELS else ""
    return QCoreApplication.translate("Check", _LABELS[known])
