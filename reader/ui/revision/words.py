"""What is said of a revision that has come, and of what became of the marks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.annotations.anchors import State
from reader.annotations.marks import Mark
from reader.library.revisions import Arrival
from reader.ui.page.selection_bar import color_word
from reader.ui.panel.words import shortened
from reader.ui.translation import QT_TRANSLATE_NOOP

_STATES = {
    State.EXACT: QT_TRANSLATE_NOOP("Revision", "in place"),
    State.MOVED: QT_TRANSLATE_NOOP("Revision", "moved with their words"),
    State.DOUBTFUL: QT_TRANSLATE_NOOP("Revision", "please check"),
    State.ORPHANED: QT_TRANSLATE_NOOP("Revision", "words are gone"),
}


def state_words(state: State) -> str:
    """What became of some marks."""
    return QCoreApplication.translate("Revision", _STATES[state])


def has_number(arrival: Arrival) -> bool:
    """Whether its author gave the revision another number than that of the one before."""
    before = arrival.before
    return before is None or before.edition != arrival.copy.manifest.revision


def title_words(arrival: Arrival) -> str:
    """What has happened, as a heading."""
    manifest = arrival.copy.manifest
    if arrival.newest is not None:
        words = QCoreApplication.translate("Revision", "Revision {0} of “{1}”, an older one")
    elif has_number(arrival):
        words = QCoreApplication.translate("Revision", "Revision {0} of “{1}” has arrived")
    else:
        return QCoreApplication.translate("Revision", "“{0}” has changed").format(manifest.title)
    return words.format(manifest.revision, manifest.title)


def column_words(arrival: Arrival) -> tuple[str, str]:
    """What heads the words before, and those of now."""
    if arrival.before is not None and has_number(arrival):
        words = QCoreApplication.translate("Revision", "Revision {0}")
        return (
            words.format(arrival.before.edition),
            words.format(arrival.copy.manifest.revision),
        )
    return (
        QCoreApplication.translate("Revision", "As it was"),
        QCoreApplication.translate("Revision", "As it is now"),
    )


def notice_words(arrival: Arrival) -> str:
    """One sentence on what has happened."""
    number = arrival.copy.manifest.revision
    marks, doubt = len(arrival.fates), arrival.in_doubt
    if arrival.newest is not None:
        words = QCoreApplication.translate(
            "Revision",
            "This is revision {0}, an older one; what you did in revision {1} stays as it is.",
        ).format(number, arrival.newest.edition)
        if arrival.newest.edition == number:
            words = QCoreApplication.translate(
                "Revision",
                "This is how the text was before; what you did in it as it is now stays.",
            )
        if not doubt:
            return words
        rest = QCoreApplication.translate(
            "Revision", "%n mark(s) may have no place in it.", "", doubt
        )
        return f"{words} {rest}"
    if not doubt:
        if has_number(arrival):
            words = QCoreApplication.translate(
                "Revision", "Revision {0} has arrived: %n mark(s) in place.", "", marks
            )
            return words.format(number)
        return QCoreApplication.translate(
            "Revision", "This text has changed: %n mark(s) in place.", "", marks
        )
    if has_number(arrival):
        words = QCoreApplication.translate(
            "Revision", "Revision {0} has arrived: please check %n mark(s).", "", doubt
        )
        return words.format(number)
    return QCoreApplication.translate(
        "Revision", "This text has changed: please check %n mark(s).", "", doubt
    )


def newest_words(arrival: Arrival) -> str:
    """What the button says that opens the newest revision."""
    assert arrival.newest is not None
    if arrival.newest.edition == arrival.copy.manifest.revision:
        return QCoreApplication.translate("Revision", "Open it as it is now")
    words = QCoreApplication.translate("Revision", "Open revision {0}")
    return words.format(arrival.newest.edition)


def about_mark(mark: Mark) -> str:
    """The note of a mark, or what it is."""
    if note := shortened(mark.note, 90):
        return QCoreApplication.translate("Revision", "My note: “{0}”").format(note)
    from reader.ui.panel.notes_words import mark_word

    return f"{mark_word(mark)}, {color_word(mark.color).lower()}"
