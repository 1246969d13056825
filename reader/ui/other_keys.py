"""The keys that belong to no command: what they do depends on where the keyboard is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reader.ui.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class PageKey:
    """What keys do where they belong to; `gestures` are the mouse's, in words."""

    text: str
    keys: tuple[str, ...] = ()
    gestures: tuple[str, ...] = ()


PAGE_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Next underlined words"), ("Tab",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Previous underlined words"), ("Shift+Tab",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Open the card of the underlined words"),
        ("Return",),
        (QT_TRANSLATE_NOOP("PageKeys", "Click"),),
    ),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Close a preview, a card or the search"), ("Esc",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A line down or up"), ("Down", "Up")),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A screen down"), ("Space", "PgDown")),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "A screen up"), ("Shift+Space", "PgUp")),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Start or end of the text"), ("Home", "End")),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Larger or smaller text"),
        gestures=(QT_TRANSLATE_NOOP("PageKeys", "Ctrl+wheel"),),
    ),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Back and forward"),
        gestures=(
            QT_TRANSLATE_NOOP("PageKeys", "Mouse back"),
            QT_TRANSLATE_NOOP("PageKeys", "Mouse forward"),
        ),
    ),
)

CARD_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "The card below or above"), ("Down", "Up")),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Open the card, or go to its words"), ("Return", "Space")
    ),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Back to the text"), ("Esc",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Delete the mark, or the annotation in author mode"), ("Del",)
    ),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Change the annotation, in author mode"), ("E",)),
)

NOTE_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Done: what was typed is kept"), ("Esc",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Offers, after # or [[: the next or the one before"),
        ("Down", "Up"),
    ),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Take what is offered"), ("Tab", "Return")),
)

FIND_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "The next place"), ("Return",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "The place before"), ("Shift+Return",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Stop searching"), ("Esc",)),
)

LIST_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Go there"), ("Return",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Delete the mark, or remove the text from the library"),
        ("Del",),
    ),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Choose the words of a mark in doubt, in My notes"),
        ("F2",),
    ),
)

FORM_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Save the annotation"), ("Ctrl+Return",)),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Leave the form; what would be lost is asked first"), ("Esc",)
    ),
    PageKey(
        QT_TRANSLATE_NOOP("PageKeys", "Add what was typed to the words that lead here"), ("Return",)
    ),
)

HELP_KEYS = (
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "The next link"), ("Tab",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "The link before"), ("Shift+Tab",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Follow the link"), ("Return",)),
    PageKey(QT_TRANSLATE_NOOP("PageKeys", "Stop searching, or close Help"), ("Esc",)),
)

ELSEWHERE: Mapping[str, tuple[PageKey, ...]] = {
    QT_TRANSLATE_NOOP("PageKeys", "In the page"): PAGE_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "On a card"): CARD_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "In a note"): NOTE_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "In the search field"): FIND_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "In a list"): LIST_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "In the form of author mode"): FORM_KEYS,
    QT_TRANSLATE_NOOP("PageKeys", "In the window of Help"): HELP_KEYS,
}
"""All of them, by the place in which they work."""
