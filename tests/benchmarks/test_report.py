"""Results become tables and charts, and take their place in the page."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import bench
from benchmarks.bench_library import LIBRARY
from benchmarks.machine import machine
from benchmarks.own import SCENARIOS, STOP
from benchmarks.report import tables
from benchmarks.report.chart import chart
from benchmarks.report.page import NoMarkers, renewed
from benchmarks.results import Results

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def results() -> Results:
    """Two readers with two texts, one that is not installed, and what went wrong."""
    made = Results("beside")
    for name, fact in (("command", "make bench"), ("date", "1 May 2026"), ("machine", "2 cores")):
        made.say("run", name, fact)
    made.say("characters", "article", 11_000)
    made.say("characters", "book", 330_000)
    made.say("versions", "Annotated Reader", "0.1")
    made.say("versions", "Other", "2.0")
    for value in (0.3, 0.2, 0.4):
        made.add("first", "Annotated Reader", "article", value)
    made.add("second", "Annotated Reader", "article", 0.1)
    made.add("first", "Other", "article", 1.5)
    made.add("first", "Other", "book", 12.34)
    made.add("memory, second", "Other", "book", 100 * 2**20)
    made.add("find", "Other", "book", 0.25)
    made.miss("Other", "book", "find", "the place was not seen within 8 s")
    made.miss("Other", "article", "end", "no key goes there")
    made.miss("Third", "", "", "third is not installed")
    return made


def rows(words: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in words.splitlines()]


def test_a_table_has_the_middle_the_least_and_the_most(results: Results):
    assert rows(tables.beside(results, "first", tables.seconds)) == [
        ["article, 11,000 characters", "book, 330,000 characters"],
        ["---", "---:", "---:"],
        ["Annotated Reader", "0.30 (0.20–0.40)", "–"],
        ["Other", "1.50", "12.3"],
        ["Third", "third is not installed", "third is not installed"],
    ]


def test_a_table_says_what_was_in_vain_and_what_was_not_tried(results: Results):
    assert ["Other", "–", "0.25; 1 times in vain"] in rows(
        tables.beside(results, "find", tables.seconds)
    )
    assert ["Other", "no key goes there", "–"] in rows(
        tables.beside(results, "end", tables.seconds)
    )


def test_memory_is_told_in_mebibytes(results: Results):
    assert "| Other | – | 100 |" in tables.beside(results, "memory, second", tables.mebibytes)


def test_results_are_the_same_when_they_are_read_again(results: Results, tmp_path: Path):
    results.write(tmp_path / "beside.json")
    assert Results.read(tmp_path / "beside.json") == results


def test_actions_have_their_longest_stop_beside_them():
    own = Results("own")
    own.add("add a mark", "marks", "100", 0.03)
    own.add("add a mark" + STOP, "marks", "100", 0.02)
    own.add("add a mark", "marks", "1,000", 0.004)
    assert rows(tables.grown(own, "marks"))[2:] == [["add a mark", "30; stop 20", "4.0"]]
    assert rows(tables.grown(own, "marks"))[0] == ["100 marks", "1,000 marks"]


def test_stops_are_counted_and_the_long_ones_listed():
    stops = Results("stops")
    for size, longest in (("100", 0.004), ("1,000", 0.03), ("10,000", 0.07)):
        stops.add("open", "marks", size, longest)
        stops.add("undo", "marks", size, 0.001)
    stops.add("redo", "marks", "100", 0.02)
    stops.add("redo", "marks", "100", 0.06)
    stops.miss("library", "50", "", "it ended before its end")
    told = tables.stopped(stops)
    assert "Not measured: 50 library, it ended before its end." in told
    assert told.startswith("7 actions, counted at each size; 1 of them")
    assert "in the middle of all rounds, 1 more in one of them" in told
    assert ["100 marks", "1,000 marks", "10,000 marks"] in rows(told)
    assert ["open", "4.0", "30", "70"] in rows(told)
    assert ["redo", "40 (20–60)"] in rows(told)
    assert "undo" not in told


def test_bars_are_as_long_as_their_values(results: Results):
    bars = (("first", "the first time"), ("second", "again"))
    drawn = ElementTree.fromstring(
        chart(results, "Seconds & such", bars, tables.seconds, "Annotated Reader")
    )
    width = {
        each.get("class"): float(each.get("width", ""))
        for each in drawn.iter(f"{SVG}rect")
        if each.get("width") != "12"
        and each.get("y") is not None
        and float(each.get("y", "")) < 150
    }
    assert width["ours0"] / width["other0"] == pytest.approx(0.3 / 1.5, rel=0.01)
    assert width["ours1"] / width["other0"] == pytest.approx(0.1 / 1.5, rel=0.02)
    words = [each.text for each in drawn.iter(f"{SVG}text")]
    assert {"Seconds & such", "Annotated Reader", "Other", "0.30", "0.10", "1.50"} <= set(words)
    assert "Third" not in words


def test_a_chart_is_drawn_for_light_and_for_dark_pages(results: Results):
    words = chart(results, "Seconds", (("first", "first"),), tables.seconds, "Annotated Reader")
    assert "prefers-color-scheme: dark" in words


def test_only_what_stands_between_the_markers_is_renewed():
    page = "Before\n\n<!-- a -->\nold\n<!-- /a -->\n\nafter <!-- b --> <!-- /b -->\n"
    assert renewed(page, "a", "new") == (
        "Before\n\n<!-- a -->\n\nnew\n\n<!-- /a -->\n\nafter <!-- b --> <!-- /b -->\n"
    )
    assert renewed(renewed(page, "a", "new"), "a", "new") == renewed(page, "a", "new")


@pytest.mark.parametrize(
    "page", ["", "<!-- a -->", "<!-- /a --><!-- a -->", "<!-- a --><!-- a --><!-- /a -->"]
)
def test_a_page_without_its_markers_is_left_alone(page: str):
    with pytest.raises(NoMarkers, match="<!-- a -->"):
        renewed(page, "a", "new")


def test_the_page_has_a_place_for_every_table(results: Results, tmp_path: Path):
    shutil.copyfile(bench.ROOT / "docs" / bench.PAGE, tmp_path / bench.PAGE)
    (tmp_path / "measured").mkdir()
    parts = [results]
    for part, whose in (("own", next(iter(SCENARIOS))), ("library", LIBRARY), ("stops", "marks")):
        made = Results(part)
        made.say("run", "command", f"a command for {part}")
        made.add("an action", whose, "17", 0.0345)
        parts.append(made)
    bench.write(tmp_path, parts)
    page = (tmp_path / bench.PAGE).read_text("utf-8")
    assert "0.30 (0.20–0.40)" in page
    assert "Annotated Reader 0.1, Other 2.0" in page
    for made in parts[1:]:
        assert f"a command for {made.part}" in page
    assert page.count("an action | 34 |") == 3
    for name in ("opening", "memory"):
        ElementTree.parse(tmp_path / "measured" / f"{name}.svg")
        assert f"(measured/{name}.svg)" in page


def test_a_machine_is_told_without_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("platform.node", lambda: "somebodys-desk")
    words = machine()
    assert f"{os.cpu_count()} cores" in words
    assert "Python 3." in words
    assert "somebodys-desk" not in words
    assert str(Path.home()) not in words
