"""Where the app's own data lies, and where the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader import locations
from reader.locations import bundled, user_folders

ROOT = Path(__file__).parents[1]


def test_the_data_of_a_checkout() -> None:
    assert bundled("content") == ROOT / "content"
    assert (bundled("resources") / "themes" / "light.toml").is_file()


@pytest.mark.parametrize("place", ["site", "site/reader/_data"])
def test_the_data_of_a_wheel_lies_in_the_package(tmp_path: Path, place: str) -> None:
    # As the wheel is laid out; and as a checkout is, by the same code.
    package = tmp_path / "site" / "reader"
    package.mkdir(parents=True)
    for name in ("__init__.py", "locations.py"):
        shutil.copy(ROOT / "reader" / name, package)
    for name in ("content", "resources"):
        (tmp_path / place / name).mkdir(parents=True)
    code = "from reader.locations import bundled; print(bundled('content'), bundled('resources'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=True,
    )
    here = (tmp_path / place).resolve()
    assert done.stdout.split() == [str(here / "content"), str(here / "resources")]


def test_the_data_of_a_frozen_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert bundled("content") == tmp_path / "content"
    with pytest.raises(FileNotFoundError):
        bundled("resources")


def test_an_installation_that_lacks_something_says_so() -> None:
    with pytest.raises(FileNotFoundError, match="nonsense is missing from this installation"):
        bundled("nonsense")


def test_a_home_puts_all_of_the_users_data_in_one_place(tmp_path: Path) -> None:
    folders = user_folders(tmp_path / "mine")
    assert folders.settings == folders.data == tmp_path / "mine"
    assert not (tmp_path / "mine").exists(), "asking makes nothing"


def test_the_variable_names_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path / "theirs"))
    assert user_folders().data == tmp_path / "theirs"
    assert user_folders(tmp_path / "mine").data == tmp_path / "mine"


@pytest.mark.parametrize("home", ["mine", "./mine", "../work/mine"])
def test_a_relative_home_stays_where_it_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    folders = user_folders(Path(home))
    monkeypatch.chdir(tmp_path)
    assert folders.data.is_absolute()
    assert os.path.normpath(folders.data) == str(tmp_path / "work" / "mine")


@pytest.mark.skipif(os.name != "posix", reason="HOME is that of POSIX")
def test_a_tilde_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert user_folders(Path("~/notes")).data == tmp_path / "notes"
    assert user_folders(Path("~nobody-is-called-so")).data == tmp_path / "~nobody-is-called-so"


@pytest.mark.parametrize("variable", ["", None])
def test_without_a_home_the_system_says_where(
    monkeypatch: pytest.MonkeyPatch, variable: str | None
) -> None:
    if variable is None:
        monkeypatch.delenv(locations.HOME_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(locations.HOME_VARIABLE, variable)
    folders = user_folders()
    assert "annotated-reader" in folders.settings.parts
    assert "annotated-reader" in folders.data.parts


@pytest.mark.skipif(sys.platform != "linux", reason="these variables are Linux's")
def test_on_linux_the_folders_are_those_of_the_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(locations.HOME_VARIABLE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folders = user_folders()
    assert folders.settings == tmp_path / "config" / "annotated-reader"
    assert folders.data == tmp_path / "data" / "annotated-reader"
