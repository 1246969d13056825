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

SIZE = (1360, 880)
"""The window's size in a picture for which none was asked, in pixels."""


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
    if start.size or picture is not None:
        # Without a screen Qt thinks of a small one, to which a size that was kept was cut.
        window.resize(*(start.size or SIZE))
    if picture is not None:
        from reader.ui.screenshot import take

        window.open(_first_text(start, window))
        status = take(window, picture, start.at)
        if status == 0 and start.screenshot is None:
            print(f"There is no screen here, so the window was drawn to {picture}.")
        return status
    if start.at:
        _show_once(window, start.at)
    if link := _link(start):
        window.open_link(*link)
    if not window.opener.asked:
        window.open(_first_text(start, window))
    window.show()
    _close_on_signals(window)
    return int(application.exec())


def _show_once(window, annotation: str) -> None:  # type: ignore[no-untyped-def]
    """Show an annotation as soon as the first text is on the page, or say that it has none."""
    from PySide6.QtCore import QTimer

    def show() -> None:
        window.text_shown.disconnect(show_soon)
        if annotation in window.copy.by_id:
            window.reading.show_annotation(annotation)
        else:
            window.notice.say(f"There is no annotation “{annotation}” in this copy.")

    def show_soon() -> None:
        # The window gets its size, and with it the text its column, when it is shown.
        QTimer.singleShot(0, show)

    window.text_shown.connect(show_soon)


def _close_on_signals(window) -> None:  # type: ignore[no-untyped-def]
    """Let Ctrl+C in the terminal, or the system's wish to end, close the window as its button does.

    Python would learn of a signal only when something of it runs next, in the midst of
    whatever that is.
    """
    if sys.platform == "win32":
        return
    import signal

    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    signal.set_wakeup_fd(writes)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reads, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda *_: (os.read(reads, 64), QApplication.closeAllWindows()))


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
    settings = Settings(folders.settings, keeps=keeps)
    library, notice = _library(folders.data) if keeps else (None, "")
    window = Window(
        faces=faces,
        theme_of=theme_of,
        icons=Icons(resources / "icons", theme_of(start.theme or str(settings["theme"]))),
        settings=settings,
        library=library,
        guide=bundled("content") / GUIDE,
        templates=(resources / "templates", folders.data / "templates"),
        theme=start.theme,
    )
    if notice:
        window.notice.add(notice)
    return window


def _library(folder: Path):  # type: ignore[no-untyped-def]
    """The library in `folder`; None, and why in one sentence, when it cannot be opened."""
    from reader.library.errors import LibraryError
    from reader.library.library import Library

    try:
        return Library(folder), ""
    except LibraryError as error:
        return None, f"{error} Until then neither marks nor reading places are kept."


def _link(start: Start) -> tuple[str, str] | None:
    """The text and the mark that a link of ours names, if it is one that was given."""
    if start.copy is None or not str(start.copy).startswith("annotated-reader:"):
        return None
    from reader.exchange.links import read_open_link

    return read_open_link(str(start.copy))


def _first_text(start: Start, window) -> Path:  # type: ignore[no-untyped-def]
    """What to show: what was named, else the last text read, else the shipped article."""
    from reader.locations import bundled

    if start.copy is not None and not _link(start):
        return start.copy
    last = window.last_text() if start.screenshot is None else None
    return last or bundled("content") / SHIPPED


def _translate(folder: Path) -> None:
    """Speak the system's language where there is a translation; English has its plurals."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

    application = QCoreApplication.instance()
    assert application is not None
    language = QLocale.system().name()
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in (
        ("reader_en", str(folder)),
        (f"reader_{language}", str(folder)),
        (f"qtbase_{language}", of_qt),
    ):
        translator = QTranslator(application)
        if not translator.load(name, place):
            break  # Qt's own words are not to speak another language than all others
        application.installTranslator(translator)


def _has_screen() -> bool:
    """Whether there is one that answers; Qt would not come back from looking for it."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and _answers(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), wayland)):
        return True
    host, colon, number = os.environ.get("DISPLAY", "").rpartition(":")
    if host not in ("", "unix"):
        return True  # that of another machine
    server = f"/tmp/.X11-unix/X{number.partition('.')[0]}"
    return bool(colon) and (_answers(server) or _answers(f"\0{server}"))


def _answers(address: str) -> bool:
    """Whether a server on this machine, which `address` names, takes connections."""
    from socket import AF_UNIX, socket

    with socket(AF_UNIX) as connection:
        connection.settimeout(10)
        try:
            connection.connect(address)
        except OSError:
            return False
    return True
