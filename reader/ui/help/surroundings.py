"""What a report of a problem says by itself: what the program runs on, and how it is set.

It has no titles, no words of texts or notes, no names of files and none of the user. Of a
setting only what cannot tell anything of its user is said: numbers, yes or no, and choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader import crash
from reader.settings import DECLARED, Settings
from reader.ui.theme import Theme


def surroundings(window: QWidget, settings: Settings, theme: Theme, data: Path) -> str:
    """All of it, as plain text in English, for it is read by those who make the program."""
    parts = [
        "What happened, and what did you do just before?\n\n\n",
        crash.surroundings(),
        "\n".join(_screen(window)),
        "\n".join(_look(theme)),
        "\n".join(["Settings that were changed:", *_changed(settings)]),
    ]
    reports = crash.last_reports(data)
    faults = "\n\n".join(f"{each}\n" for each in reports) if reports else "none"
    parts.append(f"Faults that were noted: {faults}" if not reports else f"Faults:\n\n{faults}")
    return "\n\n".join(parts).rstrip() + "\n"


def _screen(window: QWidget) -> Iterator[str]:
    screen = window.screen()
    size, scale = screen.size(), window.devicePixelRatioF()
    yield f"Window {window.width()} × {window.height()}, platform {QGuiApplication.platformName()}"
    yield f"Screen {size.width()} × {size.height()}, {scale:g} pixels to a point"
    yield f"{screen.logicalDotsPerInch():.0f} dots to an inch, {screen.refreshRate():.0f} Hz"
    yield f"Screens: {len(QGuiApplication.screens())}"


def _look(theme: Theme) -> Iterator[str]:
    locale = QLocale.system()
    yield f"Theme {theme.name}; the system's is {_scheme()}"
    yield f"Letters of the interface {QGuiApplication.font().pointSizeF():g} pt"
    yield f"Language {locale.name()}; Qt {QLibraryInfo.version().toString()}"


def _scheme() -> str:
    return QGuiApplication.styleHints().colorScheme().name.lower()


def _changed(settings: Settings) -> Iterator[str]:
    told = []
    for name, declared in DECLARED.items():
        value = settings[name]
        is_open = bool(declared.choices) or isinstance(value, bool | int)
        if settings.is_changed(name) and (is_open or declared.section):
            told.append(f"  {name}: {value if is_open else '(set)'}")
    yield from told or ["  none"]
