"""What is installed is whole: the wheel, the source archive, and the layout of a frozen app."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from reader import locations
from reader.locations import bundled

ROOT = Path(__file__).resolve().parents[1]

needs_qt = pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="draws the window")


def build(target: str, folder: Path, source: Path = ROOT) -> Path:
    """Build the wheel or the source archive of a tree, without a network; the file."""
    for needed in ("README.md", "LICENSE"):
        if not (source / needed).is_file():
            pytest.skip(f"{needed} is not there, and the package holds it")
    if not find_spec("hatchling"):
        pytest.skip("hatchling is not installed: make install")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder],
        cwd=source,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, and nothing else."""
    if not find_spec("pip"):
        pytest.skip("pip is not installed")
    folder = tmp_path_factory.mktemp("installed")
    options = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", folder, wheel],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run the installed command in an empty folder, with the checkout nowhere on its path."""
    # An editable install would put the checkout there; this comes after it and takes it off.
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys\nsys.path[:] = [each for each in sys.path if each != {str(ROOT)!r}]\n"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH"):
        env.pop(name, None)
    env |= {
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(installed))),
        "ANNOTATED_READER_HOME": str(tmp_path / "home"),
    }

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, words)],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


def files_below(folder: Path) -> set[str]:
    return {
        file.relative_to(ROOT).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_holds_the_code_and_all_of_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("resources", "content", "docs/guide", "docs/screenshots"):
        inside = {name.removeprefix("reader/_data/") for name in names}
        assert files_below(ROOT / folder) <= inside
    assert files_below(ROOT / "reader") <= names
    for example in (
        "resources/themes/dark.toml",
        "resources/icons/app.svg",
        "resources/translations/reader_en.qm",
        "content/welcome/article.md",
        "content/russia-ukraine-2025/annotations.yaml",
        "docs/guide/users-guide.md",
        "docs/exporting.md",
        "docs/schools.md",
        "docs/accessibility.md",
        "CHANGELOG.md",
    ):
        assert f"reader/_data/{example}" in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {
        "reader",
        "annotated_reader",
    }
    assert not [name for name in names if name.endswith((".pyc", ".orig", "~"))]


def test_the_source_archive_is_enough_to_build_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    source = build("sdist", tmp_path / "archive")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    assert (unpacked / "tests" / "test_packaging.py").is_file()
    again = build("wheel", tmp_path / "again", unpacked)
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


def test_the_installed_program_is_what_runs(run: Run, installed: Path) -> None:
    code = "import reader.locations as at; print(at.__file__, at.bundled('content'), sep='\\n')"
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    module, content = map(Path, done.stdout.splitlines())
    assert module == installed / "reader" / "locations.py"
    assert content == installed / "reader" / "_data" / "content"


def test_the_installed_program_finds_nothing_wrong_with_what_it_ships(
    run: Run, installed: Path
) -> None:
    copies = sorted((installed / "reader" / "_data" / "content").iterdir())
    assert len(copies) >= 2
    done = run("-m", "reader", "check", *copies)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_qt
def test_the_installed_program_draws_its_window(run: Run, tmp_path: Path) -> None:
    done = run("-m", "reader", "--screenshot", tmp_path / "picture.png", "--size", "900x600")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    head = (tmp_path / "picture.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert (int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")) == (900, 600)


def test_the_wheel_brings_the_command_along(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith("/entry_points.txt")]
        points = archive.read(name).decode()
        [name] = [each for each in archive.namelist() if each.endswith("/METADATA")]
        metadata = archive.read(name).decode()
    assert "annotated-reader = reader.__main__:main" in points
    assert "Name: annotated-reader" in metadata
    assert "Requires-Python: >=3.11" in metadata


# A frozen app ------------------------------------------------------------------------------------


def test_a_frozen_app_finds_its_data_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("resources", "content"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert bundled("resources") == tmp_path / "resources"
    assert bundled("content") == tmp_path / "content"


def test_a_frozen_app_never_looks_into_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError, match="resources is missing from this installation"):
        bundled("resources")


def test_data_inside_the_package_is_found_before_that_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "reader"
    for folder in (package / "_data" / "content", tmp_path / "content", tmp_path / "resources"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(locations, "__file__", str(package / "locations.py"))
    assert bundled("content") == package / "_data" / "content"
    assert bundled("resources") == tmp_path / "resources"
