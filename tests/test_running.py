"""One window answers for a library; a later start hands its request over."""

from __future__ import annotations

import os
import queue
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.running import Answering, Request, hand_over

if sys.platform == "win32":
    pytest.skip("the sockets of other systems", allow_module_level=True)

Answer = Callable[[Path], "queue.Queue[Request]"]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where sockets are; the path of one must be short."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        place = Path(folder, "annotated-reader")
        place.mkdir(mode=0o700)
        yield place


def listens(address: Path) -> bool:
    """Whether somebody takes connections there: the file is there a moment before that."""
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(address)) == 0


@pytest.fixture
def answer(runtime: Path) -> Iterator[Answer]:
    """Answers for a library, and tells what came in."""
    answering: list[Answering] = []

    def begin(folder: Path) -> queue.Queue[Request]:
        came: queue.Queue[Request] = queue.Queue()
        answering.append(Answering(folder, came.put))
        while not any(map(listens, runtime.iterdir())):
            pass
        return came

    yield begin
    for each in answering:
        each.close()


def test_a_request_arrives_at_the_window_of_the_same_library(
    answer: Answer, tmp_path: Path
) -> None:
    came = answer(tmp_path / "home")
    assert hand_over(tmp_path / "home", {"open": "Überfall.md", "at": ""})
    assert came.get(timeout=30) == {"open": "Überfall.md", "at": ""}
    assert hand_over(tmp_path / "home", {"open": "again"}), "it goes on answering"
    assert came.get(timeout=30) == {"open": "again"}


def test_where_nobody_answers_the_start_is_on_its_own(answer: Answer, tmp_path: Path) -> None:
    assert not hand_over(tmp_path / "home", {"open": "a"})
    came = answer(tmp_path / "home")
    assert not hand_over(tmp_path / "another", {"open": "a"}), "that is another library"
    assert came.empty()


def test_a_second_window_leaves_the_answer_to_the_first(answer: Answer, tmp_path: Path) -> None:
    first = answer(tmp_path / "home")
    second = answer(tmp_path / "home")
    assert hand_over(tmp_path / "home", {"open": "a"})
    assert first.get(timeout=30) == {"open": "a"}
    assert second.empty()


def test_what_a_killed_program_left_hinders_nobody(
    answer: Answer, tmp_path: Path, runtime: Path
) -> None:
    code = (
        "import sys, time; from pathlib import Path; from reader.running import Answering\n"
        "Answering(Path(sys.argv[1]), print); time.sleep(600)"
    )
    killed = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "home")])
    while not list(runtime.iterdir()):
        pass
    killed.kill()
    killed.wait()
    assert list(runtime.iterdir()), "it is still there, and nobody behind it"
    assert not hand_over(tmp_path / "home", {"open": "a"})
    came = answer(tmp_path / "home")
    while not hand_over(tmp_path / "home", {"open": "b"}):
        pass
    assert came.get(timeout=30) == {"open": "b"}


@pytest.mark.parametrize(
    "noise",
    [b"", b"\x00\x00\x00\x02{]", b"\x00\x00\x00\x02[]", b"\xff\xff\xff\xff", b"\x00\x01\x86\xa0"],
)
def test_noise_does_not_end_the_answering(
    answer: Answer, tmp_path: Path, runtime: Path, noise: bytes
) -> None:
    came = answer(tmp_path / "home")
    [address] = runtime.iterdir()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(address))
        connection.sendall(noise)
    assert hand_over(tmp_path / "home", {"open": "a"})
    assert came.get(timeout=30) == {"open": "a"}


def test_a_place_that_others_can_reach_is_not_used(
    answer: Answer, tmp_path: Path, runtime: Path
) -> None:
    came = answer(tmp_path / "home")
    runtime.chmod(0o755)
    assert not hand_over(tmp_path / "home", {"open": "a"})
    runtime.chmod(0o700)
    assert came.empty()


def test_without_a_runtime_folder_it_is_one_of_this_user_alone(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(runtime))
    came: queue.Queue[Request] = queue.Queue()
    answering = Answering(tmp_path / ("a" * 120), came.put)
    place = runtime / f"annotated-reader-{os.getuid()}"
    while not hand_over(tmp_path / ("a" * 120), {"open": "a"}):
        pass
    assert came.get(timeout=30) == {"open": "a"}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    answering.close()
