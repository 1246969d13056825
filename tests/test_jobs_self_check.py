"""`annotated-reader self-check`, as somebody sees it who doubts an installation."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from reader import __main__ as command
from reader import __version__

pytestmark = [
    pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="asks Qt"),
    # The one application of the tests; the job would make a lesser one, that no window can use.
    pytest.mark.usefixtures("qapp"),
]


def test_a_whole_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["self-check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["version"] == __version__
    assert told["missing"] == []
    assert {"data", "search", "pictures", "faces", "translations", "pdf"} <= set(told["parts"])


def test_what_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def bundled(name: str) -> Path:
        raise FileNotFoundError(f"{name} is missing from this installation; install it again.")

    monkeypatch.setattr("reader.jobs.self_check.bundled", bundled)
    assert command.main(["self-check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "data: resources is missing from this installation; install it again." in lines
    assert "search: well" in lines


def test_sqlite_without_full_text_search_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Without(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("fts5", "fts9"), *more)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name: connect(name, factory=Without))
    assert command.main(["self-check"]) == 1
    assert "search: SQLite has no FTS5" in capsys.readouterr().out
