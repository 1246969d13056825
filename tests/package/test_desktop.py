"""What a package tells the desktop: menu entry, file type, metadata, icons."""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path

import pytest

from build.linux import tree
from reader import __version__
from reader.copies.container import MIMETYPE, SUFFIX

from .conftest import ROOT

DESKTOP = ROOT / "resources" / "desktop"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"

needs_qt = pytest.mark.skipif(bool(os.environ.get("READER_BLOCK_QT")), reason="draws icons")


def checked(*words: str | Path) -> None:
    """Let a tool of the desktop's own look at something, where it is here."""
    if not shutil.which(str(words[0])):
        pytest.skip(f"{words[0]} is not here: build/linux/packaging-tools")
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def entry() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DESKTOP / "annotated-reader.desktop", "utf-8")
    return parser


def test_the_menu_entry_takes_copies_and_links(entry: ConfigParser) -> None:
    main = entry["Desktop Entry"]
    types = main["MimeType"].split(";")
    assert MIMETYPE in types
    assert "x-scheme-handler/annotated-reader" in types
    assert main["Exec"] == "annotated-reader %u"
    # A window is told to be this entry's by its name.
    assert main["StartupWMClass"] == "annotated-reader"


def test_the_menu_entry_is_valid() -> None:
    checked("desktop-file-validate", DESKTOP / "annotated-reader.desktop")


def test_the_file_type_is_that_of_a_packed_copy(tmp_path: Path) -> None:
    from reader.__main__ import main

    packed = tmp_path / f"welcome{SUFFIX}"
    assert main(["pack", str(ROOT / "content" / "welcome"), "-o", str(packed)]) == 0
    data = packed.read_bytes()
    [kind] = ET.parse(DESKTOP / "annotated-reader.xml").getroot()
    assert kind.get("type") == MIMETYPE
    assert [each.get("pattern") for each in kind.iter(f"{MIME}glob")] == [f"*{SUFFIX}"]
    matches = list(kind.iter(f"{MIME}match"))
    assert matches
    for match in matches:
        wanted = (match.get("value") or "").encode().decode("unicode_escape").encode("latin-1")
        at = int(match.get("offset") or -1)
        assert data[at : at + len(wanted)] == wanted


@needs_qt
def test_the_metadata_has_the_version_and_is_valid(tmp_path: Path) -> None:
    tree.make_share(tmp_path)
    [file] = (tmp_path / "metainfo").iterdir()
    root = ET.parse(file).getroot()
    assert [each.attrib for each in root.iter("release")] == [
        {"version": __version__, "date": "2025-06-15"}
    ]
    assert f"{root.findtext('id')}.metainfo.xml" == file.name
    checked("appstreamcli", "validate", "--no-net", file)


@needs_qt
def test_icons_of_all_sizes_are_drawn(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    tree.draw_icons(tmp_path)
    for size in tree.SIZES:
        image = QImage(str(tmp_path / f"{size}x{size}/apps/annotated-reader.png"))
        assert image.size().toTuple() == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0, "its corners are round"
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
    assert (tmp_path / "scalable/apps/annotated-reader.svg").is_file()


def test_a_file_that_a_desktop_hands_over_as_an_address_is_opened() -> None:
    from reader.__main__ import parser_of

    given = parser_of("").parse_args(["file:///home/me/The%20Harbour.annotated"]).copy
    assert given == Path("/home/me/The Harbour.annotated")
    assert parser_of("").parse_args(["a%20b.md"]).copy == Path("a%20b.md")
