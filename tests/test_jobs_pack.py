"""`annotated-reader pack` and `unpack`, and a whole journey without any network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.__main__ import main

ROOT = Path(__file__).parents[1]
WELCOME = ROOT / "content" / "welcome"

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "lecture"
    folder.mkdir()
    (folder / "document.yaml").write_text(
        "format: 1\nid: urn:uuid:1\ntitle: Lecture\ntext: article.md\n"
    )
    (folder / "article.md").write_text("# Lecture\n\nA war.\n")
    (folder / "annotations.yaml").write_text(
        "annotations:\n  - {id: war, kind: event, terms: [war, peace]}\n"
    )
    (folder / "notes.txt").write_text("mine")
    return folder


def test_what_was_packed_is_told(folder: Path, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "lecture.annotated"
    assert main(["pack", str(folder), "-o", str(file)]) == 0
    shown = capsys.readouterr()
    first, left_out, warning = shown.out.splitlines()
    assert first == f"{file}: 3 files, {file.stat().st_size:,} bytes"
    assert left_out == "left out: notes.txt"
    assert warning.startswith("warning: annotations.yaml:2: The term “peace”")
    assert shown.err == ""
    assert main(["pack", str(folder), "-o", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == ["annotations.yaml", "article.md", "document.yaml"]
    assert told["left_out"] == ["notes.txt"]
    assert told["bytes"] == file.stat().st_size
    assert told["id"] == "urn:uuid:1"
    assert told["revision"].startswith("sha256:")
    assert [each["code"] for each in told["warnings"]] == ["term-not-found"]


def test_errors_are_told_and_nothing_is_packed(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    (folder / "article.md").write_text("[War](#peace).\n")
    file = tmp_path / "lecture.annotated"
    assert main(["pack", str(folder), "-o", str(file)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "article.md:1: A link leads to “peace”, which is no annotation. Add it to "
        "annotations.yaml, or mend the link.",
        "“lecture” was not packed; mend what `annotated-reader check` says first.",
    ]
    assert main(["pack", str(folder), "-o", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told["problems"]] == ["dead-link"]
    assert not file.exists()


def test_what_was_unpacked_is_told(folder: Path, tmp_path: Path, capsys: Output) -> None:
    file, out = tmp_path / "lecture.annotated", tmp_path / "out"
    main(["pack", str(folder), "-o", str(file)])
    capsys.readouterr()
    assert main(["unpack", str(file), "-o", str(out)]) == 0
    assert capsys.readouterr() == (f"{out}: 3 files\n", "")
    shutil.rmtree(out)
    assert main(["unpack", str(file), "-o", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "folder": str(out),
        "id": "urn:uuid:1",
        "files": ["annotations.yaml", "article.md", "document.yaml"],
        "left_out": [],
    }
    assert main(["unpack", str(file), "-o", str(out)]) == 1
    assert capsys.readouterr().err == (
        "“out” is there already; name a folder that is empty or not there yet.\n"
    )


def test_a_file_is_checked_by_the_names_inside_it(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "lecture.annotated"
    main(["pack", str(folder), "-o", str(file)])
    capsys.readouterr()
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out.startswith(f"{file / 'annotations.yaml'}:2: The term “peace”")


@pytest.mark.parametrize("arguments", [["pack"], ["pack", "a"], ["unpack", "a"]])
def test_what_is_wrongly_called(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert f"usage: annotated-reader {arguments[0]}" in capsys.readouterr().err


JOURNEY = """
import pathlib, sys

for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None

tried = []

def watch(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "ftplib.connect"):
        tried.append(event)
        raise OSError(f"no network here: {event}")

sys.addaudithook(watch)

from reader.__main__ import main

source, home = sys.argv[1], pathlib.Path(sys.argv[2])
file, out = str(home / "a.annotated"), str(home / "out")
for job in (
    ["pack", source, "-o", file],
    ["unpack", file, "-o", out],
    ["check", file, out],
    ["inspect", file, "--json"],
    ["export", out, "--home", str(home / "data"), "-o", str(home / "notes.md")],
):
    status = main(job)
    assert status == 0, job
assert (home / "notes.md").stat().st_size > 0
print("tried:", tried, file=sys.stderr)
"""


@pytest.mark.parametrize("apart", [False, True])
def test_a_whole_journey_needs_no_network(apart: bool, tmp_path: Path) -> None:
    source = tmp_path / "copy"
    shutil.copytree(WELCOME, source)
    article = source / "article.md"
    links = "\n\n[Web](https://example.org) <https://example.org>\n"
    article.write_text(article.read_text("utf-8") + links, "utf-8")
    command = [sys.executable, "-c", JOURNEY, str(source), str(tmp_path)]
    if apart:
        alone = shutil.which("unshare")
        if not alone or subprocess.run([alone, "-rn", "true"], capture_output=True).returncode:
            pytest.skip("this system gives no process a network of its own")
        command = [alone, "-rn", *command]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", env={**os.environ}
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "tried: []"
