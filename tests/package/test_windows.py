"""What is made for Windows and macOS out of our sources, on whatever system."""

from __future__ import annotations

import ast
import re
import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from build.drawing import ICNS_SIZES, ICO_SIZES, write_icns, write_ico
from build.windows.installer import SCRIPT
from build.windows.preparing import four_numbers, prepare
from reader import __version__

ROOT = Path(__file__).resolve().parents[2]


def test_the_icon_for_windows_has_every_size(tmp_path: Path) -> None:
    file = tmp_path / "app.ico"
    write_ico(file)
    data = file.read_bytes()
    assert struct.unpack("<3H", data[:6]) == (0, 1, len(ICO_SIZES))
    for at, size in enumerate(ICO_SIZES):
        width, _, _, _, _, bits, length, place = struct.unpack_from("<4B2H2I", data, 6 + 16 * at)
        assert (width or 256, bits) == (size, 32)
        # One picture alone, in a container of its own: so Qt says how it reads just this one.
        entry = struct.pack("<3H", 0, 1, 1) + data[6 + 16 * at : 18 + 16 * at]
        alone = entry + struct.pack("<I", 22) + data[place : place + length]
        image = QImage.fromData(alone)
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0, "the corner is round"
        paper, ground = image.pixelColor(size * 3 // 8, size // 6), image.pixelColor(size // 2, 1)
        assert paper.lightness() > 200, "the sheet is light, and upright"
        assert image.pixelColor(size // 2, size - 3 - size // 20).blue() > 100, ground


def test_the_icon_for_windows_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_ico(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_the_icon_for_macos_has_every_size(tmp_path: Path) -> None:
    file = tmp_path / "app.icns"
    write_icns(file)
    data = file.read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    at, found = 8, {}
    while at < len(data):
        name, length = struct.unpack_from(">4sI", data, at)
        image = QImage.fromData(data[at + 8 : at + length])
        assert image.width() == image.height()
        found[name] = image.width()
        at += length
    assert found == ICNS_SIZES


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("12.3", (12, 3, 0, 0)),
        ("1.2.3.4.5", (1, 2, 3, 4)),
        ("1.2.0rc1", (1, 2, 0, 0)),
        ("1.dev2", (1, 0, 0, 0)),
    ],
)
def test_a_version_as_windows_counts(version: str, numbers: tuple[int, ...]) -> None:
    assert four_numbers(version) == numbers


def test_the_frozen_program_is_told_who_it_is(tmp_path: Path) -> None:
    """The version file holds what PyInstaller's own reader makes of such a file."""
    prepare(tmp_path / "icons", __version__)
    assert (tmp_path / "icons/app.ico").is_file()
    words = (tmp_path / "icons/version.txt").read_text("utf-8")
    tree = ast.parse(words)  # a literal of PyInstaller's classes, nothing else
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert used == {
        "VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct",
        "VarFileInfo", "VarStruct",
    }  # fmt: skip
    assert f"StringStruct('ProductVersion', '{__version__}')" in words
    assert "VarStruct('Translation', [0x0409, 1200])" in words


def test_every_option_of_the_installer_is_in_the_manual() -> None:
    script = SCRIPT.read_text("utf-8")
    options = set(re.findall(r'"(/[A-Z]+)"', script))
    assert options >= {"/ALLUSERS", "/NODESKTOP", "/NOSTARTMENU", "/NOFILETYPE"}
    manual = (ROOT / "docs/schools.md").read_text("utf-8")
    for option in options | {"/S", "/CURRENTUSER", "/D="}:
        assert f"`{option}" in manual, option
    codes = dict(re.findall(r"^!define ([A-Z_]+) ([0-9])$", script, re.MULTILINE))
    assert codes == {"RUNNING": "3", "NO_ADMINISTRATOR": "4", "TOO_OLD": "5"}
    for code in codes.values():
        assert f"| {code} |" in manual
