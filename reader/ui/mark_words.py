"""Marks as one says them: what one is, and what has become of some."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.annotations.marks import Mark, MarkKind
from reader.ui.page.selection_bar import color_word
from reader.ui.undo import Step

_QUOTE_LETTERS = 90


def mark_words(mark: Mark, maker: str = "") -> str:
    """What a mark is: “yellow highlight, with a note”; with whose it is, if not the reader's."""
    color = color_word(mark.color).lower()
    if mark.kind is MarkKind.BOOKMARK:
        words = QCoreApplication.translate("MarkWords", "bookmark")
    elif mark.underline:
        words = QCoreApplication.translate("MarkWords", "{0} underline").format(color)
    else:
        words = QCoreApplication.translate("MarkWords", "{0} highlight").format(color)
    if mark.note.strip():
        words = QCoreApplication.translate("MarkWords", "{0}, with a note").format(words)
    if maker:
        words = QCoreApplication.translate("MarkWords", "{0}, by {1}").format(words, maker)
    return words


def short_quote(mark: Mark) -> str:
    """The words that a mark is on, on one line and shortened."""
    quote = mark.selector.exact.replace("\n", " ").replace("\ufffc", "").strip()
    if len(quote) > _QUOTE_LETTERS:
        quote = quote[:_QUOTE_LETTERS].rsplit(" ", 1)[0] + " …"
    return quote


def step_words(step: Step) -> str:
    """What became of marks: “Added: yellow highlight, …”; empty where a note was only written."""
    if len(step) > 1:
        return QCoreApplication.translate("MarkWords", "%n mark(s) changed", "", len(step))
    for change in step:
        before, after = change.before, change.after
        if after is None:
            assert before is not None
            return QCoreApplication.translate("MarkWords", "Removed: {0}").format(_named(before))
        if before is None:
            return QCoreApplication.translate("MarkWords", "Added: {0}").format(_named(after))
        if mark_words(before) != mark_words(after) and before.note == after.note:
            return QCoreApplication.translate("MarkWords", "Changed: {0}").format(_named(after))
    return ""


def _named(mark: Mark) -> str:
    if mark.kind is MarkKind.ANSWER:
        return QCoreApplication.translate("MarkWords", "my answer")
    return ", ".join(filter(None, (mark_words(mark), short_quote(mark))))
