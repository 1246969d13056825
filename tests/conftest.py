"""What every test may count on: no screen, no Qt where it is blocked, no folder of the user's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# Widgets are drawn in memory unless a platform is asked for: READER_TEST_PLATFORM=xcb.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("READER_TEST_PLATFORM", "offscreen")

# A busy machine is slow now and then; that is no fault of the code.
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")

QT_IS_BLOCKED = os.environ.get("READER_BLOCK_QT", "") not in ("", "0")


class QtBlocker(MetaPathFinder):
    """Makes Qt unimportable, as on a machine that has none."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{fullname} is blocked: this code has to work without Qt")
        return None


if QT_IS_BLOCKED:
    assert "PySide6" not in sys.modules, "run it with -p no:pytest-qt, which imports PySide6"
    sys.meta_path.insert(0, QtBlocker())
    # These drive widgets, or a program that has them.
    collect_ignore = ["ui", "e2e", "package"]


def pytest_addoption(parser: pytest.Parser) -> None:
    if QT_IS_BLOCKED:
        # pytest-qt is not there to declare its settings, which pyproject.toml makes all the same.
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "a setting of pytest-qt", type="linelist")


@pytest.fixture(scope="session", autouse=True)
def _no_folder_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test forgets to say, the library of whoever runs it stays as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATED_READER_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of this test's own, where the program keeps all of the user's data."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("ANNOTATED_READER_HOME", str(folder))
    return folder
