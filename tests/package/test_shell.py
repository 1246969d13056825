"""The manual page, and what Tab completes, against the parsers and the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from build.linux import shell
from reader.__main__ import JOBS, _job


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not here")


def said(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_job_of_the_command_line_is_listed() -> None:
    cases = Path(__file__).resolve().parents[2].joinpath("reader/__main__.py").read_text("utf-8")
    assert cases.count('        case "') == len(JOBS)
    assert all(_job(name) for name in JOBS)
    assert _job("") is None


def test_the_manual_names_every_job_and_every_option() -> None:
    page = shell.manual("2025-06-15").replace(r"\-", "-")
    for job in JOBS:
        assert f".SS {job}\n" in page
    for job in ("", *JOBS):
        for word in shell.words_of(job):
            assert all(name in page for name in word.names), word
    assert page.startswith('.TH ANNOTATED-READER 1 "2025-06-15"')


@needs("man")
def test_the_manual_is_read_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "annotated-reader.1"
    file.write_text(shell.manual("2025-06-15"), "utf-8")
    done = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", str(file)], capture_output=True, text=True
    )
    assert done.stderr == ""
    assert "annotated-reader self-check" in done.stdout


def bash_completes(folder: Path, *words: str) -> set[str]:
    """What bash offers for the last of these words."""
    file = folder / "completion"
    file.write_text(shell.bash(), "utf-8")
    line = " ".join(f"'{word}'" for word in ("annotated-reader", *words))
    script = (
        f"cd {folder}; source {file}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; "
        'complete() { :; }; _annotated_reader; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return set(said("bash", "-c", script).split())


@needs("bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["lib"], {"library"}),
        (["--th"], {"--theme"}),
        (["--theme", "s"], {"system", "sepia"}),
        (["share", "--mine", ""], {"highlights", "all"}),
        (["library", "s"], {"search", "snapshots"}),
        (["export", "--pa"], {"--paper"}),
        (["export", "--at"], set()),
        (["pack", "--output", "harb"], {"harbour.md"}),
        (["harb"], {"harbour.md"}),
    ],
)
def test_bash(tmp_path: Path, words: list[str], offered: set[str]) -> None:
    (tmp_path / "harbour.md").touch()
    assert bash_completes(tmp_path, *words) == offered


@needs("zsh")
def test_zsh_reads_its_own(tmp_path: Path) -> None:
    file = tmp_path / "_annotated-reader"
    file.write_text(shell.zsh(), "utf-8")
    said("zsh", "-n", str(file))
    assert shell.zsh().startswith("#compdef annotated-reader\n")


@needs("fish")
def test_fish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "annotated-reader.fish"
    file.write_text(shell.fish(), "utf-8")
    offered = said("fish", "-c", f"source {file}; complete -C 'annotated-reader self'")
    assert offered.split("\t")[0] == "self-check"
    offered = said("fish", "-c", f"source {file}; complete -C 'annotated-reader --theme se'")
    assert offered.split("\t")[0] == "sepia"
