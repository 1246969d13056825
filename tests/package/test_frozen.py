"""The frozen program that `make installer` left in dist/; without it there is nothing to test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader import __version__

from .conftest import ROOT

DIST = ROOT / "dist"
FROZEN = DIST / "annotated-reader"
PROGRAM = FROZEN / ("annotated-reader.exe" if sys.platform == "win32" else "annotated-reader")
PATIENCE = 60.0

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not PROGRAM.exists(), reason="nothing is frozen: make installer"),
]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals end a process elsewhere")


def surroundings(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "PATH": os.defpath,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(home),
        "ANNOTATED_READER_HOME": str(home),
    }


def start(home: Path) -> subprocess.Popen[str]:
    """The window, on no screen, as soon as it answers."""
    meeting = home / "annotated-reader"
    for left in meeting.glob("*"):
        left.unlink()
    command: list[str | Path] = [PROGRAM]
    window = subprocess.Popen(
        command,
        env=surroundings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + PATIENCE
    while not list(meeting.glob("*")):
        assert window.poll() is None, window.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)
    # A later start ends when the window has taken over what it was asked.
    subprocess.run(command, env=surroundings(home), timeout=PATIENCE, check=True)
    return window


def test_it_does_what_it_is_for() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "build/smoke.py", PROGRAM], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_small_enough() -> None:
    size = sum(
        file.stat().st_size
        for file in FROZEN.rglob("*")
        if file.is_file() and not file.is_symlink()
    )
    assert size < 120_000_000
    for package in DIST.glob(f"annotated-reader*{__version__}*.*"):
        if package.is_file():
            assert package.stat().st_size < 40_000_000, package.name


def test_nothing_that_is_left_out_came_back() -> None:
    names = [file.relative_to(FROZEN).as_posix() for file in FROZEN.rglob("*")]
    for part in ("gtk3", "Qml", "Quick", "Qt6Network", "sqldrivers", "libcrypto", "libssl", "tls/"):
        assert not [name for name in names if part in name], part


@posix
@pytest.mark.parametrize("way", ["segfault", "killed"])
def test_a_fault_is_reported_at_the_next_start(tmp_path: Path, way: str) -> None:
    home = tmp_path / "astrid"
    home.mkdir()
    window = start(home)
    window.send_signal(signal.SIGSEGV if way == "segfault" else signal.SIGKILL)
    window.communicate(timeout=PATIENCE)
    again = start(home)
    again.send_signal(signal.SIGTERM)
    out, complaint = again.communicate(timeout=PATIENCE)
    # What the offscreen platform says of a window that is raised.
    complaint = complaint.replace("This plugin does not support raise()\n", "")
    assert (again.returncode, out, complaint) == (0, "", "")
    reports = [file.read_text("utf-8") for file in (home / "reports").iterdir()]
    if way == "killed":
        assert reports == []
        return
    [report] = reports
    assert f"Annotated Reader {__version__}, frozen" in report
    assert "Segmentation fault" in report
    assert "reader/app.py" in report
    assert "astrid" not in report
