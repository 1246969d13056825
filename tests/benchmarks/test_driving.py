"""The harness itself, with the smallest of texts: screens, readers and our own window."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import bench_library, own
from benchmarks.beside.readers import OURS, Reader
from benchmarks.beside.rounds import TOOLS, Rounds
from benchmarks.beside.sitting import Command, Gone, Sitting
from benchmarks.results import Results

needs_screen = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="Xvfb or xdotool is not installed"
)


def nothing(_words: str) -> None:
    pass


@needs_screen
def test_a_reader_that_is_not_installed_is_said_so(tmp_path: Path):
    results = Results("beside")
    missing = Reader("Nobody's reader", "nobodys-reader", "nobodys-package")
    Rounds([missing], {"article": 0}, results, None, nothing).run(1, 0)
    assert results.missed("first", "Nobody's reader", "article") == [
        "nobodys-reader is not installed"
    ]
    assert not results.values


@needs_screen
@pytest.mark.e2e
def test_our_program_is_opened_driven_and_closed(tmp_path: Path):
    results = Results("beside")
    Rounds([OURS], {"article": 0}, results, tmp_path / "pictures", nothing).run(1, 0)
    assert not results.missing
    measured = {each.what: each.value for each in results.values}
    assert set(measured) == {
        *("first", "second", "memory, first", "memory, second", "memory, peak", "end", "find")
    }
    assert all(value > 0 for value in measured.values())
    assert 10 * 2**20 < measured["memory, second"] < 2**31
    assert results.fact("characters", "article") > 10_000
    pictures = {each.stem.rpartition("-")[2] for each in (tmp_path / "pictures").iterdir()}
    assert pictures == {"settled", "first", "second", "end", "find"}


@needs_screen
def test_a_reader_that_ends_at_once_is_waited_for_no_longer(tmp_path: Path):
    (tmp_path / "home").mkdir()
    command = Command([sys.executable, "-c", "raise SystemExit(3)"], {}, as_stranger=False)
    with Sitting(command, tmp_path / "home", tmp_path) as sitting:
        sitting.start()
        with pytest.raises(Gone, match="it ended with 3"):
            sitting.find_window()
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("scenario", "size", "actions"),
    [
        ("characters", 20_000, {"open it, the second time", "resize the window"}),
        ("marks", 10, {"add a mark", "export them as Markdown", "export them as HTML"}),
        ("annotations", 10, {"open the copy, the first time"}),
        ("revised marks", 10, {"open another revision, all marks anchored anew"}),
    ],
)
def test_our_own_window_is_driven(scenario: str, size: int, actions: set[str]):
    results = Results("own")
    own.measure(results, 1, {scenario: (size,)}, nothing)
    assert not results.missing
    assert actions <= set(results.names("what"))
    assert results.names("size") == [f"{size:,}"]


def test_a_library_is_measured_at_each_size():
    results = Results("library")
    bench_library.measure(results, [1, 3], nothing)
    assert results.names("size") == ["1", "3"]
    for size in ("1", "3"):
        assert results.spread("search for a rare word", bench_library.LIBRARY, size)
