"""Without a screen the window is drawn into a file, and nothing else is left anywhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from reader import __version__
from reader.annotations.model import Kind
from reader.copies.copy import Copy
from reader.locations import bundled
from reader.ui.theme import load_theme

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(surroundings: dict[str, str], tmp_path: Path, home: Path) -> Run:
    """Run the program in an empty folder to its end; whatever it does, `home` stays empty."""
    here = tmp_path / "here"
    here.mkdir()

    def run(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "reader", *map(str, words)],
            env=surroundings | more,
            cwd=here,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert not list(home.iterdir()), "nothing is kept of a picture"
        return done

    return run


def colours(image: QImage) -> set[str]:
    """The colours along lines across the picture."""
    return {
        image.pixelColor(x, y).name()
        for y in range(0, image.height(), 7)
        for x in range(0, image.width(), 3)
    }


def test_without_a_screen_the_window_is_drawn_to_a_file_here(run: Run, tmp_path: Path) -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert done.stdout.endswith("window.png.\n")
    assert [file.name for file in (tmp_path / "here").iterdir()] == ["window.png"]
    picture = QImage(str(tmp_path / "here" / "window.png"))
    assert picture.size().toTuple() == (1360, 880)
    light = load_theme(bundled("resources") / "themes", "light")
    assert {light["page"], light["window"], light["text"], light["event"]} <= colours(picture)


@pytest.mark.parametrize(
    "dead", [{"DISPLAY": ":9753"}, {"DISPLAY": "nowhere"}, {"WAYLAND_DISPLAY": "wayland-9753"}]
)
def test_a_screen_that_does_not_answer_is_none(run: Run, dead: dict[str, str]) -> None:
    done = run(**dead)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("window.png.\n")


@pytest.mark.parametrize(
    ("theme", "size"), [("light", (1360, 880)), ("sepia", (1000, 700)), ("dark", (1920, 1080))]
)
def test_a_picture_has_the_size_and_the_colours_that_were_asked_for(
    run: Run, tmp_path: Path, article: Copy, theme: str, size: tuple[int, int]
) -> None:
    figure = next(
        each
        for each in article.annotations
        if each.kind is Kind.FIGURE and each.chart and article.attachment.of(each.id)
    )
    file = tmp_path / "picture.png"
    size_words = "{}x{}".format(*size)
    at = ("--theme", theme, "--size", size_words, "--at", figure.id)
    done = run("--screenshot", file, *at, article.path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    picture = QImage(str(file))
    assert picture.size().toTuple() == size
    roles = load_theme(bundled("resources") / "themes", theme)
    assert {roles["page"], roles["window"], roles["text"], roles["card"]} <= colours(picture)
    tint = roles.tint(Kind.FIGURE.value, "page", 0.16).name()
    assert tint in colours(picture), "the words of the annotation are those being looked at"


def test_the_same_picture_is_drawn_again(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for file in files:
        assert run("--screenshot", file, "--theme", "dark", "--size", "900x600").returncode == 0
    assert QImage(str(files[0])) == QImage(str(files[1]))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--screenshot", "here.png", "--at", "unicorn"), "“unicorn”"),
        (("--screenshot", "gone/here.png"), "gone/here.png"),
        (("--screenshot", "here.png", "gone.txt"), "“gone.txt”"),
        (("check", "gone.txt"), "“gone.txt”"),
        (("inspect", "gone.txt"), "“gone.txt”"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(*words)
    assert done.returncode == 1
    sentence = (done.stdout + done.stderr).removesuffix("\n")
    assert said in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert not list((tmp_path / "here").iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "huge"), "1360x880"),
        (("--size", "10x10"), "200"),
        (("--theme", "pink"), "sepia"),
        (("--unicorn",), "--unicorn"),
    ],
)
def test_a_wrong_call_is_explained(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_it_knows_its_version_and_its_options(run: Run) -> None:
    assert run("--version").stdout == f"annotated-reader {__version__}\n"
    done = run("--help")
    assert done.returncode == 0
    for option in ("--home", "--screenshot", "--size", "--theme", "--at", "check", "inspect"):
        assert option in done.stdout
