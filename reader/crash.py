"""When the program fails: a report on this computer, told of at the next start. Nothing is sent.

A report says where in the program it happened and what it ran on. It has no texts, no notes, no
name of a file that was read, and no name of the user: the words of an error are kept only where
Python itself wrote them, and paths are cut to what lies inside the program.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb
from types import TracebackType
from typing import IO

from reader import __version__
from reader.atomic import write_atomically

FOLDER = "reports"
"""Where reports lie in the user's data folder."""

_UNTOLD = ".new.txt"
"""How the name of a report ends until the reader was told of it."""

_KEPT = 10
"""Reports that are kept; older ones go."""

_MOST = 5
"""Errors in one report: one that comes with every picture that is drawn would fill the disk."""

_LONGEST = 20_000
"""Characters of what the interpreter wrote as it died."""

_PYTHONS_OWN = (
    ArithmeticError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    NotImplementedError,
    RecursionError,
    ReferenceError,
    StopIteration,
)
"""Errors whose words speak of the program. Those of others may quote what was read."""

_HEAD = """\
Annotated Reader ended, or went on with something undone, because of a fault of its own.
This report was written to your computer only. It has none of your texts, notes or names in it."""

_ROOTS = re.compile(
    r".*/(?:site-packages|dist-packages|lib-dynload|_internal|python3\.\d+|Python3\d+/[Ll]ib)/"
)
"""What comes before the part of a path that says which library it is."""


