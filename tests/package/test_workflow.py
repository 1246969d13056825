"""What builds a release elsewhere calls nothing that is not here."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from build.release_notes import notes
from reader import __version__

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

TOOLS = {"sudo", "choco", "echo", "cd", "sha256sum", "cat", "gh"}
"""What a runner brings along."""


def workflow(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    return read


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def commands(name: str) -> list[str]:
    """The lines that are run, each one whole."""
    scripts = [step["run"].replace("\\\n", " ") for step in steps(name) if "run" in step]
    return [line.strip() for script in scripts for line in script.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["ci", "release"])
def test_every_command_is_there(name: str) -> None:
    for line in commands(name):
        words = [word for word in line.split() if word not in ("sudo", "env", '"PATH=$PATH"')]
        if words[0] == "python":
            assert words[1] == "-m"
            assert importlib.util.find_spec(words[2]), line
        elif "/" in words[0]:
            assert os.access(ROOT / words[0], os.X_OK), line
        else:
            assert words[0] in TOOLS, line
        for word in words[1:]:
            if word.endswith(".lock"):
                assert (ROOT / word).is_file()


def test_the_tests_of_commands_see_all_of_them() -> None:
    lines = commands("release")
    for wanted in ("build.installer", "build.try_artefacts dist", "build.release_notes"):
        assert [line for line in lines if f"python -m {wanted}" in line]
    assert commands("ci") == ['sudo env "PATH=$PATH" .ci/run']


def test_nothing_is_published_that_was_not_tried() -> None:
    jobs = workflow("release")["jobs"]
    assert set(jobs["publish"]["needs"]) == {"notes", "build"}
    systems = {each["system"] for each in jobs["build"]["strategy"]["matrix"]["include"]}
    assert systems == {"linux", "windows", "macos"}
    runs = [step.get("run", step.get("uses", "")) for step in jobs["build"]["steps"]]
    tried = runs.index("python -m build.try_artefacts dist")
    assert runs.index("python -m build.installer") < tried
    assert [at for at, run in enumerate(runs) if run.startswith("actions/upload")] == [tried + 1]


def test_only_what_publishes_may_write() -> None:
    for file in WORKFLOWS:
        read = workflow(file.stem)
        assert read["permissions"] == {"contents": "read"}, file.name
        for name, job in read["jobs"].items():
            allowed = {"contents": "write"} if name == "publish" else None
            assert job.get("permissions") == allowed
            assert job["timeout-minutes"] <= 60


def test_what_others_wrote_is_pinned() -> None:
    used = [step for file in WORKFLOWS for step in steps(file.stem) if "uses" in step]
    assert len(used) >= 6
    for step in used:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", step["uses"])
        if step["uses"].startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_no_expression_is_pasted_into_a_script() -> None:
    for file in WORKFLOWS:
        for line in commands(file.stem):
            assert "${{" not in line, "a tag's name could be a command"


CHANGELOG = """\
# Changelog

## [Unreleased]

## [0.2.0] - 2025-06-30

Second.

### Added

- **A thing.** See [0.1.0].

## [0.1.0] - 2025-05-01

First.

[0.2.0]: https://example.org/0.2.0
"""


def test_the_notes_are_the_section_of_the_version() -> None:
    assert notes("v0.2.0", CHANGELOG, "0.2.0") == (
        "Second.\n\n### Added\n\n- **A thing.** See [0.1.0].\n"
    )
    assert notes("v0.1.0", CHANGELOG, "0.1.0") == "First.\n"


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "why"),
    [
        ("v0.2.0", "0.1.0", CHANGELOG, "tag v0.1.0"),
        ("0.1.0", "0.1.0", CHANGELOG, "tag v0.1.0"),
        ("v0.3.0", "0.3.0", CHANGELOG, r"has no “## \[0.3.0\] - date”"),
        ("v1.0.0", "1.0.0", "## [1.0.0] - Unreleased\n\nNew.\n", "write the day"),
        ("v1.0.0", "1.0.0", "## [1.0.0] - 2025-06-30\n\n## [0.9.0] - 2025-01-01\n", "says nothing"),
    ],
)
def test_a_release_that_is_not_ready_is_none(
    tag: str, version: str, changelog: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        notes(tag, changelog, version)


def test_the_command_needs_nothing_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "build.release_notes", "v0.0.0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"The tag is v0.0.0, and reader/__init__.py says {__version__}; tag v{__version__}.\n"
    )
