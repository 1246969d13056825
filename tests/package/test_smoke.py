"""The smoke test itself: it passes where all is well, and fails where something is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

pytestmark = pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="draws the window")


def smoke(*program: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build/smoke.py"), *map(str, program)],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
    )


def program(tmp_path: Path, before: str) -> Path:
    """The program of this checkout, which does something else first."""
    file = tmp_path / "program"
    file.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n{before}\n"
        "from reader.__main__ import main\nsys.exit(main())\n"
    )
    file.chmod(0o755)
    return file


def test_the_checkout_is_well(tmp_path: Path) -> None:
    done = smoke(program(tmp_path, ""))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("well: ")


@pytest.mark.parametrize(
    ("before", "fault"),
    [
        ("print('a stray word', file=sys.stderr)", "a stray word"),
        ("sys.exit(3)", "--version ended with 3"),
        ("sys.modules['jinja2'] = None", "self-check --json ended with 1"),
    ],
)
def test_what_is_not_well_is_told(tmp_path: Path, before: str, fault: str) -> None:
    done = smoke(program(tmp_path, before))
    assert done.returncode == 1
    assert fault in done.stderr


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = smoke(tmp_path / "nothing")
    assert done.returncode == 1
    assert "nothing" in done.stderr
