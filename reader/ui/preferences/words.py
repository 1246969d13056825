"""What the preferences are called: their sections, and the values that can be chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from reader.settings import DECLARED
from reader.ui.page.composition import MONOSPACE, SANS, SERIF
from reader.ui.translation import QT_TRANSLATE_NOOP

SECTION_WORDS = {
    "reading": QT_TRANSLATE_NOOP("Preferences", "Reading"),
    "look": QT_TRANSLATE_NOOP("Preferences", "Look"),
    "marks": QT_TRANSLATE_NOOP("Preferences", "Marks and notes"),
    "library": QT_TRANSLATE_NOOP("Preferences", "Library"),
    "keys": QT_TRANSLATE_NOOP("Preferences", "Keys"),
}

CHOICE_WORDS = {
    "theme": {
        "system": QT_TRANSLATE_NOOP("Preferences", "As the system"),
        "light": QT_TRANSLATE_NOOP("Preferences", "Light"),
        "sepia": QT_TRANSLATE_NOOP("Preferences", "Sepia"),
        "dark": QT_TRANSLATE_NOOP("Preferences", "Dark"),
        "high-contrast-light": QT_TRANSLATE_NOOP("Preferences", "High contrast on white"),
        "high-contrast-dark": QT_TRANSLATE_NOOP("Preferences", "High contrast on black"),
    },
    "underline": {
        "first": QT_TRANSLATE_NOOP("Preferences", "The first in each section"),
        "every": QT_TRANSLATE_NOOP("Preferences", "Every one"),
        "none": QT_TRANSLATE_NOOP("Preferences", "None"),
    },
    "motion": {
        "system": QT_TRANSLATE_NOOP("Preferences", "As the system wishes"),
        "reduced": QT_TRANSLATE_NOOP("Preferences", "Never"),
        "full": QT_TRANSLATE_NOOP("Preferences", "Always"),
    },
    "notes-order": {
        "text": QT_TRANSLATE_NOOP("Preferences", "Their place in the text"),
        "color": QT_TRANSLATE_NOOP("Preferences", "Colour"),
        "tag": QT_TRANSLATE_NOOP("Preferences", "Tag"),
        "date": QT_TRANSLATE_NOOP("Preferences", "Date"),
    },
    "library-order": {
        "read": QT_TRANSLATE_NOOP("Preferences", "When they were read"),
        "title": QT_TRANSLATE_NOOP("Preferences", "Title"),
        "progress": QT_TRANSLATE_NOOP("Preferences", "How far they are read"),
        "added": QT_TRANSLATE_NOOP("Preferences", "When they were added"),
    },
}

FACE_WORDS = {
    SERIF: QT_TRANSLATE_NOOP("Preferences", "Source Serif"),
    SANS: QT_TRANSLATE_NOOP("Preferences", "Hanken Grotesk"),
    MONOSPACE: QT_TRANSLATE_NOOP("Preferences", "Letters of one width"),
}


def section_name(section: str) -> str:
    """What a section is called."""
    return QCoreApplication.translate("Preferences", SECTION_WORDS[section])


def setting_name(name: str) -> str:
    """What a setting is for, without the full stop."""
    return QCoreApplication.translate("Settings", DECLARED[name].about).removesuffix(".")


def choice_name(name: str, choice: Any) -> str:
    """What one of a setting's values is called."""
    if isinstance(choice, int):
        return f"{choice} {DECLARED[name].unit}"
    return QCoreApplication.translate("Preferences", CHOICE_WORDS[name][choice])


def face_name(face: str) -> str:
    """What a face is called."""
    words = FACE_WORDS.get(face)
    return QCoreApplication.translate("Preferences", words) if words else face
