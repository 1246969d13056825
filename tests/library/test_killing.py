"""A process that is killed loses nothing that it had acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reader

SCRIPT = Path(__file__).with_name("killing.py")


@pytest.mark.skipif(os.name != "posix", reason="it forks")
@pytest.mark.parametrize(
    ("what", "kills"), [("writers", 220), ("migrations", 40), ("restorations", 30)]
)
def test_killed_at_any_moment(tmp_path: Path, what: str, kills: int) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), what, str(kills), "1"],
        env=os.environ | {"PYTHONPATH": str(Path(reader.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
