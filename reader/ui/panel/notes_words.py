"""What the page of notes says of marks: their kinds, states, groups, and rows read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from reader.annotations.anchors import State
from reader.annotations.marks import Color, Mark, MarkKind
from reader.ui.dates import date_words
from reader.ui.page.selection_bar import color_word
from reader.ui.panel.notes_entries import NoteEntry
from reader.ui.panel.notes_groups import Key, Order, color_of
from reader.ui.translation import QT_TRANSLATE_NOOP

_ONE = {
    MarkKind.HIGHLIGHT: QT_TRANSLATE_NOOP("Notes", "Highlight"),
    MarkKind.NOTE: QT_TRANSLATE_NOOP("Notes", "Note"),
    MarkKind.BOOKMARK: QT_TRANSLATE_NOOP("Notes", "Bookmark"),
    MarkKind.ANSWER: QT_TRANSLATE_NOOP("Notes", "Answer"),
}
_MANY = {
    MarkKind.BOOKMARK: QT_TRANSLATE_NOOP("Notes", "Bookmarks"),
    MarkKind.ANSWER: QT_TRANSLATE_NOOP("Notes", "Answers"),
}
_STATES = {
    State.DOUBTFUL: QT_TRANSLATE_NOOP("Notes", "is this the place?"),
    State.ORPHANED: QT_TRANSLATE_NOOP("Notes", "not found in this text"),
}


def mark_word(mark: Mark) -> str:
    """What one mark of this kind is called."""
    if mark.kind is MarkKind.HIGHLIGHT and mark.underline:
        return QCoreApplication.translate("Notes", "Underline")
    return QCoreApplication.translate("Notes", _ONE[mark.kind])


def title_of(entry: NoteEntry) -> str:
    """The words that a mark is on; what it is where there are none, as on a picture."""
    return entry.quote or mark_word(entry.mark)


def state_words(state: State) -> str:
    """What is to be said of a mark's place; nothing where it is certain."""
    return QCoreApplication.translate("Notes", _STATES[state]) if state in _STATES else ""


def count_words(count: int) -> str:
    """How many marks there are."""
    return QCoreApplication.translate("Notes", "%n mark(s)", "", count)


def heading_words(order: Order, key: Key, names: Mapping[Color, str], today: date) -> str:
    """What a group is headed. `names` are those that the reader gave to colours."""
    match key:
        case Color():
            return names.get(key, "").strip() or color_word(key)
        case MarkKind():
            return QCoreApplication.translate("Notes", _MANY[key])
        case date():
            return _day_words(key, today)
        case str():
            return f"#{key}"
        case (_, name):
            return name
    if order is Order.TAG:
        return QCoreApplication.translate("Notes", "No tag")
    return QCoreApplication.translate("Notes", "No date")


def row_words(entry: NoteEntry, names: Mapping[Color, str]) -> str:
    """A mark's row as a screen reader says it."""
    color = color_of(entry)
    parts = [
        entry.layer.name if entry.layer else "",
        mark_word(entry.mark),
        _color_words(color, names) if color else "",
        f"“{entry.quote}”" if entry.quote else "",
        entry.note,
        _tag_words(entry.mark.tags),
        state_words(entry.state),
    ]
    return ", ".join(filter(None, parts))


def _color_words(color: Color, names: Mapping[Color, str]) -> str:
    word, name = color_word(color).lower(), names.get(color, "").strip()
    return f"{word}: {name}" if name else word


def _tag_words(tags: tuple[str, ...]) -> str:
    if not tags:
        return ""
    return QCoreApplication.translate("Notes", "tags {tags}").format(tags=", ".join(tags))


def _day_words(day: date, today: date) -> str:
    if day == today:
        return QCoreApplication.translate("Notes", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("Notes", "Yesterday")
    return date_words(day.isoformat())
