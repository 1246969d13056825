"""Settings that an administrator made for all users."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from reader import locations
from reader.locations import everyones_folder
from reader.settings import DECLARED, FILE, Settings


@pytest.fixture
def everyones(tmp_path: Path) -> Path:
    folder = tmp_path / "everyones"
    folder.mkdir()
    return folder


def write(folder: Path, **values: object) -> None:
    written = {name.replace("_", "-"): value for name, value in values.items()}
    (folder / FILE).write_text(json.dumps(written), "utf-8")


def made(tmp_path: Path, everyones: Path) -> Settings:
    return Settings(tmp_path / "mine", everyones=everyones)


def test_they_are_the_defaults_that_a_users_own_override(tmp_path: Path, everyones: Path) -> None:
    write(everyones, theme="sepia", text_size=140, shared_content="/school")
    settings = made(tmp_path, everyones)
    assert (settings["theme"], settings["text-size"]) == ("sepia", 140)
    assert settings["shared-content"] == "/school"
    assert settings["measure"] == 66, "what it does not say is as ever"
    assert not settings.is_changed("theme")
    assert settings.notice == ""

    settings["theme"] = "light"
    again = made(tmp_path, everyones)
    assert (again["theme"], again["text-size"]) == ("light", 140)
    assert again.is_changed("theme")
    heard: list[str] = []
    again.follow(heard.append)
    again.reset("theme")
    assert (again["theme"], heard) == ("sepia", ["theme"])


def test_a_users_own_file_holds_only_what_the_user_chose(tmp_path: Path, everyones: Path) -> None:
    write(everyones, theme="sepia", text_size=140)
    made(tmp_path, everyones)["measure"] = 80
    assert json.loads((tmp_path / "mine" / FILE).read_bytes()) == {"measure": 80}
    # The administrator thinks again: whoever has chosen nothing follows.
    write(everyones, theme="dark")
    assert made(tmp_path, everyones)["theme"] == "dark"


def test_a_user_may_choose_what_is_the_default_elsewhere(tmp_path: Path, everyones: Path) -> None:
    write(everyones, theme="sepia")
    made(tmp_path, everyones)["theme"] = "system"
    assert made(tmp_path, everyones)["theme"] == "system"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('{"theme": "sepia",\n "text-size"}', "line 2"),
        ("[1]", "it is not a table"),
        ('{"theme": "pink"}', "theme: no such setting or value"),
        ('{"shared_content": "/school"}', "shared_content: no such setting or value"),
        ('{"text-size": 9000}', "text-size: no such setting or value"),
    ],
)
def test_a_faulty_file_is_named_and_left_as_it_is(
    tmp_path: Path, everyones: Path, words: str, why: str
) -> None:
    (everyones / FILE).write_text(words)
    settings = made(tmp_path, everyones)
    assert why in settings.notice
    assert str(everyones / FILE) in settings.notice
    assert (settings["theme"], settings["text-size"]) == ("system", 100)
    assert [file.name for file in everyones.iterdir()] == [FILE]
    assert (everyones / FILE).read_text() == words


def test_a_wrong_value_costs_only_itself(tmp_path: Path, everyones: Path) -> None:
    write(everyones, theme="pink", text_size=140)
    assert made(tmp_path, everyones)["text-size"] == 140


def test_a_damaged_file_of_the_users_falls_back_on_them(tmp_path: Path, everyones: Path) -> None:
    write(everyones, theme="sepia")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / FILE).write_text("{")
    settings = made(tmp_path, everyones)
    assert settings["theme"] == "sepia"
    assert "set aside" in settings.notice


def test_without_such_a_file_all_is_as_ever(tmp_path: Path) -> None:
    settings = made(tmp_path, tmp_path / "nowhere")
    assert (settings["theme"], settings["shared-content"], settings.notice) == ("system", "", "")


@pytest.mark.parametrize(
    ("system", "place"),
    [
        ("linux", "/etc/annotated-reader"),
        ("darwin", "/Library/Application Support/annotated-reader"),
    ],
)
def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, system: str, place: str) -> None:
    monkeypatch.delenv(locations.EVERYONE_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    assert everyones_folder() == Path(place)


def test_where_it_lies_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(locations.EVERYONE_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path))
    assert everyones_folder() == tmp_path / "annotated-reader"


def test_another_place_can_be_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(locations.EVERYONE_VARIABLE, str(tmp_path))
    assert everyones_folder() == tmp_path


def test_the_manual_has_every_setting_and_its_values() -> None:
    manual = (Path(__file__).parents[1] / "docs/schools.md").read_text("utf-8")
    for name, declared in DECLARED.items():
        if declared.section or name == "shared-content":
            [row] = [
                line for line in manual.splitlines() if line.startswith("|") and f"`{name}`" in line
            ]
            for value in (*declared.choices, declared.lowest, declared.highest):
                assert value is None or re.search(rf"\b{value}\b", row), (name, value)
