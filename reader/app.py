"""The composition root: the one place where the objects of the window are wired together."""

from __future__ import annotations

import os
import sys
from contextlib import closing, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.exchange.notebook import Notebook

SHIPPED = "russia-ukraine-2025"
"""The copy in `content` that is shown the first time."""

GUIDE = "welcome"
"""The copy in `content` that explains the app."""

FALLBACK_PICTURE = Path("window.png")

SIZE = (1360, 880)
"""The window's size in a picture for which none was asked, in pixels."""


class Start(NamedTuple):
    """How the program was called.

    `size` is in pixels; `theme` is for this time only; `at` is an annotation's id;
    with `screenshot` the window is drawn there, and nothing is kept. A `new_window`
    is opened even where one is open that could show the text.
    """

    copy: Path | None = None
    home: Path | None = None
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    theme: str | None = None
    at: str | None = None
    new_window: bool = False


_STARTED = 2_000
"""Milliseconds after which garbage is collected: the start is over, and what it made is passed
over, as `reader.ui.collecting` has it."""

_NO_WORDS = 2_000
"""Milliseconds after which later starts are answered, be there words on the screen or not."""

_TURN = 0.0002
"""Seconds after which a thread lets another go on that asks to. Qt is called without Python's
lock, so the window's thread asks hundreds of times while it draws; Python's own 5 ms are felt."""


def run(start: Start) -> int:
    """Show the window until it is closed; the answer is the program's exit status."""
    from reader.ui.uncollected import pause

    pause()  # the start makes much, and leaves nothing to collect
    picture = start.screenshot
    if picture is None and not _has_screen():
        picture = FALLBACK_PICTURE
    if picture is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not start.new_window and _handed_over(start):
        return 0
    from reader.crash import reporting
    from reader.locations import user_folders

    # A picture is drawn for somebody who reads the terminal, and nothing is kept of it.
    watched = nullcontext() if picture else reporting(user_folders(start.home).data)
    with watched:
        return _run(start, picture)


def _run(start: Start, picture: Path | None) -> int:
    """Show the window, or draw it into `picture`."""
    from reader.ui import plain_imports

    try:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        print(_cannot_start(error), file=sys.stderr)
        return 1
    plain_imports.restore()
    from reader.ui import accessible
    from reader.ui.uncollected import resume

    # To set it later hands it to Python, which has PySide make all that is known of styles.
    application = QApplication(["annotated-reader", "-style", "fusion"])
    application.setApplicationName("annotated-reader")
    application.setApplicationDisplayName("Annotated Reader")
    application.setDesktopFileName("annotated-reader")
    accessible.install()
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
    if link := _link(start):
        window.open_link(*link)
    if sys.platform == "darwin":
        _hear_of_files(application, window)
        application.processEvents()  # it may have been started for a file
    if not window.opener.asked:
        window.open(_first_text(start, window), start.at or "")
    _close_on_signals(window, start)
    window.show()
    QTimer.singleShot(_STARTED, resume)
    window.new_window_wanted.connect(lambda: _start_another(start))
    _listen_soon(application, window, start)
    return int(application.exec())


def export_pdf(notebook: Notebook, file: Path, paper: str, cards: bool) -> None:
    """Write a notebook's text to a PDF, with `cards` the author's annotations too.

    `paper` is a4 or letter. No screen is needed. Raises ExchangeError when it cannot be done.
    """
    from reader.exchange.errors import ExchangeError

    if not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError as error:
        raise ExchangeError(_cannot_start(error)) from error
    from reader.locations import bundled
    from reader.ui.fonts import load_faces
    from reader.ui.printing.options import Paper, PrintOptions
    from reader.ui.printing.pdf import write_pdf

    # Held until the file is written: faces and translations live no longer than this.
    application = QGuiApplication.instance() or QGuiApplication(["annotated-reader"])
    assert application is not None
    _translate(bundled("resources") / "translations")
    write_pdf(notebook, file, load_faces(), PrintOptions(paper=Paper(paper), cards=cards))


