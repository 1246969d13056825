"""The reader's choices: kept, refused, and never lost."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from reader.settings import DECLARED, FILE, SECTIONS, Settings


def stored(folder: Path) -> Any:
    return json.loads((folder / FILE).read_bytes())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_first_time_everything_has_its_default(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    assert {name: settings[name] for name in DECLARED} == {
        name: declared.default for name, declared in DECLARED.items()
    }
    assert settings.notice == ""
    assert not (tmp_path / "new").exists(), "nothing is written before it is set"


@pytest.mark.parametrize("name", list(DECLARED))
def test_every_default_is_a_value_of_its_setting_and_says_what_it_is_for(name: str) -> None:
    declared = DECLARED[name]
    assert declared.accepts(declared.default)
    assert declared.about.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "sepia"),
        ("text-size", 50),
        ("text-size", 300),
        ("panel", False),
        ("underline", "none"),
        ("window", "QUJD"),
    ],
)
def test_a_value_is_in_force_at_once_and_the_next_time(
    tmp_path: Path, name: str, value: object
) -> None:
    settings = Settings(tmp_path / "new")
    settings[name] = value
    assert settings[name] == value
    assert Settings(tmp_path / "new")[name] == value
    assert names(tmp_path / "new") == [FILE]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("theme", ""),
        ("theme", 1),
        ("theme", None),
        ("text-size", 49),
        ("text-size", 301),
        ("text-size", 100.0),
        ("text-size", "100"),
        ("text-size", True),
        ("panel", 1),
        ("panel", "yes"),
        ("window", b"QUJD"),
    ],
)
def test_a_value_that_is_none_is_refused_and_in_a_file_ignored(
    tmp_path: Path, name: str, value: object
) -> None:
    settings = Settings(tmp_path)
    settings["margin"] = False
    with pytest.raises(ValueError, match=name):
        settings[name] = value
    assert settings[name] == DECLARED[name].default
    assert stored(tmp_path) == {"margin": False}
    if not isinstance(value, bytes):
        (tmp_path / FILE).write_text(json.dumps({name: value, "margin": False}))
        settings = Settings(tmp_path)
        assert settings[name] == DECLARED[name].default
        assert (settings["margin"], settings.notice) == (False, "")


def test_a_setting_that_is_not_declared(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(KeyError):
        settings["colour"]
    with pytest.raises(KeyError):
        settings["colour"] = "red"


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [("theme", "purple", "system"), ("panel", 0, False), ("panel", 1, True), ("margin", "", True)],
)
def test_a_wrong_value_in_the_file_is_mended_by_setting_it(
    tmp_path: Path, name: str, wrong: object, right: object
) -> None:
    (tmp_path / FILE).write_text(json.dumps({name: wrong}))
    Settings(tmp_path)[name] = right
    assert stored(tmp_path)[name] is right or stored(tmp_path)[name] == right != wrong
    assert Settings(tmp_path)[name] == right


def test_what_another_version_has_stored_is_kept(tmp_path: Path) -> None:
    theirs = {"new-in-2.0": {"a": [1, None, "é", "\ud800"]}, "theme": "dark"}
    (tmp_path / FILE).write_text(json.dumps(theirs))
    settings = Settings(tmp_path)
    settings["panel"] = False
    assert stored(tmp_path) == {**theirs, "panel": False}


def test_setting_what_is_set_writes_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings["theme"] = "dark"
    (tmp_path / FILE).unlink()
    settings["theme"] = "dark"
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{'theme': 'dark'}",
        b"\xff\xfe\x00",
        b'{"theme": "dark"',
        b"[" * 100_000,
        b'{"text-size": ' + b"9" * 5000 + b"}",
        bytes(100),
    ],
    ids=["empty", "cut", "list", "null", "quotes", "binary", "open", "nested", "number", "zeros"],
)
def test_a_damaged_file_is_set_aside_with_all_that_is_in_it(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    settings = Settings(tmp_path)
    (kept,) = names(tmp_path)
    assert kept in settings.notice
    assert settings.notice.startswith("The settings were damaged;")
    assert (tmp_path / kept).read_bytes() == damage
    assert settings["theme"] == "system"
    settings["theme"] = "dark"
    assert stored(tmp_path) == {"theme": "dark"}
    assert (tmp_path / kept).read_bytes() == damage
    assert Settings(tmp_path).notice == ""


def test_a_second_damage_does_not_cost_what_was_kept_of_the_first(tmp_path: Path) -> None:
    for damage in (b"first", b"second"):
        (tmp_path / FILE).write_bytes(damage)
        Settings(tmp_path)
    assert sorted((tmp_path / name).read_bytes() for name in names(tmp_path)) == [
        b"first",
        b"second",
    ]


def test_a_damaged_file_that_cannot_be_set_aside_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")

    def fail(*arguments: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        settings = Settings(tmp_path)
    assert "cannot be set aside (Permission denied)" in settings.notice
    settings["theme"] = "dark"
    assert settings["theme"] == "dark"
    assert (tmp_path / FILE).read_bytes() == b"damaged"


def test_a_file_that_cannot_be_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text('{"theme": "sepia", "panel": false}')

    def fail(path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        settings = Settings(tmp_path)
    assert "could not be read (Input/output error)" in settings.notice
    settings["theme"] = "dark"
    assert (settings["theme"], settings["panel"]) == ("dark", True)
    assert stored(tmp_path) == {"theme": "sepia", "panel": False}


def test_a_folder_that_cannot_be_written_keeps_the_value_for_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path)
    settings["theme"] = "sepia"

    def fail(*arguments: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", fail)
    settings["theme"] = "dark"
    monkeypatch.undo()
    assert settings["theme"] == "dark"
    assert Settings(tmp_path)["theme"] == "sepia"
    assert names(tmp_path) == [FILE]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    settings = Settings(tmp_path)
    settings["theme"] = "dark"
    tmp_path.chmod(0o700)
    assert (settings["theme"], names(tmp_path)) == ("dark", [])


@pytest.mark.parametrize("blocked", ["home", f"home/{FILE}"])
def test_a_place_that_is_taken_by_something_else(tmp_path: Path, blocked: str) -> None:
    if blocked == "home":
        (tmp_path / "home").write_bytes(b"a file")
    else:
        (tmp_path / blocked).mkdir(parents=True)
    settings = Settings(tmp_path / "home")
    assert "could not be read" in settings.notice
    settings["theme"] = "dark"
    assert settings["theme"] == "dark"


def test_the_file_is_one_that_a_person_can_read_and_edit(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings["theme"] = "dark"
    settings["panel"] = False
    assert (tmp_path / FILE).read_text() == '{\n  "panel": false,\n  "theme": "dark"\n}\n'


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_a_file_that_a_person_has_edited(tmp_path: Path, start: bytes) -> None:
    (tmp_path / FILE).write_bytes(start + b'{"theme":\r\n"dark"}\r\n')
    settings = Settings(tmp_path)
    assert (settings["theme"], settings.notice) == ("dark", "")


@pytest.mark.parametrize("name", list(DECLARED))
def test_what_the_preferences_show_has_a_section_and_numbers_have_bounds(name: str) -> None:
    declared = DECLARED[name]
    assert declared.section in ("", *SECTIONS)
    if declared.section and type(declared.default) is int and not declared.choices:
        assert declared.lowest is not None
        assert declared.highest is not None


@pytest.mark.parametrize("name", ["window", "panel-width", "panel", "damage-told", "share-folder"])
def test_mere_state_is_not_shown(name: str) -> None:
    assert DECLARED[name].section == ""


def test_a_setting_gets_its_default_again(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings["theme"], settings["text-size"] = "dark", 150
    assert settings.is_changed("theme")
    settings.reset("theme")
    assert settings["theme"] == "system"
    assert not settings.is_changed("theme")
    assert stored(tmp_path) == {"text-size": 150}
    settings.reset("theme")
    assert Settings(tmp_path)["text-size"] == 150


def test_who_follows_the_settings_is_told_of_what_changes(tmp_path: Path) -> None:
    settings, told = Settings(tmp_path), []
    settings["theme"] = "dark"
    end = settings.follow(lambda name: told.append((name, settings[name])))
    settings["theme"] = "sepia"
    settings["theme"] = "sepia"
    settings["text-size"] = 100  # which it is
    settings.reset("theme")
    settings.reset("theme")
    assert told == [("theme", "sepia"), ("theme", "system")]
    end()
    settings["theme"] = "dark"
    assert len(told) == 2