@contextmanager
def reporting(data: Path) -> Iterator[None]:
    """Write a report into `data` when something fails that nobody caught, while this lasts.

    What was done about errors before (a traceback on the terminal) is still done.
    """
    report = _Report(data / FOLDER)
    before, before_thread = sys.excepthook, threading.excepthook

    def failed(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        report.add(error, trace)
        before(kind, error, trace)

    def thread_failed(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            report.add(arguments.exc_value, arguments.exc_traceback)
        before_thread(arguments)

    sys.excepthook, threading.excepthook = failed, thread_failed
    try:
        with _watching_for_faults(data / FOLDER):
            yield
    except Exception as error:
        report.add(error, error.__traceback__)
        raise
    finally:
        sys.excepthook, threading.excepthook = before, before_thread


def untold(data: Path) -> Path | None:
    """The newest report that the reader does not know of; all of them are known afterwards."""
    folder = data / FOLDER
    told: Path | None = None
    with suppress(OSError):
        _read_faults(folder)
        for file in sorted(folder.glob(f"*{_UNTOLD}")):
            told = file.replace(file.with_name(file.name.replace(_UNTOLD, ".txt")))
        for old in sorted(folder.glob("*.txt"))[:-_KEPT]:
            old.unlink()
    return told


def last_reports(data: Path, most: int = 2) -> list[str]:
    """The words of the newest reports, the oldest of them first; told of or not."""
    words: list[str] = []
    with suppress(OSError):
        for file in sorted((data / FOLDER).glob("*.txt"))[-most:]:
            words.append(file.read_text("utf-8", "replace")[:_LONGEST].removeprefix(_HEAD).strip())
    return words


class _Report:
    """The report of this run of the program; there is none until something fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._errors: list[str] = []
        self._guard = threading.Lock()

    def add(self, error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        with self._guard, suppress(Exception):  # a report must not be a fault of its own
            told = "\n".join(_described(error, trace))
            if told in self._errors or len(self._errors) == _MOST:
                return
            self._errors.append(told)
            self._file = self._file or _new_report(self._folder)
            _write(self._file, self._errors)


def _new_report(folder: Path) -> Path:
    from datetime import UTC, datetime

    stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    return folder / f"{stamp}-{os.getpid()}{_UNTOLD}"


def _write(file: Path, errors: list[str]) -> None:
    words = "\n\n".join([_HEAD, surroundings(), *errors])
    write_atomically(file, f"{words}\n".encode("utf-8", "backslashreplace"))


def surroundings() -> str:
    """What the program runs on, as lines; nothing that tells one user from another."""
    import platform
    from datetime import UTC, datetime

    qt = getattr(sys.modules.get("PySide6"), "__version__", "not loaded")
    return "\n".join(
        [
            f"Annotated Reader {__version__}" + (", frozen" if _frozen() else ""),
            f"Python {platform.python_version()}, PySide6 {qt}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            f"Qt platform {os.environ.get('QT_QPA_PLATFORM') or 'as found'}",
            f"Written {datetime.now(UTC).strftime('%Y-%m-%d %H:%M')} UTC",
        ]
    )


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


# An error of Python's ---------------------------------------------------------------------------


def _described(error: BaseException, trace: TracebackType | None) -> Iterator[str]:
    """An error and those that led to it, the first one first, as lines."""
    seen: set[int] = set()
    chain: list[tuple[BaseException, TracebackType | None]] = []
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        chain.append((one, trace if one is error else one.__traceback__))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    for number, (each, where) in enumerate(reversed(chain)):
        if number:
            yield "which led to:"
        yield "Traceback (most recent call last):"
        yield from map(_line, extract_tb(where))
        yield _said(each)


def _line(frame: FrameSummary) -> str:
    place = shortened(frame.filename)
    # From a template of the user's, the line would be the user's words.
    code = f"\n    {frame.line}" if frame.line and place.endswith(".py") else ""
    return f"  {place}:{frame.lineno} in {frame.name}{code}"


def _said(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, OSError):
        return f"{name}: {error.errno} {error.strerror or ''}".rstrip()
    if isinstance(error, _PYTHONS_OWN) or type(error) is TypeError:
        return f"{name}: {_without_paths(str(error))}"
    return f"{name} (its words are left out, for they may quote what was read)"


def shortened(path: str) -> str:
    """The part of a path that lies inside the program, a library or Python; of others nothing."""
    path = path.replace("\\", "/")
    ours = Path(__file__).resolve().parent.parent.as_posix() + "/"
    if not _frozen() and path.startswith(f"{ours}reader/"):
        return path.removeprefix(ours)
    if found := _ROOTS.search(path):
        return path[found.end() :]
    if path.startswith("<") or re.fullmatch(r"(?!/|[A-Za-z]:).*\.py", path):
        return path  # frozen code is known by where it lay inside its package
    return "(elsewhere)"


def _without_paths(words: str) -> str:
    return re.sub(
        r"(?:[A-Za-z]:)?[\\/][^\s'\"():,]*[\\/][^\s'\"():,]*",
        lambda found: shortened(found[0]),
        words,
    )


# A fault below Python ---------------------------------------------------------------------------


@contextmanager
def _watching_for_faults(folder: Path) -> Iterator[None]:
    """Let the interpreter say where it was if the process dies, in a file that is else gone."""
    file = folder / f"fault-{os.getpid()}"
    if faulthandler.is_enabled():
        yield  # somebody reads them on the terminal
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream: IO[bytes] = file.open("wb", buffering=0)
    except OSError:
        yield
        return
    faulthandler.enable(stream)
    try:
        yield
    finally:
        faulthandler.disable()
        stream.close()
        with suppress(OSError):
            file.unlink()


def _read_faults(folder: Path) -> None:
    """Make reports of what processes that are no more wrote as they died."""
    for file in folder.glob("fault-*"):
        number = file.name.removeprefix("fault-")
        if number.isdecimal() and int(number) != os.getpid() and not _runs(int(number)):
            words = file.read_text("utf-8", "replace")[:_LONGEST].strip()
            if words:
                _write(_new_report(folder), [_fault_shortened(words)])
            file.unlink()


def _fault_shortened(words: str) -> str:
    return re.sub(r'(?<=File ")[^"\n]*(?=")', lambda found: shortened(found[0]), words)


def _runs(process: int) -> bool:
    """Whether there is such a process; where that cannot be asked, one is taken to run."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
