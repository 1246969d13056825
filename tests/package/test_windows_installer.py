"""The installer for Windows, compiled, run and taken away again under Wine.

What it installs is a stand-in that writes down how it was called: makensis and Wine are all that
this needs. `build/windows/test-installer` runs it, and so does `make test-installer`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from build.windows.installer import build

if not os.environ.get("READER_TEST_INSTALLER"):
    pytest.skip("installing takes a while: make test-installer", allow_module_level=True)
for tool in ("makensis", "wine"):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not here; on Debian: apt-get install nsis wine wine64",
                    allow_module_level=True)  # fmt: skip

TITLE = "Annotated Reader"
ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\AnnotatedReader"
LINK = "annotated-reader:open?document=urn:uuid:1"

STANDIN = r"""
Unicode true
Target amd64-unicode
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
!include FileFunc.nsh
Section
    ${GetParameters} $0
    FileOpen $9 "$EXEDIR\called.txt" w
    FileWriteUTF16LE $9 "$0"
    FileClose $9
    IfFileExists "$EXEDIR\stay.txt" 0 +3
    Sleep 200
    Goto -2
SectionEnd
"""


class Windows:
    """A fresh Windows, as Wine has it."""

    def __init__(self, folder: Path) -> None:
        self.drive = folder / "drive_c"
        self.environment = os.environ | {
            "WINEPREFIX": str(folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No .NET, no browser, and no entry in the menu of whoever runs this.
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
        }
        self.environment.pop("DISPLAY", None)

    def start_once(self) -> None:
        """Make its folders, and its registry."""
        self.run("wineboot", "--init")
        self.run("winecfg", "-v", "win10")
        self.wait()

    @property
    def user(self) -> Path:
        [user] = [each for each in (self.drive / "users").iterdir() if each.name != "Public"]
        return user

    def run(self, *words: str | Path) -> int:
        done = subprocess.run(
            ["wine", *map(str, words)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )
        return done.returncode

    def wait(self) -> None:
        """Until nothing runs any more: an uninstaller goes on in a copy of itself."""
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=120, check=False)

    def registry(self, key: str) -> dict[str, dict[str, str]]:
        """What is below a key: the values, by the keys, as a file of the registry has them."""
        file = self.drive / "registry.txt"
        file.unlink(missing_ok=True)
        self.run("reg", "export", key, r"C:\registry.txt", "/y")
        if not file.is_file():
            return {}
        found: dict[str, dict[str, str]] = {}
        for line in file.read_text("utf-16").splitlines():
            if head := re.fullmatch(r"\[(.+)\]", line):
                values = found.setdefault(head[1].partition("\\")[2], {})
            elif value := re.fullmatch(r'(@|"(?:[^"\\]|\\.)*")=(.*)', line):
                text = value[2].removeprefix('"').removesuffix('"')
                values[value[1].strip('"')] = re.sub(r"\\(.)", r"\1", text)
        return found

    def local(self, path: str) -> Path:
        """Where a file of this Windows lies on the disk."""
        return self.drive / path.removeprefix("C:\\").replace("\\", "/")


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frozen folder with programs that only write down how they were called."""
    folder = tmp_path_factory.mktemp("frozen")
    script = folder.parent / "standin.nsi"
    script.write_text(STANDIN)
    for name in (TITLE, "annotated-reader"):
        subprocess.run(["makensis", "-V1", f"-DOUT={folder / name}.exe", script], check=True)
    (folder / "_internal/content").mkdir(parents=True)
    (folder / "_internal/content/article.md").write_text("# An article\n")
    return folder


