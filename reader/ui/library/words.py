"""What the library says of a text: where it comes from, how long it is, when it was read."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from reader.library.texts import TextEntry

_MARKDOWN = (".md", ".markdown")
_MILLION = 1_000_000
_ROUNDED_FROM = 10_000


def title_words(entry: TextEntry) -> str:
    """Its title; a text that is known by its marks alone has none."""
    if entry.title and entry.title != entry.id:
        return entry.title
    return QCoreApplication.translate("Library", "Without a title")


def about_words(entry: TextEntry) -> str:
    """Where a text comes from, what it is, and how long it is, in one line."""
    if not entry.characters:
        form = form_words(entry) if entry.offered else ""
        return " · ".join(filter(None, (origin_words(entry), form)))
    parts = (origin_words(entry), form_words(entry), length_words(entry.characters))
    return " · ".join(filter(None, parts))


def origin_words(entry: TextEntry) -> str:
    """Its source, or else its authors; an address is the last resort, and shortened."""
    address = urlsplit(entry.source)
    if entry.source and not address.netloc:
        return entry.source
    return ", ".join(entry.authors) or address.netloc.removeprefix("www.")


def form_words(entry: TextEntry) -> str:
    """What kind of file it is."""
    if (entry.annotations or entry.offered) and entry.edition > 1:
        words = QCoreApplication.translate("Library", "annotated copy, revision {0}")
        return words.format(entry.edition)
    if entry.annotations or entry.offered:
        return QCoreApplication.translate("Library", "annotated copy")
    if entry.path.suffix.lower() in _MARKDOWN:
        return QCoreApplication.translate("Library", "Markdown")
    return QCoreApplication.translate("Library", "plain text")


def length_words(characters: int) -> str:
    """A number of characters, as exact as anybody wants to know it; empty for none."""
    if characters >= _MILLION:
        millions = QLocale().toString(characters / _MILLION, "f", 1)
        return QCoreApplication.translate("Library", "{0} million characters").format(millions)
    if characters >= _ROUNDED_FROM:
        characters = round(characters, -3)
    if not characters:
        return ""
    return QCoreApplication.translate("Library", "%Ln character(s)", "", characters)


def mark_words(highlights: int, notes: int) -> str:
    """How many marks there are; empty for none."""
    parts = []
    if highlights:
        parts.append(QCoreApplication.translate("Library", "%n highlight(s)", "", highlights))
    if notes:
        parts.append(QCoreApplication.translate("Library", "%n note(s)", "", notes))
    return " · ".join(parts)


def said_marks(entry: TextEntry) -> str:
    """What is marked in a text, or how much where that is neither highlights nor notes."""
    words = mark_words(entry.highlights, entry.notes)
    return words or (count_words(entry.others) if entry.others else "")


def count_words(marks: int) -> str:
    """How many marks there are, of whatever kind."""
    return QCoreApplication.translate("Library", "%n mark(s)", "", marks)


def is_new(entry: TextEntry) -> bool:
    """Whether nobody has read in it or marked anything."""
    return not (entry.opened or entry.marks)


def marks_of(entry: TextEntry) -> str:
    """What the column of marks says of a text."""
    if is_new(entry):
        return QCoreApplication.translate("Library", "new")
    return said_marks(entry)


def percent_words(progress: float) -> str:
    """How far somebody has read."""
    return QCoreApplication.translate("Library", "{0} %").format(percent(progress))


def percent(progress: float) -> int:
    """Whole percents, 0 to 100; only the very end is all of it."""
    return min(100 if progress >= 1 else 99, max(0, round(100 * progress)))


def day_words(seconds: float, today: date) -> str:
    """The day of a moment (seconds since 1970) as one speaks of it; a dash for never."""
    if not seconds:
        return "—"
    try:
        return said_day(datetime.fromtimestamp(seconds).date(), today)
    except (OverflowError, ValueError, OSError):
        return "—"


def said_day(day: date, today: date) -> str:
    """A day as one speaks of it."""
    ago = (today - day).days
    if ago <= 0:
        return QCoreApplication.translate("Library", "today")
    if ago == 1:
        return QCoreApplication.translate("Library", "yesterday")
    locale = QLocale()
    if ago < 7:
        return locale.standaloneDayName(day.isoweekday())
    form = "d MMMM" if day.year == today.year else "d MMM yyyy"
    return locale.toString(QDate(day.year, day.month, day.day), form)


def spoken(entry: TextEntry, today: date) -> str:
    """What a screen reader says of a text."""
    parts = [title_words(entry), about_words(entry).replace(" · ", ", ")]
    if entry.removed:
        parts.append(QCoreApplication.translate("Library", "removed"))
    elif entry.offered:
        parts.append(QCoreApplication.translate("Library", "from your school"))
    else:
        read = QCoreApplication.translate("Library", "{0} percent read")
        parts.append(read.format(percent(entry.progress)))
    parts.append(marks_of(entry).replace(" · ", ", "))
    if entry.opened:
        last = QCoreApplication.translate("Library", "last read {0}")
        parts.append(last.format(day_words(entry.opened, today)))
    return ", ".join(filter(None, parts))
