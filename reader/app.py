"""The composition root: the one place where the objects of the window are wired together."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SHIPPED = "russia-ukraine-2025"
"""The copy in `content` that is shown the first time."""

GUIDE = "welcome"
"""The copy in `content` that explains the app."""

FALLBACK_PICTURE = Path("window.png")


@dataclass(frozen=True, slots=True)
class Start:
    """How the program was called.

    `size` is in pixels; `theme` is for this time only; `at` is an annotation's id;
    with `screenshot` the window is drawn there, and nothing is kept.
    """

    copy: Path | None = None
    home: Path | None = None
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    theme: str | None = None
    at: str | None = None


def run(start: Start) -> int:
    """Show the window until it is closed; the answer is the program's exit status."""
    picture = start.screenshot
    if picture is None and not _has_screen():
        picture = FALLBACK_PICTURE
    if picture is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        print(
            f"Qt cannot start, a system library is missing ({error}); "
            "on Debian or Ubuntu, install libegl1, libgl1, libxkbcommon0 and libdbus-1-3.",
            file=sys.stderr,
        )
        return 1
    application = QApplication(["annotated-reader"])
    application.setApplicationName("annotated-reader")
    application.setApplicationDisplayName("Annotated Reader")
    application.setDesktopFileName("annotated-reader")
    application.setStyle("fusion")
    window = _make_window(start, keeps=picture is None)
    if start.size:
        window.resize(*start.size)
    if picture is not None:
        from reader.ui.screenshot import take

        window.open(_first_text(start, window))
        status = take(window, picture, start.at)
        if status == 0 and start.screenshot is None:
            print(f"There is no screen here, so the window was drawn to {picture}.")
        return status
    window.open(_first_text(start, window))
    window.show()
    if start.at:
        window.reading.show_annotation(start.at)
    return int(application.exec())


def _make_window(start: Start, keeps: bool):  # type: ignore[no-untyped-def]
    """The window with all that it is given; `keeps` says whether anything is stored."""
    from PySide6.QtWidgets import QApplication

    from reader.locations import bundled, user_folders
    from reader.settings import Settings
    from reader.ui.fonts import load_faces
    from reader.ui.icons import Icons
    from reader.ui.theme import choose_theme
    from reader.ui.window import Window

    resources = bundled("resources")
    folders = user_folders(start.home)
    _translate(resources / "translations")
    faces = load_faces()
    QApplication.setFont(faces.interface)
    theme_of = partial(choose_theme, resources / "themes")
    settings = Settings(folders.settings)
    library, notice = _library(folders.data) if keeps else (None, "")
    window = Window(
        faces=faces,
        theme_of=theme_of,
        icons=Icons(resources / "icons", theme_of(start.theme or str(settings["theme"]))),
        settings=settings,
        library=library,
        guide=bundled("content") / GUIDE,
        theme=start.theme,
    )
    if notice:
        window.notice.say(notice)
    return window


def _library(folder: Path):  # type: ignore[no-untyped-def]
    """The library in `folder`; None, and why in one sentence, when it cannot be opened."""
    from reader.library.database import NewerLibrary
    from reader.library.library import Library, LibraryError

    try:
        return Library(folder), ""
    except NewerLibrary as error:
        return None, f"{error} Until then reading places are not kept."
    except (LibraryError, OSError) as error:
        return None, (
            f"The library in {folder} cannot be written ({error}); "
            "reading places are not kept. Check the folder's rights and the disk."
        )


def _first_text(start: Start, window) -> Path:  # type: ignore[no-untyped-def]
    """What to show: what was named, else the last text read, else the shipped article."""
    from reader.locations import bundled

    if start.copy is not None:
        return start.copy
    last = window.last_text() if start.screenshot is None else None
    return last or bundled("content") / SHIPPED


def _translate(folder: Path) -> None:
    """Speak the system's language where there is a translation; English has its plurals."""
    from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

    application = QCoreApplication.instance()
    assert application is not None
    for name in ("reader_en", f"reader_{QLocale.system().name()}"):
        translator = QTranslator(application)
        if translator.load(name, str(folder)):
            application.installTranslator(translator)


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