@pytest.fixture(scope="module")
def installers(standin: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The installers of a version and of the one after it. Wine may run 64 bits alone."""
    to = tmp_path_factory.mktemp("dist")
    first = build(standin, to, "0.1.0", target="amd64-unicode")
    (standin / "_internal/content/article.md").rename(standin / "_internal/content/text.md")
    return first, build(standin, to, "0.2.0", target="amd64-unicode")


@pytest.fixture(scope="module")
def _prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Windows that was started once; each test gets a copy of it."""
    windows = Windows(tmp_path_factory.mktemp("prefix"))
    windows.start_once()
    return windows.drive.parent


@pytest.fixture
def windows(_prefix: Path, tmp_path: Path) -> Iterator[Windows]:
    shutil.copytree(_prefix, tmp_path / "prefix", symlinks=True)
    windows = Windows(tmp_path / "prefix")
    yield windows
    subprocess.run(["wineserver", "--kill"], env=windows.environment, check=False)


def place(windows: Windows) -> Path:
    return windows.user / "AppData/Local/Programs" / TITLE


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def called(folder: Path) -> str:
    return (folder / "called.txt").read_text("utf-16-le").strip()


def ours(windows: Windows) -> list[str]:
    """What is left of us in the registry."""
    found = []
    for root in ("HKCU\\Software", "HKLM\\Software"):
        for key, values in windows.registry(root).items():
            words = " ".join([key, *values, *values.values()])
            if re.search("annotated.?reader", words, re.IGNORECASE):
                found.append(f"{root} {key}")
    return found


def test_for_oneself_without_an_administrator(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    assert windows.run(installers[0], "/S") == 0
    assert names(place(windows)) == {
        f"{TITLE}.exe",
        "annotated-reader.exe",
        "Uninstall.exe",
        "_internal/content/article.md",
    }
    start = windows.user / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{TITLE}.lnk"
    assert start.is_file()
    assert (windows.user / f"Desktop/{TITLE}.lnk").is_file()

    [(key, entry)] = windows.registry(f"HKCU\\{ENTRY}").items()
    assert key == ENTRY
    assert (entry["DisplayName"], entry["DisplayVersion"]) == (TITLE, "0.1.0")
    assert windows.local(entry["InstallLocation"]) == place(windows)
    assert entry["QuietUninstallString"].endswith('Uninstall.exe" /CURRENTUSER /S')
    assert entry["Publisher"]
    assert int(entry["EstimatedSize"].removeprefix("dword:"), 16) > 0
    assert windows.registry(f"HKLM\\{ENTRY}") == {}


def test_a_double_click_and_a_link_lead_to_the_program(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    # Wine looks for file types among those of all users alone; the keys are the same for one.
    windows.run(installers[0], "/S", "/ALLUSERS")
    folder = windows.drive / "Program Files" / TITLE
    (windows.drive / "My copy.annotated").write_bytes(b"a copy")
    windows.run("start", "/wait", r"C:\My copy.annotated")
    assert called(folder) == r'-- "C:\My copy.annotated"'
    windows.run("start", "/wait", LINK)
    assert called(folder) == f'-- "{LINK}"'


def test_markdown_is_offered_and_not_taken(windows: Windows, installers: tuple[Path, Path]) -> None:
    windows.run(installers[0], "/S")
    classes = windows.registry(r"HKCU\Software\Classes\.md")
    assert r"AnnotatedReader.Text" in classes[r"Software\Classes\.md\OpenWithProgids"]
    assert "@" not in classes.get(r"Software\Classes\.md", {})


def test_a_program_that_has_the_file_type_keeps_it(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    key = r"HKCU\Software\Classes\.annotated"
    windows.run("reg", "add", key, "/ve", "/d", "Another.Program", "/f")
    windows.run(installers[0], "/S")
    assert windows.registry(key)[r"Software\Classes\.annotated"]["@"] == "Another.Program"
    windows.run(place(windows) / "Uninstall.exe", "/S")
    windows.wait()
    assert windows.registry(key)[r"Software\Classes\.annotated"]["@"] == "Another.Program"


def test_options_leave_out_what_a_school_does_not_want(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    options = ("/S", "/NODESKTOP", "/NOSTARTMENU", "/NOFILETYPE", r"/D=C:\School\Reader")
    assert windows.run(installers[0], *options) == 0
    assert (windows.drive / f"School/Reader/{TITLE}.exe").is_file()
    assert not list(windows.drive.rglob("*Annotated Reader.lnk"))
    assert ours(windows) == [f"HKCU\\Software {ENTRY}"]


def test_for_everybody(windows: Windows, installers: tuple[Path, Path]) -> None:
    assert windows.run(installers[0], "/S", "/ALLUSERS") == 0
    folder = windows.drive / "Program Files" / TITLE
    assert (folder / f"{TITLE}.exe").is_file()
    [(_, entry)] = windows.registry(f"HKLM\\{ENTRY}").items()
    assert entry["UninstallString"].endswith('Uninstall.exe" /ALLUSERS')
    classes = windows.registry(r"HKLM\Software\Classes\annotated-reader")
    assert "URL Protocol" in classes[r"Software\Classes\annotated-reader"]
    assert windows.registry(f"HKCU\\{ENTRY}") == {}
    assert (windows.drive / f"users/Public/Desktop/{TITLE}.lnk").is_file()
    assert windows.run(folder / "Uninstall.exe", "/S") == 0
    windows.wait()
    assert not folder.exists()
    assert ours(windows) == []


def test_a_newer_version_takes_the_place_of_the_older(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    windows.run(installers[0], "/S", "/NODESKTOP", r"/D=C:\Reader")
    library = windows.user / "AppData/Local/annotated-reader/library.sqlite"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"marks")
    assert windows.run(installers[1], "/S", "/NODESKTOP") == 0
    there = names(windows.drive / "Reader")
    assert "_internal/content/text.md" in there
    assert "_internal/content/article.md" not in there, "nothing of the older version is left"
    assert not place(windows).exists()
    [(_, entry)] = windows.registry(f"HKCU\\{ENTRY}").items()
    assert entry["DisplayVersion"] == "0.2.0"
    assert library.read_bytes() == b"marks"


def test_taken_away_it_leaves_the_library_and_files_of_others(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    windows.run(installers[0], "/S")
    library = windows.user / "AppData/Local/annotated-reader/library.sqlite"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"marks")
    (place(windows) / "my own.txt").write_text("mine")
    assert windows.run(place(windows) / "Uninstall.exe", "/S") == 0
    windows.wait()
    assert names(place(windows)) == {"my own.txt"}
    assert not list(windows.drive.rglob("*Annotated Reader.lnk"))
    assert ours(windows) == []
    assert library.read_bytes() == b"marks"


def test_a_program_that_runs_is_not_replaced(
    windows: Windows, installers: tuple[Path, Path]
) -> None:
    windows.run(installers[0], "/S")
    (place(windows) / "stay.txt").write_text("stay open until this is gone")
    running = subprocess.Popen(
        ["wine", place(windows) / f"{TITLE}.exe"],
        env=windows.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not (place(windows) / "called.txt").exists():
            assert running.poll() is None
        assert windows.run(installers[1], "/S") == 3
        assert (place(windows) / "_internal/content/article.md").is_file()
        # An uninstaller goes on in a copy of itself; that one finds the same.
        windows.run(place(windows) / "Uninstall.exe", "/S")
        assert (place(windows) / f"{TITLE}.exe").is_file()
    finally:
        (place(windows) / "stay.txt").unlink()
        running.wait(60)
