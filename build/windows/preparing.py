"""What the frozen program for Windows is given on its way: an icon, and who it is."""

from __future__ import annotations

from pathlib import Path

from build.drawing import write_ico

TITLE = "Annotated Reader"
PUBLISHER = "the Annotated Reader authors"


def prepare(folder: Path, version: str) -> None:
    """Write app.ico and version.txt into `folder`, where build/annotated-reader.spec looks."""
    folder.mkdir(parents=True, exist_ok=True)
    write_ico(folder / "app.ico")
    (folder / "version.txt").write_text(version_information(version), "utf-8")


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: 0.1.0 is 0, 1, 0, 0. What follows the numbers is left out."""
    numbers = [0, 0, 0, 0]
    for at, part in enumerate(version.split(".")[:4]):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers[at] = int(digits)
        if digits != part:
            break
    return numbers[0], numbers[1], numbers[2], numbers[3]


def version_information(version: str) -> str:
    """The resource VERSIONINFO, as PyInstaller reads it.

    In American English (0x0409) and Unicode (1200), which every Windows shows.
    """
    numbers = four_numbers(version)
    words = {
        "CompanyName": PUBLISHER,
        "FileDescription": TITLE,
        "FileVersion": version,
        "LegalCopyright": "MIT licence",
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    entries = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x4,\n"
        "    fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{entries}])]),\n"
        "    VarFileInfo([VarStruct('Translation', [0x0409, 1200])])],\n"
        ")\n"
    )