def check_window() -> dict[str, str]:
    """What Qt lacks of what the window needs, by part; no screen is needed."""
    if not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError as error:
        return {"qt": _cannot_start(error)}
    from reader.locations import bundled
    from reader.ui.self_check import check_window

    application = QGuiApplication.instance() or QGuiApplication(["annotated-reader"])
    assert application is not None
    return check_window(bundled("resources"))


def _cannot_start(error: ImportError) -> str:
    return (
        f"Qt cannot start, a system library is missing ({error}); "
        "on Debian or Ubuntu, install libegl1, libgl1, libxkbcommon0 and libdbus-1-3."
    )


def _handed_over(start: Start) -> bool:
    """Whether a window that is open shows what this start was to show."""
    from reader.locations import user_folders
    from reader.running import hand_over

    copy = start.copy
    wanted = "" if copy is None else str(copy) if _link(start) else os.path.abspath(copy)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    request = {"open": wanted, "at": start.at or "", "token": token}
    return hand_over(user_folders(start.home).data, request)


def _listen_soon(application, window, start: Start) -> None:  # type: ignore[no-untyped-def]
    """Answer later starts once the words are on the screen, or when none seem to come."""
    from reader.ui.timers import timer

    def listen() -> None:
        application.aboutToQuit.connect(_answer_requests(start, window).close)

    def painted() -> None:
        if waiting.isActive():
            waiting.stop()
            listen()

    waiting = timer(window, listen, _NO_WORDS, once=True)
    waiting.start()
    window.reading.page.painted.connect(painted)


def _answer_requests(start: Start, window):  # type: ignore[no-untyped-def]
    """Let this window show what later starts are to show, and come to the front for it."""
    from reader.locations import user_folders
    from reader.ui.requests import Requests

    def answer(request: dict[str, str]) -> None:
        wanted = request.get("open", "")
        if request.get("token"):
            os.environ["XDG_ACTIVATION_TOKEN"] = request["token"]  # Wayland asks for it
        _show(window, wanted, request.get("at", ""))

    requests = Requests(user_folders(start.home).data, window)
    requests.came.connect(answer)
    return requests


def _show(window, wanted: str, at: str = "") -> None:  # type: ignore[no-untyped-def]
    """Bring the window to the front, with a path or a link of ours in it, if one is given."""
    window.come_to_front()
    later = Start(copy=Path(wanted) if wanted else None)
    if link := _link(later):
        window.open_link(*link)
    elif later.copy is not None:
        window.open(later.copy, at)


def _hear_of_files(application, window) -> None:  # type: ignore[no-untyped-def]
    """Let the window show what macOS' other programs hand over to this one."""
    from reader.ui.file_open import FileOpen

    files = FileOpen(window)
    files.wanted.connect(partial(_show, window))
    application.installEventFilter(files)


def _start_another(start: Start) -> None:
    """Open another window, in a process of its own: what happens to one leaves the other alone."""
    from PySide6.QtCore import QProcess

    frozen = getattr(sys, "frozen", False)
    words = [] if frozen else ["-m", "reader"]
    home = ["--home", str(start.home)] if start.home else []
    QProcess.startDetached(sys.executable, [*words, "--new-window", *home])


def _close_on_signals(window, start: Start) -> None:  # type: ignore[no-untyped-def]
    """Let Ctrl+C in the terminal, or the system's wish to end, close the window unasked.

    What could not be saved is rescued first, and said where. Python would learn of a signal only
    when something of it runs next, in the midst of whatever that is.
    """
    if sys.platform == "win32":
        return
    import signal

    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    from reader.exchange.rescue import rescue_folders
    from reader.locations import user_folders

    def close() -> None:
        os.read(reads, 64)
        file, words = window.leaving.rescue(rescue_folders(user_folders(start.home).data))
        if words:
            where = f"is in {file}." if file else f"could not be written anywhere:\n\n{words}"
            print(f"What was not saved {where}", file=sys.stderr, flush=True)
        QApplication.closeAllWindows()

    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    signal.set_wakeup_fd(writes)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reads, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda *_: close())


