"""What the tests of packages share: the sources, and a stand-in for the frozen program."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is built is of this moment."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A small folder in the form of the frozen one."""
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "annotated-reader"
    program.write_text("#!/bin/sh\necho annotated-reader stand-in\n")
    program.chmod(0o755)
    (folder / "_internal" / "libthing.so.1").write_bytes(b"\x7fELF, nearly")
    (folder / "_internal" / "libthing.so").symlink_to("libthing.so.1")
    return folder
