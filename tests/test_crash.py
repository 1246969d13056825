"""When the program fails: what is reported, what is not, and that it is told of once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reader import __version__, crash

ROOT = Path(__file__).resolve().parents[1]
SECRET = "the words of a note"

FAILING = """
import sys
from pathlib import Path
from reader.crash import reporting

with reporting(Path(sys.argv[1])):
    from reader.text.markdown import parse_markdown
    {}
"""


def fail(data: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run a process that fails by `code` while it is watched; the home's name is a user's."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "READER"))}
    return subprocess.run(
        [sys.executable, "-c", FAILING.format(code), str(data)],
        env=env | {"PYTHONPATH": str(ROOT), "USER": "astrid"},
        cwd=data.parent,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "astrid" / "data"
    folder.mkdir(parents=True)
    return folder


def reports(data: Path) -> list[Path]:
    return sorted((data / "reports").glob("*.txt"))


def test_an_error_is_reported_with_versions_and_its_place(data: Path) -> None:
    done = fail(data, "parse_markdown(None)")
    assert done.returncode == 1
    assert "Traceback" in done.stderr, "the terminal is told as before"
    [report] = reports(data)
    words = report.read_text("utf-8")
    assert f"Annotated Reader {__version__}" in words
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in words
    assert "reader/text/markdown.py:" in words
    assert "parse_markdown" in words
    assert "Error" in words.splitlines()[-1]
    assert not list((data / "reports").glob("fault-*"))


def test_a_report_has_nothing_private_in_it(data: Path) -> None:
    fail(data, f"open('/home/astrid/{SECRET}.md')")
    fail(data, f"raise ValueError('{SECRET}')")
    fail(data, f"{{}}['{SECRET}']")
    fail(data, "import reader.astrid")
    found = [report.read_text("utf-8") for report in reports(data)]
    assert len(found) == 4
    for words in found:
        assert SECRET not in words
        assert str(ROOT) not in words
        assert str(data) not in words
        assert "home/astrid" not in words
    assert any("FileNotFoundError: 2 No such file or directory" in words for words in found)
    assert any("ValueError (its words are left out" in words for words in found)
    assert any("No module named 'reader.astrid'" in words for words in found)


def test_what_led_to_an_error_is_told_first(data: Path) -> None:
    lines = ("try: 1 / 0", "except Exception as e: raise RuntimeError() from e")
    fail(data, "\n    ".join(lines))
    [report] = reports(data)
    words = report.read_text("utf-8")
    first = words.index("ZeroDivisionError: division by zero")
    assert first < words.index("which led to:") < words.index("RuntimeError")


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process elsewhere")
def test_a_fault_below_python_is_reported_at_the_next_start(data: Path) -> None:
    done = fail(data, "import faulthandler; faulthandler._sigsegv()")
    assert done.returncode == -signal.SIGSEGV
    assert reports(data) == []
    report = crash.untold(data)
    assert report is not None
    words = report.read_text("utf-8")
    assert "Segmentation fault" in words
    assert f"Annotated Reader {__version__}" in words
    assert not list((data / "reports").glob("fault-*"))
    assert crash.untold(data) is None


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process elsewhere")
def test_a_process_that_was_killed_leaves_no_report(data: Path) -> None:
    fail(data, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert list((data / "reports").glob("fault-*"))
    assert crash.untold(data) is None
    assert not list((data / "reports").iterdir())


def test_a_report_is_told_of_once_and_stays(data: Path) -> None:
    assert crash.untold(data) is None
    fail(data, "1 / 0")
    report = crash.untold(data)
    assert report is not None
    assert report.is_file()
    assert crash.untold(data) is None
    assert reports(data) == [report]


def test_old_reports_go(data: Path) -> None:
    folder = data / "reports"
    folder.mkdir()
    for number in range(15):
        (folder / f"2025-01-{number + 1:02}-000000-1.txt").write_text("x")
    fail(data, "1 / 0")
    told = crash.untold(data)
    assert told is not None
    assert len(reports(data)) == 10
    assert told in reports(data)


def test_the_same_error_again_and_again_is_one(data: Path) -> None:
    def draw(number: int) -> float:
        return 1 / number

    def failing() -> None:
        try:
            draw(0)
        except ZeroDivisionError as error:
            sys.excepthook(ZeroDivisionError, error, error.__traceback__)

    quiet, sys.excepthook = sys.excepthook, lambda *_: None
    try:
        with crash.reporting(data):
            for _ in range(3):
                failing()
    finally:
        sys.excepthook = quiet
    [report] = reports(data)
    assert report.read_text("utf-8").count("ZeroDivisionError") == 1
    assert f"in {draw.__name__}" in report.read_text("utf-8")


def test_a_thread_that_fails_is_reported(data: Path) -> None:
    quiet, threading.excepthook = threading.excepthook, lambda _: None
    try:
        with crash.reporting(data):
            thread = threading.Thread(target=lambda: [].pop())
            thread.start()
            thread.join()
    finally:
        threading.excepthook = quiet
    [report] = reports(data)
    assert "IndexError" in report.read_text("utf-8")


def test_where_nothing_can_be_written_the_program_runs_all_the_same(tmp_path: Path) -> None:
    data = tmp_path / "file"
    data.write_text("not a folder")
    with pytest.raises(ZeroDivisionError), crash.reporting(data):
        1 / 0  # noqa: B018
    assert crash.untold(data) is None


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (str(ROOT / "reader" / "text" / "model.py"), "reader/text/model.py"),
        ("/home/astrid/venv/lib/python3.12/site-packages/jinja2/a.py", "jinja2/a.py"),
        ("/usr/lib/python3.12/json/decoder.py", "json/decoder.py"),
        (r"C:\Users\astrid\AppData\Local\Programs\Python\Python312\Lib\os.py", "os.py"),
        ("reader/app.py", "reader/app.py"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
        ("/home/astrid/templates/mine.md.j2", "(elsewhere)"),
        (r"C:\Users\astrid\mine.md.j2", "(elsewhere)"),
        ("mine.md.j2", "(elsewhere)"),
    ],
)
def test_paths_are_cut_to_what_is_the_program(path: str, kept: str) -> None:
    assert crash.shortened(path) == kept