def _make_window(start: Start, keeps: bool):  # type: ignore[no-untyped-def]
    """The window with all that it is given; `keeps` says whether anything is stored."""
    from PySide6.QtWidgets import QApplication

    from reader.locations import bundled, everyones_folder, user_folders
    from reader.settings import Settings
    from reader.ui.fonts import load_faces
    from reader.ui.icons import Icons
    from reader.ui.theme import choose_theme, load_theme
    from reader.ui.window import Window

    resources = bundled("resources")
    folders = user_folders(start.home)
    _translate(resources / "translations")
    sys.setswitchinterval(_TURN)
    faces = load_faces()
    theme_of = partial(choose_theme, cache(partial(load_theme, resources / "themes")))
    settings = Settings(folders.settings, keeps=keeps, everyones=everyones_folder())
    QApplication.setFont(faces.interface_at(int(settings["interface-size"])))
    library, notice = _library(folders.data) if keeps else (None, "")
    window = Window(
        faces=faces,
        theme_of=theme_of,
        icons=Icons(resources / "icons", theme_of(start.theme or str(settings["theme"]))),
        settings=settings,
        library=library,
        guide=bundled("content") / GUIDE,
        templates=(resources / "templates", folders.data / "templates"),
        data=folders.data,
        theme=start.theme,
    )
    if notice:
        window.notice.add(notice)
    if keeps:
        _tell_of_crash(folders.data, window)
        _tell_of_rescued(folders.data, window)
        window.helping.offer_news(window.notice)
    return window


def _tell_of_crash(data: Path, window) -> None:  # type: ignore[no-untyped-def]
    """Say where the report lies of what went wrong the last time."""
    from PySide6.QtCore import QCoreApplication

    from reader.crash import untold

    if report := untold(data):
        words = QCoreApplication.translate(
            "Crash",
            "The last time, a fault of the program interrupted it. What is known of that is in "
            "%1; nothing was sent, and none of your texts or notes are in it.",
        )
        window.notice.add(words.replace("%1", str(report)))
        label = QCoreApplication.translate("Crash", "Report the problem…")
        window.notice.offer(window.notice.words, label, window.helping.report)


def _tell_of_rescued(data: Path, window) -> None:  # type: ignore[no-untyped-def]
    """Say where the notes lie that could not be saved when the program had to end."""
    from PySide6.QtCore import QCoreApplication

    from reader.exchange.rescue import rescue_folders, rescued

    for file in rescued(rescue_folders(data)):
        words = QCoreApplication.translate(
            "Leaving",
            "Notes that could not be saved when the program was ended are in %1; "
            "take from there what you need, then delete the file.",
        )
        window.notice.add(words.replace("%1", str(file)))


def _library(folder: Path):  # type: ignore[no-untyped-def]
    """The library in `folder`; None, and why in one sentence, when it cannot be opened."""
    from reader.library.errors import LibraryError
    from reader.library.library import Library

    try:
        return Library(folder), ""
    except LibraryError as error:
        return None, f"{error} Until then neither marks nor reading places are kept."


def _link(start: Start) -> tuple[str, str] | None:
    """The text and the mark that a link of ours names, if it is one that was given.

    One that names no text is not whole.
    """
    if start.copy is None or not str(start.copy).lower().startswith("annotated-reader:"):
        return None
    from reader.exchange.links import read_open_link

    return read_open_link(str(start.copy)) or ("", "")


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
    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English))  # C divides no large numbers
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
    # Python's `socket` lists all that a network knows first, for a fiftieth of the start.
    from _socket import AF_UNIX, SOCK_STREAM, socket

    with closing(socket(AF_UNIX, SOCK_STREAM)) as connection:
        connection.settimeout(10)
        try:
            connection.connect(address)
        except OSError:
            return False
    return True
