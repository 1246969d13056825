"""Copies that mean harm: what each comes to, what it costs, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are measured by POSIX means")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("hostile")
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.measure", folder / "inside"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return folder, [json.loads(line) for line in done.stdout.splitlines()]


def test_each_comes_to_what_it_has_to(measured: tuple[Path, list[dict[str, Any]]]) -> None:
    _, cases = measured
    assert len(cases) >= 60
    wrong = [case for case in cases if case["outcome"] != case["wanted"]]
    assert not wrong


def test_each_that_is_refused_says_so_in_one_sentence_that_fits_a_line(
    measured: tuple[Path, list[dict[str, Any]]],
) -> None:
    for case in measured[1]:
        if case["outcome"] == "refused":
            assert case["says"].isprintable(), case
            assert case["says"].endswith("."), case
            assert len(case["says"]) < 400, case


def test_none_takes_more_than_300_megabytes(
    measured: tuple[Path, list[dict[str, Any]]],
) -> None:
    # Time is bounded by the limit on each process: one that runs away ends as “ended”.
    assert {
        case["name"]: case["megabytes"] for case in measured[1] if case["megabytes"] > 300
    } == {}


def test_nothing_is_left_of_what_was_refused_and_nothing_lies_outside(
    measured: tuple[Path, list[dict[str, Any]]],
) -> None:
    folder, cases = measured
    for case in cases:
        # What is wrong inside the copy, not with its file, shows when it is opened.
        is_whole = case["outcome"] != "refused" or case["name"].startswith("file-")
        assert case["left"] in (["copy"], []) if is_whole else case["left"] == [], case
    assert [path.name for path in folder.iterdir()] == ["inside"]
    assert [path.name for path in (folder / "inside").iterdir()] == ["temporary"]
    assert list((folder / "inside" / "temporary").iterdir()) == []
    assert not Path("/tmp/hostile-outside.png").exists()
